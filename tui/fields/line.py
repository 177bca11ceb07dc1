"""What figures and days have in common: a short editor beside the heading, and on leaving the usual spelling."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tui.fields.base import FieldWidget
from tui.places import Key
from tui.session import Session
from tui.widgets.line import Line, Number


class ShortWidget(FieldWidget):
    wide = False

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self._editor: Line = Number(compact=True, disabled=locked, placeholder=self.example(), classes="short")

    def example(self) -> str:
        return ""

    def measure(self) -> str:
        return ""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-row"):
            yield self._heading
            yield self._editor
            yield Static(self.measure(), classes="field-measure")
        yield from self.editor()
        yield self._note

    def editor(self) -> ComposeResult:
        yield from ()

    def show_value(self) -> None:
        value = self.session.answer(self.key).value
        self._editor.set_text(self.made.shown(value) if value is not None else "")

    def tidy(self) -> None:
        self.show_value()
