"""Finds a section, an ask, a field, an answer or guidance by words, accents or not, or a section by its number."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from hoso.i18n import tr
from hoso.text import cells
from tui import keys
from tui.finding import KINDS, Finder, Found, Hit, kind_label, spans
from tui.fitting import clipped
from tui.hanging import Hanging
from tui.screens.ask import Choose, Entry

FOUND = "bold underline"  # seen without colours too
_WIDEST = 104  # cells of a window, see app.tcss


class FindScreen(Choose):
    """Gives the place of the entry in the list of what can be found."""

    scopes = (keys.GOING, keys.DIALOG)

    def __init__(self, found: list[Found]) -> None:
        self.finder = Finder(found)
        self._room = max(cells(kind_label(kind)) for kind in KINDS)
        super().__init__(tr("Find"), [], filtered=True, placeholder=tr("words, or a number like 2.3"))

    def _options(self, query: str) -> list[Option]:
        line = self._line if query.split() else _heading
        return [Option(line(hit), id=str(hit.at)) for hit in self.finder.search(query)]

    def _line(self, hit: Hit) -> Hanging:
        """`Trả lời   … đảng viên mới …` and below it where that stands."""
        label = kind_label(hit.found.kind)
        gap = " " * (self._room - cells(label) + 2)
        text = Content(hit.excerpt)
        for start, end in hit.spans:
            text = text.stylize(FOUND, start, end)
        below = Content.styled(clipped(hit.found.where, self._below()), "$foreground-muted")
        rows = [(Content.assemble((label, "$text-accent"), gap), text)]
        return Hanging([*rows, (Content(" " * (self._room + 2)), below)] if hit.found.where else rows)

    def _below(self) -> int:
        """Cells of a line that says where something stands: one line of the window."""
        return max(20, min(_WIDEST, self.app.size.width * 94 // 100) - self._room - 8)


def _heading(hit: Hit) -> Hanging:
    """While nothing is sought yet: the items, and below each its sections."""
    if not hit.found.where:
        return Hanging([(Content(""), Content.styled(hit.found.text, "bold"))])
    return Hanging([(Content("  "), Content(hit.found.text))])


class PickScreen(Choose):
    """One of a long list, found by words; the words found stand out."""

    def __init__(self, title: str, entries: list[Entry], placeholder: str) -> None:
        super().__init__(title, entries, filtered=True, placeholder=placeholder)

    def line(self, entry: Entry, words: list[str]) -> Content:
        return Content.assemble(_marked(entry.words, words), "\n   ", _marked(clipped(entry.more, 100), words))


def _marked(text: str, words: list[str]) -> Content:
    made = Content(text)
    for start, end in spans(text, words):
        made = made.stylize(FOUND, start, end)
    return made
