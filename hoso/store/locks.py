"""One lock for each answer file, as a small file beside it: kernel locks fail on office shares.

A lock is a courtesy between people. What keeps answers safe is that a save compares before it replaces."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hoso import yamlio

STALE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: the account, the machine, the process, since when, last heard of."""

    user: str
    host: str
    process: int
    since: str
    heard: str

    def is_stale(self, now: datetime) -> bool:
        try:
            return now - datetime.fromisoformat(self.heard) > STALE_AFTER
        except (ValueError, TypeError):
            return True

    def is_gone(self) -> bool:
        """Whether the holder was a process of this machine that has ended."""
        if self.host != socket.gethostname() or os.name == "nt":
            return False
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            return False
        return False


class Lock:
    """A lock on one answer file. Taking it tells who holds it instead, if somebody does."""

    def __init__(self, answers: Path) -> None:
        self.path = answers.with_name(f".{answers.stem}.lock.json")
        self.held: Holder | None = None

    def take(self, now: datetime, *, over: bool = False) -> Holder | None:
        """Takes the lock and returns None; or returns the living holder, unless `over` takes it from them."""
        other = self.holder()
        if other is not None and not over and not (other.is_stale(now) or other.is_gone()):
            if not self._is_mine(other):
                return other
            self.held = self.held or other
            return None
        moment = now.isoformat(timespec="seconds")
        made = Holder(_user(), socket.gethostname(), os.getpid(), moment, moment)
        if other is None and not self._create(made):
            # Somebody was quicker: another process, or another thread of this one.
            other = self.holder()
            if other is not None and not self._is_mine(other):
                return other
            other = other or made
        if other is not None:
            self._write(made)
        self.held = made
        return None

    def beat(self, now: datetime) -> bool:
        """Says that the holder is still there; False if somebody took the lock over."""
        other = self.holder()
        if self.held is None or (other is not None and not self._is_mine(other)):
            self.held = None
            return False
        held = asdict(self.held) | {"heard": now.isoformat(timespec="seconds")}
        self.held = Holder(**held)
        self._write(self.held)
        return True

    def release(self) -> None:
        other = self.holder()
        if self.held is not None and other is not None and self._is_mine(other):
            with contextlib.suppress(OSError):
                self.path.unlink()
        self.held = None

    def stranger(self, now: datetime) -> Holder | None:
        """Who else is writing there. A lock of this process is none, though a thread of it has only just made it."""
        found = self.holder()
        if found is None or self._is_mine(found) or found.is_stale(now) or found.is_gone():
            return None
        return found

    def holder(self) -> Holder | None:
        """Who holds the lock; a lock that cannot be read holds nothing."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            return Holder(kept["user"], kept["host"], int(kept["process"]), kept["since"], kept["heard"])
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return None

    def _is_mine(self, other: Holder) -> bool:
        return other.process == os.getpid() and other.host == socket.gethostname()

    def _create(self, made: Holder) -> bool:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.path.open("x", encoding="utf-8") as file:
                json.dump(asdict(made), file)
        except FileExistsError:
            if self.holder() is not None:
                return False
            self._write(made)
        return True

    def _write(self, made: Holder) -> None:
        yamlio.write(self.path, json.dumps(asdict(made)))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
