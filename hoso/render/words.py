"""Periods, days, formats, extents and states in words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from hoso.definitions.publishing import Extent, Publishing
from hoso.i18n import mark, tr
from hoso.text import shown_day

if TYPE_CHECKING:
    from hoso.definitions import Checklist, Definitions
    from hoso.definitions.checklist import Deadline

_QUARTERS = {"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}
_WEEKDAYS = (mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
             mark("Sunday"))  # fmt: skip
STATES = {
    "": mark("not begun"), "drafting": mark("being written"), "ready": mark("ready to hand in"),
    "handed_in": mark("handed in"), "received": mark("received"), "returned": mark("returned"),
    "accepted": mark("accepted"), "rolled_up": mark("rolled up"),
}  # fmt: skip
HANDED_IN = ("handed_in", "received", "accepted", "rolled_up")
# Each state has a sign of its own, so that colours are not needed to tell them apart.
SIGNS = {"": "○", "drafting": "◔", "ready": "◑", "returned": "↩", "handed_in": "●", "received": "●", "accepted": "✔",
         "rolled_up": "✔"}  # fmt: skip
_EXTENTS: dict[Extent, str] = {
    "none": mark("nothing of the dossiers"),
    "state": mark("the state of the dossiers"),
    "totals": mark("state and progress of the dossiers"),
    "figures": mark("state, progress and figures of the dossiers"),
    "all": mark("all answers of the dossiers, except private ones"),
}
MEDIA = {
    "paper": mark("on paper"), "email": mark("by e-mail"), "system": mark("through the system"),
    "disc": mark("on disc"),
    "scan": mark("as a signed scan"),
    "pdf": mark("as a PDF file"), "word": mark("as a Word file"), "excel": mark("as an Excel file"),
}  # fmt: skip


def period(text: str | None) -> str:
    """`2021-Q4` as `quý IV/2021`, `2021-01/2021-11` as `01/2021 – 11/2021`."""
    return " – ".join(_moment(part) for part in text.split("/")) if text else ""


def _moment(text: str) -> str:
    year, _, part = text.partition("-")
    if not part:
        return tr("{year}", year=year)
    if part in _QUARTERS:
        return tr("quarter {number} of {year}", number=_QUARTERS[part], year=year)
    return tr("{month}/{year}", month=part, year=year)


def day(of: date) -> str:
    return tr("{weekday}, {day}", weekday=tr(_WEEKDAYS[of.weekday()]), day=shown_day(of))


def deadline(made: Deadline | None) -> str:
    """The last permitted day, with the wording of the source where that names the day after it."""
    last = made.last_day if made else None
    if made is None or last is None:
        return ""
    if made.before:
        return tr("{last} (the source says: before {before})", last=day(last), before=shown_day(made.before))
    return day(last)


def days_left(days: int | None) -> str:
    if days is None:
        return ""
    if days < 0:
        return tr("{count} days late", count=-days) if days < -1 else tr("1 day late")
    if days == 1:
        return tr("1 day left")
    return tr("{count} days left", count=days) if days else tr("today is the last day")


def faults(errors: int, warnings: int) -> str:
    """`3 lỗi, 1 cảnh báo`"""
    told = []
    if errors:
        told.append(tr("1 error") if errors == 1 else tr("{count} errors", count=errors))
    if warnings:
        told.append(tr("1 warning") if warnings == 1 else tr("{count} warnings", count=warnings))
    return ", ".join(told)


def state(name: str) -> str:
    return tr(STATES.get(name, STATES["drafting"]))


def publishing(made: Publishing) -> str:
    """What of the dossiers is shown, and from which state on."""
    if made.dossiers == "none":
        return tr(_EXTENTS["none"])
    return tr("{extent}, from “{state}” on", extent=tr(_EXTENTS[made.dossiers]), state=state(made.from_))


def formats(names: list[str]) -> str:
    return ", ".join(re.sub(r"^\.", "", name).upper() for name in names)


def kind_label(definitions: Definitions, kind: str) -> str:
    found = definitions.lists.kinds.get(kind)
    return found.label if found else kind


_FEW = 6


def group_words(definitions: Definitions, group: str, *, inside: bool = True) -> str:
    """That a unit is in a group: by the names of its units where they are few, for groups have no names."""
    names = [unit.name for unit in definitions.units.values() if group in unit.groups]
    if 0 < len(names) <= _FEW:
        told = mark("the unit is one of: {units}") if inside else mark("the unit is none of: {units}")
        return tr(told, units="; ".join(names))
    if inside:
        return tr("the unit is in the group “{group}”", group=group)
    return tr("the unit is not in the group “{group}”", group=group)


def who(definitions: Definitions, checklist: Checklist) -> str:
    """Who has to hand in, by kinds, by whose they are, by names."""
    if checklist.units is None:
        return tr("all units")
    kinds = "; ".join(kind_label(definitions, kind) for kind in checklist.units.kinds)
    if checklist.units.under:
        superiors = unit_names(definitions, checklist.units.under)
        told = mark("{kinds} (right under: {superiors})") if kinds else mark("units right under: {superiors}")
        kinds = tr(told, kinds=kinds, superiors=superiors)
    named = unit_names(definitions, checklist.units.ids)
    return "; ".join(part for part in (kinds, named) if part)


def unit_names(definitions: Definitions, units: list[str]) -> str:
    return "; ".join(definitions.units[name].name if name in definitions.units else name for name in units)
