"""Reviewing in a real pseudo-terminal: bursts of input methods, and the end at any moment."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from random import Random

import pytest

from tests.pty_app import PtyApp
from tests.review_case import NAME, UNIT, make_case, open_case
from tests.telex import WORDS, keystrokes
from tests.test_app_pty import _RUN

CTRL_G, CTRL_Q, F5, F10, ENTER = b"\x07", b"\x11", b"\x1b[15~", b"\x1b[21~", b"\r"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_case(tmp_path / "ws")


def started(root: Path) -> PtyApp:
    app = PtyApp([sys.executable, "-c", _RUN, root, NAME, UNIT], size=(100, 30), cwd=Path(__file__).parent.parent)
    app.wait_for("Đã làm xong")
    app.send(CTRL_G)
    app.wait_for("Thẩm định · ")
    app.send(F5)
    app.wait_for("Nhận xét về gì?")
    app.send(ENTER)
    app.wait_for("Nhận xét về “Kết quả”")
    return app


def remarks(root: Path) -> list[str]:
    appraisal = open_case(root).open(NAME, UNIT).appraisals.get("bao_cao")
    return [one.text for one in appraisal.all_remarks()] if appraisal else []


def test_bursts_of_an_input_method_reach_a_remark(root: Path) -> None:
    random = Random(5)
    words = [random.choice(WORDS) for _ in range(40)]
    with started(root) as app:
        for word in words:
            app.send(b"".join([*keystrokes(word, random, decomposed=False), b" "]))
        app.send(CTRL_Q)
        assert app.wait() == 0
    assert [text.rstrip() for text in remarks(root)] == [" ".join(words)]


def test_a_remark_that_was_saved_survives_the_end_of_the_process(root: Path) -> None:
    with started(root) as app:
        app.send("nêu số liệu".encode())
        app.wait_for(lambda _: remarks(root) == ["nêu số liệu"])
        app.kill()
    assert remarks(root) == ["nêu số liệu"]


def test_a_signal_saves_what_was_remarked_the_moment_before(root: Path) -> None:
    with started(root) as app:
        app.send("vừa gõ xong".encode())
        app.wait_for("vừa gõ xong")
        app.process.send_signal(signal.SIGTERM)
        app.wait()
    assert remarks(root) == ["vừa gõ xong"]


def test_keys_sent_without_waiting_decide_after_what_was_typed(root: Path) -> None:
    with started(root) as app:
        app.send(b"xong" + F10)
        app.wait_for("Kết luận về bộ hồ sơ")
        app.wait_for("✎ 1")
        app.send(CTRL_Q)
        assert app.wait() == 0
    assert remarks(root) == ["xong"]
