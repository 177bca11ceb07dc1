"""hoso serve: the terminal app in a browser."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import click

from hoso.cli.shared import Exit, fail, say, the_workspace
from hoso.i18n import tr


@click.command("serve", help=tr("Opens the app in a browser: one app for each tab, on this machine only."))
@click.option("--host", default="127.0.0.1", help=tr("The address to listen on; any other lets other computers in."))
@click.option("--port", type=click.IntRange(0, 65535), help=tr("The port; by default the first free one from 8765."))
def serve_command(host: str, port: int | None) -> None:
    workspace = the_workspace()
    try:
        from tui.web.server import LOOPBACK, AppServer, free_port
    except ImportError:
        fail(tr("This needs textual-serve. Install it with: pip install “hoso[serve]”."), Exit.MISUSE)
    try:
        chosen = free_port(host, port)
    except OSError as error:
        why = error.strerror or str(error)
        fail(tr("{host}:{port} cannot be opened: {why}", host=host, port=port or "", why=why), Exit.PROBLEMS)
    if host not in LOOPBACK:
        say(tr("Warning: no password protects this. Whoever reaches {host}:{port} works here in your name.",
               host=host, port=chosen))  # fmt: skip
    shown = f"[{host}]" if ":" in host else host
    told = tr("The app is at http://{host}:{port}/ – Ctrl+C ends it.", host=shown, port=chosen)
    os.chdir(workspace.root)
    AppServer(_command(), host, chosen, "hoso", lambda: say(told)).serve()


def _command() -> str:
    """Starts the app of this very installation, for the shell that runs it."""
    words = [sys.executable, "-m", "hoso"]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(["exec", *words]).replace("'exec'", "exec")
