"""What the fields have in common in which Vietnamese can be typed: their keys, and that keys keep their order.

Input methods correct a word by sending backspaces and new letters in one burst. Textual 8.2 inserts
letters while it handles the key but runs a backspace later, as a binding of the app, so the two change
places (textual #6605). `OrderedKeys` runs a field's own bindings from its own queue. It can go when
textual #6631 is released.

The keys are those of office programs, and one list serves all fields. What is missing is missing on
purpose: ^K, ^U, ^W, ^D and ^E delete or jump in a shell, but mean "link", "underline", "close", "font"
and "centre" to those who will press them here; F6 and F7 select everything in a stock TextArea, and the
next letter deletes it. ^Z and ^Y bubble to the app, which has the one undo list.
Alt with a letter is a command, never text.

Where the app has a `method` (Telex or VNI), keys are put together here; a paste never is.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import events
from textual._context import active_message_pump
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

from tui.typing import Composer, Method

if TYPE_CHECKING:
    from tui.widgets.line import OneLine
    from tui.widgets.prose import Prose

    _AnyWidget = Widget
else:
    _AnyWidget = object


def keys(**actions: str) -> list[BindingType]:
    """Bindings out of `action="key,key"`; they are neither shown nor described, so need no translation."""
    return [Binding(keys, action, show=False) for action, keys in actions.items()]


def selecting(keys: str, action: str) -> list[BindingType]:
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
EDITING_KEYS: list[BindingType] = keys(
    select_all="ctrl+a,super+a",
    copy="ctrl+c,ctrl+insert,super+c",
    cut="ctrl+x,shift+delete,super+x",
    paste="ctrl+v,shift+insert,super+v",
    delete_left="backspace,shift+backspace",
    delete_right="delete",
)

LEAVING = frozenset({"enter", "escape", "tab", "shift+tab"})


class OrderedKeys(_AnyWidget):
    """Runs the bindings of a field where its letters are inserted, so that keys keep their order.

    `Line`, `Number` and `Prose` have in common: `value` to read, `set_text` to write, `Typed` to hear of.
    This is no widget, because Textual takes styles from the first widget among a class's bases only.
    """

    @dataclass
    class Typed(Message):
        """Posted when the user, and not the program, has changed the text of a field of any kind."""

        field: OneLine | Prose
        value: str

        @property
        def control(self) -> OneLine | Prose:
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

    def keeps(self, event: events.Key) -> bool:
        """Whether a key is worked off here, and neither bubbles nor makes others act."""
        if event.key in LEAVING or event.key.startswith("alt+"):
            return False
        return event.is_printable or event.key in self._bindings.key_to_bindings

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

    def on_paste(self, event: events.Paste) -> None:
        # A stock TextArea also asks for the focus, which by then may be in the next field.
        event.stop()
        event.prevent_default()
        self._paste(event.text)

    def action_paste(self) -> None:
        self._paste(self.app.clipboard)

    def put_in(self, text: str) -> None:
        """Puts text in place of what is selected, or at the cursor, as if it had been typed."""
        self._paste(text)

    def _paste(self, text: str) -> None:
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
            self.parent.post_message(self.Typed(cast("OneLine | Prose", self), value))

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
