"""Language and colours: chosen in the palette, in force at once, kept for the next time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from hoso import i18n, preferences
from hoso.cli import main
from hoso.paths import state_folder
from tests.seen import text
from tests.tui_case import NAME, UNIT, make_case, open_case
from tui.app import HosoApp
from tui.places import Key, Place
from tui.screens.dossier import DossierScreen

TITLE = Key("field", "bao_cao", "mot", "tieu_de")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    return make_case(tmp_path / "ws")


@asynccontextmanager
async def opened(root: Path, at: tuple[str, str] | None = None) -> AsyncIterator[tuple[HosoApp, Pilot[int]]]:
    app = HosoApp(open_case(root), open_at=at)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        await app.workers.wait_for_complete()
        yield app, pilot


async def commanded(app: HosoApp, pilot: Pilot[int], words: str) -> None:
    await pilot.press("ctrl+p")
    await pilot.pause()
    await pilot.press(*words)
    await pilot.pause(0.3)
    await pilot.press("enter")
    await pilot.pause(0.3)


async def test_another_language_is_spoken_at_once_and_the_next_time(root):
    async with opened(root, (NAME, UNIT)) as (app, pilot):
        screen = cast("DossierScreen", app.screen)
        await screen.go(Place("bao_cao", "mot"), TITLE)
        await pilot.pause()
        await pilot.press(*"Họp")
        assert "Trợ giúp" in text(app)
        await commanded(app, pilot, "english")
        assert app.screen_stack[-1] is screen and screen.place == Place("bao_cao", "mot")
        shown = text(app)
        assert "F1 Help" in shown and "Trợ giúp" not in shown and "Họp" in shown
        assert screen.session.raw(TITLE) == "Họp"
        await pilot.press("!")
        await pilot.pause()
        assert screen.session.raw(TITLE) == "Họp!"
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert "F1 Help" in text(app) and "days left" in text(app)
    assert (state_folder() / "language").read_text(encoding="utf-8") == "en\n"
    async with opened(root) as (app, pilot):
        assert "F1 Help" in text(app)
        await commanded(app, pilot, "tieng viet")
        assert "F1 Trợ giúp" in text(app)
    assert preferences.kept("language", i18n.LANGUAGES).word == "vi"


async def test_colours_are_kept(root):
    async with opened(root) as (app, pilot):
        assert app.theme == "hoso-dark"
        await commanded(app, pilot, "tuong phan cao")
        assert app.theme == "hoso-contrast"
    async with opened(root) as (app, _):
        assert app.theme == "hoso-contrast"


async def test_the_variable_goes_before_the_choice_and_that_before_the_workspace(root, monkeypatch):
    preferences.keep("language", "en")
    assert i18n.for_reader("vi") == "en"
    monkeypatch.setenv("HOSO_LANGUAGE", "vi")
    assert i18n.for_reader("en") == "vi"
    async with opened(root) as (app, pilot):
        assert "Trợ giúp" in text(app)
        await commanded(app, pilot, "english")
        assert any("HOSO_LANGUAGE asks for another" in one.message for one in app._notifications)
    monkeypatch.delenv("HOSO_LANGUAGE")
    assert preferences.kept("language", i18n.LANGUAGES).word == "en"
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    assert i18n.of_pages("vi") == "vi"  # pages do not follow whoever builds them


@pytest.mark.parametrize("content", [b"\xff\xfe", b"klingon\n", None])
async def test_a_choice_that_cannot_be_read_is_told_and_the_usual_holds(root, content):
    path = state_folder() / "colours"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir() if content is None else path.write_bytes(content)
    async with opened(root) as (app, pilot):
        assert app.theme == "hoso-dark"
        told = next(iter(app._notifications)).message
        assert str(path) in told
        await commanded(app, pilot, "mau sang")
        assert app.theme == "hoso-light"
    assert content is None or path.read_text(encoding="utf-8") == "light\n"


async def test_a_choice_that_cannot_be_kept_holds_until_the_end(root, monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("HOSO_STATE", str(tmp_path / "taken"))
    async with opened(root) as (app, pilot):
        await commanded(app, pilot, "mau sang")
        assert app.theme == "hoso-light"
        assert any("không lưu được" in one.message for one in app._notifications)


async def test_brackets_in_what_is_told_are_brackets(root):
    async with opened(root) as (app, pilot):
        app.screen.notify("tệp [/x] [bold]a.pdf")
        await pilot.pause()
        assert [(one.message, one.markup) for one in app._notifications] == [("tệp [/x] [bold]a.pdf", False)]


def test_the_commands_speak_as_the_reader_has_chosen_and_the_pages_as_the_workspace(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    preferences.keep("language", "en")
    with pytest.raises(SystemExit):
        main(["check"])
    assert "hints: 0" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["render", str(root / "pages")])
    assert "pages are in" in capsys.readouterr().err
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (root / "pages").rglob("*.md"))
    assert "Đơn vị cấp trên" in pages and "deadline" not in pages
