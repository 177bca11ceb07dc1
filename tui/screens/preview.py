"""The report as it reads now; nothing can be changed here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from hoso.i18n import tr
from tui.light import light
from tui.screens.ask import Dialog


class PreviewScreen(Dialog[None]):
    CSS_PATH = "preview.tcss"
    tall = True

    def __init__(self, title: str, markdown: str) -> None:
        super().__init__(tr("Preview: {title}", title=title))
        self.markdown = markdown

    def body(self) -> ComposeResult:
        with VerticalScroll(id="preview"):
            yield Static(light(self.markdown))

    def hint_words(self) -> str:
        return tr("↑ ↓: scroll · Esc: close")

    def on_mount(self) -> None:
        self.query_one("#preview").focus()
