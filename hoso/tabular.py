"""Judging tables and scoring sheets cell by cell, and what their names mean to checks and formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from hoso.checks import Finding, Look, TableJudge, not_above_fault, own_words, simple_fault
from hoso.formulas import Formula
from hoso.kinds import ChoiceField, Field, FieldBase, NumberField, ScoringField, TableField
from hoso.kinds.checking import Check, NotAbove
from hoso.kinds.columns import Leaf
from hoso.kinds.compute import Quantity, added, change, quantity_of, share
from hoso.kinds.rows import Line, OpenRows
from hoso.kinds.scoring import Score, score
from hoso.kinds.table import TOTAL, Figures
from hoso.problems import CODES, Fault, Level, nearest

Holds = Callable[[Formula], bool]
Lookup = Callable[[str], Any]
CellFaults = Callable[[FieldBase, Any, str], list[Fault]]  # the last is where the cell stands


def severity(fault: Fault) -> Level:
    return fault.level or CODES[fault.code].level


def leveled(finding: Finding) -> tuple[str, Fault]:
    return finding.at, finding.fault._replace(level=finding.level)


# ---- tables -----------------------------------------------------------------------------------------------


def table_faults(
    table: TableField, value: dict[str, Any], outer: Lookup, in_group: Callable[[str], bool], cell_faults: CellFaults
) -> Iterator[tuple[str, Fault]]:
    """Everything wrong or missing in a filled table; places are `row.column`, or a row, or empty for the table."""
    figures = Figures(table, value)
    yield from _strangers(table, value, figures)
    for line in figures.lines:
        look = Look(TableJudge(figures, outer, lambda *_: False), line.name, None)
        for leaf in table.leaves.values():
            yield from _cell(figures, line, leaf, look, in_group, cell_faults)

    def meets(condition: Formula, row: str) -> bool:
        return _holds(condition, Look(judge, row, None).value, in_group)

    judge = TableJudge(figures, outer, meets)
    yield from map(leveled, judge.findings())


def _strangers(table: TableField, value: dict[str, Any], figures: Figures) -> Iterator[tuple[str, Fault]]:
    rows = set(figures.names) | ({TOTAL} if table.total and table.total.entered else set())
    for row, kept in value.items():
        if row not in rows:
            yield row, Fault("row-unknown", {"name": row, "nearest": nearest(row, rows)})
        elif not isinstance(kept, dict | None):
            yield row, Fault("table-shape")
        for column in kept if isinstance(kept, dict) else ():
            if column not in table.leaves:
                words = {"name": column, "nearest": nearest(column, table.leaves)}
                yield f"{row}.{column}", Fault("column-unknown", words)
    if isinstance(table.rows, OpenRows):
        count, least, most = len(figures.names), table.rows.at_least, table.rows.at_most
        if count < least:
            yield "", Fault("rows-too-few", {"count": str(count), "limit": str(least)})
        if most is not None and count > most:
            yield "", Fault("rows-too-many", {"count": str(count), "limit": str(most)})


def _cell(
    figures: Figures, line: Line, leaf: Leaf, look: Look, in_group: Callable[[str], bool], cell_faults: CellFaults
) -> Iterator[tuple[str, Fault]]:
    raw, at = figures.raw(line.name, leaf.name), f"{line.name}.{leaf.name}"
    made = figures.table.field_at(line, leaf)
    if made is None:
        if raw not in (None, "") and leaf.name in line.row.closed:
            yield at, Fault("cell-closed")
        return
    applies = made.only_when is None or _holds(made.only_when, look.value, in_group)
    if raw in (None, ""):
        needed = made.required if isinstance(made.required, bool) else _holds(made.required, look.value, in_group)
        if applies and needed:
            label = " · ".join(part for part in (line.label or line.number, leaf.field.name) if part)
            yield at, Fault("answer-missing", {"label": label})
        return
    many = line.row.many or leaf.field.many
    for one in raw if isinstance(raw, list) and many else [raw]:
        for fault in cell_faults(made, one, at):
            yield at, fault
    if not applies:
        yield at, Fault("answer-given-otherwise")


def idle_cells(
    table: TableField, value: dict[str, Any], outer: Lookup, in_group: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """The cells, by row and column, that as things stand are not to be filled, for their condition does not hold."""
    asked = [leaf for leaf in table.leaves.values() if leaf.field.only_when is not None]
    if not asked:
        return
    judge = TableJudge(Figures(table, value), outer, lambda *_: False)
    for line in judge.figures.lines:
        look = Look(judge, line.name, None)
        for leaf in asked:
            made = table.field_at(line, leaf)
            if made is not None and made.only_when is not None and not _holds(made.only_when, look.value, in_group):
                yield line.name, leaf.name


def _holds(condition: Formula, lookup: Lookup, in_group: Callable[[str], bool]) -> bool:
    from hoso.formulas import FormulaError

    try:
        return condition.holds(lookup, in_group=in_group) is True
    except FormulaError:
        return False


# ---- scoring ----------------------------------------------------------------------------------------------


def scoring_faults(
    made: ScoringField, value: dict[str, Any], holds: Holds, cell_faults: CellFaults
) -> Iterator[tuple[str, Fault]]:
    for name in value:
        if name not in made.criteria:
            yield name, Fault("criterion-unknown", {"name": name, "nearest": nearest(name, made.criteria)})
    for name, criterion in made.criteria.items():
        raw = value.get(name)
        if criterion.applies is not None and not holds(criterion.applies):
            if raw not in (None, ""):
                yield name, Fault("answer-given-otherwise")
        elif raw in (None, ""):
            if criterion.at_most > 0:
                yield name, Fault("answer-missing", {"label": criterion.title})
        else:
            for fault in cell_faults(made.cells[name], raw, name):
                yield name, fault


# ---- names ------------------------------------------------------------------------------------------------


def inside(made: Field, raw: Any, rest: str, holds: Holds) -> Any:
    """What a name means that leads into a field: `field`, `field.before`, `field.column`, `field.row.column` …"""
    if isinstance(made, TableField):
        return _in_table(made, raw if isinstance(raw, dict) and "absent" not in raw else {}, rest)
    if isinstance(made, ScoringField):
        return _in_score(score(made, raw if isinstance(raw, dict) else {}, holds), raw, rest)
    if isinstance(made, NumberField):
        if rest == "before":
            return quantity_of(raw.get("before")) if isinstance(raw, dict) else Quantity()
        return quantity_of(raw)
    value = raw.get("value") if isinstance(raw, dict) else raw
    return value if not rest else None


def _in_table(table: TableField, value: dict[str, Any], rest: str) -> Any:
    figures = Figures(table, value)
    if not rest:
        return [name for name in figures.names if value.get(name)]
    judge = TableJudge(figures, lambda _: None, lambda *_: False)
    return Look(judge, None, None).raw(rest)


def _in_score(made: Score, raw: Any, rest: str) -> Any:
    if rest in ("", "points"):
        return made.quantity
    if rest == "own_level":
        return made.level
    return quantity_of(raw.get(rest)) if isinstance(raw, dict) else None


def computed(made: NumberField, outer: Callable[[str], Quantity]) -> Quantity:
    """The figure of a computed field outside a table."""
    compute = made.compute
    if compute is None:
        return Quantity()
    if compute.sum is not None:
        return added([outer(name) for name in compute.sum])
    if compute.share is not None:
        return share(outer(compute.share), outer(compute.of or ""))
    if compute.change is not None:
        return change(outer(compute.change), outer(f"{compute.change}.before"), compute.in_)
    if compute.count is not None:
        return outer(f"count {compute.count}")
    result = compute.formula.value(lambda name: outer(name).value) if compute.formula else None
    return Quantity(Fraction(result)) if result is not None and not isinstance(result, str | bool) else Quantity()  # type: ignore[arg-type]


# ---- checks over names ------------------------------------------------------------------------------------


def check_fault(check: Check, look: Look, own: tuple[Field, Any] | None = None) -> Fault | None:
    """Judges one check of a field, section, outline or checklist. `own` is the field that carries it."""
    if isinstance(check, NotAbove):
        fault = _not_above(check, look, own)
    else:
        fault = simple_fault(check, look)
    return own_words(check, fault)._replace(level=check.level) if fault is not None else None


def _not_above(check: NotAbove, look: Look, own: tuple[Field, Any] | None) -> Fault | None:
    if own is None or not isinstance(own[0], ChoiceField):
        return None
    labels = own[0].labels
    mine = own[1].get("value") if isinstance(own[1], dict) else own[1]
    other = look.raw(check.other)
    return not_above_fault(
        mine if isinstance(mine, str) else None, other if isinstance(other, str) else None, list(labels), labels
    )
