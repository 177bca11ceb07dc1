"""The same section in the dossier before: what stood there, and taking it over as a proposal."""

from __future__ import annotations

import re
from typing import NamedTuple

from hoso.dossiers import Raw, answer_of
from hoso.kinds import FileField, ScoringField, TableField, TextField
from hoso.previous import carried, holds_proposals
from tui.places import Key, Place
from tui.session import Session

_PARAGRAPHS = re.compile(r"\n\s*\n")


class Formerly(NamedTuple):
    """What a field of the section held in the dossier before."""

    key: Key
    label: str
    raw: Raw
    shown: str
    is_prose: bool


def formerly(session: Session, place: Place) -> list[Formerly]:
    """The answers of before to the fields of now, in their order; nothing private that is public now."""
    earlier = session.earlier_part(place.part)
    if earlier is None or place.section is None:
        return []
    out = []
    for name in session.fields(place):
        made = session.node(place).fields[name]
        raw = earlier.raw(session.node(place), made)
        if isinstance(made, FileField | ScoringField) or carried(raw) is None:
            continue
        answer = answer_of(raw)
        told = "" if isinstance(made, TableField) or answer is None else made.shown(answer.value)
        is_prose = isinstance(made, TextField) and made.lines != 1
        out.append(Formerly(Key("field", place.part, place.section, name), made.name, raw, told, is_prose))
    return out


def paragraphs(text: str) -> list[str]:
    return [one.strip("\n") for one in _PARAGRAPHS.split(text) if one.strip()]


def take(session: Session, former: Formerly) -> None:
    """Puts an answer of before in as a proposal. It can be undone. Raises Refused where nothing may be written."""
    session.seal()
    session.put(former.key, carried(former.raw))
    session.seal()


def take_all(session: Session, found: list[Formerly]) -> list[Key]:
    """The same for all fields that are blank, as one step; what is written already is left alone. Tells which
    were filled."""
    free = blank(session, found)
    with session.history.together():
        for one in free:
            take(session, one)
    return [one.key for one in free]


def blank(session: Session, found: list[Formerly]) -> list[Formerly]:
    """Those in whose place nothing of one's own stands."""
    return [one for one in found if session.raw(one.key) is None or holds_proposals(session.raw(one.key))]
