"""How a grid is laid out on lines and terminal cells: how wide each column, what stands in the lines of the head."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from hoso.render.tables import Head
from hoso.text import cells, clipped

if TYPE_CHECKING:
    from tui.grids import Grid

SIGN = 1  # the first place of a cell is for the sign of a problem
LEAST, MOST_TEXT, MOST_HEAD_LINES = 6, 28, 3
_LOOKED_AT = 200  # rows whose texts say how wide a column is


class Piece(NamedTuple):
    """A stretch of one line of the head: where it begins behind the row heads, how wide it is, what it says."""

    start: int
    width: int
    text: str
    last: bool  # the line above the next level of heads or the rows
    group: bool


@dataclass(slots=True)
class Sheet:
    """Widths in terminal cells; between any two columns stands one more for the line that parts them."""

    number: int = 0
    label: int = 0
    widths: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    head: list[list[Piece]] = field(default_factory=list)

    @property
    def side(self) -> int:
        """The row heads, which do not scroll away, with the line that parts them from the rest."""
        return self.number + self.label + 1

    @property
    def total(self) -> int:
        return self.starts[-1] + self.widths[-1] + 1 if self.widths else 0

    def column_at(self, x: int) -> int | None:
        found = (place for place, start in enumerate(self.starts) if start <= x <= start + self.widths[place])
        return next(found, None)


def laid_out(grid: Grid, room: int) -> Sheet:
    """Lays a grid out for so many terminal cells; what is wider than that scrolls."""
    heads = [grid.head(row) for row in range(len(grid.lines))]
    number = max((cells(head.number) for head in heads), default=0)
    number += 1 if number else 0
    labels = [cells(head.label) + 2 * head.depth for head in heads if head.kind != "heading"]
    wish = max([*labels, cells(grid.corner)]) + 1
    widths, least = _widths(grid), min(wish, max(10, room // 3))
    label = max(least, min(wish, room - number - 1 - sum(widths) - len(widths)))
    spare = room - number - label - 1 - sum(widths) - len(widths)
    if spare < 0:
        _squeeze(grid, widths, -spare)
    _spread(grid, widths, spare)
    starts = [0, *accumulate(width + 1 for width in widths)][: len(widths)]
    return Sheet(number, label, widths, starts, _head_lines(grid, widths, starts))


def _widths(grid: Grid) -> list[int]:
    return [max(_least(grid, place), min(_longest(grid, place), MOST_TEXT)) + SIGN
            for place in range(len(grid.columns))]  # fmt: skip


def _least(grid: Grid, column: int) -> int:
    """So wide that the head fits on its lines, and a day or a short text into the cells."""
    title, row = _title(grid, column), _row(grid)
    width = max(_word(title), LEAST - SIGN)
    while len(wrapped(title, width)) > MOST_HEAD_LINES and width < MOST_TEXT:
        width += 1
    if grid.is_number(row, column) or grid.toggles(row, column):
        return width
    return max(width, 10)


def _longest(grid: Grid, column: int) -> int:
    return max((cells(grid.text(row, column)) for row in range(min(len(grid.lines), _LOOKED_AT))), default=0)


def _title(grid: Grid, column: int) -> str:
    *_, last = (head.text for row in _by_column(grid, column) for head in row)
    measure = grid.measure(column)
    return f"{last} ({measure})" if measure and measure not in last else last


def _by_column(grid: Grid, column: int) -> list[list[Head]]:
    """Of each level of heads, the one that stands over a column."""
    return [[head for head, place in _placed(grid.heads())[level] if place <= column < place + head.across]
            for level in range(len(grid.heads()))]  # fmt: skip


def _placed(heads: list[list[Head]]) -> list[list[tuple[Head, int]]]:
    """The heads of each level with the column each begins at: one that spans levels pushes the lower ones on."""
    taken: list[dict[int, int]] = [{} for _ in heads]  # level → column → how many levels it reaches down from above
    out: list[list[tuple[Head, int]]] = []
    for level, row in enumerate(heads):
        column, placed = 0, list[tuple[Head, int]]()
        for head in row:
            while column in taken[level]:
                column += 1
            placed.append((head, column))
            for below in range(level + 1, min(level + head.down, len(heads))):
                taken[below].update(dict.fromkeys(range(column, column + head.across), 1))
            column += head.across
        out.append(placed)
    return out


def _word(text: str) -> int:
    """The longest word: no narrower can a head be."""
    return min(max(map(cells, text.split()), default=0), 14)


def _squeeze(grid: Grid, widths: list[int], lacking: int) -> None:
    """Narrows columns of words where that saves the whole table from scrolling; otherwise they stay wide."""
    least = [min(width, max(_least(grid, place), 16) + SIGN) if _is_wordy(grid, place) else width
             for place, width in enumerate(widths)]  # fmt: skip
    if sum(widths) - sum(least) < lacking:
        return
    for _ in range(lacking):
        place = max(range(len(widths)), key=lambda one: widths[one] - least[one])
        widths[place] -= 1


def _spread(grid: Grid, widths: list[int], spare: int) -> None:
    """Gives room that is left to the columns whose heads or texts would like more, the neediest first."""
    wishes = [max(_comfort(_title(grid, place)), _longest(grid, place) + SIGN, 8) for place in range(len(widths))]
    texts = [_is_wordy(grid, place) for place in range(len(widths))]
    while spare > 0:
        needy = [place for place, wish in enumerate(wishes) if widths[place] < min(wish, 60)]
        if not needy:
            needy = [place for place, is_text in enumerate(texts) if is_text and widths[place] < 40]
        if not needy:
            return
        place = max(needy, key=lambda one: wishes[one] - widths[one])
        widths[place] += 1
        spare -= 1


def _is_wordy(grid: Grid, column: int) -> bool:
    made = grid.field(_row(grid), column)
    return made is not None and made.type in ("text", "choice") and not grid.toggles(_row(grid), column)


def _row(grid: Grid) -> int:
    """A row with cells."""
    rows = range(len(grid.lines))
    return next((row for row in rows if grid.field(row, len(grid.columns) - 1) is not None), 0)


def _comfort(title: str) -> int:
    """So wide that a head takes two lines."""
    return max(_word(title), (cells(title) + 1) // 2 + 2) + SIGN


def wrapped(text: str, width: int) -> list[str]:
    """The text on lines of at most so many cells, broken between words where that is possible."""
    lines: list[str] = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if cells(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _head_lines(grid: Grid, widths: list[int], starts: list[int]) -> list[list[Piece]]:
    placed = _placed(grid.heads())
    told = [[(head, column, *_span(head, column, widths, starts)) for head, column in level] for level in placed]
    heights = [max([_height(_words(grid, head, column), width) for head, column, _, width in level
                    if head.down == 1], default=1) for level in told]  # fmt: skip
    tops = [0, *accumulate(heights)]
    lines: list[list[Piece]] = [[] for _ in range(sum(heights))]
    for depth, level in enumerate(told):
        for head, column, start, width in level:
            group = depth + head.down < len(told)
            area = range(tops[depth], tops[depth + head.down])
            for place, text in zip(area, _block(_words(grid, head, column), width, len(area)), strict=True):
                lines[place].append(Piece(start, width, text, place == area[-1], group))
    return [sorted(line) for line in lines]


def _words(grid: Grid, head: Head, column: int) -> str:
    return _title(grid, column) if head.across == 1 and head.text in _title(grid, column) else head.text


def _span(head: Head, column: int, widths: list[int], starts: list[int]) -> tuple[int, int]:
    return starts[column], sum(widths[column : column + head.across]) + head.across - 1


def _height(text: str, width: int) -> int:
    return min(len(wrapped(text, width - SIGN)), MOST_HEAD_LINES)


def _block(text: str, width: int, height: int) -> list[str]:
    """So many lines, the words at the bottom."""
    lines = wrapped(text, width - SIGN)
    if len(lines) > height:
        lines = [*lines[: height - 1], " ".join(lines[height - 1 :])]
    return [""] * (height - len(lines)) + [clipped(line, width - SIGN) for line in lines]
