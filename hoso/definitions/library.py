"""All definitions of a workspace, read and linked together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from hoso import __version__
from hoso.definitions.checklist import Checklist
from hoso.definitions.linking import duplicates, link_checklist, link_outline, link_units
from hoso.definitions.outline import Outline
from hoso.definitions.reading import read
from hoso.definitions.units import Lists, Unit, Units
from hoso.kinds.spec import is_file_id
from hoso.problems import Problem, problem
from hoso.yamlio import Document

LISTS, UNITS = "outlines/lists.yaml", "checklists/units.yaml"
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

    @property
    def outline_names(self) -> set[str]:
        """Names of outlines that have a file, whether it could be understood or not."""
        return {path.stem for path in outline_files(self.root)}

    @property
    def checklist_names(self) -> set[str]:
        return {path.stem for path in checklist_files(self.root)}

    def asked_units(self, checklist: Checklist) -> list[Unit]:
        """The units that the checklist asks, in the order of the file."""
        return [unit for unit in self.units.values() if checklist.asks(unit)]

    def read(self, model: type[Model], name: str) -> Model | None:
        made, document, problems = read(model, self.root / name, name)
        self.problems += problems
        if document is not None:
            self.documents[name] = document
            self.problems += duplicates(document)
        return made


def outline_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / "outlines").glob("*.yaml") if path.name != "lists.yaml")


def checklist_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / "checklists").glob("*.yaml") if path.name != "units.yaml")


def definition_files(root: Path) -> list[Path]:
    """Every file that definitions are read from, in the order of reading."""
    shared = [path for path in (root / LISTS, root / UNITS) if path.is_file()]
    return [*shared, *outline_files(root), *checklist_files(root)]


def fingerprint(root: Path) -> str:
    """Changes with the text of any definition and with hoso's version."""
    whole = hashlib.sha256(__version__.encode())
    for path in definition_files(root):
        whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def read_definitions(root: Path) -> Definitions:
    """Reads and links everything; what is wrong is collected, nothing is raised for what a file contains."""
    made = Definitions(root)
    if (root / LISTS).is_file():
        made.lists = made.read(Lists, LISTS) or made.lists
    units = made.read(Units, UNITS) if (root / UNITS).is_file() else None
    if units:
        made.units = units.units
    _read_all(made, Outline, outline_files(root), made.outlines)
    _read_all(made, Checklist, checklist_files(root), made.checklists)
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
