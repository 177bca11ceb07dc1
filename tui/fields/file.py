"""Files: those attached to a part of the dossier, and evidence inside a form."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message

from hoso.i18n import tr
from hoso.kinds import Attach
from hoso.text import shown_size
from tui.attaching import counted
from tui.fields.base import FieldWidget
from tui.places import Key, Place
from tui.session import Session
from tui.widgets.choices import Choices
from tui.wording import STYLES, level_of, said


class FileWidget(FieldWidget):
    """The files at an address, and a line that opens the window in which they are chosen."""

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

    @property
    def wanted(self) -> Attach:
        made: Attach = self.made.attach
        return made

    def editor(self) -> ComposeResult:
        yield self._choices

    def show_value(self) -> None:
        files = self.session.attached(self.files.address)
        lines = [("▪", Content(f"{one.file.rpartition('/')[2]}  {shown_size(one.size)}")) for one in files]
        self._choices.show([*lines, ("+", Content(tr("attach or remove a file …")))])

    def counted(self) -> str:
        have = len(self.session.attached(self.files.address))
        return counted(have, self.wanted)

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        self.post_message(self.Wanted(self, self.files))


class PartFilesWidget(FileWidget):
    """The documents of a part that is handed in as files."""

    def __init__(self, session: Session, place: Place, *, locked: bool = False) -> None:
        super().__init__(session, Key("files", place.part), locked=locked)
        self.place = place

    @property
    def wanted(self) -> Attach:
        return self.session.asked[self.place.part].attach or Attach()

    def heading(self) -> Content:
        return Content.assemble((tr("Attached documents"), "bold"), (f"  {self.counted()}", "$foreground-muted"))

    def note(self) -> Content:
        found = [fault for _, fault in self.session.judged(self.place).findings]
        own = f"“{self.session.asked[self.place.part].title}”: "  # stands over it
        told = ((said(fault).replace(own, "", 1), STYLES[level_of(fault)]) for fault in found)
        return Content("\n").join(Content.styled(words, style) for words, style in told)
