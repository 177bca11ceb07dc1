"""What can only be read: whoever types there, or presses a key that changes something, is told why nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.places import Place
from tui.stray import QUIET, Stray

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.widgets.form import Form

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object


class Closed(_AnyScreen):
    """For the screen of a dossier. Keys that a field takes never come here."""

    form: Form
    place: Place | None

    def locked_because(self, part: str) -> str:
        raise NotImplementedError

    def tell_closed(self) -> bool:
        """Says why the place that is shown can only be read; false if it can be written."""
        why = self.locked_because(self.place.part) if self.form.locked and self.place is not None else ""
        if why:
            self.notify(why, severity="warning", timeout=QUIET, title="closed")
        return bool(why)

    def on_key(self, event: events.Key) -> None:
        in_form = self.focused is None or self.form in self.focused.ancestors
        is_letter = event.is_printable and not event.key.startswith("alt+")
        if in_form and is_letter and self.form.locked and self._typed_astray.letter():
            self.tell_closed()

    @property
    def _typed_astray(self) -> Stray:
        if "_stray" not in self.__dict__:
            self._stray = Stray()
        return self._stray
