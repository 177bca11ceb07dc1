"""Text: a line, or prose that grows with what is written."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from hoso.i18n import tr
from hoso.text import count_words, shown_number
from tui.fields.base import FieldWidget
from tui.places import Key
from tui.session import Session
from tui.widgets.line import Line
from tui.widgets.prose import Prose


class TextWidget(FieldWidget):
    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self._editor: Line | Prose
        if self.made.lines == 1:
            self._editor = Line(compact=True, disabled=locked)
        else:
            self._editor = Prose(read_only=locked)

    def editor(self) -> ComposeResult:
        yield self._editor

    def show_value(self) -> None:
        value = self.session.answer(self.key).value
        self._editor.set_text(value if isinstance(value, str) else "")

    def note(self) -> Content:
        """Below the text: what the figures that it quotes are now."""
        lines = []
        for name, told in self.session.quoted(self.key):
            if told is not None:
                shown = told.shown if told.shown is not None else tr("no figure yet")
                lines.append(Content.assemble(("{{" + name + "}}", "$foreground-muted"), f" = {shown} · {told.label}"))
        rest = super().note()
        return Content("\n").join([*lines, rest] if rest.plain else lines)

    def counted(self) -> str:
        if self.made.lines == 1:
            return ""
        written = self._editor.value
        # Figures that are quoted count as they are printed.
        printed = self.session.as_printed(self.key) if "{{" in written else written
        count = shown_number(str(count_words(printed)))
        words = self.made.words
        if words is None or (words.at_least is None and words.at_most is None):
            return tr("{count} words", count=count)
        if words.at_most is None:
            return tr("{count} of at least {low} words", count=count, low=words.at_least)
        if words.at_least is None:
            return tr("{count} of at most {high} words", count=count, high=shown_number(str(words.at_most)))
        high = shown_number(str(words.at_most))
        return tr("{count} words, {low}–{high} wanted", count=count, low=words.at_least, high=high)
