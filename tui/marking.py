"""Marks: why a field has no answer, where an ask is covered. What can be chosen, and what choosing does."""

from __future__ import annotations

from typing import NamedTuple

from hoso.dossiers import NEEDS_REASON, Answer
from hoso.i18n import tr
from hoso.kinds import FieldBase, NumberField
from hoso.previous import holds_proposals
from tui import clashing
from tui.places import Key
from tui.session import Session
from tui.wording import ABSENCES


class Choice(NamedTuple):
    id: str
    words: str


def choices(session: Session, key: Key) -> list[Choice]:
    """What can be said of a field or an ask besides answering it."""
    out = of_clash(session, key)
    if key.target == "ask":
        return out + _of_ask(session, key)
    return out + _of_field(session, key) if key.target == "field" else out


def of_clash(session: Session, key: Key) -> list[Choice]:
    """Where somebody else wrote the same: which of the two is to stand."""
    if not session.is_clash(key):
        return []
    both = [Choice("both", tr("⇄ Keep both, one below the other"))] if clashing.can_keep_both(session, key) else []
    return [Choice("theirs", tr("⇄ Take what the other wrote")), Choice("ours", tr("⇄ Keep what stands here")), *both]


def _of_ask(session: Session, key: Key) -> list[Choice]:
    out = [
        Choice("here", tr("☑ Covered here")),
        Choice("elsewhere", tr("↗ Covered in another section …")),
        Choice("not_applicable", tr("⊘ Does not apply to us, because …")),
        Choice("pending", tr("⊘ Not known yet")),
    ]
    return [*out, Choice("clear", tr("☐ Take the mark off"))] if session.ask(key) is not None else out


def _of_field(session: Session, key: Key) -> list[Choice]:
    answer, out = session.answer(key), []
    if holds_proposals(session.raw(key)):
        out.append(Choice("accept", tr("✓ Accept what was carried over")))
    before = session.before(key)
    if before is not None and answer.absent is None and answer.before != before.value:
        shown = session.field(key).shown(before.value)
        out.append(Choice("before", tr("✓ Previous period: take {value} from the dossier before", value=shown)))
    return out + _absences(session.field(key), answer)


def _absences(made: FieldBase, answer: Answer) -> list[Choice]:
    counts = isinstance(made, NumberField)
    none = tr("⊘ None: nothing of the kind (counts as 0)") if counts else tr("⊘ None: nothing to report")
    out = [
        Choice("nil", none),
        Choice("pending", tr("⊘ Not known yet, will follow")),
        Choice("not_applicable", tr("⊘ Does not apply to us, because …")),
        Choice("withheld", tr("⊘ Known, but not stated, because …")),
    ]
    return [*out, Choice("clear", tr("Take the mark off"))] if answer.absent is not None else out


def of_cell(made: FieldBase, answer: Answer, *, clash: bool) -> list[Choice]:
    """What can be said of one cell of a table besides filling it."""
    out = [Choice("theirs", tr("⇄ Take what the other wrote")), Choice("ours", tr("⇄ Keep what stands here"))]
    carried = [Choice("accept", tr("✓ Accept what was carried over"))] if answer.is_proposal else []
    return [*(out if clash else ()), *carried, *_absences(made, answer)]


def needs_reason(choice: str) -> bool:
    return choice in NEEDS_REASON


def apply(session: Session, key: Key, choice: str, detail: str = "") -> None:
    """Carries a choice out; `detail` is a reason, or the section for `elsewhere`. Raises Refused."""
    if choice in ("theirs", "ours", "both"):
        clashing.settle(session, key, choice)
    elif choice == "accept":
        session.accept_proposal(key)
    elif choice == "before":
        session.seal()
        session.accept_before(key)
        session.seal()
    elif key.target == "ask":
        _apply_to_ask(session, key, choice, detail)
    elif choice == "clear":
        session.clear(key)
    elif choice in ABSENCES:
        session.seal()
        session.put_absent(key, choice, detail)
        session.seal()


def _apply_to_ask(session: Session, key: Key, choice: str, detail: str) -> None:
    if choice == "here":
        session.put_ask(key, "here")
    elif choice == "elsewhere":
        session.put_ask(key, {"elsewhere": detail})
    elif choice == "clear":
        session.put_ask(key, None)
    else:
        session.put_ask(key, {"absent": choice} | ({"because": detail} if detail else {}))
