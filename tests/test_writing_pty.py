"""An editor of one's own, opened from the real app in a real pseudo-terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.pty_app import PtyApp
from tests.tui_case import NAME, UNIT
from tests.writing_case import make_two_years

_RUN = """
import sys
from pathlib import Path
from hoso.workspace import Workspace
from tui.app import HosoApp
sys.exit(HosoApp(Workspace(Path(sys.argv[1])), open_at=(sys.argv[2], sys.argv[3])).run())
"""
TAB, CTRL_O, CTRL_Z, QUIT = b"\t", b"\x0f", b"\x1a", b"\x11"


def started(root: Path, editor: Path | str) -> PtyApp:
    env = {"EDITOR": str(editor), "VISUAL": ""}
    command: list[str | Path] = [sys.executable, "-c", _RUN, root, NAME, UNIT]
    app = PtyApp(command, size=(100, 30), env=env, cwd=Path(__file__).parent.parent)
    app.wait_for("Kết quả đạt được")
    app.wait_for("Quy mô")
    return app


def editor(folder: Path, body: str) -> Path:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_an_editor_takes_the_terminal_and_gives_it_back(tmp_path: Path) -> None:
    own = editor(tmp_path, 'echo SOẠN THẢO; read x; printf "dòng của %s\\n" "$x" >> "$1"')
    with started(make_two_years(tmp_path / "ws"), own) as app:
        app.send(TAB + "đầu tiên".encode())
        app.wait_for("đầu tiên")
        app.send(CTRL_O)
        app.wait_for("SOẠN THẢO")
        app.send("đảng\n".encode())
        app.wait_for("dòng của đảng")
        app.wait_for("đầu tiên")
        app.send(CTRL_Z)
        app.wait_for(lambda one: "dòng của đảng" not in one.text and "đầu tiên" in one.text)


@pytest.mark.parametrize("command", ["vi 'x", "/nowhere/vi"])
def test_an_editor_that_cannot_be_started_is_one_message_and_the_text_stays(tmp_path: Path, command: str) -> None:
    root = make_two_years(tmp_path / "ws")
    with started(root, command) as app:
        app.send(TAB + "đầu tiên".encode() + CTRL_O)
        app.wait_for("EDITOR")
        app.wait_for(lambda one: command in one.text.replace("\n", ""))
        app.send(" và tiếp".encode())
        app.wait_for("đầu tiên và tiếp")
        app.send(QUIT)
        assert app.wait() == 0


@pytest.mark.parametrize("body", ['printf "\\377\\376" > "$1"', 'head -c 9000000 /dev/zero > "$1"', "exit 5"])
def test_what_is_no_answer_is_not_taken_over(tmp_path: Path, body: str) -> None:
    with started(make_two_years(tmp_path / "ws"), editor(tmp_path, body)) as app:
        app.send(TAB + "đầu tiên".encode() + CTRL_O)
        app.wait_for("✗")
        app.wait_for("đầu tiên")
        app.send(b" con")
        app.wait_for("đầu tiên con")


def test_a_crash_of_the_editor_leaves_the_app_and_the_text(tmp_path: Path) -> None:
    own = editor(tmp_path, 'printf "dở dang" > "$1"; kill -9 $$')
    with started(make_two_years(tmp_path / "ws"), own) as app:
        app.send(TAB + "đầu tiên".encode())
        app.wait_for("đầu tiên")
        app.send(CTRL_O)
        app.wait_for("-9")
        app.wait_for("đầu tiên")
    kept = list((Path(os.environ["HOSO_STATE"]) / "editing").rglob("hoso.md"))
    assert [path.read_text(encoding="utf-8") for path in kept] == ["dở dang"]
