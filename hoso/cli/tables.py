"""Tables for people in a terminal: as wide as it is, where that can be done."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence

from hoso.text import cells

Rows = Sequence[Sequence[str]]
_NARROW, _LEAST = 8, 16


def terminal_width() -> int | None:
    """Columns of the terminal; None where the output goes into a file or another program."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def fitted(head: Sequence[str], rows: Rows, width: int | None, *, wrapped: int | None = None) -> str:
    """The table as it stands; where it is too wide, with the column `wrapped` in several lines, with narrow heads, or
    lying on its side; the narrowest where none of these fits."""
    made = ""
    for one in _attempts(head, rows, width, wrapped):
        if not made or _width(one) < _width(made):
            made = one
        if width is None or _width(made) <= width:
            break
    return made


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
    head: Sequence[str], rows: Rows, cells: list[int | None] | None = None, heads: list[int] | None = None
) -> str:
    from tabulate import tabulate

    return str(tabulate(rows, headers=head, tablefmt="simple", disable_numparse=True,
                        maxcolwidths=cells, maxheadercolwidths=heads))  # fmt: skip


def _width(text: str) -> int:
    return max(map(cells, text.splitlines()), default=0)
