"""What maintainers write: outlines, checklists, units, shared lists."""

from hoso.definitions.checklist import Annex, Asked, Checklist, Item, Part, is_required
from hoso.definitions.library import (
    Definitions,
    checklist_files,
    definition_files,
    fingerprint,
    outline_files,
    read_definitions,
)
from hoso.definitions.outline import Ask, Node, Outline, Section
from hoso.definitions.publishing import EXTENTS, STATES, Extent, Publishing, State, stricter
from hoso.definitions.units import Kind, Lists, Unit, Units

__all__ = [
    "EXTENTS", "STATES", "Annex", "Ask", "Asked", "Checklist", "Definitions", "Extent", "Item", "Kind", "Lists",
    "Node", "Outline", "Part", "Publishing", "Section", "State", "Unit", "Units", "checklist_files",
    "definition_files", "fingerprint", "is_required", "outline_files", "read_definitions", "stricter",
]  # fmt: skip
