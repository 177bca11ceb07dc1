"""The app's own Telex and VNI in a real pseudo-terminal: words of the outlines typed in every place, each at one go."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from hoso import preferences
from tests.pty_app import PtyApp
from tests.review_case import make_case as reviewed
from tests.test_app_pty import answers, started, to_prose
from tests.test_grid_pty import answers as cells_of
from tests.test_grid_pty import made
from tests.test_grid_pty import started as grid_started
from tests.test_places_pty import _WORKSPACE
from tests.test_review_pty import remarks
from tests.test_review_pty import started as review_started
from tests.test_typing_methods import KEYS, SYLLABLES, parts, strokes
from tests.tui_case import make_case
from tui.typing.methods import METHODS

ROOT = Path(__file__).parent.parent
TAB, ENTER, ESC, FIND, PALETTE, QUIT = b"\t", b"\r", b"\x1b", b"\x06", b"\x10", b"\x11"
F8, F9, BACK_TAB = b"\x1b[19~", b"\x1b[20~", b"\x1b[Z"
TABLE = """
- id: t1
  type: table
  columns: [{id: chu, label: Chữ, type: text, lines: 1}, {id: so, label: Số, type: number}]
  rows: {each: 1..30, id: "r{}", label: "Dòng {}"}
"""


def words_of_the_outlines() -> list[str]:
    """Thirty words with marks, as they stand in the shipped outlines."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("outlines/*.yaml")))
    known = set(SYLLABLES)
    found = {word for word in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text)) if word in known}
    return Random(30).sample(sorted(word for word in found if not word.isascii()), 30)


WORDS = words_of_the_outlines()


@pytest.fixture(params=list(METHODS))
def method(request: pytest.FixtureRequest) -> Iterator[str]:
    preferences.keep("typing", request.param)
    yield request.param
    preferences.keep("typing", "")


def struck(method: str, words: list[str]) -> bytes:
    out = []
    for word in words:
        letters, tone = parts(word)
        out.append("".join(strokes(letters, METHODS[method])) + KEYS[method].get(tone, ""))
    return " ".join(out).encode()


def test_fields_of_a_dossier_take_words_and_days(tmp_path: Path, method: str) -> None:
    root = make_case(tmp_path / "ws")
    with started(root) as app:
        to_prose(app)
        app.send(struck(method, WORDS) + TAB + b"8341" + F8 + struck(method, WORDS) + TAB + b"5/12/2021" + TAB)
        app.send(QUIT)
        assert app.wait(60) == 0
    kept = answers(root)
    assert kept["chung"]["ket_qua"].split() == WORDS and kept["chung"]["dang_vien"] == "8341"
    assert kept["mot"] == {"tieu_de": " ".join(WORDS), "ngay": "2021-12-05"}


def test_cells_of_a_table_take_words_and_figures(tmp_path: Path, method: str) -> None:
    root = made(tmp_path, TABLE)
    with grid_started(root) as app:
        for place, word in enumerate(WORDS):
            app.send(struck(method, [word]) + TAB + str(place * 135).encode() + ENTER)
        app.send(QUIT)
        assert app.wait(60) == 0
    cells = cells_of(root)["t1"]
    assert [row["chu"] for row in cells.values()] == WORDS
    assert [row["so"] for row in cells.values()] == [str(place * 135) for place in range(30)]


def test_a_remark_takes_words(tmp_path: Path, method: str) -> None:
    root = reviewed(tmp_path / "ws")
    with review_started(root) as app:
        app.send(struck(method, WORDS))
        app.send(QUIT)
        assert app.wait(60) == 0
    assert [text.split() for text in remarks(root)] == [WORDS]


@pytest.mark.parametrize("key", [FIND, PALETTE, F9], ids=["find", "palette", "path"])
def test_windows_take_words(tmp_path: Path, method: str, key: bytes) -> None:
    with started(make_case(tmp_path / "ws")) as app:
        app.send(key)
        for start in range(0, 30, 5):
            words = WORDS[start : start + 5]
            app.send(struck(method, words))
            app.wait_for(" ".join(words))
            app.send(b"\x7f" * len(" ".join(words)))
            app.wait_for(lambda seen, words=words: " ".join(words) not in seen.text)  # type: ignore[misc]


def test_the_filter_of_the_list_takes_words(tmp_path: Path, method: str) -> None:
    root = make_case(tmp_path / "ws")
    with PtyApp([sys.executable, "-c", _WORKSPACE, root], size=(100, 30), cwd=ROOT) as app:
        app.wait_for("Sở A")
        for start in range(0, 30, 5):
            words = WORDS[start : start + 5]
            app.send(struck(method, words))
            app.wait_for(" ".join(words))
            app.send(ESC)
            app.wait_for("Sở A")
