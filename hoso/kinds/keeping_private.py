"""Private rows and columns of a table: kept in the private half of the answers, never shown to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hoso.kinds.columns import Leaf
from hoso.kinds.table import TOTAL, Cell, TableField

Cells = dict[str, Any]  # row → column → what is kept


def private_rows(table: TableField) -> set[str]:
    """The rows marked private, and those under a heading that is."""
    marked = {line.name for line in table.lines if line.row.private}
    return {line.name for line in table.lines if any(f"{line.name}.".startswith(f"{name}.") for name in marked)}


def private_columns(table: TableField) -> set[str]:
    """The columns marked private, and those computed from one that is."""
    found = {leaf.name for leaf in table.leaves.values() if leaf.field.private}
    while more := {leaf.name for leaf in table.leaves.values() if leaf.name not in found and _leans_on(leaf, found)}:
        found |= more
    return found


def _leans_on(leaf: Leaf, found: set[str]) -> bool:
    compute = getattr(leaf.field, "compute", None)
    prefix = leaf.name.rpartition(".")[0]
    names = compute.names if compute is not None else ()
    return any(name in found or (prefix and f"{prefix}.{name}" in found) for name in names)


def parted(table: TableField, value: Cells) -> tuple[Cells, Cells]:
    """The shared and the private half of a table's cells. Open rows keep their place in the shared one."""
    rows, columns = private_rows(table), private_columns(table)
    shared: Cells = {}
    private: Cells = {}
    for row, kept in value.items():
        cells = kept if isinstance(kept, dict) else {}
        hidden = {name: raw for name, raw in cells.items() if row in rows or name in columns}
        if hidden:
            private[row] = hidden
        rest = {name: raw for name, raw in cells.items() if name not in hidden}
        if rest or table.is_open or not hidden:
            shared[row] = rest or None
    return shared, private


def exposed(table: TableField, shared: Any) -> Iterator[Cell]:
    """The private cells that stand in the shared half."""
    if table.has_private and isinstance(shared, dict) and "absent" not in shared:
        for row, kept in parted(table, shared)[1].items():
            yield from (Cell(row, column) for column in kept)


def public(table: TableField) -> TableField:
    """The table as others may see it: without private rows and columns, and without totals that private rows are in."""
    if not table.has_private:
        return table
    rows, columns = private_rows(table), private_columns(table)
    made = table.model_copy()
    made.__dict__["leaves"] = {name: leaf for name, leaf in table.leaves.items() if name not in columns}
    made.__dict__["lines"] = [line for line in table.lines if line.name not in rows]
    if rows:
        made.total = None
    return made


def public_value(table: TableField, value: Cells) -> Cells:
    """The cells of the public table: what is left out can be added up from nothing that stays."""
    if not table.has_private:
        return value
    shared = parted(table, value)[0]
    return {row: kept for row, kept in shared.items() if row != TOTAL or not private_rows(table)}


def cell_is_open(table: TableField, at: str) -> bool:
    """Whether a place in a table may be told. A total over a private row would give the row away."""
    rows, columns = private_rows(table), private_columns(table)
    if not (rows or columns):
        return True
    if not at or (rows and (at == TOTAL or at.startswith(f"{TOTAL}."))):
        return False
    if any(at == row or at.startswith(f"{row}.") for row in rows):
        return False
    # A whole column runs through its private rows.
    return not any(at == column or at.endswith(f".{column}") for column in columns) and not (
        rows and at in table.leaves
    )
