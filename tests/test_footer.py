"""The last line: what works here, the most needed first; of windows their own keys; nothing that would do nothing."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from textual.screen import Screen

import tui.screens
from hoso import i18n
from tests.seen import lines
from tests.test_app import opened, root  # noqa: F401
from tui import keys
from tui.idle import idle
from tui.screens.ask import Reason
from tui.widgets.keybar import KeyBar, fitting


def shown(bar: KeyBar) -> list[str]:
    return [one.key for one in fitting(bar.keys, bar.size.width - len(bar.status) - 1)]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_the_most_needed_keys_fit_into_eighty_columns(root, language, monkeypatch):  # noqa: F811
    monkeypatch.setenv("HOSO_LANGUAGE", language)
    async with opened(root, size=(80, 24)) as it:
        await it.press("x")
        await it.press("ctrl+s")
        await it.pilot.pause(0.3)
        bar = it.screen.query_one(KeyBar)
        assert shown(bar) == ["F1", "F3", "F4", "F5", "F9", "F10", "^P"]
        last = lines(it.app)[-1]
        assert all(f"{one.key} {one.words}" in last for one in bar.keys if one.key in shown(bar))
        assert last.endswith(bar.status) and bar.status


def test_of_keys_that_do_not_all_fit_the_most_needed_stay_in_their_order():
    offered = keys.footer([keys.DOSSIER, keys.APP])
    assert [one.key for one in fitting(offered, 20)] == ["F1"]
    assert fitting(offered, 400) == offered and fitting(offered, 3) == []


def test_of_two_commands_of_one_key_that_of_the_narrower_scope_is_shown():
    found = {one.key: one.action for one in keys.footer([keys.GRID, keys.DOSSIER, keys.APP])}
    assert found["F2"] == "focused.grid_edit" and found["F3"] == "next_open"


async def test_a_window_shows_its_own_keys(root):  # noqa: F811
    async with opened(root, size=(80, 24)) as it:
        await it.press("f4")
        assert lines(it.app)[-1].startswith("Enter Đến đó Esc Đóng F1 Trợ giúp")
        await it.press("f1")
        assert lines(it.app)[-1] == "Esc Đóng ^P Lệnh ^Q Thoát"
        await it.press("escape", "escape")
        it.app.push_screen(Reason("Vì sao?"))
        await it.pilot.pause()
        assert lines(it.app)[-1].startswith("Enter Xong Esc Đóng F1 Trợ giúp")
        await it.press("escape", "ctrl+p")
        await it.pilot.pause(0.3)
        assert lines(it.app)[-1] == "Enter Chọn Esc Đóng"
        await it.press("escape")
        assert "F10 Nộp" in lines(it.app)[-1]


async def test_what_was_handed_in_promises_no_change(root, tmp_path):  # noqa: F811
    from tests.test_session import filled

    async with opened(root) as it:
        assert idle(it.session) == frozenset()
        filled(it.session, tmp_path)
        await it.press("f10", "enter")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause(0.3)
        assert not it.session.dossier.is_open
        words = lines(it.app)[-1]
        assert "F1 Trợ giúp" in words and "F4 Vấn đề" in words and "F7 Trước" in words
        assert not {"F3", "F5", "F10", "^Z"} & set(words.split())


def test_no_screen_binds_keys_past_the_table():
    moving = {"key_up", "key_down", "key_pageup", "key_pagedown", "key_bar"}
    looked_at = 0
    for module in pkgutil.iter_modules(tui.screens.__path__, "tui.screens."):
        made = importlib.import_module(module.name)
        for one in vars(made).values():
            if isinstance(one, type) and issubclass(one, Screen) and one.__module__ == module.name:
                looked_at += 1
                assert "BINDINGS" not in vars(one), one
                assert {name for name in vars(one) if name.startswith("key_")} <= moving, one
    assert looked_at > 12
