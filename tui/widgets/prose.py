"""A field of many lines in which Vietnamese can be typed."""

from __future__ import annotations

from itertools import takewhile

from textual import events
from textual.document._document import EditResult, Location
from textual.document._edit import Edit
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tui.typing import Method
from tui.typing.letters import clean, compose, follow, normal, step_left, step_right
from tui.widgets.ordered_keys import EDITING_KEYS, FOCUS_KEYS, OrderedKeys, keys, selecting


class Prose(OrderedKeys, TextArea, inherit_bindings=False):
    """A text of many lines, wrapped. Tab leaves it."""

    BINDINGS = [
        *FOCUS_KEYS,
        *EDITING_KEYS,
        *selecting("left", "cursor_left"),
        *selecting("right", "cursor_right"),
        *selecting("up", "cursor_up"),
        *selecting("down", "cursor_down"),
        *selecting("ctrl+left", "cursor_word_left"),
        *selecting("ctrl+right", "cursor_word_right"),
        *selecting("home", "cursor_line_start"),
        *selecting("end", "cursor_line_end"),
        *selecting("ctrl+home", "text_start"),
        *selecting("ctrl+end", "text_end"),
        *keys(
            cursor_page_up="pageup",
            cursor_page_down="pagedown",
            delete_word_left="ctrl+backspace,alt+backspace",
            delete_word_right="ctrl+delete,alt+delete",
        ),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        read_only: bool = False,
        compact: bool = True,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            value,
            soft_wrap=True,
            tab_behavior="focus",
            max_checkpoints=1,
            placeholder=placeholder,
            read_only=read_only,
            compact=compact,
            name=name,
            id=id,
            classes=classes,
            disabled=disabled,
        )

    @property
    def value(self) -> str:
        return self.text

    def set_text(self, value: str) -> None:
        """Sets the text without a `Typed`. A field that was empty and is not being used shows its start."""
        old, new = self.text, normal(value)
        if new == old:
            return
        cursor = self._index(self.cursor_location)
        self.load_text(new)
        if old or self.has_focus:
            self.move_cursor(self._location(follow(old, new, cursor)))

    def _index(self, location: Location) -> int:
        row, column = location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def _location(self, index: int) -> Location:
        before = self.text[:index]
        return before.count("\n"), index - before.rfind("\n") - 1

    def keeps(self, event: events.Key) -> bool:
        return event.key == "enter" or super().keeps(event)

    def _rewrap_and_refresh_virtual_size(self) -> None:
        super()._rewrap_and_refresh_virtual_size()
        # What was drawn between the new size and the new wrapping would stay, where the height stays the same.
        self.refresh()
        if self.has_focus:
            self.call_after_refresh(self.scroll_cursor_visible)

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(normal(text), language)

    def edit(self, edit: Edit) -> EditResult:
        (top, left), (bottom, right) = edit.top, edit.bottom
        before, after = self.document.get_line(top)[:left], self._rest_of_line(bottom, right)
        swallowed, text, taken = compose(before, edit.text, after)
        if (swallowed, text, taken) != (0, edit.text, 0):
            start, end = (top, left - swallowed), (bottom, right + taken)
            edit = Edit(text, start, end, edit.maintain_selection_offset)
        return super().edit(edit)

    def _takes_keys(self) -> bool:
        return not self.read_only

    def _type_by(self, method: Method, key: str) -> None:
        (row, column), (last, end) = sorted(self.selection)
        before, after = self.document.get_line(row)[:column], self._rest_of_line(last, end)
        edit = self.composer.type(method, before, after, key)
        start = (row, column - edit.swallowed)
        self._replace_via_keyboard(edit.text + edit.rest, start, (last, end + edit.taken))
        if edit.rest:
            self.move_cursor((row, start[1] + len(edit.text)))

    def action_delete_left(self) -> None:
        if self.method is not None and self.selection.is_empty and not self.read_only:
            row, column = self.cursor_location
            edit = self.composer.erase(self.method, self.document.get_line(row)[:column])
            if edit is not None:
                self._replace_via_keyboard(edit.text, (row, column - edit.swallowed), (row, column))
                return
        super().action_delete_left()

    def _rest_of_line(self, row: int, column: int) -> str:
        return self.document.get_line(row)[column:] if row < self.document.line_count else ""

    def _replace_via_keyboard(self, insert: str, start: Location, end: Location) -> EditResult | None:
        result = super()._replace_via_keyboard(insert, start, end)
        if result is not None:
            self._tell_typed(self.text)
        return result

    def _delete_via_keyboard(self, start: Location, end: Location) -> EditResult | None:
        result = None if start == end else super()._delete_via_keyboard(start, end)
        if result is not None:
            self._tell_typed(self.text)
        return result

    def _paste(self, text: str) -> None:
        if text := clean(text):
            self._replace_via_keyboard(text, *self.selection)

    def letter_before(self) -> str:
        """The letter before the cursor or the selection; empty at the beginning of a line."""
        row, column = min(self.selection)
        return self.document.get_line(row)[:column][-1:]

    def chosen_text(self) -> str:
        return self.selected_text

    def step_back(self, count: int) -> None:
        row, column = self.cursor_location
        self.move_cursor((row, max(0, column - count)))

    def choose_lines(self) -> None:
        """Selects the lines of the selection, or of the cursor, from end to end."""
        (top, _), (bottom, _) = sorted((self.selection.start, self.selection.end))
        self.selection = Selection((top, 0), (bottom, len(self.document.get_line(bottom))))

    def paragraph(self) -> str:
        """The lines around the cursor, up to blank ones."""
        lines, at = self.document.lines, self.cursor_location[0]
        above = takewhile(str.strip, reversed(lines[:at]))
        return "\n".join([*reversed(list(above)), *takewhile(str.strip, lines[at:])])

    def action_cut(self) -> None:
        if self.selected_text:  # the stock action would cut the whole line
            super().action_cut()

    def action_text_start(self, select: bool = False) -> None:
        self.move_cursor((0, 0), select=select)

    def action_text_end(self, select: bool = False) -> None:
        self.move_cursor(self.document.end, select=select)

    def get_cursor_line_start_location(self, smart_home: bool = False) -> Location:  # noqa: ARG002
        # Not "smart": Home goes to the first cell, blanks or not.
        return super().get_cursor_line_start_location()

    def get_cursor_left_location(self) -> Location:
        row, column = self.cursor_location
        if column == 0:
            return super().get_cursor_left_location()
        return row, step_left(self.document.get_line(row), column)

    def get_cursor_right_location(self) -> Location:
        row, column = self.cursor_location
        line = self.document.get_line(row)
        if column >= len(line):
            return super().get_cursor_right_location()
        return row, step_right(line, column)
