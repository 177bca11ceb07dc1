"""What maintainers write: outlines, checklists, units, shared lists.

Names are loaded when they are first used, so that listing files does not load what checks them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoso.definitions.checklist import Annex, Asked, Checklist, Item, Part, is_required
    from hoso.definitions.files import checklist_files, definition_files, fingerprint, outline_files
    from hoso.definitions.library import Definitions, read_definitions
    from hoso.definitions.outline import Ask, Node, Outline, Section
    from hoso.definitions.publishing import EXTENTS, STATES, Extent, Publishing, State, stricter
    from hoso.definitions.units import Kind, Lists, Unit, Units

_HOMES = {
    "checklist": ("Annex", "Asked", "Checklist", "Item", "Part", "is_required"),
    "files": ("checklist_files", "definition_files", "fingerprint", "outline_files"),
    "library": ("Definitions", "read_definitions"),
    "outline": ("Ask", "Node", "Outline", "Section"),
    "publishing": ("EXTENTS", "STATES", "Extent", "Publishing", "State", "stricter"),
    "units": ("Kind", "Lists", "Unit", "Units"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "EXTENTS", "STATES", "Annex", "Ask", "Asked", "Checklist", "Definitions", "Extent", "Item", "Kind", "Lists",
    "Node", "Outline", "Part", "Publishing", "Section", "State", "Unit", "Units", "checklist_files",
    "definition_files", "fingerprint", "is_required", "outline_files", "read_definitions", "stricter",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"hoso.definitions.{_HOME_OF[name]}"), name)
