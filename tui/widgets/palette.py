"""Textual's command palette, with a field in which Vietnamese can be typed and a search that ignores marks.

An app opens it by overriding `action_command_palette`, and lists `SystemCommands` (or its own providers
made with `FoldedSearch`) in `COMMANDS`.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from rich.align import Align
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.command import (
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    ProviderSource,
    SearchIcon,
)
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.markup import escape
from textual.system_commands import SystemCommandsProvider
from textual.widgets import Input, LoadingIndicator
from textual.widgets.option_list import Option
from textual.worker import WorkerError

from hoso.text import fold
from tui import keys
from tui.widgets.keybar import KeyBar
from tui.widgets.line import LINE_KEYS, OneLine

_PATIENCE = 5  # seconds that Enter waits for slow providers


class Offered(NamedTuple):
    """A line of the palette: its words, what they mean, and what is done when it is chosen."""

    title: str
    tip: str
    run: Callable[[], Any]


class PaletteLine(OneLine, CommandInput, inherit_bindings=False):
    """The palette's field; the palette finds it by its stock type."""

    BINDINGS = LINE_KEYS


class Palette(CommandPalette):
    """The command palette.

    Enter waits until what was typed has been searched for: the stock palette would run the first command
    of the list before.
    """

    def __init__(
        self,
        providers: ProviderSource | None = None,
        *,
        placeholder: str,
        no_matches: str,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(providers, placeholder=placeholder, name=name, id=id, classes=classes)
        self._no_matches = no_matches

    def compose(self) -> ComposeResult:
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield PaletteLine(placeholder=self._placeholder)
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).keys = tuple(keys.footer([keys.CHOOSING, keys.DIALOG]))

    async def action_choose(self) -> None:
        """Enter, clicked in the footer."""
        await self._finish_search()
        self._select_or_command()

    def action_close(self) -> None:
        self._action_escape()

    @on(Input.Submitted)
    async def _finish_search(self) -> None:
        searching = [worker for worker in self.workers if worker.group == self._GATHER_COMMANDS_GROUP]
        with suppress(WorkerError, TimeoutError):
            await asyncio.wait_for(self.workers.wait_for_complete(searching), _PATIENCE)

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, lambda: self._show_no_matches(search_value))

    def _show_no_matches(self, search_value: str) -> None:
        if search_value:
            text = Align.center(Text(self._no_matches, style="not bold"))
            self.query_one(CommandList).add_option(Option(text, id=self._NO_MATCHES, disabled=True))
        self._list_visible = bool(search_value)


class FoldedMatcher(Matcher):
    """Finds each word of the query, with or without its marks, anywhere in a candidate and in any order.

    Several hits go by: the query as it was written, then without marks, then its words apart; and words
    that begin a word before words within one. The stock matcher takes time that grows exponentially with
    the length of a title.
    """

    def match(self, candidate: str) -> float:
        words, plain = fold(self.query).split(), _folded(candidate)[0]
        places = [_place(word, plain) for word in words]
        if not words or -1 in places:
            return 0.0
        begun = sum(_begins(plain, place) for place in places) / len(words)
        whole = " ".join(words) in plain
        exact = unicodedata.normalize("NFC", self.query.strip()).lower() in candidate.lower()
        return (1 + begun + 2 * whole + exact) / 5

    def highlight(self, candidate: str) -> Content:
        content = Content(candidate)
        if not self.match(candidate):
            return content
        plain, origins = _folded(candidate)
        for word in fold(self.query).split():
            place = _place(word, plain)
            content = content.stylize(self.match_style, origins[place], origins[place + len(word) - 1] + 1)
        return content


@lru_cache(maxsize=8192)
def _folded(candidate: str) -> tuple[str, tuple[int, ...]]:
    """The candidate folded, and for each folded character where it comes from."""
    letters = [fold(character) for character in candidate]
    origins = tuple(place for place, letter in enumerate(letters) for _ in letter)
    return "".join(letters), origins


def _place(word: str, plain: str) -> int:
    """Where the word is: at the beginning of a word if there is such a place; -1 if nowhere."""
    first = place = plain.find(word)
    while place != -1 and not _begins(plain, place):
        place = plain.find(word, place + 1)
    return first if place == -1 else place


def _begins(plain: str, place: int) -> bool:
    return place == 0 or not plain[place - 1].isalnum()


class FoldedSearch(Provider):
    """A provider whose matcher ignores marks; to be put before the provider's other bases."""

    def matcher(self, user_input: str, case_sensitive: bool = False) -> FoldedMatcher:
        return FoldedMatcher(user_input, match_style=self.match_style, case_sensitive=case_sensitive)


class SystemCommands(FoldedSearch, SystemCommandsProvider):
    """The commands of `App.get_system_commands` in their order; behind them the places that the screen can go to, and
    commands that have the words in their explanation only."""

    _TITLE, _PLACE, _TIP = 2.0, 1.0, 0.0  # added to how well the words fit, so that each kind stays together

    def _commands(self) -> list[Offered]:
        return [Offered(*one[:3]) for one in self.app.get_system_commands(self.screen)]

    def _places(self) -> list[Offered]:
        places_to_go = getattr(self.screen, "places_to_go", list)
        return [Offered(*one) for one in places_to_go()]

    async def discover(self) -> Hits:
        for title, tip, run in [*self._commands(), *self._places()]:
            yield DiscoveryHit(Content(title), run, text=title, help=escape(tip))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        kinds = [(self._TITLE, self._commands()), (self._PLACE, self._places())]
        for above, offered in kinds:
            for title, tip, run in offered:
                fits = matcher.match(title)
                if fits:
                    yield Hit(above + fits, matcher.highlight(title), run, title, escape(tip))
                elif above == self._TITLE and (fits := matcher.match(tip)):
                    yield Hit(self._TIP + fits, Content(title), run, title, escape(tip))
