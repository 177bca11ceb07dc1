"""What is different between an answer of then and the answer of now, in words: plain functions, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from hoso.dossiers import answer_of
from hoso.i18n import tr
from hoso.kinds import FieldBase, ScoringField, TableField
from tui.cell_notes import place_words
from tui.grids import Grid, ScoringGrid, Sort, TableGrid
from tui.wording import absence

_NOTHING = "–"


def as_read(made: FieldBase, raw: Any) -> str:
    """A kept answer as people read it; empty for a table, whose cells are told one by one."""
    answer = answer_of(raw)
    if answer is None or (answer.is_blank and answer.absent is None):
        return ""
    if answer.absent is not None:
        return absence(str(answer.absent), answer.because)
    return str(made.shown(answer.value))


def words_changed(then: str, now: str) -> str:
    """How many words are only in the earlier version, and how many only in the present one."""
    old, new = then.split(), now.split()
    lost = gained = 0
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lost += (b - a) * (kind != "equal")
        gained += (d - c) * (kind != "equal")
    return tr("{lost} words of then are missing now, {gained} are new", lost=lost, gained=gained)


def cells_changed(made: FieldBase, then: Any, now: Any) -> list[str]:
    """The rows and cells of a table or score sheet that differ, with their heads: `Tốt · 2018: 4 (now 5)`."""
    grids = grid_of(made, then), grid_of(made, now)
    return [] if grids[0] is None or grids[1] is None else list(_told(grids[0], grids[1]))


def grid_of(made: FieldBase, raw: Any) -> Grid | None:
    """A table or score sheet as it is kept; None for all else."""
    value = raw if isinstance(raw, dict) and "absent" not in raw else {}
    if isinstance(made, TableField):
        return TableGrid(made, value)
    return ScoringGrid(made, value) if isinstance(made, ScoringField) else None


def _told(then: Grid, now: Grid) -> Iterator[str]:
    old, new = _rows(then), _rows(now)
    for name, row in old.items():
        if name in new:
            yield from _cells(then, row, now, new[name])
        else:
            yield tr("{row}: gone now: {cells}", row=_row_words(then, row), cells=_content(then, row) or _NOTHING)
    for name, row in new.items():
        if name not in old:
            yield tr("{row}: new since: {cells}", row=_row_words(now, row), cells=_content(now, row) or _NOTHING)


def _rows(grid: Grid) -> dict[str, int]:
    """The rows that somebody fills, by name; headings and the blank row have none."""
    return {name: row for row in range(len(grid.lines)) if (name := grid.row_name(row))}


def _cells(then: Grid, row: int, now: Grid, at: int) -> Iterator[str]:
    for column in range(len(then.columns)):
        if then.sort(row, column) is not Sort.OPEN:
            continue
        before, after = then.text(row, column), now.text(at, column)
        if before != after:
            words = {"then": before or _NOTHING, "now": after or _NOTHING}
            yield tr("{cell}: {then} (now {now})", cell=place_words(then, (row, column)), **words)


def _row_words(grid: Grid, row: int) -> str:
    return grid.head(row).words or tr("Row {number}", number=row + 1)


def _content(grid: Grid, row: int) -> str:
    return " · ".join(filter(None, (grid.text(row, column) for column in range(len(grid.columns)))))
