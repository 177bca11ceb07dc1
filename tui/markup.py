"""Light Markdown: bold on and off, lines made a list and back while writing; its pieces, to be shown."""

from __future__ import annotations

import re

_ITEM = re.compile(r"^(\s*)[-*+]\s+")
_INLINE = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`|(?<![\w*])\*(?!\s)([^*]+?)\*(?![\w*])")
ITEM = re.compile(r"^(\s*)(?:[-*+]|(\d+[.)]))\s+")
HEADING = re.compile(r"^#{1,6}\s+")


def bold(selected: str) -> str:
    """The text in bold, or no longer; blanks at its ends stay outside."""
    core = selected.strip()
    if not core:
        return f"{selected}****"
    start = selected.index(core)
    before, after = selected[:start], selected[start + len(core) :]
    if core.startswith("**") and core.endswith("**") and len(core) > 4:
        return f"{before}{core[2:-2]}{after}"
    # Bold does not reach over a blank line, and each item of a list has its own.
    lines = [f"{_mark(line)}**{_rest(line)}**" if _rest(line) else line for line in core.split("\n")]
    return f"{before}{chr(10).join(lines)}{after}"


def listed(lines: str) -> str:
    """The lines as items of a list; where all are items already, as lines again."""
    apart = lines.split("\n")
    written = [line for line in apart if line.strip()]
    if written and all(_ITEM.match(line) for line in written):
        return "\n".join(_ITEM.sub(r"\1", line) for line in apart)
    if not written:
        return "- "
    return "\n".join(line if not line.strip() or _ITEM.match(line) else f"- {line.strip()}" for line in apart)


def pieces(line: str) -> list[tuple[str, str]]:
    """The words of a line, each with how they are to look: bold, italic, reverse for code."""
    out: list[tuple[str, str]] = []
    end = 0
    for found in _INLINE.finditer(line):
        out.append((line[end : found.start()], ""))
        look = "bold" if found[1] else "italic" if found[3] else "reverse"
        out.append((found[1] or found[2] or found[3], look))
        end = found.end()
    return [*(one for one in out if one[0]), (line[end:], "")]


def _mark(line: str) -> str:
    found = _ITEM.match(line)
    return found[0] if found else ""


def _rest(line: str) -> str:
    return line.removeprefix(_mark(line)).strip()
