"""NO_COLOR: no colour is sent, and what is focused, chosen, selected, wrong or closed is seen all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.notifications import SeverityLevel
from textual.widgets import Input, OptionList, TextArea

from tests.seen import coloured, having, lines, text
from tests.test_app import COUNT, FIRST, RULER, TEXT, Driven
from tests.test_app import opened as opened_at
from tests.tui_case import NAME, UNIT, make_case, open_case
from tui.app import HosoApp
from tui.places import Key, Place
from tui.screens.ask import Reason
from tui.session import Session


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    monkeypatch.setenv("NO_COLOR", "1")
    return make_case(tmp_path / "ws")


@asynccontextmanager
async def opened(root: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driven]:
    async with opened_at(root, size) as it:
        yield it
        still(it.app)
        assert coloured(it.app) == []


def still(app: HosoApp) -> None:
    """The caret blinks; it is looked at while it is there."""
    for line in app.screen.query(Input):
        line.cursor_blink = False
    for prose in app.screen.query(TextArea):
        prose.cursor_blink = False


async def seen(it: Driven) -> None:
    still(it.app)
    await it.pilot.pause(0.1)


async def test_the_list_of_dossiers(root):
    app = HosoApp(open_case(root))
    async with app.run_test(size=(100, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        assert coloured(app) == []
        assert any(one.startswith("▌ Đảng bộ Sở A") for one in having(app, "reverse"))
        await pilot.press("down")
        await pilot.pause()
        assert any(one.startswith("▌ Đảng bộ Sở B") for one in having(app, "reverse"))
        assert any("Hồ sơ thử năm 2021" in one for one in having(app, "bold"))
        assert "┃" in lines(app)[2]  # the field for words has the focus


async def test_the_focused_field_has_a_heavier_frame_than_the_others(root):
    async with opened(root) as it:
        await it.at(FIRST, COUNT)
        await seen(it)
        here = next(line for line in lines(it.app) if "Tổng số đảng viên" in line)
        assert here.count("┃") == 2
        await it.at(FIRST, TEXT)
        await seen(it)
        here = next(line for line in lines(it.app) if "Tổng số đảng viên" in line)
        assert here.count("┃") == 0 and here.count("│") >= 3  # that of the tree, and its own two
        assert any("┃" in line for line in lines(it.app))


async def test_what_is_selected_in_a_text_is_reversed(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        await it.press(*"Năm qua", "shift+left", "shift+left", "shift+left")
        await seen(it)
        assert "qua" in having(it.app, "reverse")
        await it.at(FIRST, COUNT)
        await it.press(*"8341", "ctrl+a")
        await seen(it)
        assert "8341" in having(it.app, "reverse")


async def test_options_asks_and_the_tree(root):
    async with opened(root) as it:
        await it.at(FIRST, RULER)
        await it.press("down", "space")
        await seen(it)
        assert having(it.app, "underline").count("◉ 2 Không") == 1 and "○ 1 Có" in text(it.app)
        await it.at(FIRST, Key("ask", "bao_cao", "chung", "quy_mo"))
        await seen(it)
        assert any("Quy mô" in one for one in having(it.app, "underline"))
        assert "I. Tình hình chung" in having(it.app, "underline")  # where one is, while the tree is not used
        await it.press("f6")
        await seen(it)
        assert "I. Tình hình chung" in having(it.app, "reverse")
        await it.press("f6")
        await seen(it)
        guide = it.screen.guidance.region
        assert not guide or lines(it.app)[guide.y][guide.x] == "┃"


async def test_what_is_wrong_missing_absent_carried_or_contested_has_its_sign(root):
    session = Session(open_case(root), NAME, UNIT)
    session.put(COUNT, {"value": "-5"})
    session.put(Key("field", "bao_cao", "mot", "tieu_de"), {"value": "Họp", "from": "carried"})
    session.put(Key("field", "bao_cao", "mot", "ngay"), {"absent": "pending"})
    session.close()
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        await seen(it)
        shown = text(it.app)
        assert "✗ lỗi" in shown and "Kết quả đạt được *" in shown
        await it.at(Place("bao_cao", "mot"))
        await seen(it)
        assert "→ " in text(it.app) and "⊘ " in text(it.app)


async def test_messages_say_by_a_sign_how_grave_they_are(root):
    app = HosoApp(open_case(root), open_at=(NAME, UNIT))
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        signs: list[tuple[SeverityLevel, str]] = [("error", "✗ "), ("warning", "! "), ("information", "")]
        for severity, sign in signs:
            app.notify(f"{severity} told", severity=severity)
            await pilot.pause(0.2)
            assert f"{sign}{severity} told" in text(app)
        assert coloured(app) == []


async def test_lists_in_windows(root):
    async with opened(root, (100, 30)) as it:
        for key in ("f4", "ctrl+f", "f5", "f9"):
            await it.at(FIRST, TEXT)
            await it.press(key)
            if key == "ctrl+f":
                await it.press(*"so")
            await it.pilot.pause(0.2)
            await seen(it)
            found = next(iter(it.app.screen.query(OptionList)))
            assert found.highlighted is not None
            words = str(found.get_option_at_index(found.highlighted).prompt).split("\n")[0].strip()[:20]
            marked = having(it.app, "underline")
            assert any(words in one for one in marked), (key, words, marked)
            assert coloured(it.app) == []
            await it.press("escape")


async def test_lines_of_windows_and_the_palette(root):
    async with opened(root, (100, 30)) as it:
        it.app.push_screen(Reason("Vì sao?"))
        await it.pilot.pause()
        await seen(it)
        assert sum("┃" in line for line in lines(it.app)) == 1
        await it.press("escape", "ctrl+p")
        await it.pilot.pause(0.4)
        await seen(it)
        assert any(one.startswith("Trợ giúp (F1)") for one in having(it.app, "underline"))
        assert coloured(it.app) == []
        await it.press("escape")


async def test_after_handing_in_fields_have_no_frames(root, tmp_path):
    from tests.test_session import filled

    async with opened(root) as it:
        filled(it.session, tmp_path)
        await it.press("f10", "enter")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause(0.3)
        await it.at(FIRST, COUNT)
        here = next(line for line in lines(it.app) if "Tổng số đảng viên" in line)
        assert "┃" not in here and "🔒" in text(it.app)


@pytest.mark.parametrize("content", ["", None])
async def test_without_the_variable_there_are_colours(root, monkeypatch, content):
    monkeypatch.setenv("NO_COLOR", "") if content is not None else monkeypatch.delenv("NO_COLOR")
    app = HosoApp(open_case(root))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause(0.3)
        assert coloured(app)


async def test_the_cells_of_a_table(tmp_path, monkeypatch):
    from tests import test_grid_app as grid

    monkeypatch.setenv("NO_COLOR", "1")
    answers = '    t1:\n      a:\n        c1: "7"\n        c3: "x"\n      b:\n        c1: "8"\n'
    async with grid.opened(grid.made(tmp_path / "ws", grid.WIDE, answers)) as case:
        case.field.desk.go(0, 1)
        case.field.moved()
        await case.pilot.pause(0.2)
        assert coloured(case.app) == []
        assert [one for one in having(case.app, "reverse") if one == "7"] == ["7"]  # the cell one is in
        await case.press("shift+down")
        assert {"7", "8"} <= set(having(case.app, "reverse"))  # what is selected
        shown = text(case.app)
        assert "░" in shown and "=" in shown and "Σ" in shown  # not to be filled, worked out, a total
        await case.press("up", "f2", "1")
        await case.pilot.pause(0.2)
        assert any("71" in one for one in having(case.app, "underline"))  # the text being typed
