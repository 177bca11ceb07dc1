"""Which fields would give away a figure that is not told: computed from it, equal to it, or its sum with others.

Judged by what definitions say alone, so that the same fields are held back in every dossier and at every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hoso.definitions.checklist import Checklist
from hoso.definitions.outline import Node, Outline
from hoso.kinds import Field, FieldBase, NumberField, TableField
from hoso.kinds.checking import CheckBase, Equal, Holds, SumEquals
from hoso.kinds.compute import Compute
from hoso.kinds.keeping_private import cell_is_open
from hoso.kinds.table import TOTAL


class Place(NamedTuple):
    """A field of an item: units of several kinds may fill different outlines for it."""

    part: str
    outline: str
    section: str
    field: str


class Relation(NamedTuple):
    """One figure follows from others. Without a `result` each follows from the rest; `base` tells nothing alone."""

    operands: frozenset[Place]
    result: Place | None = None
    base: frozenset[Place] = frozenset()

    @property
    def places(self) -> frozenset[Place]:
        return self.operands | ({self.result} if self.result else frozenset())


Parts = Iterable[tuple[str, str, Outline]]  # an item, the outline's name, the outline


class Disclosing:
    """`held`: the fields that are not told; each of them belongs to one family of fields that tell of each other."""

    def __init__(self, parts: Parts, checklist: Checklist | None = None) -> None:
        self.outlines: dict[str, list[tuple[str, Outline]]] = {}
        for part, name, outline in parts:
            self.outlines.setdefault(part, []).append((name, outline))
        fields = dict(self._fields())
        self.relations = [*self._inside(), *(self._across(checklist.checks) if checklist else ())]
        self.private = {place for place, made in fields.items() if made.private}
        self.private |= {place for one in self.relations for place in one.places if place.field.endswith(_KEPT)}
        self.sensitive = {place for place, made in fields.items() if is_sensitive(made)}
        self.held = spread(self.private | self.sensitive, self.relations)
        self.secret = spread(self.private, self.relations)
        self._families = families(self.held, self.relations)

    def holds(self, part: str, outline: str, section: str, field: str) -> bool:
        return Place(part, outline, section, field) in self.held

    def family(self, place: Place) -> frozenset[Place]:
        return self._families.get(place, frozenset())

    def _fields(self) -> Iterator[tuple[Place, Field]]:
        for part, found in self.outlines.items():
            for name, outline in found:
                for node in outline.nodes.values():
                    for made in node.fields.values():
                        yield Place(part, name, node.id, made.id), made

    def _inside(self) -> Iterator[Relation]:
        for part, found in self.outlines.items():
            for name, outline in found:
                yield from _Names(part, name, outline).relations()

    def _across(self, checks: Iterable[CheckBase]) -> Iterator[Relation]:
        """Checks of a checklist: their names begin with an item."""
        for check in checks:
            yield from _of_check(check, self._over_items)

    def _over_items(self, name: str) -> Iterator[Place]:
        part, section, rest = [*name.split(".", 2), "", ""][:3]
        for outline, made in self.outlines.get(part, ()):
            if section in made.nodes and rest.partition(".")[0] in made.nodes[section].fields:
                yield place_in(part, outline, made.nodes[section], rest)


_KEPT = "!"  # the private cells of a table, beside those that are told


def place_in(part: str, outline: str, node: Node, name: str) -> Place:
    """What `field` or `field.row.column` leads to in a section that has the field."""
    field, _, at = name.partition(".")
    made = node.fields[field]
    kept = isinstance(made, TableField) and at and not cell_is_open(made, at)
    return Place(part, outline, node.id, f"{field}{_KEPT}" if kept else field)


def is_sensitive(made: FieldBase | None) -> bool:
    """Counts of few persons: told only added up, so that none can be computed from a sum and its other parts."""
    if not isinstance(made, TableField):
        return made is not None and made.sensitive
    columns = any(leaf.field.sensitive for leaf in made.leaves.values())
    return made.sensitive or columns or any(line.row.sensitive for line in made.lines)


def of_checklist(checklist: Checklist, outlines: Mapping[str, Outline]) -> Disclosing:
    """Over every outline that any unit fills for an item."""
    names = {(part.id, case.outline) for part, _ in checklist.parts() for case in part.cases() if case.outline}
    return Disclosing(((part, name, outlines[name]) for part, name in sorted(names) if name in outlines), checklist)


class _Names:
    """What the names in one outline mean, and what follows from what in it."""

    def __init__(self, part: str, name: str, outline: Outline) -> None:
        self.part, self.name, self.outline = part, name, outline

    def relations(self) -> Iterator[Relation]:
        for check in self.outline.checks:
            yield from _of_check(check, lambda name: self.of(name, None))
        for node in self.outline.nodes.values():
            for check in node.section.checks:
                yield from _of_check(check, lambda name: self.of(name, node))  # noqa: B023
            for made in node.fields.values():
                yield from self._of_field(node, made)

    def _of_field(self, node: Node, made: Field) -> Iterator[Relation]:
        own = Place(self.part, self.name, node.id, made.id)
        inner = made if isinstance(made, TableField) else None
        for check in made.checks:
            yield from _of_check(check, lambda name: self.of(name, node, inner))
        if isinstance(made, NumberField) and made.compute is not None:
            yield self._computed(own, made.compute, node, None)
        for leaf in inner.leaves.values() if inner else ():
            if isinstance(leaf.field, NumberField) and leaf.field.compute is not None:
                yield self._computed(own, leaf.field.compute, node, inner)
        if made.only_when is not None:
            # Whether it is asked at all tells what the condition looks at.
            looked_at = self._places(made.only_when.names, node, inner) - {own}
            yield Relation(looked_at, own, looked_at)

    def _computed(self, own: Place, compute: Compute, node: Node, table: TableField | None) -> Relation:
        base = self._places([compute.of] if compute.of else [], node, table)
        return Relation(self._places(compute.names, node, table) - {own}, own, base)

    def _places(self, names: Iterable[str], node: Node, table: TableField | None) -> frozenset[Place]:
        return frozenset(place for name in names for place in self.of(name, node, table))

    def of(self, name: str, node: Node | None, table: TableField | None = None) -> Iterator[Place]:
        """A column or row of the same table, a field of the same section, a field of another section."""
        first, _, rest = name.partition(".")
        if node is not None and table is not None and _is_inside(table, name):
            yield Place(self.part, self.name, node.id, table.id)
        elif node is not None and first in node.fields:
            yield place_in(self.part, self.name, node, name)
        elif first in self.outline.nodes and rest.partition(".")[0] in self.outline.nodes[first].fields:
            yield place_in(self.part, self.name, self.outline.nodes[first], rest)


def _is_inside(table: TableField, name: str) -> bool:
    inner = (*table.leaves, *(line.name for line in table.lines), TOTAL)
    return any(
        f"{one}.".startswith(f"{name}.") or f"{name}.".startswith(f"{one}.") or one.endswith(f".{name}")
        for one in inner
    )


def _of_check(check: CheckBase, places: object) -> Iterator[Relation]:
    """The checks that tell of an equality; the others leave more than one answer."""
    assert callable(places)

    def of(names: Iterable[str]) -> frozenset[Place]:
        return frozenset(place for name in names for place in places(name))

    if isinstance(check, SumEquals) and check.remainder is None:
        parts, total = of(check.parts), of([check.total])
        result = next(iter(total - parts), None)
        yield Relation(parts, result) if len(total) == 1 and result else Relation(parts | total)
    elif isinstance(check, Equal) or (isinstance(check, Holds) and "==" in check.holds.text):
        yield Relation(of(check.names()))


def spread(marked: Iterable[Place], relations: Iterable[Relation]) -> set[Place]:
    """The marked ones, with all that would give one of them away."""
    held, known = set(marked), list(relations)
    while more := {place for one in known for place in _given_away(one, held)} - held:
        held |= more
    return held


def _given_away(one: Relation, held: set[Place]) -> frozenset[Place]:
    if one.result is None:
        return one.operands if one.operands & held else frozenset()
    if one.operands & held:
        return frozenset({one.result})
    return one.operands - one.base if one.result in held else frozenset()


def families(held: set[Place], relations: Iterable[Relation]) -> Mapping[Place, frozenset[Place]]:
    """Held fields that tell of each other stand and fall together."""
    found = {place: frozenset({place}) for place in held}
    for one in relations:
        members = one.places & held
        joined = frozenset(place for member in members for place in found[member])
        found |= dict.fromkeys(joined, joined)
    return found
