"""What a file is, told from its content and never from its name."""

from __future__ import annotations

import codecs
import zipfile
import zlib
from pathlib import Path

_HEADS = (
    (b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"{\\rtf", "rtf"),
    (b"GIF8", "gif"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"),
)  # fmt: skip
_HEAD = 4096
_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
# The old binary formats share one container; its directory names the stream of each program in UTF-16.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"))
_SAME = {"jpeg": "jpg", "tif": "tiff", "htm": "html", "text": "txt"}


def format_of(path: Path) -> str:
    """`pdf`, `docx`, `xlsx` …; `txt` for UTF-8 text, `zip` for another archive, `?` for what is not known.

    Raises OSError if the file cannot be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for start, name in _HEADS:
        if head.startswith(start):
            return name
    if head.startswith(b"PK\x03\x04"):
        return _in_archive(path)
    if head.startswith(_OLE):
        content = path.read_bytes()
        return next((name for stream, name in _OLE_STREAMS if stream.encode("utf-16-le") in content), "?")
    return "txt" if _is_text(head) else "?"


def fits(found: str, wanted: list[str]) -> bool:
    return not wanted or found in {_SAME.get(name.lower().lstrip("."), name.lower().lstrip(".")) for name in wanted}


def _in_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    kind = file.read(100).decode("ascii", "replace").rpartition(".")[2]
                return _OPEN.get(kind, "zip")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError):
        return "zip"
    return next((kind for folder, kind in _OFFICE.items() if any(name.startswith(folder) for name in names)), "zip")


def _is_text(head: bytes) -> bool:
    try:
        # The head may end inside a letter of several bytes.
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return False
    return bool(text) and "\0" not in text
