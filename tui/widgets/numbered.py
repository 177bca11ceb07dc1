"""Choices with a number before each: its digit chooses it. Other letters go nowhere, and that is said."""

from __future__ import annotations

from textual import events
from textual.content import Content

from hoso.i18n import tr
from tui.stray import QUIET, Stray
from tui.widgets.choices import Choices

_MOST = 9  # lines that one digit can name


class NumberedChoices(Choices):
    """`marks` are letters that do what Space does."""

    def __init__(self, *, marks: str = "", disabled: bool = False) -> None:
        super().__init__(disabled=disabled)
        self.marks = marks
        self._stray = Stray()

    def show(self, entries: list[tuple[str, Content]]) -> None:
        if 1 < len(entries) <= _MOST:
            entries = [
                (sign, Content.assemble((f"{number} ", "$foreground-muted"), text))
                for number, (sign, text) in enumerate(entries, 1)
            ]
        super().show(entries)

    def on_key(self, event: events.Key) -> None:
        if not event.is_printable or event.key == "space" or event.key.startswith("alt+"):
            return
        event.stop()
        letter = event.character or ""
        if self._stray.goes_on():
            self._refuse()
        elif letter and letter.casefold() in self.marks:
            self.action_pick(False)
        elif letter.isdecimal() and 1 < self.option_count <= _MOST and 0 < int(letter) <= self.option_count:
            self.pick_line(int(letter) - 1)
        else:
            self._refuse()

    def action_pick(self, firm: bool) -> None:
        if firm or not self._stray.goes_on():
            super().action_pick(firm)

    def _refuse(self) -> None:
        if self._stray.letter():
            digits = tr("1 to {count}", count=self.option_count) if 1 < self.option_count <= _MOST else ""
            words = ", ".join(filter(None, [tr("Space"), self.marks, digits]))
            told = tr("Nothing to type here. These choose: {keys}.", keys=words)
            self.notify(told, severity="warning", timeout=QUIET)
