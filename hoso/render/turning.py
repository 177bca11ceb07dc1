"""Long lists are cut into pages, so that none takes long to open and one change never makes all of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hoso.i18n import tr
from hoso.render.markup import link, lit
from hoso.render.pages import ROWS_A_PAGE


def pages_of(rows: int) -> int:
    """How many pages a list takes; one of nothing takes one."""
    return max(-(-rows // ROWS_A_PAGE), 1)


def turning(address: Callable[[int], str], number: int, pages: int, path: str) -> Iterator[str]:
    """The ways to the other pages of a list, as Markdown."""
    if pages > 1:
        told = (
            f"**{other}**" if other == number else link(str(other), address(other), path)
            for other in range(1, pages + 1)
        )
        yield from (f"{lit(tr('Pages:'))} {' · '.join(told)}", "{: .hoso-pages }", "")
