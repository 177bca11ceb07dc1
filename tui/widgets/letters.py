"""Lists over a text: what is typed or pasted there is meant for the text, and goes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

if TYPE_CHECKING:
    _AnyWidget = Widget
else:
    _AnyWidget = object


class HandsLettersOn(_AnyWidget):
    """Comes before the widget among a class's bases. Keys that are no letters stay with the list, Space too."""

    def text_for_letters(self) -> Widget | None:
        """Where letters go from here; None if the list keeps them."""
        raise NotImplementedError

    def _forward_event(self, event: events.Event) -> None:
        # Where the app hands keys out, so that those behind this one come to the text in their order.
        text = self.text_for_letters() if _is_text(event) else None
        if text is None:
            super()._forward_event(event)
            return
        self.screen.set_focus(text)
        text._forward_event(event)


def _is_text(event: events.Event) -> bool:
    if isinstance(event, events.Key):
        return event.is_printable and event.key != "space" and not event.key.startswith("alt+")
    return isinstance(event, events.Paste)
