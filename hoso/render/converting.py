"""From our own Markdown to HTML, quickly.

What `hoso.render` writes is a small part of Markdown: everything that others wrote has no punctuation left (`lit`) or
is one line of HTML (`prose`). So a few patterns read it for certain, many times faster than Python-Markdown does.
A test compares the two on every kind of page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

Resolve = Callable[[str], str]

_HEADING = re.compile(r"(#{1,6}) (.*?)(?: \{#([\w-]+)\})?")
_NOTE = re.compile(r'!!! ([\w-]+) "(.*)"')
_CLASS = re.compile(r"\{: \.([\w-]+) \}")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)(?:\{ \.([\w-]+) \})?")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"\*(.+?)\*")
_TAG = re.compile(r"<[^>]*>")
_RAW = '<div class="hoso-'


class Heading(NamedTuple):
    level: int
    anchor: str
    text: str


class Converted(NamedTuple):
    """The HTML of a page and its headings; `text` of a heading is HTML without tags."""

    html: str
    headings: list[Heading]


def to_html(body: str, resolve: Resolve, permalink: str, slug: Callable[[str], str]) -> Converted:
    """`resolve` gives the address that a link to a page becomes; `permalink` is the title of links to headings."""
    made = _Converter(resolve, permalink, slug)
    return Converted("\n".join(made.blocks(body.split("\n"))), made.headings)


class _Converter:
    def __init__(self, resolve: Resolve, permalink: str, slug: Callable[[str], str]) -> None:
        self.resolve = resolve
        self.permalink = html.escape(permalink)
        self.slug = slug
        self.headings: list[Heading] = []

    def blocks(self, lines: list[str]) -> Iterator[str]:
        place = 0
        while place < len(lines):
            line = lines[place]
            if not line:
                place += 1
            elif line.startswith(_RAW):
                yield line
                place += 1
            elif found := _HEADING.fullmatch(line):
                yield self._heading(found)
                place += 1
            elif found := _NOTE.fullmatch(line):
                end = _end(lines, place + 1, lambda text: not text or text.startswith("    "))
                yield self._note(found, [text[4:] for text in lines[place + 1 : end]])
                place = end
            elif place + 1 < len(lines) and lines[place + 1].startswith(":   "):
                end = self._end_of_facts(lines, place)
                yield self._facts([text for text in lines[place:end] if text])
                place = end
            else:
                end = _end(lines, place, bool)
                yield self._block(lines[place:end])
                place = end

    def _block(self, lines: list[str]) -> str:
        if lines[0].startswith("| "):
            return self._table(lines)
        if lines[0].startswith("- "):
            return "\n".join(["<ul>", *(f"<li>{self.inline(line[2:])}</li>" for line in lines), "</ul>"])
        found = _CLASS.fullmatch(lines[-1])
        if found:
            return f'<p class="{found[1]}">{self.inline(chr(10).join(lines[:-1]))}</p>'
        return f"<p>{self.inline(chr(10).join(lines))}</p>"

    def _heading(self, found: re.Match[str]) -> str:
        level, made = len(found[1]), self.inline(found[2])
        text = html.unescape(_TAG.sub("", made))
        anchor = found[3] or self.slug(text)
        self.headings.append(Heading(level, anchor, html.escape(text, quote=False)))
        link = f'<a class="headerlink" href="#{anchor}" title="{self.permalink}">&para;</a>'
        return f'<h{level} id="{anchor}">{made}{link}</h{level}>'

    def _note(self, found: re.Match[str], lines: list[str]) -> str:
        title = f'<p class="admonition-title">{self.inline(found[2])}</p>'
        return "\n".join([f'<div class="admonition {found[1]}">', title, *self.blocks(lines), "</div>"])

    def _end_of_facts(self, lines: list[str], place: int) -> int:
        while place + 1 < len(lines) and lines[place] and lines[place + 1].startswith(":   "):
            place += 3
        return min(place, len(lines))

    def _facts(self, lines: list[str]) -> str:
        made = (
            f"<dd>{self.inline(line[4:])}</dd>" if line.startswith(":   ") else f"<dt>{self.inline(line)}</dt>"
            for line in lines
        )  # fmt: skip
        return "\n".join(["<dl>", *made, "</dl>"])

    def _table(self, lines: list[str]) -> str:
        aligned = [' align="right"' if mark.endswith(":") else "" for mark in _cells(lines[1])]
        rows = "\n".join(self._row("td", _cells(line), aligned) for line in lines[2:])
        head = self._row("th", _cells(lines[0]), aligned)
        return f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"

    def _row(self, tag: str, cells: list[str], aligned: list[str]) -> str:
        made = (f"<{tag}{align}>{self.inline(cell)}</{tag}>" for cell, align in zip(cells, aligned, strict=True))
        return f"<tr>\n{chr(10).join(made)}\n</tr>"

    def inline(self, text: str) -> str:
        text = _marked(text)
        return _LINK.sub(self._link, text) if "](" in text else text

    def _link(self, found: re.Match[str]) -> str:
        kind = f'class="{found[3]}" ' if found[3] else ""
        return f'<a {kind}href="{html.escape(self.resolve(found[2]))}">{found[1]}</a>'


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line[1:-1].split(" | ")] if line != "|  |" else [""]


@lru_cache(maxsize=8192)
def _marked(text: str) -> str:
    return _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", text)) if "*" in text else text


def _end(lines: list[str], place: int, holds: Callable[[str], object]) -> int:
    while place < len(lines) and holds(lines[place]):
        place += 1
    return place
