"""hoso rollup: figures of all units of a checklist in one."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoso.cli.shared import Exit, choice, fail, known_checklist, say, telling, the_workspace
from hoso.cli.tables import fitted, folded, terminal_width
from hoso.i18n import tr

if TYPE_CHECKING:
    from hoso.definitions import Definitions
    from hoso.rollup import By, RollUp, Sum
    from hoso.rollup.blocks import Block
    from hoso.workspace import Workspace


@click.command("rollup", help=tr("Adds up the figures of all units of a checklist and checks the quotas."))
@click.argument("checklist")
@click.option("--format", "form", type=choice("table", "json", "csv", "xlsx"), default="table")
@click.option(
    "--by", multiple=True, type=choice("kind", "parent"), help=tr("Also add up by kind of unit or by parent unit.")
)
@click.option("--drafts", is_flag=True, help=tr("Also count dossiers that are not handed in yet."))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=tr("Write to this file."))
def rollup_command(checklist: str, form: str, by: tuple[By, ...], drafts: bool, output: Path | None) -> int:
    from hoso.rollup import roll_up, unknown_units, unreadable_outlines

    workspace = the_workspace()
    name = known_checklist(workspace, checklist)
    if form == "xlsx" and output is None:
        fail(tr("A workbook needs a file to be written to: add -o FILE.xlsx."), Exit.MISUSE)
    made = roll_up(workspace, name, drafts=drafts, tell=telling(workspace.checklists[name].title))
    made.problems += [*unreadable_outlines(workspace.definitions, name), *unknown_units(workspace, name)]
    _give(workspace, made, form, by, output)
    for line in made.problems:
        say(line)
    whole = made.whole
    say(tr("Added up {count} of {all} units.", count=whole.included, all=whole.expected))
    return Exit.PROBLEMS if made.problems else Exit.OK


def _give(workspace: Workspace, made: RollUp, form: str, by: tuple[By, ...], output: Path | None) -> None:
    from hoso import yamlio
    from hoso.rollup import as_json
    from hoso.rollup.sheets import as_csv, write_workbook

    if form == "xlsx" and output is not None:
        write_workbook(output, made, workspace.definitions, by)
        return
    if form == "json":
        text = json.dumps(as_json(made, workspace.definitions, by), ensure_ascii=False, indent=1) + "\n"
    elif form == "csv":
        text = as_csv(made, workspace.definitions, by)
    else:
        text = "\n".join(_table(workspace, made, by)) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        # A spreadsheet takes a CSV file without this mark for one of its own old encodings.
        yamlio.write(output, ("\ufeff" if form == "csv" else "") + text)


def _table(workspace: Workspace, made: RollUp, by: tuple[By, ...]) -> list[str]:
    from hoso.rollup import group_label, quota_line

    definitions = workspace.definitions
    out = _tables(definitions, made, tr("All units"), made.whole)
    for one in by:
        for name, over in made.groups(one).items():
            out += _tables(definitions, made, group_label(definitions, one, name), over)
    return out + [quota_line(definitions, made.checklist, one) for one in made.quotas]


def _tables(definitions: Definitions, made: RollUp, title: str, over: Sum) -> list[str]:
    """Single figures of a section stand in one table."""
    from hoso.rollup.blocks import blocks

    out = [f"== {title}: {tr('{count} of {all} units', count=over.included, all=over.expected)} ==", ""]
    found = groupby(blocks(made, over), key=lambda one: _gathered(definitions, made.checklist, one))
    for (part, heading, is_figure), some in found:
        place = " · ".join(one for one in (part, heading) if one)
        for lines in [_figures(list(some))] if is_figure else map(_block, some):
            out += [folded(f"{place} · {lines[0]}" if lines[0] else place, terminal_width()), *lines[1:], ""]
    return out


def _gathered(definitions: Definitions, checklist: str, block: Block) -> tuple[str, str, bool]:
    from hoso.rollup import item_title
    from hoso.rollup.shapes import NumberShape

    outline = definitions.outlines.get(block.key.outline)
    node = outline.nodes.get(block.shape.address.partition(".")[0]) if outline else None
    title = item_title(definitions, checklist, block.key)
    return title, node.heading if node else "", isinstance(block.shape, NumberShape)


def _figures(some: list[Block]) -> list[str]:
    """A line a figure: of the period before where that is compared, of now, and how many units are counted in."""
    from hoso.rollup.shape import BEFORE, VALUE

    rows = []
    for block in some:
        told = {one.id: block.shown(block.shape.lines[0], one) for one in block.shape.columns}
        measure = block.shape.columns[-1].measure
        name = f"{block.shape.label} ({measure})" if measure else block.shape.label
        rows.append([name, told.get(BEFORE, ""), told.get(VALUE, ""), f"{block.units}/{block.asked}"])
    head = ["", tr("Period before"), tr("Sum"), tr("Units counted")]
    used = [place for place in range(len(head)) if place != 1 or any(row[1] for row in rows)]
    cut = [[row[place] for place in used] for row in rows]
    return ["", fitted([head[place] for place in used], cut, terminal_width(), wrapped=0)]


def _block(block: Block) -> list[str]:
    from hoso.rollup.blocks import head, told

    columns = block.shape.columns
    rows = [
        ["  " * line.depth + line.label, *("" if line.heading else block.shown(line, one) for one in columns)]
        for line in block.shape.lines
    ]
    if block.shape.totalled and len(block.shape.lines) > 1:
        rows.append([tr("Total"), *(told(block.total(one), one) for one in columns)])
    return [f"{block.shape.label} ({block.covers})", fitted(["", *head(block)], rows, terminal_width(), cut=True)]
