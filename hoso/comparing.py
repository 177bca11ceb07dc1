"""A figure against the previous period's, as a sentence for a report: `tăng 144 đảng viên (1,76%) so với năm 2020`."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from hoso.i18n import tr
from hoso.text import shown_number

_ROMAN = {"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}
_YEAR = re.compile(r"\d{4}", re.ASCII)


def change_told(value: Decimal, before: Decimal, measure: str = "", period_before: str = "") -> str:
    """The change in words: in figures and percent, in points where the figure is itself a percentage.

    A change from nothing has no percent. `period_before` is written as in definitions: `2020`, `2020-Q4`."""
    by = value - before
    than = moment(period_before)
    if not by:
        return tr("unchanged against {period}", period=than)
    words = {"by": _amount(abs(by), measure), "period": than}
    if before and measure != "%":
        words["percent"] = _percent(abs(by), before)
        return (
            tr("up {by} ({percent}%) on {period}", **words)
            if by > 0
            else tr("down {by} ({percent}%) on {period}", **words)
        )
    return tr("up {by} on {period}", **words) if by > 0 else tr("down {by} on {period}", **words)


def sentence(label: str, value: Decimal, before: Decimal, measure: str = "", period_before: str = "") -> str:
    """`Tổng số đảng viên: 8.341 đảng viên, tăng 144 đảng viên (1,76%) so với năm 2020.`"""
    figure = f"{shown_number(value)}%" if measure == "%" else f"{shown_number(value)} {measure}".strip()
    return f"{label}: {figure}, {change_told(value, before, measure, period_before)}."


def moment(period: str) -> str:
    """A period as a sentence names it: `năm 2020`, `quý IV/2020`, `tháng 3/2020`, `giai đoạn 2015–2020`."""
    if not period:
        return tr("the previous period")
    first, _, last = period.partition("/")
    if last and all(_YEAR.fullmatch(one) for one in (first, last)):
        return tr("the years {first}–{last}", first=first, last=last)
    if last:
        return tr("{first} to {last}", first=moment(first), last=moment(last))
    year, _, part = period.partition("-")
    if not part:
        return tr("the year {year}", year=year)
    if part in _ROMAN:
        return tr("quarter {number}/{year}", number=_ROMAN[part], year=year)
    return tr("month {month}/{year}", month=part.lstrip("0"), year=year)


def year_before(period: str) -> str:
    """The period that is compared with where no checklist names one: the same, a year earlier; empty for a span."""
    year, dash, rest = period.partition("-")
    return f"{int(year) - 1}{dash}{rest}" if _YEAR.fullmatch(year) and "/" not in rest else ""


def _amount(by: Decimal, measure: str) -> str:
    if measure == "%":
        return tr("{by} percentage points", by=_shown(by))
    return f"{_shown(by)} {measure}".strip()


def _percent(by: Decimal, before: Decimal) -> str:
    return _shown((by * 100 / abs(before)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _shown(figure: Decimal) -> str:
    text = f"{figure:f}"
    return shown_number(text.rstrip("0").rstrip(".") if "." in text else text)
