"""Text: a line, or prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from pydantic import model_validator

from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.kinds.spec import Count, Spec, Text, fault
from hoso.problems import Fault
from hoso.text import count_words, fold, shown_number, tidy

_JOINTS = re.compile(r"\s*([-/])\s*")


class Words(Spec):
    at_least: Count | None = None
    at_most: Count | None = None

    @model_validator(mode="after")
    def in_order(self) -> Words:
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise fault("limits-crossed", low=self.at_least, high=self.at_most)
        return self


class TextField(FieldBase):
    """Prose in light Markdown, or one line where `lines` is 1."""

    type: Literal["text"]
    lines: Count = 0
    words: Words | None = None
    mentions: list[Text] = []

    @cached_property
    def wanted_mentions(self) -> list[tuple[str, str]]:
        return [(name, searchable(name)) for name in self.mentions]

    def faults(self, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault("answer-shape")
            return
        if self.lines == 1 and "\n" in value:
            yield Fault("text-one-line")
        if self.words is not None:
            yield from self.miscounted(count_words(value), self.words)
        if self.mentions:
            text = searchable(value)
            yield from (
                Fault("text-not-mentioned", {"what": name})
                for name, sought in self.wanted_mentions
                if sought not in text
            )

    def miscounted(self, count: int, words: Words) -> Iterator[Fault]:
        if words.at_least is not None and count < words.at_least:
            yield Fault("text-too-short", {"count": str(count), "limit": str(words.at_least)})
        if words.at_most is not None and count > words.at_most:
            yield Fault("text-too-long", {"count": str(count), "limit": str(words.at_most)})

    def read(self, typed: str) -> str:
        text = tidy(typed)
        return " ".join(text.split("\n")) if self.lines == 1 else text

    def wants(self) -> list[str]:
        out = [tr("one line")] if self.lines == 1 else [tr("prose")]
        if self.words is not None:
            low, high = (_shown(count) for count in (self.words.at_least, self.words.at_most))
            if low and high:
                out.append(tr("{low} to {high} words", low=low, high=high))
            elif low:
                out.append(tr("at least {low} words", low=low))
            elif high:
                out.append(tr("at most {high} words", high=high))
        if self.mentions:
            out.append(tr("mentions {names}", names=", ".join(self.mentions)))
        return out


def _shown(count: int | None) -> str:
    return shown_number(str(count)) if count is not None else ""


def searchable(text: str) -> str:
    """Folded, with the blanks around hyphens and slashes gone: `38 - HD/BTCTW` is found as `38-HD/BTCTW`."""
    return _JOINTS.sub(r"\1", fold(text).replace("–", "-"))
