"""hoso check: every problem in definitions and dossiers."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoso.cli.shared import Exit, choice, say, telling, the_workspace
from hoso.example import first_steps_told
from hoso.i18n import language, tr
from hoso.index import Report
from hoso.problems import Level, Problem, problem, refuse, tally
from hoso.reporting import FORMS
from hoso.text import shown_day
from hoso.yamlio import digest

if TYPE_CHECKING:
    from hoso.index import Row
    from hoso.workspace import ChecklistInfo, Workspace


@contextmanager
def _uncollected() -> Iterator[None]:
    """Judging makes very many objects and no circles of them: looking for circles would take a tenth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@click.command(
    "check",
    help=tr("Lists every problem in definitions and dossiers. Exit code 0: no error is left that is not waived."),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--level",
    type=choice("hint", "warning", "error"),
    default="hint",
    help=tr("List problems of this level and above."),
)
@click.option(
    "--format",
    "form",
    type=choice(*FORMS),
    default="text",
    help=tr("For people, for programs, or for a Git host to show beside the lines."),
)
@_uncollected()
def check_command(paths: tuple[Path, ...], level: str, form: str) -> int:
    workspace = the_workspace(_folder(paths[0]) if paths else None)
    wanted = [_inside(workspace, path) for path in paths]
    infos = [info for info in workspace.checklists.values() if _is_inside(f"checklists/{info.id}", wanted)]
    marks = {info.id: workspace.marks(info.id) for info in infos}
    # Whoever asks again before anything has changed gets the same words: all that they depend on is in the mark.
    settings = (workspace.index.fingerprint, workspace.problems, workspace.strays(), str(workspace.clock.today()))
    mark = digest(repr((settings, marks, wanted, language(), level, form)).encode("utf-8", "surrogatepass"))
    report = workspace.index.report(mark)
    if report is None:
        least = Level(level).weight
        problems: Iterable[Problem] = _problems(workspace, infos, marks)
        if not wanted or "" in wanted:  # else told once of the outline and again of each dossier that waits for it
            problems = (one for one in problems if one.code != "outline-unreadable")
        found = [one for one in problems if one.level.weight >= least and _is_wanted(one, wanted)]
        report = _report(found, form)
        workspace.index.keep_report(mark, report)
    if report.text:
        _write(report.text)
    say(tr("Errors: {errors}, warnings: {warnings}, hints: {hints}.", errors=report.errors,
           warnings=report.warnings, hints=report.hints))  # fmt: skip
    if workspace.is_new:
        say(first_steps_told())
    return Exit.PROBLEMS if report.errors else Exit.OK


def _write(text: bytes) -> None:
    """Not by click.echo, which looks through megabytes for colours that are never there."""
    if sys.stdout.encoding.lower() == "utf-8":
        sys.stdout.flush()
        sys.stdout.buffer.write(text + b"\n")
    else:
        sys.stdout.write(text.decode() + "\n")


def _report(found: list[Problem], form: str) -> Report:
    counts = tally(found)
    text = FORMS[form](found)
    return Report(
        text.encode("utf-8", "backslashreplace"), counts[Level.ERROR], counts[Level.WARNING], counts[Level.HINT]
    )


def _problems(workspace: Workspace, infos: list[ChecklistInfo], marks: dict[str, dict[str, str]]) -> Iterator[Problem]:
    yield from workspace.definition_problems
    yield from workspace.strays()
    for info in infos:
        for row in workspace.rows(info.id, hints=True, tell=telling(info.title), marks=marks[info.id]):
            yield from row.findings
            yield from row.hints
            yield from _late(workspace, info, row)
        if info.quotas:
            yield from workspace.quota_problems(info.id)


def _late(workspace: Workspace, info: ChecklistInfo, row: Row) -> Iterator[Problem]:
    left = info.days_left(workspace.clock.today())
    if left is not None and left < 0 and row.state in ("drafting", "ready", "returned"):
        path = f"checklists/{row.checklist}/{row.unit}/dossier.yaml"
        yield problem("deadline-passed", path, "deadline", day=shown_day(info.last_day or ""))


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


def _is_inside(path: str, wanted: list[str]) -> bool:
    """Whether a folder holds something wanted, or lies in it."""
    return not wanted or any(
        name in ("", path) or path.startswith(f"{name}/") or name.startswith(f"{path}/") for name in wanted
    )


def _is_wanted(found: Problem, wanted: list[str]) -> bool:
    return not wanted or any(name in ("", found.path) or found.path.startswith(f"{name}/") for name in wanted)
