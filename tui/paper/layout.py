"""Blocks in lines of so many cells, with the places of their texts."""

from __future__ import annotations

from typing import NamedTuple

from hoso.problems import Level
from hoso.render.ruled import ruled
from hoso.render.wrapping import Flow, Fragment, wrapped
from tui.fitting import cells, clipped
from tui.markup import HEADING, ITEM, pieces
from tui.paper.blocks import Block

PAGE = 92  # cells of a line of prose at most; longer ones are hard to read
INDENT = 4  # of the first line of a paragraph
MARGIN = "┃ "  # before what does not print

Run = tuple[str, str]  # words and their look


class Laid(NamedTuple):
    """The lines of a block. Of a table that is too wide: how many cells at the left stay in place (else 0), how wide
    it is, by how much the rest may be moved so that a whole column comes first."""

    lines: list[list[Run]]
    flows: list[Flow]
    side: int = 0
    width: int = 0
    stops: tuple[int, ...] = (0,)

    def window(self, across: int, room: int) -> tuple[int, int]:
        """Which cells of the rest are seen when it is moved so far: whole columns, the last ones at the latest."""
        ends = [*(self.side + stop + 1 for stop in self.stops[1:]), self.width]
        last = next((stop for stop in self.stops if self.width - stop <= room), self.stops[-1])
        by = max(stop for stop in self.stops if stop <= min(across, last))
        first = self.side + by
        return first, max((end for end in ends if end <= room + by), default=next(end for end in ends if end > first))

    def seen(self, line: int, across: int, room: int) -> list[Run]:
        """A line of a table that is too wide, as far as it is seen; heads keep their words in the part that is."""
        first, last = self.window(across, room)
        out, at = list[Run](), 0
        for words, look in self.lines[line]:
            end = at + cells(words)
            if at < self.side:
                out.append((words[: self.side - at] if end > self.side else words, look))
            if end > first and at < last and end > self.side:
                start = max(0, first - at)
                piece = _part(words, look, start, min(end, last) - at)
                # The line before the first column also where a head goes on from columns that are not seen.
                out.append(("│" + piece[1:] if start and look == "head" else piece, look))
            at = end
        return out

    def place_of(self, column: int, across: int, room: int) -> int | None:
        """Where a cell of a line is seen; None where it is not."""
        first, last = self.window(across, room)
        if column < self.side:
            return column
        return column - first + self.side if first <= column < last else None


def _part(words: str, look: str, start: int, end: int) -> str:
    """The piece of a table's line from one cell to before another: lines are cut, words of a head put in the middle."""
    if look != "head" or (start, end) == (0, cells(words)):
        return words[start:end] if look == "rule" else words
    told = clipped(words.strip(), max(1, end - start - 2))
    spare = end - start - cells(told)
    return " " * (spare // 2) + told + " " * (spare - spare // 2)


def laid(block: Block, width: int, *, marks: bool) -> Laid:
    page = min(width, PAGE)
    if block.kind == "table" and block.grid is not None:
        made = ruled((marks and block.signed) or block.grid, width)
        side = made.side if made.width > width else 0
        lines: list[list[Run]] = [[(piece.text, piece.look) for piece in line] for line in made.lines]
        return Laid(lines, made.flows, side, made.width, made.stops)
    if block.kind == "page":
        return Laid([[("╌" * page, "rule")]], [])
    if block.kind == "office":
        return _office(block, page)
    if block.kind == "prose":
        return _prose(block.text, page)
    if block.kind in ("title", "under"):
        return _filled([(block.text, "title" if block.kind == "title" else "italic")], page, centred=True)
    if block.kind == "note":
        look = look_of(block.level)
        return _filled([(block.text, look)], page, lead=(MARGIN, look), hang=len(MARGIN) + 2)
    runs = [(block.text, {"heading": "bold", "label": "label"}.get(block.kind, ""))]
    if marks and block.note:
        runs.append((f"  {MARGIN}{block.note}", look_of(block.level)))
    hang = cells(block.text.partition(" ")[0]) + 1 if block.kind == "heading" and block.aside else 2
    return _filled(runs, page, hang=min(hang, 8) if block.kind != "label" else 0)


def look_of(level: Level | None) -> str:
    return level.value if level is not None else "missing"


def _office(block: Block, page: int) -> Laid:
    right = clipped(block.aside, page // 2)
    left = clipped(block.text, page - cells(right) - 2)
    gap = page - cells(left) - cells(right)
    at = cells(left) + gap
    flows = [Flow(left, (Fragment(0, len(left), 0, 0),)), Flow(right, (Fragment(0, len(right), 0, at),))]
    return Laid([[(left, "bold"), (" " * gap, ""), (right, "bold")]], flows)


def _prose(text: str, page: int) -> Laid:
    """Light Markdown. Each line typed is a paragraph of its own, as a page of the site shows it."""
    out, flows = list[list[Run]](), list[Flow]()
    for line in text.strip("\n").split("\n"):
        made = _paragraph(line, page) if line.strip() else Laid([[]], [])
        if line.strip() or (out and out[-1]):
            flows += [_moved(flow, len(out)) for flow in made.flows]
            out += made.lines
    return Laid(out, flows)


def _paragraph(line: str, page: int) -> Laid:
    heading, item = HEADING.match(line), ITEM.match(line)
    if heading:
        return _filled([(line[heading.end() :], "bold")], page)
    if item:
        lead = f"{' ' * INDENT}{item[1]}{item[2] or '•'} "
        return _filled(pieces(line[item.end() :]), page, lead=(lead, ""), hang=cells(lead))
    return _filled(pieces(line.strip()), page, lead=(" " * INDENT, ""))


def _filled(runs: list[Run], page: int, *, lead: Run = ("", ""), hang: int = 0, centred: bool = False) -> Laid:
    """Words wrapped: `lead` before the first line, `hang` blanks before the others."""
    text = "".join(words for words, _ in runs)
    first = cells(lead[0])
    # The text is wrapped as if all lines were as long as the first; what hangs is longer or shorter by so much.
    spans = wrapped(text, max(8, page - hang), max(8, page - first))
    out, fragments = list[list[Run]](), list[Fragment]()
    for place, (start, end) in enumerate(spans):
        before = lead if not place else (" " * hang, "")
        column = cells(before[0])
        if centred:
            column = max(0, page - cells(text[start:end])) // 2
            before = (" " * column, "")
        out.append([*([before] if before[0] else []), *_between(runs, start, end)])
        fragments.append(Fragment(start, end, place, column))
    return Laid(out, [Flow(text, tuple(fragments))])


def _between(runs: list[Run], start: int, end: int) -> list[Run]:
    out, at = list[Run](), 0
    for words, look in runs:
        piece = words[max(0, start - at) : max(0, end - at)]
        if piece:
            out.append((piece, look))
        at += len(words)
    return out


def _moved(flow: Flow, lines: int) -> Flow:
    return Flow(flow.text, tuple(one._replace(line=one.line + lines) for one in flow.fragments))
