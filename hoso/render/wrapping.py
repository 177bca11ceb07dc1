"""Breaks text into lines of so many terminal cells. Gives places in the text, so that what is found in it can be
shown where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hoso.text import cells


class Fragment(NamedTuple):
    """A piece of a text, from `start` to before `end`, and where it was drawn: line and cell, from 0."""

    start: int
    end: int
    line: int
    column: int


class Flow(NamedTuple):
    """A text that was broken into lines: words over a line's end can still be found in it."""

    text: str
    fragments: tuple[Fragment, ...]


def wrapped(text: str, width: int, first: int | None = None) -> list[tuple[int, int]]:
    """Beginning and end of each line; `first` is the room in the first one. Words longer than a line are broken."""
    room, start = width if first is None else first, 0
    out: list[tuple[int, int]] = []
    while True:
        end = text.find("\n", start)
        out += _line(text, start, len(text) if end < 0 else end, room, width)
        if end < 0:
            return out
        start, room = end + 1, width


def _line(text: str, start: int, end: int, room: int, width: int) -> Iterator[tuple[int, int]]:
    narrow = cells(text[start:end]) == end - start
    while True:
        reach = start + max(1, room) if narrow else _reach(text, start, end, room)
        if reach >= end:
            yield start, end
            return
        cut = reach if text[reach] == " " else text.rfind(" ", start, reach)
        if cut <= start:
            cut = reach
        yield start, cut
        start, room = cut, width
        while start < end and text[start] == " ":
            start += 1


def _reach(text: str, start: int, end: int, room: int) -> int:
    """The first character that does not fit any more; at least one does."""
    at = start + 1
    while at < end and cells(text[start : at + 1]) <= room:
        at += 1
    return at


def lines_of(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrapped(text, width)]
