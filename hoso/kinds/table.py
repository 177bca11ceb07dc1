"""A table: columns, rows, totals, and the cells that a unit filled."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import PrivateAttr

from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.kinds.choice import ChoiceField, Option
from hoso.kinds.columns import Columns, Each, Group, Leaf, Lists, NumberColumn, leaves
from hoso.kinds.compute import BLANK, Quantity, added, change, quantity_of, rounded, share
from hoso.kinds.date import DateField
from hoso.kinds.mark import MarkField
from hoso.kinds.number import NumberField
from hoso.kinds.rows import EachRow, Line, OpenRows, Row, Rows, lines
from hoso.kinds.spec import Bool, Spec, Text
from hoso.kinds.text import TextField
from hoso.problems import Fault
from hoso.text import shown_number

TOTAL = "total"
_OF_ROW: dict[str, type[FieldBase]] = {"text": TextField, "number": NumberField, "date": DateField, "mark": MarkField}


class Total(Spec):
    """A row (or column) of sums. `entered`: the printed figure is kept too, and compared with the sum."""

    label: Text = ""
    entered: Bool = False
    columns: list[Text] = []


class Cell(NamedTuple):
    """Where a cell stands: the names of its row and its column."""

    row: str
    column: str


class TableField(FieldBase):
    type: Literal["table"]
    corner: Text = ""
    columns: Columns
    rows: Rows
    total: Total | None = None
    total_column: Total | None = None
    tabular: ClassVar[bool] = True

    _lists: Lists = PrivateAttr(default_factory=dict)
    _of_rows: dict[tuple[str, str, int | None], FieldBase] = PrivateAttr(default_factory=dict)

    def link(self, lists: dict[str, list[Option]]) -> None:
        """Gives the table the shared lists that its rows, columns and choices come from."""
        self._lists = lists
        for leaf in self.leaves.values():
            if isinstance(leaf.field, ChoiceField) and isinstance(leaf.field.options, str):
                leaf.field.link(lists.get(leaf.field.options, []))

    def lacks_lists(self) -> bool:
        """Whether a shared list from which rows or columns are generated is not known, and so not what they are."""
        return any(name not in self._lists for name in self._generating())

    def _generating(self) -> Iterator[str]:
        generated = [self.rows] if isinstance(self.rows, EachRow) else []
        names = (each.list_name() for each in [*generated, *_generated(self.columns)])
        yield from (name for name in names if name is not None)

    def list_names(self) -> Iterator[str]:
        """The shared lists that the table needs."""
        yield from self._generating()
        for leaf in self.leaves.values():
            if isinstance(leaf.field, ChoiceField) and isinstance(leaf.field.options, str):
                yield leaf.field.options

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        """The columns that are filled, by whole name, in order; the column of totals is the last."""
        found = {leaf.name: leaf for leaf in leaves(self.columns, self._lists)}
        if self.total_column is not None:
            found[TOTAL] = self._total_leaf(self.total_column, found)
        return found

    def _total_leaf(self, total: Total, found: dict[str, Leaf]) -> Leaf:
        """The column of totals: a sum of the figures beside it, or, where it is entered, compared with that sum."""
        figures = [leaf for leaf in found.values() if leaf.field.type == "number" and leaf.field.compute is None]
        summed = total.columns or [leaf.name for leaf in figures]
        decimals = max((leaf.field.decimals for leaf in figures if leaf.name in summed), default=0)
        compute = {"sum": summed, "decimals": str(decimals), "entered": total.entered}
        keys = {"id": TOTAL, "type": "number", "label": total.label, "decimals": str(decimals), "compute": compute}
        return Leaf(TOTAL, NumberColumn.model_validate(keys), ())

    @cached_property
    def lines(self) -> list[Line]:
        return list(lines(self.rows, self._lists))

    @cached_property
    def has_private(self) -> bool:
        """Whether some rows or columns are private, where the table as a whole is not."""
        fields = (leaf.field.private for leaf in self.leaves.values())
        return not self.private and (any(fields) or any(line.row.private for line in self.lines))

    @property
    def is_open(self) -> bool:
        return isinstance(self.rows, OpenRows)

    def filled_lines(self, value: dict[str, Any]) -> list[Line]:
        """The rows that hold cells: those of the definition, or the unit's own in the order they are kept."""
        if not isinstance(self.rows, OpenRows):
            return [line for line in self.lines if not line.heading]
        names = [name for name in value if name != TOTAL]
        numbered = self.rows.number is not None
        return [
            Line(name, "", str(place) if numbered else "", 0, False, Row(id="row"))
            for place, name in enumerate(names, 1)
        ]

    def field_at(self, line: Line, leaf: Leaf) -> FieldBase | None:
        """What may stand in a cell; None for one that is closed or computed."""
        compute = getattr(leaf.field, "compute", None)
        if leaf.name in line.row.closed or (compute is not None and not compute.entered):
            return None
        kind = line.row.type
        if kind is None or kind == leaf.field.type or kind not in _OF_ROW:
            field: FieldBase = leaf.field
            return field
        known = (leaf.name, kind, line.row.lines)
        if known not in self._of_rows:
            keys = {"id": leaf.field.id, "type": kind, "label": leaf.field.label, "required": leaf.field.required}
            if kind == "text" and line.row.lines is not None:
                keys["lines"] = line.row.lines
            self._of_rows[known] = _OF_ROW[kind].model_validate(keys)
        return self._of_rows[known]

    def faults(self, value: Any) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault("table-shape")

    def wants(self) -> list[str]:
        if not isinstance(self.rows, OpenRows):
            return [
                tr(
                    "a table of {rows} rows and {columns} columns",
                    rows=len(self.filled_lines({})),
                    columns=len(self.leaves),
                )
            ]
        out = [tr("a table of {columns} columns with as many rows as needed", columns=len(self.leaves))]
        if self.rows.at_least:
            out.append(tr("at least {count} rows", count=self.rows.at_least))
        if self.rows.at_most is not None:
            out.append(tr("at most {count} rows", count=self.rows.at_most))
        return out


def _generated(columns: Columns) -> Iterator[Each]:
    for entry in [columns] if isinstance(columns, Each) else columns:
        if isinstance(entry, Each):
            yield entry
        elif isinstance(entry, Group):
            yield from _generated(entry.columns)


class Figures:
    """The figures of one filled table: as given, and as computed."""

    def __init__(self, table: TableField, value: dict[str, Any]) -> None:
        self.table = table
        self.value = value
        self.lines = table.filled_lines(value)
        self.names = [line.name for line in self.lines]
        self._known: dict[Cell, Quantity] = {}
        self._open: set[Cell] = set()

    def after(self, value: dict[str, Any], changed: set[str]) -> Figures:
        """The same rows over a value in which only these rows changed; figures of the others are kept."""
        made = object.__new__(Figures)
        made.table, made.value, made.lines, made.names, made._open = self.table, value, self.lines, self.names, set()
        made._known = {cell: known for cell, known in self._known.items() if cell.row not in changed}
        return made

    def raw(self, row: str, column: str) -> Any:
        kept = self.value.get(row)
        return kept.get(column) if isinstance(kept, dict) else None

    def at(self, row: str, column: str) -> Quantity:
        """The figure of a cell. A cell that depends on itself has none; that is told when the definition is read."""
        cell = Cell(row, column)
        if cell not in self._known:
            if cell in self._open:
                return BLANK
            self._open.add(cell)
            self._known[cell] = self._find(row, column)
            self._open.discard(cell)
        return self._known[cell]

    def _find(self, row: str, column: str) -> Quantity:
        leaf = self.table.leaves.get(column)
        if leaf is None:
            return BLANK
        if row == TOTAL:
            return self.total(column)
        made = leaf.field
        if isinstance(made, NumberColumn) and made.compute is not None:
            return self._computed(row, column, made)
        return quantity_of(self.raw(row, column))

    @cached_property
    def rows(self) -> frozenset[str]:
        """The names of all rows, the total's included."""
        return frozenset({*self.names, TOTAL})

    def column(self, column: str) -> list[Quantity]:
        return [self.at(name, column) for name in self.names]

    def total(self, column: str) -> Quantity:
        """The sum of a column; of a share, the share of the sums."""
        made = self.table.leaves[column].field
        compute = getattr(made, "compute", None)
        if compute is not None and compute.share:
            return share(
                self.total(self._sibling(column, compute.share)), self.total(self._sibling(column, compute.of))
            )
        return added(self.column(column))

    def entered_total(self, column: str) -> Quantity:
        return quantity_of(self.raw(TOTAL, column))

    def _computed(self, row: str, column: str, made: NumberColumn) -> Quantity:
        compute = made.compute
        assert compute is not None
        if compute.sum is not None:
            return added([self.at(row, self._sibling(column, name)) for name in compute.sum])
        if compute.share is not None:
            return share(
                self.at(row, self._sibling(column, compute.share)),
                self.at(row, self._sibling(column, compute.of or "")),
            )
        if compute.change is not None:
            return self._changed(row, column, compute.change, compute.in_)
        if compute.count is not None:
            return Quantity(Fraction(self.raw(row, self._sibling(column, compute.count)) not in (None, "")))
        return self._by_formula(row, column, made)

    def _changed(self, row: str, column: str, name: str, how: Literal["figures", "percent", "points"]) -> Quantity:
        other = self._sibling(column, name)
        leaf = self.table.leaves.get(other)
        if leaf is not None and leaf.field.time:
            times = [one for one, found in self.table.leaves.items() if found.field.time]
            place = times.index(other)
            return change(self.at(row, other), self.at(row, times[place - 1]), how) if place else BLANK
        place = self.names.index(row)
        return change(self.at(row, other), self.at(self.names[place - 1], other), how) if place else BLANK

    def _by_formula(self, row: str, column: str, made: NumberColumn) -> Quantity:
        formula = made.compute.formula if made.compute else None
        if formula is None:
            return BLANK
        result = formula.value(lambda name: self._named(row, column, name))
        return Quantity(Fraction(result)) if isinstance(result, Decimal | Fraction) else BLANK

    def _named(self, row: str, column: str, name: str) -> Any:
        quantity = self.at(row, self._sibling(column, name))
        return quantity.value

    def _sibling(self, column: str, name: str | None) -> str:
        """The column that a name means beside another: of the same group first, then of the whole table."""
        if name is None:
            return ""
        prefix, _, _ = column.rpartition(".")
        near = f"{prefix}.{name}" if prefix else name
        return near if near in self.table.leaves else name


def shown_quantity(quantity: Quantity, decimals: int) -> str:
    """A computed figure as readers write it, rounded half up; with how many are pending."""
    if quantity.value is None:
        return ""
    value = rounded(quantity.value, decimals)
    text = shown_number(Decimal(value.numerator) / Decimal(value.denominator), decimals or None)
    return tr("{figure} so far", figure=text) if quantity.pending else text
