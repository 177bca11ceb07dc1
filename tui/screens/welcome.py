"""Shown where there is no workspace: says what to do."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from hoso.i18n import tr
from tui import keys
from tui.widgets.keybar import KeyBar


class WelcomeScreen(Screen[None]):
    scopes: tuple[str, ...] = ()  # nothing works here but what works everywhere

    def compose(self) -> ComposeResult:
        with Middle(), Center():
            yield Static(self.words(), id="welcome")
        yield KeyBar()

    def words(self) -> Content:
        around = tr("opens the workspace you are in")
        return Content("\n").join(
            [
                Content.styled(tr("There is no workspace in this folder."), "bold"),
                Content(""),
                Content(tr("A workspace is a folder that holds the file hoso.yaml, with outlines and checklists.")),
                Content(""),
                Content.assemble(
                    ("hoso demo", "bold $text-primary"), "   ", tr("makes a filled-in example to try things out")
                ),
                Content.assemble(("hoso new", "bold $text-primary"), "    ", tr("makes an empty one")),
                Content.assemble(("hoso", "bold $text-primary"), "        ", around),
                Content(""),
                Content.styled(tr("Press ^Q to quit, then type one of these commands."), "$foreground-muted"),
            ]
        )

    def on_mount(self) -> None:
        self._show_keys()

    async def reword(self) -> None:
        """Everything in the language of now."""
        await self.recompose()
        self._show_keys()

    def _show_keys(self) -> None:
        self.query_one(KeyBar).keys = tuple(keys.footer([keys.APP]))
