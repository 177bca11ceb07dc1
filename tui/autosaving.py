"""Saving by itself: a thread of its own, which neither typing nor judging can keep waiting."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from tui.saving import Saver


class AutoSaver:
    """Saves what was touched when it is due, or `soon`. `told` is called in its thread after each try."""

    def __init__(self, saver: Saver, told: Callable[[bool], None]) -> None:
        self._saver = saver
        self._told = told
        self._hurried = Event()
        self._ended = False

    def start(self) -> None:
        Thread(target=self._run, name="autosave", daemon=True).start()

    def soon(self) -> None:
        """Saves now what is not saved; someone has left a field."""
        if self._saver.due_in is not None:
            self._hurried.set()
            self._saver.touched.set()

    def stop(self) -> None:
        self._ended = True
        self._hurried.set()
        self._saver.touched.set()

    def _run(self) -> None:
        while not self._ended:
            self._saver.touched.wait()
            self._saver.touched.clear()
            # What is touched from here on is seen by `due_in`, or sets `touched` again.
            while not self._ended and (due := self._saver.due_in) is not None:
                if due > 0 and not self._hurried.wait(due):
                    continue
                self._hurried.clear()
                if not self._ended:
                    self._told(self._saver.save())
