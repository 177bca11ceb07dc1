"""Values that are each allowed, and together cannot be meant: told when a definition is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hoso.definitions.outline import Node, Outline
from hoso.definitions.units import Dated, Units
from hoso.kinds import ScoringField, TableField
from hoso.kinds.file import FORMATS
from hoso.kinds.table import TOTAL
from hoso.problems import nearest
from hoso.text import shown_day, shown_number

if TYPE_CHECKING:
    from hoso.definitions.linking import Linker, Loc


def known_formats(linker: Linker, formats: list[str], loc: Loc) -> None:
    for place, name in enumerate(formats):
        if name.lower().lstrip(".") not in FORMATS:
            near, known = nearest(name, FORMATS), ", ".join(FORMATS)
            linker.note("format-unknown", (*loc, place), name=name, nearest=near, known=known)


def scores_in_order(linker: Linker, made: ScoringField, loc: Loc) -> None:
    """A worse level needs no more points than a better one; a criterion gives no more than its group."""
    least = made.levels.at_least if made.levels is not None else {}
    for better, level in pairwise(name for name in made.level_labels if name in least):
        if least[level] > least[better]:
            where = (*loc, "levels", "at_least", level)
            points, other = shown_number(least[level]), shown_number(least[better])
            linker.note("levels-out-of-order", where, name=level, better=better, points=points, other=other)
    for place, group in enumerate(made.groups):
        for inner, one in enumerate(group.criteria):
            if one.at_most > group.at_most:
                where = (*loc, "groups", place, "criteria", inner, "at_most")
                points, limit = shown_number(one.at_most), shown_number(group.at_most)
                linker.note("criterion-above-group", where, points=points, limit=limit)


def closed_columns(linker: Linker, table: TableField, loc: Loc, columns: Collection[str]) -> None:
    known = [*columns, *([TOTAL] if table.total_column is not None else [])]
    data: Any = linker.document.data
    for part in loc:
        data = data[part]
    for where, closed in _closed(data.get("rows"), (*loc, "rows")):
        for place, name in enumerate(closed):
            linker.known("name-unknown", name, known, (*where, place))


def _closed(rows: object, loc: Loc) -> Iterator[tuple[Loc, list[Any]]]:
    entries: Iterable[tuple[Loc, object]] = [(loc, rows)] if isinstance(rows, dict) else ()
    if isinstance(rows, list):
        entries = [((*loc, place), row) for place, row in enumerate(rows)]
    for here, row in entries:
        if isinstance(row, dict):
            yield (*here, "closed"), row.get("closed") or []
            yield from _closed(row.get("rows"), (*here, "rows"))


def in_time(linker: Linker, made: Dated, loc: Loc) -> None:
    if made.from_ and made.until and made.from_ > made.until:
        linker.note("days-crossed", (*loc, "from"), low=shown_day(made.from_), high=shown_day(made.until))


def former_units(linker: Linker, units: Units) -> None:
    """A unit that has ended may well stand in the file beside the one that came of it."""
    living = [name for name, unit in units.units.items() if unit.until is None]
    _former(linker, [(name, unit.was, ("units", name)) for name, unit in units.units.items()], living)


def former_sections(linker: Linker, outline: Outline, placed: list[tuple[Loc, Node]]) -> None:
    _former(linker, [(node.id, node.section.was, loc) for loc, node in placed], outline.nodes)
    for loc, node in placed:
        fields = [(one.id, one.was, (*loc, "fields", place)) for place, one in enumerate(node.section.fields)]
        _former(linker, fields, node.fields)


def _former(linker: Linker, entries: Iterable[tuple[str, list[str], Loc]], living: Collection[str]) -> None:
    """Ids that one had before: nobody's now, and nobody else's then."""
    first: dict[str, str] = {}
    for own, was, loc in entries:
        for place, name in enumerate(was):
            where = (*loc, "was", place)
            if name in living or name == own:
                linker.note("was-living", where, name=name)
            elif first.setdefault(name, own) != own:
                linker.note("was-twice", where, name=name, other=first[name])
