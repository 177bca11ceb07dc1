"""hoso publish · render: the site, and the same pages as plain Markdown."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoso import i18n
from hoso.cli.shared import Exit, fail, say, telling, the_workspace
from hoso.i18n import tr
from hoso.problems import refuse

if TYPE_CHECKING:
    from hoso.publishing_site import PublishResult
    from hoso.workspace import Workspace

WATCHED = ("outlines", "checklists", "site", "hoso.yaml", "mkdocs.yml", "mkdocs.en.yml")


@click.command("publish", help=tr("Builds the site into build/site. Only what changed is built again."))
@click.option("--serve", is_flag=True, help=tr("Show the site on this machine and build again whatever is saved."))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=tr("The port to use."))
@click.option("--full", is_flag=True, help=tr("Build every page again."))
def publish_command(serve: bool, port: int, full: bool) -> int:
    workspace = the_workspace()
    code = _publish(workspace, full=full)
    if serve and code == Exit.OK:
        _serve(workspace, port)
    return code


@click.command("render", help=tr("Writes the pages of the site as plain Markdown, for any other generator."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def render_command(folder: Path) -> int:
    from hoso.publish import render_to

    workspace = the_workspace()
    if folder.exists() and any(folder.iterdir()) and not (folder / "navigation.yml").is_file():
        raise refuse("folder-taken", str(folder), folder=folder)
    with _its_language(workspace):
        plan = render_to(workspace, folder, _telling())
    for found in plan.findings:
        say(found.line_of_text())
    if plan.stops:
        fail(tr("Nothing was written."), Exit.PROBLEMS)
    say(tr("{count} pages are in {folder}.", count=len(plan.pages), folder=folder))
    return Exit.OK


def _its_language(workspace: Workspace) -> AbstractContextManager[None]:
    """Pages are for all readers of a workspace, whatever whoever builds them has chosen for the screen."""
    return i18n.speaking(i18n.preferred(workspace.language))


def _publish(workspace: Workspace, *, full: bool) -> int:
    from hoso.publishing_site import SiteNotBuilt, publish_site

    started = time.monotonic()
    try:
        with _its_language(workspace):
            result = publish_site(workspace, full=full, tell=_telling())
    except SiteNotBuilt as error:
        fail(tr("The site was not built; the one from before still stands: {why}", why=error), Exit.PROBLEMS)
    return _tell(result, time.monotonic() - started)


def _telling() -> Callable[[str, int, int], None] | None:
    if telling("") is None:
        return None

    def tell(what: str, done: int, total: int) -> None:
        line = telling(what)
        if line is not None:
            line(done, total)

    return tell


def _tell(result: PublishResult, seconds: float) -> int:
    for warning in result.warnings:
        say(warning)
    for found in result.findings:
        say(found.line_of_text())
    if result.stopped:
        say(tr("Nothing was published: the places above must not be shown."))
        return Exit.PROBLEMS
    words = {"made": result.made, "kept": result.kept, "removed": result.removed, "seconds": f"{seconds:.1f}"}
    say(tr("{made} pages built, {kept} kept, {removed} removed in {seconds} s.", **words))
    click.echo(result.folder / "index.html")
    return Exit.OK


def _serve(workspace: Workspace, port: int) -> None:
    """Serves on loopback and builds again what was saved, until it is interrupted."""
    handler = functools.partial(_Quiet, directory=str(workspace.root / "build/site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(tr("The site is at http://127.0.0.1:{port}/ (stop with Ctrl+C).", port=server.server_address[1]))
        seen = _newest(workspace.root)
        try:
            while True:
                time.sleep(0.5)
                now = _newest(workspace.root)
                if now != seen:
                    seen = now
                    workspace.reload()
                    _publish_again(workspace)
        except KeyboardInterrupt:
            server.shutdown()


def _publish_again(workspace: Workspace) -> None:
    """A mistake in what was saved is told, and the site of before stays up."""
    from hoso.publishing_site import SiteNotBuilt, publish_site

    started = time.monotonic()
    try:
        with _its_language(workspace):
            result = publish_site(workspace)
        _tell(result, time.monotonic() - started)
    except (SiteNotBuilt, OSError) as error:
        say(tr("The site was not built; the one from before still stands: {why}", why=error))


def _newest(root: Path) -> tuple[int, int]:
    """How many files the pages are made from, and when the last of them was saved."""
    count = newest = 0
    for name in WATCHED:
        top = root / name
        for path in [top] if top.is_file() else top.rglob("*"):
            if not path.name.startswith("."):
                try:
                    newest = max(newest, path.stat().st_mtime_ns)
                except OSError:
                    continue
                count += 1
    return count, newest


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Requests are not narrated."""
