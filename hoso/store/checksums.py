"""SHA-256 of files: what has lain still for a while is read once, however often it is asked for."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

CHUNK = 1 << 20
LARGE = 16 << 20  # bytes that take long enough to be felt
_STILL = 2_000_000_000  # nanoseconds since a file was last written
_MOST = 8192
_known: dict[tuple[str, int, int, int], str] = {}


def checksum(path: Path) -> str:
    """In hex. Raises OSError if the file cannot be read."""
    told = path.stat()
    key = _key(path, told)
    if key not in _known:
        made = _read(path)
        # A file written twice within one tick of the disk's clock looks the same.
        if time.time_ns() - key[3] < _STILL:
            return made
        _keep(key, made)
    return _known[key]


def is_known(path: Path) -> bool:
    """Whether the checksum is at hand without reading the file. Raises OSError if there is none."""
    return _key(path, path.stat()) in _known


def note(path: Path, sha256: str) -> None:
    """Tells the checksum of a file that was written just now, so that nobody has to read it again."""
    _keep(_key(path, path.stat()), sha256)


def _key(path: Path, told: os.stat_result) -> tuple[str, int, int, int]:
    return str(path), told.st_ino, told.st_size, max(told.st_mtime_ns, told.st_ctime_ns)


def _keep(key: tuple[str, int, int, int], sha256: str) -> None:
    if len(_known) >= _MOST:
        _known.pop(next(iter(_known)), None)
    _known[key] = sha256


def _read(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            whole.update(chunk)
    return whole.hexdigest()
