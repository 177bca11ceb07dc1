"""The list that opens below a cell: what can be picked there, narrowed as one types. It never has the focus."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from hoso.i18n import tr
from hoso.text import cells, clipped
from tui.grids.picking import Picks

MOST_LINES, MOST_WIDTH = 8, 56


class PickList(Widget, can_focus=False):
    DEFAULT_CSS = """
    PickList { overlay: screen; constrain: inside; display: none; height: auto; width: auto; background: $panel;
        color: $foreground; border: round $primary; }
    """

    class Clicked(Message):
        """Posted when an entry was clicked; it is the current one by then."""

    def __init__(self) -> None:
        super().__init__()
        self.picks: Picks | None = None

    def show(self, picks: Picks | None, at: Offset) -> None:
        """Shows the list at a place of the screen, or takes it away."""
        self.picks = picks
        if picks is None:
            self.display = False
            return
        self.absolute_offset = at
        self.display = True
        self.refresh(layout=True)

    def _first(self) -> int:
        """The first entry drawn: the current one is always among them."""
        return max(0, self.picks.at - MOST_LINES + 1) if self.picks is not None else 0

    def render(self) -> Content:
        if self.picks is None:
            return Content("")
        if not self.picks.shown:
            return Content.styled(tr("no such option"), "$text-warning")
        first = self._first()
        width = min(MOST_WIDTH, max(cells(label) for label in self.picks.options.values()) + 3)
        return Content("\n").join(self._entry(place, width) for place in range(first, self._last(first)))

    def _last(self, first: int) -> int:
        return min(first + MOST_LINES, len(self.picks.shown)) if self.picks is not None else 0

    def _entry(self, place: int, width: int) -> Content:
        assert self.picks is not None
        option = self.picks.shown[place]
        yes, no = ("☑", "☐") if self.picks.many else ("◉", "○")
        words = f"{yes if option in self.picks.chosen else no} {clipped(self.picks.options[option], width - 2)}"
        words += " " * (width - cells(words))
        return Content.styled(words, "reverse bold" if place == self.picks.at else "")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        place = self._first() + event.y - 1
        if self.picks is not None and 0 <= place < len(self.picks.shown):
            self.picks.at = place
            self.post_message(self.Clicked())
