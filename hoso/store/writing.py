"""Putting a dossier on disk: whole files, compared before they are replaced, nothing of anybody lost."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from hoso import yamlio
from hoso.dossiers import Dossier, Sheet
from hoso.store.merging import merge
from hoso.store.reading import DOSSIER, PRIVATE


class Saved(NamedTuple):
    """What saving found: keys that somebody else changed too (with their value), where their file was kept."""

    clashes: dict[str, Any] = {}
    kept_theirs: Path | None = None
    merged: bool = False


class SheetFile:
    """The file of one part's answers: remembers what it last held, so that a save can tell who changed what."""

    def __init__(
        self, folder: Path, part: str, sheet: Sheet, digest: str | None, private_digest: str | None = None
    ) -> None:
        self.folder = folder
        self.part = part
        self.sheet = sheet
        self.digest = digest
        self.private_digest = private_digest
        self.base = deepcopy(sheet.as_data())
        self.private_base = deepcopy(sheet.private)
        self.guard = RLock()

    @property
    def path(self) -> Path:
        return self.folder / f"{self.part}.yaml"

    def save(self, now: datetime) -> Saved:
        """Writes the answers; what others wrote meanwhile is merged in, and kept whole where both changed a key.

        May run in a thread: whoever changes the sheet meanwhile holds `guard`, which is never held while
        a disk is waited for. Raises OSError with the old files untouched."""
        saved = Saved()
        theirs = _bytes(self.path)
        if theirs is not None and yamlio.digest(theirs) != self.digest:
            saved = self._take_in(theirs, now)
        with self.guard:
            data, private = deepcopy(self.sheet.as_data()), deepcopy(self.sheet.private)
        if theirs is None or saved.merged or data != self.base:
            self.digest = yamlio.write(self.path, yamlio.dump(data))
            self.base = data
        if private != self.private_base:
            text = yamlio.dump(self.sheet.head() | {"answers": private})
            self.private_digest = yamlio.write(self.folder / f"{self.part}{PRIVATE}", text)
            self.private_base = private
        return saved

    def is_changed(self) -> bool:
        return self.sheet.as_data() != self.base or self.sheet.private != self.private_base

    def _take_in(self, theirs: bytes, now: datetime) -> Saved:
        document, problems = yamlio.parse(theirs, self.path.name)
        data = document.data if document and isinstance(document.data, dict) else None
        answers = data.get("answers") if data else None
        if data is None or problems or not isinstance(answers, dict | None):
            return Saved({}, self._keep(theirs, now), True)
        with self.guard:
            merged = merge(self.base, self.sheet.as_data(), data)
            self.sheet.answers = merged.tree.get("answers") or {}
            self.sheet.parked = merged.tree.get("parked") or {}
        return Saved(merged.clashes, self._keep(theirs, now) if merged.clashes else None, True)

    def _keep(self, theirs: bytes, now: datetime) -> Path:
        folder = self.folder / "conflicts"
        name, count = f"{now:%Y%m%dT%H%M%S}-{self.part}", 1
        path = folder / f"{name}.yaml"
        while path.exists():
            count += 1
            path = folder / f"{name}-{count}.yaml"
        yamlio.write_bytes(path, theirs)
        return path


def save_dossier(root: Path, dossier: Dossier) -> None:
    """Writes `dossier.yaml`. Raises OSError with the old file untouched."""
    yamlio.write(root / dossier.path / DOSSIER, yamlio.dump(dossier.as_data()))
    dossier.exists = True


def record_event(root: Path, dossier: Dossier, event: str, now: datetime, **facts: Any) -> Path:
    """One file an event, so that two people never append to one list."""
    folder = root / dossier.path / "history"
    name, count = f"{now:%Y%m%dT%H%M}-{event.replace('_', '-')}", 1
    path = folder / f"{name}.yaml"
    while path.exists():
        count += 1
        path = folder / f"{name}-{count}.yaml"
    data = {"hoso": "1", "event": event, "at": now.isoformat(timespec="seconds")} | facts
    yamlio.write(path, yamlio.dump(data))
    return path


def read_events(root: Path, dossier: Dossier) -> list[dict[str, Any]]:
    """The dossier's history, oldest first; a file that cannot be read is left out here and told by `check`."""
    out = []
    for path in sorted((root / dossier.path / "history").glob("*.yaml")):
        document, _ = yamlio.read(path, path.name)
        if document is not None and isinstance(document.data, dict) and isinstance(document.data.get("event"), str):
            out.append(document.data)
    return out


def freeze(root: Path, dossier: Dossier, sources: dict[str, Path]) -> None:
    """Keeps the wording of now: the file of each part's outline, and the shared lists, under `frozen/`."""
    for part, source in sources.items():
        content = source.read_bytes()
        yamlio.write_bytes(root / dossier.path / "frozen" / f"{part}.yaml", content)
        dossier.frozen[part] = yamlio.digest(content)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
