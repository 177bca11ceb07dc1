"""Putting a dossier on disk: whole files, compared before they are replaced, nothing of anybody lost."""

from __future__ import annotations

import errno
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from hoso import yamlio
from hoso.dossiers import Dossier, Sheet, same
from hoso.problems import problem
from hoso.store.keeping import bytes_of, keep_theirs
from hoso.store.merging import merge
from hoso.store.reading import DOSSIER, PRIVATE, read_dossier_file

Renew = Callable[[dict[str, Any]], dict[str, Any]]


class Saved(NamedTuple):
    """What saving found: keys that somebody else changed too (with their value), where their file was kept."""

    clashes: dict[str, Any] = {}
    kept_theirs: Path | None = None
    merged: bool = False


class SheetFile:
    """The file of one part's answers: remembers what it last held, so that a save can tell who changed what."""

    def __init__(
        self, folder: Path, part: str, sheet: Sheet, digest: str | None, private_digest: str | None = None,
        renew: Renew | None = None,
    ) -> None:  # fmt: skip
        """`renew` brings answers that others wrote under the ids that they have now, as those of `sheet` are."""
        self.folder = folder
        self.part = part
        self.sheet = sheet
        self.digest = digest
        self.private_digest = private_digest
        self.base = deepcopy(sheet.as_data())
        self.private_base = deepcopy(sheet.private)
        self.guard = RLock()
        self._renew = renew

    @property
    def path(self) -> Path:
        return self.folder / f"{self.part}.yaml"

    def save(self, now: datetime) -> Saved:
        """Writes the answers; what others wrote meanwhile is merged in, and kept whole where both changed a key.

        May run in a thread: whoever changes the sheet meanwhile holds `guard`, which is never held while
        a disk is waited for. Raises OSError with the old files untouched."""
        saved = Saved()
        theirs = bytes_of(self.path)
        if theirs is not None and (yamlio.digest(theirs) != self.digest or self.sheet.lossy):
            saved = self._take_in(theirs, now)
        with self.guard:
            data, private = deepcopy(self.sheet.as_data()), deepcopy(self.sheet.private)
        if theirs is None or saved.merged or not same(data, self.base):
            self.digest = yamlio.write(self.path, yamlio.dump(data))
            self.base = data
        if not same(private, self.private_base):
            saved = self._save_private(saved, now)
        return saved

    def read_anew(self, now: datetime) -> bool:
        """Takes in what others wrote since, so that whoever goes on writing sees it; tells whether there was any.

        Where something of one's own is not saved yet, and of a file that cannot be understood, the next save does
        that, and keeps what it must. Raises OSError."""
        theirs = bytes_of(self.path)
        if theirs is None or yamlio.digest(theirs) == self.digest or self._understood(theirs) is None:
            return False
        with self.guard:
            if self.is_changed():
                return False
            self._take_in(theirs, now)
            self.base, self.digest = deepcopy(self.sheet.as_data()), yamlio.digest(theirs)
        return True

    def _save_private(self, saved: Saved, now: datetime) -> Saved:
        path = self.folder / f"{self.part}{PRIVATE}"
        theirs = bytes_of(path)
        if theirs is not None and yamlio.digest(theirs) != self.private_digest:
            saved = self._take_in_private(theirs, saved, now)
        with self.guard:
            private = deepcopy(self.sheet.private)
        self.private_digest = yamlio.write(path, yamlio.dump(self.sheet.head() | {"answers": private}))
        self.private_base = private
        return saved

    def _take_in_private(self, theirs: bytes, saved: Saved, now: datetime) -> Saved:
        data = self._understood(theirs)
        if data is None:
            return saved._replace(kept_theirs=self._keep(theirs, now, PRIVATE), merged=True)
        with self.guard:
            merged = merge(self.private_base, self.sheet.private, data.get("answers") or {})
            self.sheet.private = merged.tree
        kept = self._keep(theirs, now, PRIVATE) if merged.clashes else saved.kept_theirs
        clashes = {f"answers.{key}": value for key, value in merged.clashes.items()}
        return Saved(saved.clashes | clashes, kept, True)

    def is_changed(self) -> bool:
        return not (same(self.sheet.as_data(), self.base) and same(self.sheet.private, self.private_base))

    def _take_in(self, theirs: bytes, now: datetime) -> Saved:
        data = self._understood(theirs)
        if data is None or self.sheet.lossy:
            self.sheet.lossy = False
            return Saved({}, self._keep(theirs, now), True)
        with self.guard:
            merged = merge(self.base, self.sheet.as_data(), data)
            self.sheet.answers = merged.tree.get("answers") or {}
            self.sheet.parked = merged.tree.get("parked") or {}
        return Saved(merged.clashes, self._keep(theirs, now) if merged.clashes else None, True)

    def _understood(self, theirs: bytes) -> dict[str, Any] | None:
        data = _answers_in(theirs, self.path.name)
        if data is not None and self._renew is not None and data.get("answers"):
            data["answers"] = self._renew(data["answers"])
        return data

    def _keep(self, theirs: bytes, now: datetime, suffix: str = ".yaml") -> Path:
        return keep_theirs(self.folder, f"{self.part}{suffix}", theirs, now)


def _answers_in(content: bytes, shown_as: str) -> dict[str, Any] | None:
    """A file of answers as data; None where any of it could not be understood, and so would be lost in a merge."""
    document, problems = yamlio.parse(content, shown_as)
    data = document.data if document else None
    if problems or not isinstance(data, dict):
        return None
    answers, parked = data.get("answers") or {}, data.get("parked") or {}
    if not isinstance(answers, dict) or not isinstance(parked, dict):
        return None
    return data if all(isinstance(kept, dict | None) for kept in answers.values()) else None


def save_dossier(root: Path, dossier: Dossier) -> None:
    """Writes `dossier.yaml`; what others changed in it since it was read is merged in, and where both changed
    one thing, such as the state, ours holds.

    Raises OSError with the old file untouched, also where the file holds what could not be understood."""
    folder = root / dossier.path
    if blocked := dossier.unwritable:
        raise OSError(errno.EINVAL, blocked.message, blocked.path)
    data, known = dossier.as_data(), dossier.documents.get(DOSSIER)
    theirs = bytes_of(folder / DOSSIER)
    merged = theirs is not None and (known is None or yamlio.digest(theirs) != known.digest)
    if theirs is not None and merged:
        data = merge(known.data if known else {}, data, _understood(theirs, f"{dossier.path}/{DOSSIER}")).tree
    text = yamlio.dump(data)
    yamlio.write(folder / DOSSIER, text)
    dossier.exists = True
    if merged:
        read_dossier_file(dossier, str(folder))
    elif document := yamlio.parse(text.encode(), f"{dossier.path}/{DOSSIER}")[0]:
        dossier.documents[DOSSIER] = document


def _understood(content: bytes, path: str) -> dict[str, Any]:
    document, problems = yamlio.parse(content, path)
    if document is None or problems or not isinstance(document.data, dict):
        found = problems[0] if problems else problem("not-a-mapping", path, found="…")
        raise OSError(errno.EINVAL, found.message, path)
    return document.data


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
    for path in sorted((root / dossier.path / "history").glob("*.yaml"), key=lambda path: path.stem):
        document, _ = yamlio.read(path, path.name)
        if document is not None and isinstance(document.data, dict) and isinstance(document.data.get("event"), str):
            out.append(document.data)
    return sorted(out, key=lambda event: str(event.get("at")))


def freeze(root: Path, dossier: Dossier, sources: dict[str, Path]) -> None:
    """Keeps the wording of now: the file of each part's outline, and the shared lists, under `frozen/`."""
    for part, source in sources.items():
        content = source.read_bytes()
        yamlio.write_bytes(root / dossier.path / "frozen" / f"{part}.yaml", content)
        dossier.frozen[part] = yamlio.digest(content)
