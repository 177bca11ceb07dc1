"""Commands and letters pressed faster than they are worked off, in a real pseudo-terminal: each burst is one write."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty_app import PtyApp
from tests.test_app_pty import answers, prose, started, to_prose
from tests.test_grid_pty import answers as cells_of
from tests.test_grid_pty import made
from tests.test_grid_pty import started as grid_started
from tests.test_places_pty import _WORKSPACE
from tests.tui_case import make_case

ESC, ENTER, TAB, UNDO, FIND, QUIT = b"\x1b", b"\r", b"\t", b"\x1a", b"\x06", b"\x11"
F4, F7, F8, DOWN = b"\x1bOS", b"\x1b[18~", b"\x1b[19~", b"\x1b[B"
LIST, FAULTS = "Kiểm tra lại", "Lỗi trong đề cương"
TABLE = """
- id: t1
  type: table
  columns: {each: 1..3, id: "c{}", label: "Cột {}", type: text, lines: 1}
  rows: {each: 1..4, id: "r{}", label: "Dòng {}"}
- {id: sau, type: text, lines: 1, label: Trường sau}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_case(tmp_path / "ws")


@pytest.fixture
def at_dossier(root: Path) -> Iterator[PtyApp]:
    with started(root) as app:
        to_prose(app)
        yield app


def left(app: PtyApp) -> None:
    app.send(QUIT)
    assert app.wait(60) == 0


def test_undo_comes_after_the_text_and_before_what_follows(root: Path, at_dossier: PtyApp) -> None:
    for _ in range(5):
        at_dossier.send(b"abc" + UNDO + F8 + b"T" + UNDO + F7 + TAB)
    at_dossier.send(b"giu lai" + F8 + b"x")
    left(at_dossier)
    assert prose(root) == "giu lai"
    assert answers(root)["mot"] == {"tieu_de": "x"}


def test_undo_then_a_window_then_letters(root: Path, at_dossier: PtyApp) -> None:
    for _ in range(5):
        at_dossier.send(b"abc" + UNDO + F4)
        at_dossier.wait_for("Đến đó")
        at_dossier.send(ESC)
        at_dossier.wait_for(lambda app: "Đến đó" not in app.text)
    at_dossier.send(b"mot" + UNDO + b"hai" + F8)
    left(at_dossier)
    assert prose(root) == "hai"


def test_escape_leaves_the_dossier_and_the_key_behind_it_is_the_lists(root: Path, at_dossier: PtyApp) -> None:
    at_dossier.send("chữ cuối".encode() + ESC + F4)
    at_dossier.wait_for(FAULTS)
    assert prose(root) == "chữ cuối"
    at_dossier.send(ESC)
    at_dossier.wait_for(lambda app: FAULTS not in app.text)
    at_dossier.send(ENTER + TAB + b"xong " + ESC)
    at_dossier.wait_for(lambda _: prose(root) == "xong chữ cuối")
    at_dossier.wait_for(LIST)
    left(at_dossier)
    assert prose(root) == "xong chữ cuối"


def test_what_is_typed_while_a_dossier_opens_is_typed_into_it(root: Path) -> None:
    with PtyApp([sys.executable, "-c", _WORKSPACE, root], size=(100, 30), cwd=Path(__file__).parent.parent) as app:
        app.wait_for("Sở A")
        app.send(b"so" + DOWN + ENTER + TAB + "của Sở B".encode() + F8 + b"T" + F7)
        app.wait_for("Quy mô")
        app.send(ESC)
        app.wait_for("\n  so\n")  # the filter is as it was typed
        left(app)
    document = (root / "checklists/ho-so-thu/so-b/bao_cao.yaml").read_text(encoding="utf-8")
    assert "ket_qua: của Sở B" in document and "tieu_de: T" in document
    assert not (root / "checklists/ho-so-thu/so-a/bao_cao.yaml").exists()


def test_a_window_closes_before_the_next_key(root: Path, at_dossier: PtyApp) -> None:
    for letter in (b"a", b"b"):  # the first field that is wanting has the focus
        at_dossier.send(FIND + b"phan mot" + ENTER + letter + FIND + b"khong co gi" + ESC + F7 + TAB)
    at_dossier.send(b"o day")
    left(at_dossier)
    assert answers(root)["mot"] == {"tieu_de": "a", "ngay": "b"}
    assert prose(root) == "o day"


def test_short_fields_are_left_with_enter_and_tab(root: Path, at_dossier: PtyApp) -> None:
    at_dossier.send(b"van" + TAB + b"12" + ENTER + b"9" + TAB + b"5" + F8 + b"T" + ENTER + b"5/12/2021" + F7 + F8)
    left(at_dossier)
    assert answers(root)["chung"]["dang_vien"] == {"value": "12", "before": "9"}
    assert answers(root)["chung"]["ty_le"] == "5"
    assert answers(root)["mot"] == {"tieu_de": "T", "ngay": "2021-12-05"}


def test_cells_take_back_and_are_left_in_order(tmp_path: Path) -> None:
    root = made(tmp_path, TABLE)
    with grid_started(root) as app:
        app.send(b"mot" + ENTER + b"hai" + ESC + DOWN + b"ba" + TAB + b"bon" + UNDO + b"nam" + F4)
        app.wait_for("Đến đó")
        app.send(ESC)
        app.wait_for(lambda seen: "Đến đó" not in seen.text)
        app.send(DOWN + b"sau" + ENTER + b"bay" + UNDO + UNDO + ESC + F4)
        app.wait_for(FAULTS)
        app.send(ESC)
        app.wait_for(lambda seen: FAULTS not in seen.text)
        left(app)
    assert cells_of(root)["t1"] == {"r1": {"c1": "mot"}, "r3": {"c1": "ba", "c2": "nam"}}
