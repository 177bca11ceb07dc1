"""The guard: what looks like a credential or points to a person stops the site from being built.

It knows mailboxes, passwords, telephone and identity numbers, and names on forms. A finding says where, never what:
the log of a build is often public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from hoso.allowances import Allowance, fingerprint, reason_for
from hoso.dossiers import Waiver
from hoso.i18n import mark, tr
from hoso.problems import Level, Place, Problem, problem
from hoso.render.pages import Said
from hoso.text import composed, fold
from hoso.yamlio import Document

CODE, WRITTEN = "publish-secret", "publish-secret-written"

# What none of the rules below could find anything in is passed over quickly.
_WORTH_A_LOOK = re.compile(r"@|\(at\)|\[at\]|\d[\d .()\u00a0-]{7,}\d|kh[ẩa]u|pass|pwd|t[êe]n", re.IGNORECASE)
_MAILBOX = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PASSWORD = re.compile(
    r"(?:mat\s*khau|password|passwd|passcode|\bpwd|\bpass)\b[^\S\n]*"
    r"(?:[:=][^\S\n]*\n?[^\S\n]*[\"'“‘`*(]*(?=\S*\w)[^\s.…_]\S*"
    r"|(?:(?:la|is|-|–)\s+)?[\"'“‘`*(]*(?=\S*\d)(?=\S*[a-z!@#$%^&*])\S{4,})"
)
_IDENTITY = re.compile(r"(?<![\d.,/-])(?:\d{12}|0\d{2}(?:[ .]\d{3}){3})(?![\d/]|[.,]\d)")
_TELEPHONE = re.compile(r"(?<![\w.,/+-])\(?(?:\+?84|0)\)?(?:[ .()\u00a0-]{0,2}\d){9,10}(?![\w/]|[.,]\d)")
_LINES_OF_NAMES = re.compile(
    r"^[\W\d]*(?:ho\s*(?:va|,)?\s*(?:chu\s+dem\s+(?:va\s+)?)?ten|full name)\b[^:\n]{0,40}:"
    r"[^\S\n]*(?=[^\n]*[^\W\d_])[^\s.…_:][^\n]*",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*\n)[^\n]+)*")
_CALLING = re.compile(r"(?:dien thoai|di dong|\bs?dt|phone|tel|zalo|hotline|lien he)\W*(?:\w+\W+){0,2}$")


def _telephones(text: str) -> bool:
    return any(_is_telephone(found, text) for found in _TELEPHONE.finditer(text))


def _is_telephone(found: re.Match[str], text: str) -> bool:
    digits = re.sub(r"\D", "", found[0])
    digits = "0" + digits.removeprefix("84").lstrip("0") if not digits.startswith("0") else digits
    if not re.fullmatch(r"0[35789]\d{8}|02\d{8,9}|01\d{9}", digits):
        return False
    groups = re.findall(r"\d+", found[0])
    # Pairs of digits may as well be a row of figures (03 04 05 …), so they need a word before them.
    return any(len(group) > 2 for group in groups) or _CALLING.search(fold(text[: found.start()][-40:])) is not None


_RULES: Sequence[tuple[str, Callable[[str, str], bool]]] = (
    (mark("a mailbox address"), lambda text, _: _MAILBOX.search(text) is not None),
    (mark("a password"), lambda _, folded: _PASSWORD.search(folded) is not None),
    (mark("an identity number"), lambda text, _: _IDENTITY.search(text) is not None),
    (mark("a telephone number"), lambda text, _: _telephones(text)),
    (mark("a person's name"), lambda _, folded: _LINES_OF_NAMES.search(folded) is not None),
)


def kinds(text: str) -> list[str]:
    """What a text gives away, in English words that are marked for translation."""
    text = composed(text)
    if not _WORTH_A_LOOK.search(text):
        return []
    folded = fold(text)
    return [name for name, holds in _RULES if holds(text, folded)]


def findings(said: Iterable[Said], waivers: Sequence[Waiver] = ()) -> list[Problem]:
    """What may not be published; waived findings come back as waived."""
    found: dict[tuple[str, str, str], Problem] = {}
    for path, key, text in said:
        for name in kinds(text):
            made = problem(CODE, path, key, what=tr(name))
            waiver = next((one for one in waivers if one.covers(made)), None)
            found.setdefault((path, key, name), made.waive(waiver.reason) if waiver else made)
    return list(found.values())


def stops(problems: Iterable[Problem]) -> list[Problem]:
    """The findings that stop a build."""
    return [one for one in problems if one.level is Level.ERROR and one.waived is None]


def definition_findings(documents: Iterable[Document], allowed: Sequence[Allowance] = ()) -> list[Problem]:
    """The same for everything that stands in definitions, with its place; `allowed` as hoso.yaml says."""
    return [
        found
        for document in documents
        for loc, text in _texts(document.data, ())
        for found in _written(document.path, ".".join(map(str, loc)), text, allowed, lambda: document.place(loc))  # noqa: B023
    ]


def page_findings(path: str, text: str, allowed: Sequence[Allowance] = ()) -> list[Problem]:
    """The same for a page written by hand, paragraph by paragraph."""
    out: list[Problem] = []
    for found in _PARAGRAPH.finditer(text):
        place = (text.count("\n", 0, found.start()) + 1, 1)
        out += _written(path, "", found[0], allowed, lambda: place)  # noqa: B023
    return out


def _written(
    path: str, key: str, text: str, allowed: Sequence[Allowance], place: Callable[[], Place]
) -> Iterator[Problem]:
    for name in kinds(text):
        words = {"what": tr(name), "path": path, "key": key, "text": fingerprint(text)}
        made = problem(WRITTEN, path, key, place(), **words)
        reason = reason_for(allowed, path, key, text)
        yield made.waive(reason) if reason is not None else made


def _texts(data: Any, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _texts(name, (*loc, name))
            yield from _texts(value, (*loc, name))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _texts(value, (*loc, place))
