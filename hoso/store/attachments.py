"""Files of a dossier: copied in under `files/`, known by size and SHA-256."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from hoso.dossiers import Attachment, Dossier, new_id
from hoso.kinds import Attach
from hoso.kinds.spec import WINDOWS_NAMES
from hoso.problems import Fault, Refused, refuse
from hoso.store.formats import fits, format_of
from hoso.text import composed, fold

FILES = "files"
_REFUSED = '<>:"/\\|?*'
_CHUNK = 1 << 20


def attach(root: Path, dossier: Dossier, address: str, source: Path) -> Attachment:
    """Copies a file in and lists it in the dossier (which the caller saves). The same content is listed once.

    Raises Refused if the source is no readable file or the list of files cannot be kept, OSError if the copy
    cannot be written."""
    if blocked := dossier.unwritable:
        raise Refused(blocked)
    try:
        if not source.is_file():
            raise refuse("file-unreadable", str(source), why=os.strerror(2))
        size, sha256 = source.stat().st_size, checksum(source)
    except OSError as error:
        raise refuse("file-unreadable", str(source), why=error.strerror or str(error)) from error
    for known in dossier.attached(address):
        if known.sha256 == sha256 and (root / dossier.path / FILES / known.file).is_file():
            return known
    folder = root / dossier.path / FILES / address
    folder.mkdir(parents=True, exist_ok=True)
    name = _free_name(folder, plain_name(source.name))
    _copy(source, folder / name)
    taken = {one.id for files in dossier.attachments.values() for one in files}
    made = Attachment(new_id(taken), f"{address}/{name}", size, sha256)
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


def _copy(source: Path, target: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".hoso-tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out, source.open("rb") as file:
            shutil.copyfileobj(file, out, _CHUNK)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
