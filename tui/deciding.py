"""Deciding on a dossier under review: what can be decided now, in words."""

from __future__ import annotations

from typing import NamedTuple

from hoso.i18n import tr
from hoso.problems import Level
from hoso.store.moving import possible
from tui import marking, remarks, wording
from tui.places import Key
from tui.reviewing import Review, levels
from tui.telling import words_of
from tui.wording import SIGNS


class Choice(NamedTuple):
    """`id` is a move, or `item` or `level` with the part behind a colon."""

    id: str
    words: str


def choices(review: Review) -> list[Choice]:
    session, out = review.session, list[Choice]()
    dossier, marked = session.dossier, review.to_return
    if possible(dossier, "receive"):
        out.append(Choice("receive", tr("☐ Note that it was received")))
    if possible(dossier, "return"):
        if marked:
            titles = ", ".join(session.asked[part].title for part in marked)
            out.append(Choice("return-items", tr("↩ Return {count} items: {titles}", count=len(marked), titles=titles)))
        out.append(Choice("return", tr("↩ Return the whole dossier, because …")))
    if possible(dossier, "accept"):
        out.append(Choice("accept", tr("✓ Accept the whole dossier")))
    for part in session.asked:
        out.append(Choice(f"item:{part}", item_words(review, part)))
        if levels(session, part) is not None:
            out.append(Choice(f"level:{part}", "    " + tr("level – {levels}", levels=review.level_line(part))))
    return out


def item_words(review: Review, part: str) -> str:
    """`Báo cáo: trả lại, vì … · ✎ 2`."""
    session, made = review.session, review.verdict(part)
    told = {"returned": tr("return, because {because}", because=made.because or "…"), "accepted": tr("accepted")}
    words = f"{session.asked[part].title}: {told.get(made.verdict, tr('not decided'))}"
    count, errors = len(remarks.of_part(session, part)), session.part_progress(part).errors
    words += f" · {wording.OPEN} {count}" if count else ""
    words += f" · {SIGNS[Level.ERROR]} {errors}" if errors else ""
    key = Key("verdict", part)
    if session.is_clash(key):
        theirs = words_of(session, key, session.clash(key)) or tr("not decided")
        words += "\n    " + tr("⇄ somebody else decided: {theirs}", theirs=theirs)
    return words


def verdict_choices(review: Review, part: str) -> list[Choice]:
    """What can be decided of an item; where two have, first which of the two is to stand."""
    return [
        *(Choice(*one) for one in marking.of_clash(review.session, Key("verdict", part))),
        Choice("accepted", tr("✓ It is right")),
        Choice("returned", tr("↩ To be returned, because …")),
        Choice("undecided", tr("– Not decided")),
    ]


def level_choices(review: Review, part: str) -> list[Choice]:
    made = levels(review.session, part)
    labels = made.labels.items() if made else ()
    attached = review.session.asked[part].levels is not None
    undecided = tr("– Not decided") if attached else tr("– As the points lead to")
    return [*(Choice(level, label) for level, label in labels), Choice("undecided", undecided)]


def question(review: Review) -> str:
    """What is asked before a dossier is accepted: with what speaks against it."""
    session = review.session
    errors = session.total_progress().errors
    unsettled = sum(remarks.open_in(session, part) for part in session.asked)
    words = tr("Accept the dossier of {unit}?", unit=session.unit.name)
    if errors or unsettled:
        against = tr("There are {errors} errors and {remarks} remarks not settled.", errors=errors, remarks=unsettled)
        words += f" {against}"
    if review.to_return:
        titles = ", ".join(session.asked[part].title for part in review.to_return)
        marked = tr("Marked to be returned: {titles}.", titles=titles)
        words += f" {marked}"
    return words
