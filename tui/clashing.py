"""Where two people wrote the same: what somebody else wrote stands beside the field until one of the two is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hoso.dossiers import Raw, answer_of
from hoso.i18n import tr
from hoso.kinds import FieldBase, TextField
from tui.places import Key
from tui.unsaved import Kept, of_appraisal
from tui.wording import absence

if TYPE_CHECKING:
    from hoso.store import AppraisalFile
    from tui.session import Session


# No section and no field is called so.
_NAMED = {"remark": ":remark", "verdict": ":verdict", "claim": ":claim", "tick": ":tick"}


def key_of(key: Key, cell: str = "") -> Key:
    """Where the other's value of a field, of an ask or of one cell of a table is kept until it is settled; of two who
    review, that of a remark or of a verdict."""
    name = f"asks.{key.name}" if key.target == "ask" else key.name
    if key.target in _NAMED:
        name = ".".join(filter(None, (_NAMED[key.target], key.name)))
    return Key("clash", key.part, key.section, f"{name}.{cell}" if cell else name)


def field_of(key: Key) -> Key:
    """The field or ask beside which such a value is shown."""
    if key.target != "clash":
        return key
    first, _, rest = key.name.partition(".")
    for target, sign in _NAMED.items():
        if first == sign:
            return Key(target, key.part, key.section, rest)  # type: ignore[arg-type]
    return key._replace(target="ask", name=rest) if first == "asks" else key._replace(target="field", name=first)


def of_unit(saved: Kept, ours: Kept, theirs: Kept) -> dict[str, Any]:
    """What somebody else claimed or answered to a remark where both did, by address."""
    out: dict[str, Any] = {}
    for key in (key for key in ours | theirs if key.target in ("claim", "tick")):
        was, mine, other = (kept.get(key) for kept in (saved, ours, theirs))
        if other != mine and other != was and mine != was:
            out[key_of(key).address] = other
    return out


def of_desk(part: str, file: AppraisalFile) -> dict[str, Any]:
    """What another reviewer wrote where both changed the same, by address. It is told once."""
    with file.guard:
        found, file.clashes = file.clashes, []
        theirs, ours = of_appraisal(part, file.theirs), of_appraisal(part, file.appraisal.as_data())
        keys = [_of_appraisal(part, address) for address in found]
        for key in keys:
            if key.target == "remark" and key in theirs and key not in ours:
                file.appraisal.put_remark(theirs[key])  # what one has withdrawn and the other goes on with stands
    out: dict[str, Any] = {}
    for key in keys:
        first, _, cell = key.name.partition(".")
        if key.target == "remark" and key not in ours:
            continue
        if key.target == "points":
            stood = theirs.get(key._replace(name=first)) or {}
            out[key.address] = stood.get(cell) if cell else stood
        elif key in theirs or key in ours:
            out[key_of(key).address] = theirs.get(key)
    return out


def _of_appraisal(part: str, address: str) -> Key:
    """Of `remarks.section.id.text`, `overall.id`, `scores.section.field.criterion`, `verdict`, `because`, `level`."""
    what, *rest = address.split(".", 3)
    if what == "remarks" and len(rest) > 1:
        return Key("remark", part, rest[0], rest[1])
    if what == "overall" and rest:
        return Key("remark", part, "", rest[0])
    if what == "scores" and rest:
        return Key("points", part, rest[0], ".".join(rest[1:]))
    return Key("verdict", part)


def told(theirs: Any) -> str:
    """The remark of somebody else as people read it."""
    return tr("nothing: it was taken away") if theirs is None else str(theirs.text)


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
    if key.target == "remark":
        return session.clash(key) is not None and session.standing(key) is not None
    made = session.field(key) if key.target == "field" else None
    prose = isinstance(made, TextField) and made.lines != 1
    return prose and isinstance(session.clash(key), str) and isinstance(session.answer(key).value, str)


def settle(session: Session, key: Key, choice: str) -> None:
    """Takes `theirs`, leaves `ours` or keeps `both`, theirs below ours: one step, which can be taken back."""
    theirs = session.clash(key)
    with session.history.together():
        if choice in ("theirs", "both") and key.target in _NAMED:
            ours = session.standing(key)
            session.put_entry(
                key, theirs if choice == "theirs" else ours._replace(text=f"{ours.text}\n\n{theirs.text}")
            )
        elif choice == "theirs":
            session.put(key, theirs)
        elif choice == "both":
            session.put(key, f"{session.answer(key).value}\n\n{theirs}")
        session.forget_clash(key_of(key))
