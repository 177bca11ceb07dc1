"""Writing in the app, driven without a terminal: keys, windows, what is kept; every key stands in the palette."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from hoso.i18n import tr
from hoso.workspace import Workspace
from tests.tui_case import NAME, UNIT
from tests.writing_case import make_two_years
from tui import keys
from tui.app import HosoApp
from tui.places import Key, Place
from tui.screens.dossier import DossierScreen
from tui.screens.excerpt import ExcerptScreen
from tui.screens.preview import PreviewScreen
from tui.widgets.guidance import Guidance
from tui.widgets.line import Number
from tui.widgets.prose import Prose

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
COUNT = Key("field", "bao_cao", "chung", "dang_vien")
REMARK = Key("field", "bao_cao", "lai", "nhan_xet")
CHUNG, LAI = Place("bao_cao", "chung"), Place("bao_cao", "lai")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    return make_two_years(tmp_path / "ws")


@asynccontextmanager
async def opened(root: Path, width: int = 160, height: int = 45):
    app = HosoApp(Workspace(root), (NAME, UNIT))
    async with app.run_test(size=(width, height)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = next(one for one in app.screen_stack if isinstance(one, DossierScreen))
        yield app, pilot, screen


async def press(pilot, *names: str) -> None:
    await pilot.press(*names)
    await pilot.pause(0.05)


def options(app) -> list[str]:
    return [str(one.prompt) for one in app.screen.query_one("#entries", OptionList).options]


async def test_a_figure_is_inserted_by_its_label_and_stays_current(root):
    async with opened(root) as (app, pilot, screen):
        screen.session.type_into(COUNT, "8.341")
        await screen.go(CHUNG, TEXT)
        await press(pilot, *"co ", "alt+i", *"tong so dang")
        assert "8.341" in options(app)[0] and "tăng 144" in options(app)[1]
        await press(pilot, "enter")
        assert screen.session.answer(TEXT).value == "co {{dang_vien}}"
        await pilot.pause(0.3)
        assert "8.341" in str(screen.form.field_of(TEXT)._note.content)
        screen.session.type_into(COUNT, "8.342")
        await press(pilot, "alt+v")
        assert isinstance(app.screen, PreviewScreen) and app.screen.preview.paper.find("co 8.342")
        await press(pilot, "escape", "ctrl+z")
        assert screen.session.answer(COUNT).value == "8341"


async def test_what_looks_like_a_figure_can_be_typed(root):
    async with opened(root) as (_, pilot, screen):
        await screen.go(CHUNG, TEXT)
        await press(pilot, *"\\{{a}} {{ b c }} {x}")
        assert screen.session.answer(TEXT).value == "\\{{a}} {{ b c }} {x}"
        assert screen.session.as_printed(TEXT) == "{{a}} {{ b c }} {x}"
        assert all(not fault.code.startswith("reference") for fault in screen.session.faults_at(TEXT))


async def test_the_figure_of_before_is_shown_accepted_and_taken_back(root):
    async with opened(root) as (app, pilot, screen):
        screen.session.type_into(COUNT, "8.341")
        await screen.go(CHUNG, COUNT)
        screen.form.renew()
        field = screen.form.field_of(COUNT)
        assert [one.placeholder for one in field.query(Number)][1] == "8.197"
        assert "tăng 144" in str(field._difference.content)
        await press(pilot, "f5")
        assert "8.197" in options(app)[0]
        await press(pilot, "enter")
        assert screen.session.raw(COUNT) == {"value": "8341", "before": "8197"}
        await press(pilot, "ctrl+z")
        assert screen.session.raw(COUNT) == "8341"


async def test_answers_of_before_are_taken_whole_and_by_words(root):
    async with opened(root) as (app, pilot, screen):
        await screen.go(CHUNG, TEXT)
        await press(pilot, "alt+k")
        assert "3" in options(app)[0]
        await press(pilot, "enter")
        assert screen.session.answer(TEXT).is_proposal and screen.session.answer(COUNT).value == "8197"
        assert screen.form.field_of(TEXT).query_one(Prose).value.startswith("Năm 2020")
        await press(pilot, "ctrl+z")
        assert screen.session.raw(TEXT) is None and screen.session.raw(COUNT) is None
        assert screen.form.field_of(TEXT).query_one(Prose).value == ""
        await screen.go(CHUNG, TEXT)
        await press(pilot, "alt+k", "down", "down", "enter")
        assert isinstance(app.screen, ExcerptScreen)
        await press(pilot, "down", "down", "enter")  # the paragraph under the cursor
        assert screen.session.answer(TEXT).value == "Đoạn hai nói về đảng viên mới.\nDòng cuối."
        await press(pilot, "alt+k", "down", "down", "enter")
        await press(pilot, *["shift+right"] * 3, "enter")
        assert screen.session.answer(TEXT).value.endswith("Dòng cuối.Năm")
        await press(pilot, "ctrl+z")
        assert screen.session.answer(TEXT).value == "Đoạn hai nói về đảng viên mới.\nDòng cuối."


async def test_an_own_editor_is_one_change(root, monkeypatch):
    async with opened(root) as (app, pilot, screen):
        monkeypatch.setenv("VISUAL", sys.executable)
        monkeypatch.setattr(app, "suspend", lambda: nothing())
        await screen.go(CHUNG, TEXT)
        await press(pilot, *"abc")

        def run(command):
            path = Path(command[-1])
            assert path.read_text(encoding="utf-8") == "abc\n"
            path.write_text("Viết lại\n\nhai đoạn\n", encoding="utf-8")
            return 0

        monkeypatch.setattr("tui.outside.run_and_wait", run)
        await press(pilot, "ctrl+o")
        assert screen.session.answer(TEXT).value == "Viết lại\n\nhai đoạn"
        assert screen.form.field_of(TEXT).query_one(Prose).value == "Viết lại\n\nhai đoạn"
        await press(pilot, "ctrl+z")
        assert screen.session.answer(TEXT).value == "abc"
        monkeypatch.setattr("tui.outside.run_and_wait", lambda command: Path(command[-1]).write_text("hỏng") and 1)
        await press(pilot, "ctrl+o")
        assert screen.session.answer(TEXT).value == "abc"
        assert any("hoso.md" in note.message for note in app._notifications)


@contextmanager
def nothing():
    yield


async def test_bold_and_lists(root):
    async with opened(root) as (_, pilot, screen):
        await screen.go(CHUNG, TEXT)
        await press(pilot, *"mot", "shift+home", "ctrl+b")
        assert screen.session.answer(TEXT).value == "**mot**"
        await press(pilot, "alt+l")
        assert screen.session.answer(TEXT).value == "- **mot**"
        await press(pilot, "alt+l", "ctrl+a", "delete", "ctrl+b", *"hai")
        assert screen.session.answer(TEXT).value == "**hai**"


async def test_marks_are_listed_and_gone_to(root):
    async with opened(root) as (app, pilot, screen):
        await screen.go(LAI, REMARK)
        await press(pilot, "alt+m")
        assert "⚑" in str(screen.query_one("#heading", Static).content)
        await screen.go(CHUNG)
        await press(pilot, "alt+n")
        assert screen.place == LAI
        await screen.go(CHUNG)
        await press(pilot, "alt+d")
        assert "Nhắc lại" in options(app)[0]
        await press(pilot, "enter")
        assert screen.place == LAI
        await press(pilot, "alt+m")
        assert "⚑" not in str(screen.query_one("#heading", Static).content)


async def test_the_panel_tells_what_was_and_what_is_elsewhere(root):
    async with opened(root) as (_, pilot, screen):
        await screen.go(CHUNG, TEXT)
        told = screen.query_one(Guidance).told(CHUNG, TEXT).plain
        assert all(words in told for words in ("Nêu những nét chính.", "38-HD/BTCTW", "Ban Tổ chức", "09/03/2010"))
        assert "Năm 2020 (Alt+K)" in told and "8.197" in told
        screen.session.type_into(COUNT, "8.341")
        await screen.go(LAI, REMARK)
        assert "8.341 đảng viên" in screen.query_one(Guidance).told(LAI).plain
        await press(pilot, "alt+g", "enter")
        assert (screen.place, screen.focused_key()) == (CHUNG, COUNT)


async def test_finding_goes_to_a_number_and_says_what_was_found_without_colour(root):
    async with opened(root, 80, 24) as (app, pilot, screen):
        await press(pilot, "ctrl+f", *"iii.1")
        assert "Nhắc lại" in options(app)[0]
        await press(pilot, "enter")
        assert screen.place == LAI
        await press(pilot, "ctrl+f", *"dang vien")
        first = app.screen.query_one("#entries", OptionList).get_option_at_index(0).prompt
        assert "Nội dung" in first.plain and "I. Tình hình chung" in first.plain
        styles = [str(span.style) for _, text in first.rows for span in text.spans]
        assert any("underline" in style for style in styles)


async def test_every_key_is_in_the_palette(root):
    """Whatever a binding of a dossier does can be found by its words, and whatever stands there has a key or words."""
    async with opened(root) as (app, _, screen):
        told = {command.title: command.help for command in app.get_system_commands(screen)}
        left_out = {"palette", "copy-hint"}
        for command in keys.commands(*screen.scopes, keys.APP):
            end = f"({command.key_label})" if command.key else tr(command.label)
            title = next((title for title in told if title.endswith(end)), None)
            assert command.id in left_out or (title is not None and told[title]), command.id
        known = {command.id for command in keys.COMMANDS}
        stock = {"app.focus_next", "app.focus_previous", "screen.copy_text", "screen.minimize"}
        own = [one for where in (screen, app) for found in where._bindings.key_to_bindings.values() for one in found]
        assert {one.action for one in own if one.id not in known} <= stock
        taken: dict[str, str] = {}
        for command in keys.commands(keys.DOSSIER, keys.APP):
            for name in filter(None, command.key.split(",")):
                assert taken.setdefault(name, command.id) in (command.id, "copy-hint"), name
        places = [title for title, *_ in screen.places_to_go()]
        assert "→ I. Tình hình chung" in places and "→ Công văn" in places
