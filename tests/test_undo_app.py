"""A whole session in the app, taken back to its beginning and done again: what is shown, and what lies on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Static, Tree

from hoso import yamlio
from tests.every_kind_case import FIXED, OPEN, POINTS, make_every_kind
from tests.test_app import ASK, COUNT, FIRST, RULER, SECOND, TEXT, TITLE, Driven, opened
from tests.test_undo import in_memory
from tests.tui_case import folder
from tui.fields import FieldWidget
from tui.fields.table import TableWidget
from tui.places import Key, Place
from tui.screens.attach import AttachScreen, PathLine
from tui.widgets.choices import Choices
from tui.widgets.line import Line
from tui.widgets.prose import Prose

LETTER, RATED, BANG, SECRET, AGAIN = (
    Place("cong_van"), Place("tu_cham"), Place("bao_cao", "bang"), Place("bao_cao", "rieng"), Place("bao_cao", "lai"),
)  # fmt: skip
DAY, MARK, KINDS = TITLE._replace(name="ngay"), TITLE._replace(name="co_mat"), RULER._replace(name="loai_hinh")
PRIVATE, REMARK = Key("field", "bao_cao", "rieng", "mat"), Key("field", "bao_cao", "lai", "nhan_xet")
CLAIM = Key("claim", "tu_cham")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    source = tmp_path / "nguồn"
    source.mkdir()
    (source / "thư.txt").write_text("Kính gửi", encoding="utf-8")
    monkeypatch.setattr(PathLine, "base", source)
    return make_every_kind(tmp_path / "ws")


# ---- what is done -------------------------------------------------------------------------------------------


async def keyed(it: Driven, place: Place, key: Key, *names: str) -> None:
    await it.at(place, key)
    await it.press(*names)


async def paste(it: Driven) -> None:
    await it.at(BANG, FIXED)
    await it.press("ctrl+home")
    it.app.post_message(events.Paste("7\tTốt\n1.200\tKhá\n"))
    await it.settled()


async def in_window(it: Driven, *names: str) -> None:
    await it.at(LETTER)
    await it.press("f9")
    screen = it.app.screen
    assert isinstance(screen, AttachScreen)
    await it.press(*names)
    await it.app.workers.wait_for_complete()
    await it.settled()
    while it.app.screen is not it.screen:
        await it.press("escape")


async def ticked(it: Driven) -> None:
    await it.at(FIRST, TEXT)
    await it.press("ctrl+r", *"da neu", "enter")


async def claimed(it: Driven) -> None:
    await it.at(RATED)
    it.screen.set_focus(it.field(CLAIM).entry)
    await it.press("down", "space")


STEPS: dict[str, tuple[Place, Callable[[Driven], Awaitable[None]]]] = {
    "prose": (FIRST, lambda it: keyed(it, FIRST, TEXT, *"Đã làm", "enter", *"xong")),
    "figure": (FIRST, lambda it: keyed(it, FIRST, COUNT, *"8341")),
    "typed away": (FIRST, lambda it: keyed(it, FIRST, COUNT, "backspace", "2")),
    "one of several, and a field comes": (FIRST, lambda it: keyed(it, FIRST, RULER, "space")),
    "several": (FIRST, lambda it: keyed(it, FIRST, KINDS, "space")),
    "ask": (FIRST, lambda it: keyed(it, FIRST, ASK, "space")),
    "ask elsewhere": (FIRST, lambda it: keyed(it, FIRST, ASK, "enter", "down", "enter", *"phan mot", "enter")),
    "line": (SECOND, lambda it: keyed(it, SECOND, TITLE, *"Tiêu đề")),
    "day": (SECOND, lambda it: keyed(it, SECOND, DAY, *"5/12/2021", "tab")),
    "mark": (SECOND, lambda it: keyed(it, SECOND, MARK, "space")),
    "cell": (BANG, lambda it: keyed(it, BANG, FIXED, "5", "enter")),
    "block": (BANG, paste),
    "row": (BANG, lambda it: keyed(it, BANG, OPEN, *"Công văn", "tab", *"1/2/2021", "enter")),
    "row inserted": (BANG, lambda it: keyed(it, BANG, OPEN, "ctrl+home", "insert", *"Trước", "enter")),
    "row moved": (BANG, lambda it: keyed(it, BANG, OPEN, "ctrl+home", "alt+down")),
    "row removed": (BANG, lambda it: keyed(it, BANG, OPEN, "ctrl+home", "ctrl+delete")),
    "points": (BANG, lambda it: keyed(it, BANG, POINTS, "4", "enter")),
    "private": (SECRET, lambda it: keyed(it, SECRET, PRIVATE, *"kín")),
    "absent": (AGAIN, lambda it: keyed(it, AGAIN, REMARK, "f5", "down", "enter")),
    "document": (LETTER, lambda it: in_window(it, "enter", *"thư.txt", "enter")),
    "document off": (LETTER, lambda it: in_window(it, "down", "delete")),
    "claim": (RATED, claimed),
    "tick": (FIRST, ticked),
    "bookmark": (SECOND, lambda it: keyed(it, SECOND, TITLE, "alt+m")),
    "of the dossier before": (FIRST, lambda it: keyed(it, FIRST, TEXT, "alt+k", "enter")),
    "bookmark off": (SECOND, lambda it: keyed(it, SECOND, TITLE, "alt+m")),
}


# ---- what there is to see -----------------------------------------------------------------------------------


def shown(it: Driven) -> dict[str, Any]:
    """What the place that is open shows, field by field, and the tree."""
    tree = it.screen.query_one(Tree)
    heading = str(it.screen.query_one("#heading", Static).content)
    return {"heading": heading, "tree": [str(line.node.label) for line in tree._tree_lines]} | {
        ".".join(field.key): _in_field(field) for field in it.screen.form.fields
    }


def _in_field(field: FieldWidget) -> list[str]:
    if isinstance(field, TableWidget):  # what stands below it belongs to the cell in which one is
        grid = field.grid
        return [grid.text(row, column) for row in range(len(grid.lines)) for column in range(len(grid.columns))]
    lines = [f"{sign} {text.plain}" for choices in field.query(Choices) for sign, text in choices._entries]
    lines += [*(one.value for one in field.query(Line)), *(one.value for one in field.query(Prose))]
    return lines + [str(one.content) for one in field.query(Static) if one.display]


def lying(root: Path) -> dict[str, Any]:
    """What the files say; sections that were born blank are nothing."""
    out: dict[str, Any] = {}
    for path in sorted(folder(root).glob("*.yaml")):
        document, problems = yamlio.read(path, path.name)
        assert document is not None and not problems
        out[path.name] = _leaves(document.data)
    return {name: data for name, data in out.items() if set(data) - {"hoso", "outline", "version"}}


def _leaves(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    kept = {name: _leaves(value) for name, value in data.items()}
    return {name: value for name, value in kept.items() if value not in (None, {})}


def marked(it: Driven) -> list[Place]:
    return it.session.bookmarks.places()


class State:
    """What stands where between two steps."""

    def __init__(self, it: Driven, root: Path) -> None:
        assert it.session.save()
        self.steps = len(it.session.history)
        self.kept, self.disk, self.marks = in_memory(it.session), lying(root), marked(it)

    def compare(self, it: Driven, root: Path, name: str) -> None:
        assert it.session.save() and len(it.session.history) == self.steps
        assert in_memory(it.session) == self.kept, name
        assert lying(root) == self.disk and marked(it) == self.marks, name


async def seen_anew(it: Driven, place: Place) -> dict[str, Any]:
    """What a place shows to whoever comes there."""
    await it.at(AGAIN if place != AGAIN else FIRST)
    await it.at(place)
    await it.settled()
    return shown(it)


async def step(it: Driven, key: str, until: int) -> None:
    while len(it.session.history) != until:
        before = len(it.session.history)
        await it.press(key)
        assert len(it.session.history) != before
    await it.settled()


async def test_a_whole_session_is_taken_back_and_done_again(root: Path) -> None:
    async with opened(root, size=(140, 45)) as it:
        states, seen = [State(it, root)], []
        for name, (place, act) in STEPS.items():
            before = await seen_anew(it, place)
            await act(it)
            await it.settled()
            it.session.seal()
            states.append(State(it, root))
            seen.append((before, await seen_anew(it, place)))
            assert (states[-1].kept, states[-1].marks) != (states[-2].kept, states[-2].marks), name
            assert states[-1].steps > states[-2].steps, name
        backwards = list(enumerate(STEPS.items()))
        for at, (name, (place, _)) in backwards[::-1]:
            await step(it, "ctrl+z", states[at].steps)
            states[at].compare(it, root, f"undo {name}")
            assert (it.screen.place, shown(it)) == (place, seen[at][0]), f"undo {name}"
        assert not it.session.history.can_undo
        for at, (name, (place, _)) in backwards:
            await step(it, "ctrl+y", states[at + 1].steps)
            states[at + 1].compare(it, root, f"redo {name}")
            assert (it.screen.place, shown(it)) == (place, seen[at][1]), f"redo {name}"
        assert not it.session.history.can_redo


async def test_who_goes_to_several_places_at_once_is_at_the_last_and_at_no_half_of_another(root: Path) -> None:
    async with opened(root) as it:
        for places in ((SECOND, BANG, FIRST), (LETTER, RATED), (FIRST, SECOND, SECOND, RATED)):
            await asyncio.gather(*(it.screen.go(place) for place in places), it.screen.show_again())
            assert it.screen.place == places[-1]
            assert {field.key.place for field in it.screen.form.fields} == {places[-1]}
            assert it.screen.form.place == places[-1]
