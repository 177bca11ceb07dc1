"""The search index of the site: pages that enter by their title only, and what an incremental build left out."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

INDEX = "search/search_index.json"
# Dossiers are many and all of one checklist carry its words, so they come after the pages that explain something.
_BOOST = 0.1
Docs = dict[str, list[dict[str, Any]]]


class Title(NamedTuple):
    """What is searched of a page that is not searched whole: whose it is, and what it is about."""

    name: str
    about: str


class Indexed(NamedTuple):
    """One page as the index knows it: its address, whether it was built, and its title where only that is searched."""

    url: str
    built: bool
    title: Title | None


def docs_of(folder: Path) -> Docs:
    """The entries of an index by the page they belong to; none where there is no index."""
    try:
        kept = json.loads((folder / INDEX).read_text(encoding="utf-8"))["docs"]
    except (OSError, ValueError, KeyError):
        return {}
    return _by_page(kept)


def complete(folder: Path, pages: Iterable[Indexed], before: Mapping[str, list[dict[str, Any]]]) -> None:
    """Puts the index that the search plugin wrote into the order of the pages, with the entries that it left out.

    What comes out is the same after a full and after an incremental build."""
    path = folder / INDEX
    if not path.is_file():
        return
    data = json.loads(path.read_text(encoding="utf-8"))
    made = _by_page(data["docs"])
    docs: list[dict[str, Any]] = []
    for url, built, title in pages:
        if title is not None:
            name, about = (html.escape(text, quote=False) for text in title)
            docs.append({"location": url, "title": name, "text": about, "boost": _BOOST})
        else:
            docs += (made if built else before).get(url, [])
    data["docs"] = docs
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")


def _by_page(docs: Iterable[dict[str, Any]]) -> Docs:
    out: Docs = {}
    for one in docs:
        out.setdefault(str(one["location"]).partition("#")[0], []).append(one)
    return out
