"""A mark: x or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.kinds.spec import Need
from hoso.problems import Fault

_MARKS = {"x", "X", "✓", "☑", "✔", "có", "1"}


class MarkField(FieldBase):
    type: Literal["mark"]
    required: Need = False  # an empty mark is an answer too

    def faults(self, value: Any) -> Iterator[Fault]:
        if value != "x":
            yield Fault("mark-unknown", {"value": str(value)})

    def read(self, typed: str) -> str:
        return "x" if is_mark(typed) else typed.strip()

    def wants(self) -> list[str]:
        return [tr("a mark: x or nothing")]


def is_mark(typed: str) -> bool:
    """Whether a text is one of the ways people put a mark."""
    return typed.strip() in _MARKS
