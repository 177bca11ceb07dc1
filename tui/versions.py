"""Earlier versions of answers, and what could not be saved: in this user's own state folder, never in the workspace.

Readable by the user alone, for private answers are among them."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hoso import yamlio
from hoso.dossiers import Raw
from hoso.paths import state_folder
from tui.unsaved import Kept, Rescued, address_of, as_json, from_json

APART = timedelta(minutes=5)  # while one writes on, one version is kept in so long
KEPT = 50  # versions of one answer
_TIDY_AT = 2_000_000  # bytes

Answers = dict[str, Raw]  # by `address_of` its key


class Version(NamedTuple):
    """What stood in an answer until a moment."""

    at: datetime
    raw: Raw


def by_address(kept: Kept) -> Answers:
    return {address_of(key): raw for key, raw in kept.items()}


class Versions:
    """The journal of one dossier, a line a version, and beside it what a failed save has left."""

    def __init__(self, root: Path, dossier: str) -> None:
        name = hashlib.sha256(f"{root.resolve()}\n{dossier}".encode()).hexdigest()[:24]
        self._journal = state_folder() / "versions" / f"{name}.jsonl"
        self._rescue = self._journal.with_suffix(".rescue.json")
        self._last: dict[str, tuple[datetime, Raw]] = {}

    def record(self, before: Answers, after: Answers, now: datetime) -> None:
        """Notes what stood in the answers that changed; a journal that cannot be written stops nobody."""
        gone = {at: raw for at, raw in before.items() if raw != after.get(at) and self._is_due(at, raw, after, now)}
        if not gone:
            return
        lines = [
            json.dumps({"at": now.isoformat(), "of": at, "raw": raw}, ensure_ascii=False) for at, raw in gone.items()
        ]
        with suppress(OSError):
            self._append("".join(f"{line}\n" for line in lines))
            self._last |= {at: (now, raw) for at, raw in gone.items()}

    def _is_due(self, address: str, raw: Raw, after: Answers, now: datetime) -> bool:
        moment, last = self._last.get(address, (None, None))
        if moment is None or now - moment > APART:
            return True
        return raw != last and _size(after.get(address)) < 0.8 * _size(raw)  # much was taken away

    def _append(self, text: str) -> None:
        self._journal.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._journal.exists() and self._journal.stat().st_size > _TIDY_AT:
            self._tidy()
        handle = os.open(self._journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            # A line that a crash cut off stays by itself.
            file.write(f"\n{text}")

    def _tidy(self) -> None:
        kept: dict[str, int] = {}
        lines = []
        for line in reversed(self._journal.read_text(encoding="utf-8", errors="replace").splitlines()):
            read = _read(line)
            if read is not None and kept.setdefault(read[0], 0) < KEPT // 2:
                kept[read[0]] += 1
                lines.append(line)
        yamlio.write(self._journal, "".join(f"{line}\n" for line in reversed(lines[:5000])))

    def of(self, address: str) -> list[Version]:
        """The versions of one answer, the latest first."""
        try:
            lines = self._journal.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []
        found = [read[1] for line in lines if f'"{address}"' in line and (read := _read(line)) and read[0] == address]
        return found[::-1][:KEPT]

    # ---- what could not be saved --------------------------------------------------------------------------

    def rescue(self, rescued: Rescued) -> bool:
        """Keeps here what could not be saved where it belongs; False if that fails too."""
        try:
            self._rescue.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._rescue.exists():
                os.close(os.open(self._rescue, os.O_WRONLY | os.O_CREAT, 0o600))
            yamlio.write_bytes(self._rescue, json.dumps(as_json(rescued)).encode())
        except OSError:
            return False
        return True

    def rescued(self) -> Rescued | None:
        """What an earlier session could not save, and when."""
        try:
            return from_json(json.loads(self._rescue.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def forget_rescued(self) -> None:
        with suppress(OSError):
            self._rescue.unlink(missing_ok=True)


def _read(line: str) -> tuple[str, Version] | None:
    try:
        kept = json.loads(line)
        return str(kept["of"]), Version(datetime.fromisoformat(kept["at"]), kept["raw"])
    except (ValueError, KeyError, TypeError):
        return None


def _size(raw: Raw) -> int:
    return 0 if raw is None else len(raw) if isinstance(raw, str) else len(json.dumps(raw))
