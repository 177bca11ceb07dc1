"""What of a pasted block could not be taken: place, text, reason; to be read at leisure and copied."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hoso.i18n import tr
from tui import keys
from tui.grids import Refusal
from tui.screens.ask import Dialog

_DRAWN = 500


class PastedScreen(Dialog[None]):
    """The rest of the block was taken; these cells stayed as they were."""

    CSS_PATH = "help.tcss"
    scopes = (keys.COPYING, keys.DIALOG)

    def __init__(self, refused: list[Refusal]) -> None:
        super().__init__(tr("{count} cells were not pasted", count=len(refused)))
        self.refused = refused
        self.tall = len(refused) > 8

    def body(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(self.words())

    def words(self) -> Content:
        lines = [
            Content(tr("All others were pasted. These were left unchanged; a single undo takes the whole block back."))
        ]
        lines += [
            Content.assemble((self._place(one), "bold"), f": “{one.text}” ", (one.why, "$text-warning"))
            for one in self.refused[:_DRAWN]
        ]
        if len(self.refused) > _DRAWN:
            lines.append(Content(tr("… and {count} more; C copies all", count=len(self.refused) - _DRAWN)))
        return Content("\n").join(lines)

    def _place(self, one: Refusal) -> str:
        return " · ".join(part for part in (one.row, one.column) if part)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard("\n".join(one.said() for one in self.refused))
        self.notify(tr("The list was copied."))

    def on_mount(self) -> None:
        self.query_one("#help").focus()
