"""Ids given twice where they have to differ. Works on what stands in the file, however wrong the rest is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hoso.definitions.reading import address
from hoso.i18n import tr
from hoso.kinds.columns import MAX_GENERATED, Lists, generated_id, generated_values, span
from hoso.problems import Problem, problem
from hoso.yamlio import Document

Loc = tuple[str | int, ...]
Named = tuple[str, Loc]  # an id, and where it stands

_LISTS = ("asks", "checks", "criteria", "fields", "groups", "options", "to")


def duplicates(document: Document, lists: Lists) -> list[Problem]:
    """One problem for each id that another of the same scope has already."""
    if not isinstance(document.data, dict):
        return []
    scopes: list[Iterable[Named]] = [
        _section_ids(document.data.get("sections"), ("sections",)),
        _item_ids(document.data.get("items")),
        *_scopes(document.data, (), lists),
    ]
    return [found for scope in scopes for found in _repeated(document, scope)]


def _repeated(document: Document, ids: Iterable[Named]) -> Iterator[Problem]:
    first: dict[str, Loc] = {}
    told: set[Loc] = set()
    for name, loc in ids:
        before = first.setdefault(name, loc)
        if before is not loc and loc not in told:
            told.add(loc)
            yield _twice(document, name, loc, before)


def _twice(document: Document, name: str, loc: Loc, before: Loc) -> Problem:
    key, place, line = address(document.data, loc), document.place(loc), document.place(before)[0]
    value, own = name.rpartition(".")[2], {}
    if loc == before:
        own = {"own_remedy": tr("Let “{{}}” stand in the id for each value, such as “{value}_{{}}”.", value=value)}
    return problem("id-duplicate", document.path, key, place, value=value, first=line, **own)


def _entries(data: object) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(data, list):
        yield from (
            (place, entry)
            for place, entry in enumerate(data)
            if isinstance(entry, dict) and isinstance(entry.get("id"), str)
        )


def _section_ids(data: object, loc: Loc) -> Iterator[Named]:
    for place, section in _entries(data):
        yield section["id"], (*loc, place, "id")
        yield from _section_ids(section.get("sections"), (*loc, place, "sections"))


def _item_ids(data: object) -> Iterator[Named]:
    for place, item in _entries(data):
        yield item["id"], ("items", place, "id")
        for inner, annex in _entries(item.get("annexes")):
            yield annex["id"], ("items", place, "annexes", inner, "id")


def _scopes(data: object, loc: Loc, lists: Lists) -> Iterator[Iterable[Named]]:
    """Every list of entries with ids, but sections and items, whose ids have to differ across lists."""
    if isinstance(data, dict):
        if data.get("type") == "table":
            yield _column_ids(data.get("columns"), (*loc, "columns"), "", lists)
            yield _row_ids(data.get("rows"), (*loc, "rows"), "", lists)
        for key, value in data.items():
            if key in _LISTS or loc == ("lists",):
                yield [(entry["id"], (*loc, key, place, "id")) for place, entry in _entries(value)]
            yield from _scopes(value, (*loc, key), lists)
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _scopes(value, (*loc, place), lists)


def _column_ids(data: object, loc: Loc, prefix: str, lists: Lists) -> Iterator[Named]:
    """The whole names of a table's columns: a group with an id joins its columns' names."""
    if isinstance(data, dict):
        yield from _generated(data, loc, prefix, lists)
    for place, entry in enumerate(data) if isinstance(data, list) else ():
        here = (*loc, place)
        if not isinstance(entry, dict):
            continue
        name = entry.get("id")
        if "columns" in entry:
            inner = f"{prefix}{name}." if isinstance(name, str) else prefix
            yield from _column_ids(entry["columns"], (*here, "columns"), inner, lists)
        elif "each" in entry:
            yield from _generated(entry, here, prefix, lists)
        elif isinstance(name, str):
            yield prefix + name, (*here, "id")


def _row_ids(data: object, loc: Loc, prefix: str, lists: Lists) -> Iterator[Named]:
    if isinstance(data, dict) and "open" not in data:
        yield from _generated(data, loc, prefix, lists)
    for place, row in _entries(data):
        name = prefix + row["id"]
        yield name, (*loc, place, "id")
        yield from _row_ids(row.get("rows"), (*loc, place, "rows"), f"{name}.", lists)


def _generated(entry: dict[str, Any], loc: Loc, prefix: str, lists: Lists) -> Iterator[Named]:
    each, pattern = entry.get("each"), entry.get("id", "{}")
    if not isinstance(each, str) or not isinstance(pattern, str) or not 0 <= (span(each) or 0) < MAX_GENERATED:
        return
    names = [prefix + generated_id(pattern, value) for value, _ in generated_values(each, lists)]
    for name in dict.fromkeys(names) if "{}" in pattern else names:
        yield name, (*loc, "id" if "id" in entry else "each")
