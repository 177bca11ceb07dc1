"""Alt with an arrow or another named key, as terminals without the kitty protocol send it, is one key.

Textual 8.2 makes two of it, Escape and the arrow; Escape leaves the dossier."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys


class Joined(NamedTuple):
    """Like a member of Textual's `Keys`, among which there are none with Alt."""

    value: str


def join_alt() -> None:
    """Mends Textual's table of sequences; once is enough, and more does no harm."""
    table = cast("dict[str, Any]", ANSI_SEQUENCES_KEYS)
    for sequence, keys in list(table.items()):
        if isinstance(keys, tuple) and len(keys) == 2 and keys[0] is Keys.Escape:
            table[sequence] = (Joined(f"alt+{keys[1].value}"),)
