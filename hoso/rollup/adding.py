"""Adds up what dossiers give, once: into groups of one kind under one parent, from which the rest follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal, NamedTuple

from hoso.definitions import Unit
from hoso.definitions.disclosing import Disclosing
from hoso.kinds.compute import Quantity
from hoso.quotas import Quota
from hoso.rollup.cells import Cell, Tally
from hoso.rollup.giving import Contribution, Given
from hoso.rollup.shape import Shape

By = Literal["kind", "parent"]


class Key(NamedTuple):
    """An item, and the outline that is filled for it: units of several kinds may fill different ones."""

    part: str
    outline: str


class Atom(NamedTuple):
    """Units of one kind under one parent."""

    kind: str
    parent: str


class Circle(NamedTuple):
    """What a unit belongs to; several units may belong to the same."""

    kind: str
    parent: str
    groups: tuple[str, ...]


@dataclass(slots=True)
class FieldSum:
    """One field over some units. `units` counts those that were asked and are counted in."""

    units: int = 0
    whole: Counter[str] = field(default_factory=Counter)  # reasons that stand for all cells
    cells: dict[Cell, Tally] = field(default_factory=dict)

    def add(self, given: Given, mark: int = 0) -> None:
        """`mark` stands for the unit: large enough that the marks of other units have another sum."""
        self.units += 1
        if isinstance(given, str):
            self.whole[given[1:].partition(" ")[0]] += 1
            return
        for row, column, entry in given:
            tally = self.cells.get((row, column))
            if tally is None:
                tally = self.cells[row, column] = Tally()
            tally.add(entry, mark)

    def merge(self, other: FieldSum) -> None:
        self.units += other.units
        self.whole.update(other.whole)
        for cell, tally in other.cells.items():
            self.cells.setdefault(cell, Tally()).merge(tally)

    def of(self, shape: Shape) -> dict[Cell, Tally]:
        """The cells, with what stands for all of them put into each."""
        made = self.cells
        if self.whole:
            made = {cell: Tally(tally.value, tally.given, tally.states.copy()) for cell, tally in made.items()}
            for cell in {*shape.cells, *shape.marked}:
                made.setdefault(cell, Tally()).states.update(self.whole)
        return made


@dataclass(slots=True)
class Sum:
    """Some units: how many were asked, how many are counted in, and every field of theirs."""

    expected: int = 0
    included: int = 0
    asked: Counter[Key] = field(default_factory=Counter)
    fields: dict[tuple[Key, str], FieldSum] = field(default_factory=dict)

    def add(self, given: Contribution, parts: Iterable[str]) -> None:
        self.included += 1
        mark = int.from_bytes(blake2b(given.unit.encode(errors="surrogatepass"), digest_size=16).digest())
        for name in parts:
            part = given.parts[name]
            for address, one in part.fields.items():
                self.field(Key(name, part.outline), address).add(one, mark)

    def field(self, key: Key, address: str) -> FieldSum:
        found = self.fields.get((key, address))
        if found is None:
            found = self.fields[key, address] = FieldSum()
        return found

    def merge(self, other: Sum) -> None:
        self.expected += other.expected
        self.included += other.included
        self.asked.update(other.asked)
        for (key, address), one in other.fields.items():
            self.field(key, address).merge(one)


@dataclass(slots=True)
class RollUp:
    """A checklist added up. `problems` tells dossiers that could not be read whole."""

    checklist: str
    shapes: dict[Key, list[Shape]]
    atoms: dict[Atom, Sum]
    quotas: list[Quota] = field(default_factory=list)
    handed: Counter[str] = field(default_factory=Counter)  # day → how many were handed in
    states: Counter[str] = field(default_factory=Counter)
    circles: Counter[Circle] = field(default_factory=Counter)  # of the units that are counted in
    disclosing: Disclosing = field(default_factory=lambda: Disclosing(()))
    problems: list[str] = field(default_factory=list)

    @property
    def whole(self) -> Sum:
        return merged(self.atoms.values())

    def groups(self, by: By) -> dict[str, Sum]:
        """Units of one kind, or under one parent; empty for none."""
        names: dict[str, list[Sum]] = {}
        for atom, one in self.atoms.items():
            names.setdefault(atom.kind if by == "kind" else atom.parent, []).append(one)
        return {name: merged(some) for name, some in names.items()}


def merged(sums: Iterable[Sum]) -> Sum:
    out = Sum()
    for one in sums:
        out.merge(one)
    return out


def add_up(
    rollup: RollUp,
    units: Mapping[str, Unit],
    given: Iterable[Contribution],
    shown: Callable[[Contribution], Iterable[str]] = lambda one: one.parts,
) -> None:
    """Adds contributions to a roll-up, in one pass. `shown` gives the items of a dossier that count."""
    for one in given:
        unit = units[one.unit]
        rollup.atoms.setdefault(Atom(unit.kind, unit.parent or ""), Sum()).add(one, shown(one))
        rollup.circles[Circle(unit.kind, unit.parent or "", tuple(sorted(unit.groups)))] += 1
        rollup.states[one.state] += 1
        rollup.problems += one.unreadable
        if one.handed:
            rollup.handed[one.handed] += 1


def is_partial(found: Quantity) -> bool:
    return found.value is not None and found.pending > 0
