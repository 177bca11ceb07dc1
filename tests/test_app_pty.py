"""The real app in a real pseudo-terminal: bursts as input methods send them, and the end at any moment."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hoso import yamlio
from tests.pty_app import PtyApp
from tests.telex import WORDS, keystrokes
from tests.tui_case import NAME, UNIT, folder, make_case

_RUN = """
import sys
from pathlib import Path
from hoso.workspace import Workspace
from tui.app import HosoApp
sys.exit(HosoApp(Workspace(Path(sys.argv[1])), open_at=(sys.argv[2], sys.argv[3])).run())
"""
F8, TAB = b"\x1b[19~", b"\t"
SAVED_WITHIN = 1.0  # seconds: what was typed before is on the disk, whatever happens


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


def started(root: Path) -> PtyApp:
    app = PtyApp([sys.executable, "-c", _RUN, root, NAME, UNIT], size=(100, 30), cwd=Path(__file__).parent.parent)
    app.wait_for("Kết quả đạt được")
    app.wait_for("Quy mô")
    return app


def to_prose(app: PtyApp) -> None:
    """From the asks, which have the focus at first, to the text."""
    app.send(TAB)


def answers(root: Path) -> dict[str, dict[str, Any]]:
    document, problems = yamlio.read(folder(root) / "bao_cao.yaml", "bao_cao.yaml")
    assert document is not None and not problems
    found: dict[str, dict[str, Any]] = document.data["answers"]
    return found


def prose(root: Path) -> str:
    kept = answers(root)["chung"] if (folder(root) / "bao_cao.yaml").exists() else None
    return str((kept or {}).get("ket_qua", "")).rstrip("\n")


@pytest.mark.parametrize("decomposed", [False, True])
def test_bursts_of_an_input_method_reach_prose_and_figures(root, decomposed):
    random = Random(7)
    words = [random.choice(WORDS) for _ in range(60)]
    with started(root) as app:
        to_prose(app)
        for word in words:
            app.send(b"".join([*keystrokes(word, random, decomposed=decomposed), b" "]))
        app.send(TAB + b"83\x7f341" + TAB + b"8197" + TAB)
        app.wait_for(lambda _: (folder(root) / "bao_cao.yaml").exists() and "dang_vien" in answers(root)["chung"])
        app.send(b"\x11")
        assert app.wait() == 0
    kept = answers(root)["chung"]
    assert kept["ket_qua"].rstrip() == " ".join(words)
    assert kept["dang_vien"] == {"value": "8341", "before": "8197"}


def test_who_types_without_a_pause_loses_at_most_the_last_second(root):
    random = Random(11)
    typed: list[tuple[float, str]] = []
    with started(root) as app:
        to_prose(app)
        end = time.monotonic() + 6
        while time.monotonic() < end:
            word = random.choice(WORDS)
            for burst in keystrokes(word, random, decomposed=False):
                app.send(burst)
                time.sleep(random.uniform(0.01, 0.05))
            app.send(b" ")
            typed.append((time.monotonic(), word))
        app.kill()
        killed = time.monotonic()
    safe = " ".join(word for moment, word in typed if moment < killed - SAVED_WITHIN)
    whole = " ".join(word for _, word in typed)
    assert prose(root).startswith(safe)
    assert whole.startswith(prose(root)[: len(safe)])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_what_was_typed_the_moment_before(root, number):
    with started(root) as app:
        to_prose(app)
        app.send("vừa gõ xong".encode())
        app.wait_for("vừa gõ xong")
        app.process.send_signal(number)
        app.wait()
    assert prose(root) == "vừa gõ xong"
    assert not list(folder(root).glob(".*lock*"))


def test_a_terminal_that_is_closed_saves(root):
    app = started(root)
    to_prose(app)
    app.send("đóng cửa sổ".encode())
    app.wait_for("đóng cửa sổ")
    os.close(app._fd)
    assert app.process.wait(30) is not None
    app._fd = os.open(os.devnull, os.O_RDONLY)
    app.close()
    assert prose(root) == "đóng cửa sổ"


def test_leaving_the_section_and_quitting_at_once_keep_the_last_letter(root):
    with started(root) as app:
        to_prose(app)
        app.send("chữ cuố".encode() + b"\x7f" + "ối".encode() + F8 + "Tiêu đề".encode() + b"\x11")
        assert app.wait() == 0
    kept = answers(root)
    assert kept["chung"]["ket_qua"].rstrip("\n") == "chữ cuối"
    assert kept["mot"] == {"tieu_de": "Tiêu đề"}
