"""hoso status: units and items of a checklist, how far they are, how many days are left."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from hoso.cli.shared import choice, known_checklist, say, telling, the_workspace
from hoso.cli.tables import fitted, terminal_width
from hoso.example import first_steps_told
from hoso.i18n import tr
from hoso.problems import Level, tally
from hoso.states import DONE, state_label
from hoso.text import cells

if TYPE_CHECKING:
    from hoso.index import Row
    from hoso.workspace import ChecklistInfo, Workspace

UNBEGUN = "drafting"  # for programs, which know the states of dossiers and no other word


@click.command("status", help=tr("Shows each unit's progress on each item, its problems, and the days left."))
@click.argument("checklist", required=False)
@click.option("--format", "form", type=choice("table", "json", "csv", "markdown"), default="table")
def status_command(checklist: str | None, form: str) -> None:
    workspace = the_workspace()
    names = [known_checklist(workspace, checklist)] if checklist else list(workspace.checklists)
    infos = [workspace.checklists[name] for name in names]
    if form == "json":
        found = [as_json(workspace, info, unit, row) for info in infos for unit, _, row in _lines(workspace, info)]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv([line for info in infos for line in _table(workspace, info)]), nl=False)
    else:
        for info in infos:
            _print(workspace, info, form)
    if workspace.is_new:
        say(first_steps_told())
    faults = tally(workspace.definition_problems)[Level.ERROR]
    if faults:
        say(tr("{count} errors in outlines and checklists; “hoso check” lists them.", count=faults))


def _lines(workspace: Workspace, info: ChecklistInfo) -> list[tuple[str, str, Row]]:
    """Every unit that is asked or has a dossier, with its row; an unbegun dossier counts as empty, in no state."""
    return [
        (one.unit, one.name, one.row or replace(workspace.row(info.id, one.unit), state=""))
        for one in workspace.standings(info, tell=telling(info.title))
    ]


def as_json(workspace: Workspace, info: ChecklistInfo, unit: str, row: Row) -> dict[str, Any]:
    return {
        "checklist": info.id, "unit": unit, "state": row.state or UNBEGUN, "done": row.done, "total": row.total,
        "errors": row.errors, "warnings": row.warnings, "days_left": _days_left(workspace, info, row),
        "items": [
            {"id": one.id, "done": one.done, "total": one.total, "errors": one.errors, "warnings": one.warnings}
            for one in row.items
        ],
    }  # fmt: skip


def _days_left(workspace: Workspace, info: ChecklistInfo, row: Row) -> int | None:
    """None where there is no deadline, and for a unit that has nothing left to do."""
    return None if row.state in DONE else info.days_left(workspace.clock.today())


def _table(workspace: Workspace, info: ChecklistInfo) -> list[dict[str, str]]:
    out = []
    for unit, name, row in _lines(workspace, info):
        line = {tr("Checklist"): info.id, tr("Id"): unit, tr("Unit"): name, tr("State"): state_label(row.state)}
        line |= {one.id: f"{one.done}/{one.total}" if one.total else "–" for one in row.items}
        line[tr("Done")] = f"{row.done}/{row.total}"
        line[tr("Errors")], line[tr("Warnings")] = str(row.errors), str(row.warnings)
        left = _days_left(workspace, info, row)
        line[tr("Days left")] = "–" if left is None else str(left)
        out.append(line)
    return out


def _columns(lines: list[dict[str, str]]) -> list[str]:
    columns: dict[str, None] = {}
    for line in lines:
        columns |= dict.fromkeys(line)
    return list(columns)


def _print(workspace: Workspace, info: ChecklistInfo, form: str) -> None:
    from tabulate import tabulate

    lines = _table(workspace, info)
    columns = [column for column in _columns(lines) if column != tr("Checklist")]
    say(info.title)
    rows = [[line.get(column, "–") for column in columns] for line in lines]
    if form == "markdown":
        click.echo(tabulate(rows, headers=columns, tablefmt="pipe", disable_numparse=True))
    else:
        click.echo(_for_people(info, columns, rows))
    if info.quotas:
        _say_quotas(workspace, info)
    say("")


def _for_people(info: ChecklistInfo, columns: list[str], rows: list[list[str]]) -> str:
    """In a narrow terminal without a column for each document, of which the sums stand there anyway."""
    width, unit = terminal_width(), columns.index(tr("Unit")) if rows else None
    made = fitted(columns, rows, width, wrapped=unit)
    if width is None or all(cells(line) <= width for line in made.splitlines()):
        return made
    own = [tr("Id"), tr("Unit"), tr("State"), tr("Done"), tr("Errors"), tr("Warnings"), tr("Days left")]
    kept = [place for place, column in enumerate(columns) if column in own]
    cut = fitted(
        [columns[place] for place in kept], [[row[place] for place in kept] for row in rows], width, wrapped=unit
    )
    return f"{cut}\n{tr('Document by document: hoso status {checklist} --format csv', checklist=info.id)}"


def _say_quotas(workspace: Workspace, info: ChecklistInfo) -> None:
    from hoso.rollup import quota_line, roll_up

    for one in roll_up(workspace, info.id, drafts=True).quotas:
        say(quota_line(workspace.definitions, info.id, one))


def _csv(lines: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _columns(lines), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()
