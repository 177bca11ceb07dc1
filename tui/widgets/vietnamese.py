"""Text fields in which Vietnamese can be typed: `Line`, `Number`, `Prose`.

Input methods correct a word by sending backspaces and new letters in one burst. Textual 8.2 inserts
letters while it handles the key but runs a backspace later, as a binding of the app, so the two change
places (textual #6605). `OrderedKeys` runs a field's own bindings from its own queue. It can go when
textual #6631 is released.

Text is kept in NFC: letters that arrive in pieces are put together across the cursor.

The keys are those of office programs, and one list serves all fields. What is missing is missing on
purpose: ^K, ^U, ^W, ^D and ^E delete or jump in a shell, but mean "link", "underline", "close", "font"
and "centre" to those who will press them here; F6 and F7 select everything in a stock TextArea, and the
next letter deletes it. ^Z and ^Y bubble to the app, which has the one undo list.
Alt with a letter is a command, never text.

Where the app has a `method` (Telex or VNI), keys are put together here; a paste never is.
"""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

from rich.cells import split_graphemes
from textual import events
from textual._context import active_message_pump
from textual.binding import Binding, BindingType
from textual.document._document import EditResult, Location
from textual.document._edit import Edit
from textual.geometry import Offset
from textual.message import Message
from textual.message_pump import MessagePump
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets import input as stock_input
from textual.widgets.text_area import Selection

from hoso.text import composed
from tui.typing import Composer, Method

if TYPE_CHECKING:
    _AnyWidget = Widget
    _AnyInput = Input
else:
    _AnyWidget = object
    _AnyInput = object

_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # all that Textual would split lines at
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Letters of Icelandic and of African languages that stand for Đ in old files.
_LOOK_ALIKES = str.maketrans("\u00d0\u0189\u00f0", "\u0110\u0110\u0111")


def normal(text: str) -> str:
    """Text as a field keeps it: NFC, lines ended by a line feed."""
    return composed(_NEWLINES.sub("\n", text))


def clean(text: str) -> str:
    """Pasted text without what nobody means to paste: tabs, control characters, look-alikes of Đ.

    A tab becomes one space: as the first-line indent of a Word paragraph it would begin a code block
    in Markdown.
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _UNSEEN.sub("", _NEWLINES.sub("\n", text).replace("\t", " "))
    return composed(text.translate(_LOOK_ALIKES))


def compose(before: str, text: str, after: str = "") -> tuple[int, str, int]:
    """What to put between `before` and `after` instead of `text` so that the whole is in NFC.

    Returns how many characters of `before` to swallow, the new text, and how many of `after` to swallow.
    `text` is empty for a deletion, which can bring a letter and a mark together.
    """
    marks = _leading_marks(after)
    if text.isascii() and text and not marks:
        return 0, text, 0
    tail = before[len(before) - _last_letter(before) :]
    piece = text + after[:marks]
    apart, joined = composed(piece), composed(tail + piece)
    if joined != tail + apart:
        return len(tail), joined, marks
    if apart == piece:
        return 0, text, 0
    return 0, apart, marks


def _leading_marks(text: str) -> int:
    count = 0
    while count < len(text) and unicodedata.combining(text[count]):
        count += 1
    return count


def _last_letter(text: str) -> int:
    """The length of the last letter of `text`, its combining marks included."""
    return min(_leading_marks(text[: -len(text) - 1 : -1]) + 1, len(text))


def step_left(text: str, index: int) -> int:
    """Where the cursor goes from `index` by one visible character to the left."""
    if index <= 0:
        return 0
    if _stands_alone(text[index - 1]):
        return index - 1
    return split_graphemes(text[:index])[0][-1][0]


def step_right(text: str, index: int) -> int:
    """Where the cursor goes from `index` by one visible character to the right."""
    if index >= len(text):
        return len(text)
    if index + 1 == len(text) or (_stands_alone(text[index]) and _stands_alone(text[index + 1])):
        return index + 1
    return index + split_graphemes(text[index:])[0][0][1]


def _stands_alone(character: str) -> bool:
    return character < "\u0300" or "\u1e00" <= character <= "\u1fff"


def follow(old: str, new: str, cursor: int) -> int:
    """Where a cursor in `old` belongs when the program replaces `old` by `new`, as undo does."""
    prefix = _agreement(old, new)
    rest = min(len(old), len(new)) - prefix
    suffix = min(rest, _agreement(reversed(old), reversed(new)))
    if cursor < prefix:
        return cursor
    if cursor > len(old) - suffix:
        return len(new) - (len(old) - cursor)
    return len(new) - suffix


def _agreement(left: Iterable[str], right: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _keys(**actions: str) -> list[BindingType]:
    """Bindings out of `action="key,key"`; they are neither shown nor described, so need no translation."""
    return [Binding(keys, action, show=False) for action, keys in actions.items()]


def _selecting(keys: str, action: str) -> list[BindingType]:
    """A movement, and the same with Shift held, which selects."""
    shifted = [_with_shift(key) for key in keys.split(",")]
    return [
        Binding(keys, action, show=False),
        Binding(",".join(shifted), f"{action}(True)", show=False),
    ]


def _with_shift(key: str) -> str:
    return f"ctrl+shift+{key.removeprefix('ctrl+')}" if key.startswith("ctrl+") else f"shift+{key}"


# A priority binding runs while the app hands keys out, so what is typed after Tab reaches the next field
# and what was typed before it this one, however fast the keys come.
FOCUS_KEYS: list[BindingType] = [
    Binding("tab", "app.focus_next", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", show=False, priority=True),
]
EDITING_KEYS: list[BindingType] = _keys(
    select_all="ctrl+a,super+a",
    copy="ctrl+c,ctrl+insert,super+c",
    cut="ctrl+x,shift+delete,super+x",
    paste="ctrl+v,shift+insert,super+v",
    delete_left="backspace,shift+backspace",
    delete_right="delete",
)


class OrderedKeys(_AnyWidget):
    """Runs the bindings of a field where its letters are inserted, so that keys keep their order.

    `Line`, `Number` and `Prose` have in common: `value` to read, `set_text` to write, `Typed` to hear of.
    This is no widget, because Textual takes styles from the first widget among a class's bases only.
    """

    @dataclass
    class Typed(Message):
        """Posted when the user, and not the program, has changed the text of a field of any kind."""

        field: Field
        value: str

        @property
        def control(self) -> Field:
            return self.field

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable:
            if event.key.startswith("alt+"):
                event.prevent_default()
            elif self.method is not None and event.character is not None and self._takes_keys():
                event.stop()
                event.prevent_default()
                self._type_by(self.method, event.character)
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    @property
    def method(self) -> Method | None:
        """How the app itself puts Vietnamese letters together, if it does."""
        return getattr(self.app, "method", None)

    @property
    def composer(self) -> Composer:
        if "_composer" not in self.__dict__:
            self._composer = Composer()
        return self._composer

    def _takes_keys(self) -> bool:
        return True

    def _type_by(self, method: Method, key: str) -> None:
        raise NotImplementedError

    def _on_focus(self, _: events.Focus) -> None:
        # The form may scroll to the field after it got the focus.
        self.call_after_refresh(self._place_caret)

    def _place_caret(self) -> None:
        self.app.cursor_position = self.cursor_screen_offset

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs, at which the input method shows the word being typed.

        Textual also moves it to fields that have not the focus when their text is set.
        """
        if self.app.focused is not self:
            return self.app.cursor_position
        return super().cursor_screen_offset  # type: ignore[misc, no-any-return]

    def _tell_typed(self, value: str) -> None:
        # To the parent, past this field's own queue: so a key that bubbles, ^Z say, reaches every ancestor
        # after the changes that were typed before it.
        if isinstance(self.parent, MessagePump):
            self.parent.post_message(self.Typed(cast("Field", self), value))

    async def settle(self) -> None:
        """Waits until the keys that this field has been sent are in its text.

        An action that takes the field away or reads it has to wait for this if it can run ahead of the
        field, as priority bindings do.
        """
        if not self.is_running or active_message_pump.get(None) is self:
            return
        settled = asyncio.Event()
        if self.call_later(settled.set):
            # An app that is closing calls nothing any more.
            with suppress(TimeoutError):
                await asyncio.wait_for(settled.wait(), timeout=5)


LINE_KEYS: list[BindingType] = [
    *FOCUS_KEYS,
    *EDITING_KEYS,
    *_selecting("left", "cursor_left"),
    *_selecting("right", "cursor_right"),
    *_selecting("ctrl+left", "cursor_left_word"),
    *_selecting("ctrl+right", "cursor_right_word"),
    *_selecting("home,ctrl+home", "home"),
    *_selecting("end,ctrl+end", "end"),
    *_keys(
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

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._paste(event.text)

    def action_paste(self) -> None:
        self._paste(self.app.clipboard)

    def _paste(self, text: str) -> None:
        line = clean(text).strip("\n").replace("\n", " ")
        if line:
            self.replace(line, *self.selection)

    def put_in(self, text: str) -> None:
        """Puts text in place of what is selected, or at the cursor, as if it had been typed."""
        self._paste(text)

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


class Prose(OrderedKeys, TextArea, inherit_bindings=False):
    """A text of many lines, wrapped. Tab leaves it."""

    BINDINGS = [
        *FOCUS_KEYS,
        *EDITING_KEYS,
        *_selecting("left", "cursor_left"),
        *_selecting("right", "cursor_right"),
        *_selecting("up", "cursor_up"),
        *_selecting("down", "cursor_down"),
        *_selecting("ctrl+left", "cursor_word_left"),
        *_selecting("ctrl+right", "cursor_word_right"),
        *_selecting("home", "cursor_line_start"),
        *_selecting("end", "cursor_line_end"),
        *_selecting("ctrl+home", "text_start"),
        *_selecting("ctrl+end", "text_end"),
        *_keys(
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

    async def _on_paste(self, event: events.Paste) -> None:
        # The stock handler also asks for the focus, which by then may be in the next field.
        event.stop()
        event.prevent_default()
        self._paste(event.text)

    def action_paste(self) -> None:
        self._paste(self.app.clipboard)

    def _paste(self, text: str) -> None:
        if text := clean(text):
            self._replace_via_keyboard(text, *self.selection)

    def put_in(self, text: str) -> None:
        """Puts text in place of what is selected, or at the cursor, as if it had been typed."""
        self._paste(text)

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


Field = OneLine | Prose
