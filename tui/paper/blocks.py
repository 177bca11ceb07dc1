"""What stands on paper, one block below the other, each with the field that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hoso.problems import Level
from hoso.render.ruled import Grid
from tui.places import Key, Place

Kind = Literal["page", "office", "title", "under", "heading", "label", "prose", "entry", "table", "note"]


@dataclass(frozen=True, slots=True)
class Block:
    """`note` are words behind the text that do not print; a block of kind `note` does not print at all."""

    kind: Kind
    text: str
    place: Place
    key: Key | None = None
    depth: int = 0
    note: str = ""
    level: Level | None = None  # of the note
    grid: Grid | None = None  # of a table, as it prints
    signed: Grid | None = None  # the same with signs of problems in its cells, where there are any
    aside: str = ""  # what stands at the right end of the same line; of a heading, its whole number
