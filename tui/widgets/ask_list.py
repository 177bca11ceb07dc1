"""The list of asks over the texts of a section: it folds where it would push the texts out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from hoso.i18n import tr
from tui.hanging import Clipped, Hanging
from tui.stray import QUIET, Stray
from tui.widgets.choices import Choices
from tui.widgets.letters import HandsLettersOn
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from textual.widget import Widget

_SIGN = 2  # cells before the words of an ask
_SHARE, _LEAST = 3, 5  # of the form's height; lines that always stand


class AskList(HandsLettersOn, Choices):
    """Whoever comes to a section and types loses nothing: letters go to its text, or it is said that they do not.

    Folded, each ask takes one line, but for the one under the cursor."""

    def __init__(self, *, disabled: bool = False) -> None:
        super().__init__(disabled=disabled)
        self.folded = False
        self._stray = Stray()

    # ---- folding ----------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Folds or unfolds, as the form's size asks for, and takes the height that this needs."""
        self._draw()
        self.refresh(layout=True)

    on_resize = fit

    def _draw(self) -> None:
        form: Any = self._form
        if form is not None:
            # By the width beside a scroll bar of the form, there or not: else the bar and the folds would take turns.
            width = form.content_size.width - form.styles.scrollbar_size_vertical - _SIGN
            lines = sum(len(text.wrap(max(1, width))) for _, text in self._entries)
            self.folded = len(form.children) > 1 and lines > max(_LEAST, form.size.height // _SHARE)
        super()._draw()

    def _prompt(self, sign: str, text: Content) -> Hanging:
        prompt = super()._prompt(sign, text)
        return Clipped(prompt.rows) if self.folded and not self._is_at(sign, text) else prompt

    def _is_at(self, sign: str, text: Content) -> bool:
        at = self.highlighted
        return at is not None and at < len(self._entries) and self._entries[at] == (sign, text)

    def _watch_highlighted(self) -> None:
        if self.folded:
            self._draw()

    def action_pick(self, firm: bool) -> None:
        if firm or not self._stray.goes_on():
            super().action_pick(firm)

    # ---- letters ----------------------------------------------------------------------------------------

    @property
    def _form(self) -> Widget | None:
        field = self.parent
        return field.parent if field is not None else None  # type: ignore[return-value]

    def text_for_letters(self) -> Prose | None:
        """The first text of the section that is still empty. What is written already gets no stray letters."""
        form = self._form
        texts = form.query(Prose).results() if form is not None else ()
        blank = next((one for one in texts if not one.value and not one.read_only), None)
        if blank is None and self._stray.letter():
            words = tr("Letters go nowhere here: Space ticks off, Tab goes on to the fields.")
            self.notify(words, severity="warning", timeout=QUIET)
        return blank
