"""Linking of checks, computed figures, tables and score sheets: their names, conditions and circles."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from hoso.definitions.checklist import Checklist
from hoso.definitions.naming import (
    NUMERIC,
    Resolve,
    circles,
    circles_of,
    in_field,
    in_outline,
    in_table,
    names_of,
    sibling,
    wrong_compute,
    wrong_names,
)
from hoso.definitions.outline import Node, Outline
from hoso.definitions.rating import rated_sheet
from hoso.definitions.units import UNIT_NAMES
from hoso.kinds import FieldBase, NumberField, ScoringField, TableField
from hoso.kinds.checking import Check, CheckBase, Holds, ShareCheck
from hoso.problems import nearest
from hoso.text import shown_number

if TYPE_CHECKING:
    from hoso.definitions.linking import FieldOf, Linker, Loc


def link_checks(
    linker: Linker, checks: list[CheckBase], loc: Loc, resolve: Resolve, known: list[str], field_of: FieldOf
) -> None:
    for place, check in enumerate(checks):
        here = (*loc, "checks", place)
        _link_arguments(linker, check, here, field_of)
        for code, name in wrong_names(check, resolve) if check.over is None else ():
            linker.note(code, _where(linker, here, name), name=name, nearest=_near(code, name, known, resolve))


def _near(code: str, name: str, known: Collection[str], resolve: Resolve) -> str:
    """The nearest name of the kind that is wanted."""
    wanted = {"name-not-a-figure": NUMERIC, "name-not-a-day": ("date",)}.get(code)
    return nearest(name, [other for other in known if wanted is None or resolve(other) in wanted])


def _link_arguments(linker: Linker, check: CheckBase, loc: Loc, field_of: FieldOf) -> None:
    """What can be told of a check without following its names."""
    if isinstance(check, Holds):
        linker.texts(check.holds, (*loc, "holds"), field_of)
    if isinstance(check, ShareCheck) and check.limit > 100 and set(check.part) & set(check.base):
        linker.note("limit-idle", (*loc, "limit"), value=shown_number(check.limit))


def link_section_names(linker: Linker, outline: Outline, node: Node, loc: Loc, field_of: FieldOf) -> None:
    """The names in a section's checks and computed figures, and in the tables and sheets it holds."""

    def resolve(name: str) -> str | None:
        return in_outline(outline, node, name)

    known = [*node.fields, *(f"{other.id}.{name}" for other in outline.nodes.values() for name in other.fields)]
    link_checks(linker, list(node.section.checks), loc, resolve, known, field_of)
    in_circle = set(circles_of(node.fields))
    for place, made in enumerate(node.section.fields):
        here = (*loc, "fields", place)
        if isinstance(made, TableField):
            _link_table_names(linker, made, here, resolve, known, field_of)
            continue
        link_checks(linker, list(made.checks), here, resolve, known, field_of)
        if isinstance(made, ScoringField):
            _link_scoring_names(linker, made, here, known, field_of)
        if isinstance(made, NumberField) and made.compute is not None:
            for code, name in wrong_compute(made.compute, resolve):
                where = _where(linker, (*here, "compute"), name)
                linker.note(code, where, name=name, nearest=_near(code, name, known, resolve))
            if made.id in in_circle:
                linker.note("compute-circle", (*here, "compute"), name=made.id)
            changed = field_of(made.compute.change or "")
            if isinstance(changed, NumberField) and not changed.compare:
                linker.note("change-without-compare", (*here, "compute", "change"), name=made.compute.change)


def _link_table_names(
    linker: Linker, table: TableField, loc: Loc, resolve: Resolve, known: list[str], outside: FieldOf
) -> None:
    names = [*names_of(table), *known]

    def field_of(name: str) -> FieldBase | None:
        return table.leaves[name].field if name in table.leaves else outside(name)

    for place, check in enumerate(table.checks):
        _link_arguments(linker, check, (*loc, "checks", place), field_of)

        def inside(name: str, each: str | None = check.each) -> str | None:
            found = in_table(table, name, each)
            if found is None and check.check == "same_count":  # noqa: B023 - called within this turn of the loop
                return "row" if any(line.name.rpartition(".")[2] == name for line in table.lines) else None
            return found or resolve(name)

        for excepted in getattr(check, "except_", []):
            own = {*table.leaves, *known, *UNIT_NAMES}
            linker.condition(excepted.when, (*loc, "checks", place, "except"), own, lambda _: None, field_of)
        for code, name in wrong_names(check, inside):
            where = _where(linker, (*loc, "checks", place), name)
            linker.note(code, where, name=name, nearest=_near(code, name, names, inside))
    in_circle = set(circles(table))
    for column, leaf in table.leaves.items():
        compute = getattr(leaf.field, "compute", None)
        if compute is None:
            continue

        def beside(name: str, at: str = column) -> str | None:
            return in_table(table, sibling(table, at, name), None)

        for code, name in wrong_compute(compute, beside):
            linker.note(code, (*loc, "columns"), name=name, nearest=_near(code, name, names, beside))
        if column in in_circle:
            linker.note("compute-circle", (*loc, "columns"), name=column)
    for leaf in () if table.lacks_lists() else table.leaves.values():
        own = {*table.leaves, *known, *UNIT_NAMES}
        for condition in (leaf.field.required, leaf.field.only_when):
            linker.condition(condition, (*loc, "columns"), own, lambda _: None, field_of)


def _link_scoring_names(linker: Linker, made: ScoringField, loc: Loc, known: list[str], field_of: FieldOf) -> None:
    names = {*known, *UNIT_NAMES}
    for place, cap in enumerate(made.caps):
        linker.condition(cap.when, (*loc, "caps", place, "when"), names, lambda _: None, field_of)
        if made.level_labels:
            linker.known("level-unknown", cap.level, made.level_labels, (*loc, "caps", place, "level"))
    for place, group in enumerate(made.groups):
        for inner, criterion in enumerate(group.criteria):
            here = (*loc, "groups", place, "criteria", inner, "applies")
            linker.condition(criterion.applies, here, names, lambda _: None, field_of)
    if made.levels is not None and made.level_labels:
        for level in made.levels.at_least:
            linker.known("level-unknown", level, made.level_labels, (*loc, "levels", "at_least", level))


def link_checklist_checks(linker: Linker, checklist: Checklist) -> None:
    """Names in a checklist's checks lead through an item, whichever outline its units fill."""
    outlines = linker.definitions.outlines
    choices = {
        part.id: [outlines[case.outline] for case in part.cases() if case.outline in outlines]
        for part, _ in checklist.parts()
    }

    def resolve(name: str) -> str | None:
        if name in UNIT_NAMES:
            return "text"
        part, _, rest = name.partition(".")
        section, _, inner = rest.partition(".")
        for outline in choices.get(part, []):
            node = outline.nodes.get(section)
            field_id, _, deeper = inner.partition(".")
            if node is not None and field_id in node.fields:
                return in_field(node.fields[field_id], deeper)
        # An outline that cannot be read, or a sheet that only some units fill, is no reason to refuse the name.
        return None if part not in choices or choices[part] else "number"

    def field_of(name: str) -> FieldBase | None:
        part, section, inner = [*name.split(".", 2), "", ""][:3]
        sheets = choices.get(part, [])
        return sheets[0].field(section, inner) if len(sheets) == 1 else None

    link_checks(linker, list(checklist.checks), (), resolve, list(choices), field_of)
    for place, check in enumerate(checklist.checks):
        of = getattr(check, "of", None)
        if check.over == "units" and of is not None:
            name, _, rest = of.partition(".")
            if linker.known("item-unknown", name, choices, ("checks", place, "of")):
                _link_quota(linker, checklist, check, name, rest, ("checks", place))


def _link_quota(linker: Linker, checklist: Checklist, check: Check, name: str, rest: str, loc: Loc) -> None:
    """A quota counts the final levels of an item: a misspelt one would never be counted, and nobody would know."""
    if rest != "final_level":
        linker.note("not-one-of", (*loc, "of"), value=f"{name}.{rest}", nearest="", known=f"{name}.final_level")
    lists, outlines = linker.definitions.lists.lists, linker.definitions.outlines
    cases = [case for part, _ in checklist.parts() if part.id == name for case in part.cases()]
    if any(
        (case.outline and case.outline not in outlines) or (case.levels and case.levels not in lists) for case in cases
    ):
        return  # told where that stands
    sheets = [rated_sheet(outlines[case.outline]) for case in cases if case.outline]
    if any(sheet is not None and not sheet.made.level_labels for sheet in sheets):
        return  # its list is told where it stands
    known = {level: "" for sheet in sheets if sheet is not None for level in sheet.made.level_labels}
    known |= {one.id: one.label for case in cases if case.levels for one in lists[case.levels]}
    if not known:
        linker.note("item-without-levels", (*loc, "of"), name=name)
    for key in ("part", "base"):
        for place, level in enumerate(getattr(check, key, []) if known else []):
            linker.known("level-unknown", level, known, (*loc, key, place))


def _where(linker: Linker, loc: Loc, name: str) -> Loc:
    """The argument of a check in which the name stands."""
    data = linker.document.data
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return loc
    for key, value in data.items() if isinstance(data, dict) else ():
        if isinstance(value, list) and name in value:
            return (*loc, key, value.index(name))
        if isinstance(value, str) and key not in ("id", "message", "remedy", "check") and name in value:
            return (*loc, key)
    return loc
