"""Random keys, pastes, clicks and sizes: nothing ends the app, every file reads. `python -m tests.fuzz` walks longer."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.fuzz import HOSTILE, must_read, play
from tests.test_app import FIRST, TEXT, opened
from tests.test_session import TITLE
from tests.tui_case import make_case
from tui.places import Key, Place
from tui.screens.workspace import WorkspaceScreen


@pytest.mark.parametrize("seed", [2, 3])
async def test_whatever_is_pressed_nothing_ends_the_app(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import review_case
    from tests.every_kind_case import make_every_kind
    from tests.tui_case import NAME, UNIT

    def nothing_outside(*_: object, **__: object) -> None:
        raise FileNotFoundError("nothing to open it with")

    monkeypatch.setattr("subprocess.Popen", nothing_outside)
    if seed % 3 == 2:
        await play(review_case.make_case(tmp_path / "ws"), (review_case.NAME, review_case.UNIT), seed, 50)
    else:
        await play(make_every_kind(tmp_path / "ws"), (NAME, UNIT), seed, 50)


async def test_escape_pressed_twice_closes_the_dossier_alone(tmp_path: Path) -> None:
    root = make_case(tmp_path / "ws")
    async with opened(root) as it:
        for _ in range(3):
            it.app.post_message(events.Key("escape", None))
        await it.settled()
        assert isinstance(it.app.screen, WorkspaceScreen)


async def test_a_dossier_that_is_left_while_a_window_opens_closes_nothing_of_that(tmp_path: Path) -> None:
    root = make_case(tmp_path / "ws")
    async with opened(root) as it:
        dossier = it.screen
        await it.press("ctrl+f")
        above = it.app.screen
        dossier.dismiss()
        await it.settled()
        assert it.app.screen is above and dossier in it.app.screen_stack


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_pastes_leave_a_file_that_reads_what_the_field_shows(tmp_path: Path, text: str) -> None:
    root = make_case(tmp_path / "ws")
    async with opened(root) as it:
        for place, key in ((FIRST, TEXT), (Place("bao_cao", "mot"), TITLE)):
            await it.at(place, key)
            it.app.post_message(events.Paste(text))
            it.app.post_message(events.Key("x", "x"))
            await it.settled()
            assert it.editor(key).value == (it.session.answer(key).value or "") or key is TITLE
            assert it.editor(key).value.endswith("x")
        assert it.session.save()
        kept = [it.session.answer(key).value for key in (TEXT, TITLE)]
    must_read(root)
    async with opened(root) as it:
        assert [it.session.answer(key).value for key in (TEXT, TITLE)] == kept


async def test_a_million_characters_are_pasted_and_kept(tmp_path: Path) -> None:
    root, text = make_case(tmp_path / "ws"), "\n".join(["Đảng viên " * 50] * 2_000)
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        it.app.post_message(events.Paste(text))
        await it.press("x")
        assert it.session.save()
        kept = it.session.answer(TEXT).value
    assert len(kept) > 980_000 and kept.endswith("x")
    async with opened(root) as it:
        assert it.session.answer(TEXT).value == kept


async def test_a_line_takes_a_million_characters(tmp_path: Path) -> None:
    root = make_case(tmp_path / "ws")
    async with opened(root) as it:
        key: Key = TITLE
        await it.at(Place("bao_cao", "mot"), key)
        it.app.post_message(events.Paste("dài " * 250_000))
        await it.press("x")
        assert it.session.save() and len(it.session.answer(key).value) == 1_000_001
    must_read(root)
