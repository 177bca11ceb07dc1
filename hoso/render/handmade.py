"""What can be read of the files made by hand that go into the site: pages, tables, documents of Word and Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

_TEXTS = {".md", ".markdown", ".html", ".htm", ".txt", ".csv", ".tsv", ".json", ".xml", ".svg", ".yml", ".yaml", ".ics"}
_BOXES = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}
_ENDS = re.compile(r"</(?:w:p|a:p|si|row|text:p|text:h)>|<w:br/>")
_MOST = 20_000_000  # characters of one part of a document; what is longer is no document of an office


def written_files(*folders: Path) -> Iterator[tuple[str, Path]]:
    """Every file of these folders, with the name it is told by."""
    for folder in folders:
        yield from ((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file())


def text_of(path: Path) -> str | None:
    """What stands in a file, a line a paragraph; None where that cannot be read: PDF, pictures. Raises OSError."""
    suffix = path.suffix.lower()
    if suffix in _TEXTS:
        return path.read_text(encoding="utf-8", errors="replace")
    return _text_of_box(path) if suffix in _BOXES else None


def _text_of_box(path: Path) -> str | None:
    try:
        with ZipFile(path) as box:
            inner = [one for one in box.infolist() if one.filename.endswith(".xml") and one.file_size < _MOST]
            read = (box.read(one).decode("utf-8", errors="replace") for one in inner)
            return "\n\n".join(re.sub("<[^>]*>", "", _ENDS.sub("\n\n", text)) for text in read)
    except (BadZipFile, RuntimeError, NotImplementedError):
        return None
