"""Plain filling in a real pseudo-terminal, typed as Vietnamese input methods type."""

from __future__ import annotations

import json
import socket
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING

import pytest

from tests.every_kind_case import make_every_kind
from tests.tui_case import NAME, UNIT, folder, make_case

if TYPE_CHECKING:
    from tests.pty_app import PtyApp

COMMAND = (sys.executable, "-m", "hoso", "fill", NAME, UNIT, "--plain")


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


@contextmanager
def opened(root, until="Đã nêu ở đây chưa?", **more):
    from tests.pty_app import PtyApp

    environment = {"HOSO_LANGUAGE": "vi", "HOSO_TODAY": "2021-12-01", "HOSO_CACHE": str(root.parent / "cache"),
                   "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", **more}  # fmt: skip
    with PtyApp(COMMAND, cwd=root, env=environment, size=(100, 60)) as app:
        app.wait_for(until)
        yield app


@pytest.fixture
def started(root):
    with opened(root) as app:
        yield app


def kept(root: Path, part: str = "bao_cao") -> str:
    return (folder(root) / f"{part}.yaml").read_text(encoding="utf-8")


def left_with(app: PtyApp, key: bytes) -> int:
    """Presses Ctrl+C or Ctrl+D, again if need be, as a person would. The words of a question are on the screen a
    moment before the line editor has the terminal: a Ctrl+C in it is noted, and heard with the next key only (readline
    of Python waits without a limit); a Ctrl+D is taken by the terminal itself and comes as NUL, which is no key."""
    for _ in range(30):
        app.send(key)
        with suppress(TimeoutExpired):
            return app.wait(2)
    raise AssertionError(f"{key!r} was not heard")


def burst(text: str) -> bytes:
    """Each marked letter as an input method sends it: the bare letter, Backspace, the letter with its marks."""
    import unicodedata

    out = ""
    for letter in text:
        bare = unicodedata.normalize("NFD", letter)[0]
        out += letter if bare == letter else f"{bare}\x7f{letter}"
    return out.encode()


def test_bursts_of_vietnamese_arrive_as_typed(root, started):
    started.send(b"c\rc\r")
    started.wait_for("Kết quả đạt được:")
    started.send(burst("Đảng bộ đã tổ chức quán triệt đầy đủ") + b"\r" + burst("Dòng thứ hai") + b"\r.\r")
    started.wait_for("→ 12 từ")
    assert "Đảng bộ đã tổ chức quán triệt đầy đủ\n" in kept(root)
    assert "Dòng thứ hai\n" in kept(root)


def test_a_decomposed_letter_is_composed_and_a_long_line_is_whole(root, started):
    started.send(b"c\rc\r")
    started.wait_for("Kết quả đạt được:")
    long = "Đảng viên " * 900
    started.send("Da\u0302n vận ".encode() + long.encode() + b"\r.\r")
    started.wait_for("→ 1.802 từ" if "1.802" in started.text else "→ 1802 từ", timeout=60)
    assert "Dân vận " in kept(root) and long.rstrip() in kept(root)


def test_ctrl_c_and_ctrl_d_leave_with_everything_saved(root, started):
    started.send(b"c\rc\r")
    started.wait_for("Kết quả đạt được:")
    started.send("Dòng một\r".encode())
    started.wait_for(lambda _: "Dòng một" in kept(root))
    assert left_with(started, b"\x03") == 130
    assert "Dòng một" in kept(root)
    assert not list(folder(root).glob("*.lock.json"))


def test_a_closed_line_ends_it_without_a_trace(root, started):
    started.send(b"c\r")
    started.wait_for("Thuận lợi")
    assert left_with(started, b"\x04") == 0
    assert "quy_mo: here" in kept(root)
    assert b"\x1b[" not in bytes(started.output) and "Traceback" not in started.text


def answered(*lines: str) -> bytes:
    return "".join(f"{line}\r" for line in lines).encode()


def test_a_whole_dossier_is_filled_and_handed_in_line_by_line(root, started, tmp_path):
    letter = tmp_path / "cong-van.txt"
    letter.write_text("Kính gửi", encoding="utf-8")
    started.send(answered("c", "c"))
    started.wait_for("Kết quả đạt được:")
    started.send(answered("Đã làm xong việc được giao", "."))
    started.send(answered("10", "9", "", "2", "1"))
    started.wait_for("Tiêu đề:")
    started.send(answered("Họp", "5/12/2021", "c", ""))
    started.wait_for("Công văn")
    started.send(answered(str(letter), ""))
    started.wait_for(lambda _: "cong-van.txt" in kept(root, "dossier"))
    started.send(answered("/nop"))
    started.wait_for("Gõ có")
    started.send(answered("có"))
    started.wait_for(lambda _: "state: handed_in" in kept(root, "dossier"))
    assert (folder(root) / "frozen/bao_cao.yaml").is_file() and list((folder(root) / "history").glob("*.yaml"))


def test_a_line_that_is_cut_off_keeps_all_that_was_entered(root, started):
    import os
    import signal

    started.send(answered("c", "c"))
    started.wait_for("Kết quả đạt được:")
    started.send(answered("Dòng một", "Dòng hai"))
    started.wait_for(lambda _: "Dòng hai" in kept(root))
    os.kill(started.process.pid, signal.SIGHUP)
    started.wait()
    assert "Dòng một" in kept(root) and "Dòng hai" in kept(root)
    assert not list(folder(root).glob(".*.lock.json")) and "Traceback" not in started.text


# ---- words that go elsewhere --------------------------------------------------------------------------------


def editor(folder: Path, body: str) -> str:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_an_editor_takes_the_terminal_and_writing_goes_on_behind_it(root, tmp_path):
    own = editor(tmp_path, 'echo SOẠN THẢO; read x; printf "dòng của %s\\n" "$x" >> "$1"')
    with opened(root, EDITOR=own, VISUAL="") as app:
        app.send(answered("c", "c"))
        app.wait_for("Kết quả đạt được:")
        app.send(answered("Dòng một", ".", "/lui"))
        app.send(answered("/soan"))
        app.wait_for("SOẠN THẢO")
        app.send(answered("đảng"))
        app.wait_for(lambda _: "dòng của đảng" in kept(root))
        app.wait_for("Tổng số đảng viên:")
        app.send(answered("/lui", "/themchu"))
        app.wait_for("Viết tiếp")
        app.send(burst("Thêm chữ") + b"\r.\r")
        app.wait_for(lambda _: "Thêm chữ" in kept(root))
        app.send(answered("/thoat"))
        assert app.wait() == 0
    assert "Dòng một\n" in kept(root) and "dòng của đảng\n" in kept(root) and "Thêm chữ\n" in kept(root)


@pytest.mark.parametrize("command", ["vi 'x", "/nowhere/vi"])
def test_an_editor_that_cannot_be_started_is_told_and_the_question_stays(root, command):
    with opened(root, EDITOR=command, VISUAL="") as app:
        app.send(answered("c", "c"))
        app.wait_for("Kết quả đạt được:")
        app.send(answered("Dòng một", ".", "/lui", "/soan"))
        app.wait_for("EDITOR")
        app.wait_for(command)
        app.send(answered("/thoat"))
        assert app.wait() == 0
    assert "Dòng một" in kept(root) and "Traceback" not in app.text


def test_a_part_in_which_somebody_writes_is_taken_over(root):
    held = {"user": "nguoi-khac", "host": socket.gethostname() + "-2", "process": 7,
            "since": "2021-12-01T08:00:00+07:00", "heard": "2999-01-01T00:00:00+07:00"}  # fmt: skip
    lock = folder(root) / ".bao_cao.lock.json"
    lock.parent.mkdir(parents=True)
    lock.write_text(json.dumps(held), encoding="utf-8")
    with opened(root, until="nguoi-khac") as app:
        app.send(answered("/gianh"))
        app.wait_for("Đã nêu ở đây chưa?")
        app.send(answered("c"))
        app.wait_for(lambda _: (folder(root) / "bao_cao.yaml").exists() and "quy_mo: here" in kept(root))
        app.send(answered("/thoat"))
        assert app.wait() == 0


def test_a_remark_is_ticked_off_and_the_item_read_out(tmp_path):
    root = make_every_kind(tmp_path / "ws")
    with opened(root, until="Nêu số liệu") as app:
        app.send(answered("/xong 1"))
        app.send(answered("đã nêu rồi"))
        app.wait_for(lambda _: "đã nêu rồi" in kept(root, "dossier"))
        app.send(answered("/doc ."))
        app.wait_for("Tình hình chung")
        app.send(answered("/doc *"))
        app.wait_for("Công văn")
        app.send(answered("/thoat"))
        assert app.wait() == 0
    assert b"\x1b[" not in bytes(app.output) and "Traceback" not in app.text
