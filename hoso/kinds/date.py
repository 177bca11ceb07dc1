"""A day, or a month or year where that is precise enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.problems import Fault
from hoso.text import composed, shown_day

_TYPED = re.compile(r"(?:(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*)?(\d{4})", re.ASCII)
_LONG = re.compile(r"(?:(?:ngày\s+)?(\d{1,2})\s+)?tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_PARTS = {"day": 3, "month": 2, "year": 1}


class DateField(FieldBase):
    type: Literal["date"]
    precision: Literal["day", "month", "year"] = "day"

    def faults(self, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault("answer-shape")
        elif not is_canonical(value) or value.count("-") + 1 < _PARTS[self.precision]:
            yield Fault(f"not-a-{self.precision}", {"value": value})

    def read(self, typed: str) -> str:
        """`5/12/2021`, `05.12.2021` or `ngày 5 tháng 12 năm 2021` gives `2021-12-05`."""
        text = composed(typed).strip()
        found = _TYPED.fullmatch(text) or _LONG.fullmatch(text)
        if not found:
            return text
        kept = "-".join(part.zfill(2) for part in reversed(found.groups()) if part)
        return kept if is_canonical(kept) else text

    def shown(self, value: Any) -> str:
        return shown_day(value) if isinstance(value, str) and is_canonical(value) else str(value)

    def wants(self) -> list[str]:
        return [{"day": tr("a day, such as 05/12/2021"), "month": tr("a month, such as 12/2021"),
                 "year": tr("a year, such as 2021")}[self.precision]]  # fmt: skip


def is_canonical(text: str) -> bool:
    """Whether this is a day, month or year as files keep it."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True
