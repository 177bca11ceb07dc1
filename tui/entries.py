"""What stands in a dossier besides answers and files: claims and ticks of the unit, the superior's remarks, points and
verdicts. Read and changed by key, so that one history takes all of them back."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hoso.appraisals import Appraisal, Remark, remark_of
from hoso.desk import Desk
from hoso.dossiers import Dossier
from tui.places import Key

OF_THE_UNIT = ("claim", "tick", "copies")  # kept in `dossier.yaml`
OF_THE_DESK = ("remark", "points", "verdict")  # kept in the files of the superior


def current(dossier: Dossier, key: Key) -> Any:
    """What stands there now; None for nothing."""
    if key.target == "claim":
        return dossier.claimed.get(key.part)
    if key.target == "copies":
        return (dossier.copies.get(key.part) or {}).get(key.name)
    if key.target == "tick":
        return deepcopy((dossier.settled.get(key.part) or {}).get(key.name))
    appraisal = dossier.appraisals.get(key.part) or Appraisal()
    if key.target == "remark":
        return remark_at(appraisal, key)
    if key.target == "points":
        return deepcopy(appraisal.points(key.section, key.name))
    return appraisal.verdict, appraisal.because, appraisal.level


def change(dossier: Dossier, key: Key, value: Any) -> None:
    """Puts a claim, a tick or a count of copies of the unit, None to take it away."""
    if key.target == "claim":
        _put(dossier.claimed, key.part, value)
    elif key.target == "copies":
        _put(dossier.copies.setdefault(key.part, {}), key.name, value or None)
    else:
        kept = dossier.settled.setdefault(key.part, {})
        # The lines of a remark stay: they are what keeps the ticks of two people apart.
        kept[key.name] = deepcopy(value) if value else {"done": None}


def write(desk: Desk, key: Key, value: Any) -> None:
    """Puts what the superior writes. Raises Refused for a file that must not be touched."""
    file = desk.file(key.part)
    with file.guard:
        if key.target == "remark":
            _put_remark(file.appraisal, key, value)
        elif key.target == "points":
            file.appraisal.replace_points(key.section, key.name, value)
        else:
            file.appraisal.verdict, file.appraisal.because, file.appraisal.level = value


def remark_at(appraisal: Appraisal, key: Key) -> Remark | None:
    kept = appraisal.remarks.get(key.section) if key.section else appraisal.overall
    raw = (kept or {}).get(key.name)
    return remark_of(key.name, key.section, raw) if isinstance(raw, dict) else None


def key_of(part: str, remark: Remark, target: str = "remark") -> Key:
    return Key(target, part, remark.section, remark.id)  # type: ignore[arg-type]


def _put_remark(appraisal: Appraisal, key: Key, value: Remark | None) -> None:
    if value is not None:
        appraisal.put_remark(value)
    elif known := remark_at(appraisal, key):
        appraisal.withdraw(known)


def _put(kept: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        kept.pop(name, None)
    else:
        kept[name] = value
