"""The dash lines of a section, each ticked off by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message

from hoso.dossiers import Raw
from hoso.i18n import tr
from hoso.problems import Refused
from tui.fields.base import FieldWidget
from tui.places import Key, Place
from tui.session import Session
from tui.telling import mark_words
from tui.widgets.ask_list import AskList
from tui.widgets.choices import Choices
from tui.wording import STYLES, level_of, said


class AsksWidget(FieldWidget):
    """Space ticks an ask off as covered here; Enter opens what else can be said of it."""

    @dataclass
    class Opened(Message):
        """Posted when more than a tick is wanted for an ask."""

        asks: AsksWidget
        key: Key

        @property
        def control(self) -> AsksWidget:
            return self.asks

    def __init__(self, session: Session, place: Place, *, locked: bool = False) -> None:
        super().__init__(session, Key("ask", place.part, place.section or ""), locked=locked)
        self.place = place
        self.names = session.asks(place)
        self._choices = AskList(disabled=locked)

    def editor(self) -> ComposeResult:
        yield self._choices

    def key_of(self, index: int) -> Key:
        return self.key._replace(name=self.names[index])

    @property
    def current(self) -> Key | None:
        at = self._choices.highlighted
        return self.key_of(at) if at is not None else None

    def fit(self) -> None:
        """Folds or unfolds the list, after the form has become lower or higher."""
        self._choices.fit()

    def point_at(self, key: Key) -> None:
        """Puts the cursor on an ask."""
        if key.name in self.names:
            self._choices.highlighted = self.names.index(key.name)

    def heading(self) -> Content:
        done = sum(bool(self.session.ask(self.key_of(index))) for index in range(len(self.names)))
        words = tr("Points to be covered")
        how = "" if self.locked else tr("Space: covered here · Enter: more")
        told = " · ".join(filter(None, [f"{done}/{len(self.names)}", how]))
        return Content.assemble((words, "bold"), (f"  {told}", "$foreground-muted"))

    def show_value(self) -> None:
        self._choices.show([self._line(index) for index in range(len(self.names))])

    def settle_notes(self) -> None:
        super().settle_notes()
        self.show_value()

    def note(self) -> Content:
        return Content("")

    def _line(self, index: int) -> tuple[str, Content]:
        key = self.key_of(index)
        ask = self.session.node(self.place).asks[key.name]
        sign, told = self._told(self.session.ask(key))
        pieces: list[Any] = [ask.text]
        if told:
            pieces.append((f"\n{told}", "$text-secondary"))
        for fault in self.session.faults_at(key):
            pieces.append((f"\n{said(fault)}", STYLES[level_of(fault)]))
        if self.session.is_clash(key):
            theirs = self.session.clash(key)
            words = tr("⇄ somebody else marked: {theirs}", theirs=self._told(theirs)[1] or self._told(theirs)[0])
            pieces.append((f"\n{words}", "$text-warning"))
        return sign, Content.assemble(*pieces)

    def _told(self, mark: Raw) -> tuple[str, str]:
        return mark_words(self.session, self.place, mark)

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        key = self.key_of(event.index)
        if event.firm:
            self.post_message(self.Opened(self, key))
        else:
            self.put(key, None if self.session.ask(key) == "here" else "here")

    def put(self, key: Key, mark: Raw) -> None:
        try:
            self.session.put_ask(key, mark)
        except Refused as refused:
            self.app.notify(refused.problem.message, severity="error")
            return
        self.show()
        self.post_message(self.Changed(self, key))
