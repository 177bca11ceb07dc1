"""The text fields and the palette, driven without a terminal."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from random import Random
from string import ascii_lowercase

import pytest
from textual import events, on
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding
from textual.command import CommandList
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from tests.telex import WORDS, bursts
from tui.typing.letters import clean, compose, follow, step_left, step_right
from tui.widgets.line import Line, Number, OneLine
from tui.widgets.ordered_keys import OrderedKeys
from tui.widgets.palette import FoldedMatcher, Palette, SystemCommands
from tui.widgets.prose import Prose

FIELDS = ("prose", "line", "number")
CTRL_KEYS_THAT_EDIT = {"a", "c", "v", "x"}
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


class Form(App[None]):
    CSS = "Prose { height: 5; }"
    COMMANDS = {SystemCommands}
    BINDINGS = [
        Binding("ctrl+z", "note('undo')"),
        Binding("f7", "note('f7')"),
        Binding("f8", "leave", priority=True),
        Binding("ctrl+c", "note('copy nothing')"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.story: list[str] = []

    def compose(self) -> ComposeResult:
        yield Prose(id="prose")
        yield Line(id="line")
        yield Number(id="number")

    @on(OrderedKeys.Typed, "#prose, #line, #number")
    def hear(self, message: OrderedKeys.Typed) -> None:
        self.heard.append((message.control.id or "", message.value))
        self.story.append(message.value)

    @on(Input.Submitted, "#line")
    def note_enter(self) -> None:
        self.action_note("enter")

    def action_note(self, what: str) -> None:
        self.notes.append(what)
        self.story.append(what)

    async def action_leave(self) -> None:
        field = self.focused
        assert isinstance(field, Line | Prose)
        await field.settle()
        self.notes.append(field.value)
        await field.remove()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        for title in ("Đảng viên mới", "Danh sách hồ sơ", "Xuất bản"):
            yield SystemCommand(title, "", lambda title=title: self.notes.append(title))

    def action_command_palette(self) -> None:
        self.push_screen(Palette(placeholder="Tìm lệnh…", no_matches="Không thấy"))


@asynccontextmanager
async def form(focused: str) -> AsyncIterator[tuple[Form, OneLine | Prose, Pilot[None]]]:
    app = Form()
    async with app.run_test(size=(60, 20)) as pilot:
        field = app.query_one(f"#{focused}")
        assert isinstance(field, Line | Prose)
        field.focus()
        await pilot.pause()
        yield app, field, pilot


def press(app: App[None], *keys: str) -> None:
    """Sends keys as a terminal does in a burst: one after the other, without waiting."""
    for key in keys:
        app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else None))


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came about")


def test_the_package_sets_what_textual_reads_and_imports_nothing() -> None:
    code = "import os, sys, tui; print(os.environ['TEXTUAL_DISABLE_KITTY_KEY'], 'textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={})
    assert done.stdout.split() == ["1", "False"]


@pytest.mark.parametrize("name", FIELDS)
async def test_a_burst_of_backspaces_and_letters_keeps_its_order(name: str) -> None:
    async with form(name) as (app, field, pilot):
        press(app, *"vie", "backspace", "ê", "t", "backspace", "backspace", "ệ", "t")
        await pilot.pause()
        assert field.value == "việt"


@pytest.mark.parametrize("decomposed", [False, True])
@pytest.mark.parametrize("name", FIELDS)
async def test_every_word_of_telex_comes_out_right(name: str, decomposed: bool) -> None:
    async with form(name) as (app, field, pilot):
        for word in WORDS:
            for erased, text in bursts(word):
                press(app, *["backspace"] * erased, *(nfd(text) if decomposed else text))
            press(app, "space")
        await pilot.pause()
        assert field.value.split() == WORDS
        assert app.heard[-1] == (name, field.value)


async def test_keys_posted_to_the_field_itself_keep_their_order() -> None:
    async with form("line") as (_, field, pilot):
        for key in (*"ab", "left", "backspace", "c", "end", "d", "home", "delete"):
            field.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert field.value == "bd"


@pytest.mark.parametrize("name", FIELDS)
async def test_keys_of_the_app_change_neither_text_nor_selection(name: str) -> None:
    async with form(name) as (app, field, pilot):
        field.set_text("một hai ba")
        await pilot.pause()
        before = field.selection
        keys = [f"f{number}" for number in range(1, 25) if number != 8]
        keys += [f"ctrl+{letter}" for letter in ascii_lowercase if letter not in CTRL_KEYS_THAT_EDIT | {"q"}]
        keys += ["alt+s", "ctrl+shift+k", "ctrl+f6", "shift+f7", "ctrl+c", "ctrl+x"]
        for key in set(keys) - {"ctrl+p"}:
            app.post_message(events.Key(key, "s" if key == "alt+s" else None))
        await pilot.pause()
        assert field.value == "một hai ba"
        assert field.selection == before
        assert app.heard == []
        assert {"undo", "f7", "copy nothing"} <= set(app.notes)


@pytest.mark.parametrize("name", FIELDS)
async def test_no_binding_is_shown_or_described(name: str) -> None:
    async with form(name) as (_, field, _pilot):
        bindings = [binding for _, binding in field._bindings]
        assert bindings
        assert not any(binding.show or binding.description for binding in bindings)


@pytest.mark.parametrize("name", FIELDS)
async def test_select_all_cut_and_paste(name: str) -> None:
    async with form(name) as (app, field, pilot):
        press(app, *"ấm áp", "ctrl+a", "ctrl+x", *"x", "ctrl+v", "ctrl+v", "ctrl+x")
        await pilot.pause()
        assert field.value == "xấm ápấm áp"


@pytest.mark.parametrize(
    ("name", "wanted"), [("prose", "a Đã\nký\n\nb\n"), ("line", "a Đã ký  b"), ("number", "a Đã ký  b")]
)
async def test_a_paste_is_cleaned(name: str, wanted: str) -> None:
    async with form(name) as (app, field, pilot):
        app.post_message(events.Paste(nfd("a\t\u00d0ã\r\nký\r\r\nb\x07\ufeff\n")))
        await pilot.pause()
        assert field.value == wanted
        assert app.heard == [(name, wanted)]


async def test_a_paste_of_nothing_says_nothing() -> None:
    async with form("line") as (app, field, pilot):
        app.post_message(events.Paste("\r\n"))
        press(app, "backspace", "delete", "left")
        await pilot.pause()
        assert field.value == ""
        assert app.heard == []


@pytest.mark.parametrize("name", FIELDS)
async def test_text_set_by_the_program_is_not_typed(name: str) -> None:
    async with form(name) as (app, field, pilot):
        field.set_text(nfd("tiếng"))
        await pilot.pause()
        assert field.value == "tiếng"
        assert app.heard == []
        press(app, "end", "s")
        await pilot.pause()
        assert app.heard == [(name, "tiếngs")]


@pytest.mark.parametrize("name", FIELDS)
async def test_undoing_leaves_the_cursor_where_the_text_changed(name: str) -> None:
    async with form(name) as (app, field, pilot):
        field.set_text("một hai ba")
        press(app, "home", *["right"] * 4)
        await pilot.pause()
        field.set_text("một hai mươi ba")
        press(app, "|")
        await pilot.pause()
        assert field.value == "một |hai mươi ba"
        field.set_text("một ba")
        press(app, "!")
        await pilot.pause()
        assert field.value == "một !ba"


async def test_what_follows_tab_goes_to_the_next_field() -> None:
    async with form("prose") as (app, prose, pilot):
        press(app, *"mo", "backspace", *"ột", "tab", *"hai", "tab", "3", "shift+tab", "b")
        await pilot.pause()
        assert (prose.value, app.query_one("#line", Line).value) == ("một", "haib")
        assert app.query_one(Number).value == "3"


async def test_enter_ends_a_line_of_prose() -> None:
    async with form("prose") as (app, field, pilot):
        press(app, "a", "enter", "b", "backspace", "c")
        await pilot.pause()
        assert field.value == "a\nc"


async def test_enter_submits_a_line_after_what_was_typed_before_it() -> None:
    async with form("line") as (app, _, pilot):
        press(app, "a", "b", "enter")
        await pilot.pause()
        assert app.story == ["a", "ab", "enter"]


async def test_what_was_typed_before_undo_is_heard_before_it() -> None:
    async with form("line") as (app, _, pilot):
        press(app, "a", "b", "ctrl+z")
        await pilot.pause()
        assert app.story == ["a", "ab", "undo"]


@pytest.mark.parametrize("name", FIELDS)
async def test_an_action_that_runs_ahead_can_wait_for_the_field(name: str) -> None:
    async with form(name) as (app, _, pilot):
        press(app, *"vie", "backspace", "ê", "t", "f8")
        await pilot.pause()
        assert app.notes == ["viêt"]


async def test_setting_another_field_leaves_the_terminal_cursor_alone() -> None:
    async with form("line") as (app, field, pilot):
        press(app, *"abc")
        await pilot.pause()
        before = app.cursor_position
        assert before == field.cursor_screen_offset
        app.query_one(Prose).set_text("một\nhai\nba")
        app.query_one(Number).set_text("1.234")
        await pilot.pause()
        assert app.cursor_position == before


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("letter", [FAMILY, "漢", "x\u0323", "👍🏽", "ệ"])
async def test_one_key_moves_over_or_deletes_one_visible_letter(name: str, letter: str) -> None:
    async with form(name) as (app, field, pilot):
        app.post_message(events.Paste(f"a{letter}b"))
        press(app, "left", "left", "1", "right", "2", "left", "left", "backspace", "delete", "end", "3")
        await pilot.pause()
        assert field.value == "a2b3"


async def test_a_click_lands_before_the_visible_letter_or_at_the_end() -> None:
    async with form("line") as (_, field, pilot):
        assert isinstance(field, Line)
        field.set_text(f"漢x\u0323{FAMILY}y")
        await pilot.pause()
        for cell, index in ((0, 0), (1, 0), (2, 1), (3, 3), (4, 3), (5, 8), (6, 9), (30, 9)):
            assert field._cell_offset_to_index(cell) == index


async def test_coming_to_a_number_selects_it() -> None:
    async with form("line") as (app, _, pilot):
        number = app.query_one(Number)
        number.set_text("8.341")
        press(app, "tab", "9", "h", "a")
        await pilot.pause()
        assert number.value == "9ha"


@pytest.mark.parametrize(
    ("before", "text", "after", "wanted"),
    [
        ("vie", "t", "x", (0, "t", 0)),
        ("vie", "\u0302", "", (1, "ê", 0)),
        ("viê", "\u0323", "t", (1, "ệ", 0)),
        ("e\u0323x", "\u0302", "", (0, "\u0302", 0)),
        ("", "\u0302", "", (0, "\u0302", 0)),
        ("x", nfd("tiếng"), "", (0, "tiếng", 0)),
        ("e", "", "\u0302m", (1, "ê", 1)),
        ("", "", "\u0302m", (0, "", 0)),
        ("a", "o", "\u0323b", (0, "ọ", 1)),
    ],
)
def test_compose(before: str, text: str, after: str, wanted: tuple[int, str, int]) -> None:
    assert compose(before, text, after) == wanted


def test_composing_piece_by_piece_is_composing_the_whole() -> None:
    random = Random(1)
    for _ in range(2000):
        whole, cursor = "", 0
        for piece in random.choices("aeođưx \u0300\u0301\u0302\u0306\u031b\u0323ệ", k=12):
            before, after = whole[:cursor], whole[cursor:]
            swallowed, text, taken = compose(before, piece, after)
            plain = before + piece + after
            whole = before[: len(before) - swallowed] + text + after[taken:]
            assert whole == unicodedata.normalize("NFC", plain)
            cursor = random.randrange(len(whole) + 1)


def test_clean_joins_surrogates_and_keeps_joiners() -> None:
    assert clean("\ud83d\udc4d" + FAMILY + "\u00a0\udc4d") == "\U0001f44d" + FAMILY + "\u00a0\ufffd"


def test_steps_reach_both_ends() -> None:
    text = f"a{FAMILY}x\u0323b"
    assert (step_left(text, 0), step_right(text, len(text))) == (0, len(text))
    assert step_right(text, 1) == 6
    assert step_left(text, len(text) - 1) == 6


@pytest.mark.parametrize(
    ("old", "new", "cursor", "wanted"),
    [
        ("abc", "abcd", 3, 4),
        ("abc", "abd", 1, 1),
        ("aXb", "aXYZb", 3, 5),
        ("", "abc", 0, 3),
        ("aa", "a", 2, 1),
    ],
)
def test_follow(old: str, new: str, cursor: int, wanted: int) -> None:
    assert follow(old, new, cursor) == wanted


@pytest.mark.parametrize(
    ("query", "title", "found"),
    [
        ("dang vien", "Đảng viên mới", True),
        ("moi dang", "Đảng viên mới", True),
        ("ĐẢNG", "Danh sách Đảng viên", True),
        ("dv", "Đảng viên", False),
        ("", "Đảng viên", False),
    ],
)
def test_search_ignores_marks(query: str, title: str, found: bool) -> None:
    assert (FoldedMatcher(query).match(title) > 0) is found


def test_better_hits_come_first() -> None:
    titles = ["Ý đăng ký", "Quỹ đảng", "Đảng phí", "Lang thang"]
    ranked = sorted(titles, key=FoldedMatcher("đảng").match, reverse=True)
    assert ranked[:2] == ["Quỹ đảng", "Đảng phí"]
    assert FoldedMatcher("ang").match("Ấp Ang") > FoldedMatcher("ang").match("Lang thang")
    assert 0 < FoldedMatcher("dang").match("Ý đăng ký") < FoldedMatcher("đảng").match("Đảng phí") <= 1


def test_highlight_marks_the_letters_found() -> None:
    content = FoldedMatcher("vien").highlight("Đảng [b]viên")
    assert content.plain == "Đảng [b]viên"
    assert [(span.start, span.end) for span in content.spans] == [(8, 12)]


async def test_the_palette_runs_what_was_typed_though_enter_came_at_once() -> None:
    async with form("line") as (app, field, pilot):
        app.action_command_palette()
        await pilot.pause()
        press(app, *"xuâ", "backspace", "â", "t", "backspace", "backspace", *nfd("ất"), "enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.notes == ["Xuất bản"]
        assert field.value == ""


async def test_the_palette_is_a_palette() -> None:
    async with form("line") as (app, _, pilot):
        app.action_command_palette()
        await pilot.pause()
        assert isinstance(app.focused, Input)
        assert app.focused.placeholder == "Tìm lệnh…"
        await pilot.press(*"dang", "space", *"vien", "down", "up", "enter")
        await pilot.pause()
        assert app.notes == ["Đảng viên mới"]
        app.action_command_palette()
        await pilot.pause()
        await pilot.press("q", "escape")
        assert not isinstance(app.screen, Palette)


async def test_the_palette_says_that_it_found_nothing() -> None:
    async with form("line") as (app, _, pilot):
        app.action_command_palette()
        await pilot.pause()
        press(app, *"qqq")
        await pilot.pause()
        await app.workers.wait_for_complete()
        found = app.screen.query_one(CommandList)
        await until(pilot, lambda: found.option_count == 1)
        assert found.get_option_at_index(0).id == Palette._NO_MATCHES
        press(app, *["backspace"] * 3)
        await until(pilot, lambda: found.option_count == 3)
