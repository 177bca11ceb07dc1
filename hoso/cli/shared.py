"""What the commands share: exit codes, finding the workspace, naming dossiers, telling progress."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from hoso.cli.progress import Progress
from hoso.definitions.files import UNITS
from hoso.i18n import tr
from hoso.paths import workspace_around
from hoso.problems import Refused, nearest, refuse

if TYPE_CHECKING:
    from hoso.workspace import Workspace


class Exit(IntEnum):
    OK = 0
    PROBLEMS = 1
    MISUSE = 2
    INTERRUPTED = 130


def say(message: str) -> None:
    """Narration, on stderr."""
    click.echo(message, err=True)


def fail(message: str, code: Exit) -> NoReturn:
    say(message)
    sys.exit(code)


def find_workspace(start: Path | None = None, *, required: bool = True) -> Workspace | None:
    """The workspace around a folder (or this one). Ends with MISUSE if one is required and there is none."""
    from hoso.workspace import Workspace

    root = workspace_around((start or Path.cwd()).resolve())
    if root is not None:
        return Workspace(root)
    if required:
        fail(tr("There is no workspace here. Make one with “hoso new FOLDER”, or try “hoso demo”."), Exit.MISUSE)
    return None


def the_workspace(start: Path | None = None) -> Workspace:
    workspace = find_workspace(start)
    assert workspace is not None
    return workspace


def known_checklist(workspace: Workspace, name: str) -> str:
    """The id of a checklist that exists and could be read. Raises Refused, with its fault where it is there."""
    if name not in workspace.checklists:
        if fault := workspace.fault_in(f"checklists/{name}.yaml"):
            raise Refused(fault)
        raise refuse("checklist-unknown", "checklists", name=name, nearest=nearest(name, workspace.checklists))
    return name


def known_dossier(workspace: Workspace, checklist: str, name: str) -> tuple[str, str]:
    """The checklist, and the folder of a unit's dossier, which may be named by an id that it had. Raises Refused."""
    known, unit = known_checklist(workspace, checklist), workspace.definitions.unit(name)
    if unit is None:
        if UNITS in workspace.definitions.unreadable and (fault := workspace.fault_in(UNITS)):
            raise Refused(fault)
        near = nearest(name, workspace.definitions.units)
        raise refuse("unit-unknown", "checklists/units.yaml", name=name, nearest=near)
    return known, workspace.definitions.folder_of(unit, workspace.dossiers(known))


def telling(label: str) -> Callable[[int, int], None]:
    """Progress of one piece of work, which ends when all is done."""
    progress = Progress()

    def tell(done: int, total: int) -> None:
        progress(label, done, total)
        if done >= total:
            progress.clear()

    return tell


def choice(*values: str) -> Any:
    return click.Choice(values)
