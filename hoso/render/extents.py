"""How much of a dossier may be shown: the strictest of its checklist, its outline and the outline as handed in."""

from __future__ import annotations

from collections.abc import Iterator

from hoso.definitions import Checklist, Definitions, Part, stricter
from hoso.definitions.publishing import EXTENTS, Extent
from hoso.dossiers import Dossier
from hoso.previous import EarlierPart


class Extents:
    """The extents of one checklist."""

    def __init__(self, definitions: Definitions, checklist: Checklist) -> None:
        self.definitions = definitions
        self.checklist = checklist

        self._of_parts: dict[tuple[str, str], Extent] = {}

    def of_checklist(self, state: str) -> Extent:
        return self.checklist.publish.extent(state)

    def of_part(self, part: Part, state: str, dossier: Dossier | None = None) -> Extent:
        """Where a choice leaves several outlines, all of them have to allow it; documents follow the checklist."""
        known = self._of_parts.get((part.id, state))
        if known is None:
            known = self._of_parts[part.id, state] = stricter(*self._as_defined(part, state))
        if dossier is not None and part.id in dossier.wording:
            return stricter(known, dossier.wording[part.id].publish.extent(state))
        return known

    def _as_defined(self, part: Part, state: str) -> Iterator[Extent]:
        yield self.of_checklist(state)
        for name in {case.outline for case in part.cases() if case.outline is not None}:
            outline = self.definitions.outlines.get(name)
            yield outline.publish.extent(state) if outline else "none"


def allows(extent: Extent, wanted: Extent) -> bool:
    return EXTENTS.index(extent) >= EXTENTS.index(wanted)


def may_show_figures(part: EarlierPart) -> bool:
    """Whether figures of a dossier of the period before may be shown, by what holds for that dossier itself."""
    dossier, checklist = part.earlier.dossier, part.earlier.checklist
    then = next((one for one, _ in checklist.parts() if one.id == part.id), None) if checklist else None
    if dossier is None or checklist is None or then is None:
        return False
    extent = Extents(part.earlier.definitions, checklist).of_part(then, dossier.state, dossier)
    return allows(extent, "figures")
