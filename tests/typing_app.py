"""An app of one field of each kind, for test_typing_pty: `python -m tests.typing_app REPORT`.

It writes into REPORT what `Typed` said of each field and what each field holds.
F11 empties the fields; F12 counts a mark, and since it bubbles it comes after all that was typed before.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding

from tui.widgets.line import Line, Number
from tui.widgets.ordered_keys import OrderedKeys
from tui.widgets.prose import Prose


class TypingApp(App[None]):
    CSS = "Prose { height: 8; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("f11", "empty", show=False),
        Binding("f12", "mark", show=False),
        Binding("ctrl+z", "note_undo", show=False),
    ]

    def __init__(self, report: Path) -> None:
        super().__init__()
        self.report = report
        self.typed = {"prose": "", "line": "", "number": ""}
        self.marks = 0
        self.undone: list[str] = []

    def compose(self) -> ComposeResult:
        yield Prose(id="prose")
        yield Line(id="line")
        yield Number(id="number")

    def fields(self) -> tuple[Prose, Line, Number]:
        return self.query_one(Prose), self.query_one("#line", Line), self.query_one(Number)

    def on_mount(self) -> None:
        self.write()

    @on(OrderedKeys.Typed)
    def keep(self, message: OrderedKeys.Typed) -> None:
        self.typed[message.control.id or ""] = message.value
        self.write()

    def action_empty(self) -> None:
        for field in self.fields():
            field.set_text("")
        self.typed = dict.fromkeys(self.typed, "")
        self.query_one(Prose).focus()
        self.action_mark()

    def action_mark(self) -> None:
        self.marks += 1
        self.write()

    def action_note_undo(self) -> None:
        self.undone.append(self.typed["prose"])

    def on_resize(self) -> None:
        self.call_after_refresh(self.write)

    def write(self) -> None:
        shown = {field.id: field.value for field in self.fields()}
        state = {
            "typed": self.typed,
            "shown": shown,
            "marks": self.marks,
            "undone": self.undone,
            "size": self.size,
        }
        draft = self.report.with_suffix(".new")
        draft.write_text(json.dumps(state), encoding="utf-8")
        draft.replace(self.report)


if __name__ == "__main__":
    TypingApp(Path(sys.argv[1])).run()
