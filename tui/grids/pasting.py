"""Blocks of cells as spreadsheets copy them: tabs between cells, quotes around line ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from hoso.i18n import tr
from hoso.text import composed
from tui.grids.cells import BREAK, Value

if TYPE_CHECKING:
    from tui.grids import Grid

_UNSEEN = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), 0x200B, 0xFEFF])


class Area(NamedTuple):
    """A block of cells: the first and the last row and column, all included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> range:
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        return range(self.left, self.right + 1)

    @property
    def is_one(self) -> bool:
        return self.top == self.bottom and self.left == self.right


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pasted cell that could not be taken: its row and column in words, its text, why."""

    row: str
    column: str
    text: str
    why: str

    def said(self) -> str:
        place = ", ".join(part for part in (self.row, self.column) if part)
        return tr("{place}: “{text}”, {why}", place=place, text=self.text.replace("\n", BREAK), why=self.why)


def rows_of(text: str) -> list[list[str]]:
    """The rows and cells of a copied block. Quotes that are not in pairs are letters like others."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if lines.count('"') % 2 == 0:
        try:
            return [row or [""] for row in csv.reader(io.StringIO(lines, newline="\n"), delimiter="\t")]
        except csv.Error:  # a single cell of more than 128 kB
            pass
    return [line.split("\t") for line in lines.split("\n")]


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows and cells as a block that spreadsheets and `rows_of` read."""
    return "\n".join("\t".join(map(_quoted, row)) for row in rows)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def copied(grid: Grid, area: Area) -> str:
    """An area as a block: figures and days the Vietnamese way, line ends inside quotes."""
    return text_of([_copied(grid, row, column) for column in area.columns] for row in area.rows)


def _copied(grid: Grid, row: int, column: int) -> str:
    return (grid.edited(row, column) or grid.text(row, column)).replace(BREAK, "\n")


def pasted(grid: Grid, area: Area, text: str) -> tuple[Value, list[Refusal]]:
    """Takes a block in from the area's first cell on to the right and down; a single cell fills the whole area.

    A cell that cannot be read as what stands there, or that lies outside, is told and stays as it was."""
    block, refused = rows_of(text), list[Refusal]()
    if len(block) == len(block[0]) == 1 and not area.is_one:
        block = [[block[0][0]] * len(area.columns) for _ in area.rows]
    changes = []
    for down, cells in enumerate(block):
        row = grid.slot(area.top, down)
        if row is None:
            words = " ".join(cells).strip()
            refused += [Refusal(str(area.top + down + 1), "", words, tr("there is no such row"))] if words else []
        else:
            changes.append((row, _taken(grid, row, area.left, cells, refused, area.top + down)))
    return grid.filled(changes), refused


def _taken(grid: Grid, row: int, left: int, cells: list[str], refused: list[Refusal], at: int) -> dict[int, Any]:
    """What of one line of a block is taken, by column."""
    taken: dict[int, Any] = {}
    for column, cell in enumerate(cells, left):
        text = composed(cell.translate(_UNSEEN)).strip()
        if column >= len(grid.columns):
            why = tr("there is no such column") if text else ""
        else:
            why = grid.unfit(row, column, text) if text or grid.field(row, column) else ""
        if why:
            refused.append(Refusal(_row_name(grid, row, at), _column_name(grid, column), text, why))
        elif column < len(grid.columns) and grid.field(row, column) is not None:
            taken[column] = grid.kept(row, column, text)
    for column in grid.rivals([one for one, kept in taken.items() if kept is not None]):
        del taken[column]  # which of them is meant only a person can say
        why = tr("only one of these columns may be marked")
        refused.append(Refusal(_row_name(grid, row, at), _column_name(grid, column), cells[column - left].strip(), why))
    return taken


def _row_name(grid: Grid, row: int, at: int) -> str:
    head = grid.head(row)
    return tr("row {number}", number=at + 1) if head.kind == "new" or not head.label else head.words


def _column_name(grid: Grid, column: int) -> str:
    return grid.label(column) if column < len(grid.columns) else tr("column {number}", number=column + 1)
