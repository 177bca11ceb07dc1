"""Reading one file of YAML: every scalar comes in as text, with all problems of the text at once."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from hoso.problems import Place, Problem, Refused, problem
from hoso.text import brief, composed, shown_size
from hoso.yamlio.document import Document
from hoso.yamlio.simple import UNUSUAL, simple

MAX_BYTES = 8_000_000
_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
_REFUSED_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def read(path: Path | str, shown_as: str, *, aliases: bool = False) -> tuple[Document | None, list[Problem]]:
    """Reads one file with all problems of its text at once; no document if nothing could be made of it."""
    try:
        told = os.stat(path)  # noqa: PTH116 - a Path for each of ten thousand files would be felt
        if told.st_size > MAX_BYTES:
            large = problem("file-too-large", shown_as, size=shown_size(told.st_size), limit=shown_size(MAX_BYTES))
            return None, [large]
        if stat.S_ISFIFO(told.st_mode) or stat.S_ISCHR(told.st_mode):
            # Reading one would wait for ever.
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            content = file.read()
    except OSError as error:
        return None, [problem("file-unreadable", shown_as, why=error.strerror or str(error))]
    return parse(content, shown_as, aliases=aliases)


def parse(content: bytes, shown_as: str, *, aliases: bool = False) -> tuple[Document | None, list[Problem]]:
    """The same for bytes at hand."""
    try:
        text = _text(content, shown_as)
        data = simple(text)
        if data is not None:
            return Document(shown_as, data, text, content), []
        _refuse_conflict(text, shown_as)
        # YAML's own parser is loaded only where it is needed.
        from hoso.yamlio.composing import read_nodes

        root, data, problems = read_nodes(text, shown_as, aliases=aliases)
    except Refused as refused:
        return None, [refused.problem]
    return Document(shown_as, data, text, content, root), problems


def _text(content: bytes, shown_as: str) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Refused(problem("not-utf-8", shown_as, "", _line_column(error.object[: error.start]))) from None
    if UNUSUAL.search(text):
        text = text.removeprefix("\ufeff")
        if refused := _REFUSED_CHARACTER.search(text):
            place = _line_column(text[: refused.start()].encode())
            raise Refused(problem("control-character", shown_as, "", place, character=f"U+{ord(refused[0]):04X}"))
    return composed(text)


def _refuse_conflict(text: str, shown_as: str) -> None:
    if markers := list(_CONFLICT.finditer(text)):
        raise Refused(_conflict(text, markers, shown_as))


def _line_column(before: bytes) -> Place:
    text = before.decode("utf-8", "replace")
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _conflict(text: str, markers: list[re.Match[str]], shown_as: str) -> Problem:
    sides = {"<": "", "=": ""}
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        if marker[0][0] in sides and not sides[marker[0][0]]:
            end = following.start() if following else len(text)
            sides[marker[0][0]] = brief(text[marker.end() : end].partition("\n")[2])
    place = _line_column(text[: markers[0].start()].encode())
    return problem("conflict-markers", shown_as, "", place, ours=sides["<"], theirs=sides["="])
