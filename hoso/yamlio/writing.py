"""The emitter of answers: written for line merges, whole or not at all."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hoso.yamlio.document import digest

_PLAIN = re.compile(r"(?:-(?=\d))?[^\W_][^\n:#]*", re.UNICODE)
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_MUST_QUOTE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x85": "\\N"}


def dump(data: dict[str, Any]) -> str:
    """Block style only, one value a line, keys in the mapping's own order; None is an empty value."""
    return "".join(_lines(data, 0))


def _lines(data: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(f"{indent}{_key(key, indent)}:", value, depth)
    else:
        for value in data:
            yield from _entry(f"{indent}-", value, depth)


def _entry(head: str, value: Any, depth: int) -> Iterator[str]:
    if value is None or value == {} or value == []:
        yield f"{head}\n"
    elif isinstance(value, dict | list):
        yield f"{head}\n"
        yield from _lines(value, depth + 1)
    else:
        yield f"{head} {scalar(str(value), depth + 1)}\n"


def _key(key: str, indent: str) -> str:
    made = key if _plain(key) else _quoted(key)
    # YAML looks for the colon of a plain entry within 1,024 characters only.
    return made if len(made) < 1000 else f"? {_quoted(key)}\n{indent}"


def scalar(text: str, depth: int) -> str:
    """One value behind its key: plain where that reads back, else a literal block, quoted where YAML must."""
    if _MUST_QUOTE.search(text) or (text and not text.strip("\n")) or text == "":
        return _quoted(text)
    if "\n" not in text and _plain(text):
        return text
    return _literal(text, "  " * depth)


def _plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text == text.strip() and not _ODD.search(text)


def _literal(text: str, indent: str) -> str:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    # Leading blanks would be taken for indentation, so then the indentation is told.
    told = str(2) if body.startswith((" ", "\t", "\n")) else ""
    lines = [indent + line if line else "" for line in body.split("\n")] + [""] * max(0, ends - 1)
    return "\n".join([f"|{told}{'-' if ends == 0 else '' if ends == 1 else '+'}", *lines])


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # half a character: nothing could read it back
    # A mark behind an escape would join the escape's last letter when the file is composed on reading.
    if _ODD.match(character) or unicodedata.combining(character):
        return f"\\U{ord(character):08X}"
    return character


UNFINISHED = ".hoso-tmp"


def write(path: Path, text: str) -> str:
    """Writes the file whole or not at all, and tells the digest of what was written.

    Raises OSError with the old file untouched."""
    content = text.encode()
    write_bytes(path, content)
    return digest(content)


def write_bytes(path: Path, content: bytes) -> None:
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
