"""What a workspace lets its site show although the guard found it: `allow:` in hoso.yaml, for texts of definitions and
of pages written by hand. An allowance holds for one text at one place; another text there stops the site again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hoso.problems import Problem, named, nearest, problem
from hoso.text import composed
from hoso.yamlio import Document, digest

NAME = "allow"


class Allowance(NamedTuple):
    """`path` and `key` as a finding tells them, `text` the fingerprint of what stands there."""

    path: str
    text: str
    reason: str
    key: str = ""


_NEEDED = ("path", "text", "reason")


def fingerprint(text: str) -> str:
    """Twelve hexadecimal digits that stand for a text; how its accents are encoded makes no difference."""
    return digest(composed(text).strip().encode())[:12]


def reason_for(allowed: Sequence[Allowance], path: str, key: str, text: str) -> str | None:
    """Why this text may be shown at this place; None where nobody allowed it."""
    seen = fingerprint(text)
    return next((one.reason for one in allowed if (one.path, one.key, one.text) == (path, key, seen)), None)


def read_allowances(document: Document) -> tuple[list[Allowance], list[Problem]]:
    """Those that are written whole; what is wrong with the others is told, and they allow nothing."""
    given = document.data.get(NAME) if isinstance(document.data, Mapping) else None
    if given is None:
        return [], []
    if not isinstance(given, list):
        return [], [problem("not-a-list", document.path, NAME, document.place((NAME,)), found=named(given))]
    made: list[Allowance] = []
    problems: list[Problem] = []
    for place, one in enumerate(given):
        wrong = _problems(document, place, one)
        problems += wrong
        if not wrong:
            made.append(Allowance(**one))
    return made, problems


def _problems(document: Document, place: int, one: object) -> list[Problem]:
    key, where = f"{NAME}.{place}", document.place((NAME, place))
    if not isinstance(one, Mapping):
        return [problem("not-a-mapping", document.path, key, where, found=named(one))]
    known = ", ".join(Allowance._fields)
    out = [
        problem("key-unknown", document.path, f"{key}.{name}", document.place((NAME, place, name), of_key=True),
                name=name, nearest=nearest(str(name), Allowance._fields), known=known)
        for name in one if name not in Allowance._fields
    ]  # fmt: skip
    out += [
        problem("key-missing", document.path, key, where, name=name)
        for name in _NEEDED if not (isinstance(one.get(name), str) and one[name].strip())
    ]  # fmt: skip
    key_given = one.get("key", "")
    return out if isinstance(key_given, str) else [*out, problem("key-missing", document.path, key, where, name="key")]
