"""What hoso's own emitter writes in most files, read at once, without YAML's parser."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# As in the composer: more values than any file of hoso holds.
MAX_VALUES = 200_000

_ENTRY = re.compile(r"( {0,40})([A-Za-z0-9][\w.-]{0,99}):(?: (?:([^\W_](?:[^\n:#]*[^\s:#])?)|(\|-?)))?\n")
# Among them every character that is refused.
UNUSUAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def simple(text: str) -> dict[str, Any] | None:
    """What the emitter below writes in most files, read at once: mappings of plain lines and literal blocks.

    None wherever anything else stands: then YAML's own parser reads the file, and finds what is wrong."""
    if UNUSUAL.search(text) or text.count("\n") > MAX_VALUES // 2:
        return None
    levels: list[dict[str, Any]] = [{}]
    at, end, opened = 0, len(text), ""
    while at < end:
        found = _ENTRY.match(text, at)
        if found is None:
            return None
        indent, name, value, block = found.groups()
        depth, odd = divmod(len(indent), 2)
        if odd or depth > len(levels) or (depth == len(levels) and not opened):
            return None
        if depth == len(levels):
            levels.append({})
            levels[-2][opened] = levels[-1]
        del levels[depth + 1 :]
        at = found.end()
        if block:
            lines = _block(depth + 1).match(text, at)
            if lines is None:
                return None
            at = lines.end()
            value = lines[0][2 * depth + 2 :].replace(f"\n{indent}  ", "\n").rstrip("\n")
            value += "" if block == "|-" else "\n"
        if name in levels[-1]:
            return None
        levels[-1][name] = value
        opened = name if value is None else ""
    return levels[0] or None


@cache
def _block(depth: int) -> re.Pattern[str]:
    """The lines of a literal block: the first not blank, none that ends in a blank."""
    indent = " " * (2 * depth)
    return re.compile(rf"{indent}[^\s](?:[^\n]*[^ \n])?\n(?:(?:{indent}[^\n]*[^ \n])?\n)*")
