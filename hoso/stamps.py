"""By what an unchanged dossier is known: the names, sizes and times of its files."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_UNSTAMPED = ("history", "conflicts")  # judging reads neither
_MANY = 1000


def folders_before(previous: str, unit: str, was: Iterable[str]) -> Iterator[str]:
    """Where a unit's dossier of the checklist before may lie, the likeliest first, from the workspace's root."""
    return (f"checklists/{previous}/{name}" for name in (unit, *was))


def stamp(folder: Path | str) -> str:
    """Changes with the name, size or time of any file of a dossier; empty when the folder has none."""
    parts: list[str] = []
    _stamp_into(parts, str(folder), "")
    parts.sort()
    return "\n".join(parts)


def _stamp_into(parts: list[str], folder: str, prefix: str) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == "." or name in _UNSTAMPED:
                    continue
                # What is frozen is written once: whether it is another one shows in its folder's own time.
                if name != "frozen" and entry.is_dir(follow_symlinks=False):
                    _stamp_into(parts, entry.path, f"{prefix}{name}/")
                    continue
                try:
                    told = entry.stat()
                    parts.append(f"{prefix}{name} {told.st_size} {told.st_mtime_ns}")
                except OSError as error:
                    parts.append(f"{prefix}{name} {error.errno}")
    except FileNotFoundError:
        pass
    except OSError as error:
        parts.append(f"{prefix} {error.errno}")


def stamps(folder: str, names: Sequence[str]) -> list[str]:
    """The stamps of many folders inside one. It is nearly all waiting for the system: a second process helps."""
    helped = len(names) >= _MANY and hasattr(os, "fork") and threading.active_count() == 1 and (os.cpu_count() or 1) > 1
    return _halved(folder, names) if helped else [stamp(f"{folder}/{name}") for name in names]


def _halved(folder: str, names: Sequence[str]) -> list[str]:
    half = len(names) // 2
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            told = "\0".join(stamp(f"{folder}/{name}") for name in names[half:])
            with os.fdopen(writing, "wb") as out:
                out.write(os.fsencode(told))
        finally:
            os._exit(0)
    os.close(writing)
    made = [stamp(f"{folder}/{name}") for name in names[:half]]
    with os.fdopen(reading, "rb") as out:
        told = os.fsdecode(out.read())
    os.waitpid(child, 0)
    others = told.split("\0")
    if len(others) != len(names) - half:
        others = [stamp(f"{folder}/{name}") for name in names[half:]]
    return made + others
