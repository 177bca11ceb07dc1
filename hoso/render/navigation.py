"""The navigation of the generated pages, and how it takes its place in one that was written by hand."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from hoso.definitions import Definitions
from hoso.i18n import tr
from hoso.render.kinds import KindsOfUnit
from hoso.render.outlines import outline_title
from hoso.render.pages import (
    BOARDS,
    CHECKLISTS,
    DOCUMENTS,
    GLOSSARY,
    KINDS,
    OUTLINES,
    TERMS,
    Entry,
    board_path,
    checklist_path,
    kind_path,
    outline_path,
    rollup_path,
)  # fmt: skip
from hoso.render.rollups import has_rollup
from hoso.render.words import kind_label
from hoso.text import plain

Nav = list[Any]  # as MkDocs writes it: paths, and mappings of a title to a path or a list


def navigation(made: Definitions) -> dict[str, tuple[Entry, ...]]:
    """Entries that stand for `de-cuong/`, `danh-muc/` and so on in a written navigation; dossiers are not in it."""
    outlines = [Entry(outline_title(outline), outline_path(name)) for name, outline in made.outlines.items()]
    documents = [Entry(tr("Cited documents"), DOCUMENTS)] if made.lists.documents else []
    kinds = [Entry(kind_label(made, kind), kind_path(kind)) for kind in KindsOfUnit(made).names]
    checklists = made.checklists.items()
    return {
        f"{OUTLINES}/": (Entry(tr("All outlines"), f"{OUTLINES}/index.md"), *outlines),
        f"{CHECKLISTS}/": (
            Entry(tr("All checklists"), f"{CHECKLISTS}/index.md"),
            *(Entry(checklist.title, checklist_path(name)) for name, checklist in checklists),
        ),
        f"{KINDS}/": (Entry(tr("What applies to me"), f"{KINDS}/index.md"), *kinds),
        f"{TERMS}/": (Entry(tr("Terms and short forms"), GLOSSARY), *documents),
        f"{BOARDS}/": tuple(one for name in made.checklists for one in _of_checklist(made, name)),
    }


def _of_checklist(made: Definitions, name: str) -> Iterator[Entry]:
    """Who has handed in, then the figures of all."""
    title = made.checklists[name].title
    yield Entry(title, board_path(name))
    if has_rollup(made, name):
        yield Entry(tr("Added up: {checklist}", checklist=title), rollup_path(name))


def titles_of(entries: dict[str, tuple[Entry, ...]]) -> dict[str, str]:
    """What pages are called in the navigation, as HTML."""
    return {one.path: html.escape(plain(one.title)) for some in entries.values() for one in some}


def expanded(nav: Nav, entries: dict[str, tuple[Entry, ...]]) -> Nav:
    """A written navigation in which the names of generated folders are replaced by their pages."""
    out: Nav = []
    for item in nav:
        if not isinstance(item, dict):
            out.append(item)
            continue
        for title, value in item.items():
            made = _as_nav(entries[value]) if isinstance(value, str) and value in entries else value
            if made:
                out.append({title: expanded(made, entries) if isinstance(made, list) else made})
    return out


def _as_nav(entries: tuple[Entry, ...]) -> Nav:
    """Titles are put into HTML as they are."""
    return [{html.escape(plain(one.title)): _as_nav(one.entries) if one.entries else one.path} for one in entries]
