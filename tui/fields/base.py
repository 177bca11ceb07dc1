"""What the widgets of all field types share: the heading, the note below, what happens on typing and leaving."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual._context import active_message_pump
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantBlur
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from hoso.appraisals import Remark
from hoso.i18n import tr
from hoso.problems import Refused
from tui import clashing, entries, remarks
from tui.hanging import hanging
from tui.places import Key
from tui.session import Session
from tui.telling import words_of
from tui.widgets.ordered_keys import OrderedKeys
from tui.wording import STYLES, absence, level_of, said


class FieldWidget(Vertical):
    """One field of the form. `show` takes what the session holds; what is typed goes into the session at once.

    What is slow to work out (notes, counts) is brought up to date by `settle_notes`, a moment after the last key."""

    wide: ClassVar[bool] = True  # the editor stands below the heading, not beside it

    @dataclass
    class Changed(Message):
        """Posted when an answer was changed here."""

        field: FieldWidget
        key: Key

        @property
        def control(self) -> FieldWidget:
            return self.field

    @dataclass
    class Left(Message):
        """Posted when the focus left the field."""

        field: FieldWidget

        @property
        def control(self) -> FieldWidget:
            return self.field

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(classes=f"field {'wide' if self.wide else 'beside'}")
        self.session = session
        self.key = key
        self.locked = locked
        self.made: Any = session.field(key) if key.target == "field" else None  # each type knows its own
        self._heading = Static(classes="field-heading")
        self._note = Static(classes="field-note")
        self._noted = Content("")  # what the note says

    def compose(self) -> ComposeResult:
        yield self._heading
        yield from self.editor()
        yield self._note

    def editor(self) -> ComposeResult:
        """The widgets that are typed into."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.show()

    # ---- to be said by each type ------------------------------------------------------------------------

    def show_value(self) -> None:
        """Puts the session's answer into the editor."""
        raise NotImplementedError

    def counted(self) -> str:
        """What stands at the right of the heading."""
        return ""

    def is_typed(self, typed: str, editor: OrderedKeys) -> None:  # noqa: ARG002
        """Takes what was typed into one of the editors."""
        self.session.type_into(self.key, typed)

    # ---- showing ----------------------------------------------------------------------------------------

    def show(self) -> None:
        self.show_value()
        self.settle_notes()

    def settle_notes(self) -> None:
        self._heading.update(self.heading())
        note = self.note()
        self._note.update(hanging(note))
        self._note.display = bool(note.plain)
        if note.plain and note != self._noted and not self.wide and self.has_focus_within:
            self.call_after_refresh(self._note.scroll_visible, animate=False)
        self._noted = note

    def heading(self) -> Content:
        needed = self.session.is_needed(self.key)
        pieces: list[Any] = [(self.made.name, "bold" if needed else "")]
        if needed:
            pieces.append((" *", "bold $text-accent"))
        if self.made.private:
            pieces.append((f" ({tr('private')})", "$foreground-muted"))
        if self.counted():
            pieces.append((f"  {self.counted()}", "$foreground-muted"))
        if self.made.hint:
            pieces.append((f"\n{self.made.hint}", "$foreground-muted"))
        return Content.assemble(*pieces)

    def note(self) -> Content:
        """What is to be said of the answer: absence, proposal, clash, problems."""
        answer, lines = self.session.answer(self.key), []
        if answer.absent is not None:
            lines.append(Content.styled(absence(answer.absent, answer.because), "$text-secondary"))
        if answer.is_proposal:
            lines.append(Content.styled(tr("→ carried over; F5 accepts it, typing replaces it"), "$text-secondary"))
        return Content("\n").join([*lines, *self.faults_told()])

    def faults_told(self) -> list[Content]:
        lines = []
        if self.session.is_clash(self.key):
            theirs = clashing.shown(self.made, self.session.clash(self.key))
            told = tr("⇄ somebody else wrote: {theirs} · F5 chooses", theirs=theirs)
            lines.append(Content.styled(told, "$text-warning"))
        lines += [Content.styled(said(fault), STYLES[level_of(fault)]) for fault in self.session.faults_at(self.key)]
        if self.session.review is None:
            found = remarks.on_field(self.session, self.key)
            lines += [remark_line(self.session, self.key.part, remark) for remark in found]
        return lines

    # ---- typing -----------------------------------------------------------------------------------------

    @on(OrderedKeys.Typed)
    def _typed(self, event: OrderedKeys.Typed) -> None:
        event.stop()
        self.take(event.value, event.field)

    def take(self, typed: str, editor: Any) -> None:
        try:
            self.is_typed(typed, editor)
        except Refused as refused:
            self.app.notify(refused.problem.message, severity="error")
            return
        self.post_message(self.Changed(self, self.key))

    async def settle(self, editor: OrderedKeys) -> None:
        """Waits until all keys sent to an editor are in its text and what it said of them was heard here."""
        await editor.settle()
        heard = asyncio.Event()
        if self.is_running and active_message_pump.get(None) is not self and self.call_later(heard.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), timeout=5)

    def change(self, raw: Any) -> None:
        """Keeps an answer that was not typed but chosen."""
        try:
            self.session.seal()
            self.session.put(self.key, raw)
            self.session.seal()
        except Refused as refused:
            self.app.notify(refused.problem.message, severity="error")
            return
        self.show()
        self.post_message(self.Changed(self, self.key))

    @on(DescendantBlur)
    def _left(self) -> None:
        self.session.seal()
        self.tidy()
        self.post_message(self.Left(self))

    def tidy(self) -> None:
        """On leaving: shows what is kept of what was typed."""

    def point_at_change(self) -> None:
        """Goes to where undo changed something inside the field."""

    def point_inside(self, address: str) -> None:
        """Goes to the cell that a problem is about."""

    @property
    def entry(self) -> Widget:
        """The widget that takes the focus."""
        return next((child for child in self.query("*") if child.focusable), self)


def remark_line(session: Session, part: str, remark: Remark) -> Content:
    """What was remarked, for the unit: with the key that ticks it off, or as settled."""
    words, tick = remarks.said(session, part, remark), entries.key_of(part, remark, "tick")
    if session.is_clash(tick):
        theirs = words_of(session, tick, session.clash(tick))
        told = tr("⇄ somebody else answered: {theirs} · ^R chooses", theirs=theirs)
        return Content.assemble((words, "$text-warning"), (f"\n{told}", "$text-warning"))
    if remarks.is_settled(session, part, remark) or not session.dossier.opens(part):
        return Content.styled(words, "$foreground-muted")
    return Content.assemble((words, "$text-warning"), (f" · {tr('^R ticks it off')}", "$foreground-muted"))
