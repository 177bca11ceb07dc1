"""hoso publish · render: the site, and the same pages as plain Markdown."""

from __future__ import annotations

import errno
import time
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoso.causes import cause
from hoso.cli.progress import Progress
from hoso.cli.shared import Exit, fail, say, the_workspace
from hoso.i18n import tr
from hoso.problems import Problem, Refused, refuse

if TYPE_CHECKING:
    from hoso.cli.site_server import SiteServer
    from hoso.publishing_site import PublishResult
    from hoso.workspace import Workspace


@click.command("publish", help=tr("Builds the site into build/site. Only what changed is rebuilt."))
@click.option(
    "--serve", is_flag=True, help=tr("Show the site on this computer and rebuild it whenever something is saved.")
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=tr("The port to use."))
@click.option("--full", is_flag=True, help=tr("Rebuild every page."))
def publish_command(serve: bool, port: int, full: bool) -> int:
    workspace = the_workspace()
    if not serve:
        return _tell(*_published(workspace, full))
    with _server(workspace, port) as server:
        result, seconds = _published(workspace, full)
        return _tell(result, seconds) or _serve(workspace, server, _told(result))


@click.command("render", help=tr("Writes the pages of the site as plain Markdown, for any other generator."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def render_command(folder: Path) -> int:
    from hoso.publish import STAGED, render_to

    workspace = the_workspace()
    there = [path for path in folder.iterdir() if not path.name.startswith(STAGED)] if folder.exists() else []
    if there and not (folder / "navigation.yml").is_file():
        raise refuse("folder-taken", str(folder), folder=folder)
    try:
        with Progress() as progress:
            plan = render_to(workspace, folder, progress)
    except KeyboardInterrupt:
        fail(tr("Stopped. What stands in {folder} is as it was.", folder=folder), Exit.INTERRUPTED)
    for found in plan.findings:
        say(found.line_of_text())
    if plan.stops:
        fail(tr("Nothing was written."), Exit.PROBLEMS)
    say(tr("{count} pages are in {folder}.", count=len(plan.pages), folder=folder))
    return Exit.OK


def _published(workspace: Workspace, full: bool) -> tuple[PublishResult, float]:
    from hoso.publishing_site import SiteNotBuilt

    try:
        return _built(workspace, full=full)
    except (SiteNotBuilt, OSError) as error:
        fail(_not_built(error), Exit.PROBLEMS)
    except KeyboardInterrupt:
        fail(tr("Stopped. The site in build/site is as it was before."), Exit.INTERRUPTED)


def _built(workspace: Workspace, *, full: bool = False) -> tuple[PublishResult, float]:
    """What came of building, and the seconds it took. Raises SiteNotBuilt, OSError, Refused."""
    from hoso.publishing_site import publish_site

    started = time.monotonic()
    with Progress() as progress:
        result = publish_site(workspace, full=full, tell=progress)
    return result, time.monotonic() - started


def _not_built(error: Exception) -> str:
    why = cause(error) if isinstance(error, OSError) else str(error)
    return tr("The site was not built; the one from before still stands: {why}", why=why)


def _tell(result: PublishResult, seconds: float) -> int:
    _narrate(result, seconds)
    if result.stopped:
        return Exit.PROBLEMS
    click.echo(result.folder / "index.html")
    return Exit.OK


def _narrate(result: PublishResult, seconds: float, known: Collection[str] = ()) -> None:
    """Warnings that were told before are not told again at every save."""
    for warning in result.warnings:
        if warning not in known:
            say(warning)
    for line in map(Problem.line_of_text, result.findings):
        if line not in known or result.stopped:
            say(line)
    if result.stopped:
        say(tr("Nothing was published: the places above must not be shown."))
    else:
        words = {"made": result.made, "kept": result.kept, "removed": result.removed, "seconds": f"{seconds:.1f}"}
        say(tr("{made} pages built, {kept} kept, {removed} removed in {seconds} s.", **words))


def _told(result: PublishResult) -> list[str]:
    return [*result.warnings, *map(Problem.line_of_text, result.findings)]


def _server(workspace: Workspace, port: int) -> SiteServer:
    """Takes the port before anything is built, so that nobody waits for a message that could have come at once."""
    from hoso.cli.site_server import SiteServer

    try:
        return SiteServer(workspace.root / "build/site", port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        fail(
            tr("Port {port} is taken. Choose another with --port; --port 0 takes any that is free.", port=port),
            Exit.PROBLEMS,
        )


def _serve(workspace: Workspace, server: SiteServer, known: Collection[str]) -> int:
    """Serves on loopback and builds again what was saved, until it is interrupted."""
    from hoso.cli.watching import changes

    with server.running():
        say(tr("The site is at {address} (stop with Ctrl+C).", address=server.address))
        try:
            for _ in changes(workspace.root):
                known = _build_again(workspace, known)
                server.version.raise_()
        except KeyboardInterrupt:
            pass
    return Exit.OK


def _build_again(workspace: Workspace, known: Collection[str]) -> Collection[str]:
    """A mistake in what was saved is told, and the site of before stays up. Gives the warnings of now."""
    from hoso.publishing_site import SiteNotBuilt

    try:
        workspace.reload()
        result, seconds = _built(workspace)
    except Refused as refused:
        say(refused.problem.line_of_text())
    except (SiteNotBuilt, OSError) as error:
        say(_not_built(error))
    else:
        _narrate(result, seconds, known)
        return _told(result)
    return known
