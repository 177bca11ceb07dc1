"""What stands in a dossier, key by key: so that it can be compared with what was saved, and outlive the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from hoso.appraisals import Remark, remark_of
from hoso.dossiers import Attachment, Dossier, joined, same
from tui.history import Change
from tui.places import Key

Kept = dict[Key, Any]
_Tree = dict[str, Any]
_BLANK = {"files": [], "points": {}, "verdict": ("", "", "")}  # of each target, where it is not None


class Rescued(NamedTuple):
    """What could not be saved at a moment: changes, and the documents that could not even be copied in."""

    at: datetime
    changes: list[Change]
    not_brought: list[tuple[str, str]] = []  # the address, and the name of the file


def address_of(key: Key) -> str:
    """`part.section.field`; of all else with its target before it."""
    return key.address if key.target == "field" else f"{key.target}:{key.address}"


# ---- what stands there --------------------------------------------------------------------------------------


def of_sheet(part: str, answers: _Tree, private: _Tree) -> Kept:
    """Answers and marks of asks; a table whose cells lie in two files is one answer."""
    out: Kept = {}
    for section in answers | private:
        shared, hidden = _tree(answers.get(section)), _tree(private.get(section))
        marks = _tree(shared.get("asks"))
        out |= {Key("ask", part, section, name): raw for name, raw in marks.items()}
        for name in shared | hidden:
            if name != "asks":
                out[Key("field", part, section, name)] = joined(shared.get(name), hidden.get(name))
    return out


def of_unit(dossier: Dossier) -> Kept:
    """Attached files, claims, ticks and counted copies."""
    out: Kept = {Key("files", *address.split(".", 2)): list(files) for address, files in dossier.attachments.items()}
    out |= {Key("claim", part): level for part, level in dossier.claimed.items()}
    for part, counts in dossier.copies.items():
        out |= {Key("copies", part, "", medium): count for medium, count in counts.items()}
    for part, kept in dossier.settled.items():
        sections = _sections(dossier, part)
        out |= {
            Key("tick", part, sections.get(name, ""), name): dict(done)
            for name, done in kept.items()
            if isinstance(done, dict)
        }
    return out


def of_appraisal(part: str, data: _Tree) -> Kept:
    """Remarks, points and the verdict, out of what the superior's file holds."""
    out: Kept = {Key("verdict", part): tuple(data.get(name) or "" for name in ("verdict", "because", "level"))}
    for section, kept in {"": data.get("overall"), **_tree(data.get("remarks"))}.items():
        for name, raw in _tree(kept).items():
            if isinstance(raw, dict):
                out[Key("remark", part, section, name)] = remark_of(name, section, raw)
    for section, sheets in _tree(data.get("scores")).items():
        out |= {Key("points", part, section, name): dict(_tree(points)) for name, points in _tree(sheets).items()}
    return out


def changed(saved: Kept, now: Kept) -> list[Change]:
    """What has to be done to what was saved, so that it is as now."""
    found = (Change(key, _at(saved, key), _at(now, key)) for key in saved | now)
    return [one for one in found if not same(one.left, one.wanted)]


def _at(kept: Kept, key: Key) -> Any:
    blank = {"done": None} if key.target == "tick" else _BLANK.get(key.target)
    return kept.get(key) or blank if key.target != "field" else kept.get(key)


def _tree(data: Any) -> _Tree:
    return data if isinstance(data, dict) else {}


def _sections(dossier: Dossier, part: str) -> dict[str, str]:
    appraisal = dossier.appraisals.get(part)
    return {remark.id: remark.section for remark in appraisal.all_remarks()} if appraisal else {}


# ---- as text ------------------------------------------------------------------------------------------------


def as_json(rescued: Rescued) -> _Tree:
    return {"at": rescued.at.isoformat(), "changes": rescued.changes, "not_brought": rescued.not_brought}


def from_json(data: _Tree) -> Rescued:
    """Raises KeyError, TypeError, ValueError for what was not written by `as_json`."""
    if "answers" in data:  # as it was written before marks and files were kept too
        old = [Change(Key("field", *at.split(".", 2)), None, raw) for at, raw in dict(data["answers"]).items()]
        return Rescued(datetime.fromisoformat(data["at"]), old)
    changes = [
        Change(Key(*key), value_of(key[0], left), value_of(key[0], wanted)) for key, left, wanted in data["changes"]
    ]
    return Rescued(datetime.fromisoformat(data["at"]), changes, [(at, name) for at, name in data["not_brought"]])


def value_of(target: str, value: Any) -> Any:
    """What `json` made a list of, as it was."""
    if target == "files":
        return [Attachment(*one) for one in value]
    if target == "verdict":
        return tuple(value)
    return Remark(*value) if target == "remark" and value is not None else value


def together(first: Iterable[Change], then: Iterable[Change]) -> list[Change]:
    """Two lists of changes as one; of one key the later holds."""
    return list({change.key: change for change in (*first, *then)}.values())
