"""Checking thousands of dossiers says how far it is and can be stopped; what was found by then is kept."""

from __future__ import annotations

import threading

import pytest

from hoso.workspace import Workspace
from tests.seen import lines, text
from tests.tui_case import make_case, open_case
from tui.app import HosoApp
from tui.board import Board, Stopped
from tui.screens.workspace import WorkspaceScreen

COUNT = 260


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    root = make_case(tmp_path / "ws")
    units = "".join(f"  u-{number:03}: {{name: Đơn vị {number}, kind: so}}\n" for number in range(COUNT))
    (root / "checklists/units.yaml").write_text(f"hoso: 1\nunits:\n{units}", encoding="utf-8")
    for number in range(COUNT):
        folder = root / f"checklists/ho-so-thu/u-{number:03}"
        folder.mkdir(parents=True)
        (folder / "dossier.yaml").write_text(f"hoso: 1\nunit: u-{number:03}\nstate: drafting\nattachments:\n")
    return root


def test_checking_tells_how_far_it_is_and_keeps_what_it_found_when_stopped(root):
    board, told = Board(open_case(root)), []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 100:
            board.stop()

    with pytest.raises(Stopped):
        board.judged(tell)
    assert told[0] == (0, COUNT) and told[-1] == (100, COUNT)
    known = board.known()
    assert 100 <= sum(one.row is not None for one in known) < COUNT
    board.show(known)
    assert board.stopped and not board.fresh
    assert all(one.row is not None and one.fresh for one in board.judged()) and not board.stopped


async def test_escape_stops_the_checking_and_f5_begins_it_again(root, monkeypatch):
    reached, go_on = threading.Event(), threading.Event()
    row = Workspace.row

    def slow(self, checklist, unit):
        if unit == "u-150":
            reached.set()
            assert go_on.wait(20)
        return row(self, checklist, unit)

    monkeypatch.setattr(Workspace, "row", slow)
    app = HosoApp(open_case(root))
    async with app.run_test(size=(110, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        while not reached.is_set():
            await pilot.pause(0.05)
        await pilot.pause(0.1)
        assert lines(app)[-1].endswith("đang kiểm tra 100/260 · Esc: dừng")
        await pilot.press("escape")
        go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        assert "chưa kiểm tra hết" in lines(app)[-1] and "chưa kiểm tra" in text(app)
        await pilot.press("5")
        assert screen.line.value == "5"  # everything else went on
        await pilot.press("escape", "f5")
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        assert screen.board.fresh and "kiểm tra" not in lines(app)[-1].split("Thoát")[1]
