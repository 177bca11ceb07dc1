"""A roll-up as tables: what terminals, spreadsheets, scripts and pages show alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hoso.definitions import Definitions
from hoso.definitions.rating import levels_of_item
from hoso.i18n import tr
from hoso.kinds.checking import ShareCheck
from hoso.kinds.compute import Quantity
from hoso.kinds.table import TOTAL, shown_quantity
from hoso.quotas import Quota
from hoso.rollup.adding import By, Key, RollUp, Sum
from hoso.rollup.cells import Cell, Found, Tally, as_number
from hoso.rollup.shape import Column, Line, Shape


@dataclass(frozen=True, slots=True)
class Block:
    """One field over some units. `units` of the `asked` ones are counted in."""

    key: Key
    shape: Shape
    units: int
    asked: int
    sums: Mapping[Cell, Tally]
    is_held: bool = False  # whether no single unit's figures may follow from what is told

    def at(self, line: Line, column: Column) -> Found:
        return Found() if self._tells_apart(line.id, column) else self.shape.found(self.sums, line.id, column.id)

    def total(self, column: Column) -> Found | None:
        return None if self._tells_apart(TOTAL, column) else self.shape.found_total(self.sums, column.id)

    def _tells_apart(self, row: str, column: Column) -> bool:
        """Computed from fewer units than the sums beside it, a figure would tell of those that are left out."""
        return self.is_held and self.shape.mixes(self.sums, row, column.id)

    def shown(self, line: Line, column: Column) -> str:
        return told(self.at(line, column), column)

    @property
    def covers(self) -> str:
        return tr("{count} of {all} units", count=self.units, all=self.asked)

    def counts(self) -> dict[str, int]:
        return self.shape.counts(self.sums, self.units)


def told(found: Found | None, column: Column) -> str:
    """`412`, `412 so far, 3 pending`, `40,0 so far, 2 units incomplete`, or nothing."""
    if found is None:
        return ""
    figure, missing = shown_quantity(Quantity(found.value), column.decimals), lacking(found)
    return tr("{figure} so far, {lacking}", figure=figure or "–", lacking=missing) if missing else figure


def lacking(found: Found) -> str:
    """What is not in a figure: `1 pending, 2 withheld`; empty where nothing is."""
    reasons = [
        tr("{count} pending", count=found.pending) if found.pending else "",
        tr("{count} withheld", count=found.withheld) if found.withheld else "",
        # Where every unit is left out, there is nothing to tell.
        tr("{count} units incomplete", count=found.left_out) if found.left_out and found.value is not None else "",
    ]
    return ", ".join(filter(None, reasons))


def blocks(rollup: RollUp, over: Sum) -> Iterator[Block]:
    """Every field of some units, in the order of the checklist; none that no unit of these is asked."""
    for key, known in rollup.shapes.items():
        asked = over.asked[key]
        for shape in known if asked else ():
            found = over.fields.get((key, shape.address))
            yield Block(key, shape, found.units if found else 0, asked, found.of(shape) if found else {})


def group_label(definitions: Definitions, by: By, name: str) -> str:
    if by == "kind":
        kind = definitions.lists.kinds.get(name)
        return kind.label if kind else name
    unit = definitions.units.get(name)
    return unit.name if unit else name or tr("under no unit")


# ---- for scripts --------------------------------------------------------------------------------------------


def as_json(rollup: RollUp, definitions: Definitions, by: Iterable[By] = ()) -> dict[str, Any]:
    """Figures are JSON numbers, null where there is none. `groups` has the same tables for each group asked for."""
    whole = rollup.whole
    out = {"checklist": rollup.checklist} | _sum_as_json(rollup, whole)
    out["quotas"] = [one.as_json() | {"places_left": one.places_left, "provisional": one.provisional}
                     for one in rollup.quotas]  # fmt: skip
    out["groups"] = [
        {"by": one, "id": name, "label": group_label(definitions, one, name)} | _sum_as_json(rollup, made)
        for one in by for name, made in rollup.groups(one).items()
    ]  # fmt: skip
    out["unreadable"] = rollup.problems
    return out


def _sum_as_json(rollup: RollUp, over: Sum) -> dict[str, Any]:
    tables = [_block_as_json(one) for one in blocks(rollup, over)]
    return {"units": {"expected": over.expected, "in": over.included}, "tables": tables}


def _block_as_json(block: Block) -> dict[str, Any]:
    shape = block.shape
    totals = {one.id: found for one in shape.columns if (found := block.total(one)) is not None}
    return {
        "item": block.key.part, "outline": block.key.outline or None, "field": shape.address, "label": shape.label,
        "units": {"expected": block.asked, "in": block.units},
        "columns": [one.id for one in shape.columns],
        "labels": {one.id: " · ".join((*one.heads, one.label)) for one in shape.columns},
        "rows": [
            {"id": line.id, "label": line.label,
             "values": {one.id: _number(block.at(line, one), one) for one in shape.columns},
             "left_out": {one.id: count for one in shape.columns if (count := block.at(line, one).left_out)}}
            for line in shape.filled()
        ],
        "totals": {name: _number(found, _column(shape, name)) for name, found in totals.items()},
        "counts": block.counts(),
    }  # fmt: skip


def _column(shape: Shape, name: str) -> Column:
    return next(one for one in shape.columns if one.id == name)


def _number(found: Found, column: Column) -> int | float | None:
    return as_number(found.value, column.decimals if column.how == "computed" else 9)


# ---- as lines of text ----------------------------------------------------------------------------------------


def head(block: Block) -> list[str]:
    return [
        " · ".join(part for part in (*one.heads, one.label) if part) + (f" ({one.measure})" if one.measure else "")
        for one in block.shape.columns
    ]


def item_title(definitions: Definitions, checklist: str, key: Key) -> str:
    """Of the item that a block belongs to, as the checklist names it."""
    part = next(part for part, _ in definitions.checklists[checklist].parts() if part.id == key.part)
    outline = definitions.outlines.get(key.outline)
    title = definitions.part_title(part)
    return f"{title}: {outline.title}" if part.choose and outline is not None else title


def quota_name(definitions: Definitions, checklist: str, quota: Quota) -> str:
    """The labels of the levels that it counts; with its id where another quota of the checklist counts the same."""
    checks = [one for one in definitions.checklists[checklist].checks if isinstance(one, ShareCheck) and one.over]
    item, _ = quota_over(definitions, checklist, quota)
    labels = levels_of_item(definitions, definitions.checklists[checklist], item)
    name = tr(" or ").join(labels.get(one, one) for one in quota.levels)
    return f"{name} ({quota.id})" if sum(tuple(one.part) == quota.levels for one in checks) > 1 else name


def quota_line(definitions: Definitions, checklist: str, quota: Quota) -> str:
    """`Quota “Excellent”, Departments: 3 counted, the limit is 4: 1 place left`"""
    by, group = quota_by(definitions, checklist, quota), quota.group
    if by in ("kind", "parent"):
        group = group_label(definitions, by, group)  # type: ignore[arg-type]
    name = ", ".join(part for part in (f"“{quota_name(definitions, checklist, quota)}”", group) if part)
    words = {"name": name, "count": quota.count, "limit": quota.limit, "places": abs(quota.places_left)}
    if not quota.holds:
        made = tr("Quota {name}: {count} counted, the limit is {limit}: it does not hold", **words)
    elif quota.places_left >= 0:
        made = tr("Quota {name}: {count} counted, the limit is {limit}: {places} places left", **words)
    else:
        made = tr("Quota {name}: {count} counted, the limit is {limit}", **words)
    return made + (tr(" (provisional)") if quota.provisional else "")


def quota_by(definitions: Definitions, checklist: str, quota: Quota) -> str | None:
    """By what a quota is judged: kind, parent, group, or all units together."""
    return quota_over(definitions, checklist, quota)[1]


def quota_over(definitions: Definitions, checklist: str, quota: Quota) -> tuple[str, str | None]:
    """The item whose levels a quota counts, and by what it is judged."""
    checks = definitions.checklists[checklist].checks
    found = next((one for place, one in enumerate(checks, 1) if quota.id in (one.id, f"checks.{place}")), None)
    return (getattr(found, "of", None) or "").partition(".")[0], found.by if found is not None else None
