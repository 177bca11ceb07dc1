"""The grid in a real pseudo-terminal: bursts of input methods in cells, blocks, copying, whole rows in one write."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hoso import yamlio
from tests.pty_app import PtyApp
from tests.telex import WORDS, keystrokes
from tests.test_rows import OPEN
from tests.test_tables import LISTS

_RUN = """
import sys
from pathlib import Path
from hoso.workspace import Workspace
from tui.app import HosoApp
sys.exit(HosoApp(Workspace(Path(sys.argv[1])), open_at=("dot", "so-a")).run())
"""
TAB, ENTER, BACK_TAB, QUIT, UNDO = b"\t", b"\r", b"\x1b[Z", b"\x11", b"\x1a"
UP, DOWN, RIGHT, LEFT, HOME, F2 = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1bOQ"
ALT_DOWN = b"\x1b[1;3B"
SHIFT_DOWN, SHIFT_RIGHT, COPY = b"\x1b[1;2B", b"\x1b[1;2C", b"\x03"
WIDE = """
- id: t1
  type: table
  columns: {each: 1..10, id: "c{}", label: "Cột {}", type: text, lines: 1}
  rows: {each: 1..40, id: "r{}", label: "Dòng {}"}
- {id: sau, type: text, lines: 1, label: Trường sau}
"""


def made(root: Path, fields: str) -> Path:
    indented = fields.strip("\n").replace("\n", "\n      ")
    for name, text in {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS,
        "checklists/units.yaml": "hoso: 1\nunits:\n  so-a: {name: Sở A, kind: so}\n",
        "outlines/bieu.yaml": f"hoso: 1\ntitle: Biểu\nsections:\n  - id: s\n    title: Mục\n    fields:\n      {indented}\n",
        "checklists/dot.yaml": "hoso: 1\ntitle: Đợt\nitems:\n  - {id: bieu, title: Biểu, outline: bieu}\n",
    }.items():  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def started(root: Path, until: str = "t1") -> PtyApp:
    app = PtyApp([sys.executable, "-c", _RUN, root], size=(100, 30), cwd=Path(__file__).parent.parent)
    app.wait_for(until)
    app.wait_for("│")
    return app


def answers(root: Path) -> dict[str, Any]:
    path = root / "checklists/dot/so-a/bieu.yaml"
    document, problems = yamlio.read(path, "bieu.yaml")
    assert document is not None and not problems
    found: dict[str, Any] = document.data["answers"]["s"]
    return found


def typed(root: Path, *bursts: bytes, until: Callable[[PtyApp], bool] | str = "") -> dict[str, Any]:
    """What is kept after these bursts, each sent at one go, and leaving."""
    with started(root) as app:
        for burst in bursts:
            app.send(burst)
        if until:
            app.wait_for(until)
        app.send(QUIT)
        assert app.wait() == 0
    return answers(root)


@pytest.mark.parametrize("decomposed", [False, True])
def test_four_hundred_words_typed_by_input_methods_stand_each_in_its_cell(tmp_path: Path, decomposed: bool) -> None:
    random = Random(f"cells {decomposed}")
    words = [random.choice(WORDS) for _ in range(200)]
    rows = [words[start : start + 5] for start in range(0, 200, 5)]
    bursts = []
    for row in rows:
        for place, word in enumerate(row):
            between = random.choice((TAB, RIGHT)) if place < 4 else ENTER + HOME
            bursts.append(b"".join(keystrokes(word, random, decomposed=decomposed)) + between)
    kept = typed(made(tmp_path, WIDE), *bursts)["t1"]
    assert [[kept[f"r{down}"].get(f"c{across}") for across in range(1, 6)] for down in range(1, 41)] == rows


def test_cells_typed_in_one_write_never_run_into_each_other(tmp_path: Path) -> None:
    random = Random(3)
    words = [random.choice(WORDS) for _ in range(40)]
    burst = b"".join(
        b"".join(keystrokes(word, random, decomposed=place % 2 == 0)) + TAB for place, word in enumerate(words)
    )
    kept = typed(made(tmp_path, WIDE), burst)["t1"]
    assert [kept[f"r{place // 10 + 1}"][f"c{place % 10 + 1}"] for place in range(40)] == words


def test_editing_inside_a_cell_and_taking_back_what_was_typed(tmp_path: Path) -> None:
    keys = b"tieng vet" + ENTER + UP + F2 + LEFT * 2 + b"i" + RIGHT + b"\x7f" + "ệ".encode() + ENTER
    with started(made(tmp_path, WIDE)) as app:
        app.send(keys + b"xyz")
        app.wait_for("xyz")
        app.send(b"\x1b")
        app.wait_for(lambda app: "xyz" not in app.text)
        app.send(QUIT)
        assert app.wait() == 0
    kept = answers(tmp_path)
    assert kept["t1"] == {"r1": {"c1": "tieng việt"}}


def test_tab_leaves_the_grid_behind_its_last_cell_and_what_follows_goes_to_the_next_field(tmp_path: Path) -> None:
    small = WIDE.replace("1..40", "1..2").replace("1..10", "1..2")
    kept = typed(made(tmp_path, small), b"a\tb\tc\td\t" + "trường sau".encode() + BACK_TAB + b"D")
    assert kept == {"t1": {"r1": {"c1": "a", "c2": "b"}, "r2": {"c1": "c", "c2": "D"}}, "sau": "trường sau"}


def test_a_block_of_a_spreadsheet_is_pasted_in_one_step(tmp_path: Path) -> None:
    block = "Đảng ủy A\tdang uy\tx\t1,5\r\nĐảng ủy B\tchi uy\t\t0,5\r\n"
    paste = b"\x1b[200~" + block.encode() + b"\x1b[201~"
    kept = typed(made(tmp_path / "a", OPEN), paste, until="Đảng ủy B")["t1"]
    assert list(kept.values()) == [
        {"ten": "Đảng ủy A", "loai": "dang_uy", "goi_y": "x", "ngay": "1.5"},
        {"ten": "Đảng ủy B", "loai": "chi_uy", "ngay": "0.5"},
    ]
    with started(made(tmp_path / "b", OPEN)) as app:
        app.send(paste)
        app.wait_for("Đảng ủy B")
        app.send(UNDO)
        app.wait_for(lambda app: "Đảng ủy A" not in app.text and "Đảng ủy B" not in app.text)


def test_a_selection_goes_to_the_clipboard_of_the_terminal(tmp_path: Path) -> None:
    with started(made(tmp_path, WIDE)) as app:
        app.send(b"1\t" + b"hai" + ENTER + b"3" + UP + SHIFT_RIGHT + SHIFT_DOWN + COPY)
        app.wait_for(lambda app: b"\x1b]52;c;" in app.output)
        found = re.search(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)", bytes(app.output))
    assert found is not None
    assert base64.b64decode(found[1]).decode() == "1\thai\n3\t"


def test_the_terminals_cursor_stands_in_the_cell_that_is_typed_into(tmp_path: Path) -> None:
    with started(made(tmp_path, WIDE)) as app:
        app.send(DOWN * 2 + RIGHT + "tiếng".encode())
        app.wait_for("tiếng")
        app.wait_for(lambda app: app.lines[app.cursor[1]][: app.cursor[0]].endswith("tiếng"))


def test_alt_with_an_arrow_moves_a_row_and_does_not_leave_the_dossier(tmp_path: Path) -> None:
    first, second = (b"A" + ENTER, b"B" + UP)
    kept = typed(made(tmp_path, OPEN), first + second + ALT_DOWN + b"\x1b[C" * 3 + b"2", until=" 2")["t1"]
    assert list(kept.values()) == [{"ten": "B"}, {"ten": "A", "ngay": "2"}]
