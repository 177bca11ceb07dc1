"""Small windows that ask one thing: yes or no, a reason, one of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hoso.i18n import tr
from hoso.text import fold
from tui import keys
from tui.hanging import hanging
from tui.screens.closing import ClosedOnce
from tui.widgets.keybar import KeyBar
from tui.widgets.line import Line
from tui.widgets.ordered_keys import OrderedKeys

Result = TypeVar("Result")
_FITS = 10  # entries that leave room for the title and the keys in 24 lines
_SHOWN = 300  # entries drawn at most; whoever has more types a word


class Dialog(ClosedOnce, ModalScreen[Result], Generic[Result]):
    """A window over the screen. Esc closes it with no result. The footer shows its keys while it is there."""

    CSS_PATH = "ask.tcss"
    tall = False  # takes the height of the screen, with a list that scrolls inside
    scopes: tuple[str, ...] = (keys.DIALOG,)  # whose keys work here
    idle: frozenset[str] = frozenset()  # ids of commands that would do nothing

    def __init__(self, title: str) -> None:
        super().__init__(classes="dialog")
        self.window_title = title
        self._bindings = keys.merged(self._bindings, keys.bindings(*self.scopes))

    def compose(self) -> ComposeResult:
        hint = self.hint_words()
        with Vertical(classes="window -tall" if self.tall else "window"):
            yield Static(Content(self.window_title), classes="window-title")
            yield from self.body()
            if hint:
                yield Static(Content(hint), classes="window-hint")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).keys = tuple(keys.footer([*self.scopes, keys.APP], self.idle))

    def body(self) -> ComposeResult:
        raise NotImplementedError

    def hint_words(self) -> str:
        """What there is to say of keys beside those in the footer."""
        return ""

    def action_close(self) -> None:
        self.dismiss(None)


class Entry(NamedTuple):
    """One line of a list: what it stands for, its words, more words that may be searched for."""

    id: str
    words: str
    more: str = ""


class Choose(Dialog[str]):
    """One of a list; long lists have a field in which words are typed, with or without accents."""

    scopes = (keys.CHOOSING, keys.DIALOG)

    def __init__(self, title: str, entries: Iterable[Entry], *, filtered: bool = False, placeholder: str = "") -> None:
        super().__init__(title)
        self.entries = list(entries)
        self.filtered = filtered
        self.placeholder = placeholder
        self.tall = filtered or len(self.entries) > _FITS
        self._folded = [fold(f"{entry.words} {entry.more}") for entry in self.entries]

    def body(self) -> ComposeResult:
        if self.filtered:
            yield Line(placeholder=self.placeholder, compact=True)
        yield OptionList(*self._options(""), id="entries")

    def _options(self, query: str) -> list[Option]:
        words = fold(query).split()
        found = [
            entry
            for entry, folded in zip(self.entries, self._folded, strict=True)
            if all(word in folded for word in words)
        ]
        return [self._option(entry, words) for entry in found[:_SHOWN]]

    def line(self, entry: Entry, words: list[str]) -> Content:  # noqa: ARG002
        return Content(entry.words)

    def _option(self, entry: Entry, words: list[str]) -> Option:
        return Option(hanging(self.line(entry, words)), id=entry.id)

    def on_mount(self) -> None:
        entries = self.query_one("#entries", OptionList)
        entries.highlighted = 0 if entries.option_count else None
        if not self.filtered:
            entries.focus()

    @on(OrderedKeys.Typed)
    def _narrow(self, event: OrderedKeys.Typed) -> None:
        entries = self.query_one("#entries", OptionList)
        entries.clear_options()
        entries.add_options(self._options(event.value))
        entries.highlighted = 0 if entries.option_count else None

    @on(Input.Submitted)
    def action_choose(self) -> None:
        entries = self.query_one("#entries", OptionList)
        if entries.highlighted_option is not None:
            self.dismiss(entries.highlighted_option.id)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)

    def key_down(self) -> None:
        self._move(1)

    def key_up(self) -> None:
        self._move(-1)

    def _move(self, step: int) -> None:
        entries = self.query_one("#entries", OptionList)
        if self.filtered and not entries.has_focus:
            (entries.action_cursor_down if step > 0 else entries.action_cursor_up)()


class Confirm(Choose):
    """A question with two answers; gives `yes` or `no`."""

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__(question, [Entry("yes", yes), Entry("no", no)])


class Reason(Dialog[str]):
    """A sentence; empty ones are not taken."""

    scopes = (keys.ANSWERING, keys.DIALOG)

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__(title)
        self.value = value

    def body(self) -> ComposeResult:
        yield Line(self.value, placeholder=tr("the reason, in a sentence"), compact=True)
        yield Static(id="wanting")

    @on(OrderedKeys.Typed)
    def _wants_none(self) -> None:
        self.query_one("#wanting").display = False

    @on(Input.Submitted)
    def action_done(self) -> None:
        typed = self.query_one(Line).value.strip()
        if typed:
            self.dismiss(typed)
        else:
            wanting = self.query_one("#wanting", Static)
            wanting.update(Content(f"! {tr('Please give a reason.')}"))
            wanting.display = True
