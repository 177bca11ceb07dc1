"""hoso fill --plain: prompts on stdout, answers on stdin, nothing that moves the cursor."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import click

from hoso.cli.shared import Exit, fail
from hoso.problems import Refused
from tui import outside
from tui.plain import Filling, Talk
from tui.session import Session

if TYPE_CHECKING:
    from types import FrameType

    from hoso.workspace import Workspace

_BEAT = 30.0  # seconds between signs of life of a lock, which others take for stale after two minutes


def fill_plainly(workspace: Workspace, checklist: str, unit: str) -> NoReturn:
    """Ends the process: OK where everything could be saved, PROBLEMS where not, INTERRUPTED at Ctrl+C."""
    try:
        session = Session(workspace, checklist, unit)
    except Refused as refused:
        fail(refused.problem.line_of_text(), Exit.PROBLEMS)
    _end_at_signals()
    _prepare_lines()
    done = threading.Event()
    threading.Thread(target=_keep_alive, args=(session, done), daemon=True).start()
    try:
        saved = Filling(session, Talk(input, click.echo, _edited, lambda: shutil.get_terminal_size().columns)).run()
    except KeyboardInterrupt:
        click.echo()
        click.echo(session.status())
        sys.exit(Exit.INTERRUPTED)
    finally:
        done.set()
    sys.exit(Exit.OK if saved else Exit.PROBLEMS)


def _end_at_signals() -> None:
    """A terminal that is closed, a machine that is shut down: what was typed is saved and the locks are let go."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, _end)


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    """Ctrl+C once. Pressed again it is not heard: what was typed is being saved."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _end(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _prepare_lines() -> None:
    """Lines longer than the 4,096 bytes a terminal hands over at once, and Backspace over a whole letter."""
    if not sys.stdin.isatty():
        return
    with suppress(ImportError):  # Windows has a line editor of its own
        import readline

        readline.parse_and_bind("set enable-bracketed-paste off")
        readline.parse_and_bind("set bell-style none")
        readline.parse_and_bind("tab: tab-insert")
        readline.set_auto_history(False)


def _keep_alive(session: Session, done: threading.Event) -> None:
    while not done.wait(_BEAT):
        session.beat()


def _edited(text: str) -> str | None:
    try:
        outcome = outside.edit(text, outside.editor_command(), outside.run_and_wait)
    except (outside.NoEditor, OSError) as error:
        click.echo(str(error))
        return None
    if words := outside.told(outcome):
        click.echo(words)
    return outcome.text
