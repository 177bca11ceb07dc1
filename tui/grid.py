"""A table or score sheet being edited: what each cell shows and takes. A plain object; it knows no screen."""

from __future__ import annotations

import csv
import io
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NamedTuple

from hoso.dossiers import Answer, answer_of, new_id
from hoso.i18n import tr
from hoso.kinds import FieldBase, ScoringField, TableField
from hoso.kinds.choice import ChoiceField
from hoso.kinds.columns import Leaf
from hoso.kinds.mark import MarkField
from hoso.kinds.rows import Line, OpenRows, Row
from hoso.kinds.scoring import Score
from hoso.kinds.table import TOTAL, Figures
from hoso.problems import CODES, Level
from hoso.render.tables import ABSENT, cell_text, columns_shown, total_text
from hoso.text import shown_number
from hoso.validate import answer_faults

Value = dict[str, Any]
BLANK_ROW = ""


class Column(NamedTuple):
    """A printed column: the leaf it fills, and the option it stands for where a choice is shown as marks."""

    leaf: Leaf
    option: str | None
    label: str

    @property
    def heads(self) -> tuple[str, ...]:
        return (*self.leaf.heads, self.label)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pasted cell that could not be taken."""

    row: str
    column: str
    text: str
    why: str

    def said(self) -> str:
        return tr("{row}, {column}: “{text}”, {why}", row=self.row, column=self.column, text=self.text, why=self.why)


class TableGrid:
    """The cells of one table. Every change gives a whole new value, so that one step of undo takes it back."""

    def __init__(self, table: TableField, value: Value) -> None:
        self.table = table
        self.value = value
        self.columns = [Column(*shown) for shown in columns_shown(table)]
        self.figures = Figures(table, value)
        self.lines = self._lines()

    def _lines(self) -> list[Line]:
        if not isinstance(self.table.rows, OpenRows):
            lines = list(self.table.lines)
        else:
            # The blank row at the end is where a new one begins.
            lines = [*self.figures.lines, Line(BLANK_ROW, tr("new row"), "+", 0, False, Row(id="row"))]
        total = self.table.total
        if total is not None:
            lines.append(Line(TOTAL, total.label, "", 0, False, Row(id="total")))
        return lines

    @property
    def is_open(self) -> bool:
        return self.table.is_open

    def head(self, row: int) -> str:
        line = self.lines[row]
        return f"{'  ' * line.depth}{line.number + ' ' if line.number else ''}{line.label}"

    def text(self, row: int, column: int) -> str:
        line, (leaf, option, _) = self.lines[row], self.columns[column]
        if line.heading or line.name == BLANK_ROW:
            return ""
        if line.name == TOTAL:
            return total_text(self.figures, leaf, option)
        return cell_text(self.figures, line, leaf, option)

    def field(self, row: int, column: int) -> FieldBase | None:
        """What a cell takes; None where nothing may be written."""
        line, (leaf, _, _) = self.lines[row], self.columns[column]
        if line.heading:
            return None
        if line.name != TOTAL:
            return self.table.field_at(line, leaf)
        total = self.table.total
        wanted = total is not None and total.entered and (not total.columns or leaf.name in total.columns)
        field: FieldBase | None = leaf.field if wanted and leaf.field.type == "number" else None
        return field

    def is_number(self, column: int) -> bool:
        return bool(self.columns[column].leaf.field.type == "number")

    def toggles(self, row: int, column: int) -> bool:
        """Whether a cell is filled by x or nothing."""
        return self.columns[column].option is not None or isinstance(self.field(row, column), MarkField)

    # ---- changes: each gives the new value --------------------------------------------------------------

    def typed(self, row: int, column: int, text: str) -> Value:
        """Keeps what was typed into a cell; blank forgets it."""
        made, (leaf, option, _) = self.field(row, column), self.columns[column]
        if made is None:
            return self.value
        if option is not None:
            kept: Any = option if text.strip() else None
        elif not text.strip():
            kept = None
        elif self.lines[row].row.many and not isinstance(made, ChoiceField):
            kept = [made.read(piece.strip()) for piece in text.split(";") if piece.strip()]
        else:
            kept = made.read(text)
        return self._with(row, leaf.name, kept)

    def toggled(self, row: int, column: int) -> Value:
        return self.typed(row, column, "" if self.text(row, column) else "x")

    def absent(self, row: int, column: int, reason: str, because: str = "") -> Value:
        if self.field(row, column) is None:
            return self.value
        return self._with(row, self.columns[column].leaf.name, Answer(absent=reason, because=because).as_raw())

    def _with(self, row: int, column: str, kept: Any) -> Value:
        value = deepcopy(self.value)
        name = self.lines[row].name
        if name == BLANK_ROW:
            if kept is None:
                return self.value
            name = new_id(set(value))
            value = _before_total(value, name)
        cells = dict(value.get(name) or {})
        if kept is None:
            cells.pop(column, None)
        else:
            cells[column] = kept
        value[name] = self._ordered(cells)
        if not cells and not self.is_open:
            value.pop(name)
        return value

    def _ordered(self, cells: Value) -> Value:
        known = {column: cells[column] for column in self.table.leaves if column in cells}
        return known | cells

    def inserted(self, row: int) -> Value:
        """A new row before this one."""
        if not self.is_open:
            return self.value
        names = [line.name for line in self.figures.lines]
        names.insert(min(row, len(names)), new_id(set(self.value)))
        return self._in_order(names)

    def removed(self, row: int) -> Value:
        names = [line.name for line in self.figures.lines]
        if not self.is_open or row >= len(names):
            return self.value
        del names[row]
        return self._in_order(names)

    def moved(self, row: int, step: int) -> Value:
        """The row one place up or down; it keeps its id."""
        names, other = [line.name for line in self.figures.lines], row + step
        if not self.is_open or not (0 <= row < len(names) and 0 <= other < len(names)):
            return self.value
        names[row], names[other] = names[other], names[row]
        return self._in_order(names)

    def _in_order(self, names: list[str]) -> Value:
        value: Value = {name: deepcopy(self.value.get(name)) for name in names}
        return value | ({TOTAL: deepcopy(self.value[TOTAL])} if TOTAL in self.value else {})

    def pasted(self, row: int, column: int, text: str) -> tuple[Value, list[Refusal]]:
        """Takes a block copied from a spreadsheet in, from a cell on to the right and down. Cells that cannot be
        read, or that lie outside, are told and stay as they are."""
        grid, refused = self, list[Refusal]()
        for down, cells in enumerate(rows_of(text)):
            at = row + down
            if at >= len(grid.lines) or (grid.lines[at].name == TOTAL and grid.is_open):
                refused += [Refusal(str(at + 1), "", " ".join(cells), tr("there is no such row"))]
                continue
            grid = grid._taken_row(at, column, cells, refused)
        return grid.value, refused

    def _taken_row(self, row: int, column: int, cells: list[str], refused: list[Refusal]) -> TableGrid:
        value = self.value
        head = self.head(row).strip() or str(row + 1)
        grid: TableGrid = self
        for across, text in enumerate(cells):
            at = column + across
            label = self.columns[at].label if at < len(self.columns) else str(at + 1)
            why = grid.unfit(row, at, text) if at < len(self.columns) else tr("there is no such column")
            if why:
                refused.append(Refusal(head, label, text, why))
            elif text.strip() or grid.text(row, at):
                value = grid.typed(row, at, text)
                grid = TableGrid(self.table, value) if grid.lines[row].name == BLANK_ROW else grid._holding(value)
        return TableGrid(self.table, value)

    def _holding(self, value: Value) -> TableGrid:
        """The same rows over a changed value, without working the figures out again."""
        made = object.__new__(TableGrid)
        made.table, made.columns, made.lines, made.figures = self.table, self.columns, self.lines, self.figures
        made.value = value
        return made

    def unfit(self, row: int, column: int, text: str) -> str:
        """Why a pasted text cannot stand in a cell; empty where it can."""
        made = self.field(row, column)
        if not text.strip():
            return ""
        if made is None:
            return tr("this cell is computed or closed")
        if self.columns[column].option is not None:
            return "" if text.strip().lower() == "x" else tr("only x or nothing")
        faults = answer_faults(made, Answer(made.read(text)))
        worst = next((fault for fault in faults if CODES[fault.code].level is Level.ERROR), None)
        return tr(CODES[worst.code].message, **worst.params) if worst else ""


class ScoringGrid:
    """The criteria of a score sheet as rows with one column of points."""

    is_open = False

    def __init__(self, made: ScoringField, value: Value) -> None:
        self.made = made
        self.value = value
        self.names: list[str | None] = []
        self.heads: list[str] = []
        for group in made.groups:
            self.names.append(None)
            self.heads.append(f"{group.title} ({shown_number(group.at_most)})")
            for one in group.criteria:
                self.names.append(f"{group.id}.{one.id}")
                self.heads.append(f"  {one.title} ({shown_number(one.at_least)}…{shown_number(one.at_most)})")

    @property
    def lines(self) -> list[str]:
        return self.heads

    @property
    def columns(self) -> list[tuple[str, ...]]:
        return [(tr("Points"),)]

    def head(self, row: int) -> str:
        return self.heads[row]

    def text(self, row: int, column: int) -> str:  # noqa: ARG002
        answer = answer_of(self.value.get(self.names[row] or "")) or Answer()
        return ABSENT.get(answer.absent, "") if answer.absent else shown_number(answer.value or "")

    def field(self, row: int, column: int) -> FieldBase | None:  # noqa: ARG002
        name = self.names[row]
        return self.made.cells[name] if name else None

    def is_number(self, column: int) -> bool:  # noqa: ARG002
        return True

    def toggles(self, row: int, column: int) -> bool:  # noqa: ARG002
        return False

    def typed(self, row: int, column: int, text: str) -> Value:
        name, made = self.names[row], self.field(row, column)
        if name is None or made is None:
            return self.value
        value = {**self.value, name: made.read(text)}
        if not text.strip():
            value.pop(name)
        return {known: value[known] for known in self.made.criteria if known in value}

    def toggled(self, row: int, column: int) -> Value:  # noqa: ARG002
        return self.value

    def absent(self, row: int, column: int, reason: str, because: str = "") -> Value:  # noqa: ARG002
        name = self.names[row]
        return {**self.value, name: Answer(absent=reason, because=because).as_raw()} if name else self.value

    def inserted(self, row: int) -> Value:  # noqa: ARG002
        return self.value

    removed = inserted

    def moved(self, row: int, step: int) -> Value:  # noqa: ARG002
        return self.value

    def pasted(self, row: int, column: int, text: str) -> tuple[Value, list[Refusal]]:
        grid, refused = self, list[Refusal]()
        for down, cells in enumerate(rows_of(text)):
            at = row + down
            if at >= len(self.heads):
                refused.append(Refusal(str(at + 1), "", " ".join(cells), tr("there is no such row")))
            elif cells and cells[0].strip():
                grid = ScoringGrid(self.made, grid.typed(at, column, cells[0]))
        return grid.value, refused


Grid = TableGrid | ScoringGrid


def rows_of(text: str) -> list[list[str]]:
    """The rows and cells of a block copied from a spreadsheet: tabs between cells, quotes around line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return [row or [""] for row in csv.reader(io.StringIO(lines), delimiter="\t")]


def score_line(made: ScoringField, told: Score) -> str:
    """Points so far, the level they lead to, what is missing for the next, which cap holds."""
    labels = made.level_labels
    parts = [tr("{points} of {most} points", points=shown_number(_two(told.points)), most=shown_number(_two(told.of)))]
    if told.level:
        parts.append(tr("level: {level}", level=labels.get(told.level, told.level)))
    if told.next_level and told.to_next is not None:
        parts.append(
            tr(
                "{points} more for {level}",
                points=shown_number(_two(told.to_next)),
                level=labels.get(told.next_level, ""),
            )
        )
    parts += [tr("capped: {because}", because=cap.because or labels.get(cap.level, cap.level)) for cap in told.capped]
    if told.blanks:
        parts.append(tr("{count} criteria without points", count=told.blanks))
    return " · ".join(parts)


def _two(value: Any) -> str:
    text = f"{float(value):.2f}"
    return text.rstrip("0").rstrip(".")


def _before_total(value: Value, name: str) -> Value:
    total = value.pop(TOTAL, None)
    value[name] = {}
    return value | ({TOTAL: total} if total is not None else {})
