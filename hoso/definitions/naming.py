"""What the names in checks and computed figures lead to, told when a definition is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hoso.definitions.outline import Node, Outline
from hoso.kinds import Field, NumberField, ScoringField, TableField
from hoso.kinds.checking import ChangedMoreThan, CheckBase, Equal, Holds, LimitBy, Ordered, ShareCheck, SumEquals
from hoso.kinds.compute import Compute
from hoso.kinds.table import TOTAL

Kind = str  # number · text · choice · date · mark · file · table · scoring · level
Resolve = Callable[[str], Kind | None]
ANY = "any"  # a name of which it is not known what it is, for its list is not known
NUMERIC = ("number", "table", "scoring", ANY)


def in_outline(outline: Outline, node: Node | None, name: str) -> Kind | None:
    """What a name of a section's or outline's check leads to; None for a name that leads nowhere."""
    if name in ("unit.kind", "unit.id", "unit.parent"):
        return "text"
    first, _, rest = name.partition(".")
    if node is not None and first in node.fields:
        return in_field(node.fields[first], rest)
    section = outline.nodes.get(first)
    field_id, _, inner = rest.partition(".")
    return in_field(section.fields[field_id], inner) if section and field_id in section.fields else None


def in_field(made: Field, rest: str) -> Kind | None:
    if not rest:
        return made.type
    if isinstance(made, TableField):
        return in_table(made, rest, None)
    if isinstance(made, ScoringField):
        known = {"points": "number", "own_level": "level"} | dict.fromkeys(made.criteria, "number")
        return known.get(rest)
    return "number" if isinstance(made, NumberField) and rest == "before" else None


def in_table(table: TableField, name: str, each: str | None) -> Kind | None:
    """The same inside a table: a row where each column is judged, a column, or `row.column`."""
    rows = {line.name for line in table.lines if not line.heading} | {TOTAL}
    if each in ("column", "cell") and name in rows:
        return "number"
    if name in table.leaves:
        return str(table.leaves[name].field.type)
    for row in rows:
        if name.startswith(f"{row}.") and name[len(row) + 1 :] in table.leaves:
            return str(table.leaves[name[len(row) + 1 :]].field.type)
    return ANY if table.lacks_lists() else None


def names_of(table: TableField) -> list[str]:
    """The names a table knows, to tell the nearest one."""
    return [*table.leaves, *(line.name for line in table.lines if not line.heading)]


def wrong_names(check: CheckBase, resolve: Resolve) -> Iterator[tuple[str, str]]:
    """Problems of a check's names: code and name, for names that lead nowhere or to text where a figure belongs."""
    figures = set(_figures(check))
    days = {check.left, check.right} if isinstance(check, Ordered) else set()
    for name in check.names():
        kind = resolve(name)
        if kind is None:
            yield "name-unknown", name
        elif name in figures and kind not in NUMERIC:
            yield "name-not-a-figure", name
        elif name in days and kind not in ("date", ANY):
            yield "name-not-a-day", name


def _figures(check: CheckBase) -> Iterator[str]:
    match check:
        case SumEquals() | ShareCheck():
            yield from check.names()
        case LimitBy():
            yield check.column
        case ChangedMoreThan():
            yield check.of
        case Equal() | Holds():
            return


def wrong_compute(compute: Compute, resolve: Resolve) -> Iterator[tuple[str, str]]:
    for name in compute.names:
        kind = resolve(name)
        if kind is None:
            yield "name-unknown", name
        elif kind not in NUMERIC and compute.count is None:
            yield "name-not-a-figure", name


def sibling(table: TableField, column: str, name: str) -> str:
    """The column that a name means beside another: of the same group first."""
    prefix = column.rpartition(".")[0]
    near = f"{prefix}.{name}" if prefix else name
    return near if near in table.leaves else name


def circles(table: TableField) -> Iterator[str]:
    """Computed columns that depend on themselves."""
    needs = {}
    for column, leaf in table.leaves.items():
        compute = getattr(leaf.field, "compute", None)
        # A change looks at the row or column before, so it may well look at its own column there.
        if compute is not None and compute.change is None:
            needs[column] = [sibling(table, column, name) for name in compute.names]
    yield from (column for column in needs if _reaches(needs, column))


def circles_of(node_fields: dict[str, Field]) -> Iterator[str]:
    """Computed fields of a section that depend on themselves."""
    needs = {
        name: made.compute.names
        for name, made in node_fields.items()
        if isinstance(made, NumberField) and made.compute is not None and made.compute.change is None
    }
    yield from (name for name in needs if _reaches(needs, name))


def _reaches(needs: dict[str, list[str]], start: str) -> bool:
    waiting, seen = list(needs[start]), set[str]()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting += needs.get(name, [])
    return False
