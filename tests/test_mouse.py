"""The mouse: a click focuses, marks, goes there and runs a key of the footer; the wheel scrolls."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.widget import Widget
from textual.widgets import OptionList

from tests.every_kind_case import FIXED
from tests.seen import lines
from tests.test_app import ASK, COUNT, FIRST, RULER, SECOND, TEXT, TITLE, Driven, opened
from tests.test_app import root as root
from tests.tour import make_all
from tests.tui_case import UNIT, open_case
from tui.app import HosoApp
from tui.places import Key, Place
from tui.screens.attach import AttachScreen
from tui.screens.find import FindScreen
from tui.screens.help import HelpScreen
from tui.screens.problems import ProblemsScreen
from tui.screens.workspace import WorkspaceScreen
from tui.widgets.cell_line import CellLine
from tui.widgets.choices import Choices
from tui.widgets.keybar import KeyBar

SHARE, MANY = (Key("field", "bao_cao", "chung", name) for name in ("ty_le", "loai_hinh"))
DAY, MET = (Key("field", "bao_cao", "mot", name) for name in ("ngay", "co_mat"))
FILE = Key("field", "bao_cao", "mot", "bang_chung")
LARGE = 120, 60


async def wheel(it: Driven, over: Widget, x: int = 3, y: int = 3) -> None:
    place = over.region
    rolled = events.MouseScrollDown(over, x, y, 0, 0, 0, False, False, False, place.x + x, place.y + y)
    over.post_message(rolled)
    await it.pilot.pause(0.3)


async def footer(it: Driven, key: str) -> None:
    """Clicks on a key in the last line."""
    bar = it.app.screen.query_one(KeyBar)
    one = next(one for one in bar.keys if one.key == key)
    await it.pilot.click(bar, offset=(lines(it.app)[-1].index(f"{one.key} {one.words}") + 1, 0))
    await it.pilot.pause(0.2)


@pytest.mark.parametrize(("place", "found"), [(FIRST, (TEXT, COUNT, SHARE, RULER, ASK)), (SECOND, (TITLE, DAY, MET))])
async def test_a_click_focuses_every_kind_of_field(root: Any, place: Place, found: tuple[Key, ...]) -> None:
    async with opened(root, LARGE) as it:
        await it.at(place)
        for key in found:
            it.screen.set_focus(None)
            entry = it.field(key).entry
            await it.pilot.click(entry, offset=(1, 0))
            await it.pilot.pause()
            assert it.app.focused is entry, key


async def test_a_click_on_the_line_of_a_file_opens_its_window(root: Any) -> None:
    async with opened(root, LARGE) as it:
        await it.at(SECOND)
        await it.pilot.click(it.field(FILE).entry, offset=(1, 0))
        await it.pilot.pause(0.2)
        assert isinstance(it.app.screen, AttachScreen)


async def test_a_click_marks_a_choice_and_ticks_an_ask(root: Any) -> None:
    async with opened(root, LARGE) as it:
        await it.at(FIRST)
        for key, row in ((RULER, 1), (MANY, 0), (MANY, 1), (ASK, 0)):
            choices = it.field(key).query_one(Choices)
            await it.pilot.click(choices, offset=(2, row))
            await it.pilot.pause(0.1)
        assert it.session.raw(RULER) == "khong"
        assert it.session.raw(MANY) == ["hanh_chinh", "su_nghiep"]
        assert it.session.ask(ASK) == "here"


async def test_the_wheel_scrolls_the_form_and_a_list(root: Any) -> None:
    async with opened(root, (80, 24)) as it:
        await it.at(FIRST, TEXT)
        await wheel(it, it.screen.form)
        assert it.screen.form.scroll_offset.y > 0
        await it.press("f1")
        assert isinstance(it.app.screen, HelpScreen)
        text = it.app.screen.query_one("#help")
        await wheel(it, text)
        assert text.scroll_offset.y > 0


async def test_a_click_on_a_key_of_the_footer_does_what_the_key_does(root: Any) -> None:
    async with opened(root, (120, 40)) as it:
        await it.at(FIRST, TEXT)
        for key, kind in (("F4", ProblemsScreen), ("F9", AttachScreen), ("F1", HelpScreen)):
            await footer(it, key)
            assert isinstance(it.app.screen, kind), key
            await footer(it, "Esc")
            assert it.app.screen_stack[-1] is it.screen, key


async def test_a_click_in_the_footer_reaches_the_table_that_is_used(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    async with opened(make_all(tmp_path / "ws"), (160, 45)) as it:
        await it.at(Place("bao_cao", "bang"), FIXED)
        line = it.app.focused
        assert isinstance(line, CellLine)
        await footer(it, "F2")
        assert it.app.focused is line and line.in_text


async def test_a_click_on_a_line_of_the_tree_goes_there(root: Any) -> None:
    async with opened(root, (120, 40)) as it:
        await it.at(FIRST, TEXT)
        tree = it.screen.outline
        at = next(y for y, line in enumerate(lines(it.app)) if "Phần một" in line[: tree.region.right])
        await it.pilot.click(tree, offset=(10, at - tree.region.y))
        await it.pilot.pause(0.2)
        assert it.screen.place == SECOND and it.app.focused is not tree


async def test_a_click_on_a_line_of_a_window_chooses_it(root: Any) -> None:
    async with opened(root, (120, 40)) as it:
        for key, kind in (("f4", ProblemsScreen), ("ctrl+f", FindScreen)):
            await it.at(SECOND, TITLE)
            await it.press(key)
            assert isinstance(it.app.screen, kind)
            await it.pilot.click(it.app.screen.query_one(OptionList), offset=(6, 1))
            await it.pilot.pause(0.2)
            assert it.app.screen_stack[-1] is it.screen and it.screen.place == FIRST, key


async def test_a_click_in_the_list_of_dossiers_opens_one(root: Any) -> None:
    app = HosoApp(open_case(root))
    async with app.run_test(size=(100, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        at = next(y for y, line in enumerate(lines(app)) if "Đảng bộ Sở A" in line)
        await pilot.click(screen.board_list, offset=(5, at - screen.board_list.region.y))
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)
        assert [session.unit.id for session in app.sessions] == [UNIT]
