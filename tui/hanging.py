"""Text whose wrapped lines stand under their own beginning: `• ` or `F4    ` leads, and nothing runs below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_LEAD = re.compile(r"\s*(?:[•·✗!⊖☐☑↗⊘⇄→✎⚑↩✓⇊–-]\s+)?")
_LEAST = 12  # cells that the text needs beside what leads it; else it takes the whole width

Row = tuple[Content, Content]  # what leads a line, and its text


class Hanging(Visual):
    """Rows of a lead and a text beside it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)

    def __str__(self) -> str:
        return "\n".join(lead.plain + text.plain for lead, text in self.rows)

    plain = property(__str__)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Hanging) or type(self) is not type(other) or len(self.rows) != len(other.rows):
            return False
        pairs = zip(self.rows, other.rows, strict=True)
        return all(one[0].is_same(two[0]) and one[1].is_same(two[1]) for one, two in pairs)

    __hash__ = None  # type: ignore[assignment]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        options = replace(options, selection=None)  # offsets of a selection are those of one text
        rows = (_fitting(row, width) for row in self.rows)
        strips = [strip for row in rows for strip in _strips(row, width, style, options)]
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        widths = (lead.cell_length + text.get_optimal_width(rules, container_width) for lead, text in self.rows)
        return max(widths, default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        width = max(1, width)  # of what is folded away
        rows = (_fitting(row, width) for row in self.rows)
        return sum(max(1, text.get_height(rules, width - lead.cell_length)) for lead, text in rows)


class Clipped(Hanging):
    """Each row on one line, with an ellipsis where it is longer."""

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        rows = [(lead, text.truncate(max(1, width - lead.cell_length), ellipsis=True)) for lead, text in self.rows]
        return Hanging(rows).render_strips(width, height, style, options)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return len(self.rows)


def hanging(content: Content) -> Hanging:
    """Takes each line of a text apart: blanks and a sign before the words lead it."""
    return Hanging(_parted(line) for line in content.split("\n", allow_blank=True))


def _parted(line: Content) -> Row:
    match = _LEAD.match(line.plain)
    lead = match.end() if match else 0
    return (line[:lead], line[lead:]) if 0 < lead < len(line) else (Content(""), line)


def _fitting(row: Row, width: int) -> Row:
    """Where hardly any room is left beside the lead, the text runs below it."""
    lead, text = row
    return row if not lead or width - lead.cell_length >= _LEAST else (Content(""), lead + text)


def _strips(row: Row, width: int, style: Style, options: RenderOptions) -> list[Strip]:
    lead, text = row
    indent = lead.cell_length
    beside = text.render_strips(width - indent, None, style, options) or [Strip.blank(0)]
    if not indent:
        return beside
    first = lead.render_strips(indent, 1, style, options)[0].adjust_cell_length(indent, style.rich_style)
    gap = Strip.blank(indent, style.rich_style)
    return [Strip.join([gap if place else first, strip]) for place, strip in enumerate(beside)]
