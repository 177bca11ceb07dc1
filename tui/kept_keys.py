"""Keys that the programs around hoso keep for themselves, so that they never arrive here: as these come, unchanged by
their users. Each command behind such a key has another one, or its line in the palette; F1 tells which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.keys import COMMANDS, KEPT_BY_BROWSERS, Command, key_label

_ALT = frozenset(f"alt+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


class Keeper(NamedTuple):
    """A program, and the keys it does not hand on."""

    name: str
    keys: frozenset[str]


KEEPERS = (
    # microsoft/terminal, src/cascadia/TerminalSettingsModel/defaults.json, "keybindings". Alt with an arrow goes to
    # the next pane, and arrives where the window is not split. Ctrl+Shift is scrolling and tabs.
    Keeper("Windows Terminal", frozenset({
        "alt+enter", "f11", "alt+f4", "alt+space", "alt+up", "alt+down", "alt+left", "alt+right", "ctrl+insert",
        "shift+insert", "ctrl+tab", "ctrl+shift+tab", "ctrl+shift+up", "ctrl+shift+down", "ctrl+shift+pageup",
        "ctrl+shift+pagedown", "ctrl+shift+home", "ctrl+shift+end",
        *(f"ctrl+shift+{letter}" for letter in "acdfmnptvw"),
    })),
    # GNOME/gnome-terminal, src/org.gnome.Terminal.gschema.xml: "help", "full-screen", "prev-tab" …; F10 is its menu
    # ("menu-accelerator-enabled", on by default).
    Keeper("GNOME Terminal", frozenset({
        "f1", "f10", "f11", "ctrl+pageup", "ctrl+pagedown",
        *(f"alt+{digit}" for digit in "0123456789"), *(f"ctrl+shift+{letter}" for letter in "cfghjnqtvw"),
    })),
    # Its Terminal writes special letters with Option, unless "Use Option as Meta key" is ticked (Settings, Profiles,
    # Keyboard); the system keeps F11 (show desktop) and Ctrl with arrows (Mission Control, spaces), see
    # dotat.at/@/2020-12-12-terminal-app-xterm-compatibiity.html and System Settings, Keyboard, Shortcuts.
    Keeper("macOS", frozenset({"f11", "ctrl+up", "ctrl+down", "ctrl+left", "ctrl+right", *_ALT})),
    # microsoft/vscode, terminal/common/terminal.ts, DEFAULT_COMMANDS_TO_SKIP_SHELL, with the keys of these commands:
    # showCommands, quickOpen, debug.*, focusNextPart, togglePanel, toggleFullScreen, nextEditor.
    Keeper("VS Code", frozenset({
        "f1", "ctrl+p", "ctrl+e", "f5", "f6", "shift+f6", "f10", "f11", "ctrl+j", "ctrl+pageup", "ctrl+pagedown",
        "ctrl+tab", "ctrl+shift+tab",
    })),
    # JetBrains/intellij-community, plugins/terminal, settings "Move focus to the editor with Escape".
    Keeper("JetBrains", frozenset({"escape"})),
    Keeper("tmux", frozenset({"ctrl+b"})),  # tmux(1): "The default command prefix is C-b"
    Keeper("screen", frozenset({"ctrl+a"})),  # screen(1): "each command consists of a ^A followed by one other"
)  # fmt: skip
BROWSERS = KEPT_BY_BROWSERS


def ways_round(keeper: Keeper, command: Command) -> list[str]:
    """The keys of a command that this program hands on, as printed on keyboards."""
    offered = (key for key in command.key.split(",") if key and not key.startswith("super+"))
    return [key_label(key) for key in offered if key not in keeper.keys]


def kept(explained: Iterable[Command]) -> Iterator[tuple[str, list[str]]]:
    """For the help: each program, with those of the explained keys that it keeps, and the key that works instead."""
    told = list(explained)
    for keeper in KEEPERS:
        lost = [one for one in told if one.key and one.key.split(",")[0] in keeper.keys]
        words = [" → ".join([key_label(one.key.split(",")[0]), *ways_round(keeper, one)[:1]]) for one in lost]
        if words:
            yield keeper.name, list(dict.fromkeys(words))


def palette_key(keeper: Keeper) -> str:
    """The key that opens the palette in this program."""
    return ways_round(keeper, next(one for one in COMMANDS if one.id == "palette"))[0]
