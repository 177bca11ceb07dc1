"""A folder that is replaced, whole or in part, when everything new is there; until then it stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_A_DAY = 86400


@contextmanager
def fresh(place: Path) -> Iterator[Path]:
    """An empty folder for what is new, on the disk of what stands; nothing of it stays behind.

    Each process has one of its own, beside `place`: one that publishes does not disturb another that does."""
    _clear(place)
    new = _own(place)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _own(place: Path) -> Path:
    return place.with_name(f"{place.name}.{os.getpid()}")


def _clear(place: Path) -> None:
    """Takes away what processes left behind that were killed."""
    for path in place.parent.glob(f"{place.name}.*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _A_DAY:
                shutil.rmtree(path)


def swap(new: Path, folder: Path) -> None:
    """Puts the new folder in the place of the old one. Raises OSError with the old one in its place."""
    old = _own(folder.with_name(f"{folder.name}.old"))
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def lay_over(new: Path, folder: Path) -> None:
    """Moves every file of the new folder into the other, over those of the same names. Raises OSError."""
    for path in sorted(new.rglob("*")):
        target = folder / path.relative_to(new)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            path.replace(target)


@contextmanager
def undisturbed() -> Iterator[None]:
    """For the blink of an eye in which files change places, Ctrl+C is not heard: the work is done in any case."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
