"""The command `hoso`. stdout is data, stderr is narration; each command lives in a module of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from hoso import __version__, i18n
from hoso.causes import cause
from hoso.cli.shared import Exit, fail, find_workspace
from hoso.cli.wording import speak, worded
from hoso.i18n import tr
from hoso.paths import MARKER, workspace_around
from hoso.problems import Refused

COMMANDS = {
    "demo": "starting", "new": "starting", "fill": "starting", "check": "check", "status": "status",
    "rollup": "rollup", "set": "answering", "attach": "answering",
    "submit": "moving", "receive": "moving", "return": "moving", "accept": "moving", "rolled-up": "moving",
    "serve": "serving", "publish": "publishing", "render": "publishing", "schema": "schema",
}  # fmt: skip


class LazyGroup(click.Group):
    """Imports a command's module when that command is wanted, after the language is known."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(f"hoso.cli.{COMMANDS[cmd_name]}"), f"{cmd_name.replace('-', '_')}_command"
        )
        return worded(command)


def build() -> click.Group:
    """The whole command line, worded in the language of now."""
    options: list[click.Parameter] = [
        click.Option(["--version"], is_flag=True, help=tr("Show the version and exit.")),
    ]
    speak()
    return LazyGroup(
        "hoso", params=options, callback=_open_app, invoke_without_command=True,
        help=tr("Report outlines and dossier checklists: filled in a terminal, published as a site. "
                "Without a command: opens the workspace around this folder."),
        options_metavar=tr("[OPTIONS]"), subcommand_metavar=tr("[COMMAND] [ARGUMENTS]..."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip


def _open_app(version: bool) -> None:
    if version:
        click.echo(f"hoso {__version__}")
        return
    if click.get_current_context().invoked_subcommand is None:
        from hoso.cli.starting import open_app

        open_app(find_workspace(required=False))


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and ends the process with one of the exit codes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    i18n.use(_language())
    try:
        code = build().main(arguments, prog_name="hoso", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else Exit.OK)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(Exit.MISUSE)
    except click.ClickException as error:
        fail(tr("The command was not used correctly: {why}", why=error.format_message()), Exit.MISUSE)
    except (click.Abort, KeyboardInterrupt):
        fail(tr("Stopped."), Exit.INTERRUPTED)
    except Refused as refused:
        fail(refused.problem.line_of_text(), Exit.PROBLEMS)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.OK)
    except OSError as error:
        why = cause(error)
        fail(tr("{path}: {why}", path=error.filename, why=why) if error.filename else why, Exit.PROBLEMS)


def _language() -> str:
    """The reader's, else that of the workspace around, so that help and messages speak it too."""
    root = workspace_around(Path.cwd())
    if root is None:
        return i18n.for_reader()
    try:
        lines = (root / MARKER).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return i18n.for_reader()
    told = next(
        (line.partition(":")[2].partition("#")[0].strip(" \"'") for line in lines if line.startswith("language:")), None
    )
    return i18n.for_reader(told)
