"""What click itself says, in the reader's language: click would ask the environment, and knows no Vietnamese."""

from __future__ import annotations

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

from hoso.i18n import mark, template, tr

SPEAKING = (
    click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.termui, click.types,
)  # fmt: skip
# Those that a user of hoso can get to read; a test compares them with click's own.
CLICK = (
    mark("Options"), mark("Commands"), mark("Positional arguments"), mark("Usage:"),
    mark("Show this message and exit."), mark("required"), mark("default: {default}"), mark("(dynamic)"),
    mark("Got unexpected extra argument ({args})"), mark("Got unexpected extra arguments ({args})"),
    mark("Takes {nargs} values but 1 was given."), mark("Takes {nargs} values but {len} were given."),
    mark("Did you mean {possibility}?"), mark("(Did you mean one of: {possibilities}?)"),
    mark("Missing command."), mark("Missing argument"), mark("Missing option"), mark("Missing parameter"),
    mark("Missing parameter: {param_name}"), mark("Missing {param_type}"),
    mark("Invalid value: {message}"), mark("Invalid value for {param_hint}: {message}"),
    mark("No such option {name!r}."), mark("No such command {name!r}."),
    mark("Option {name!r} does not take a value."), mark("Option {name!r} requires an argument."),
    mark("Option {name!r} requires {nargs} arguments."), mark("Argument {name!r} takes {nargs} values."),
    mark("Choose from:\n\t{choices}"), mark("{value!r} is not {choice}."), mark("{value!r} is not one of {choices}."),
    mark("{value} is not in the range {range}."), mark("{value!r} is not a valid {number_type}."),
    mark("Could not open file {filename!r}: {message}"), mark("unknown error"),
    mark("file"), mark("directory"), mark("path"),
    mark("{name} {filename!r} does not exist."), mark("{name} {filename!r} is a file."),
    mark("{name} {filename!r} is a directory."), mark("{name} {filename!r} is not readable."),
    mark("{name} {filename!r} is not writable."),
)  # fmt: skip
# What is typed in the place of a name in capitals.
NAMES = {
    "checklist": mark("CHECKLIST"), "unit": mark("UNIT"), "item": mark("ITEM"), "items": mark("ITEM"),
    "address": mark("SECTION.FIELD"), "value": mark("VALUE"), "files": mark("FILE"), "folder": mark("FOLDER"),
    "paths": mark("PATH"),
}  # fmt: skip
KINDS = {
    "text": mark("TEXT"), "integer": mark("NUMBER"), "integer range": mark("NUMBER"), "path": mark("PATH"),
    "file": mark("FILE"), "directory": mark("FOLDER"),
}  # fmt: skip


def speak() -> None:
    """From now on click's words come from hoso's own catalogue."""
    for module in SPEAKING:
        for name, words in (("_", template), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, words)


def _counted(one: str, many: str, count: int) -> str:
    return template(one if count == 1 else many)


def worded(command: click.Command) -> click.Command:
    """The command with what its help shows in capitals in the reader's words too."""
    command.options_metavar = tr("[OPTIONS]")
    for param in command.params:
        if not isinstance(param.type, click.Choice):
            param.metavar = _named(param) or param.metavar
        if isinstance(param.type, click.types.IntParamType):
            param.type.name = tr("whole number")
    return command


def _named(param: click.Parameter) -> str | None:
    if isinstance(param, click.Argument):
        name = tr(NAMES[param.name]) if param.name in NAMES else param.name.upper()
        shown = name if param.required else f"[{name}]"
        return f"{shown}..." if param.nargs != 1 else shown
    return tr(KINDS[param.type.name]) if param.type.name in KINDS else None
