"""All definitions of a workspace, read and linked together."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from hoso.definitions.checklist import Checklist, Part
from hoso.definitions.duplicates import duplicates
from hoso.definitions.files import LISTS, UNITS, checklist_files, is_there, outline_files
from hoso.definitions.linking import link_checklist, link_lists, link_outline, link_units
from hoso.definitions.outline import Outline
from hoso.definitions.reading import read
from hoso.definitions.units import Lists, Unit, Units
from hoso.kinds import ChoiceField, Field, Option, ScoringField, TableField
from hoso.kinds.spec import is_file_id
from hoso.problems import Problem, problem
from hoso.yamlio import Document

Model = TypeVar("Model", bound=BaseModel)


@dataclass
class Definitions:
    """What maintainers wrote. A file that could not be understood is missing here and told in `problems`."""

    root: Path
    lists: Lists = field(default_factory=lambda: Lists(hoso="1"))
    units: dict[str, Unit] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)  # of LISTS and UNITS: what they hold is not known

    @property
    def outline_names(self) -> set[str]:
        """Names of outlines that have a file, whether it could be understood or not."""
        return {path.stem for path in outline_files(self.root)}

    @property
    def checklist_names(self) -> set[str]:
        return {path.stem for path in checklist_files(self.root)}

    @cached_property
    def former(self) -> dict[str, str]:
        """Ids that units have no longer, with those that they have now."""
        return {old: unit.id for unit in self.units.values() for old in unit.was if old not in self.units}

    def unit(self, name: str) -> Unit | None:
        """The unit of a dossier's folder: by the id that it has, or by one that it had."""
        return self.units.get(self.former.get(name, name))

    def owner(self, folder: str, folders: Container[str]) -> Unit | None:
        """The unit whose dossier stands in this one of the folders: the first under an id that it has, else had."""
        unit = self.unit(folder)
        if unit is None:
            return None
        return unit if self.folder_of(unit, folders) == folder else None

    def folder_of(self, unit: Unit, folders: Container[str]) -> str:
        """Where the unit's dossier stands among these folders; where it belongs if it is not there yet."""
        known = (unit.id, *(old for old in unit.was if self.former.get(old) == unit.id))
        return next((name for name in known if name in folders), unit.id)

    def asked_units(self, checklist: Checklist) -> list[Unit]:
        """The units that the checklist asks, in the order of the file."""
        return [unit for unit in self.units.values() if checklist.asks(unit)]

    def part_title(self, part: Part) -> str:
        """Its own title, or the one of the outline that is filled for it."""
        outline = self.outlines.get(part.outline or "")
        if part.title or outline is None:
            return part.title or part.id
        return f"{outline.code}: {outline.title}" if outline.code else outline.title

    def read(self, model: type[Model], name: str) -> Model | None:
        made, document, problems = read(model, self.root / name, name)
        self.problems += problems
        if document is not None:
            self.documents[name] = document
            self.problems += duplicates(document, self.lists.lists)
        return made

    def shared(self, model: type[Model], name: str) -> Model | None:
        made = self.read(model, name)
        if made is None:
            self.unreadable.add(name)
        return made


def read_definitions(root: Path) -> Definitions:
    """Reads and links everything; what is wrong is collected, nothing is raised for what a file contains."""
    made = Definitions(root)
    if is_there(root, LISTS):
        made.lists = made.shared(Lists, LISTS) or made.lists
    units = made.shared(Units, UNITS) if is_there(root, UNITS) else None
    if units:
        made.units = units.units
    _read_all(made, Outline, outline_files(root), made.outlines)
    _read_all(made, Checklist, checklist_files(root), made.checklists)
    if LISTS in made.documents and LISTS not in made.unreadable:
        made.problems += link_lists(made.lists, made.documents[LISTS], made)
    if units:
        made.problems += link_units(units, made.documents[UNITS], made)
    _link_all(made, made.outlines, "outlines", link_outline)
    _link_all(made, made.checklists, "checklists", link_checklist)
    made.problems.sort(key=lambda found: (found.path, found.line or 0, found.column or 0))
    return made


def _read_all(made: Definitions, model: type[Model], files: list[Path], into: dict[str, Model]) -> None:
    for path in files:
        name = path.relative_to(made.root).as_posix()
        if not is_file_id(path.stem):
            made.problems.append(problem("file-id-invalid", name, value=path.stem))
        one = made.read(model, name)
        if one is not None:
            into[path.stem] = one


def _link_all(
    made: Definitions, models: dict[str, Model], folder: str,
    link: Callable[[Model, Document, Definitions], list[Problem]],
) -> None:  # fmt: skip
    for name, model in models.items():
        made.problems += link(model, made.documents[f"{folder}/{name}.yaml"], made)


def read_frozen(path: Path) -> Outline | None:
    """An outline as it was kept at hand-in, with the shared lists kept beside it; None if it cannot be read."""
    own = path.with_name(f"{path.stem}.lists.yaml")
    lists, _, _ = read(Lists, own if own.is_file() else path.with_name("lists.yaml"), "lists.yaml")
    outline, _, _ = read(Outline, path, path.name)
    if outline is None:
        return None
    for node in outline.nodes.values():
        for made in node.fields.values():
            _link_frozen(made, lists.lists if lists else {})
    return outline


def _link_frozen(made: Field, lists: dict[str, list[Option]]) -> None:
    if isinstance(made, ChoiceField) and isinstance(made.options, str):
        made.link(lists.get(made.options, []))
    elif isinstance(made, ScoringField) and made.levels is not None:
        made.link(lists.get(made.levels.list, []))
    elif isinstance(made, TableField):
        made.__dict__.pop("leaves", None)
        made.link(lists)
