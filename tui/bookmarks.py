"""Marks "come back to this": one person's own, so they lie in the user's state folder and never in the dossier."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from hoso import yamlio
from hoso.paths import state_folder
from tui.places import Place

if TYPE_CHECKING:
    from tui.reading import OpenDossier

SIGN = "⚑"


class Bookmarks:
    """The marked places of one dossier. A list that cannot be read is an empty one; nothing else depends on it."""

    def __init__(self, session: OpenDossier) -> None:
        self.session = session
        root = hashlib.sha256(os.fsencode(session.workspace.root)).hexdigest()[:16]
        dossier = session.dossier
        self.path = state_folder() / "bookmarks" / root / f"{dossier.checklist}.{dossier.unit}.yaml"
        self._marked = _read(self.path)

    def __contains__(self, place: Place) -> bool:
        return _written(place) in self._marked

    def put(self, place: Place, marked: bool) -> None:
        """Marks a place, or takes its mark off. Raises OSError where the list cannot be kept, and nothing changes."""
        kept = set(self._marked) - {_written(place)} | ({_written(place)} if marked else set())
        self.path.parent.mkdir(parents=True, exist_ok=True)
        yamlio.write(self.path, yamlio.dump({"hoso": "1", "places": sorted(kept) or None}))
        self._marked = frozenset(kept)

    def places(self) -> list[Place]:
        """In the order of the dossier; marks of what is no longer asked are left out."""
        return [place for place in self._order() if place in self]

    def _order(self) -> list[Place]:
        """Every place that can be shown, whether something is to be filled in there or not."""
        out: list[Place] = []
        for asked in self.session.asked.values():
            outline = self.session.outline(asked.id)
            out += [Place(asked.id)] if asked.attach is not None or outline is None else []
            sections = [Place(asked.id, name) for name in outline.nodes] if outline else []
            out += [place for place in sections if self.session.applies(place)]
        return out

    def neighbour(self, place: Place | None, step: int) -> Place | None:
        """The next marked place behind this one (or before it), round the end."""
        marked, order = self.places(), self._order()
        if not marked:
            return None
        here = order.index(place) if place in order else -1
        if step > 0:
            return next((one for one in marked if order.index(one) > here), marked[0])
        return next((one for one in reversed(marked) if order.index(one) < here), marked[-1])


def _written(place: Place) -> str:
    return f"{place.part}.{place.section}" if place.section else place.part


def _read(path: Path) -> frozenset[str]:
    document, _ = yamlio.read(path, path.name) if path.is_file() else (None, [])
    kept = document.data.get("places") if document is not None and isinstance(document.data, dict) else None
    return frozenset(one for one in kept if isinstance(one, str)) if isinstance(kept, list) else frozenset()
