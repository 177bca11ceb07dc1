"""What was done in a session, step by step, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from hoso.dossiers import same
from hoso.store.merging import merge
from tui.places import Key

COALESCE_WITHIN = 2.0  # seconds between keys that are undone together
TYPED = ("field", "remark", "points", "copies")
COALESCE_AT_MOST = 15.0  # seconds of typing without a pause that are undone together


class Change(NamedTuple):
    """What belongs somewhere again, and what the step that is taken back (or done again) had left there."""

    key: Key
    left: Any
    wanted: Any

    def over(self, current: Any) -> Any:
        """What is to stand there now: what others have brought in meanwhile is not taken back with one's own."""
        if same(current, self.left):
            return self.wanted
        if self.key.target == "files":
            return _files_over(current, self.left, self.wanted)
        if all(map(_is_tree, (current, self.left, self.wanted))):
            return merge(self.left or {}, current or {}, self.wanted or {}).tree or None
        return self.wanted


def _files_over(current: list[Any], left: list[Any], wanted: list[Any]) -> list[Any]:
    kept = [one for one in current if one in wanted or one not in left]
    return kept + [one for one in wanted if one not in left and one not in kept]


def _is_tree(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and not value.keys() & {"value", "absent", "done"})


@dataclass(slots=True)
class Edit:
    """One step: what stood there before and after, when it began and when it was last added to."""

    key: Key
    before: Any
    after: Any
    began: float
    at: float
    joined: bool = False  # done by the same act as the step before it, and taken back with it


class History:
    """One list of steps for all kinds of fields. Keys typed one after the other are one step."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._sealed = False
        self._together: int | None = None  # how many steps there were when an act of several began

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

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is recorded meanwhile is one step."""
        outer, self._together = self._together, len(self._done) if self._together is None else self._together
        self._sealed = True
        try:
            yield
        finally:
            self._together = outer
            self._sealed = True

    def record(self, key: Key, before: Any, after: Any) -> None:
        now = self._monotonic()
        last = self._done[-1] if self._done else None
        if last is not None and self._joins(last, key, now):
            last.after, last.at = after, now
        else:
            joined = self._together is not None and len(self._done) > self._together
            self._done.append(Edit(key, before, after, now, now, joined))
        self._undone.clear()
        self._sealed = False

    def _joins(self, last: Edit, key: Key, now: float) -> bool:
        recent = now - last.at <= COALESCE_WITHIN and now - last.began <= COALESCE_AT_MOST
        return self._together is None and not self._sealed and last.key == key and key.target in TYPED and recent

    def undo(self) -> list[Change]:
        """What belongs where again, to be carried out in this order; nothing where nothing was done."""
        self._sealed = True
        out: list[Change] = []
        while self._done:
            edit = self._done.pop()
            self._undone.append(edit)
            out.append(Change(edit.key, edit.after, edit.before))
            if not edit.joined:
                break
        return out

    def redo(self) -> list[Change]:
        self._sealed = True
        out: list[Change] = []
        while self._undone and (not out or self._undone[-1].joined):
            edit = self._undone.pop()
            self._done.append(edit)
            out.append(Change(edit.key, edit.before, edit.after))
        return out
