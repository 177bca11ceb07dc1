"""Widths of text in cells, by the tables that Textual has loaded anyway (loading others costs 20 ms at the start)."""

from __future__ import annotations

from rich.cells import cell_len as cells

__all__ = ["cells", "clipped", "middle", "padded"]


def clipped(text: str, width: int) -> str:
    """The text cut to so many cells, its end marked by an ellipsis."""
    if cells(text) <= width:
        return text
    kept = text[: max(0, width - 1)]
    while cells(kept) > width - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def middle(text: str, width: int) -> str:
    """The text cut in the middle: names of offices begin alike and end alike, but hardly ever both."""
    if cells(text) <= width:
        return text
    end = text[-max(0, (width - 1) // 2) :] if width > 2 else ""
    return clipped(text, width - cells(end)).rstrip("…") + "…" + end.lstrip() if end else clipped(text, width)


def padded(text: str, width: int) -> str:
    """The text cut or filled up to exactly so many cells."""
    shown = clipped(text, width)
    return shown + " " * (width - cells(shown))
