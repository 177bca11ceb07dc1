"""hoso check: every problem in definitions and dossiers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoso.cli.shared import Exit, choice, say, telling, the_workspace
from hoso.i18n import tr
from hoso.problems import Level, Problem, problem, refuse, tally

if TYPE_CHECKING:
    from hoso.index import Row
    from hoso.workspace import ChecklistInfo, Workspace


@click.command(
    "check", help=tr("Tells every problem in definitions and dossiers. Exit 0: no error that is not waived.")
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--level", type=choice("hint", "warning", "error"), default="hint", help=tr("Tell this level and above."))
@click.option("--format", "form", type=choice("text", "json"), default="text")
def check_command(paths: tuple[Path, ...], level: str, form: str) -> int:
    workspace = the_workspace(_folder(paths[0]) if paths else None)
    wanted = [_inside(workspace, path) for path in paths]
    least = Level(level).weight
    found = [one for one in _problems(workspace, wanted) if one.level.weight >= least and _is_wanted(one, wanted)]
    if form == "json":
        click.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
    elif found:
        click.echo("\n".join(one.line_of_text() for one in found))
    counts = tally(found)
    say(tr("{errors} errors, {warnings} warnings, {hints} hints.", errors=counts[Level.ERROR],
           warnings=counts[Level.WARNING], hints=counts[Level.HINT]))  # fmt: skip
    return Exit.PROBLEMS if counts[Level.ERROR] else Exit.OK


def _problems(workspace: Workspace, wanted: list[str]) -> Iterator[Problem]:
    yield from workspace.definition_problems
    yield from workspace.strays()
    for info in workspace.checklists.values():
        if wanted and not any(_covers(name, f"checklists/{info.id}") for name in wanted):
            continue
        for row in workspace.rows(info.id, hints=True, tell=telling(info.title)):
            yield from row.findings
            yield from row.hints
            yield from _late(workspace, info, row)


def _late(workspace: Workspace, info: ChecklistInfo, row: Row) -> Iterator[Problem]:
    left = info.days_left(workspace.clock.today())
    if left is not None and left < 0 and row.state in ("drafting", "ready", "returned"):
        path = f"checklists/{row.checklist}/{row.unit}/dossier.yaml"
        yield problem("deadline-passed", path, "deadline", day=info.last_day)


def _folder(path: Path) -> Path:
    if not path.exists():
        raise refuse("file-unreadable", str(path), why=tr("it is not there"))
    return path if path.is_dir() else path.parent


def _inside(workspace: Workspace, path: Path) -> str:
    _folder(path)
    try:
        name = path.resolve().relative_to(workspace.root).as_posix()
    except ValueError:
        raise refuse(
            "file-unreadable", str(path), why=tr("it is not in the workspace {root}", root=workspace.root)
        ) from None
    return "" if name == "." else name


def _covers(name: str, other: str) -> bool:
    """Whether one of two paths lies at or below the other."""
    return name in ("", other) or other.startswith(f"{name}/") or name.startswith(f"{other}/")


def _is_wanted(found: Problem, wanted: list[str]) -> bool:
    return not wanted or any(name in ("", found.path) or found.path.startswith(f"{name}/") for name in wanted)
