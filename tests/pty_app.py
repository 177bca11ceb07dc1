"""Drives a command in a real pseudo-terminal and keeps what its screen shows. POSIX only."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

# `exec` keeps the process id, so that signals meant for the app do not end at a wrapper. The terminal
# has to be the controlling one, or the app is told neither of a new size nor of a hang-up.
_TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
# Of these pyte would draw the last letter: kitty's keyboard protocol, and reports of xterm's.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]")
_UNFINISHED = re.compile(rb"\x1b(?:\[[<>=?]?[0-9;]*)?$")


class _Screen(pyte.Screen):
    """A screen that answers what a program asks of its terminal: its kind, and where the cursor is."""

    def __init__(self, columns: int, rows: int, answer: Callable[[bytes], None]) -> None:
        self._answer = answer
        super().__init__(columns, rows)

    def write_process_input(self, data: str) -> None:
        self._answer(data.encode())


class PtyApp:
    """A running command: `send` it bytes, `wait_for` its screen, `resize` it, `kill` it.

    Use it as a context manager. Time limits are generous: they only end a test that has failed.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self._fd, terminal = os.openpty()
        self._changed = threading.Condition()
        self._ended = False
        self.output = bytearray()
        self.screen = _Screen(*size, self.send)
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""
        self._set_size(size)
        # A program believes these before its terminal, and would see no resize.
        unsized = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-ISc", _TAKE_TERMINAL, *map(str, command)],
                stdin=terminal,
                stdout=terminal,
                stderr=terminal,
                start_new_session=True,
                cwd=cwd,
                env={**unsized, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})},
            )
        finally:
            os.close(terminal)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # Linux reports the end of the last writer as EIO
                data = b""
            with self._changed:
                if not data:
                    self._ended = True
                    self._changed.notify_all()
                    return
                self.output += data
                self._feed(data)
                self._changed.notify_all()

    def _feed(self, data: bytes) -> None:
        data = _UNKNOWN_TO_PYTE.sub(b"", self._rest + data)
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        self._rest = data[cut:]
        self._stream.feed(data[:cut])

    def send(self, data: bytes) -> None:
        """Writes the bytes, at one go if the terminal takes them so."""
        while data:
            data = data[os.write(self._fd, data) :]

    def wait_for(self, what: str | Callable[[PtyApp], bool], timeout: float = 30) -> None:
        """Waits until a text is on the screen or a test of this object holds; AssertionError if never."""
        holds = (lambda _: what in self.text) if isinstance(what, str) else what
        deadline = time.monotonic() + timeout
        with self._changed:
            # What is waited for may also come about without output, in a file say: so it looks now and then.
            while not holds(self):
                if (left := deadline - time.monotonic()) <= 0 or self._ended:
                    raise AssertionError(f"never came: {what!r}; the screen is\n{self.text}")
                self._changed.wait(min(left, 0.02))

    @property
    def lines(self) -> list[str]:
        """What the screen shows, a line a row, blanks at the ends cut off."""
        with self._changed:
            return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's cursor, from 0."""
        with self._changed:
            return self.screen.cursor.x, self.screen.cursor.y

    def resize(self, columns: int, rows: int) -> None:
        with self._changed:
            self.screen.resize(rows, columns)
        self._set_size((columns, rows))

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait(self, timeout: float = 30) -> int:
        """Waits until the command has ended by itself, and gives its exit code."""
        return self.process.wait(timeout)

    def kill(self) -> None:
        """Ends the command as a power cut would: it cannot save anything."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """Ends the command if it still runs, and frees the terminal."""
        if self.process.poll() is None:
            self.kill()
        self._reader.join(timeout=5)
        os.close(self._fd)
