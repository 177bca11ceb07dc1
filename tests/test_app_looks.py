"""How the screens look, as pictures: `pytest --snapshot-update` takes new ones, which are to be looked at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.tui_case import NAME, UNIT, make_case, open_case
from tui.app import HosoApp
from tui.places import Key
from tui.session import Session

Run = Callable[[Pilot[int]], Awaitable[None]]


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    root = make_case(tmp_path / "ws")
    session = Session(open_case(root), NAME, UNIT)
    chung, mot = Key("field", "bao_cao", "chung"), Key("field", "bao_cao", "mot")
    session.type_into(chung._replace(name="ket_qua"), "Đảng bộ đã hoàn thành nhiệm vụ được giao trong năm.")
    session.put(chung._replace(name="dang_vien"), {"value": "8341", "before": "8197"})
    session.type_into(chung._replace(name="ty_le"), "chín mươi")
    session.put(chung._replace(name="chinh_quyen"), "khong")
    session.put_ask(chung._replace(target="ask", name="quy_mo"), {"elsewhere": "mot"})
    session.put(mot._replace(name="tieu_de"), {"value": "Họp tổng kết", "from": "carried"})
    session.close()
    return root


def shown(*keys: str) -> Run:
    """Waits for what loads in threads, presses keys, and stills the cursors."""

    async def run(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.5)
        await pilot.app.workers.wait_for_complete()
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        for text in pilot.app.screen.query(TextArea):
            text.cursor_blink = False
        await pilot.pause(0.3)

    return run


def opened(root: Path) -> HosoApp:
    return HosoApp(open_case(root), open_at=(NAME, UNIT))


def test_the_list_of_dossiers(snap_compare, root):
    assert snap_compare(HosoApp(open_case(root)), terminal_size=(100, 24), run_before=shown())


def test_a_dossier_in_a_small_terminal(snap_compare, root):
    assert snap_compare(opened(root), terminal_size=(80, 24), run_before=shown())


def test_a_dossier_in_a_large_terminal(snap_compare, root):
    assert snap_compare(opened(root), terminal_size=(160, 45), run_before=shown("tab", "tab"))


def test_the_problems_of_a_dossier(snap_compare, root):
    assert snap_compare(opened(root), terminal_size=(80, 24), run_before=shown("f4"))


def test_the_help(snap_compare, root):
    assert snap_compare(opened(root), terminal_size=(80, 24), run_before=shown("f1"))
