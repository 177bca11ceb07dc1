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
from tui.widgets.vietnamese import Line, OrderedKeys

Result = TypeVar("Result")
_FITS = 10  # entries that leave room for the title and the keys in 24 lines
_SHOWN = 300  # entries drawn at most; whoever has more types a word


class Dialog(ModalScreen[Result], Generic[Result]):
    """A window over the screen. Esc closes it with no result."""

    CSS_PATH = "ask.tcss"
    tall = False  # takes the height of the screen, with a list that scrolls inside

    def __init__(self, title: str) -> None:
        super().__init__(classes="dialog")
        self.window_title = title
        self._bindings = keys.merged(self._bindings, keys.bindings(keys.DIALOG))

    def compose(self) -> ComposeResult:
        with Vertical(classes="window -tall" if self.tall else "window"):
            yield Static(Content(self.window_title), classes="window-title")
            yield from self.body()
            yield Static(Content(self.hint_words()), classes="window-hint")

    def body(self) -> ComposeResult:
        raise NotImplementedError

    def hint_words(self) -> str:
        return tr("Enter: choose · Esc: close")

    def action_close(self) -> None:
        self.dismiss(None)


class Entry(NamedTuple):
    """One line of a list: what it stands for, its words, more words that may be searched for."""

    id: str
    words: str
    more: str = ""


class Choose(Dialog[str]):
    """One of a list; long lists have a field in which words are typed, with or without accents."""

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
        return [Option(self.line(entry, words), id=entry.id) for entry in found[:_SHOWN]]

    def line(self, entry: Entry, words: list[str]) -> Content:  # noqa: ARG002
        return Content(entry.words)

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
    async def _choose(self) -> None:
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

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__(title)
        self.value = value

    def body(self) -> ComposeResult:
        yield Line(self.value, placeholder=tr("the reason, in a sentence"), compact=True)

    def hint_words(self) -> str:
        return tr("Enter: done · Esc: close")

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self.notify(tr("A reason is needed."), severity="warning")
