"""A short list to choose from inside a form: all of it is shown, Space and Enter are told apart."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList


class Choices(OptionList, inherit_bindings=False):
    """Up and down move inside and leave the list at its ends, as between lines of a form."""

    BINDINGS = [
        Binding("down", "down", show=False),
        Binding("up", "up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("space", "pick(False)", show=False),
        Binding("enter", "pick(True)", show=False),
    ]
    DEFAULT_CSS = """
    Choices { height: auto; max-height: 100%; width: 1fr; border: none; padding: 0; background: transparent; }
    Choices:focus { border: none; background: $boost; }
    """

    @dataclass
    class Picked(Message):
        """Posted when an entry was chosen with Space, Enter (`firm`) or a click."""

        choices: Choices
        index: int
        firm: bool

        @property
        def control(self) -> Choices:
            return self.choices

    def action_pick(self, firm: bool) -> None:
        if self.highlighted is not None:
            self.post_message(self.Picked(self, self.highlighted, firm))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Picked(self, event.option_index, False))

    def on_focus(self) -> None:
        if self.highlighted is None:
            self.action_first()

    def action_down(self) -> None:
        if self.highlighted is not None and self.highlighted >= self.option_count - 1:
            self.screen.focus_next()
        else:
            self.action_cursor_down()

    def action_up(self) -> None:
        if not self.highlighted:
            self.screen.focus_previous()
        else:
            self.action_cursor_up()

    def _on_blur(self, event: events.Blur) -> None:
        super()._on_blur(event)
        self.highlighted = None
