"""Vietnamese typed into a real terminal: bytes as input methods send them, in bursts and at any speed."""

from __future__ import annotations

import json
import signal
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.pty_app import PtyApp
from tests.telex import WORDS, keystrokes

ROOT = Path(__file__).parents[1]
FIELDS = ("prose", "line", "number")
TAB, ENTER, F11, F12 = b"\t", b"\r", b"\x1b[23~", b"\x1b[24~"
GAPS = (0, 0, 0.0005, 0.001, 0.002, 0.005)
ROUNDS, WORDS_A_ROUND = 50, (3, 3, 2)


class Typist:
    """Types into tests.typing_app and reads its report."""

    def __init__(self, app: PtyApp, report: Path) -> None:
        self.app = app
        self.report = report
        self.marks = 0

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.report.read_text(encoding="utf-8"))
        return state

    def type(self, bursts: list[bytes], gap: float) -> None:
        """Sends the bursts with so many seconds between, or all in one write."""
        if not gap:
            self.app.send(b"".join(bursts))
            return
        for burst in bursts:
            self.app.send(burst)
            time.sleep(gap)

    def _wait_for_mark(self, key: bytes) -> dict[str, Any]:
        self.marks += 1
        self.app.send(key)
        self.app.wait_for(lambda _: self.state["marks"] == self.marks)
        return self.state

    def settled(self) -> dict[str, Any]:
        """The report when all that was sent is in it."""
        return self._wait_for_mark(F12)

    def empty(self) -> None:
        self._wait_for_mark(F11)


@pytest.fixture(scope="module")
def typist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typist]:
    report = tmp_path_factory.mktemp("typing") / "report.json"
    command = [sys.executable, "-m", "tests.typing_app", str(report)]
    with PtyApp(command, cwd=ROOT, env={"TEXTUAL_DISABLE_KITTY_KEY": "1"}) as app:
        app.wait_for(lambda _: report.exists())
        yield Typist(app, report)


def test_input_methods_lose_double_and_disorder_nothing(typist: Typist) -> None:
    random = Random(20261121)
    wrong, tries = [], 0
    for _ in range(ROUNDS):
        typist.empty()
        decomposed, erase, gap = (
            random.random() < 0.4,
            random.choice((b"\x7f", b"\x08", None)),
            random.choice(GAPS),
        )
        wanted: dict[str, str] = {}
        bursts: list[bytes] = []
        for field, count in zip(FIELDS, WORDS_A_ROUND, strict=True):
            words = random.sample(WORDS, count)
            between = b"\r" if field == "prose" else b" "
            for place, word in enumerate(words):
                bursts += [between] if place else []
                bursts += keystrokes(word, random, decomposed=decomposed, erase=erase)
            bursts.append(TAB)
            wanted[field] = ("\n" if field == "prose" else " ").join(words)
        typist.type(bursts[:-1], gap)
        state = typist.settled()
        for field, count in zip(FIELDS, WORDS_A_ROUND, strict=True):
            tries += count
            for source in ("typed", "shown"):
                if state[source][field] != wanted[field]:
                    wrong.append((source, gap, decomposed, erase, wanted[field], state[source][field]))
    assert tries == 400
    assert wrong == []


def test_editing_keys_in_one_burst_keep_their_order(typist: Typist) -> None:
    random = Random(7)
    wrong = []
    for turn in range(60):
        typist.empty()
        field = ("prose", "line")[turn % 2]
        keys, wanted = random_edit(random, enter=field == "prose")
        typist.type([TAB * (field == "line"), *keys], 0)
        state = typist.settled()
        if not state["typed"][field] == state["shown"][field] == wanted:
            wrong.append((field, b"".join(keys), wanted, state["typed"][field], state["shown"][field]))
    assert wrong == []


def random_edit(random: Random, *, enter: bool) -> tuple[list[bytes], str]:
    """A burst of 40 keys and the text it makes, starting from nothing."""
    text, cursor, keys = "", 0, []
    names = ["letter"] * 8 + ["back"] * 3 + ["delete", "left", "left", "right", "home", "end"] + ["enter"] * enter
    for _ in range(40):
        match random.choice(names):
            case "letter":
                letter = random.choice("aăđềịưởỹ ")
                text, cursor = text[:cursor] + letter + text[cursor:], cursor + 1
                keys.append(unicodedata.normalize(random.choice(("NFC", "NFD")), letter).encode())
            case "enter":
                text, cursor = text[:cursor] + "\n" + text[cursor:], cursor + 1
                keys.append(ENTER)
            case "back":
                text, cursor = text[: max(cursor - 1, 0)] + text[cursor:], max(cursor - 1, 0)
                keys.append(random.choice((b"\x7f", b"\x08")))
            case "delete":
                text = text[:cursor] + text[cursor + 1 :]
                keys.append(b"\x1b[3~")
            case "left":
                cursor = max(cursor - 1, 0)
                keys.append(b"\x1b[D")
            case "right":
                cursor = min(cursor + 1, len(text))
                keys.append(b"\x1b[C")
            case "home":
                cursor = text.rfind("\n", 0, cursor) + 1
                keys.append(b"\x1b[H")
            case "end":
                end = text.find("\n", cursor)
                cursor = len(text) if end == -1 else end
                keys.append(b"\x1b[F")
    return keys, text


def test_what_is_typed_around_tab_goes_to_its_own_field(typist: Typist) -> None:
    for _ in range(20):
        typist.empty()
        typist.type([b"mo\x7f\xe1\xbb\x99t", TAB, b"hai", TAB, b"33", b"\x1b[Z", b"b", TAB, b"4"], 0)
        assert typist.settled()["shown"] == {"prose": "một", "line": "haib", "number": "4"}


def test_a_key_that_bubbles_comes_after_what_was_typed_before_it(typist: Typist) -> None:
    for turn in range(20):
        typist.empty()
        typist.type([b"vie", b"\x7f\xc3\xaa", b"t", b"\x1a"], 0)
        assert typist.settled()["undone"][turn] == "viêt"


def test_a_paste_between_keys(typist: Typist) -> None:
    typist.empty()
    paste = b"\x1b[200~" + unicodedata.normalize("NFD", "hồ\tsơ\r\nnăm").encode() + b"\x1b[201~"
    typist.type([b"a\x7fb", paste, b"\x7f", TAB, paste, b"c", TAB], 0)
    shown = typist.settled()["shown"]
    assert shown == {"prose": "bhồ sơ\nnă", "line": "hồ sơ nămc", "number": ""}


def test_the_terminal_cursor_is_where_the_next_letter_goes(typist: Typist) -> None:
    typist.empty()
    typist.type([unicodedata.normalize("NFD", "tiếng 漢 đ").encode()], 0)
    typist.settled()
    start = (1, 0)  # the compact field has one cell of padding
    typist.app.wait_for(lambda app: app.cursor == (start[0] + len("tiếng 漢 đ") + 1, start[1]))
    assert "tiếng" in typist.app.text


def test_the_harness_resizes_and_kills(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with PtyApp([sys.executable, "-m", "tests.typing_app", str(report)], cwd=ROOT, size=(100, 30)) as app:
        typist = Typist(app, report)
        app.wait_for(lambda _: report.exists() and typist.state["size"] == [100, 30])
        app.resize(60, 20)
        app.wait_for(lambda _: typist.state["size"] == [60, 20])
        assert len(app.lines) == 20
        app.kill()
        assert app.wait() == -signal.SIGKILL
    assert app.process.returncode is not None


def test_the_harness_answers_and_says_what_it_saw(tmp_path: Path) -> None:
    asking = "import sys, tty; tty.setraw(0); print('\\x1b[c', end='', flush=True); print(repr(sys.stdin.read(3)))"
    with PtyApp([sys.executable, "-c", asking]) as app:
        app.wait_for("x1b[?")
        assert app.wait() == 0
        with pytest.raises(AssertionError, match="never came"):
            app.wait_for("nothing of the kind")
