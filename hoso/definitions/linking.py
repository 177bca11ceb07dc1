"""What can only be judged across a definition: ids, references, names in conditions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hoso.definitions.checklist import Checklist
from hoso.definitions.files import LISTS, UNITS
from hoso.definitions.linking_checks import link_checklist_checks, link_checks, link_section_names
from hoso.definitions.linking_values import (
    closed_columns,
    former_sections,
    former_units,
    in_time,
    known_formats,
    scores_in_order,
)
from hoso.definitions.naming import in_outline
from hoso.definitions.outline import Node, Outline, Section
from hoso.definitions.reading import address
from hoso.definitions.units import UNIT_NAMES, Lists, Unit, Units
from hoso.formulas import Formula, FormulaError
from hoso.kinds import ChoiceField, Field, FieldBase, FileField, NumberField, ScoringField, TableField, TextField
from hoso.kinds.columns import leaves
from hoso.kinds.table import TOTAL
from hoso.problems import Level, Problem, nearest, problem
from hoso.yamlio import Document

if TYPE_CHECKING:
    from hoso.definitions.library import Definitions

Loc = tuple[str | int, ...]
Lookup = Callable[[str], Any]
FieldOf = Callable[[str], FieldBase | None]


def no_field(_: str) -> FieldBase | None:
    return None


_TOLD_IN = {
    "kind-unknown": LISTS, "list-unknown": LISTS, "document-unknown": LISTS,
    "unit-unknown": UNITS, "group-unknown": UNITS,
}  # fmt: skip
_NOT_TRUTH = ("yes", "no", "on", "off", "co", "khong")


def _sample(name: str) -> str | None:
    return "x" if name in UNIT_NAMES else None


class Linker:
    """Notes problems of one file at the places of its values."""

    def __init__(self, document: Document, definitions: Definitions) -> None:
        self.document = document
        self.definitions = definitions
        self.problems: list[Problem] = []

    def note(self, code: str, loc: Loc, *, offset: int = 0, level: Level | None = None, **params: object) -> None:
        place = self.document.place_inside(loc, offset) if offset else self.document.place(loc)
        key = address(self.document.data, [part for part in loc if part != ""])
        found = problem(code, self.document.path, key, place, **params)
        self.problems.append(found.at_level(level) if level else found)

    def known(
        self, code: str, name: str, names: Collection[str], loc: Loc, *, offset: int = 0, level: Level | None = None
    ) -> bool:
        """Whether the name is known; noted with the nearest known one if not."""
        if name in names:
            return True
        if _TOLD_IN.get(code) in self.definitions.unreadable:
            return False  # that file's own problem is told; its names may well be there
        self.note(code, loc, offset=offset, level=level, name=name, nearest=nearest(name, names))
        return False

    def condition(
        self, formula: object, loc: Loc, names: Collection[str], sample: Lookup = _sample, field_of: FieldOf = no_field
    ) -> None:
        if not isinstance(formula, Formula):
            return
        if formula.text in _NOT_TRUTH and formula.text not in names:
            self.note("not-yes-or-no", loc, value=formula.text)
            return
        for name, offset in formula.offsets.items():
            self.known("name-unknown", name, names, loc, offset=offset)
        self.texts(formula, loc, field_of)
        self.typed(formula, loc, sample)

    def texts(self, formula: Formula, loc: Loc, field_of: FieldOf) -> None:
        """A name compared with a text that it can never be makes a condition that never holds."""
        units = self.definitions.units
        for name, text, offset in formula.texts:
            if name == "unit.kind":
                self.known("kind-unknown", text, self.definitions.lists.kinds, loc, offset=offset)
            elif name in UNIT_NAMES and units:
                self.known("unit-unknown", text, units, loc, offset=offset, level=Level.WARNING)
            elif isinstance(made := field_of(name), ChoiceField):
                self._option(text, made, loc, offset)
        groups = {group for unit in units.values() for group in unit.groups}
        for group, offset in formula.groups.items() if units else ():
            self.known("group-unknown", group, groups, loc, offset=offset)

    def _option(self, text: str, made: ChoiceField, loc: Loc, offset: int) -> None:
        lists = self.definitions.lists.lists
        options = lists.get(made.options, []) if isinstance(made.options, str) else made.options
        known = [option.id for option in options]
        if text and known and text not in known:
            near = nearest(text, known)
            self.note("choice-unknown", loc, offset=offset, value=text, nearest=near, known=", ".join(known))

    def typed(self, formula: Formula, loc: Loc, sample: Lookup) -> None:
        """Tries the condition once: one that compares text with figures would never hold, and nobody would know."""
        try:
            formula.holds(sample)
        except FormulaError as error:
            self.note(error.code, loc, offset=error.offset, level=None, **error.params)


def fields_of(outline: Outline, fields: Mapping[str, Field]) -> FieldOf:
    """The fields that the names of an outline's conditions mean: of the same section, or `section.field`."""

    def field(name: str) -> FieldBase | None:
        section, _, inner = name.rpartition(".")
        return outline.field(section, inner) if section else fields.get(name)

    return field


def _sampler(field_of: FieldOf) -> Lookup:
    """Values of the right type for the names of an outline's conditions."""

    def value(name: str) -> Any:
        made = field_of(name)
        if made is None:
            return _sample(name)
        if isinstance(made, ChoiceField) and made.many:
            return ["x"]
        return Decimal(1) if isinstance(made, NumberField) else "x"

    return value


def link_outline(outline: Outline, document: Document, definitions: Definitions) -> list[Problem]:
    linker = Linker(document, definitions)
    for name, made in outline.facets.items():
        if "id" in document.data["facets"][name]:
            linker.note("key-unknown", ("facets", name, "id"), name="id", nearest="", known="type, label, hint …")
        _link_field(linker, made, ("facets", name), set())
    everywhere = {f"{node.id}.{name}" for node in outline.nodes.values() for name in node.fields} | set(UNIT_NAMES)
    places = [loc for loc, _ in _sections(outline.sections, ("sections",))]
    placed = list(zip(places, outline.placed(), strict=True))
    for loc, node in placed:
        _link_section(linker, node, loc, everywhere, outline)
    for loc, node in placed:  # names lead to sections further down too, so that all of them come first
        link_section_names(linker, outline, node, loc, fields_of(outline, node.fields))
    known, field_of = sorted(everywhere), fields_of(outline, {})
    link_checks(linker, list(outline.checks), (), lambda name: in_outline(outline, None, name), known, field_of)
    former_sections(linker, outline, placed)
    for place, name in enumerate(outline.review):
        linker.known("field-unknown", name, everywhere, ("review", place))
    return linker.problems


def _sections(sections: list[Section], loc: Loc) -> Iterator[tuple[Loc, Section]]:
    for place, section in enumerate(sections):
        yield (*loc, place), section
        yield from _sections(section.sections, (*loc, place, "sections"))


def _link_section(linker: Linker, node: Node, loc: Loc, everywhere: set[str], outline: Outline) -> None:
    section, fields, nodes = node.section, node.fields, outline.nodes
    names, field_of = everywhere | set(fields), fields_of(outline, fields)
    linker.condition(section.applies, (*loc, "applies"), everywhere, _sampler(field_of), field_of)
    for place, facet in enumerate(section.facets):
        linker.known("facet-unknown", facet, outline.facets, (*loc, "facets", place))
        if facet in nodes:
            linker.note("id-hides", (*loc, "facets", place), value=facet)
    for place, ask in enumerate(section.asks):
        linker.condition(ask.applies, (*loc, "asks", place, "applies"), names, _sampler(field_of), field_of)
        _mentions(linker, ask.mentions, (*loc, "asks", place, "mentions"))
    for place, made in enumerate(section.fields):
        here = (*loc, "fields", place)
        if made.id in nodes:
            linker.note("id-hides", (*here, "id"), value=made.id)
        if made.id in section.facets:
            linker.note(
                "id-duplicate",
                (*here, "id"),
                value=made.id,
                first=linker.document.place(("facets", made.id))[0],
            )
        _link_field(linker, made, here, names, field_of)
    for place, name in enumerate(section.refers):
        linker.known("outline-unknown", name, linker.definitions.outline_names, (*loc, "refers", place))


def _link_field(linker: Linker, made: Field, loc: Loc, names: set[str], field_of: FieldOf = no_field) -> None:
    if names:
        linker.condition(made.required, (*loc, "required"), names, _sampler(field_of), field_of)
        linker.condition(made.only_when, (*loc, "only_when"), names, _sampler(field_of), field_of)
    if isinstance(made, FileField):
        known_formats(linker, made.formats, (*loc, "formats"))
    if isinstance(made, ChoiceField) and isinstance(made.options, str):
        lists = linker.definitions.lists.lists
        if linker.known("list-unknown", made.options, lists, (*loc, "options")):
            made.link(lists[made.options])
    if isinstance(made, TableField):
        _link_table(linker, made, loc)
    if isinstance(made, ScoringField) and made.levels is not None:
        lists = linker.definitions.lists.lists
        if linker.known("list-unknown", made.levels.list, lists, (*loc, "levels", "list")):
            made.link(lists[made.levels.list])
    if isinstance(made, ScoringField):
        scores_in_order(linker, made, loc)
    if isinstance(made, TextField):
        _mentions(linker, made.mentions, (*loc, "mentions"))


def _link_table(linker: Linker, table: TableField, loc: Loc) -> None:
    lists = linker.definitions.lists.lists
    for name in table.list_names():
        linker.known("list-unknown", name, lists, (*loc, "rows" if name not in str(table.columns) else "columns"))
    table.__dict__.pop("leaves", None)
    table.link(lists)
    _link_totals(linker, table, loc)


def _link_totals(linker: Linker, table: TableField, loc: Loc) -> None:
    columns = [leaf.name for leaf in leaves(table.columns, linker.definitions.lists.lists)]
    if table.lacks_lists():
        return
    closed_columns(linker, table, loc, columns)
    for key, total in (("total", table.total), ("total_column", table.total_column)):
        for place, name in enumerate(total.columns if total is not None else ()):
            linker.known("name-unknown", name, columns, (*loc, key, "columns", place))
    if table.total_column is not None and TOTAL in columns:
        linker.note("id-hides", (*loc, "total_column"), value=TOTAL)
    if table.total is not None and any(line.name == TOTAL for line in table.lines):
        linker.note("id-hides", (*loc, "total"), value=TOTAL)


def _mentions(linker: Linker, mentions: list[str], loc: Loc) -> None:
    for place, name in enumerate(mentions):
        if not (name.isdigit() and len(name) == 4):
            linker.known("document-unknown", name, linker.definitions.lists.documents, (*loc, place))


def link_checklist(checklist: Checklist, document: Document, definitions: Definitions) -> list[Problem]:
    linker = Linker(document, definitions)
    if checklist.previous:
        known = definitions.checklist_names
        linker.known("checklist-unknown", checklist.previous, known, ("previous",), level=Level.WARNING)
    if checklist.units:
        for place, kind in enumerate(checklist.units.kinds):
            linker.known("kind-unknown", kind, definitions.lists.kinds, ("units", "kinds", place))
        for place, name in enumerate(checklist.units.under):
            linker.known("unit-unknown", name, definitions.units, ("units", "under", place))
        short = isinstance(document.data["units"], list)
        for place, name in enumerate(checklist.units.ids):
            loc: Loc = ("units", place) if short else ("units", "ids", place)
            linker.known("unit-unknown", name, definitions.units, loc)
    for place, item in enumerate(checklist.items):
        _link_part(linker, item, ("items", place), checklist)
        for inner, annex in enumerate(item.annexes):
            _link_part(linker, annex, ("items", place, "annexes", inner), checklist)
    if not checklist.items:
        linker.note("list-empty", ("items",))
    link_checklist_checks(linker, checklist)
    return linker.problems


def _link_part(linker: Linker, part: Any, loc: Loc, checklist: Checklist) -> None:
    names = set(UNIT_NAMES)
    if part.attach:
        known_formats(linker, part.attach.formats, (*loc, "attach", "formats"))
    linker.condition(part.applies, (*loc, "applies"), names)
    linker.condition(part.required, (*loc, "required"), names)
    if part.outline:
        linker.known("outline-unknown", part.outline, linker.definitions.outline_names, (*loc, "outline"))
    for place, case in enumerate(part.choose):
        linker.condition(case.when, (*loc, "choose", place, "when"), names)
        if case.attach:
            known_formats(linker, case.attach.formats, (*loc, "choose", place, "attach", "formats"))
        if case.outline:
            known = linker.definitions.outline_names
            linker.known("outline-unknown", case.outline, known, (*loc, "choose", place, "outline"))
        if case.levels:
            linker.known("list-unknown", case.levels, linker.definitions.lists.lists, (*loc, "choose", place, "levels"))
    if part.levels:
        linker.known("list-unknown", part.levels, linker.definitions.lists.lists, (*loc, "levels"))
    if part.choose:
        kinds = (unit.kind for unit in linker.definitions.units.values() if _is_left_out(part, unit, checklist))
        for kind in dict.fromkeys(kinds):
            linker.note("choose-no-case", (*loc, "choose"), kind=kind)


def _is_left_out(part: Any, unit: Unit, checklist: Checklist) -> bool:
    """Whether the part applies to the unit and none of its cases does."""
    applies = checklist.asks(unit) and (part.applies is None or unit.meets(part.applies))
    return applies and not any(case.when is None or unit.meets(case.when) for case in part.choose)


def link_units(units: Units, document: Document, definitions: Definitions) -> list[Problem]:
    linker = Linker(document, definitions)
    for name, unit in units.units.items():
        linker.known("kind-unknown", unit.kind, definitions.lists.kinds, ("units", name, "kind"))
        if unit.parent and linker.known("unit-unknown", unit.parent, units.units, ("units", name, "parent")):
            above, seen = unit.parent, {name}
            while above and above not in seen:
                seen.add(above)
                above = units.units[above].parent if above in units.units else None  # type: ignore[assignment]
            if above == name:
                linker.note("unit-own-parent", ("units", name, "parent"), name=name)
        in_time(linker, unit, ("units", name))
    former_units(linker, units)
    return linker.problems


def link_lists(lists: Lists, document: Document, definitions: Definitions) -> list[Problem]:
    linker = Linker(document, definitions)
    for name, kind in lists.kinds.items():
        in_time(linker, kind, ("kinds", name))
    return linker.problems
