"""An app in a browser ends with its server, however that ended."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

LOOK_EVERY = 1.0  # seconds


def end_with_server(app: App[Any], end: Callable[[], None]) -> None:
    """Calls `end` once the process that started this one is gone. Windows does not tell; there the tab does."""
    if os.name == "nt" or not app.is_web:
        return
    server = os.getppid()
    app.set_interval(LOOK_EVERY, lambda: end() if os.getppid() != server else None)
