"""Keys that terminals, multiplexers and systems keep for themselves: nothing can be done by such a key alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from tests.test_grid_app import made
from tests.test_grid_app import opened as grid_opened
from tui import kept_keys, keys
from tui.kept_keys import KEEPERS, Keeper, kept, ways_round
from tui.widgets.cell_line import CellLine

_EVERYWHERE = [*KEEPERS, Keeper("browser", kept_keys.BROWSERS)]
TEXTS = """
- id: t1
  type: table
  columns: [{id: a, label: Cột A, type: text}]
  rows: {each: 1..2, id: "r{}", label: "Dòng {}"}
"""


@pytest.mark.parametrize("keeper", _EVERYWHERE, ids=lambda keeper: keeper.name)
def test_what_is_behind_a_kept_key_can_be_reached_otherwise(keeper: Keeper) -> None:
    """By another key, or in the palette, which lists all that the screens and the app can do."""
    not_listed = {"palette", "copy-hint"}
    for command in keys.COMMANDS:
        taken = [key for key in command.key.split(",") if key in keeper.keys]
        assert not taken or ways_round(keeper, command) or command.id not in not_listed, command.id
    assert kept_keys.palette_key(keeper)


def test_all_keys_of_the_tables_are_named_as_the_app_names_them() -> None:
    from textual.keys import Keys, key_to_character

    known = {str(key.value) for key in Keys}
    for keeper in _EVERYWHERE:
        for key in keeper.keys:
            name = key.split("+")[-1]
            assert name in known or key_to_character(name) or name in ("home", "end"), (keeper.name, key)


def test_a_grid_does_nothing_by_keys_that_are_not_in_the_table() -> None:
    merged = CellLine._merged_bindings
    assert merged is not None
    own = {binding.action for found in merged.key_to_bindings.values() for binding in found}
    assert not {action for action in own if action.startswith("grid_")}


def test_of_several_ways_the_first_that_arrives_is_told() -> None:
    told = dict(kept(keys.commands(keys.GRID, keys.DOSSIER, keys.APP)))
    assert "Alt+Enter → ^J" in told["Windows Terminal"]
    assert {"F1", "F10"} <= set(told["GNOME Terminal"])
    assert "Alt+Z → F12" in told["macOS"] and "^P → ^L" in told["VS Code"]
    assert told["tmux"] == ["^B"] and told["screen"] == ["^A"] and told["JetBrains"] == ["Esc"]


async def test_help_tells_the_other_way(tmp_path: Path) -> None:
    async with grid_opened(made(tmp_path, TEXTS), size=(100, 30)) as it:
        await it.press("f1")
        words = str(it.app.screen.query_one("#help Static", Static).content)
        assert "GNOME Terminal: F1 · F10" in words and "Windows Terminal: Alt+↑ · Alt+↓ · Alt+Enter → ^J" in words
        assert "^P · ^L" in words and "^X" in words and "^A" in words


async def test_the_second_keys_do_the_same(tmp_path: Path) -> None:
    async with grid_opened(made(tmp_path, TEXTS)) as it:
        await it.press(*"mot", "ctrl+j", *"hai", "enter")
        assert it.value == {"r1": {"a": "mot\nhai"}}
        await it.press("ctrl+a", "ctrl+x")
        assert not it.value
        await it.press("ctrl+l")
        assert type(it.app.screen).__name__ == "Palette"
