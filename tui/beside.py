"""Asking a disk that may hang, such as a network drive that is gone: beside the screen, and no longer than is bearable.

What hangs in the system cannot be ended. It is left to itself, in a thread that keeps the program from nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

AT_ONCE = 0.25  # seconds in which an answer comes without anybody seeing that it was waited for
LIMIT = 10.0  # seconds after which it is said that no answer comes
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """A question about a place, which raises nothing; who takes the answer; since when it is waited for."""

    place: str
    look: Callable[[], Any]
    take: Callable[[Any], object]
    since: float


class Beside:
    """Only the last question counts. `called` is told, in a thread, that an answer has come: `settle` hands it on."""

    def __init__(self, called: Callable[[], object], *, clock: Callable[[], float] = monotonic) -> None:
        self.asked: Asked | None = None
        self._called = called
        self._clock = clock
        self._came: SimpleQueue[tuple[Asked, Any]] = SimpleQueue()
        self._running: set[str] = set()  # places of which an answer is still out: no second thread hangs there
        self._slow: set[str] = set()  # places that did not answer at once: the screen waits for them no more

    def ask(self, place: str, look: Callable[[], Found], take: Callable[[Found], object]) -> bool:
        """Has `take` called with what `look` gives: now, if that comes at once, and then true is given; else later."""
        self.asked = Asked(place, look, take, self._clock())
        return place not in self._running and self._start(self.asked)

    def _start(self, asked: Asked) -> bool:
        here = Event()
        self._running.add(asked.place)

        def run() -> None:
            self._came.put((asked, asked.look()))
            here.set()
            self._called()

        Thread(target=run, name="look", daemon=True).start()
        if here.wait(0 if asked.place in self._slow else AT_ONCE):
            return self.settle()
        self._slow.add(asked.place)
        return False

    def settle(self) -> bool:
        """Hands on what has come; whether the last question is answered by it."""
        answered = False
        while not self._came.empty():
            asked, found = self._came.get()
            self._running.discard(asked.place)
            if asked is self.asked:
                self.asked, answered = None, True
                asked.take(found)
        if self.asked is not None and self.asked.place not in self._running:
            self._start(self.asked)  # it had to wait for the one before it
        return answered

    def give_up(self) -> bool:
        """Waits no longer; whether anything was waited for."""
        waited, self.asked = self.asked is not None, None
        return waited

    @property
    def is_late(self) -> bool:
        """Whether something is waited for, longer than nobody would see."""
        return self.asked is not None and self._clock() - self.asked.since > AT_ONCE

    @property
    def is_hanging(self) -> bool:
        """Whether it is waited for longer than is bearable."""
        return self.asked is not None and self._clock() - self.asked.since > LIMIT


def within(seconds: float, look: Callable[[], Found], otherwise: Found) -> Found:
    """What `look` gives, if that comes in time."""
    found: list[Found] = []
    thread = Thread(target=lambda: found.append(look()), name="look", daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else otherwise
