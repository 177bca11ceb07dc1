"""A screen that is closed once, however often and however late it is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

if TYPE_CHECKING:
    from textual.screen import Screen

    _AnyScreen = Screen[Any]
else:
    _AnyScreen = object


class ClosedOnce(_AnyScreen):
    """Two presses of Esc, or one that comes when a window has opened above, would close what lies below or above."""

    _is_closing = False

    def dismiss(self, result: Any = None) -> AwaitComplete:
        if self._is_closing or self.app.screen is not self:
            return AwaitComplete()
        self._is_closing = True
        made: AwaitComplete = super().dismiss(result)
        return made
