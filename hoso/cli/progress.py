"""How far long work has come, on stderr: a line that rewrites itself in a terminal, now and then one in a log."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from types import TracebackType

from hoso.text import clipped, shown_number

# A terminal is written to no oftener than anybody can read; a log gets a line only from work that takes long.
_IN_A_TERMINAL, _IN_A_LOG = 0.1, 10.0


class Progress:
    """Told what is being done, how much of it and of how much. What it wrote in a terminal is gone when it ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.terminal = sys.stderr.isatty()
        self.stage = ""
        self.told = clock()
        self.written = False

    def __call__(self, what: str, done: int, total: int) -> None:
        now = self.clock()
        begins = self.terminal and what != self.stage
        if not begins and now - self.told < (_IN_A_TERMINAL if self.terminal else _IN_A_LOG):
            return
        self.stage, self.told = what, now
        self._write(what, f"{shown_number(str(done))}/{shown_number(str(total))}")

    def _write(self, what: str, count: str) -> None:
        if self.terminal:
            # A line that ran over would stay when the next is written over it.
            room = shutil.get_terminal_size().columns - len(count) - 2
            print(f"\r\033[K{clipped(what, max(room, 1))} {count}", end="", file=sys.stderr, flush=True)
            self.written = True
        else:
            print(f"{what} {count}", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self.written:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        self.stage, self.written = "", False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()
