"""Attached files as they lie on the disk, looked at now and then while a dossier is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from tui.patience import BUSY

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.session import Session

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object

LOOK_AT_FILES_EVERY = 3.0  # seconds


class Watching(_AnyScreen):
    """For the screen of a dossier: what was changed or removed by another program is told without being asked."""

    session: Session
    _looking_at_files = False

    @dataclass
    class FilesSeen(Message):
        """Posted by the worker that looks: something has changed, or was read at last."""

    async def show_attached(self, _: None) -> None:
        raise NotImplementedError

    def watch_files(self) -> None:
        self.set_interval(LOOK_AT_FILES_EVERY, self.look_at_files)

    def look_at_files(self) -> None:
        if not self._looking_at_files:
            self._looking_at_files = True
            self._look_at_files()

    @work(thread=True, group=BUSY)
    def _look_at_files(self) -> None:
        try:
            changed = self.session.files_have_changed()
            if self.session.read_postponed() or changed:
                self.post_message(self.FilesSeen())
        finally:
            self._looking_at_files = False

    async def on_watching_files_seen(self) -> None:
        # By its name: handlers of a class that is no widget are not found by their decorator.
        self.session.forget_judged()
        await self.show_attached(None)
