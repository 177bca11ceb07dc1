"""What every field that adds up has: rows, columns, cells; and which figures, choices and marks make a sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from hoso.dossiers import answer_of
from hoso.i18n import tr
from hoso.kinds import ChoiceField, MarkField, NumberField
from hoso.kinds.compute import BLANK, Quantity
from hoso.kinds.table import TOTAL
from hoso.rollup.cells import Cell, Entry, Found, Lacks, Tally
from hoso.rollup.lacking import (
    excepted,
)

How = Literal["sum", "count", "computed"]
Sums = Mapping[Cell, Tally]
VALUE, BEFORE, UNITS, ROWS, POINTS, AVERAGE = "value", "before", "units", "rows", "points", "average"


class Column(NamedTuple):
    id: str
    label: str
    heads: tuple[str, ...] = ()
    how: How = "sum"
    decimals: int = 0
    measure: str = ""
    time: bool = False


class Line(NamedTuple):
    """A row; a heading holds no cells."""

    id: str
    label: str
    number: str = ""
    depth: int = 0
    heading: bool = False


class Shape:
    """What one field of an outline adds up to. `address` is `section.field`; `cells` are those that units fill."""

    total_row = TOTAL
    lines: list[Line]
    columns: list[Column]
    cells: list[Cell]
    totalled: frozenset[str] = frozenset()
    sensitive: frozenset[Cell] = frozenset()  # counts of persons of which few would point at single ones
    added: frozenset[Cell] = frozenset()  # cells that are sums of what units wrote, not counts of units
    marked: frozenset[Cell] = frozenset()  # computed cells, in which units tell why they are left out

    def __init__(self, address: str, label: str) -> None:
        self.address = address
        self.label = label

    def entries(self, raw: Any) -> Iterator[tuple[str, str, Entry]] | Entry:
        """What an answer adds, by row and column; blanks add nothing. One entry alone stands for all cells."""
        raise NotImplementedError(self.address)

    def coverage(self, sums: Sums) -> int:
        """How many units are in the sums, where that is not simply all that are counted."""
        found = [sums[cell] for cell in self.added if cell in sums and cell[1] != BEFORE]
        return min((one.given + one.states["nil"] for one in found), default=0)

    def givers(self, sums: Sums) -> frozenset[int]:
        """What stands for the units that are in the sums: the same for two fields if the very same units are."""
        return frozenset(sums[cell].givers for cell in self.added if cell in sums and cell[1] != BEFORE)

    def quantity(self, sums: Sums, row: str, column: str) -> Quantity:
        found = sums.get((row, column))
        return found.quantity if found else BLANK

    def total(self, sums: Sums, column: str) -> Quantity | None:
        """The total of a column; None where the rows are not parts of one whole."""
        return self.quantity(sums, TOTAL, column) if column in self.totalled else None

    def found(self, sums: Sums, row: str, column: str) -> Found:
        """A figure with what is not in it."""
        return Found(self.quantity(sums, row, column).value, *self.lacks(sums, row, column))

    def found_total(self, sums: Sums, column: str) -> Found | None:
        total = self.total(sums, column)
        return Found(total.value, *self.lacks(sums, self.total_row, column)) if total is not None else None

    def lacks(self, sums: Sums, row: str, column: str) -> Lacks:
        found = sums.get((row, column))
        if found is None:
            return 0, 0, 0
        return found.lacks_computed if (row, column) in self.marked else found.lacks

    def mixes(self, sums: Sums, row: str, column: str) -> bool:
        """Whether a computed figure is of fewer units than the sums that stand beside it in the same table."""
        return bool(sums) and any(excepted(cell, need) in sums for cell, need in self.exceptions(row, column))

    def exceptions(self, row: str, column: str) -> Iterator[tuple[Cell, Cell]]:  # noqa: ARG002
        """A computed cell with each that it needs: what is in these of units that it leaves out is kept beside."""
        yield from ()

    def counts(self, sums: Sums, units: int) -> dict[str, int]:
        """How many cells of how many units hold what."""
        out: Counter[str] = Counter()
        for cell in self.cells:
            out.update(sums.get(cell, Tally()).counts(units))
        return dict(out)

    def filled(self) -> Iterator[Line]:
        return (line for line in self.lines if not line.heading)


def is_added(made: Any) -> bool:
    """Whether figures of several units make a sum: not percentages, nor what follows from other figures."""
    compute = getattr(made, "compute", None)
    if not isinstance(made, NumberField):
        return False
    return made.measure.strip() != "%" if compute is None else is_added_inside(compute)


def is_added_inside(compute: Any) -> bool:
    """Computed in each unit and then added: counts, and formulas that are no ratio."""
    return compute.count is not None or (compute.formula is not None and "/" not in compute.formula.text)


def decimals_of(made: NumberField) -> int:
    return made.compute.decimals if made.compute else made.decimals


def options_of(made: ChoiceField | MarkField) -> dict[str, str]:
    return made.labels if isinstance(made, ChoiceField) else {"x": tr("Marked")}


def chosen(raw: Any, known: set[str]) -> Iterator[tuple[str, str, Entry]]:
    """An answer once under the empty name, then each option that was chosen."""
    answer = answer_of(raw)
    if answer is None or answer.absent is not None:
        yield "", "", f"={answer.absent}" if answer else "=unclear"
    elif not answer.is_blank:
        values = answer.value if isinstance(answer.value, list) else [answer.value]
        found = {str(value) for value in values} & known
        yield "", "", "1" if found else "=unclear"
        yield from (("", option, "1") for option in sorted(found))
