"""The ids that sections, fields and columns of an outline had, with those that they have now (`was`)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hoso.kinds import TableField

if TYPE_CHECKING:
    from hoso.definitions.outline import Outline


@dataclass(frozen=True, slots=True)
class Former:
    """From each former id to the one of now. An id that something else has by now is its own."""

    sections: dict[str, str] = field(default_factory=dict)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)  # by the section's id of now
    columns: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)  # by section and field of now

    def __bool__(self) -> bool:
        return bool(self.sections or self.fields or self.columns)


def former_ids(outline: Outline) -> Former:
    made = Former()
    nodes = outline.nodes
    made.sections.update(_free(((old, node.id) for node in nodes.values() for old in node.section.was), nodes))
    for node in nodes.values():
        fields = _free(((old, one.id) for one in node.fields.values() for old in one.was), node.fields)
        if fields:
            made.fields[node.id] = fields
        for one in node.fields.values():
            if isinstance(one, TableField) and (columns := _free(_columns(one), one.leaves)):
                made.columns[node.id, one.id] = columns
    return made


def _columns(table: TableField) -> Iterator[tuple[str, str]]:
    for name, leaf in table.leaves.items():
        above = name.rpartition(".")[0]
        for old in getattr(leaf.field, "was", ()):
            yield (f"{above}.{old}" if above else old), name


def _free(pairs: Iterable[tuple[str, str]], taken: Container[str]) -> dict[str, str]:
    """Those former ids that lead to one thing alone."""
    out: dict[str, str] = {}
    twice = set()
    for old, now in pairs:
        if old in out:
            twice.add(old)
        if old not in taken:
            out[old] = now
    return {old: now for old, now in out.items() if old not in twice}
