"""A folder that is replaced, whole or in part, when everything new is there; until then it stays as it was."""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh(new: Path) -> Iterator[Path]:
    """An empty folder for what is new, on the disk of the one that stands; nothing of it stays behind."""
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def swap(new: Path, folder: Path) -> None:
    """Puts the new folder in the place of the old one. Raises OSError with the old one in its place."""
    old = folder.with_name(f"{folder.name}.old")
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
