"""Keeping what somebody else wrote, where it could not be brought together with ours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoso import yamlio


def keep_theirs(folder: Path, name: str, content: bytes, now: datetime) -> Path:
    """Puts a file's content under `conflicts/`, beside those kept before."""
    stem, dot, suffix = name.partition(".")
    made, count = f"{now:%Y%m%dT%H%M%S}-{stem}", 1
    path = folder / "conflicts" / f"{made}{dot}{suffix}"
    while path.exists():
        count += 1
        path = folder / "conflicts" / f"{made}-{count}{dot}{suffix}"
    yamlio.write_bytes(path, content)
    return path


def bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
