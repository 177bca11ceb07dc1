"""Units that have not every figure that a computed one needs: left out of the sums it is computed from, and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from hoso.kinds import NumberField, TableField
from hoso.kinds.compute import Compute, Quantity
from hoso.kinds.table import Figures
from hoso.rollup.cells import LEFT_OUT, Cell, Entry, Tally

Sums = Mapping[Cell, Tally]


class Needs(NamedTuple):
    """What a computed cell is computed from: by the cells it names, and by those that units fill."""

    direct: tuple[Cell, ...]
    filled: tuple[Cell, ...]


def state_of(needs: Iterable[Quantity], withheld: int = 0) -> str | None:
    """Why a unit is left out of a computed figure; empty where it has all that is needed, None where it has nothing."""
    known = list(needs)
    if not all(one.applies for one in known):
        return "not_applicable"
    if all(one.is_known for one in known):
        return ""
    if not any(one.value is not None or one.pending for one in known):
        return None
    return waiting(known, withheld) or LEFT_OUT


def waiting(needs: Iterable[Quantity], withheld: int) -> str:
    """`withheld` where nothing else is still to come."""
    pending = sum(one.pending for one in needs)
    return "" if not pending else "withheld" if pending <= withheld else "pending"


def entry_of_computed(found: Quantity, needs: Iterable[Quantity], withheld: int = 0) -> Entry | None:
    """A figure that was computed inside one unit, or why it was not."""
    known = list(needs)
    if found.value is None:
        state = state_of(known, withheld)
        return f"={state}" if state else None
    state = waiting(known, withheld)
    return f"={state} {found.value}" if state else str(found.value)


def is_withheld(raw: Any) -> bool:
    return isinstance(raw, dict) and raw.get("absent") == "withheld"


def excepted(cell: Cell, need: Cell) -> Cell:
    """Where the sums keep what is in `need` of units that `cell` is not computed of."""
    return cell[0], f"{cell[1]}!{need[0]}!{need[1]}"


def without(sums: Sums, cell: Cell, filled: Iterable[Cell]) -> dict[Cell, Tally]:
    """The sums that a cell is computed from: of those units alone that have every figure it needs."""
    out = {}
    for need in filled:
        if (all_of_them := sums.get(need)) is not None:
            rest = sums.get(excepted(cell, need), Tally())
            given = all_of_them.given + all_of_them.states["nil"] - rest.given - rest.states["nil"]
            out[need] = Tally(all_of_them.value - rest.value, max(given, 0))
    return out


def known(found: Tally) -> Quantity:
    return Quantity(Fraction(found.value) if found.given or found.value else None)


# ---- what the computed cells of a table need ------------------------------------------------------------------


def needs_of(table: TableField, filled: Mapping[Cell, str]) -> dict[Cell, Needs]:
    """The cells of a table with fixed rows that are computed from sums, and would mix units if some lack a figure."""
    figures = Figures(table, {})
    found: dict[Cell, Needs] = {}
    for row in figures.names:
        for column, leaf in table.leaves.items():
            compute = leaf.field.compute if isinstance(leaf.field, NumberField) else None
            if compute is None or compute.sum is not None or (row, column) in filled:
                continue
            direct = tuple(_direct(figures, row, column, compute))
            inner = tuple(
                dict.fromkeys(one for need in direct for one in _filled(figures, need, filled, {(row, column)}))
            )
            if inner:
                found[row, column] = Needs(direct, inner)
    return found


def _direct(figures: Figures, row: str, column: str, compute: Compute) -> Iterator[Cell]:
    leaves = figures.table.leaves
    for name in compute.names:
        other = sibling(table=figures.table, column=column, name=name)
        if other in leaves:
            yield row, other
            if compute.change is not None:
                yield from _before(figures, row, other)


def _before(figures: Figures, row: str, column: str) -> Iterator[Cell]:
    """The cell that a change is counted from: of the time before, else of the row before."""
    leaves = figures.table.leaves
    if leaves[column].field.time:
        times = [name for name, leaf in leaves.items() if leaf.field.time]
        if place := times.index(column):
            yield row, times[place - 1]
    elif place := figures.names.index(row):
        yield figures.names[place - 1], column


def _filled(figures: Figures, cell: Cell, filled: Mapping[Cell, str], seen: set[Cell]) -> Iterator[Cell]:
    if cell in filled:
        yield cell
    elif cell not in seen:
        made = figures.table.leaves[cell[1]].field
        compute = made.compute if isinstance(made, NumberField) else None
        for need in _direct(figures, *cell, compute) if compute is not None else ():
            yield from _filled(figures, need, filled, seen | {cell})


def sibling(table: TableField, column: str, name: str) -> str:
    """The column that a name means beside another: of the same group first, then of the whole table."""
    near = f"{column.rpartition('.')[0]}.{name}"
    return near if near in table.leaves else name
