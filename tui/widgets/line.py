"""Fields of one line in which Vietnamese can be typed: `Line` and `Number`; `OneLine` is what makes them so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import split_graphemes
from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widgets import Input
from textual.widgets import input as stock_input

from tui.typing import Method
from tui.typing.letters import clean, compose, follow, normal, step_left, step_right
from tui.widgets.ordered_keys import EDITING_KEYS, FOCUS_KEYS, OrderedKeys, keys, selecting

if TYPE_CHECKING:
    _AnyInput = Input
else:
    _AnyInput = object

LINE_KEYS: list[BindingType] = [
    *FOCUS_KEYS,
    *EDITING_KEYS,
    *selecting("left", "cursor_left"),
    *selecting("right", "cursor_right"),
    *selecting("ctrl+left", "cursor_left_word"),
    *selecting("ctrl+right", "cursor_right_word"),
    *selecting("home,ctrl+home", "home"),
    *selecting("end,ctrl+end", "end"),
    *keys(
        submit="enter",
        delete_left_word="ctrl+backspace,alt+backspace",
        delete_right_word="ctrl+delete,alt+delete",
    ),
]


class OneLine(OrderedKeys, _AnyInput):
    """What a `Line` does, for other inputs of Textual's to take on."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = 0,
        suggester: Suggester | None = None,
        select_on_focus: bool = False,
        compact: bool = False,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            value=value,
            placeholder=placeholder,
            max_length=max_length,
            suggester=suggester,
            select_on_focus=select_on_focus,
            compact=compact,
            name=name,
            id=id,
            classes=classes,
            disabled=disabled,
        )

    def set_text(self, value: str) -> None:
        """Sets the text without a `Typed`."""
        old, cursor = self.value, self.cursor_position
        self.value = value
        if self.value != old:
            self.cursor_position = follow(old, self.value, cursor)

    def validate_value(self, value: str) -> str:
        return normal(value).replace("\n", " ").replace("\t", " ")

    def replace(self, text: str, start: int, end: int) -> None:
        """Puts text in place of what is between two places, as if the user had typed it."""
        old = self.value
        start, end = sorted((max(0, start), min(len(old), end)))
        swallowed, text, taken = compose(old[:start], text, old[end:])
        super().replace(text, start - swallowed, end + taken)
        if self.value != old:
            self._tell_typed(self.value)

    def _type_by(self, method: Method, key: str) -> None:
        start, end = sorted(self.selection)
        edit = self.composer.type(method, self.value[:start], self.value[end:], key)
        self.replace(edit.text + edit.rest, start - edit.swallowed, end + edit.taken)
        if edit.rest:
            self.cursor_position = start - edit.swallowed + len(edit.text)

    def _paste(self, text: str) -> None:
        line = clean(text).strip("\n").replace("\n", " ")
        if line:
            self.replace(line, *self.selection)

    def letter_before(self) -> str:
        """The letter before the cursor or the selection; empty at the beginning."""
        return self.value[: min(self.selection)][-1:]

    def chosen_text(self) -> str:
        return self.selected_text

    def step_back(self, count: int) -> None:
        self.cursor_position = max(0, self.cursor_position - count)

    def action_cut(self) -> None:
        if not self.selection.is_empty:
            super().action_cut()

    def action_cursor_left(self, select: bool = False) -> None:
        start, end = self.selection
        if select:
            self.selection = stock_input.Selection(start, step_left(self.value, end))
        elif start == end:
            self.cursor_position = step_left(self.value, end)
        else:
            self.cursor_position = min(start, end)

    def action_cursor_right(self, select: bool = False) -> None:
        start, end = self.selection
        if select:
            self.selection = stock_input.Selection(start, step_right(self.value, end))
        elif self.cursor_at_end and self._suggestion:
            self.replace(self._suggestion, 0, len(self.value))
        elif start == end:
            self.cursor_position = step_right(self.value, end)
        else:
            self.cursor_position = max(start, end)

    def action_home(self, select: bool = False) -> None:
        self.selection = stock_input.Selection(self.selection.start if select else 0, 0)

    def action_end(self, select: bool = False) -> None:
        end = len(self.value)
        self.selection = stock_input.Selection(self.selection.start if select else end, end)

    def action_delete_left(self) -> None:
        start, end = self.selection
        if start == end and self.method is not None:
            edit = self.composer.erase(self.method, self.value[:end])
            if edit is not None:
                self.replace(edit.text, end - edit.swallowed, end)
                return
        self.delete(step_left(self.value, end) if start == end else start, end)

    def action_delete_right(self) -> None:
        start, end = self.selection
        self.delete(start, step_right(self.value, end) if start == end else end)

    def _cell_offset_to_index(self, offset: int) -> int:
        """Where a click lands: before the visible character that covers the cell, else at the end."""
        offset += self.scroll_offset.x
        cell = 0
        for start, _, width in split_graphemes(self.value)[0]:
            cell += width
            if offset < cell:
                return start
        return len(self.value)


class Line(OneLine, Input, inherit_bindings=False):
    """A text of one line. Enter posts `Input.Submitted`."""

    BINDINGS = LINE_KEYS


class Number(Line):
    """A figure. It takes any character: judging is not its business, and typing is never blocked.

    Coming to it selects the figure, so that typing replaces it, as in a spreadsheet.
    """

    def __init__(self, value: str = "", *, select_on_focus: bool = True, **options: Any) -> None:
        super().__init__(value, select_on_focus=select_on_focus, **options)
