"""What becomes of keys that were pressed for something that did not come."""

from __future__ import annotations

from pathlib import Path

from textual import events

from tests.tui_case import NAME, make_case, open_case
from tui.app import HosoApp
from tui.screens.workspace import WorkspaceScreen


async def test_keys_meant_for_a_dossier_that_cannot_be_opened_do_not_change_the_list(tmp_path: Path) -> None:
    app = HosoApp(open_case(make_case(tmp_path / "ws")))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("s")
        app.open_dossier(NAME, "khong-co")
        for letter in "abc":
            app.post_message(events.Key(letter, letter))
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen) and screen.line.value == "s"
        await pilot.press("o")
        assert screen.line.value == "so"
