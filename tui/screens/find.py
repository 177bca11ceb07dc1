"""Finds a section, an ask, a field or an answer by words, accents or not."""

from __future__ import annotations

from textual.content import Content

from hoso.i18n import tr
from hoso.text import fold
from tui.finding import Found
from tui.fitting import clipped
from tui.screens.ask import Choose, Entry
from tui.widgets.palette import FoldedMatcher


class FindScreen(Choose):
    """Gives the place of the entry in the list of what can be found."""

    def __init__(self, found: list[Found]) -> None:
        entries = [Entry(str(place), one.words, one.more) for place, one in enumerate(found)]
        words = tr("words of a section, a question or an answer")
        super().__init__(tr("Find"), entries, filtered=True, placeholder=words)

    def line(self, entry: Entry, words: list[str]) -> Content:
        """The words found are shown bold; those found in an answer are shown with what stands around them."""
        query = " ".join(words)
        shown = _marked(clipped(entry.words, 140), query)
        if not query or FoldedMatcher(query).match(entry.words) or not entry.more:
            return shown
        return Content.assemble(shown, "\n  ", _marked(_around(entry.more, words), query))


def _marked(text: str, query: str) -> Content:
    return FoldedMatcher(query).highlight(text) if query else Content(text)


def _around(text: str, words: list[str]) -> str:
    flat = " ".join(text.split())
    at = max(0, fold(flat).find(words[0]) - 30)
    return f"{'…' if at else ''}{clipped(flat[at:], 100)}"
