"""The laid-out paper: lines to be drawn, headings to jump to, where words stand, which field a line comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hoso.render.tables import drawn
from hoso.render.wrapping import Flow
from hoso.text import composed, fold
from tui.finding import spans
from tui.fitting import cells
from tui.paper.blocks import Block
from tui.paper.layout import Laid, Run, laid
from tui.places import Key, Place

_CLOSE = {("heading", "heading"), ("office", "title"), ("title", "under"), ("label", "prose"), ("label", "table"),
          ("label", "entry"), ("entry", "entry"), ("heading", "prose"), ("heading", "entry"), ("heading", "label"),
          ("heading", "table")}  # fmt: skip


class Heading(NamedTuple):
    text: str
    number: str  # from the top down, as one may type it: `ii.2.1`
    depth: int
    place: Place
    line: int


class Stretch(NamedTuple):
    """A piece of a line: from one cell to before another."""

    line: int
    start: int
    end: int


class Hit(NamedTuple):
    """Words that were found; over the end of a line they have several stretches."""

    stretches: tuple[Stretch, ...]


@dataclass(slots=True)
class _Set:
    """A block in its place: its first line and what it looks like."""

    block: Block
    top: int
    laid: Laid


class Paper:
    """Laid out for a width, as far as it was asked for; `marks` also shows what is missing and wrong, which does not
    print. What is given as blocks is looked at once, bit by bit."""

    def __init__(self, blocks: Iterable[Block], width: int, *, marks: bool = True) -> None:
        self.width = width
        self.marks = marks
        self.height = 0
        self.headings: list[Heading] = []
        self.whole = False
        self._coming = iter(blocks)
        self._set: list[_Set] = []
        self._tops: list[int] = []
        self._before: Block | None = None

    def grow(self, enough: Callable[[], bool] = lambda: False) -> None:
        """Lays out what comes next until there is enough, or all."""
        while not self.whole and not enough():
            block = next(self._coming, None)
            if block is None:
                self.whole = True
            elif self.marks or block.kind != "note":
                self._put(block)

    def _put(self, block: Block) -> None:
        top = self.height + _gap(self._before, block)
        made = laid(block, self.width, marks=self.marks)
        self._set.append(_Set(block, top, made))
        self._tops.append(top)
        self.height = top + len(made.lines)
        self._before = block
        if block.kind in ("heading", "title"):
            self.headings.append(Heading(block.text, block.aside, block.depth, block.place, top))

    # ---- lines ------------------------------------------------------------------------------------------

    def line(self, at: int) -> list[Run]:
        found = self._at(at)
        rest = at - found.top if found else 0
        return found.laid.lines[rest] if found and rest < len(found.laid.lines) else []

    def wide(self, at: int) -> tuple[Laid, int] | None:
        """The table that a line belongs to, if it is too wide, and the line of it."""
        found = self._at(at)
        inside = found is not None and at - found.top < len(found.laid.lines)
        return (found.laid, at - found.top) if found is not None and inside and found.laid.side else None

    def block(self, at: int) -> Block | None:
        """What a line belongs to; a blank line to what stands above it."""
        found = self._at(at)
        return found.block if found else None

    def extent(self, at: int) -> range:
        """The lines of the block that a line belongs to."""
        found = self._at(at)
        return range(found.top, found.top + len(found.laid.lines)) if found else range(0)

    def _at(self, line: int) -> _Set | None:
        place = bisect_right(self._tops, line) - 1
        return self._set[place] if place >= 0 else None

    def blocks(self, begin: int = 0) -> Iterator[Block]:
        """What stands from a line on."""
        return (one.block for one in self._set[max(0, bisect_right(self._tops, begin) - 1) :])

    def line_of(self, place: Place, key: Key | None = None) -> int:
        """The first line of a field, else of its section, else of its item; 0 where none is here."""
        self.grow(lambda: self._is_behind(place, key))
        wanted = ((one for one in self._set if (one.block.place, one.block.key) == (place, key)),
                  (one for one in self._set if one.block.place == place),
                  (one for one in self._set if one.block.place.part == place.part))  # fmt: skip
        return next((one.top for few in wanted for one in few), 0)

    def _is_behind(self, place: Place, key: Key | None) -> bool:
        """Whether what was laid out last is the field, or stands behind the section."""
        if len(self._set) < 2:
            return False
        before, last = self._set[-2].block, self._set[-1].block
        return (last.place, last.key) == (place, key) or (before.place == place != last.place)

    # ---- headings ---------------------------------------------------------------------------------------

    def heading_at(self, line: int) -> int:
        """The place in the list of headings of the one above a line; 0 above the first."""
        return max(0, bisect_right([one.line for one in self.headings], line) - 1)

    # ---- finding ----------------------------------------------------------------------------------------

    @cached_property
    def _flows(self) -> list[tuple[int, Flow, str]]:
        return [(one.top, flow, fold(flow.text)) for one in self._set for flow in one.laid.flows]

    def find(self, words: str) -> list[Hit]:
        """Where the words stand, one after the other; marks that were typed are meant, those left out are not."""
        self.grow()
        sought = " ".join(composed(words).split())
        plain = fold(sought)
        if not plain:
            return []
        return [Hit(made) for top, flow, folded in self._flows if plain in folded
                for span in spans(flow.text, [sought]) if (made := tuple(_stretches(top, flow, *span)))]  # fmt: skip

    # ---- plain ------------------------------------------------------------------------------------------

    def plain(self) -> Iterator[str]:
        """The same as lines of text; a table that is too wide is cut into several, one below the other."""
        self.grow()
        end = 0
        for one in self._set:
            yield from [""] * (one.top - end)
            end = one.top + len(one.laid.lines)
            if one.laid.side and one.block.grid is not None:
                yield from drawn((self.marks and one.block.signed) or one.block.grid, self.width)
            else:
                yield from ("".join(words for words, _ in line).rstrip() for line in one.laid.lines)


def _gap(before: Block | None, block: Block) -> int:
    """Blank lines between two blocks."""
    if before is None or block.kind == "note":
        return 0
    if block.kind == "heading" and before.kind == "heading":
        return 0 if block.depth > before.depth else 1
    if before.kind == "note":
        return 0 if block.kind == "entry" else 1
    return 0 if (before.kind, block.kind) in _CLOSE else 1


def _stretches(top: int, flow: Flow, start: int, end: int) -> Iterator[Stretch]:
    for one in flow.fragments:
        first, last = max(start, one.start), min(end, one.end)
        if first < last:
            at = one.column + cells(flow.text[one.start : first])
            yield Stretch(top + one.line, at, at + cells(flow.text[first:last]))
