"""Reading a dossier as it will print: how much of it, where one is, what was searched for. Knows no screen, and
writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from hoso.i18n import mark, tr
from tui.finding import Found
from tui.paper import Block, Extent, Hit, Paper, Stretch, written
from tui.places import Key, Place
from tui.session import Session

LEAST = 24  # cells of a line at least
EXTENTS = {
    Extent.SECTION: mark("this section"), Extent.ITEM: mark("this item"), Extent.DOSSIER: mark("the whole dossier"),
}  # fmt: skip


def read_out(session: Session, extent: Extent, place: Place, width: int) -> list[str]:
    """The same as plain lines, with the marks of what is missing or wrong."""
    return list(Paper(written(session, extent, place), width).plain())


class Preview:
    """One reading. `lay_out` comes first; `cursor` is the line one is at, `hits` what was found."""

    def __init__(self, session: Session, place: Place, key: Key | None = None, extent: Extent = Extent.ITEM) -> None:
        self.session = session
        self.extent = extent
        self.marks = True
        self.cursor = 0
        self.sought = ""
        self.hits: list[Hit] = []
        self.hit = -1  # which of them one is at
        self._stretches: dict[int, list[tuple[int, Stretch]]] = {}  # of hits, by line
        self._origin = place, key
        self._kept: list[Block] = []  # what was written so far
        self._coming = written(session, extent, place)
        self.paper = Paper((), LEAST)

    # ---- laying out -------------------------------------------------------------------------------------

    def lay_out(self, width: int, *, anew: bool = False) -> None:
        """For so many cells; the cursor stays at the same field. What is not looked at yet may still be to come.

        `anew` also reads the dossier again, after somebody changed it."""
        place, key = self._at() if self.paper.height else self._origin
        within = self.cursor - self.paper.extent(self.cursor).start if self.paper.height else 0
        if anew:
            self._kept, self._coming = [], written(self.session, self.extent, self._start(place))
        self.paper = Paper(self._blocks(), max(LEAST, width), marks=self.marks)
        top = self.paper.line_of(place, key)
        self.cursor = top + min(within, max(0, len(self.paper.extent(top)) - 1))
        if self.sought:
            self.find(self.sought)

    def _start(self, place: Place) -> Place:
        """A section stays the one that was chosen, wherever in it one is."""
        return self._origin[0] if self.extent is Extent.SECTION else place

    def _blocks(self) -> Iterator[Block]:
        yield from self._kept
        for block in self._coming:
            self._kept.append(block)
            yield block

    def grow(self, lines: int) -> bool:
        """Lays out so many lines more; false when all is there."""
        until = self.paper.height + lines
        self.paper.grow(lambda: self.paper.height >= until)
        return not self.paper.whole

    # ---- what is shown ----------------------------------------------------------------------------------

    def take_extent(self, extent: Extent) -> None:
        """Shows more or less, around the place one is at."""
        place, key = self._at()
        if place.section is None and extent is Extent.SECTION:
            place = next((one for one in self.session.places(place.part) if one.section), place)
            key = None
        self._origin, self.extent = (place, key), extent
        self.lay_out(self.paper.width, anew=True)

    def next_extent(self) -> None:
        order = list(Extent)
        self.take_extent(order[(order.index(self.extent) + 1) % len(order)])

    def toggle_marks(self) -> None:
        self.marks = not self.marks
        self.lay_out(self.paper.width)

    def title(self) -> str:
        place, _ = self._at()
        if self.extent is Extent.DOSSIER:
            return self.session.checklist.title
        if self.extent is Extent.SECTION and self._origin[0].section is not None:
            return self.session.node(self._origin[0]).heading
        return self.session.asked[place.part].title

    def status(self) -> str:
        """`mục này · 3/17 · 40%`"""
        found = ""
        if self.sought:
            found = f"{self.hit + 1}/{len(self.hits)}" if self.hits else tr("not found")
        part = 100 * (self.cursor + 1) // max(1, self.paper.height) if self.paper.whole else 0
        marks = "" if self.marks else tr("without marks")
        return " · ".join(filter(None, [tr(EXTENTS[self.extent]), marks, found, f"{part}%" if part else ""]))

    # ---- moving -----------------------------------------------------------------------------------------

    def go(self, line: int) -> None:
        self.paper.grow(lambda: self.paper.height > line)
        self.cursor = max(0, min(line, self.paper.height - 1))

    def go_end(self) -> None:
        self.paper.grow()
        self.go(self.paper.height - 1)

    def step_heading(self, by: int) -> None:
        """To the heading before or after; going back, first to the one above the line."""
        if by > 0:
            self.paper.grow(lambda: bool(self.paper.headings) and self.paper.headings[-1].line > self.cursor)
        lines = [one.line for one in self.paper.headings]
        after, before = [one for one in lines if one > self.cursor], [one for one in lines if one < self.cursor]
        if by > 0 and after:
            self.go(after[0])
        elif by < 0 and before:
            self.go(before[-1])

    def headings(self) -> list[Found]:
        """All headings, to be found by number or words; in their order."""
        self.paper.grow()
        titles = {part: asked.title for part, asked in self.session.asked.items()}
        return [
            Found(one.place, None, "section", f"{'  ' * one.depth}{one.text}", titles[one.place.part], one.number)
            for one in self.paper.headings
        ]

    # ---- finding ----------------------------------------------------------------------------------------

    def find(self, words: str) -> None:
        """Finds words; the first hit from the cursor on is the current one."""
        self.sought = " ".join(words.split())
        self.hits = self.paper.find(self.sought) if self.sought else []
        self._stretches = {}
        for at, hit in enumerate(self.hits):
            for one in hit.stretches:
                self._stretches.setdefault(one.line, []).append((at, one))
        self.hit = next((at for at, hit in enumerate(self.hits) if hit.stretches[0].line >= self.cursor), 0)
        if not self.hits:
            self.hit = -1
        elif self.hit >= 0:
            self.go(self.hits[self.hit].stretches[0].line)

    def hits_on(self, line: int) -> list[tuple[bool, Stretch]]:
        """What of a line was found, and whether that is the current hit."""
        return [(at == self.hit, one) for at, one in self._stretches.get(line, ())]

    def step_hit(self, by: int) -> bool:
        """To the hit after or before, round the end; false where there is none."""
        if not self.hits:
            return False
        self.hit = (self.hit + by) % len(self.hits)
        self.go(self.hits[self.hit].stretches[0].line)
        return True

    # ---- back to the field ------------------------------------------------------------------------------

    def _at(self) -> tuple[Place, Key | None]:
        block = self.paper.block(self.cursor)
        return (block.place, block.key) if block is not None else self._origin

    def target(self) -> tuple[Place, Key | None] | None:
        """Where what stands at the cursor is filled in; at a heading over nothing, the next that is."""
        fillable = set(self.session.places())
        self.paper.grow(lambda: any(one.place in fillable for one in self.paper.blocks(self.cursor)))
        here = (one for one in self.paper.blocks(self.cursor) if one.place in fillable)
        before = (one for one in self.paper.blocks() if one.place in fillable)
        found = next(here, None) or next(before, None)
        return (found.place, found.key) if found is not None else None
