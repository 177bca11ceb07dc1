"""The last days of a checklist in words: of the whole, and of documents that have a day of their own."""

from __future__ import annotations

from collections.abc import Iterator

from hoso.definitions import Checklist, Definitions
from hoso.definitions.checklist import Item
from hoso.i18n import tr
from hoso.render.markup import lit
from hoso.render.words import deadline


def last_days(definitions: Definitions, checklist: Checklist) -> str:
    """Markdown, a line a day. A document's own day stands before that of the rest, which may have none."""
    return "<br>".join(_lines(definitions, checklist))


def _lines(definitions: Definitions, checklist: Checklist) -> Iterator[str]:
    own: dict[str, list[str]] = {}
    for part, _ in checklist.parts():
        if day := deadline(part.deadline):
            title = definitions.part_title(part)
            with_annexes = isinstance(part, Item) and part.annexes
            told = tr("{title} and its annexes", title=title) if with_annexes else title
            own.setdefault(day, []).append(told)
    whole = deadline(checklist.deadline) or tr("none set")
    for day, titles in own.items():
        yield f"**{lit(day)}**{lit(':')} {lit('; '.join(titles))}"
    yield f"{lit(tr('the rest:'))} {lit(whole)}" if own else f"**{lit(whole)}**"
