"""Figures: kept canonical (`8341`, `94.5`), typed and shown the Vietnamese way (`8.341`, `94,5`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from pydantic import model_validator

from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.kinds.compute import Compute
from hoso.kinds.spec import Bool, Figure, Places, Step, Text, canonical, fault
from hoso.problems import Fault
from hoso.text import composed, shown_number

_VIETNAMESE = re.compile(r"-?(\d{1,18}|[1-9]\d{0,2}(\.\d{3}){1,5})(,\d{1,9})?", re.ASCII)
_ENGLISH = re.compile(r"-?(\d{1,18}|[1-9]\d{0,2}(,\d{3}){1,5})(\.\d{1,9})?", re.ASCII)
_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_MINUS = str.maketrans("−–", "--")


class NumberField(FieldBase):
    """A figure with its measure and limits; `compare` also asks for the previous period's."""

    type: Literal["number"]
    measure: Text = ""
    decimals: Places = 0
    at_least: Figure | None = None
    at_most: Figure | None = None
    step: Step | None = None
    target: Figure | None = None
    compare: Bool = False
    compute: Compute | None = None

    @model_validator(mode="after")
    def in_order(self) -> NumberField:
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise fault("limits-crossed", low=self.at_least, high=self.at_most)
        return self

    def faults(self, value: Any) -> Iterator[Fault]:
        figure = canonical(value) if isinstance(value, str) else None
        if figure is None:
            yield self.unreadable(value)
            return
        if self.decimals < 9 and -int(figure.normalize().as_tuple().exponent) > self.decimals:
            yield Fault("number-decimals", {"value": shown_number(figure), "limit": str(self.decimals)})
        for code, limit, crossed in (
            ("number-too-low", self.at_least, self.at_least is not None and figure < self.at_least),
            ("number-too-high", self.at_most, self.at_most is not None and figure > self.at_most),
            ("number-step", self.step, bool(self.step) and figure % (self.step or 1) != 0),
        ):
            if crossed and limit is not None:
                yield Fault(code, {"value": shown_number(figure), "limit": shown_number(limit)})

    def unreadable(self, value: Any) -> Fault:
        if not isinstance(value, str):
            return Fault("answer-shape")
        found = readings(value, self.decimals, self.measure)
        if len(found) < 2:
            return Fault("not-a-number", {"value": value})
        one, other = (shown_number(figure) for figure in found)
        typed = [unmistakable(figure) for figure in found]
        words = {"value": value, "one": one, "other": other, "one_typed": typed[0], "other_typed": typed[1]}
        return Fault("number-ambiguous", words)

    def read(self, typed: str) -> str:
        found = readings(typed, self.decimals, self.measure)
        return f"{found[0]:f}" if len(found) == 1 else typed.strip()

    def shown(self, value: Any) -> str:
        return shown_number(value) if isinstance(value, str) else str(value)

    def shown_with_measure(self, value: Any) -> str:
        measure = "%" if self.measure == "%" else f" {self.measure}" if self.measure else ""
        return self.shown(value) + measure

    def wants(self) -> list[str]:
        out = [tr("a figure in {measure}", measure=self.measure) if self.measure else tr("a figure")]
        if self.decimals:
            out.append(tr("up to {count} decimal places", count=self.decimals))
        if self.at_least is not None:
            out.append(tr("at least {limit}", limit=shown_number(self.at_least)))
        if self.at_most is not None:
            out.append(tr("at most {limit}", limit=shown_number(self.at_most)))
        if self.target is not None:
            out.append(tr("target {target}", target=shown_number(self.target)))
        if self.compare:
            out.append(tr("compared with the previous period"))
        return out


def readings(typed: str, decimals: int = 0, measure: str = "") -> list[Decimal]:
    """The figures that a typed text can mean: none, one, or two where the separators leave it open.

    `8.341` is 8341 wherever fewer than three decimal places are allowed; `1,000` is 1 to a Vietnamese reader
    and 1000 to a spreadsheet, so both come back."""
    text = composed(typed).translate(_MINUS).strip().removesuffix(measure).strip()
    if not measure:  # else 45% would become 45 party cells
        text = text.removesuffix("%").strip()
    text = _BLANKS.sub("", text)
    vietnamese = Decimal(text.replace(".", "").replace(",", ".")) if _VIETNAMESE.fullmatch(text) else None
    english = Decimal(text.replace(",", "")) if _ENGLISH.fullmatch(text) else None
    if vietnamese is None or english is None or vietnamese == english:
        found = vietnamese if vietnamese is not None else english
        return [] if found is None else [_plain(found)]
    if "." in text and decimals < 3:
        return [_plain(vietnamese)]
    return [_plain(vietnamese), _plain(english)]


def unmistakable(figure: Decimal) -> str:
    """How to type a figure so that it has one reading: `1`, `1000`, `1,25`; `8,3410`, for `8,341` has two."""
    whole, _, part = f"{figure:f}".partition(".")
    part = part.rstrip("0")
    if len(part) == 3:
        part += "0"
    return f"{whole},{part}" if part else whole


def _plain(figure: Decimal) -> Decimal:
    """Without a sign on zero or an exponent; decimals as typed."""
    return figure if figure else abs(figure)
