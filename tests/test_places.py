"""Every place of the app where one can type takes the keys of Vietnamese input methods in their order."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.widgets import Input, Select, TextArea

import tui
from tests import review_case
from tests.tui_case import open_case
from tui import keys
from tui.app import HosoApp
from tui.widgets.ordered_keys import OrderedKeys

_ENDS = {"quit", "back", "outside"}
BURST = ["v", "i", "e", "backspace", "ê", "t", "backspace", "backspace", "ệ", "t"]


def _below(kind: type) -> set[type]:
    direct: list[type] = kind.__subclasses__()
    return {one for made in direct for one in (made, *_below(made))}


def test_no_class_of_the_app_takes_text_in_textuals_own_way() -> None:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.startswith("tui.web"):
            importlib.import_module(module.name)
    ours = {made for kind in (Input, TextArea, Select) for made in _below(kind) if made.__module__.startswith("tui.")}
    assert ours and all(issubclass(made, OrderedKeys) for made in ours), ours


def text_fields(app: App[int]) -> list[Input | TextArea]:
    assert not [one for screen in app.screen_stack for one in screen.query(Select)]
    return [
        one
        for screen in app.screen_stack
        for one in screen.query("Input, TextArea")
        if isinstance(one, Input | TextArea)
    ]


async def burst(app: HosoApp, pilot: object) -> None:
    """A word with all the keys of an input method, into whatever field has the focus; it is then taken away again."""
    field = app.screen.focused
    if not isinstance(field, OrderedKeys) or getattr(field, "read_only", False) or field.disabled:
        return
    editor: Any = field
    if editor.value:
        return
    for key in BURST:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    await field.settle()
    await pilot.pause(0.05)  # type: ignore[attr-defined]
    assert editor.value == "việt", (field, editor.value)
    for _ in "việt":
        app.post_message(events.Key("backspace", None))
    await pilot.pause(0.05)  # type: ignore[attr-defined]


async def walk(app: HosoApp, pilot: object, scopes: tuple[str, ...]) -> set[str]:
    """Opens whatever a key or the palette opens here; gives the classes of the fields that took a burst."""
    taken, bottom = set[str](), app.screen
    for command in [one for one in keys.COMMANDS if one.scope in scopes and one.id not in _ENDS]:
        await app.run_action(command.action, bottom)
        await pilot.pause(0.2)  # type: ignore[attr-defined]
        for field in text_fields(app):
            assert isinstance(field, OrderedKeys), (command.id, field)
        focused = app.screen.focused
        if app.screen is not bottom and isinstance(focused, OrderedKeys):
            await burst(app, pilot)
            taken.add(type(app.screen).__name__)
        for _ in range(3):
            if app.screen is bottom:
                break
            await pilot.press("escape")  # type: ignore[attr-defined]
            await pilot.pause(0.05)  # type: ignore[attr-defined]
        assert app.screen is bottom, (command.id, app.screen)
    return taken


@pytest.fixture
def nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError("nothing to open it with")

    monkeypatch.setattr("subprocess.Popen", refuse)


@pytest.mark.usefixtures("nothing_outside")
async def test_every_window_over_a_review_and_over_the_list(tmp_path: Path) -> None:
    app = HosoApp(open_case(review_case.make_case(tmp_path / "ws")), open_at=(review_case.NAME, review_case.UNIT))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("ctrl+g")
        await pilot.pause(0.2)
        await walk(app, pilot, (keys.REVIEW,))
    app = HosoApp(open_case(tmp_path / "ws"))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await burst(app, pilot)
        assert all(isinstance(field, OrderedKeys) for field in text_fields(app)) and text_fields(app)
