"""What is drawn on the screen: its lines as text, and what of it would be left without colours."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rich.segment import Segment
from textual.app import App

from tests.words import catalogue

# Names of keys, programs and formats, the same in every language.
SAME = {"telex", "vni", "tab", "enter", "esc", "excel", "hoso", "yaml", "ctrl", "shift", "alt", "editor", "english"}
_WORD = re.compile(r"[^\W\d_]+")


def segments(app: App[Any]) -> list[list[Segment]]:
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def lines(app: App[Any]) -> list[str]:
    return ["".join(segment.text for segment in line).rstrip() for line in segments(app)]


def text(app: App[Any]) -> str:
    return "\n".join(lines(app))


def coloured(app: App[Any]) -> list[str]:
    """What has a colour of its own."""
    return [
        one.text
        for line in segments(app)
        for one in line
        if one.style and any(tone is not None and not tone.is_default for tone in (one.style.color, one.style.bgcolor))
    ]


def having(app: App[Any], attribute: str) -> list[str]:
    """The stretches of text that are `reverse`, `bold` or `underline`, one after the other."""
    out: list[str] = []
    for line in segments(app):
        before = False
        for one in line:
            has = bool(one.style and getattr(one.style, attribute))
            if has and before:
                out[-1] += one.text
            elif has:
                out.append(one.text)
            before = has
    return [text.strip() for text in out if text.strip()]


def vietnamese_in(words: str) -> set[str]:
    """The words with letters that English has not."""
    return {word for word in _WORD.findall(words) if not word.isascii()}


def english_in(words: str) -> set[str]:
    """The words that only the English messages use."""
    only = only_english()
    return {word for word in _WORD.findall(words) if word.lower() in only}


@cache
def only_english() -> frozenset[str]:
    ours, theirs = set[str](), set[str]()
    for message in catalogue():
        ours |= {word.lower() for word in _WORD.findall(re.sub(r"\{\w*\}", " ", str(message.id)))}
        theirs |= {word.lower() for word in _WORD.findall(re.sub(r"\{\w*\}", " ", str(message.string)))}
    return frozenset(word for word in ours - theirs - SAME if len(word) > 2 and word.isascii())
