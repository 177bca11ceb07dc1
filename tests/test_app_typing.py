"""Typing in the app: its own Telex and VNI in every place, and no stock field anywhere."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from hoso.paths import state_folder
from tests.test_app import COUNT, FIRST, TEXT, opened
from tests.tui_case import make_case
from tui.app import HosoApp
from tui.typing import METHODS
from tui.widgets.keybar import KeyBar
from tui.widgets.line import OneLine
from tui.widgets.prose import Prose


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


async def test_a_key_switches_telex_and_vni_on_and_off_and_it_is_remembered(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        await it.press("alt+z")
        assert it.app.method is METHODS["telex"]
        assert it.screen.query_one(KeyBar).method == "Telex"
        await it.press(*"ddangr", "space", *"vieen")
        assert it.session.answer(TEXT).value == "đảng viên"
        await it.press("f12", "space", *"nguo72i")
        assert it.session.answer(TEXT).value == "đảng viên người"
        assert (state_folder() / "typing").read_text(encoding="utf-8") == "vni\n"
        assert HosoApp(None).method is METHODS["vni"]
        await it.press("alt+z", "space", *"ass")
        assert it.session.answer(TEXT).value == "đảng viên người ass"
        assert it.screen.query_one(KeyBar).method == ""


async def test_a_word_typed_by_telex_is_one_step_of_undo(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        it.app.method = METHODS["telex"]
        await it.press(*"ddangr")
        it.session.seal()
        await it.press("space", *"booj", "ctrl+z")
        assert it.session.answer(TEXT).value == "đảng"
        await it.press("ctrl+y")
        assert it.session.answer(TEXT).value == "đảng bộ"


async def test_figures_stay_figures(root):
    async with opened(root) as it:
        await it.at(FIRST, COUNT)
        it.app.method = METHODS["vni"]
        await it.press(*"8341")
        assert it.session.answer(COUNT).value == "8341"


async def test_backspace_selection_and_the_middle_of_a_word(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        it.app.method = METHODS["telex"]
        await it.press(*"hoafn", "backspace")
        assert it.editor(TEXT).value == "hòa"
        await it.press("ctrl+a", *"toan", "left", "s", "end", *" xong")
        assert it.editor(TEXT).value == "toán xong"


@pytest.mark.parametrize("key", ["ctrl+f", "ctrl+p"])
async def test_telex_works_in_the_windows(root, key):
    async with opened(root) as it:
        it.app.method = METHODS["telex"]
        await it.press(key, *"ddangr")
        assert it.app.screen.query(Input).first().value == "đảng"


def stock(screen: Widget) -> list[Widget]:
    """Fields that would put keys in another order."""
    return [
        one
        for one in screen.query("*")
        if isinstance(one, Input | TextArea | Select) and not isinstance(one, OneLine | Prose)
    ]


async def test_no_stock_field_is_on_any_screen(root):
    async with opened(root) as it:
        seen = 0
        for place in it.session.places():
            await it.at(place)
            assert stock(it.app.screen) == []
            seen += len(it.app.screen.query(Input)) + len(it.app.screen.query(Prose))
        await it.at(FIRST, TEXT)
        for key in ("ctrl+f", "ctrl+p", "f5", "f9", "f4", "f2", "f1"):
            await it.press(key)
            assert it.app.screen is not it.screen
            assert stock(it.app.screen) == []
            assert isinstance(it.app.screen, CommandPalette) == (key == "ctrl+p")
            await it.press("escape")
        assert seen > 5


def test_no_module_makes_a_stock_field() -> None:
    import ast

    from tests.conftest import ROOT

    made = []
    for path in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                made += [(path.name, node.func.id)] if node.func.id in ("Input", "TextArea", "Select") else []
    assert made == []
