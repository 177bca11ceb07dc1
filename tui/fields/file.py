"""Evidence inside a form: the files attached to a field, and a line that opens the window for more."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message

from hoso.i18n import tr
from hoso.text import shown_size
from tui.fields.base import FieldWidget
from tui.places import Key
from tui.session import Session
from tui.widgets.choices import Choices


class FileWidget(FieldWidget):
    @dataclass
    class Wanted(Message):
        """Posted when the window for attaching is asked for."""

        field: FileWidget
        key: Key

        @property
        def control(self) -> FileWidget:
            return self.field

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self.files = Key("files", key.part, key.section, key.name)
        self._choices = Choices(disabled=locked)

    def editor(self) -> ComposeResult:
        yield self._choices

    def show_value(self) -> None:
        files = self.session.attached(self.files.address)
        lines = [("▪", Content(f"{one.file.rpartition('/')[2]}  {shown_size(one.size)}")) for one in files]
        self._choices.show([*lines, ("+", Content(tr("attach or remove a file …")))])

    def counted(self) -> str:
        have = len(self.session.attached(self.files.address))
        return f"{have}/{self.made.at_least} · " + ", ".join(self.made.wants())

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        self.post_message(self.Wanted(self, self.files))
