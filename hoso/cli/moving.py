"""hoso submit · receive · return · accept · rolled-up: moving a dossier from state to state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hoso.cli.shared import Exit, known_dossier, say, the_workspace
from hoso.i18n import tr
from hoso.problems import refuse
from hoso.states import state_label

if TYPE_CHECKING:
    from hoso.desk import Desk
    from hoso.dossiers import Dossier
    from hoso.levels import Levels
    from hoso.workspace import Workspace


@click.command("submit", help=tr("Hands in a dossier. If anything is missing or wrong, lists it and hands nothing in."))
@click.argument("checklist")
@click.argument("unit")
def submit_command(checklist: str, unit: str) -> int:
    from tui.attaching import lacking_words
    from tui.session import Session

    workspace = the_workspace()
    session = Session(workspace, *known_dossier(workspace, checklist, unit))
    obstacles = session.obstacles() if session.dossier.is_open else []
    if obstacles:
        click.echo("\n".join(found.line_of_text() for found in obstacles))
        say(tr("Not handed in: {count} things must be settled first.", count=len(obstacles)))
        return Exit.PROBLEMS
    session.submit()
    _tell(session.dossier)
    for one in lacking_words(session):
        say(one)
    return Exit.OK


def _opened(checklist: str, unit: str) -> tuple[Workspace, Dossier]:
    workspace = the_workspace()
    dossier = workspace.open(*known_dossier(workspace, checklist, unit))
    if dossier.problems:
        raise refuse("dossier-unreadable", dossier.path)
    return workspace, dossier


def _desk(checklist: str, unit: str) -> Desk:
    from hoso.desk import Desk

    return Desk(*_opened(checklist, unit))


def _move(name: str, checklist: str, unit: str) -> None:
    from hoso.store.moving import move, possible

    workspace, dossier = _opened(checklist, unit)
    if not dossier.exists or not possible(dossier, name):
        raise refuse("move-impossible", dossier.path, "state", state=state_label(dossier.state))
    move(workspace.root, dossier, name, workspace.clock.now())
    _tell(dossier)


def _tell(dossier: Dossier) -> None:
    say(tr("The dossier is {state}.", state=state_label(dossier.state)))


@click.command("receive", help=tr("Records that a dossier was received."))
@click.argument("checklist")
@click.argument("unit")
def receive_command(checklist: str, unit: str) -> None:
    _move("receive", checklist, unit)


@click.command(
    "return",
    help=tr("Returns a dossier to its unit for changes; if items are named, only those are reopened."),
)
@click.argument("checklist")
@click.argument("unit")
@click.argument("items", nargs=-1)
@click.option("--because", default="", help=tr("The reason for it."))
def return_command(checklist: str, unit: str, items: tuple[str, ...], because: str) -> None:
    desk, items = _desk(checklist, unit), tuple(dict.fromkeys(items))
    desk.give_back(because.strip(), items)
    if items:
        say(tr("Opened again for the unit: {items}. The other items stay handed in.", items=", ".join(items)))
    _tell(desk.dossier)


@click.command(
    "accept",
    help=tr("Accepts a dossier that was handed in; if items are named, only marks those as correct."),
)
@click.argument("checklist")
@click.argument("unit")
@click.argument("items", nargs=-1)
@click.option("--level", default="", help=tr("The final level of what is rated; by default as appraised or claimed."))
def accept_command(checklist: str, unit: str, items: tuple[str, ...], level: str) -> None:
    desk, items = _desk(checklist, unit), tuple(dict.fromkeys(items))
    if level and not any(_levels(desk, part) for part in items or desk.asked if part in desk.asked):
        raise click.UsageError(tr("--level: nothing here is rated."))
    desk.accept(items, level)
    for item in items:
        _tell_accepted(desk, item)
    _tell(desk.dossier)
    if items:
        _tell_undecided(desk)


def _levels(desk: Desk, item: str) -> Levels | None:
    return desk.workspace.levels(desk.dossier, desk.asked[item], desk.unit)


def _tell_accepted(desk: Desk, item: str) -> None:
    levels = _levels(desk, item)
    level = levels.labels.get(desk.appraisal(item).level) if levels else None
    if level is None:
        say(tr("{item} is accepted.", item=item))
    else:
        say(tr("{item} is accepted, with the level “{level}”.", item=item, level=level))


def _tell_undecided(desk: Desk) -> None:
    """What is still to be done before the whole dossier is accepted, which no item does by itself."""
    returned = [part for part in desk.asked if desk.appraisal(part).verdict == "returned"]
    undecided = [part for part in desk.asked if not desk.appraisal(part).verdict]
    if returned:
        say(tr("Marked to be returned: {titles}.", titles=", ".join(returned)))
    if undecided:
        say(tr("Not decided yet: {items}.", items=", ".join(undecided)))
    if not returned and not undecided:
        say(tr("Every item is accepted; without items, “hoso accept” accepts the dossier."))


@click.command(
    "rolled-up", help=tr("Records that the figures of an accepted dossier are included in the superior's tables.")
)
@click.argument("checklist")
@click.argument("unit")
def rolled_up_command(checklist: str, unit: str) -> None:
    _move("roll_up", checklist, unit)
