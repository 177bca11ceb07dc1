"""The search index of the site: pages that enter by their title only, and what an incremental build left out."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hoso.text import plain

INDEX = "search/search_index.json"
_SCRIPTS = "assets/javascripts/lunr/"
# Where both match alike, a page that explains comes before dossiers; who types a unit's name finds its dossier.
_BOOST = 0.9
Docs = dict[str, list[dict[str, Any]]]


class Title(NamedTuple):
    """What is searched of a page that is not searched whole: whose it is, and what it is about."""

    name: str
    about: str


class Indexed(NamedTuple):
    """One page as the index knows it: its address, whether it was built, its title where only that is searched, and
    the word that results carry."""

    url: str
    built: bool
    title: Title | None
    label: str


def unused(files: Iterable[str], languages: Sequence[str]) -> list[str]:
    """Scripts of the theme for other languages: no page asks for them, and each has a licence of its own."""
    needed = {f"{_SCRIPTS}min/lunr.{name}.min.js" for name in (*languages, "stemmer.support", "multi")}
    return [name for name in files if name.startswith(_SCRIPTS) and name not in needed] if "vi" in languages else []


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
    for url, built, title, label in pages:
        if title is not None:
            name, about = map(_text, title)
            docs.append({"location": url, "title": name, "text": about, "boost": _BOOST, "tags": [_text(label)]})
        else:
            docs += _labelled(made.get(url, []), label) if built else before.get(url, [])
    data["docs"] = docs
    # Labels are shown and not searched, or "ho so" would find every dossier before anything else.
    data["config"].get("fields", {}).pop("tags", None)
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")


def _labelled(docs: list[dict[str, Any]], label: str) -> list[dict[str, Any]]:
    """The entry of the page itself, which comes before those of its headings, carries the label."""
    return [docs[0] | {"tags": [_text(label), *docs[0].get("tags", ())]}, *docs[1:]] if docs else []


def _text(text: str) -> str:
    """The theme puts what it shows into HTML as it is."""
    return html.escape(plain(text), quote=False)


def _by_page(docs: Iterable[dict[str, Any]]) -> Docs:
    out: Docs = {}
    for one in docs:
        out.setdefault(str(one["location"]).partition("#")[0], []).append(one)
    return out
