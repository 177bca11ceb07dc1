"""hoso submit · return · accept: moving a dossier from state to state."""

from __future__ import annotations

import click

from hoso.cli.shared import Exit, known_checklist, known_unit, say, the_workspace
from hoso.i18n import tr
from hoso.problems import refuse
from hoso.states import state_label


@click.command(
    "submit", help=tr("Hands a dossier in. What is missing or wrong is told, and then nothing is handed in.")
)
@click.argument("checklist")
@click.argument("unit")
def submit_command(checklist: str, unit: str) -> int:
    from tui.session import Session

    workspace = the_workspace()
    session = Session(workspace, known_checklist(workspace, checklist), known_unit(workspace, unit))
    obstacles = session.obstacles() if session.dossier.is_open else []
    if obstacles:
        click.echo("\n".join(found.line_of_text() for found in obstacles))
        say(tr("Not handed in: {count} things stand against it.", count=len(obstacles)))
        return Exit.PROBLEMS
    session.submit()
    say(tr("The dossier is {state}.", state=state_label(session.dossier.state)))
    return Exit.OK


def _move(name: str, checklist: str, unit: str, because: str) -> None:
    from hoso.store.moving import move, possible

    workspace = the_workspace()
    dossier = workspace.open(known_checklist(workspace, checklist), known_unit(workspace, unit))
    if dossier.problems:
        raise refuse("dossier-unreadable", dossier.path)
    if not dossier.exists or not possible(dossier, name):
        raise refuse("move-impossible", dossier.path, "state", state=state_label(dossier.state))
    move(workspace.root, dossier, name, workspace.clock.now(), **({"because": because} if because else {}))
    say(tr("The dossier is {state}.", state=state_label(dossier.state)))


@click.command("return", help=tr("Returns a dossier to its unit, which may then change it again."))
@click.argument("checklist")
@click.argument("unit")
@click.option("--because", default="", help=tr("The reason for it."))
def return_command(checklist: str, unit: str, because: str) -> None:
    _move("return", checklist, unit, because)


@click.command("accept", help=tr("Accepts a dossier that was handed in."))
@click.argument("checklist")
@click.argument("unit")
def accept_command(checklist: str, unit: str) -> None:
    _move("accept", checklist, unit, "")
