"""Tables drawn with lines, as on paper: heads over several columns and rows, figures at the right, words wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from hoso.render.wrapping import Flow, Fragment, wrapped
from hoso.text import cells

Look = Literal["", "head", "group", "total", "rule"]
_LONGEST = 24  # cells of a word that is not broken
_WIDEST = 48  # cells that the longest text of a column asks for
_HEAD = 14  # cells that a head asks for, however many words it has
_LANDSCAPE = 3, 2  # how much wider than the page a table gets that does not fit: as on a page turned round
_CORNERS = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"  # by what leaves a crossing: 1 up, 2 down, 4 left, 8 right


class Cell(NamedTuple):
    text: str = ""
    across: int = 1
    down: int = 1
    to: Literal["left", "right", "centre"] = "left"
    look: Look = ""
    indent: int = 0  # blanks before each line


class Piece(NamedTuple):
    text: str
    look: Look = ""


@dataclass(frozen=True)
class Grid:
    """Rows of a head and of a body; the first `side` columns name the rows."""

    head: list[list[Cell]]
    body: list[list[Cell]]
    side: int = 0

    @cached_property
    def rows(self) -> list[list[Cell]]:
        return self.head + self.body

    @cached_property
    def placed(self) -> list[list[tuple[int, int, Cell]]]:
        """Of each row the cells that stand in it: first column, how many rows they began above, cell."""
        out: list[list[tuple[int, int, Cell]]] = [[] for _ in self.rows]
        for row, given in enumerate(self.rows):
            at = 0
            taken = {column for start, _, cell in out[row] for column in range(start, start + cell.across)}
            for cell in given:
                while at in taken:
                    at += 1
                for below in range(cell.down):
                    out[row + below].append((at, below, cell))
                at += cell.across
        return [sorted(row, key=lambda one: one[0]) for row in out]

    @cached_property
    def columns(self) -> int:
        return max((start + cell.across for row in self.placed for start, _, cell in row), default=0)


@dataclass
class Ruled:
    """What was drawn: lines of pieces, how many cells of each name the row, and every text with where it stands.

    `stops` are the cells by which the rest may be moved so that a whole column comes first."""

    lines: list[list[Piece]] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    side: int = 0
    width: int = 0
    stops: tuple[int, ...] = (0,)

    def texts(self) -> list[str]:
        return ["".join(piece.text for piece in line) for line in self.lines]


def ruled(grid: Grid, width: int) -> Ruled:
    """The table in as many cells as it needs, no more than `width` if its words can be wrapped so far."""
    return _Drawing(grid, *_fitted(grid, width)).drawn() if grid.columns else Ruled()


def bands(grid: Grid, width: int) -> list[Grid]:
    """The table cut into several that fit, one below the other, the columns that name the rows in each."""
    widths, pad = _fitted(grid, width)
    side = sum(widths[: grid.side]) + grid.side * (2 * pad + 1) + 1
    out, first, room = [], grid.side, width - side
    for column in range(grid.side, grid.columns):
        if (room := room - widths[column] - 2 * pad - 1) < 0 and column > first:
            out.append(_cut(grid, first, column))
            first, room = column, width - side - widths[column] - 2 * pad - 1
    return [*out, _cut(grid, first, grid.columns)] if out else [grid]


def _cut(grid: Grid, first: int, last: int) -> Grid:
    """The columns from `first` to before `last`, and the side."""

    def kept(row: int) -> Iterator[Cell]:
        for start, above, cell in grid.placed[row]:
            inside = range(max(start, first), min(start + cell.across, last))
            across = len(inside) + len(range(start, min(start + cell.across, grid.side)))
            if across and not above:
                yield cell._replace(across=across)

    head = len(grid.head)
    rows = [list(kept(row)) for row in range(len(grid.rows))]
    return Grid(rows[:head], rows[head:], grid.side)


# ---- widths -----------------------------------------------------------------------------------------------------


def _fitted(grid: Grid, width: int) -> tuple[list[int], int]:
    """The width of each column, and the blanks on either side of its text."""
    least, wish = _needs(grid)
    easy = _with_names(grid, least, wish, width)
    for pad in (1, 0):
        room = width - 1 - len(least) * (2 * pad + 1)
        for low in (wish, easy, least):
            if sum(low) <= room:
                return _shared(low, wish, room), pad
    more, less = _LANDSCAPE
    return _shared(easy, wish, max(sum(easy), width * more // less - 1 - len(least) * 3)), 1


def _with_names(grid: Grid, least: list[int], wish: list[int], width: int) -> list[int]:
    """What names the rows is read again and again: it gets what it asks for, up to two fifths of the page."""
    most = width * 2 // (5 * max(1, grid.side))
    return [max(one, min(other, most)) if column < grid.side else one
            for column, (one, other) in enumerate(zip(least, wish, strict=True))]  # fmt: skip


def _needs(grid: Grid) -> tuple[list[int], list[int]]:
    """Of each column the longest word, and the width at which hardly anything is wrapped."""
    least, wish = [1] * grid.columns, [1] * grid.columns
    spanning: list[tuple[int, Cell]] = []
    for row, placed in enumerate(grid.placed):
        for start, above, cell in placed:
            if above or not cell.text:
                continue
            if cell.across > 1:
                spanning.append((start, cell))
                continue
            word, whole = (cell.indent + one for one in (_word(cell.text), max(map(cells, cell.text.split("\n")))))
            least[start] = max(least[start], word)
            cap = max(word, _HEAD) if row < len(grid.head) else _WIDEST
            wish[start] = max(wish[start], min(whole, cap), word)
    for start, cell in spanning:
        lacking = _word(cell.text) - sum(least[start : start + cell.across]) - (cell.across - 1)
        if lacking > 0:
            last = start + cell.across - 1
            least[last] += lacking
            wish[last] = max(wish[last], least[last])
    return least, wish


def _word(text: str) -> int:
    return min(_LONGEST, max(map(cells, text.split()), default=1))


def _shared(least: Sequence[int], wish: Sequence[int], room: int) -> list[int]:
    """Columns that ask for little get it; those that ask for more share what is left."""
    low, high = 0, max(wish)
    while low < high:
        level = (low + high + 1) // 2
        if sum(_between(one, other, level) for one, other in zip(least, wish, strict=True)) <= room:
            low = level
        else:
            high = level - 1
    return [_between(one, other, low) for one, other in zip(least, wish, strict=True)]


def _between(least: int, wish: int, level: int) -> int:
    return max(least, min(wish, level))


# ---- drawing ----------------------------------------------------------------------------------------------------


class _Drawing:
    """Cells are known by the row and the column that they begin in."""

    def __init__(self, grid: Grid, widths: list[int], pad: int) -> None:
        self.grid = grid
        self.pad = pad
        self.starts = [0]  # of the upright line before each column, and behind the last
        for width in widths:
            self.starts.append(self.starts[-1] + width + 2 * pad + 1)
        self.spans = {
            (row, start): wrapped(cell.text, max(1, self._room(start, cell) - cell.indent)) if cell.text else []
            for row, placed in enumerate(grid.placed)
            for start, above, cell in placed
            if not above
        }
        self.heights = self._heights()
        self.rules = self._rules()
        self.tops: dict[tuple[int, int], int] = {}
        side = self.starts[grid.side]
        stops = tuple(start - side for start in self.starts[grid.side : -1])
        self.out = Ruled(side=side, width=self.starts[-1] + 1, stops=stops)

    def drawn(self) -> Ruled:
        for row in range(len(self.grid.rows)):
            if row in self.rules:
                self.out.lines.append(self._rule(row))
            self._row(row)
        self.out.lines.append(self._rule(len(self.grid.rows)))
        return self.out

    def _room(self, start: int, cell: Cell) -> int:
        return self.starts[start + cell.across] - self.starts[start] - 1 - 2 * self.pad

    def _heights(self) -> list[int]:
        out = [1] * len(self.grid.rows)
        for row, placed in enumerate(self.grid.placed):
            for start, above, cell in placed:
                lines = len(self.spans[row - above, start])
                if cell.down == 1:
                    out[row] = max(out[row], lines)
                elif above == cell.down - 1:
                    out[row] += max(0, lines - sum(out[row - above : row + 1]) - above)
        return out

    def _rules(self) -> set[int]:
        """Above which rows a line is drawn: all, or in a body of single lines only where it parts something."""
        head, count = len(self.grid.head), len(self.grid.rows)
        if any(height > 1 for height in self.heights[head:]):
            return set(range(count))
        body = range(head, count)
        return {*range(head + 1), *(row for row in body if self.grid.placed[row][0][2].look == "total")}

    def _bars(self, row: int) -> set[int]:
        """The columns before which an upright line stands in a row, the end of the table included."""
        inside = 0 <= row < len(self.grid.rows)
        return {start for start, _, _ in self.grid.placed[row]} | {self.grid.columns} if inside else set()

    def _rule(self, row: int) -> list[Piece]:
        """The line above a row; a cell that spans it goes on through it."""
        placed = self.grid.placed[row] if row < len(self.heights) else []
        through = {start: (above, cell) for start, above, cell in placed if above}
        inside = {column for start, (_, cell) in through.items() for column in range(start, start + cell.across)}
        up, down = self._bars(row - 1), self._bars(row)
        out, text, at = list[Piece](), "", 0
        while at <= self.grid.columns:
            left, right = at > 0 and at - 1 not in inside, at < self.grid.columns and at not in inside
            text += _CORNERS[(at in up) + 2 * (at in down) + 4 * left + 8 * right]
            if at in through:
                above, cell = through[at]
                out += [Piece(text, "rule"), self._text(row - above, at, cell)]
                text, at = "", at + cell.across
                continue
            if at < self.grid.columns:
                text += "─" * (self.starts[at + 1] - self.starts[at] - 1)
            at += 1
        return [*out, Piece(text, "rule")]

    def _row(self, row: int) -> None:
        placed = self.grid.placed[row]
        for start, above, cell in placed:
            if not above:
                self._place(row, start, cell)
        for _ in range(self.heights[row]):
            pieces = (piece for start, above, cell in placed
                      for piece in (Piece("│", "rule"), self._text(row - above, start, cell)))  # fmt: skip
            self.out.lines.append([*pieces, Piece("│", "rule")])

    def _place(self, row: int, start: int, cell: Cell) -> None:
        """Where the lines of a cell's text stand; one that spans rows has it in the middle."""
        spans, top = self.spans[row, start], len(self.out.lines)
        if cell.down > 1:
            top += (sum(self.heights[row : row + cell.down]) + cell.down - 1 - len(spans)) // 2
        self.tops[row, start] = top
        at = self.starts[start] + 1
        fragments = [
            Fragment(begin, end, top + place, at + self._before(start, cell, begin, end))
            for place, (begin, end) in enumerate(spans)
        ]
        if fragments:
            self.out.flows.append(Flow(cell.text, tuple(fragments)))

    def _before(self, start: int, cell: Cell, begin: int, end: int) -> int:
        """Blanks before a line of a cell's text."""
        spare = max(0, self._room(start, cell) - cells(cell.text[begin:end]))
        return self.pad + min(spare, {"left": cell.indent, "right": spare, "centre": spare // 2}[cell.to])

    def _text(self, row: int, start: int, cell: Cell) -> Piece:
        """What a cell shows on the line that comes next."""
        room = self._room(start, cell) + 2 * self.pad
        spans, at = self.spans[row, start], len(self.out.lines) - self.tops[row, start]
        if not 0 <= at < len(spans):
            return Piece(" " * room, cell.look)
        begin, end = spans[at]
        words = " " * self._before(start, cell, begin, end) + cell.text[begin:end]
        return Piece(words + " " * (room - cells(words)), cell.look)
