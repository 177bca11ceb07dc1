"""Files of a dossier: copied in under `files/`, known by size and SHA-256."""

from __future__ import annotations

import os
from pathlib import Path

from hoso.causes import cause_unread
from hoso.dossiers import Attachment, Dossier, new_id
from hoso.kinds import Attach
from hoso.problems import Fault, Refused, refuse
from hoso.store.bringing import FILES, Brought, bring_in, check_source
from hoso.store.checksums import LARGE, checksum, is_known, note
from hoso.store.formats import fits, look_at, named_format
from hoso.store.naming import as_lies, free_name, is_lock
from hoso.text import composed


def attach(root: Path, dossier: Dossier, address: str, source: Path) -> Attachment:
    """Copies a file in and lists it in the dossier (which the caller saves). The same content is listed once.

    Raises Refused if the source is no readable file or the list of files cannot be kept, OSError if the copy
    cannot be written."""
    return enlist(root, dossier, address, bring_in(root, dossier, address, source))


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
                note(files / known.file, brought.sha256)
            brought.drop()
            return known
    name = free_name(files / address, brought.name)
    brought.copy.replace(files / address / name)
    note(files / address / name, brought.sha256)
    return _listed(dossier, address, f"{address}/{name}", brought.size, brought.sha256)


def take_in(root: Path, dossier: Dossier, address: str, file: str) -> Attachment:
    """Lists a file that already lies under `files/`, where it lies, as it is now; one listed before keeps its id.

    Raises Refused if the list of files cannot be kept or the file cannot be read."""
    if blocked := dossier.unwritable:
        raise Refused(blocked)
    path = root / dossier.path / FILES / file
    size = check_source(path)
    try:
        sha256 = checksum(path)
    except OSError as error:
        raise refuse("file-unreadable", str(path), why=cause_unread(error)) from error
    kept = dossier.attached(address)
    for at, known in enumerate(kept):
        if known.file == file:
            made = known._replace(size=size, sha256=sha256)
            dossier.attachments[address] = [*kept[:at], made, *kept[at + 1 :]]
            return made
    return _listed(dossier, address, file, size, sha256)


def unlisted(root: Path, dossier: Dossier) -> list[str]:
    """What lies under `files/` and stands in no list, by its path from there; hidden files do not count, nor those that
    only say that another is open."""
    files = str(root / dossier.path / FILES)
    listed = {composed(one.file) for kept in dossier.attachments.values() for one in kept}
    found = []
    for folder, inner, names in os.walk(files):
        inner[:] = [name for name in inner if not name.startswith(".")]
        begin = folder[len(files) + 1 :].replace(os.sep, "/")
        seen = (name for name in names if not name.startswith(".") and not is_lock(name))
        found += [f"{begin}/{name}" if begin else name for name in seen]
    return sorted(file for file in found if composed(file) not in listed)


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


def path_of(root: Path, dossier: Dossier, attachment: Attachment) -> Path:
    """Where an attached file lies, or would."""
    return as_lies(root / dossier.path / FILES / attachment.file)


def is_inside(root: Path, dossier: Dossier, path: Path) -> bool:
    """Whether what lies at a path is the dossier's own, and no link to elsewhere. Raises OSError, RuntimeError."""
    return path.resolve().is_relative_to((root / dossier.path).resolve())


def faults(root: Path, dossier: Dossier, attachment: Attachment, wanted: Attach | None) -> list[Fault]:
    """What is wrong with an attached file: gone, changed since, empty, broken, locked, of another format than wanted.

    A large file that was not read yet is left for later where the dossier says so."""
    path = path_of(root, dossier, attachment)
    name = attachment.file.rpartition("/")[2]
    try:
        if path.is_symlink() and not is_inside(root, dossier, path):
            return [Fault("attachment-path", {"name": name})]
        if path.stat().st_size != attachment.size or _has_changed(dossier, path, attachment.sha256):
            return [Fault("attachment-changed", {"name": name})]
        look = look_at(path)
    except (OSError, RuntimeError, ValueError):
        return [Fault("attachment-lost", {"name": name})]
    if look.trouble:
        return [Fault(f"attachment-{look.trouble}", {"name": name})]
    if wanted and not fits(look.format, wanted.formats):
        return [Fault("attachment-format", {"name": name, "found": look.format, "wanted": ", ".join(wanted.formats)})]
    told = named_format(name)
    if told and look.format not in ("?", told):
        return [Fault("attachment-misnamed", {"name": name, "found": look.format})]
    return []


def _has_changed(dossier: Dossier, path: Path, sha256: str) -> bool:
    if dossier.postponed is not None and path.stat().st_size > LARGE and not is_known(path):
        dossier.postponed.add(path)
        return False
    return checksum(path) != sha256
