"""The search index of the site: pages that enter by their title only, and what an incremental build left out."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

INDEX = "search/search_index.json"
Docs = dict[str, list[dict[str, Any]]]


class Indexed(NamedTuple):
    """One page as the index knows it: its address, its title if that is all that is searched, whether it was built."""

    url: str
    title: str | None
    built: bool


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
    for url, title, built in pages:
        if title is not None:
            docs.append({"location": url, "title": html.escape(title, quote=False), "text": ""})
        else:
            docs += (made if built else before).get(url, [])
    data["docs"] = docs
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")


def _by_page(docs: Iterable[dict[str, Any]]) -> Docs:
    out: Docs = {}
    for one in docs:
        out.setdefault(str(one["location"]).partition("#")[0], []).append(one)
    return out
