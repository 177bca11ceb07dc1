"""What of an outline adds up: figures are added, choices and marks are counted, shares computed anew from the sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from hoso.definitions import Node, Outline
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import ChoiceField, Field, MarkField, NumberField, ScoringField, TableField
from hoso.kinds.compute import BLANK, Quantity, added, share
from hoso.kinds.keeping_private import public
from hoso.kinds.scoring import score
from hoso.kinds.table import TOTAL
from hoso.rollup.cells import Entry, Lacks, Tally, entry_of
from hoso.rollup.shape import (
    AVERAGE,
    BEFORE,
    POINTS,
    UNITS,
    VALUE,
    Column,
    How,
    Line,
    Shape,
    Sums,
    chosen,
    decimals_of,
    is_added,
    options_of,
)
from hoso.rollup.table_shapes import OpenShape, TableShape


def shapes(outline: Outline) -> list[Shape]:
    """Everything in an outline that adds up, in order. Private fields, rows and columns never do."""
    out = []
    for node in outline.nodes.values():
        for made in node.fields.values():
            found = None if made.private else _shape(node, made)
            if found is not None and found.cells:
                out.append(found)
    return out


def _shape(node: Node, made: Field) -> Shape | None:
    address = f"{node.id}.{made.id}"
    if isinstance(made, NumberField):
        return NumberShape(address, node, made) if is_added(made) or _ratio(node, made) else None
    if isinstance(made, ChoiceField | MarkField):
        return ChoiceShape(address, made)
    if isinstance(made, TableField):
        return OpenShape(address, public(made)) if made.is_open else TableShape(address, public(made))
    return ScoringShape(address, made) if isinstance(made, ScoringField) else None


def _ratio(node: Node, made: NumberField) -> bool:
    """Whether a computed figure can be computed from sums of the same section."""
    compute = made.compute
    names = [name for name in (compute.names if compute else []) if compute and compute.change is None]
    return bool(names) and all(is_added(node.fields.get(name)) for name in names)


class NumberShape(Shape):
    total_row = ""

    def __init__(self, address: str, node: Node, made: NumberField) -> None:
        super().__init__(address, made.name)
        self.made, self.section = made, node.id
        self.computed = not is_added(made)
        self.is_ratio = self.computed and made.compute is not None and made.compute.sum is None
        how: How = "computed" if self.computed else "sum"
        self.columns = [Column(VALUE, tr("Sum"), (), how, decimals_of(made), made.measure)]
        if made.compare:
            self.columns.insert(0, Column(BEFORE, tr("Period before"), (), "sum", made.decimals, made.measure))
        self.lines = [Line("", made.name)]
        self.totalled = frozenset(column.id for column in self.columns)
        names = [column.id for column in self.columns]
        self.cells = [("", name) for name in ((made.compute.names if made.compute else []) if self.computed else names)]
        self.added = frozenset(self.cells)
        self.marked = frozenset({("", VALUE)} if made.compute is not None else ())
        parts = (
            [node.fields[name].sensitive for name in made.compute.names if name in node.fields] if made.compute else []
        )
        self.sensitive = frozenset(self.cells if made.sensitive or any(parts) else ())

    def entries(self, raw: Any) -> Iterator[tuple[str, str, Entry]]:
        if (made := entry_of(raw)) is not None:
            yield "", VALUE, made
        before = entry_of(raw.get("before")) if self.made.compare and isinstance(raw, dict) else None
        if before is not None:
            yield "", BEFORE, before

    def quantity(self, sums: Sums, row: str, column: str) -> Quantity:
        if not self.is_ratio:
            return super().quantity(sums, row, column)
        compute = self.made.compute
        assert compute is not None

        def of(name: str) -> Quantity:
            return super(NumberShape, self).quantity(sums, "", name)

        if compute.share is not None:
            return share(of(compute.share), of(compute.of or ""))
        result = compute.formula.value(lambda name: of(name).value) if compute.formula else None
        return Quantity(Fraction(result)) if result is not None and not isinstance(result, str | bool) else BLANK  # type: ignore[arg-type]

    def total(self, sums: Sums, column: str) -> Quantity:
        return self.quantity(sums, "", column)

    def lacks(self, sums: Sums, row: str, column: str) -> Lacks:
        is_sum = self.made.compute is not None and self.made.compute.sum is not None
        return sums.get((row, column), Tally()).lacks if is_sum else super().lacks(sums, row, column)

    def counts(self, sums: Sums, units: int) -> dict[str, int]:
        """How many units gave a figure of this period; of a computed one, how many have all that it needs."""
        found = sums.get(("", VALUE), Tally())
        if self.is_ratio:
            found = Tally(0, max(sums.get(cell, Tally()).given for cell in self.cells), found.states)
        return found.counts(units)


class ChoiceShape(Shape):
    """A row an option: how many units chose it. `answered` is how many answered at all."""

    total_row = ""

    def __init__(self, address: str, made: ChoiceField | MarkField) -> None:
        super().__init__(address, made.name)
        self.lines = [Line(name, label) for name, label in options_of(made).items()]
        self.columns = [Column(UNITS, tr("Units"), (), "count")]
        self.cells = [("", UNITS)]
        self.totalled = frozenset({UNITS})
        self.sensitive = frozenset([(line.id, UNITS) for line in self.lines] if made.sensitive else ())

    def entries(self, raw: Any) -> Iterator[tuple[str, str, Entry]]:
        for column, option, entry in chosen(raw, {line.id for line in self.lines}):
            assert not column
            yield option, UNITS, entry

    def total(self, sums: Sums, column: str) -> Quantity:
        return self.quantity(sums, "", column)


class ScoringShape(Shape):
    """Points of each criterion, added, and their average over the units that gave some."""

    def __init__(self, address: str, made: ScoringField) -> None:
        super().__init__(address, made.name)
        self.made = made
        self.lines = []
        for group in made.groups:
            self.lines.append(Line(group.id, group.title, "", 0, True))
            self.lines += [Line(f"{group.id}.{one.id}", one.title, "", 1) for one in group.criteria]
        self.columns = [Column(POINTS, tr("Points"), (), "sum", 2), Column(AVERAGE, tr("Average"), (), "computed", 2)]
        self.cells = [(name, POINTS) for name in made.criteria]
        self.totalled = frozenset({POINTS, AVERAGE})
        self.sensitive = frozenset(self.cells if made.sensitive else ())

    def scored(self, raw: Any, holds: Callable[[Formula], bool]) -> Iterator[tuple[str, str, Entry]] | Entry:
        """The points of a unit, and its total as its own page says it: within limits, rescaled. `holds` judges
        whether a criterion applies to the unit."""
        if not isinstance(raw, dict):
            return iter(())
        return f"={raw['absent']}" if "absent" in raw else self._cells(raw, holds)

    def _cells(self, value: dict[str, Any], holds: Callable[[Formula], bool]) -> Iterator[tuple[str, str, Entry]]:
        for name in self.made.criteria:
            if (made := self._entry(name, value.get(name), holds)) is not None:
                yield name, POINTS, made
        found = score(self.made, value, holds)
        if any(self.made.points(name, value.get(name)).value is not None for name in self.made.criteria):
            yield TOTAL, POINTS, str(found.points)

    def _entry(self, name: str, raw: Any, holds: Callable[[Formula], bool]) -> Entry | None:
        """Points that are wrong are told, not added; nor are those of a criterion that does not apply."""
        applies = self.made.criteria[name].applies
        if applies is not None and not holds(applies):
            return "=not_applicable"
        return "=unclear" if self.made.wrong(name, raw) else entry_of(raw)

    def quantity(self, sums: Sums, row: str, column: str) -> Quantity:
        found = sums.get((row, POINTS))
        if column != AVERAGE or found is None:
            return super().quantity(sums, row, column)
        units = found.given + found.states["nil"]
        value = found.quantity.value
        return Quantity(value / units, found.quantity.pending) if value is not None and units else BLANK


class LevelsShape(Shape):
    """The levels of the units in an item: by own points, claimed, final."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__("levels", tr("Levels"))
        self.lines = [Line(name, label) for name, label in labels.items()]
        told = {"own": tr("By own points"), "claimed": tr("Claimed"), "final": tr("Final")}
        self.columns = [Column(name, label, (), "count") for name, label in told.items()]
        self.cells = [(line.id, name) for line in self.lines for name in told]
        self.totalled = frozenset(told)

    def total(self, sums: Sums, column: str) -> Quantity:
        return added([self.quantity(sums, line.id, column) for line in self.lines])
