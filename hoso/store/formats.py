"""What a file is, told from its content and never from its name, and whether others can open it."""

from __future__ import annotations

import codecs
import os
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEADS = (
    (b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"{\\rtf", "rtf"),
    (b"GIF8", "gif"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"),
)  # fmt: skip
_HEAD, _TAIL, _NEAR = 4096, 4096, 1 << 16
_FAR = 16 << 20
_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
# The old binary formats share one container; its directory names the stream of each program in UTF-16.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"))
_OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SAME = {"jpeg": "jpg", "tif": "tiff", "htm": "html", "text": "txt"}
# Formats that can be told by name and by content alike; a text may bear any name.
_TOLD = {name for _, name in _HEADS} | {*_OFFICE.values(), *_OPEN.values(), "zip", "doc", "xls", "ppt"}


class Look(NamedTuple):
    """A file's format; `trouble` is `empty`, `damaged`, `locked` (by a password), or nothing."""

    format: str
    trouble: str = ""


def format_of(path: Path) -> str:
    """`pdf`, `docx`, `xlsx` …; `txt` for UTF-8 text, `zip` for another archive, `?` for what is not known.

    Raises OSError if the file cannot be read."""
    return look_at(path).format


def look_at(path: Path) -> Look:
    """Looks into a file, once as long as it lies still. Raises OSError if it cannot be read."""
    told = path.stat()
    return _looked(str(path), told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)


def fits(found: str, wanted: list[str]) -> bool:
    return not wanted or found in {_plain(name) for name in wanted}


def named_format(name: str) -> str:
    """The format that the end of a name claims; empty where it claims none that content could show."""
    claimed = _plain(name.rpartition(".")[2]) if "." in name else ""
    return claimed if claimed in _TOLD else ""


def _plain(name: str) -> str:
    low = name.lower().lstrip(".")
    return _SAME.get(low, low)


@lru_cache(maxsize=4096)
def _looked(path: str, inode: int, size: int, *times: int) -> Look:  # noqa: ARG001
    with Path(path).open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            return Look("?", "empty")
        found = next((name for start, name in _HEADS if head.startswith(start)), "")
        if found == "pdf":
            return Look("pdf", _trouble_of_pdf(file, size))
        if found:
            return Look(found)
        if head.startswith(b"PK\x03\x04"):
            return _in_archive(file, head)
        if head.startswith(_OLE):
            return _in_container(file, head, size)
    return Look("txt" if _is_text(head) else "?")


def _trouble_of_pdf(file: BinaryIO, size: int) -> str:
    """The end of a PDF tells where its parts are, and whether they are encrypted."""
    end = _piece(file, max(0, size - _TAIL), _TAIL)
    at = end.rpartition(b"startxref")[2].split()
    if b"/Encrypt" in end or (at and at[0].isdigit() and b"/Encrypt" in _piece(file, int(at[0]) % (size + 1), _TAIL)):
        return "locked"
    return "damaged" if size > _TAIL and b"startxref" not in end and b"%%EOF" not in end else ""


def _in_archive(file: BinaryIO, head: bytes) -> Look:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            locked = "locked" if any(one.flag_bits & 1 for one in archive.infolist()) else ""
            if "mimetype" in names:
                with archive.open("mimetype") as told:
                    kind = told.read(100).decode("ascii", "replace").rpartition(".")[2]
                return Look(_OPEN.get(kind, "zip"), locked or _trouble_of_open(archive, names))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError):
        return Look(next((kind for folder, kind in _OFFICE.items() if folder.encode() in head), "zip"), "damaged")
    return Look(_office(names), locked)


def _office(names: list[str]) -> str:
    return next((kind for folder, kind in _OFFICE.items() if any(name.startswith(folder) for name in names)), "zip")


def _trouble_of_open(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "META-INF/manifest.xml" not in names:
        return ""
    with archive.open("META-INF/manifest.xml") as told:
        return "locked" if b"encryption-data" in told.read(_FAR) else ""


def _in_container(file: BinaryIO, head: bytes, size: int) -> Look:
    first, power = int.from_bytes(head[48:52], "little"), int.from_bytes(head[30:32], "little")
    directory = (first + 1) << power if 7 <= power <= 16 else 0
    for start, length in ((directory, _NEAR), (0, _FAR), (max(0, size - _FAR), _FAR)):
        piece = _piece(file, start, length)
        if _OLE_LOCKED in piece:
            return Look("?", "locked")
        found = next((name for stream, name in _OLE_STREAMS if stream.encode("utf-16-le") in piece), "")
        if found:
            return Look(found)
    return Look("?")


def _piece(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start, os.SEEK_SET)
    return file.read(length)


def _is_text(head: bytes) -> bool:
    try:
        # The head may end inside a letter of several bytes.
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return False
    return "\0" not in text
