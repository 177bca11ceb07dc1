"""The file `….appraisal.yaml` beside an item's answers: what the superior wrote, apart from what the unit edits."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

from hoso import yamlio
from hoso.appraisals import REMARK_KEYS, VERDICTS, Appraisal, is_moment
from hoso.dossiers import Dossier
from hoso.problems import named, nearest
from hoso.store.keeping import bytes_of, keep_theirs
from hoso.store.merging import merge
from hoso.store.noting import Noter, open_file, strange_keys

APPRAISAL = ".appraisal.yaml"
_KEYS = {"hoso", "verdict", "because", "level", "scores", "remarks", "overall"}
Loc = tuple[str | int, ...]


def read_appraisal(dossier: Dossier, folder: str, part: str) -> None:
    """Reads what the superior wrote of one item into the dossier; what cannot be understood is noted."""
    before = len(dossier.problems)
    document, data = open_file(dossier, folder, f"{part}{APPRAISAL}", _KEYS)
    if document is None or not data:
        return
    dossier.documents[part + APPRAISAL] = document
    made = _appraisal(Noter(dossier, document), data)
    made.lossy = len(dossier.problems) > before
    dossier.appraisals[part] = made


def _appraisal(note: Noter, data: dict[str, Any]) -> Appraisal:
    verdict, because, level = (note.text(data.get(name), (name,)) for name in ("verdict", "because", "level"))
    if verdict and verdict not in VERDICTS:
        note("not-one-of", ("verdict",), value=verdict, nearest=nearest(verdict, VERDICTS), known=", ".join(VERDICTS))
        verdict = ""
    scores = _tree(note, data.get("scores"), ("scores",))
    for section, sheets in scores.items():
        for name, points in (sheets or {}).items():
            note.mapping(points, ("scores", section, name))
    remarks = _tree(note, data.get("remarks"), ("remarks",))
    overall = dict(note.mapping(data.get("overall"), ("overall",)))
    for section, kept in remarks.items():
        _remarks(note, kept or {}, ("remarks", section))
    _remarks(note, overall, ("overall",))
    return Appraisal(verdict, because, level, scores, remarks, overall)


def _tree(note: Noter, data: Any, loc: Loc) -> dict[str, dict[str, Any] | None]:
    return {name: dict(note.mapping(kept, (*loc, name))) or None for name, kept in note.mapping(data, loc).items()}


def _remarks(note: Noter, kept: dict[str, Any], loc: Loc) -> None:
    for name, raw in kept.items():
        here = (*loc, name)
        told = note.mapping(raw, here)
        strange_keys(note, here, told, REMARK_KEYS)
        text = note.text(told.get("text"), (*here, "text"))
        if not text and not told.get("text") and isinstance(raw, dict | None):
            note("key-missing", here, name="text")
        for key in ("field", "by"):
            note.text(told.get(key), (*here, key))
        at = told.get("at")
        if at is not None and not is_moment(at):
            note("not-a-moment", (*here, "at"), value=named(at))


class AppraisalFile:
    """The file of one item's appraisal: remembers what it last held, so that a save can tell who changed what."""

    def __init__(self, folder: Path, part: str, appraisal: Appraisal, digest: str | None) -> None:
        self.folder = folder
        self.part = part
        self.appraisal = appraisal
        self.digest = digest
        self.base = deepcopy(appraisal.as_data())
        self.guard = RLock()
        self.clashes: list[str] = []  # addresses of what both changed, from `theirs`, until somebody takes note of it
        self.theirs: dict[str, Any] = {}

    @property
    def path(self) -> Path:
        return self.folder / f"{self.part}{APPRAISAL}"

    def is_changed(self) -> bool:
        return self.appraisal.as_data() != self.base

    def save(self, now: datetime) -> bool:
        """Writes the appraisal; what another reviewer wrote meanwhile is merged in, and where both changed one thing
        ours holds and theirs is kept under `conflicts/`. True if anything of theirs came in.

        May run in a thread, as a sheet's. Raises OSError with the old file untouched."""
        theirs = bytes_of(self.path)
        merged = theirs is not None and (yamlio.digest(theirs) != self.digest or self.appraisal.lossy)
        if merged and theirs is not None:
            self._take_in(theirs, now)
        with self.guard:
            data = deepcopy(self.appraisal.as_data())
        if theirs is None or merged or data != self.base:
            self.digest = yamlio.write(self.path, yamlio.dump(data))
            self.base = data
        return merged

    def _take_in(self, theirs: bytes, now: datetime) -> None:
        other = Dossier("", "")
        document, problems = yamlio.parse(theirs, self.path.name)
        data = document.data if document and isinstance(document.data, dict) else {}
        if document is not None:
            _appraisal(Noter(other, document), data)
        if problems or other.problems or not data or self.appraisal.lossy:
            self.appraisal.lossy = False
            keep_theirs(self.folder, f"{self.part}{APPRAISAL}", theirs, now)
            return
        with self.guard:
            merged = merge(self.base, self.appraisal.as_data(), data)
            self._become(merged.tree)
        if merged.clashes:
            self.clashes, self.theirs = [*self.clashes, *merged.clashes], data
            keep_theirs(self.folder, f"{self.part}{APPRAISAL}", theirs, now)

    def _become(self, tree: dict[str, Any]) -> None:
        held = self.appraisal
        held.verdict, held.because, held.level = (tree.get(name) or "" for name in ("verdict", "because", "level"))
        held.scores, held.remarks = tree.get("scores") or {}, tree.get("remarks") or {}
        held.overall = tree.get("overall") or {}
