"""The roll-up of a checklist. What dossiers give is kept in the index, and read anew where one changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from hoso import yamlio
from hoso.definitions import Asked, Definitions, Outline, Unit
from hoso.definitions.disclosing import of_checklist
from hoso.definitions.rating import level_labels
from hoso.i18n import tr
from hoso.problems import problem
from hoso.quotas import Rating, quotas
from hoso.rollup.adding import Atom, Key, RollUp, Sum, add_up
from hoso.rollup.giving import Contribution, given_by
from hoso.rollup.shape import Shape
from hoso.rollup.shapes import LevelsShape, shapes
from hoso.workspace import Workspace

HANDED_IN = ("handed_in", "received", "accepted", "rolled_up")
Tell = Callable[[int, int], None]
FORM = "-3"  # of what is kept in the index; another one whenever its entries come to mean something else


class Gatherer:
    """Knows what of a checklist adds up, and gathers what its dossiers give."""

    def __init__(self, workspace: Workspace, checklist: str) -> None:
        self.workspace = workspace
        self.name = checklist
        self.definitions = workspace.definitions
        self.checklist = self.definitions.checklists[checklist]

    @cached_property
    def _of_outlines(self) -> dict[str, list[Shape]]:
        names = {case.outline for part, _ in self.checklist.parts() for case in part.cases() if case.outline}
        known = self.definitions.outlines
        return {name: shapes(known[name]) for name in sorted(names) if name in known}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The units that are asked, each under what its superior unit is called now."""
        out = {}
        for unit in self.definitions.asked_units(self.checklist):
            now = self.former.get(unit.parent or "")
            out[unit.id] = unit.model_copy(update={"parent": now}) if now else unit
        return out

    @property
    def former(self) -> dict[str, str]:
        return self.definitions.former

    def owner(self, folder: str, folders: Container[str]) -> str | None:
        """The unit that a dossier's folder belongs to: by its id, else by one that it had, if that is all there is."""
        found = self.definitions.owner(folder, folders)
        return found.id if found is not None and found.id in self.units else None

    def asked(self, unit: Unit) -> dict[str, tuple[Asked, Outline | None, list[Shape]]]:
        out = {}
        for one in self.workspace.judge.asked(self.checklist, self.name, unit):
            outline = self.definitions.outlines.get(one.outline or "")
            out[one.id] = (one, outline, self._shapes_of(one, outline))
        return out

    def _shapes_of(self, asked: Asked, outline: Outline | None) -> list[Shape]:
        labels = level_labels(asked, outline, self.definitions.lists)
        return [*self._of_outlines.get(asked.outline or "", []), *([LevelsShape(labels)] if labels else [])]

    @cached_property
    def shapes(self) -> dict[Key, list[Shape]]:
        """What adds up of each item, in the order of the checklist."""
        out: dict[Key, list[Shape]] = {}
        for part, parent in self.checklist.parts():
            for case in part.cases():
                outline = self.definitions.outlines.get(case.outline or "")
                asked = Asked(part, parent, case.outline, case.attach, case.because, case.levels)
                if found := self._shapes_of(asked, outline):
                    out[Key(part.id, case.outline or "")] = found
        return out

    def contributions(
        self, tell: Tell | None = None, *, marks: Mapping[str, str] | None = None
    ) -> Iterator[Contribution]:
        """What every dossier gives that is there. Dossiers of units that are not asked give nothing."""
        for unit, text in self.texts(tell, marks=marks):
            yield self.contribution(unit, text)

    def contribution(self, folder: str, text: str) -> Contribution:
        """A text that is spoiled is only the cache's: the dossier itself is read again."""
        try:
            made = Contribution.from_text(folder, text)
        except (ValueError, TypeError):
            made = self.read(folder)
        made.unit = self.former.get(folder, folder)
        return made

    def texts(self, tell: Tell | None = None, *, marks: Mapping[str, str] | None = None) -> Iterator[tuple[str, str]]:
        """The same as it is kept, by folder: what tells cheaply that nothing changed."""
        workspace, kept = self.workspace, self.workspace.index.contributions(self.name)
        marks = workspace.marks(self.name) if marks is None else marks
        made: list[tuple[str, str, str]] = []
        for place, (unit, mark) in enumerate(marks.items()):
            if tell is not None and place % 50 == 0:
                tell(place, len(marks))
            if not mark or self.owner(unit, marks) is None:
                continue
            mark += FORM + _history_mark(workspace.root / "checklists" / self.name / unit)
            before, text = kept.get(unit, ("", ""))
            if before != mark:
                text = self.read(unit).as_text()
                made.append((unit, mark, text))
            yield unit, text
        workspace.index.keep_contributions(self.name, made)
        workspace.index.forget_contributions(self.name, kept.keys() - marks.keys())
        if tell is not None:
            tell(len(marks), len(marks))

    def read(self, folder: str) -> Contribution:
        workspace, found = self.workspace, self.units[self.former.get(folder, folder)]
        dossier = workspace.open(self.name, folder)
        handed = _handed_in(workspace.root / dossier.path / "history")
        return given_by(
            dossier,
            found,
            self.asked(found),
            lambda asked: (workspace.levels(dossier, asked, found), workspace.rating(dossier, asked, found)),
            handed,
        )

    def empty(self) -> RollUp:
        """No dossier yet, but every unit that is asked."""
        made = RollUp(self.name, self.shapes, {}, disclosing=of_checklist(self.checklist, self.definitions.outlines))
        keys: dict[str, list[Key]] = {}
        for unit in self.units.values():
            one = made.atoms.setdefault(Atom(unit.kind, unit.parent or ""), Sum())
            one.expected += 1
            keys[unit.id] = [Key(name, asked.outline or "") for name, (asked, _, _) in self.asked(unit).items()]
            one.asked.update(keys[unit.id])
        return made

    def rolled_up(
        self,
        given: Iterable[Contribution],
        states: Container[str] = HANDED_IN,
        shown: Callable[[Contribution], Iterable[str]] = lambda one: one.parts,
    ) -> RollUp:
        """`states`: which dossiers count; `shown`: which of their items."""
        made, ratings = self.empty(), dict[str, dict[str, Rating]]()

        def counted() -> Iterator[Contribution]:
            for one in given:
                if one.state not in states:
                    made.problems += one.unreadable
                    continue
                allowed = set(shown(one))
                for part, rating in one.ratings.items():
                    if part in allowed or part not in one.parts:
                        ratings.setdefault(part, {})[one.unit] = rating
                yield one

        add_up(made, self.units, counted(), shown)
        made.quotas = list(quotas(self.checklist, self.definitions.units, ratings))
        return made


def roll_up(workspace: Workspace, checklist: str, *, drafts: bool = False, tell: Tell | None = None) -> RollUp:
    """The whole checklist: dossiers that were handed in, with `drafts` all of them."""
    from hoso.definitions import STATES

    gatherer = Gatherer(workspace, checklist)
    return gatherer.rolled_up(gatherer.contributions(tell), STATES if drafts else HANDED_IN)


def _history_mark(folder: Path) -> str:
    try:
        return f"-{os.stat(f'{folder}/history').st_mtime_ns}"  # noqa: PTH116
    except OSError:
        return ""


def _handed_in(history: Path) -> str:
    """The day of the first event that handed the dossier in; empty where the history tells none."""
    for path in sorted(history.glob("*.yaml")):
        document, _ = yamlio.read(path, path.name)
        data = document.data if document is not None else None
        if isinstance(data, dict) and data.get("event") in ("handed-in", "handed_in"):
            return str(data.get("at") or "")[:10]
    return ""


def unreadable_outlines(definitions: Definitions, checklist: str) -> list[str]:
    """Items of which nothing can be added up, since their outline is missing or faulty; each told once."""
    found = {
        (part.id, case.outline): problem(
            "outline-unreadable", f"checklists/{checklist}.yaml", part.id, name=case.outline
        )
        for part, _ in definitions.checklists[checklist].parts()
        for case in part.cases()
        if case.outline and case.outline not in definitions.outlines
    }
    return [f"{one.path}: {one.key}: {one.message} {one.remedy}" for one in found.values()]


def unknown_units(workspace: Workspace, checklist: str) -> list[str]:
    """Dossiers that are not added up, for nobody asked these units: told, not lost."""
    folders, gatherer = workspace.dossiers(checklist), Gatherer(workspace, checklist)
    names = [name for name in folders if gatherer.owner(name, folders) is None]
    return [tr("{path}: not added up, for the checklist does not ask this unit", path=f"checklists/{checklist}/{name}")
            for name in names]  # fmt: skip
