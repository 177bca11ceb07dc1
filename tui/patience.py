"""Keys pressed while a window opens are meant for that window: they wait until it can take them."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

_STEP = 0.004  # seconds between looks
_MOST = 2.0  # what has not opened by then is not waited for
_FOCUS = 0.3  # a window that takes the focus has it by then
BUSY = "save"  # the group of workers that open nothing


class Patience:
    """Without it, what is typed right behind the key that opens a window would end in the field below, or nowhere."""

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self._top: object = None
        self._since = 0.0

    async def wait(self) -> None:
        end = monotonic() + _MOST
        while self.is_opening() and monotonic() < end:
            await asyncio.sleep(_STEP)

    def is_opening(self) -> bool:
        """Whether a worker of the screen on top is about to open a window, or a window has just come."""
        stack = self.app.screen_stack
        if not stack:
            return False
        top = stack[-1]
        if top is not self._top:
            self._top, self._since = top, monotonic()
        if getattr(top, "opens_windows", False):
            waiting = (one for one in self.app.workers if one.node is top and one.group != BUSY)
            if any(not one.is_finished for one in waiting):
                return True
        most = _MOST if getattr(top, "takes_focus", False) else _FOCUS
        return top.focused is None and monotonic() - self._since < most
