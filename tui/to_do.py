"""What is still to be done at a place, in few words: the whole of it stands beside the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from hoso.i18n import tr
from hoso.problems import Fault, Level
from hoso.validate import MISSING, gathered_faults
from tui.places import Key, Place
from tui.session import Session
from tui.wording import SIGNS, STYLES, level_of, said

Finding = tuple[str, Fault]


def to_do(session: Session, place: Place) -> tuple[int, list[Content]]:
    """How many things, and what is said of them: what is wrong first, then what is missing, by its name."""
    if place.section is None:  # the one field of such a place tells it
        return 0, []
    found = gathered_faults(session.findings(place))
    wrong = [_wrong(session, place, one) for one in found if one[1].code not in MISSING]
    lines = [*dict.fromkeys(wrong), *_missing(session, place, [one for one in found if one[1].code in MISSING])]
    return len(found), [Content.styled(words, style) for words, style in lines]


def warned(session: Session) -> list[str]:
    """What stands in nobody's way and is to be looked at before handing in, in words; nothing where nothing is."""
    count = sum(one.level is Level.WARNING and one.waived is None for one in session.problems())
    told = (
        tr("1 warning is left; F4 shows it.")
        if count == 1
        else tr("{count} warnings are left; F4 lists them.", count=count)
    )
    return [told] if count else []


def _wrong(session: Session, place: Place, finding: Finding) -> tuple[str, str]:
    name, fault = finding
    level = level_of(fault)
    if _is_told_beside(session, place, name):
        return f"{SIGNS[level]} {level.label}: {_label(session, place, finding)}", STYLES[level]
    made = session.node(place).fields.get(name.partition(".")[0])
    where = f"{made.name}: " if made and "label" not in fault.params else ""
    return f"{where}{said(fault, remedy=False)}", STYLES[level]


def _is_told_beside(session: Session, place: Place, name: str) -> bool:
    """Whether the field or ask shows it by itself; what is wrong inside a table shows only in the cell."""
    is_ask = name.startswith("asks.")
    key = Key("ask" if is_ask else "field", place.part, place.section or "", name.removeprefix("asks."))
    return (is_ask or name in session.fields(place)) and bool(session.faults_at(key))


def _missing(session: Session, place: Place, found: Iterable[Finding]) -> list[tuple[str, str]]:
    names, asks = dict[str, None](), 0
    for one in found:
        if one[1].code == "ask-open":
            asks += 1
        else:
            names[_label(session, place, one)] = None
    lines = [f"{Level.HINT.label}: {'; '.join(names)}"] if names else []
    if asks:
        lines.append(tr("1 point not covered yet") if asks == 1 else tr("{count} points not covered yet", count=asks))
    return [(f"{SIGNS[Level.HINT]} {words}", STYLES[Level.HINT]) for words in lines]


def _label(session: Session, place: Place, finding: Finding) -> str:
    name, fault = finding
    node = session.node(place)
    if name.startswith("asks."):
        ask = node.asks.get(name.removeprefix("asks."))
        return ask.text if ask else name
    made = node.fields.get(name.partition(".")[0])
    label = made.name if made else fault.params.get("label", name)
    if fault.code == "cells-missing":
        return tr("{label} ({count} cells)", label=label, count=fault.params["count"])
    return label
