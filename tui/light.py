"""Light Markdown as the terminal shows it: bold, italics, lists, headings. The rest is text."""

from __future__ import annotations

from textual.content import Content

from tui.markup import HEADING, ITEM, pieces


def light(text: str) -> Content:
    """Paragraphs are put together as Markdown does: a single line end is a blank."""
    return Content("\n").join(_inline(line) for line in _lines(text.strip("\n")))


def _lines(text: str) -> list[str]:
    out: list[str] = []
    for line in text.split("\n"):
        item = ITEM.match(line)
        if item:
            out.append(f"{item[1]}{item[2] or '•'} {line[item.end() :]}")
        elif not line.strip() or not out or not out[-1].strip() or HEADING.match(line):
            out.append(line)
        else:
            out[-1] += " " + line.strip()
    return out


def _inline(line: str) -> Content:
    heading = HEADING.match(line)
    if heading:
        return Content.styled(line[heading.end() :], "bold")
    return Content.assemble(*pieces(line))
