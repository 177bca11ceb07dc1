"""The file under the cursor in the system's viewer, or downloaded where the app runs in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from hoso.causes import cause_unread
from hoso.i18n import tr
from tui import viewing
from tui.attaching import Line

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.session import Session

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object


class ViewingFiles(_AnyScreen):
    """For a screen on which one attached file is chosen."""

    session: Session

    @dataclass
    class Shown(Message):
        """Posted by the worker that opens a file; `why` says why it did not."""

        why: str = ""

    @property
    def chosen(self) -> Line | None:
        raise NotImplementedError

    def say(self, words: str, style: str) -> None:
        raise NotImplementedError

    def action_view(self) -> None:
        """Opens a copy of the file under the cursor in the system's viewer; in a browser it is downloaded."""
        if self.chosen is None or self.chosen.attachment is None:
            return
        if self.app.is_web:
            self._deliver(self.chosen)
        else:
            self.say(tr("Opening a copy of {name} …", name=self.chosen.name), "$text-accent")
            self._view(self.chosen)

    def _deliver(self, line: Line) -> None:
        assert line.attachment is not None
        try:
            path = viewing.checked(self.session, line.attachment)
            self.app.deliver_binary(path, save_filename=viewing.name_for(path))
        except viewing.CannotView as error:
            self.say(f"✗ {error}", "$text-error")
        except OSError as error:
            self.say(tr("{name} cannot be opened: {why}.", name=line.name, why=cause_unread(error)), "$text-error")
        else:
            self.say(tr("{name} is sent to the browser.", name=line.name), "$text-accent")

    @work(thread=True, group="view")
    def _view(self, line: Line) -> None:
        assert line.attachment is not None
        try:
            viewing.show(self.session, line.attachment)
        except viewing.CannotView as error:
            self.post_message(self.Shown(str(error)))
        else:
            self.post_message(self.Shown())

    def on_viewing_files_shown(self, event: Shown) -> None:
        # By its name: handlers of a class that is no widget are not found by their decorator.
        if event.why:
            self.say(f"✗ {event.why}", "$text-error")
        else:
            words = tr("A copy was opened, to be read only. Whoever wants to change it attaches the changed file.")
            self.say(words, "$foreground-muted")
