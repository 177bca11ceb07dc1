"""Which levels an item leads to: by its score sheet, or from the list that stands beside an attached one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from hoso.definitions.checklist import Asked, Checklist
from hoso.definitions.outline import Node, Outline
from hoso.definitions.units import Lists
from hoso.kinds import ScoringField

if TYPE_CHECKING:
    from hoso.definitions.library import Definitions


class Rated(NamedTuple):
    """A score sheet that leads to levels, and where it stands."""

    node: Node
    made: ScoringField


def rated_sheet(outline: Outline | None) -> Rated | None:
    """The first score sheet of an outline that leads to levels."""
    for node in outline.nodes.values() if outline else ():
        for made in node.fields.values():
            if isinstance(made, ScoringField) and made.levels is not None:
                return Rated(node, made)
    return None


def level_labels(asked: Asked, outline: Outline | None, lists: Lists) -> Mapping[str, str]:
    """Level id to label, best first; empty for an item that is not rated."""
    if asked.levels is not None:
        return {one.id: one.label for one in lists.lists.get(asked.levels, [])}
    rated = rated_sheet(outline)
    return rated.made.level_labels if rated else {}


def levels_of_item(definitions: Definitions, checklist: Checklist, item: str) -> Mapping[str, str]:
    """Level id to label, best first, of the first case of an item that is rated; empty where none is."""
    for part, parent in checklist.parts():
        for case in part.cases() if part.id == item else ():
            asked = Asked(part, parent, case.outline, case.attach, "", case.levels)
            labels = level_labels(asked, definitions.outlines.get(case.outline or ""), definitions.lists)
            if labels:
                return labels
    return {}
