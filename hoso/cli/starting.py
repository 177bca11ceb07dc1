"""hoso · demo · new · fill: whatever opens the terminal app or makes a workspace for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoso.cli.shared import Exit, fail, known_checklist, known_unit, say, the_workspace
from hoso.i18n import tr

if TYPE_CHECKING:
    from hoso.workspace import Workspace


def open_app(workspace: Workspace | None, open_at: tuple[str, str] | None = None) -> None:
    """Opens the terminal app; without a terminal it says so instead of writing screens into a file."""
    # Textual draws on stderr, so that stream has to be a terminal as well.
    in_browser = "WebDriver" in os.environ.get("TEXTUAL_DRIVER", "")
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        fail(tr("The app needs a terminal. For scripts: hoso check, hoso status, hoso set."), Exit.MISUSE)
    from tui.app import HosoApp

    code = HosoApp(workspace, open_at=open_at).run()
    sys.exit(code or Exit.OK)


@click.command("demo", help=tr("Makes a workspace with the shipped outlines and filled dossiers, and opens it."))
@click.argument("folder", type=click.Path(path_type=Path), default=Path("hoso-demo"))
@click.option("--no-open", is_flag=True, help=tr("Only make the workspace."))
def demo_command(folder: Path, no_open: bool) -> None:
    from hoso.starting import make_demo
    from hoso.workspace import Workspace

    if make_demo(folder):
        say(tr("The demo workspace is in {folder}.", folder=folder))
    else:
        say(tr("The workspace in {folder} is opened as it was left.", folder=folder))
    if no_open or not sys.stdout.isatty():
        say(tr("Open it with: cd {folder} && hoso", folder=folder))
        return
    open_app(Workspace(folder))


@click.command("new", help=tr("Makes an empty workspace."))
@click.argument("folder", type=click.Path(path_type=Path))
def new_command(folder: Path) -> None:
    from hoso.starting import make_workspace

    make_workspace(folder)
    say(tr("The workspace is in {folder}. Next: write outlines/….yaml and checklists/….yaml.", folder=folder))


@click.command("fill", help=tr("Opens the app at one unit's dossier, which is made if it is not there."))
@click.argument("checklist")
@click.argument("unit")
@click.option(
    "--plain", is_flag=True,
    help=tr("Asks line by line, without a screen: for screen readers and poor lines."),
)  # fmt: skip
def fill_command(checklist: str, unit: str, plain: bool) -> None:
    workspace = the_workspace()
    at = known_checklist(workspace, checklist), known_unit(workspace, unit)
    if plain:
        from hoso.cli.prompting import fill_plainly

        fill_plainly(workspace, *at)
    else:
        open_app(workspace, at)
