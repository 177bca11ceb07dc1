"""Reading the files of a dossier: the shape of each, with every problem noted at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hoso import yamlio
from hoso.definitions.files import version_problem
from hoso.dossiers import Dossier
from hoso.problems import named, nearest, problem
from hoso.text import tidy
from hoso.yamlio import Document


def open_file(dossier: Dossier, folder: str, name: str, known: set[str]) -> tuple[Document | None, dict[str, Any]]:
    # Paths are put together as text: a Path for each of ten thousand files would be felt.
    document, problems = yamlio.read(f"{folder}/{name}", f"{dossier.path}/{name}")
    dossier.problems += problems
    if document is None:
        return None, {}
    found = version_problem(document)
    if found is not None:
        dossier.problems.append(found)
        return document, {}
    data: dict[str, Any] = document.data
    for key in data:
        if key not in known:
            place = document.place((key,), of_key=True)
            words = {"name": key, "nearest": nearest(key, known), "known": ", ".join(sorted(known))}
            dossier.problems.append(problem("key-unknown", document.path, key, place, **words))
    return document, data


class Noter:
    """Notes problems of one file; reads a mapping or notes that it is none."""

    def __init__(self, dossier: Dossier, document: Document) -> None:
        self.dossier = dossier
        self.document = document

    def __call__(self, code: str, loc: tuple[str | int, ...], **params: object) -> None:
        key, place = ".".join(map(str, loc)), self.document.place(loc, of_key=code == "key-unknown")
        self.dossier.problems.append(problem(code, self.document.path, key, place, **params))

    def mapping(self, data: Any, loc: tuple[str | int, ...]) -> Mapping[str, Any]:
        if data is None or isinstance(data, dict):
            return data or {}
        self("not-a-mapping", loc, found=named(data))
        return {}

    def text(self, data: Any, loc: tuple[str | int, ...]) -> str:
        """Reads a text without control characters, empty where there is none, or notes that it is none."""
        if data is None or isinstance(data, str):
            return tidy(data or "")
        self("not-text", loc, found=named(data))
        return ""


def strange_keys(note: Noter, loc: tuple[str | int, ...], kept: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for name in (name for name in kept if name not in known):
        note("key-unknown", (*loc, name), name=name, nearest=nearest(name, known), known=", ".join(known))
