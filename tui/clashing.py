"""Where two people wrote the same: what somebody else wrote stands beside the field until one of the two is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoso.dossiers import Raw, answer_of
from hoso.i18n import tr
from hoso.kinds import FieldBase, TextField
from tui.places import Key
from tui.wording import absence

if TYPE_CHECKING:
    from tui.session import Session


def key_of(key: Key, cell: str = "") -> Key:
    """Where the other's value of a field, of an ask or of one cell of a table is kept until it is settled."""
    name = f"asks.{key.name}" if key.target == "ask" else key.name
    return Key("clash", key.part, key.section, f"{name}.{cell}" if cell else name)


def field_of(key: Key) -> Key:
    """The field or ask beside which such a value is shown."""
    if key.target != "clash":
        return key
    first, _, rest = key.name.partition(".")
    return key._replace(target="ask", name=rest) if first == "asks" else key._replace(target="field", name=first)


def shown(made: FieldBase | None, raw: Raw) -> str:
    """The other's value as people read it."""
    if raw is None:
        return tr("nothing: it was taken away")
    answer = answer_of(raw)
    if answer is None:
        return cells_shown(raw)
    if answer.absent is not None:
        return absence(answer.absent, answer.because)
    return made.shown(answer.value) if made is not None else str(answer.value)


def cells_shown(raw: Raw) -> str:
    """The texts and figures of a row or of a table, one behind the other."""
    if not isinstance(raw, dict):
        return "" if raw is None else str(raw)
    return "; ".join(filter(None, (cells_shown(one) for one in raw.values())))


def can_keep_both(session: Session, key: Key) -> bool:
    """Whether both are prose, which can stand one below the other."""
    made = session.field(key) if key.target == "field" else None
    prose = isinstance(made, TextField) and made.lines != 1
    return prose and isinstance(session.clash(key), str) and isinstance(session.answer(key).value, str)


def settle(session: Session, key: Key, choice: str) -> None:
    """Takes `theirs`, leaves `ours` or keeps `both`, theirs below ours: one step, which can be taken back."""
    theirs = session.clash(key)
    with session.history.together():
        if choice == "theirs":
            session.put(key, theirs)
        elif choice == "both":
            session.put(key, f"{session.answer(key).value}\n\n{theirs}")
        session.forget_clash(key_of(key))
