"""Tables for people in a terminal: as wide as it is, where that can be done."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence

from hoso.text import cells

Rows = Sequence[Sequence[str]]
_NARROW, _LEAST, _CELL, _LABELS = 8, 16, 14, 32


def terminal_width() -> int | None:
    """Columns of the terminal; None where the output goes into a file or another program."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def folded(line: str, width: int | None) -> str:
    """A line as several, where the terminal is narrower: broken between words."""
    return line if width is None else "\n".join(textwrap.wrap(line, width, subsequent_indent="  "))


def fitted(head: Sequence[str], rows: Rows, width: int | None, *, wrapped: int | None = None, cut: bool = False) -> str:
    """The table as it stands; where it is too wide, with the column `wrapped` in several lines, with narrow heads, or
    lying on its side. Where none of these fits: `cut` into tables that all begin with the first column, else the
    narrowest."""
    made = ""
    for one in _attempts(head, rows, width, wrapped):
        if not made or _width(one) < _width(made):
            made = one
        if width is None or _width(made) <= width:
            return made
    return "\n\n".join(_cut(head, rows, width)) if cut and width is not None else made


def _cut(head: Sequence[str], rows: Rows, width: int) -> Iterator[str]:
    """As few tables as go, each with as many of the columns as fit; one that is too wide alone stands as it is."""

    def made(places: Sequence[int]) -> str:
        heads = [_LABELS, *(_NARROW for _ in places)]
        some = [[row[place] for place in (0, *places)] for row in (head, *rows)]
        return _table(some[0], some[1:], [_LABELS, *(_CELL for _ in places)], heads)

    taken: list[int] = []
    for place in range(1, len(head)):
        if taken and _width(made([*taken, place])) > width:
            yield made(taken)
            taken = []
        taken.append(place)
    yield made(taken)


def _attempts(head: Sequence[str], rows: Rows, width: int | None, wrapped: int | None) -> Iterator[str]:
    yield _table(head, rows)
    for heads in (None, [_NARROW] * len(head)):
        made = _table(head, rows, heads=heads)
        if width is not None and wrapped is not None and rows:
            longest = max(cells(row[wrapped]) for row in (head, *rows))
            room = max(longest - (_width(made) - width), _LEAST)
            yield _table(head, rows, [room if place == wrapped else None for place in range(len(head))], heads)
        yield made
    if len(rows) < len(head):
        first, *others = zip(head, *rows, strict=True)
        yield _table(["", *first[1:]], others)


def _table(
    head: Sequence[str], rows: Rows, cells: list[int | None] | None = None, heads: Sequence[int] | None = None
) -> str:
    from tabulate import tabulate

    return str(tabulate(rows, headers=head, tablefmt="simple", disable_numparse=True,
                        maxcolwidths=cells, maxheadercolwidths=heads))  # fmt: skip


def _width(text: str) -> int:
    return max(map(cells, text.splitlines()), default=0)
