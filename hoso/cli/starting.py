"""hoso · demo · new · fill: whatever opens the terminal app or makes a workspace for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoso.cli.shared import Exit, choice, fail, known_dossier, say, the_workspace
from hoso.example import add_example, first_steps_told
from hoso.i18n import tr
from hoso.paths import MARKER
from hoso.pipelines import HOSTS, WHEEL, add_pipelines, source

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


@click.command(
    "demo", help=tr("Makes a workspace with the outlines and filled-in dossiers that come with hoso, and opens it.")
)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("hoso-demo"))
@click.option("--no-open", is_flag=True, help=tr("Only make the workspace."))
def demo_command(folder: Path, no_open: bool) -> None:
    from hoso.starting import make_demo
    from hoso.workspace import Workspace

    if make_demo(folder):
        say(tr("The demo workspace is in {folder}.", folder=folder))
    else:
        say(tr("The workspace in {folder} is opened as you left it.", folder=folder))
    if no_open or not sys.stdout.isatty():
        say(tr("Open it with: cd {folder} && hoso", folder=folder))
        return
    open_app(Workspace(folder))


@click.command(
    "new", help=tr("Makes an empty workspace, or adds to one that is there the files by which a Git host checks it.")
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--ci", "hosts", multiple=True, type=choice(*HOSTS, "all"),
    help=tr("Add the file by which this Git host checks the workspace and publishes its site. May be repeated."),
)  # fmt: skip
@click.option(
    "--example", is_flag=True,
    help=tr("Write a small outline and checklist, to be written over; what is there already is left alone."),
)  # fmt: skip
@click.option("--hoso", "install", help=tr("Where that file takes hoso from, as pip takes it; default: as here."))
def new_command(folder: Path, hosts: tuple[str, ...], example: bool, install: str | None) -> None:
    from hoso.starting import make_workspace, prepare_for_git

    wanted = tuple(HOSTS) if "all" in hosts else tuple(dict.fromkeys(hosts))
    is_new = not ((wanted or example) and (folder / MARKER).is_file())
    if is_new:
        make_workspace(folder)
        say(tr("The workspace is in {folder}.", folder=folder))
    if example:
        _add_example(folder)
    elif is_new:
        say(first_steps_told(str(folder)))
    _add_pipelines(folder, wanted, install)
    if not is_new:
        for name in prepare_for_git(folder):
            say(tr("{file} was added.", file=name))


def _add_example(folder: Path) -> None:
    from hoso.starting import in_its_language

    with in_its_language(folder):
        made, left = add_example(folder)
    for name in made:
        say(tr("{file} was added.", file=name))
    for name in left:
        say(tr("{file} is there already.", file=name))
    say(tr("Write these files over, then open them with: cd {folder} && hoso", folder=folder))


def _add_pipelines(folder: Path, hosts: tuple[str, ...], install: str | None) -> None:
    from hoso.starting import in_its_language

    if not hosts:
        return
    origin = install or source()
    with in_its_language(folder):
        made = add_pipelines(folder, hosts, origin)
    for name in (HOSTS[host][0] for host in hosts):
        say(tr("{file} was added.", file=name) if name in made else tr("{file} is there already.", file=name))
    if origin == WHEEL:
        say(tr("The host installs hoso from {wheel}: put the wheel there, or name another source with --hoso.",
               wheel=WHEEL))  # fmt: skip
    top = _repository_around(folder.resolve())
    if top not in (None, folder.resolve()):
        say(tr("The host reads such files only at the top of the repository: {folder}", folder=top))


def _repository_around(folder: Path) -> Path | None:
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


@click.command("fill", help=tr("Opens the app at one unit's dossier, creating it if necessary."))
@click.argument("checklist")
@click.argument("unit")
@click.option(
    "--plain", is_flag=True,
    help=tr("Asks line by line, without a full screen: for screen readers and slow connections."),
)  # fmt: skip
def fill_command(checklist: str, unit: str, plain: bool) -> None:
    workspace = the_workspace()
    at = known_dossier(workspace, checklist, unit)
    if plain:
        from hoso.cli.prompting import fill_plainly

        fill_plainly(workspace, *at)
    else:
        open_app(workspace, at)
