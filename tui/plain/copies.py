"""Copies and sets to be handed in: told and counted at a plain prompt."""

from __future__ import annotations

from hoso.dossiers import WHOLE
from hoso.i18n import tr
from hoso.problems import Refused
from hoso.validate.copies import Tally
from tui.attaching import tally_words
from tui.places import Key
from tui.plain.talk import Talk
from tui.session import Session


def lacking(session: Session) -> bool:
    """Whether copies are lacking that only a person can count."""
    return session.dossier.is_open and any(one.lacking and not one.counted for one in session.tallies())


def counted(session: Session, key: Key) -> list[str]:
    """Of documents attached at an address: the copies that count themselves by what is in the files."""
    own = () if key.section else session.tallies()
    return [tally_words(one) for one in own if one.part == key.part and one.counted]


def count(session: Session, talk: Talk) -> None:
    """Tells all copies and asks for those that are not files; Enter leaves a number. Raises Called, EOFError."""
    found = session.tallies()
    if not found:
        talk.say(tr("No copies are asked for."))
    for one in found:
        if one.counted or not session.dossier.is_open:
            talk.say(_words(one))
        else:
            _ask(session, talk, one)


def _words(one: Tally) -> str:
    words = tally_words(one)
    return words if one.part == WHOLE else f"{one.title} · {words}"


def _ask(session: Session, talk: Talk, one: Tally) -> None:
    while typed := talk.ask(tr("{copies}. How many are ready?", copies=_words(one))).strip():
        if not typed.isdecimal():
            talk.say(tr("A whole number is wanted; Enter leaves it as it is."))
            continue
        try:
            session.count_copies(one, int(typed))
        except Refused as refused:
            talk.say(refused.problem.message)
        session.seal()
        if not session.save():
            talk.say(session.status())
        return
