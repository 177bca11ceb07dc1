"""Vietnamese text as a field keeps it: put together across the cursor, walked through by visible letters, followed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

from rich.cells import split_graphemes

from hoso.text import composed

_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # all that Textual would split lines at
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Letters of Icelandic and of African languages that stand for Đ in old files.
_LOOK_ALIKES = str.maketrans("\u00d0\u0189\u00f0", "\u0110\u0110\u0111")


def normal(text: str) -> str:
    """Text as a field keeps it: NFC, lines ended by a line feed."""
    return composed(_NEWLINES.sub("\n", text))


def clean(text: str) -> str:
    """Pasted text without what nobody means to paste: tabs, control characters, look-alikes of Đ.

    A tab becomes one space: as the first-line indent of a Word paragraph it would begin a code block
    in Markdown.
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _UNSEEN.sub("", _NEWLINES.sub("\n", text).replace("\t", " "))
    return composed(text.translate(_LOOK_ALIKES))


def compose(before: str, text: str, after: str = "") -> tuple[int, str, int]:
    """What to put between `before` and `after` instead of `text` so that the whole is in NFC.

    Returns how many characters of `before` to swallow, the new text, and how many of `after` to swallow.
    `text` is empty for a deletion, which can bring a letter and a mark together.
    """
    marks = _leading_marks(after)
    if text.isascii() and text and not marks:
        return 0, text, 0
    tail = before[len(before) - _last_letter(before) :]
    piece = text + after[:marks]
    apart, joined = composed(piece), composed(tail + piece)
    if joined != tail + apart:
        return len(tail), joined, marks
    if apart == piece:
        return 0, text, 0
    return 0, apart, marks


def _leading_marks(text: str) -> int:
    count = 0
    while count < len(text) and unicodedata.combining(text[count]):
        count += 1
    return count


def _last_letter(text: str) -> int:
    """The length of the last letter of `text`, its combining marks included."""
    return min(_leading_marks(text[: -len(text) - 1 : -1]) + 1, len(text))


def step_left(text: str, index: int) -> int:
    """Where the cursor goes from `index` by one visible character to the left."""
    if index <= 0:
        return 0
    if _stands_alone(text[index - 1]):
        return index - 1
    return split_graphemes(text[:index])[0][-1][0]


def step_right(text: str, index: int) -> int:
    """Where the cursor goes from `index` by one visible character to the right."""
    if index >= len(text):
        return len(text)
    if index + 1 == len(text) or (_stands_alone(text[index]) and _stands_alone(text[index + 1])):
        return index + 1
    return index + split_graphemes(text[index:])[0][0][1]


def _stands_alone(character: str) -> bool:
    return character < "\u0300" or "\u1e00" <= character <= "\u1fff"


def follow(old: str, new: str, cursor: int) -> int:
    """Where a cursor in `old` belongs when the program replaces `old` by `new`, as undo does."""
    prefix = _agreement(old, new)
    rest = min(len(old), len(new)) - prefix
    suffix = min(rest, _agreement(reversed(old), reversed(new)))
    if cursor < prefix:
        return cursor
    if cursor > len(old) - suffix:
        return len(new) - (len(old) - cursor)
    return len(new) - suffix


def _agreement(left: Iterable[str], right: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
