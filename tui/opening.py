"""What the worker that opens a dossier tells the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from tui.session import Session


@dataclass
class DossierOpened(Message):
    """A dossier was read; `screen` makes the screen for it (its module is heavy and loaded by the worker)."""

    session: Session
    screen: Callable[[Session], Screen[None]]


@dataclass
class OpeningFailed(Message):
    why: str
