"""The same unit's dossiers of the period before and of the one after, as far as those have pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hoso.definitions import Definitions
from hoso.dossiers import Dossier
from hoso.i18n import tr
from hoso.render.markup import link
from hoso.render.pages import dossier_path
from hoso.stamps import folders_before
from hoso.store.reading import DOSSIER, read_dossier_file

Fact = tuple[str, str]


class Neighbours:
    """Looks from the dossiers of one checklist at those of the checklist before and of those after it."""

    def __init__(self, root: Path, definitions: Definitions, name: str) -> None:
        self.root, self.definitions, self.name = root, definitions, name
        self.before = definitions.checklists[name].previous
        self.after = [other for other, made in definitions.checklists.items() if made.previous == name]

    def mark(self, unit: str) -> str:
        """Changes with a dossier of the period after; that of before is in the stamp of the dossier itself."""
        return "".join(f"\n> {_time(self.root / folder)}" for folder in self._folders_after(unit))

    def facts(self, unit: str, page: str) -> list[Fact]:
        """Terms and links, as seen from a page."""
        return [*self._facts(tr("The period before"), self._folders_before(unit), page),
                *self._facts(tr("The period after"), self._folders_after(unit), page)]  # fmt: skip

    def _folders_before(self, unit: str) -> Iterator[str]:
        if self.before in self.definitions.checklists:
            found = self.definitions.units.get(unit)
            yield from folders_before(self.before, unit, found.was if found else ())

    def _folders_after(self, unit: str) -> Iterator[str]:
        units = self.definitions.units.values() if self.after else ()
        now = [unit, *(one.id for one in units if unit in one.was)]
        return (f"checklists/{name}/{one}" for name in self.after for one in now)

    def _facts(self, term: str, folders: Iterator[str], page: str) -> Iterator[Fact]:
        for folder in folders:
            _, checklist, unit = folder.split("/")
            made = self.definitions.checklists[checklist]
            if (self.root / folder / DOSSIER).is_file() and made.publish.extent(self._state(checklist, unit)) != "none":
                yield term, link(made.title, dossier_path(checklist, unit), page)
                return

    def _state(self, checklist: str, unit: str) -> str:
        dossier = Dossier(checklist, unit)
        read_dossier_file(dossier, f"{self.root}/{dossier.path}")
        return dossier.state


def _time(folder: Path) -> str:
    try:
        return str((folder / DOSSIER).stat().st_mtime_ns)
    except OSError:
        return ""
