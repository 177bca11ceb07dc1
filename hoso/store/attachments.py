"""Files of a dossier: copied in under `files/`, known by size and SHA-256."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hoso.dossiers import Attachment, Dossier, new_id
from hoso.i18n import tr
from hoso.kinds import Attach
from hoso.kinds.spec import WINDOWS_NAMES
from hoso.problems import Fault, Refused, refuse
from hoso.store.formats import fits, format_of
from hoso.text import composed, fold

FILES = "files"
_REFUSED = '<>:"/\\|?*'
_CHUNK = 1 << 20
_STILL = 2_000_000_000  # nanoseconds since a file was last written


def attach(root: Path, dossier: Dossier, address: str, source: Path) -> Attachment:
    """Copies a file in and lists it in the dossier (which the caller saves). The same content is listed once.

    Raises Refused if the source is no readable file or the list of files cannot be kept, OSError if the copy
    cannot be written."""
    return enlist(root, dossier, address, bring_in(root, dossier, address, source))


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
    and may raise Cancelled. However it ends short, nothing is left behind. Raises as `attach` does."""
    if blocked := dossier.unwritable:
        raise Refused(blocked)
    size = _size_of(source)
    try:
        file = source.open("rb")
    except OSError as error:
        raise refuse("file-unreadable", str(source), why=_why(error)) from error
    with file:
        folder = root / dossier.path / FILES / address
        folder.mkdir(parents=True, exist_ok=True)
        return _copied(file, folder, plain_name(source.name), lambda done: told and told(done, max(size, done)))


def enlist(root: Path, dossier: Dossier, address: str, brought: Brought) -> Attachment:
    """Lists a copy (the caller saves). The same content is listed once; one that was lost or changed is put back.

    Raises OSError with nothing listed and no copy left."""
    try:
        return _enlisted(root, dossier, address, brought)
    except OSError:
        brought.drop()
        raise


def _enlisted(root: Path, dossier: Dossier, address: str, brought: Brought) -> Attachment:
    files = root / dossier.path / FILES
    for known in dossier.attached(address):
        if known.sha256 == brought.sha256:
            if faults(root, dossier, known, None):
                (files / known.file).parent.mkdir(parents=True, exist_ok=True)
                brought.copy.replace(files / known.file)
            brought.drop()
            return known
    name = _free_name(files / address, brought.name)
    brought.copy.replace(files / address / name)
    return _listed(dossier, address, f"{address}/{name}", brought.size, brought.sha256)


def take_in(root: Path, dossier: Dossier, address: str, file: str) -> Attachment:
    """Lists a file that already lies under `files/`, where it lies, as it is now; one listed before keeps its id.

    Raises Refused if the list of files cannot be kept or the file cannot be read."""
    if blocked := dossier.unwritable:
        raise Refused(blocked)
    path = root / dossier.path / FILES / file
    size = _size_of(path)
    try:
        sha256 = checksum(path)
    except OSError as error:
        raise refuse("file-unreadable", str(path), why=_why(error)) from error
    kept = dossier.attached(address)
    for at, known in enumerate(kept):
        if known.file == file:
            made = known._replace(size=size, sha256=sha256)
            dossier.attachments[address] = [*kept[:at], made, *kept[at + 1 :]]
            return made
    return _listed(dossier, address, file, size, sha256)


def unlisted(root: Path, dossier: Dossier) -> list[str]:
    """What lies under `files/` and stands in no list, by its path from there; hidden files do not count."""
    files = str(root / dossier.path / FILES)
    listed = {composed(one.file) for kept in dossier.attachments.values() for one in kept}
    found = []
    for folder, inner, names in os.walk(files):
        inner[:] = [name for name in inner if not name.startswith(".")]
        begin = folder[len(files) + 1 :].replace(os.sep, "/")
        found += [f"{begin}/{name}" if begin else name for name in names if not name.startswith(".")]
    return sorted(file for file in found if composed(file) not in listed)


def _size_of(path: Path) -> int:
    """The size of a readable file; a folder, a device or nothing at all is refused in words."""
    try:
        if path.is_dir():
            raise refuse("file-unreadable", str(path), why=tr("it is a folder"))
        if path.exists() and not path.is_file():
            raise refuse("file-unreadable", str(path), why=tr("it is no ordinary file"))
        return path.stat().st_size
    except (OSError, ValueError) as error:
        raise refuse("file-unreadable", str(path), why=_why(error)) from error


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return tr("it is not there")
    if isinstance(error, PermissionError):
        return tr("you may not open it")
    return getattr(error, "strerror", None) or str(error)


def _listed(dossier: Dossier, address: str, file: str, size: int, sha256: str) -> Attachment:
    taken = {one.id for files in dossier.attachments.values() for one in files}
    made = Attachment(new_id(taken), file, size, sha256)
    dossier.attachments.setdefault(address, []).append(made)
    return made


def detach(dossier: Dossier, address: str, name: str) -> Attachment | None:
    """Takes a file off the list; the file itself stays, so that this can be undone."""
    kept = dossier.attached(address)
    gone = next((one for one in kept if one.id == name), None)
    dossier.attachments[address] = [one for one in kept if one.id != name]
    return gone


def faults(root: Path, dossier: Dossier, attachment: Attachment, wanted: Attach | None) -> list[Fault]:
    """What is wrong with an attached file: gone, changed since, of another format than wanted."""
    path = root / dossier.path / FILES / attachment.file
    name = attachment.file.rpartition("/")[2]
    try:
        if path.is_symlink() and not path.resolve().is_relative_to((root / dossier.path).resolve()):
            return [Fault("attachment-path", {"name": name})]
        if path.stat().st_size != attachment.size or checksum(path) != attachment.sha256:
            return [Fault("attachment-changed", {"name": name})]
        found = format_of(path) if wanted and wanted.formats else ""
    except (OSError, RuntimeError, ValueError):
        return [Fault("attachment-lost", {"name": name})]
    if wanted and wanted.formats and not fits(found, wanted.formats):
        return [Fault("attachment-format", {"name": name, "found": found, "wanted": ", ".join(wanted.formats)})]
    return []


def checksum(path: Path) -> str:
    """SHA-256 in hex. What has lain still for a while is read once, however often it is asked for.

    Raises OSError if the file cannot be read."""
    told = path.stat()
    changed = max(told.st_mtime_ns, told.st_ctime_ns)
    # A file written twice within one tick of the disk's clock looks the same.
    if time.time_ns() - changed < _STILL:
        return _read_checksum(path)
    return _kept_checksum(str(path), told.st_ino, told.st_size, changed)


@lru_cache(maxsize=4096)
def _kept_checksum(path: str, inode: int, size: int, changed: int) -> str:  # noqa: ARG001
    return _read_checksum(Path(path))


def _read_checksum(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def plain_name(name: str) -> str:
    """A name that every system can keep: NFC, at most 200 bytes, nothing that Windows refuses."""
    cleaned = "".join("_" if _is_refused(letter) else letter for letter in composed(name))
    stem, dot, suffix = cleaned.strip(" .").rpartition(".")
    if not stem:
        stem, dot, suffix = suffix, "", ""
    if stem.partition(".")[0].lower() in WINDOWS_NAMES:
        stem = f"_{stem}"
    return f"{_cut(stem, 160).rstrip(' .')}{dot}{_cut(suffix, 30)}" or "tep"


def _is_refused(letter: str) -> bool:
    return letter in _REFUSED or ord(letter) < 32 or "\ud800" <= letter <= "\udfff"


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


def _free_name(folder: Path, name: str) -> str:
    taken = {fold(path.name) for path in folder.iterdir()}
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if stem else (name, "")
    count, made = 1, name
    while fold(made) in taken:
        count += 1
        made = f"{stem} ({count}){suffix}"
    return made


def _copied(source: BinaryIO, folder: Path, name: str, told: Callable[[int], object]) -> Brought:
    whole, done = hashlib.sha256(), 0
    handle, copy = tempfile.mkstemp(prefix=".", suffix=".hoso-tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := source.read(_CHUNK):
                out.write(chunk)
                whole.update(chunk)
                done += len(chunk)
                told(done)
            out.flush()
            os.fsync(out.fileno())
        Path(copy).chmod(0o644)
    except BaseException:
        Path(copy).unlink(missing_ok=True)
        raise
    return Brought(Path(copy), name, done, whole.hexdigest())
