"""A short list to choose from inside a form: all of it is shown, Space and Enter are told apart."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from tui.hanging import Hanging

_HIGHEST = 66  # of a hundred of the terminal's height; as in the style below


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
    Choices { height: auto; max-height: 66vh; overflow-y: hidden; width: 1fr; }
    Choices { border: none; padding: 0; background: transparent; }
    Choices:focus { border: none; background: transparent; }
    Choices > .option-list--option-highlighted { background: transparent; color: $foreground; text-style: none; }
    Choices:focus > .option-list--option-highlighted { background: $marked; color: $foreground; text-style: bold; }
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

    def __init__(self, *, disabled: bool = False) -> None:
        super().__init__(disabled=disabled)
        self._entries: list[tuple[str, Content]] = []

    def show(self, entries: list[tuple[str, Content]]) -> None:
        """Takes a sign and a text for each entry; long texts are wrapped beside the sign."""
        if entries != self._entries:
            self._entries = entries
            self._draw()

    def _draw(self) -> None:
        if len(self._entries) != self.option_count:
            self.set_options(self._prompt(*entry) for entry in self._entries)
        else:
            for index, entry in enumerate(self._entries):
                prompt = self._prompt(*entry)
                if self.get_option_at_index(index).prompt != prompt:
                    self.replace_option_prompt_at_index(index, prompt)

    def _prompt(self, sign: str, text: Content) -> Hanging:
        signs = (Content(f"{sign} "), *[Content("  ")] * text.plain.count("\n"))
        return Hanging(zip(signs, text.split("\n", allow_blank=True), strict=False))

    def action_pick(self, firm: bool) -> None:
        if self.highlighted is not None:
            self.post_message(self.Picked(self, self.highlighted, firm))

    def pick_line(self, index: int) -> None:
        """Chooses an entry by its place, from 0."""
        if 0 <= index < self.option_count and not self.disabled:
            self.highlighted = index
            self.post_message(self.Picked(self, index, False))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Picked(self, event.option_index, False))

    def on_resize(self) -> None:
        """A scroll bar stands only beside a list that is higher than it may be. One that came for a moment, between
        two sizes, would make lines longer and so be needed for good."""
        height = self.get_content_height(self.size, self.app.size, self.size.width)
        self.styles.overflow_y = "auto" if height > self.app.size.height * _HIGHEST // 100 else "hidden"

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
