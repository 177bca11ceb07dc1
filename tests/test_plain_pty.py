"""Plain filling in a real pseudo-terminal, typed as Vietnamese input methods type."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tui_case import NAME, UNIT, folder, make_case

COMMAND = (sys.executable, "-m", "hoso", "fill", NAME, UNIT, "--plain")


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


@pytest.fixture
def started(root, tmp_path):
    from tests.pty_app import PtyApp

    environment = {"HOSO_LANGUAGE": "vi", "HOSO_TODAY": "2021-12-01", "HOSO_CACHE": str(tmp_path / "cache"),
                   "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}  # fmt: skip
    with PtyApp(COMMAND, cwd=root, env=environment) as app:
        app.wait_for("Đã nêu ở đây chưa?")
        yield app


def kept(root: Path, part: str = "bao_cao") -> str:
    return (folder(root) / f"{part}.yaml").read_text(encoding="utf-8")


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
    started.send(b"\x03")
    assert started.wait() == 130
    assert "Dòng một" in kept(root)
    assert not list(folder(root).glob("*.lock.json"))


def test_a_closed_line_ends_it_without_a_trace(root, started):
    started.send(b"c\r")
    started.wait_for("Thuận lợi")
    started.send(b"\x04")
    assert started.wait() == 0
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
