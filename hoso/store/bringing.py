"""Copying a file into a dossier: whole or not at all, with its checksum taken on the way."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hoso.causes import cause_unread
from hoso.dossiers import Dossier
from hoso.i18n import tr
from hoso.problems import Refused, refuse
from hoso.store.checksums import CHUNK
from hoso.store.naming import plain_name
from hoso.yamlio.writing import UNFINISHED

FILES = "files"
_PREFIX, _SUFFIX = ".", UNFINISHED
_FORSAKEN = 3600  # seconds after which nobody writes to an unfinished copy any more
_MARGIN = 1 << 20  # bytes that are left free for what is typed


class Cancelled(Exception):  # noqa: N818 - as Refused
    """Raised by whoever is told of the progress of a copy, to end it."""


class Brought(NamedTuple):
    """A copy that lies hidden in the dossier until it is listed."""

    copy: Path
    name: str
    size: int
    sha256: str

    def drop(self) -> None:
        self.copy.unlink(missing_ok=True)


def bring_in(
    root: Path, dossier: Dossier, address: str, source: Path, told: Callable[[int, int], None] | None = None
) -> Brought:
    """Copies a file in without listing it; may run in a thread. `told` hears of bytes done and of all there are,
    and may raise Cancelled. However it ends short, nothing is left behind.

    Raises Refused for a source that is no file that can be read whole, OSError if the copy cannot be written."""
    if blocked := dossier.unwritable:
        raise Refused(blocked)
    check_source(source)
    with _opened(source) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise refuse("file-unreadable", str(source), why=tr("it is no ordinary file"))
        if before.st_size == 0:
            raise refuse("file-empty", str(source), name=source.name)
        with _folder(root / dossier.path / FILES / address) as folder:
            _make_room(folder, before.st_size)
            made = _copied(file, source, folder, before.st_size, told or _untold)
            after = os.fstat(file.fileno())
            if (after.st_size, after.st_mtime_ns) != (made.size, before.st_mtime_ns):
                made.drop()
                raise refuse("file-changing", str(source), name=source.name)
            return made


def check_source(path: Path) -> int:
    """The size of a readable file; a folder, a device or nothing at all is refused in words."""
    try:
        if path.is_dir():
            raise refuse("file-unreadable", str(path), why=tr("it is a folder"))
        if path.exists() and not path.is_file():
            raise refuse("file-unreadable", str(path), why=tr("it is no ordinary file"))
        return path.stat().st_size
    except (OSError, RuntimeError, ValueError) as error:
        raise refuse("file-unreadable", str(path), why=cause_unread(error)) from error


def sweep(folder: Path) -> None:
    """Takes away what copies have left there that were ended by a power cut."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _FORSAKEN:
                path.unlink()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    # A pipe that took the file's place meanwhile would wait for a writer for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        file = os.fdopen(os.open(path, flags), "rb")
    except OSError as error:
        raise refuse("file-unreadable", str(path), why=cause_unread(error)) from error
    with file:
        yield file


@contextmanager
def _folder(folder: Path) -> Iterator[Path]:
    """The folder of an address; one that was made for nothing is taken away again."""
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    try:
        yield folder
    except BaseException:
        with suppress(OSError):
            folder.rmdir()
            folder.parent.rmdir()
        raise


def _make_room(folder: Path, size: int) -> None:
    """Says so before anything is written where a file does not fit."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return
    if free < size + _MARGIN:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _copied(file: BinaryIO, source: Path, folder: Path, size: int, told: Callable[[int, int], None]) -> Brought:
    whole, done = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    copy = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            # What grows while it is copied might have no end.
            while done <= size and (chunk := _read(file, source)):
                out.write(chunk)
                whole.update(chunk)
                done += len(chunk)
                told(done, size)
            out.flush()
            os.fsync(out.fileno())
        copy.chmod(0o644)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return Brought(copy, plain_name(source.name), done, whole.hexdigest())


def _read(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as error:
        raise refuse("file-unreadable", str(source), why=cause_unread(error)) from error


def _untold(done: int, size: int) -> None:
    """Nobody listens."""
