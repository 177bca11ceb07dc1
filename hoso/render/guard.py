"""The guard: what looks like a credential or points to a person stops the site from being built.

It knows mailboxes, passwords, telephone and identity numbers, and names on forms. A finding says where, never what:
the log of a build is often public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from hoso import yamlio
from hoso.allowances import Allowance, fingerprint, reason_for
from hoso.dossiers import Waiver
from hoso.i18n import to_reader, tr
from hoso.problems import Level, Place, Problem, problem
from hoso.render.pages import Said
from hoso.render.revealing import kinds as kinds
from hoso.yamlio import Document

CODE, WRITTEN, UNREAD = "publish-secret", "publish-secret-written", "publish-unread"
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*\n)[^\n]+)*")


def findings(said: Iterable[Said], waivers: Sequence[Waiver] = ()) -> list[Problem]:
    """What may not be published; waived findings come back as waived."""
    found: dict[tuple[str, str, str, str], Problem] = {}
    for path, key, text in said:
        for name in kinds(text):
            seen = fingerprint(text)
            made = problem(CODE, path, key, what=_worded(name), key=key, text=seen)
            waiver = next((one for one in waivers if one.covers(made) and one.text in ("", seen)), None)
            found.setdefault((path, key, name, seen), made.waive(waiver.reason) if waiver else made)
    return list(found.values())


def placed(root: Path, found: Problem) -> Problem:
    """A finding in a dossier with its line and column: where the very text stands, else its answer."""
    document, _ = yamlio.read(root / found.path, found.path) if found.path.endswith(".yaml") else (None, [])
    if found.line is not None or document is None:
        return found
    is_list = PurePosixPath(found.path).stem == "dossier"
    key = ("attachments", found.key) if is_list else ("answers", *found.key.split(".")[1:])
    from_line = document.place(key)[0] or 1
    telling = [place for place, text in document.scalars() if found.params["what"] in map(_worded, kinds(text))]
    after = [place for place in telling if place[0] >= from_line]
    line, column = next(iter(after or telling), document.place(key))
    return replace(found, line=line, column=column)


def stops(problems: Iterable[Problem]) -> list[Problem]:
    """The findings that stop a build."""
    return [one for one in problems if one.level is Level.ERROR and one.waived is None]


def definition_findings(documents: Iterable[Document], allowed: Sequence[Allowance] = ()) -> list[Problem]:
    """The same for everything that stands in definitions, with its place; `allowed` as hoso.yaml says."""
    return [
        found
        for document in documents
        for loc, text, of_key in _texts(document.data, ())
        for found in _written(
            document.path,
            ".".join(map(str, loc)),
            text,
            allowed,
            lambda: document.place(loc, of_key=of_key),  # noqa: B023
        )
    ]


def page_findings(path: str, text: str, allowed: Sequence[Allowance] = ()) -> list[Problem]:
    """The same for a page written by hand, paragraph by paragraph."""
    out: list[Problem] = []
    for found in _PARAGRAPH.finditer(text):
        place = (text.count("\n", 0, found.start()) + 1, 1)
        out += _written(path, "", found[0], allowed, lambda: place)  # noqa: B023
    return out


def _worded(kind: str) -> str:
    """For whoever builds the site, whatever language its pages are in."""
    with to_reader():
        return tr(kind)


def _written(
    path: str, key: str, text: str, allowed: Sequence[Allowance], place: Callable[[], Place]
) -> Iterator[Problem]:
    for name in kinds(text):
        words = {"what": _worded(name), "path": path, "key": key, "text": fingerprint(text)}
        made = problem(WRITTEN, path, key, place(), **words)
        reason = reason_for(allowed, path, key, text)
        yield made.waive(reason) if reason is not None else made


def _texts(data: Any, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    """Every text and every key, with where it stands and whether it is a key."""
    if isinstance(data, str):
        yield loc, data, False
    elif isinstance(data, dict):
        for name, value in data.items():
            yield (*loc, name), name, True
            yield from _texts(value, (*loc, name))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _texts(value, (*loc, place))
