"""What one dossier gives to a roll-up. Small enough to keep in the index, so that nothing is read twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hoso.checks import Look
from hoso.definitions import Asked, Node, Outline, Unit
from hoso.definitions.publishing import Extent
from hoso.dossiers import Dossier, Sheet
from hoso.kinds import Field
from hoso.levels import Levels
from hoso.problems import Level
from hoso.quotas import Rating
from hoso.renaming import renewed_cells
from hoso.rollup.cells import Entry, entry_of_quantity
from hoso.rollup.lacking import entry_of_computed, is_withheld, state_of
from hoso.rollup.shape import VALUE, Shape
from hoso.rollup.shapes import LevelsShape, NumberShape, ScoringShape
from hoso.validate import Names

Given = list[tuple[str, str, Entry]] | Entry  # by row and column; or one entry that stands for all cells
NOT_APPLICABLE = "=not_applicable"


@dataclass(slots=True)
class PartGiven:
    """One item: by the address of a field, what was given. A field that the unit was not asked is not there."""

    outline: str
    extent: Extent = "all"  # what the wording of when it was handed in allows to show
    fields: dict[str, Given] = field(default_factory=dict)


@dataclass(slots=True)
class Contribution:
    unit: str
    state: str = "drafting"
    handed: str = ""  # the day on which it was first handed in
    parts: dict[str, PartGiven] = field(default_factory=dict)
    ratings: dict[str, Rating] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    def as_text(self) -> str:
        parts = {name: (one.outline, one.extent, one.fields) for name, one in self.parts.items()}
        data = [self.state, self.handed, parts, self.ratings, self.unreadable]
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, unit: str, text: str) -> Contribution:
        """Raises ValueError, TypeError."""
        state, handed, parts, ratings, unreadable = json.loads(text)
        given = {name: PartGiven(*one) for name, one in parts.items()}
        return cls(unit, state, handed, given, {name: Rating(*one) for name, one in ratings.items()}, unreadable)


def given_by(
    dossier: Dossier,
    unit: Unit,
    asked: Mapping[str, tuple[Asked, Outline | None, list[Shape]]],
    rated: Callable[[Asked], tuple[Levels | None, Rating | None]],
    handed: str,
) -> Contribution:
    """`asked`: what the unit has to hand in, with the outline of now and what of it adds up.

    `rated` gives the levels of an item and what quotas count of it."""
    made = Contribution(dossier.unit, dossier.state, handed)
    made.unreadable = [found.line_of_text() for found in dossier.problems if found.level is Level.ERROR]
    for name, (one, outline, known) in asked.items():
        found, rating = rated(one)
        if rating is not None:
            made.ratings[name] = rating
        if outline is not None and one.outline:
            wording = dossier.wording.get(name)
            extent = wording.publish.extent(dossier.state) if wording else "all"
            made.parts[name] = PartGiven(one.outline, extent, _fields(dossier, unit, name, outline, known))
            if found is not None:
                made.parts[name].fields["levels"] = list(_levels(found))
        elif found is not None:
            made.parts[name] = PartGiven("", "all", {"levels": list(_levels(found))})
    return made


def _levels(found: Levels) -> Iterator[tuple[str, str, Entry]]:
    for column in ("own", "claimed", "final"):
        level = getattr(found, column)
        if level is not None:
            yield level, column, "1"


def _fields(dossier: Dossier, unit: Unit, name: str, outline: Outline, known: list[Shape]) -> dict[str, Given]:
    sheet = dossier.sheets.get(name) or Sheet("")
    asking = dossier.wording.get(name) or outline
    names = Names(unit, asking, sheet)
    out: dict[str, Given] = {}
    for shape in known:
        if isinstance(shape, LevelsShape):
            continue
        section, _, field_id = shape.address.partition(".")
        wanted = outline.nodes[section].fields[field_id]
        node, made = _then(asking, outline.nodes[section], wanted)
        if node is None or made is None or made.private or made.type != wanted.type:
            continue
        section, columns = node.id, outline.former.columns.get((section, field_id), {})
        if not _applies(asking, names, section) or not names.meets(made.only_when, node):
            out[shape.address] = NOT_APPLICABLE
        elif isinstance(shape, NumberShape) and shape.made.compute is not None:
            out[shape.address] = list(_computed(shape, names, section))
        elif isinstance(shape, ScoringShape):
            points = shape.scored(sheet.raw(section, made.id), partial(names.meets, node=node))
            out[shape.address] = points if isinstance(points, str) else list(points)
        else:
            given = shape.entries(renewed_cells(sheet.raw(section, made.id), columns))
            out[shape.address] = given if isinstance(given, str) else list(given)
    return out


def _computed(shape: NumberShape, names: Names, section: str) -> Iterator[tuple[str, str, Entry]]:
    """A computed figure: of itself, where it is added; else the figures that it is computed from, if all are there."""
    node, compute = names.outline.nodes[section], shape.made.compute
    look = Look(None, None, None, lambda name: names.look(name, node))
    needs = {name: look.quantity(name) for name in (compute.names if compute else [])}
    withheld = sum(is_withheld(_raw(names, name, section)) for name in needs)
    if shape.is_ratio:
        state = state_of(needs.values(), withheld)
        if state:
            yield "", VALUE, f"={state}"
        elif state is not None:
            yield from (("", name, str(found.value)) for name, found in needs.items())
        return
    own = entry_of_computed(names.computed(shape.made, node), needs.values(), withheld)
    if own is not None:
        yield "", VALUE, own
    for name, found in needs.items() if shape.computed else ():
        if (entry := entry_of_quantity(found)) is not None:
            yield "", name, entry


def _raw(names: Names, name: str, section: str) -> Any:
    owner, _, field_id = name.rpartition(".")
    return names.sheet.raw(owner or section, field_id)


def _then(asking: Outline, now: Node, wanted: Field) -> tuple[Node | None, Field | None]:
    """The field as it was asked: in a wording of before, by the id that it had then."""
    node = next((asking.nodes[name] for name in (now.id, *now.section.was) if name in asking.nodes), None)
    fields = node.fields if node is not None else {}
    return node, next((fields[name] for name in (wanted.id, *wanted.was) if name in fields), None)


def _applies(outline: Outline, names: Names, section: str | None) -> bool:
    while section is not None:
        node = outline.nodes[section]
        if not names.meets(node.section.applies, node):
            return False
        section = node.parent
    return True
