"""A figure; where it is compared, the previous period's below it and the difference in words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from hoso.i18n import tr
from tui.fields.line import ShortWidget
from tui.places import Key
from tui.session import Session
from tui.widgets.line import Number
from tui.widgets.ordered_keys import OrderedKeys
from tui.wording import difference


class NumberWidget(ShortWidget):
    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self._before = Number(compact=True, disabled=locked, classes="short before")
        self._difference = Static(classes="field-difference")

    def measure(self) -> str:
        return str(self.made.measure)

    def editor(self) -> ComposeResult:
        if self.made.compare:
            with Horizontal(classes="field-row"):
                yield self._difference
                yield self._before
                yield Static(self.measure(), classes="field-measure")

    def show_value(self) -> None:
        super().show_value()
        before, found = self.session.answer(self.key).before, self.session.before(self.key)
        self._before.set_text(self.made.shown(before) if before else "")
        self._before.placeholder = self.made.shown(found.value) if found else ""

    def settle_notes(self) -> None:
        super().settle_notes()
        if self.made.compare:
            answer = self.session.answer(self.key)
            found = self.session.before(self.key) if answer.before is None else None
            told = difference(found.value if found else answer.before, answer.value, self.made.measure)
            words = tr("previous period, F5 accepts") if found else tr("previous period")
            self._difference.update(f"{told} · {words}" if told else words)

    def is_typed(self, typed: str, editor: OrderedKeys) -> None:
        if editor is self._before:
            self.session.type_before(self.key, typed)
        else:
            super().is_typed(typed, editor)
