"""A plain conversation: lines out, lines in. What reads and writes them is given, so that tests need no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hoso.text import composed
from tui.plain.words import Word, understood, unescaped, unknown


class Called(Exception):  # noqa: N818 - no error: a word that goes elsewhere
    """Raised where a command was typed instead of an answer."""

    def __init__(self, word: Word, rest: str) -> None:
        super().__init__(word.id)
        self.id = word.id
        self.rest = rest


@dataclass
class Talk:
    """`read` takes a prompt and gives the line typed, or raises EOFError at the end; `write` puts a line out.

    `edit` opens a text in an editor and gives what came back, None if nothing changed.
    `measure` tells how wide the terminal is."""

    read: Callable[[str], str]
    write: Callable[[str], None]
    edit: Callable[[str], str | None] = lambda _: None
    measure: Callable[[], int] = lambda: 80

    @property
    def width(self) -> int:
        """How many cells a line has now; never so few that a table could not be drawn."""
        return max(40, self.measure())

    def say(self, words: str | Iterable[str]) -> None:
        for line in [words] if isinstance(words, str) else words:
            self.write(line)

    def ask(self, prompt: str) -> str:
        """What was typed, in NFC. Raises Called for a command, EOFError at the end."""
        while True:
            line = composed(self.read(f"{prompt} "))
            called = understood(line)
            if called is not None:
                raise Called(*called)
            complaint = unknown(line)
            if not complaint:
                return unescaped(line)
            self.say(complaint)

    def ask_path(self, prompt: str) -> str:
        """The same for a path, which may begin with a stroke."""
        line = composed(self.read(f"{prompt} "))
        called = understood(line)
        if called is not None:
            raise Called(*called)
        return line.strip()

    def more(self) -> str:
        """A further line of a text, taken as it is."""
        return composed(self.read(""))
