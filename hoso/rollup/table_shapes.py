"""Tables over many units: of the same rows, cell by cell; of rows that each unit writes, their totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hoso.i18n import tr
from hoso.kinds import ChoiceField, MarkField, NumberField, TableField
from hoso.kinds.columns import Leaf
from hoso.kinds.compute import BLANK, Quantity, added, share
from hoso.kinds.keeping_private import public_value
from hoso.kinds.table import TOTAL, Figures
from hoso.rollup.cells import LEFT_OUT, Cell, Entry, Lacks, Tally, entry_of, entry_of_quantity
from hoso.rollup.lacking import (
    entry_of_computed,
    excepted,
    is_withheld,
    known,
    needs_of,
    sibling,
    state_of,
    without,
)
from hoso.rollup.shape import (
    ROWS,
    Column,
    How,
    Line,
    Shape,
    Sums,
    chosen,
    decimals_of,
    is_added,
    is_added_inside,
)


class _Summed(Figures):
    """A table whose cells are the sums of many units; what is computed, is computed from these."""

    def __init__(self, shape: TableShape, sums: Sums, *, alike: bool = False) -> None:
        """`alike`: every sum is of the same units, so that any figure can be computed from them."""
        super().__init__(shape.table, {})
        self.shape, self.sums, self.alike = shape, sums, alike

    def _find(self, row: str, column: str) -> Quantity:
        if row != TOTAL and (row, column) in self.shape.kinds:
            found = self.sums.get((row, column))
            return found.quantity if found else BLANK
        if row != TOTAL and column in self.shape.left_out:
            return BLANK
        if (row, column) in self.shape.needs and not self.alike:
            return self.shape.of_same_units(self.sums, (row, column)).at(row, column)
        return super()._find(row, column)

    def total(self, column: str) -> Quantity:
        made = self.table.leaves[column].field
        compute = getattr(made, "compute", None)
        if compute is None or not compute.share or self.alike:
            return super().total(column)
        some = [(name, self.shape.of_same_units(self.sums, (name, column))) for name in self.names]
        parts, bases = (
            [of.at(name, self._sibling(column, wanted)) for name, of in some] for wanted in (compute.share, compute.of)
        )
        return share(added(parts), added(bases))


class TableShape(Shape):
    """A table of fixed rows: cell by cell. A choice has a column an option."""

    def __init__(self, address: str, table: TableField) -> None:
        super().__init__(address, table.name)
        self.table = table
        self.kinds = {
            (line.name, leaf.name): kind
            for line in table.lines if not line.heading
            for leaf in table.leaves.values() if (kind := self._kind(line, leaf))
        }  # fmt: skip
        self.cells = list(self.kinds)
        self.needs = needs_of(table, self.kinds)
        inside = [cell for cell, kind in self.kinds.items() if kind == "inside"]
        computed = {column for _, column in (*self.needs, *inside)}
        self.marked = frozenset({*self.needs, *inside, *((TOTAL, column) for column in computed)})
        self.left_out = {
            name for name, leaf in table.leaves.items()
            if isinstance(leaf.field, NumberField) and leaf.field.compute is None and not is_added(leaf.field)
        }  # fmt: skip
        self.columns = [made for leaf in table.leaves.values() for made in _columns(leaf, self._is_shown(leaf))]
        used = {row for row, _ in self.kinds}
        self.lines = [
            Line(line.name, line.label, line.number, line.depth, line.heading)
            for line in table.lines if line.heading or line.name in used
        ]  # fmt: skip
        if table.total is not None:
            allowed = table.total.columns
            self.totalled = frozenset(
                one.id for one in self.columns if not allowed or one.id in allowed or one.how == "count"
            )
        elif len(used) == 1:
            self.totalled = frozenset(one.id for one in self.columns)
        self.added = frozenset(cell for cell, kind in self.kinds.items() if kind in ("sum", "inside"))
        self.sensitive = frozenset(_sensitive_cells(table, self.kinds))

    def _kind(self, line: Any, leaf: Leaf) -> str:
        made = self.table.field_at(line, leaf)
        if made is None:
            compute = getattr(leaf.field, "compute", None)
            closed = leaf.name in line.row.closed
            return "inside" if compute is not None and not closed and is_added_inside(compute) else ""
        if isinstance(made, NumberField):
            return "sum" if is_added(made) else ""
        return "choice" if isinstance(made, ChoiceField) else "mark" if isinstance(made, MarkField) else ""

    def _is_shown(self, leaf: Leaf) -> bool:
        return any(column == leaf.name for _, column in self.kinds) or (
            isinstance(leaf.field, NumberField) and leaf.field.compute is not None
        )

    def entries(self, raw: Any) -> Iterator[tuple[str, str, Entry]] | Entry:
        if not isinstance(raw, dict):
            return iter(())
        if "absent" in raw:
            return f"={raw['absent']}"
        return self._cells(public_value(self.table, raw))

    def _cells(self, value: dict[str, Any]) -> Iterator[tuple[str, str, Entry]]:
        figures, given = Figures(self.table, value), dict[Cell, Entry]()
        for (row, column), kind in self.kinds.items():
            raw = figures.raw(row, column)
            if kind == "inside":
                made = self._inside(figures, row, column)
            elif raw is None:
                continue
            elif kind == "sum":
                made = entry_of(raw)
            else:
                yield from _counted(row, column, raw, self.table.leaves[column])
                continue
            if made is not None:
                given[row, column] = made
        if given:
            given |= dict(self._exceptions(figures, given))
            given |= _in_totals(given, self.marked)
        yield from ((row, column, made) for (row, column), made in given.items())

    def _inside(self, figures: Figures, row: str, column: str) -> Entry | None:
        compute = getattr(self.table.leaves[column].field, "compute", None)
        names = [sibling(self.table, column, name) for name in compute.names] if compute and not compute.count else []
        withheld = sum(is_withheld(figures.raw(row, name)) for name in names)
        return entry_of_computed(figures.at(row, column), [figures.at(row, name) for name in names], withheld)

    def _exceptions(self, figures: Figures, given: Mapping[Cell, Entry]) -> Iterator[tuple[Cell, Entry]]:
        """What this unit gives to sums of which a computed cell is not computed, for the unit lacks another figure."""
        for cell, needs in self.needs.items():
            withheld = sum(is_withheld(figures.raw(*one)) for one in needs.filled)
            state = state_of([figures.at(*one) for one in needs.direct], withheld)
            if state:
                yield cell, f"={state}"
                yield from ((excepted(cell, one), given[one]) for one in needs.filled if one in given)

    def quantity(self, sums: Sums, row: str, column: str) -> Quantity:
        if (row, column) in self.kinds or column not in self.table.leaves:
            return super().quantity(sums, row, column)
        return self.figures(sums).at(row, column)

    def figures(self, sums: Sums) -> Figures:
        return _Summed(self, sums)

    def of_same_units(self, sums: Sums, cell: Cell) -> Figures:
        """The table over those units alone that have all figures of which a cell is computed."""
        return _Summed(self, without(sums, cell, self.needs[cell].filled if cell in self.needs else ()), alike=True)

    def exceptions(self, row: str, column: str) -> Iterator[tuple[Cell, Cell]]:
        for name in [line.id for line in self.filled()] if row == TOTAL else [row]:
            cell = name, column
            yield from ((cell, need) for need in (self.needs[cell].filled if cell in self.needs else ()))

    def lacks(self, sums: Sums, row: str, column: str) -> Lacks:
        if row == TOTAL and (row, column) not in self.marked:
            return _together(self.lacks(sums, line.id, column) for line in self.filled())
        compute = getattr(self.table.leaves[column].field, "compute", None) if column in self.table.leaves else None
        if compute is not None and compute.sum is not None and (row, column) not in self.kinds:
            return _together(self.lacks(sums, row, sibling(self.table, column, name)) for name in compute.sum)
        return super().lacks(sums, row, column)

    def total(self, sums: Sums, column: str) -> Quantity | None:
        if column not in self.totalled:
            return None
        if column in self.table.leaves and isinstance(self.table.leaves[column].field, NumberField):
            return self.figures(sums).total(column) if column not in self.left_out else None
        return added([super(TableShape, self).quantity(sums, line.id, column) for line in self.filled()])


def _together(some: Iterable[Lacks]) -> Lacks:
    pending, withheld, left_out = (sum(many) for many in zip((0, 0, 0), *some, strict=True))
    return pending, withheld, left_out


def _in_totals(given: Mapping[Cell, Entry], marked: frozenset[Cell]) -> dict[Cell, Entry]:
    """A unit that lacks something in any row of a computed column lacks it in the column's total, once."""
    found = [(row, column) for row, column in given if (row, column) in marked and given[row, column][0] == "="]
    return {(TOTAL, column): f"={LEFT_OUT}" for _, column in found if given[_, column] != "=not_applicable"}


def _columns(leaf: Leaf, shown: bool) -> Iterator[Column]:
    made = leaf.field
    if not shown:
        return
    if isinstance(made, ChoiceField):
        for name, label in made.labels.items():
            yield Column(f"{leaf.name}.{name}", label, (*leaf.heads, made.name), "count", 0, "", leaf.field.time)
        return
    how: How = "sum" if is_added(made) else "computed" if isinstance(made, NumberField) and made.compute else "count"
    if not isinstance(made, NumberField | MarkField):
        how = "sum"  # a row gives its own type in a column of texts
    decimals = decimals_of(made) if isinstance(made, NumberField) else 0
    yield Column(leaf.name, made.name, leaf.heads, how, decimals, getattr(made, "measure", ""), leaf.field.time)


def _counted(row: str, column: str, raw: Any, leaf: Leaf) -> Iterator[tuple[str, str, Entry]]:
    choice = isinstance(leaf.field, ChoiceField)
    known = set(leaf.field.labels) if choice else {"x"}
    for _, option, entry in chosen(raw, known):
        if not option:
            yield row, column, entry
        elif choice:
            yield row, f"{column}.{option}", entry


def _sensitive_cells(table: TableField, kinds: Mapping[Cell, str]) -> Iterator[Cell]:
    rows = {line.name for line in table.lines if line.row.sensitive}
    columns = {name for name, leaf in table.leaves.items() if leaf.field.sensitive}
    for row, column in kinds:
        inside = any(f"{row}.".startswith(f"{one}.") for one in rows)
        if table.sensitive or inside or column in columns:
            made = table.leaves[column].field
            yield from (
                ((row, f"{column}.{name}") for name in made.labels)
                if isinstance(made, ChoiceField)
                else [(row, column)]
            )


class OpenShape(Shape):
    """A table with as many rows as each unit needs: how many there are, the sums of its columns, options counted."""

    total_row = ""

    def __init__(self, address: str, table: TableField) -> None:
        super().__init__(address, table.name)
        self.table = table
        self.summed = [name for name, leaf in table.leaves.items() if self._is_summed(leaf)]
        self.counted = {
            name: leaf for name, leaf in table.leaves.items() if isinstance(leaf.field, ChoiceField | MarkField)
        }
        rows = Column(ROWS, tr("Rows"), (), "sum")
        self.shares = {name: needs for name, made in self._shares().items() if (needs := self._needs(name, made))}
        self.marked = frozenset(("", name) for name in self.shares)
        wanted = {*self.summed, *self.counted, *self._shares()}
        self.columns = [rows, *(made for leaf in table.leaves.values() for made in _columns(leaf, leaf.name in wanted))]
        self.lines = [Line("", table.name)]
        self.cells = [("", ROWS), *(("", name) for name in self.summed)]
        self.totalled = frozenset(one.id for one in self.columns)
        marked = {name for name, leaf in table.leaves.items() if leaf.field.sensitive}
        told = [
            one.id for one in self.columns if table.sensitive or one.id in marked or one.id.rpartition(".")[0] in marked
        ]
        self.added = frozenset(("", name) for name in self.summed)
        self.sensitive = frozenset(("", name) for name in told)

    @staticmethod
    def _is_summed(leaf: Leaf) -> bool:
        compute = getattr(leaf.field, "compute", None)
        return is_added(leaf.field) or (compute is not None and compute.sum is not None)

    def _shares(self) -> dict[str, Any]:
        found = {name: getattr(leaf.field, "compute", None) for name, leaf in self.table.leaves.items()}
        return {name: made for name, made in found.items() if made is not None and made.share is not None}

    def _needs(self, name: str, made: Any) -> tuple[str, str]:
        part, base = (sibling(self.table, name, one) for one in (made.share, made.of))
        return part, base

    def entries(self, raw: Any) -> Iterator[tuple[str, str, Entry]] | Entry:
        if not isinstance(raw, dict):
            return iter(())
        return f"={raw['absent']}" if "absent" in raw else self._cells(public_value(self.table, raw))

    def _cells(self, value: dict[str, Any]) -> Iterator[tuple[str, str, Entry]]:
        figures = Figures(self.table, value)
        rows = [name for name in figures.names if value.get(name)]
        if not rows:
            return
        yield "", ROWS, str(len(rows))
        for name in self.summed:
            if (made := entry_of_quantity(figures.total(name))) is not None:
                yield "", name, made
        yield from self._exceptions(figures)
        for name, leaf in self.counted.items():
            found = [entry for row in rows for entry in _counted("", name, figures.raw(row, name), leaf)]
            for cell in sorted({(row, column) for row, column, entry in found if entry == "1"}):
                if isinstance(leaf.field, MarkField) or cell[1] != name:
                    yield *cell, str(found.count((*cell, "1")))

    def _exceptions(self, figures: Figures) -> Iterator[tuple[str, str, Entry]]:
        """What rows that lack one of the two figures of a share give to the sums of which it is not computed."""
        for name, needs in self.shares.items():
            rows = {row: [figures.at(row, one) for one in needs] for row in figures.names}
            lacking = {row: state for row, some in rows.items() if (state := _lacking(figures, row, needs, some))}
            if not lacking:
                continue
            yield from (("", name, f"={LEFT_OUT}") for _ in [lacking] if {*lacking.values()} != {"not_applicable"})
            is_part = any(state_of(some) == "" for some in rows.values())
            for place, need in enumerate(needs):
                rest = added([rows[row][place] for row in lacking])
                if rest.value is not None:
                    yield *excepted(("", name), ("", need)), f"={LEFT_OUT} {rest.value}" if is_part else str(rest.value)

    def quantity(self, sums: Sums, row: str, column: str) -> Quantity:
        if column not in self.shares:
            return super().quantity(sums, row, column)
        needs = self.shares[column]
        rest = without(sums, ("", column), [("", need) for need in needs])
        return share(*(known(rest.get(("", need), Tally())) for need in needs))

    def exceptions(self, row: str, column: str) -> Iterator[tuple[Cell, Cell]]:
        yield from ((("", column), ("", need)) for need in self.shares.get(column, ()) if row in ("", TOTAL))

    def total(self, sums: Sums, column: str) -> Quantity:
        return self.quantity(sums, "", column)


def _lacking(figures: Figures, row: str, needs: Iterable[str], some: list[Quantity]) -> str | None:
    return state_of(some, sum(is_withheld(figures.raw(row, one)) for one in needs))
