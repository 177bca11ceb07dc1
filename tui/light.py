"""Light Markdown as the terminal shows it: bold, italics, lists, headings. The rest is text."""

from __future__ import annotations

import re

from textual.content import Content

_INLINE = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`|(?<![\w*])\*(?!\s)([^*]+?)\*(?![\w*])")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|(\d+[.)]))\s+")
_HEADING = re.compile(r"^#{1,6}\s+")


def light(text: str) -> Content:
    """Paragraphs are put together as Markdown does: a single line end is a blank."""
    return Content("\n").join(_inline(line) for line in _lines(text.strip("\n")))


def _lines(text: str) -> list[str]:
    out: list[str] = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item:
            out.append(f"{item[1]}{item[2] or '•'} {line[item.end() :]}")
        elif not line.strip() or not out or not out[-1].strip() or _HEADING.match(line):
            out.append(line)
        else:
            out[-1] += " " + line.strip()
    return out


def _inline(line: str) -> Content:
    heading = _HEADING.match(line)
    if heading:
        return Content.styled(line[heading.end() :], "bold")
    pieces: list[Content] = []
    end = 0
    for found in _INLINE.finditer(line):
        pieces.append(Content(line[end : found.start()]))
        words = found[1] or found[2] or found[3]
        pieces.append(Content.styled(words, "bold" if found[1] else "italic" if found[3] else "reverse"))
        end = found.end()
    return Content("").join([*pieces, Content(line[end:])])
