"""What was done in a session, step by step, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tui.places import Key

COALESCE_WITHIN = 2.0  # seconds between keys that are undone together
TYPED = ("field", "remark", "points", "copies")
COALESCE_AT_MOST = 15.0  # seconds of typing without a pause that are undone together


@dataclass(slots=True)
class Edit:
    """One step: what stood there before and after, when it began and when it was last added to."""

    key: Key
    before: Any
    after: Any
    began: float
    at: float


class History:
    """One list of steps for all kinds of fields. Keys typed one after the other are one step."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._sealed = False

    def __len__(self) -> int:
        return len(self._done)

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def clear(self) -> None:
        self._done.clear()
        self._undone.clear()

    def seal(self) -> None:
        """Ends a run of keys: what is typed next is undone by itself."""
        self._sealed = True

    def record(self, key: Key, before: Any, after: Any) -> None:
        now = self._monotonic()
        last = self._done[-1] if self._done else None
        if last is not None and self._joins(last, key, now):
            last.after, last.at = after, now
        else:
            self._done.append(Edit(key, before, after, now, now))
        self._undone.clear()
        self._sealed = False

    def _joins(self, last: Edit, key: Key, now: float) -> bool:
        recent = now - last.at <= COALESCE_WITHIN and now - last.began <= COALESCE_AT_MOST
        return not self._sealed and last.key == key and key.target in TYPED and recent

    def undo(self) -> tuple[Key, Any] | None:
        """The place of the last step and what belongs there again."""
        if not self._done:
            return None
        edit = self._done.pop()
        self._undone.append(edit)
        self._sealed = True
        return edit.key, edit.before

    def redo(self) -> tuple[Key, Any] | None:
        if not self._undone:
            return None
        edit = self._undone.pop()
        self._done.append(edit)
        self._sealed = True
        return edit.key, edit.after
