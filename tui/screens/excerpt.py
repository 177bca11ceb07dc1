"""A text of before, to be read and taken from: what is selected, or the paragraph under the cursor, or all."""

from __future__ import annotations

from textual.app import ComposeResult

from hoso.i18n import tr
from tui import keys
from tui.screens.ask import Dialog
from tui.widgets.prose import Prose


class ExcerptScreen(Dialog[str]):
    """Gives the words that were chosen."""

    tall = True
    scopes = (keys.EXCERPT, keys.DIALOG)

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self.text = text

    def body(self) -> ComposeResult:
        yield Prose(self.text, read_only=True, id="excerpt")

    def hint_words(self) -> str:
        return tr("⇧ arrows: select · ^A: select all · Enter alone: the paragraph under the cursor")

    def on_mount(self) -> None:
        self.query_one(Prose).focus()

    def action_take(self) -> None:
        editor = self.query_one(Prose)
        self.dismiss(editor.selected_text or editor.paragraph())
