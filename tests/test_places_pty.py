"""Every place of the real app where one can type, in a real pseudo-terminal; and what else happens while typing."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from tests.generate import CHECKLIST, generate, unit_id
from tests.pty_app import PtyApp
from tests.telex import WORDS, keystrokes
from tests.test_app_pty import answers as answers_of
from tests.test_app_pty import started, to_prose
from tests.test_grid_pty import QUIT, UNDO, made
from tests.test_grid_pty import answers as cells_of
from tests.test_grid_pty import started as grid_started
from tests.tui_case import make_case

_WORKSPACE = """
import sys
from pathlib import Path
from hoso.workspace import Workspace
from tui.app import HosoApp
sys.exit(HosoApp(Workspace(Path(sys.argv[1]))).run())
"""
_DOSSIER = _WORKSPACE.replace("sys.argv[1]))).run", "sys.argv[1])), open_at=(sys.argv[2], sys.argv[3])).run")
FIND, PALETTE, ESCAPE, F8 = b"\x06", b"\x10", b"\x1b", b"\x1b[19~"
ROOT = Path(__file__).parent.parent
OPEN_ROWS = """
- id: t1
  type: table
  columns: {each: 1..10, id: "c{}", label: "Cột {}", type: number}
  rows: {open: true}
"""


def phrases(seed: object, count: int) -> list[list[str]]:
    random = Random(str(seed))
    return [[random.choice(WORDS) for _ in range(4)] for _ in range(count)]


def burst(words: list[str], random: Random, *, decomposed: bool) -> bytes:
    """The words with all the keys of an input method, at one go."""
    return b" ".join(b"".join(keystrokes(word, random, decomposed=decomposed)) for word in words)


@pytest.mark.parametrize("key", [FIND, PALETTE], ids=["find", "palette"])
def test_bursts_reach_the_windows_that_search(tmp_path: Path, key: bytes) -> None:
    root, random = make_case(tmp_path / "ws"), Random(5)
    with started(root) as app:
        for place, words in enumerate(phrases(key, 10)):
            app.send(key)
            app.send(burst(words, random, decomposed=place % 2 == 0))
            app.wait_for(" ".join(words))
            app.send(ESCAPE)
            app.wait_for(lambda seen, words=words: " ".join(words) not in seen.text)  # type: ignore[misc]
        app.send(QUIT)
        assert app.wait() == 0


def test_bursts_reach_the_filter_of_the_list_of_dossiers(tmp_path: Path) -> None:
    root, random = make_case(tmp_path / "ws"), Random(6)
    with PtyApp([sys.executable, "-c", _WORKSPACE, root], size=(100, 30), cwd=ROOT) as app:
        app.wait_for("Sở A")
        for place, words in enumerate(phrases("list", 10)):
            app.send(burst(words, random, decomposed=place % 2 == 0))
            app.wait_for(" ".join(words))
            app.send(b"\x7f" * len(" ".join(words)))
            app.wait_for("Sở A")
        app.send(QUIT)
        assert app.wait() == 0


def test_a_terminal_that_changes_its_size_while_one_types_loses_nothing(tmp_path: Path) -> None:
    root, random = make_case(tmp_path / "ws"), Random(7)
    words = [random.choice(WORDS) for _ in range(120)]
    with started(root) as app:
        to_prose(app)
        for word in words:
            app.send(b"".join([*keystrokes(word, random, decomposed=False), b" "]))
            app.resize(random.randint(80, 200), random.randint(24, 50))
        app.send(QUIT)
        assert app.wait(60) == 0
    assert answers_of(root)["chung"]["ket_qua"].split() == words


def test_three_thousand_cells_are_pasted_at_once_and_taken_back_at_once(tmp_path: Path) -> None:
    root = made(tmp_path, OPEN_ROWS)
    block = "\n".join("\t".join(str(row * 10 + column) for column in range(10)) for row in range(300))
    with grid_started(root) as app:
        app.send(b"\x1b[200~" + block.encode() + b"\x1b[201~")
        app.wait_for("106")
        app.wait_for(lambda _: (root / "checklists/dot/so-a/bieu.yaml").exists() and bool(cells_of(root)))
        app.wait_for(lambda _: len(cells_of(root)["t1"]) == 300)
        kept = [[cells["c1"], cells["c10"]] for cells in cells_of(root)["t1"].values()]
        app.send(UNDO)
        app.wait_for(lambda _: not cells_of(root))
        app.send(QUIT)
        assert app.wait() == 0
    assert kept == [[str(row * 10), str(row * 10 + 9)] for row in range(300)]


def test_an_outline_of_five_hundred_sections_is_searched_and_walked(tmp_path: Path) -> None:
    root = generate(tmp_path / "ws", dossiers=1, sections=500)
    command: list[str | Path] = [sys.executable, "-c", _DOSSIER, root, CHECKLIST, unit_id(1)]
    with PtyApp(command, size=(120, 30), cwd=ROOT) as app:
        app.wait_for("Phần 1")
        app.send(FIND)
        app.send(b"432")
        app.wait_for("432")
        app.send(b"\r")
        app.wait_for(lambda seen: "đến đó" not in seen.text)
        app.send(F8 * 3)
        app.send(QUIT)
        assert app.wait(60) == 0
