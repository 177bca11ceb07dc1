"""A page, an entry of the navigation, and where which page lies."""

from __future__ import annotations

import html
import json
import posixpath
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from hoso.text import plain, slug
from hoso.yamlio import digest

Search = Literal["whole", "title"]

OUTLINES, CHECKLISTS, BOARDS, DOSSIERS = "de-cuong", "danh-muc", "tinh-hinh", "ho-so"
ROLLUPS = "tong-hop"
DOCUMENTS = f"{OUTLINES}/van-ban.md"
KINDS, TERMS = "don-vi", "thuat-ngu"
GLOSSARY = f"{TERMS}/index.md"
# Pages that are made of definitions alone.
DEFINED = (OUTLINES, CHECKLISTS, KINDS, TERMS)
GENERATED = (*DEFINED, BOARDS, DOSSIERS, ROLLUPS)
ROWS_A_PAGE = 200
# Who searches looks for guidance first: what is asked, then how it is written, then who has handed in.
_BOOSTS = {CHECKLISTS: 4, OUTLINES: 3, KINDS: 2, ROLLUPS: 0.5}


class Said(NamedTuple):
    """A text that a page shows, and the file and key it comes from."""

    path: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` from the root of the pages, `title` plain, `body` Markdown that begins with its heading."""

    path: str
    title: str
    body: str
    in_nav: bool = True
    search: Search = "whole"
    said: tuple[Said, ...] = ()
    hide: tuple[str, ...] = ()

    @property
    def meta(self) -> dict[str, Any]:
        """What themes are told of the page. They put a title into HTML as it is, so it is escaped here."""
        made: dict[str, Any] = {"title": html.escape(plain(self.title))}
        if self.search == "title":
            made["search"] = {"exclude": True}
        elif boost := _BOOSTS.get(self.path.partition("/")[0]):
            made["search"] = {"boost": boost}
        if self.hide:
            made["hide"] = list(self.hide)
        return made

    @property
    def markdown(self) -> str:
        """The whole file, `meta` before the body."""
        head = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in self.meta.items())
        return "\n".join(["---", *head, "---", "", self.body.rstrip("\n"), ""])

    @property
    def digest(self) -> str:
        return digest(self.markdown.encode())


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation: a page, or a heading over further entries."""

    title: str
    path: str = ""
    entries: tuple[Entry, ...] = ()


def outline_path(name: str) -> str:
    return f"{OUTLINES}/{_beside(name, 'index', 'van-ban')}.md"


def checklist_path(name: str) -> str:
    return f"{CHECKLISTS}/{_beside(name, 'index')}.md"


def _beside(name: str, *taken: str) -> str:
    """A definition may be called like a page of ours; no id of a file has an underscore."""
    return f"{name}_" if name in taken else name


def kind_path(kind: str) -> str:
    return f"{KINDS}/loai-{kind.replace('_', '-')}.md"


def units_path(number: int = 1) -> str:
    return f"{KINDS}/index.md" if number == 1 else f"{KINDS}/trang-{number}.md"


def board_path(name: str, number: int = 1) -> str:
    """Boards are cut into pages, so that one changed dossier never means thousands of rows to be made anew."""
    return f"{BOARDS}/{name}.md" if number == 1 else f"{BOARDS}/{name}/trang-{number}.md"


def rollup_path(name: str) -> str:
    return f"{ROLLUPS}/{name}.md"


def dossier_path(checklist: str, unit: str) -> str:
    return f"{DOSSIERS}/{checklist}/{unit}.md"


def section_anchor(section: str) -> str:
    """Ids of sections never meet those of other headings, which have no `muc-` before them."""
    return f"muc-{section.replace('_', '-')}"


def document_anchor(name: str) -> str:
    return f"vb-{slug(name)}"


def relative(target: str, page: str) -> str:
    """The address of a page (with or without an anchor) as seen from another."""
    return _from_folder(target, posixpath.dirname(page))


@lru_cache(maxsize=4096)
def _from_folder(target: str, folder: str) -> str:
    path, mark, anchor = target.partition("#")
    return posixpath.relpath(path, folder or ".") + mark + anchor
