"""The cells of one table being edited. Values are never changed in place: every change gives a new one, which shares
the rows that stay as they are, so that one step of undo takes it back and a key costs no more in a large table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from hoso.dossiers import Answer, answer_of, new_id
from hoso.i18n import tr
from hoso.kinds import FieldBase, TableField
from hoso.kinds.choice import ChoiceField
from hoso.kinds.columns import Leaf
from hoso.kinds.mark import MarkField, is_mark
from hoso.kinds.rows import Line, OpenRows, Row
from hoso.kinds.table import TOTAL, Figures
from hoso.render.tables import Head, cell_text, columns_shown, heads, total_text
from tui.grids.cells import BREAK, RowHead, Sort, Value, edited, read, takes_lines, unreadable

NEW_ROW = ""
Cells = Mapping[str, Mapping[str, Any]]  # row → column → what is kept, None to forget it


class Column(NamedTuple):
    """A printed column: the leaf it fills, and the option it stands for where a choice is shown as marks."""

    leaf: Leaf
    option: str | None
    label: str


class TableGrid:
    """Rows and columns are counted from 0, headings, the total and the blank row for a new one included."""

    def __init__(self, table: TableField, value: Value) -> None:
        self.table = table
        self.columns = [Column(*shown) for shown in columns_shown(table)]
        self._load(value)

    def _load(self, value: Value) -> None:
        self.value = value
        self.figures = Figures(self.table, value)
        self.lines = self._lines()
        self._row_of = {line.name: row for row, line in enumerate(self.lines)}
        self._texts: dict[str, dict[tuple[str, str | None], str]] = {}

    def _lines(self) -> list[Line]:
        if not isinstance(self.table.rows, OpenRows):
            lines = list(self.table.lines)
        else:
            # The blank row at the end is where a new one begins.
            lines = [*self.figures.lines, Line(NEW_ROW, "", "+", 0, False, Row(id="row"))]
        total = self.table.total
        if total is not None:
            lines.append(Line(TOTAL, total.label or tr("Total"), "", 0, False, Row(id="total")))
        return lines

    def take(self, value: Value) -> list[int] | None:
        """Takes another value in. Gives the rows in which something may look different, None if the rows are others."""
        if value is self.value:
            return []
        if list(value) != list(self.value) and (self.is_open or value.keys() - self.value.keys() - set(self._row_of)):
            self._load(value)
            return None
        names = [name for name in {**self.value, **value} if value.get(name) is not self.value.get(name)]
        columns = {column for name in names for column in self._changed_columns(name, value)}
        rows = sorted({row for name in names for row in self._touched(name)})
        self.figures = self.figures.after(value, {self.lines[row].name for row in rows} | {TOTAL})
        self.value = value
        for row in rows:
            self._texts.pop(self.lines[row].name, None)
        self._forget_totals(columns)
        return rows + ([self._row_of[TOTAL]] if TOTAL in self._row_of and names else [])

    def _changed_columns(self, name: str, value: Value) -> set[str]:
        old, new = self.value.get(name) or {}, value.get(name) or {}
        if not isinstance(old, dict) or not isinstance(new, dict):
            return set(self.table.leaves)
        return {column for column in {**old, **new} if old.get(column) != new.get(column)}

    def _touched(self, name: str) -> Iterable[int]:
        """The row itself and the one below, whose change from the one before is computed."""
        row = self._row_of.get(name)
        return () if row is None else range(row, min(row + 2, len(self.lines)))

    def _forget_totals(self, columns: set[str]) -> None:
        known = self._texts.get(TOTAL, {})
        for column, option in list(known):
            if column in columns or getattr(self.table.leaves[column].field, "compute", None) is not None:
                del known[column, option]

    # ---- what is there ----------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.table.is_open

    @property
    def corner(self) -> str:
        return self.table.corner

    @property
    def rows_filled(self) -> int:
        """How many rows there are that can be moved or removed."""
        return len(self.figures.lines) if self.is_open else 0

    def heads(self) -> list[list[Head]]:
        return heads(self.table)

    def measure(self, column: int) -> str:
        made = self.columns[column]
        return getattr(made.leaf.field, "measure", "") if made.option is None else ""

    def label(self, column: int) -> str:
        made = self.columns[column]
        group = made.leaf.field.label if made.option is not None else ""
        return " · ".join(part for part in (*made.leaf.heads, group, made.label) if part)

    def head(self, row: int) -> RowHead:
        line = self.lines[row]
        if line.name == TOTAL:
            return RowHead("Σ", line.label, 0, "total")
        if line.name == NEW_ROW:
            return RowHead(line.number, line.label, 0, "new")
        number = str(row + 1) if self.is_open else line.number
        return RowHead(number, line.label, line.depth, "heading" if line.heading else "row")

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        line, (leaf, option, _) = self.lines[row], self.columns[column]
        if line.heading or line.name == NEW_ROW:
            return ""
        known = self._texts.setdefault(line.name, {})
        if (leaf.name, option) not in known:
            if line.name == TOTAL:
                text = total_text(self.figures, leaf, option)
            else:
                text = cell_text(self.figures, line, leaf, option)
            known[leaf.name, option] = text.replace("\n", BREAK)
        return known[leaf.name, option]

    def edited(self, row: int, column: int) -> str:
        """The same as it is edited."""
        made = self.field(row, column)
        if made is None or self.columns[column].option is not None:
            return ""
        return edited(made, self.answer(row, column), many=self.is_many(row, column))

    def answer(self, row: int, column: int) -> Answer:
        raw = self.figures.raw(self.lines[row].name, self.columns[column].leaf.name)
        return answer_of(raw) or Answer()

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

    def sort(self, row: int, column: int) -> Sort:
        line, leaf = self.lines[row], self.columns[column].leaf
        if line.heading:
            return Sort.HEADING
        if self.field(row, column) is not None:
            return Sort.OPEN
        if line.name == TOTAL:
            total = self.table.total
            left_out = total is None or (total.columns and leaf.name not in total.columns)
            added = leaf.field.type == "number" or self.columns[column].option is not None
            return Sort.COMPUTED if added and not left_out else Sort.CLOSED
        return Sort.CLOSED if leaf.name in line.row.closed else Sort.COMPUTED

    def is_number(self, row: int, column: int) -> bool:
        kind = self.lines[row].row.type or self.columns[column].leaf.field.type
        return bool(kind == "number")

    def is_many(self, row: int, column: int) -> bool:
        """Whether a cell holds several values."""
        return self.lines[row].row.many or self.columns[column].leaf.field.many

    def takes_lines(self, row: int, column: int) -> bool:
        return self.is_many(row, column) or takes_lines(self.field(row, column))

    def toggles(self, row: int, column: int) -> bool:
        """Whether a cell is filled by x or nothing."""
        return self.columns[column].option is not None or isinstance(self.field(row, column), MarkField)

    def options(self, row: int, column: int) -> dict[str, str]:
        """What can be picked in a cell, by id; empty where it is not picked from a list."""
        made = self.field(row, column)
        return made.labels if isinstance(made, ChoiceField) and self.columns[column].option is None else {}

    def wants(self, row: int, column: int) -> list[str]:
        made = self.field(row, column)
        words = made.wants() if made is not None else []
        return [*words, tr("several, separated by “;”")] if words and self.is_many(row, column) else words

    def row_name(self, row: int) -> str:
        return self.lines[row].name

    def row_of(self, name: str) -> int | None:
        return self._row_of.get(name)

    def address(self, row: int, column: int) -> str:
        """Where problems of a cell are told."""
        return f"{self.lines[row].name}.{self.columns[column].leaf.name}"

    def place(self, address: str) -> tuple[int, int | None] | None:
        """The row and column that a problem's address means; the column is None where it is about the row."""
        for row, line in enumerate(self.lines):
            if line.name and (address == line.name or address.startswith(f"{line.name}.")):
                name = address[len(line.name) + 1 :]
                found = next((place for place, one in enumerate(self.columns) if one.leaf.name == name), None)
                if not name or found is not None:
                    return row, found
        return None

    def rivals(self, marked: Collection[int]) -> list[int]:
        """Of columns that are to be marked in one row, those that exclude each other: options of the same choice."""
        choices = Counter(self.columns[column].leaf.name for column in marked if self.columns[column].option)
        return [
            column for column in marked if self.columns[column].option and choices[self.columns[column].leaf.name] > 1
        ]

    # ---- changes: each gives the new value --------------------------------------------------------------

    def kept(self, row: int, column: int, text: str) -> Any:
        """What is kept of a text in a cell."""
        option = self.columns[column].option
        if option is not None:
            return option if is_mark(text) else None
        made = self.field(row, column)
        return None if made is None else read(made, text, many=self.is_many(row, column))

    def unfit(self, row: int, column: int, text: str) -> str:
        """Why a pasted text cannot stand in a cell; empty where it can."""
        made = self.field(row, column)
        if made is None:
            computed = self.sort(row, column) is Sort.COMPUTED
            return tr("this cell is computed") if computed else tr("this cell is not to be filled")
        if not text.strip():
            return ""
        if self.columns[column].option is not None:
            return "" if is_mark(text) else tr("only x or nothing")
        return unreadable(made, self.kept(row, column, text))

    def typed(self, row: int, column: int, text: str) -> Value:
        """Keeps what was typed into a cell; blank forgets it."""
        if self.field(row, column) is None:
            return self.value
        return self.put(row, column, self.kept(row, column, text))

    def put(self, row: int, column: int, kept: Any) -> Value:
        return self.filled([(row, {column: kept})])

    def toggled(self, row: int, column: int) -> Value:
        return self.typed(row, column, "" if self.text(row, column) else "x")

    def absent(self, row: int, column: int, reason: str, because: str = "") -> Value:
        if self.field(row, column) is None:
            return self.value
        return self.put(row, column, Answer(absent=reason, because=because).as_raw())

    def slot(self, row: int, down: int) -> int | None:
        """The row in which the n-th line of a block comes to stand; behind the last open row, the blank row."""
        last = self.rows_filled
        if self.is_open and row <= last:
            return min(row + down, last)
        return row + down if row + down < len(self.lines) else None

    def filled(self, rows: Iterable[tuple[int, Mapping[int, Any]]]) -> Value:
        """The value with cells changed row by row: column → what is kept. Each blank row makes a new one."""
        cells: dict[str, dict[str, Any]] = {}
        for row, changes in rows:
            name = self.lines[row].name
            if name == NEW_ROW:
                if all(kept is None for kept in changes.values()):
                    continue
                name = self.new_id(cells)
            cells.setdefault(name, {}).update(self._by_leaf(name, changes))
        return self.written(cells)

    def _by_leaf(self, name: str, changes: Mapping[int, Any]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for column, kept in changes.items():
            leaf, option, _ = self.columns[column]
            if option is None or kept is not None:
                out[leaf.name] = kept
            elif out.get(leaf.name, self.figures.raw(name, leaf.name)) == option:
                out[leaf.name] = None  # a blank takes away its own x, not that of the column beside it
        return out

    def new_id(self, taken: Iterable[str] = ()) -> str:
        return new_id({*self.value, *taken})

    def written(self, cells: Cells) -> Value:
        """The value with some cells changed; rows that are not there yet are added at the end."""
        value = dict(self.value)
        for name, changes in cells.items():
            old = value.get(name) or {}
            row = {column: kept for column, kept in {**old, **changes}.items() if kept is not None}
            if row == old:
                value.setdefault(name, row or None) if self.is_open else None
            elif row or self.is_open:
                value[name] = self._ordered(row) or None
            else:
                value.pop(name, None)
        return self._total_last(value)

    def _total_last(self, value: Value) -> Value:
        if TOTAL not in value or next(reversed(value)) == TOTAL:
            return value
        return {name: row for name, row in value.items() if name != TOTAL} | {TOTAL: value[TOTAL]}

    def _ordered(self, cells: Value) -> Value:
        known = {column: cells[column] for column in self.table.leaves if column in cells}
        return known | cells

    # ---- rows -------------------------------------------------------------------------------------------

    def inserted(self, row: int, count: int = 1) -> Value:
        """New rows before this one."""
        if not self.is_open:
            return self.value
        names = self._names()
        place = min(row, len(names))
        for _ in range(count):
            names.insert(place, self.new_id(names))
        return self._in_order(names)

    def removed(self, row: int, count: int = 1) -> Value:
        names = self._names()
        if not self.is_open or row >= len(names):
            return self.value
        del names[row : row + count]
        return self._in_order(names)

    def moved(self, row: int, step: int, count: int = 1) -> Value:
        """So many rows one place up (-1) or down (1); they keep their ids."""
        names = self._names()
        other = row - 1 if step < 0 else row + count
        if not self.is_open or row + count > len(names) or not 0 <= other < len(names):
            return self.value
        names.insert(row + count - 1 if step < 0 else row, names.pop(other))
        return self._in_order(names)

    def _names(self) -> list[str]:
        return list(self.figures.names)

    def _in_order(self, names: list[str]) -> Value:
        value: Value = {name: self.value.get(name) for name in names}
        return value | ({TOTAL: self.value[TOTAL]} if TOTAL in self.value else {})
