"""A drive that does not answer: nobody waits for it, everybody is told, and Esc leads away from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, active_count
from typing import Any

import pytest
from textual.widgets import Static

from tests.test_app import Driven, opened
from tests.test_attach_app import LETTER, names, settled, window
from tests.tui_case import make_case
from tui import beside, browsing
from tui.beside import Beside, within
from tui.screens.attach import AttachScreen, PathLine
from tui.widgets.file_list import FileList


class Slow:
    """Answers when it is let go."""

    def __init__(self, answer: str) -> None:
        self.answer, self.free, self.asked = answer, Event(), 0

    def __call__(self) -> str:
        self.asked += 1
        assert self.free.wait(30)
        return self.answer


class Waiting:
    """Somebody who asks; `came` is set when `settle` has something to do."""

    def __init__(self) -> None:
        self.at, self.heard, self.came = 0.0, list[str](), Event()
        self.beside = Beside(self.came.set, clock=lambda: self.at)

    def ask(self, place: str, look: Callable[[], str]) -> bool:
        return self.beside.ask(place, look, self.heard.append)

    def settle(self) -> bool:
        assert self.came.wait(30)
        self.came.clear()
        return self.beside.settle()


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow("chậm")
    yield made
    made.free.set()


def test_what_answers_at_once_is_there_at_once() -> None:
    one = Waiting()
    assert one.ask("a", lambda: "đây") and one.heard == ["đây"] and one.beside.asked is None


def test_what_answers_late_is_handed_on_when_it_comes(slow: Slow) -> None:
    one = Waiting()
    assert not one.ask("a", slow) and one.heard == []
    slow.free.set()
    assert one.settle() and one.heard == ["chậm"]


def test_only_the_last_question_counts_and_no_second_thread_hangs(slow: Slow) -> None:
    one = Waiting()
    one.ask("a", slow)
    threads = active_count()
    for _ in range(20):
        assert not one.ask("a", slow)
    assert active_count() == threads and slow.asked == 1
    assert one.ask("b", lambda: "nơi khác") and one.heard == ["nơi khác"]
    one.ask("a", lambda: "sau cùng")
    slow.free.set()
    while one.heard == ["nơi khác"]:
        one.settle()
    assert one.heard == ["nơi khác", "sau cùng"] and slow.asked == 1


def test_who_gives_up_hears_nothing_of_it(slow: Slow) -> None:
    one = Waiting()
    one.ask("a", slow)
    assert one.beside.give_up() and not one.beside.give_up()
    slow.free.set()
    assert not one.settle() and one.heard == []


def test_it_is_told_first_that_it_is_late_and_then_that_it_hangs(slow: Slow) -> None:
    one = Waiting()
    one.ask("a", slow)
    told = []
    for one.at in (0.1, 1.0, 11.0):
        told.append((one.beside.is_late, one.beside.is_hanging))
    assert told == [(False, False), (True, False), (True, True)]


def test_within_a_time_or_not(slow: Slow) -> None:
    assert within(30, lambda: "a", "b") == "a" and within(0.01, slow, "b") == "b"


# ---- in the window for attaching --------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    return make_case(tmp_path / "ws")


class Drive:
    """A folder `treo` that does not answer until it is let go."""

    def __init__(self, at: Path) -> None:
        self.at, self.free = at, Event()

    def wait(self, path: Path) -> None:
        if "treo" in path.parts:
            assert self.free.wait(60)


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drive]:
    base = tmp_path / "nguồn"
    (base / "treo").mkdir(parents=True)
    (base / "treo" / "xa.txt").write_text("xa", encoding="utf-8")
    (base / "gần.txt").write_text("gần", encoding="utf-8")
    made = Drive(base)
    monkeypatch.setattr(PathLine, "base", base)
    for name in ("_listed", "_exists", "_is_folder", "_can_be_read"):
        monkeypatch.setattr(browsing, name, _hanging(made, getattr(browsing, name)))
    monkeypatch.setattr(beside, "AT_ONCE", 0.02)
    yield made
    made.free.set()


def _hanging(drive: Drive, call: Callable[[Path], Any]) -> Callable[[Path], Any]:
    def hang(path: Path) -> Any:
        drive.wait(path)
        return call(path)

    return hang


def here(screen: AttachScreen) -> str:
    return str(screen.query_one("#here", Static).content)


async def told(it: Driven, screen: AttachScreen, words: str) -> None:
    for _ in range(100):
        if words in here(screen):
            return
        await it.pilot.pause(0.05)
    raise AssertionError(here(screen))


async def listed(it: Driven, screen: AttachScreen, name: str) -> None:
    for _ in range(100):
        if name in [one.name for one in screen.folder.listed.entries]:
            return
        await it.pilot.pause(0.05)
    raise AssertionError(screen.folder.listed)


async def test_a_hanging_folder_is_told_left_and_another_file_attached(
    root: Path, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(root) as it:
        screen = await window(it)
        await listed(it, screen, "gần.txt")
        await it.press("enter", "down", "home", "down", "right")
        await told(it, screen, "treo")
        assert "Esc" in here(screen) and screen.browser.folder == drive.at / "treo"
        monkeypatch.setattr(beside, "LIMIT", 0.0)
        await told(it, screen, "không trả lời")
        await it.press("escape")
        assert it.app.screen is screen and screen.browser.folder == drive.at
        assert [one.name for one in screen.folder.listed.entries] == ["treo", "gần.txt"]
        screen.path.focus()
        await it.press(*"gần")
        await listed(it, screen, "gần.txt")
        await it.press("enter")
        for _ in range(100):
            if names(it):
                break
            await settled(it)
        assert names(it) == ["gần.txt"]
        drive.free.set()  # what comes now is wanted no more
        await it.settled()
        assert "xa.txt" not in [one.name for one in screen.folder.listed.entries]


async def test_a_path_into_a_hanging_folder_can_be_typed_on_and_comes_when_it_answers(root: Path, drive: Drive) -> None:
    async with opened(root) as it:
        screen = await window(it)
        await it.press("enter", *"treo/xa")
        await told(it, screen, "treo")
        assert screen.path.value == "treo/xa"
        await it.press("tab")
        assert it.app.focused is screen.path
        await it.press("backspace")
        assert screen.path.value == "treo/x"
        drive.free.set()
        await listed(it, screen, "xa.txt")
        assert isinstance(screen.query_one(FileList).pointed, browsing.Entry) and screen.path.value == "treo/x"


async def test_the_window_opens_though_the_folder_used_last_is_gone(root: Path, drive: Drive) -> None:
    PathLine.base = None
    browser = browsing.Browser(drive.at)
    browser.enter(drive.at / "treo")
    browser.remember()
    async with opened(root) as it:
        screen = await window(it)
        assert screen.browser.folder != drive.at / "treo"
        await it.at(LETTER)
