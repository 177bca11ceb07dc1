"""Types into a text: of each key it says what is to be put before the cursor, and instead of what."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

from tui.typing.methods import Method
from tui.typing.words import Word, marked, read, typed


class Edit(NamedTuple):
    """So many letters before the cursor give way to `text`, so many behind it to `rest`; the cursor stands between."""

    swallowed: int
    text: str
    taken: int = 0
    rest: str = ""


class Composer:
    """Remembers the keys of the word at the cursor for as long as nothing else happens to the text."""

    def __init__(self) -> None:
        self._base = self._keys = ""
        self._before: str | None = None  # the text up to the cursor as it was left here

    def type(self, method: Method, before: str, after: str, key: str) -> Edit:
        """What the key does between `before` and `after`."""
        if before != self._before:
            self._base, self._keys = last_word(before), ""
        shown = typed(self._keys, method, self._base) if self._keys else self._base
        if not _belongs(key, method, shown):
            self._before = None
            return Edit(0, key)
        if after[:1].isalpha():
            self._before = None
            return _inside(method, shown, _first_word(after), key)
        self._keys += key
        made = typed(self._keys, method, self._base)
        self._before = before[: len(before) - len(shown)] + made
        return _change(shown, made)

    def erase(self, method: Method, before: str) -> Edit | None:
        """What a backspace does to a word that is being typed; None if it merely takes a letter away."""
        if before != self._before:
            return None
        shown = typed(self._keys, method, self._base)
        word = read(shown[:-1])
        self._base, self._keys = (word or Word()).text, ""
        self._before = before[: len(before) - len(shown)] + self._base
        if word is None or not word.letters or word.text == shown[:-1]:
            self._before = None
            return None
        return _change(shown, word.text)


def last_word(text: str) -> str:
    return "".join(takewhile(str.isalpha, reversed(text)))[::-1]


def _first_word(text: str) -> str:
    return "".join(takewhile(str.isalpha, text))


def _belongs(key: str, method: Method, word: str) -> bool:
    """Whether the key is part of a word: a letter of the keyboard, or a figure that means a mark behind letters."""
    if key.isascii() and key.isalpha():
        return True
    return bool(word) and (key in method.tones or key in method.shapes)


def _inside(method: Method, left: str, right: str, key: str) -> Edit:
    """In the midst of a word a key changes the whole word, or it is a letter."""
    word = read(left + right)
    made = marked(word, key, method) if word is not None else None
    if made is None:
        return Edit(0, key)
    text = made.text
    return Edit(len(left), text[: len(left)], len(right), text[len(left) :])


def _change(old: str, new: str) -> Edit:
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))
    return Edit(len(old) - same, new[same:])
