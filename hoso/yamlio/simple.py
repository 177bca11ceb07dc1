"""What hoso's own emitter writes in most files, read at once, without YAML's parser."""

from __future__ import annotations

import re
from typing import Any

# Behind a key: nothing, a plain line, or a literal block that begins with no blank and has none at the end of a line.
_ENTRY = re.compile(
    r"( {0,40})([A-Za-z0-9][\w.-]{0,99}):(?:\n| (?:([^\W_](?:[^\n:#]*[^\s:#])?)\n"
    r"|(\|-?)\n\1  ([^\s](?:[^\n]*[^ \n])?\n(?:(?:\1  [^\n]*[^ \n])?\n)*)))"
)
_DEPTHS = {"  " * depth: depth for depth in range(21)}
# Among them every character that is refused.
UNUSUAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def simple(text: str) -> dict[str, Any] | None:
    """What the emitter below writes in most files, read at once: mappings of plain lines and literal blocks.

    None wherever anything else stands: then YAML's own parser reads the file, and finds what is wrong."""
    if UNUSUAL.search(text):
        return None
    levels: list[dict[str, Any]] = [{}]
    at, opened = 0, ""
    for found in _ENTRY.finditer(text):
        if found.start() != at:
            return None
        at = found.end()
        indent, name, value, block, lines = found.groups()
        depth = _DEPTHS.get(indent, 99)
        if depth >= len(levels):
            if depth > len(levels) or not opened:
                return None
            levels.append({})
            levels[-2][opened] = levels[-1]
        else:
            del levels[depth + 1 :]
        here = levels[-1]
        if name in here:
            return None
        if block:
            value = lines.replace(f"\n{indent}  ", "\n").rstrip("\n")
            value += "" if block == "|-" else "\n"
        here[name] = value
        opened = name if value is None else ""
    return (levels[0] or None) if at == len(text) else None
