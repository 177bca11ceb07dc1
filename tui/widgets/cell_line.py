"""The one line through which a grid is typed into: it takes every key, so none can overtake another."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message

from tui.widgets.vietnamese import Line, clean

_MOVES = {
    "up": (-1, 0), "down": (1, 0), "enter": (1, 0), "pageup": (-10, 0), "pagedown": (10, 0),
    "ctrl+home": (-9999, -9999), "ctrl+end": (9999, 9999),
}  # fmt: skip


class CellLine(Line):
    """Holds the text of the current cell, all selected: typing replaces it, a click goes into it.

    ← and → move inside the text, and from its ends to the next cell."""

    BINDINGS = [
        *(Binding(key, f"move({down}, {across})", show=False) for key, (down, across) in _MOVES.items()),
        Binding("insert", "row('inserted')", show=False),
        Binding("ctrl+delete", "row('removed')", show=False),
        Binding("alt+up", "row('up')", show=False),
        Binding("alt+down", "row('down')", show=False),
        Binding("space", "toggle_or_space", show=False),
    ]

    @dataclass
    class Moved(Message):
        """Posted when another cell is wanted."""

        line: CellLine
        down: int
        across: int

        @property
        def control(self) -> CellLine:
            return self.line

    @dataclass
    class RowAsked(Message):
        """Posted when a row is to be `inserted`, `removed`, or moved `up` or `down`."""

        line: CellLine
        what: str

        @property
        def control(self) -> CellLine:
            return self.line

    @dataclass
    class Toggled(Message):
        """Posted when a cell of marks is to change."""

        line: CellLine

        @property
        def control(self) -> CellLine:
            return self.line

    @dataclass
    class Pasted(Message):
        """Posted when a block of several cells was pasted."""

        line: CellLine
        text: str

        @property
        def control(self) -> CellLine:
            return self.line

    marks = False  # whether the current cell takes x or nothing

    def load(self, text: str, *, marks: bool) -> None:
        """Takes another cell in."""
        self.marks = marks
        self.set_text(text)
        self.select_all()

    @property
    def is_untouched(self) -> bool:
        start, end = sorted(self.selection)
        return (start, end) == (0, len(self.value))

    def replace(self, text: str, start: int, end: int) -> None:
        if self.marks and text.strip():
            if text.strip().lower() == "x":
                self.post_message(self.Toggled(self))
            return
        super().replace(text, start, end)

    def action_move(self, down: int, across: int) -> None:
        self.post_message(self.Moved(self, down, across))

    def action_row(self, what: str) -> None:
        self.post_message(self.RowAsked(self, what))

    def action_toggle_or_space(self) -> None:
        if self.marks:
            self.post_message(self.Toggled(self))
        else:
            self.replace(" ", *self.selection)

    def action_cursor_left(self, select: bool = False) -> None:
        if not select and (self.is_untouched or self.cursor_position == 0):
            self.post_message(self.Moved(self, 0, -1))
        else:
            super().action_cursor_left(select)

    def action_cursor_right(self, select: bool = False) -> None:
        if not select and (self.is_untouched or self.cursor_at_end):
            self.post_message(self.Moved(self, 0, 1))
        else:
            super().action_cursor_right(select)

    def action_home(self, select: bool = False) -> None:
        if self.is_untouched and not select:
            self.post_message(self.Moved(self, 0, -9999))
        else:
            super().action_home(select)

    def action_end(self, select: bool = False) -> None:
        if self.is_untouched and not select:
            self.post_message(self.Moved(self, 0, 9999))
        else:
            super().action_end(select)

    def _paste(self, text: str) -> None:
        block = clean(text) if "\t" not in text else text
        if "\t" in text or "\n" in text.strip("\r\n"):
            self.post_message(self.Pasted(self, block))
        else:
            super()._paste(text)
