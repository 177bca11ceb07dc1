"""The preview on the screen: keys, finding, the way back to a field."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import OptionList

from hoso.workspace import Workspace
from tests.test_preview import FIRST, FORM, SECOND, TABLE, TEXT, TITLE, WIDE
from tests.tui_case import NAME, OUTLINE, UNIT, make_case
from tui import keys
from tui.app import HosoApp
from tui.screens.dossier import DossierScreen
from tui.screens.help import HelpScreen
from tui.screens.preview import HeadingsScreen, PreviewScreen
from tui.widgets.line import Line


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    made = make_case(tmp_path / "ws")
    columns = "".join(
        f"          - {{id: c{at}, label: Cột số {at}, type: number, required: false}}\n" for at in range(24)
    )
    wide = WIDE.replace("          - label: Xếp loại\n", columns + "          - label: Xếp loại\n")
    (made / "outlines/bao-cao.yaml").write_text(OUTLINE + wide, encoding="utf-8")
    return made


@asynccontextmanager
async def opened(root: Path, width: int = 80, height: int = 24) -> AsyncIterator[tuple[Any, Any, Any]]:
    app = HosoApp(Workspace(root), (NAME, UNIT))
    async with app.run_test(size=(width, height)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = next(one for one in app.screen_stack if isinstance(one, DossierScreen))
        yield app, pilot, screen


async def press(pilot, *pressed: str) -> None:
    await pilot.press(*pressed)
    await pilot.pause(0.1)


async def shown(app, pilot, screen, place=FIRST, key=TEXT, with_key: str = "f2") -> Any:
    await screen.go(place, key)
    await press(pilot, with_key)
    assert isinstance(app.screen, PreviewScreen)
    return app.screen


def seen(preview: Any) -> str:
    view = preview.view
    return "\n".join(view.render_line(y).text for y in range(view.size.height))


async def test_it_opens_where_the_cursor_is_and_follows_what_is_typed(root):
    async with opened(root) as (app, pilot, screen):
        await screen.go(FIRST, TEXT)
        await press(pilot, *"vua go")
        await press(pilot, "f2")
        assert "▸ Kết quả đạt được:" in seen(app.screen) and "vua go" in seen(app.screen)
        await press(pilot, "escape")
        assert app.screen is screen and screen.session.answer(TEXT).value == "vua go"


async def test_enter_goes_to_the_field_of_the_line(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        await press(pilot, "f8", "f8")
        assert preview.preview.paper.block(preview.preview.cursor).text == "1. Phần một"
        await press(pilot, "down", "enter")
        assert app.screen is screen and screen.place == SECOND and screen.focused_key() == TITLE


async def test_words_are_found_with_the_keys_and_counted(root):
    async with opened(root) as (app, pilot, screen):
        screen.session.type_into(TEXT, "đảng viên và đảng ủy\n" * 30)
        preview = await shown(app, pilot, screen)
        await press(pilot, "ctrl+f", *"dang")
        assert isinstance(app.focused, Line) and len(preview.preview.hits) == 60 + 2
        assert "2/62" in preview.key_bar.status
        await press(pilot, "enter", "n", "f3")
        assert "4/62" in preview.key_bar.status and not preview.line.display
        await press(pilot, "N", "shift+f3", "shift+f3")
        assert "1/62" in preview.key_bar.status
        await press(pilot, "end")
        assert preview.preview.cursor == preview.preview.paper.height - 1
        await press(pilot, "home", "escape")
        assert app.screen is preview and not preview.preview.hits
        await press(pilot, "escape")
        assert app.screen is screen


async def test_marks_and_extent_have_their_keys(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        assert "┃ ○" in seen(preview)
        await press(pilot, "f4")
        assert "┃" not in seen(preview) and "……………" in seen(preview) and "ẩn dấu báo" in preview.key_bar.status
        await press(pilot, "f4", "f2")
        assert "cả bộ hồ sơ" in preview.key_bar.status
        await press(pilot, "f2")
        assert "mục này" in preview.key_bar.status and "Chi tiết" not in seen(preview)
        assert "1. Phần một" not in seen(preview)


async def test_the_section_of_a_text_has_a_key_of_its_own(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen, with_key="alt+v")
        assert "mục này" in preview.key_bar.status


async def test_a_heading_is_jumped_to_by_number_and_by_words(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        for words, text in (("2.1", "1. Phần một"), ("bieu so", "III. Biểu số liệu")):
            words = words.replace("2.1", "ii.1")
            await press(pilot, "f6")
            assert isinstance(app.screen, HeadingsScreen)
            await press(pilot, *words, "enter")
            assert preview.is_current and preview.preview.paper.block(preview.preview.cursor).text == text


async def test_headings_stand_at_the_side_where_there_is_room(root):
    async with opened(root, 160, 45) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        side = preview.query_one("#headings", OptionList)
        assert side.region.width and side.option_count == 5 and side.highlighted == 1
        await press(pilot, "shift+tab")
        assert side.has_focus
        await press(pilot, "down", "down", "enter")
        assert preview.view.has_focus
        assert preview.preview.paper.block(preview.preview.cursor).text == "1. Phần một"
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        assert not preview.query_one("#headings", OptionList).region.width


async def test_a_wide_table_moves_sideways_under_its_row_names(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        await press(pilot, "ctrl+f", *"2021", "enter", *["left"] * 40)
        assert "│ 2021 " in seen(preview) and "›" in seen(preview) and "Tốt" not in seen(preview)
        assert preview.key_bar.status.startswith("← → bảng rộng")
        await press(pilot, *["right"] * 40)
        assert "│ 2021 " in seen(preview) and "Tốt" in seen(preview) and "›" not in seen(preview)
        await press(pilot, "ctrl+f", *"cot so 3", "enter")
        assert "›" in seen(preview) and "│ 3" in seen(preview).replace("│  3", "│ 3")


async def test_pages_are_turned_and_every_line_comes_in_sight(root):
    async with opened(root) as (app, pilot, screen):
        screen.session.type_into(TEXT, "\n".join(f"dòng {at}" for at in range(100)))
        preview = await shown(app, pilot, screen)
        await press(pilot, "home")
        found = set()
        for _ in range(20):
            found |= {line.strip(" ▸") for line in seen(preview).split("\n")}
            await press(pilot, "pagedown")
        assert {f"dòng {at}" for at in range(100)} <= found and preview.view.scroll_offset.y > 100
        await press(pilot, "pageup", "up")
        assert "▸" in seen(preview)


async def test_help_and_palette_name_the_keys_of_the_preview(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        titles = [command.title for command in app.get_system_commands(preview)]
        titles += [title for title, *_ in preview.places_to_go()]
        assert "Phạm vi (F2)" in titles and "→ 1. Phần một" in titles and "Xem cả bộ hồ sơ" in titles
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        words = str(app.screen.words())
        assert all(command.key_label in words for command in keys.commands(keys.PREVIEW))


async def test_keys_of_one_burst_reach_the_preview(root):
    async with opened(root) as (app, pilot, screen):
        await screen.go(FIRST, TEXT)
        await pilot.pause()
        for pressed in ("f2", "ctrl+f", *"phan", "space", *"mot"):
            app.post_message(events.Key(pressed, {"space": " "}.get(pressed, pressed if len(pressed) == 1 else None)))
        await pilot.pause(0.5)
        assert isinstance(app.screen, PreviewScreen) and app.screen.line.value == "phan mot"
        await press(pilot, "enter", "enter")
        assert screen.is_current and screen.place == SECOND and screen.session.answer(TEXT).is_blank


async def test_in_a_cell_f2_edits_it_and_the_palette_still_shows_the_preview(root):
    async with opened(root) as (app, pilot, screen):
        await screen.go(FORM, TABLE)
        await press(pilot, "f2")
        assert app.screen is screen and app.focused.desk.editing
        await press(pilot, "escape", "ctrl+p", *"xem truoc")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await pilot.pause(0.3)
        assert isinstance(app.screen, PreviewScreen)
        assert "▸ Kết quả:" in seen(app.screen)


async def test_the_language_changes_under_it(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        app.action_speak("en")
        await pilot.pause(0.3)
        assert app.screen is preview and "┃ ○ not answered" in seen(preview)
        assert "this item" in preview.key_bar.status


async def test_a_click_moves_and_a_second_one_goes_to_the_field(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        row = next(y for y, line in enumerate(seen(preview).split("\n")) if "Tiêu đề" in line)
        await pilot.click(preview.view, offset=(10, row))
        await pilot.pause(0.1)
        assert "▸ - Tiêu đề" in seen(preview) and app.screen is preview
        await pilot.double_click(preview.view, offset=(10, row))
        await pilot.pause(0.3)
        assert app.screen is screen and screen.focused_key() == TITLE


async def test_what_others_write_meanwhile_is_shown(root):
    async with opened(root) as (app, pilot, screen):
        preview = await shown(app, pilot, screen)
        screen.session.put(TEXT, "viết từ máy khác")
        screen.session.saver.merges += 1
        await pilot.pause(1.2)
        assert "viết từ máy khác" in seen(preview)


@pytest.mark.parametrize("theme", ["hoso-dark", "hoso-light", "hoso-contrast"])
async def test_the_line_one_is_at_shows_in_every_theme(root, theme):
    async with opened(root) as (app, pilot, screen):
        app.theme = theme
        preview = await shown(app, pilot, screen)
        lines = [preview.view.render_line(y) for y in range(preview.view.size.height)]
        here = next(line for line in lines if line.text.startswith("▸"))
        other = next(line for line in lines if line.text.strip() and not line.text.startswith("▸"))
        assert {part.style.bgcolor for part in here if part.style} != {
            part.style.bgcolor for part in other if part.style
        }
