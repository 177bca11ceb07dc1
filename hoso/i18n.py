"""The words of hoso in the reader's language. Messages stand in the code in English and are looked up by it."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hoso.plurals import of_one
from hoso.preferences import kept

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("vi", "en")
_language = _of_reader = "vi"


def use(language: str) -> None:
    """Chooses the language of all that is worded from now on: `vi` or `en`."""
    global _language, _of_reader
    _language = _of_reader = of_pages(language)


def language() -> str:
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language for what is written, for as long as this lasts: pages, files."""
    global _language
    before, _language = _language, of_pages(language)
    try:
        yield
    finally:
        _language = before


@contextmanager
def to_reader() -> Iterator[None]:
    """The language of whoever is told something, while pages are written in another."""
    with speaking(_of_reader):
        yield


def of_pages(workspace: str | None) -> str:
    """Of pages and of files that are made: the workspace's own, else Vietnamese, whoever makes them."""
    return workspace if workspace in LANGUAGES else "vi"


def for_reader(workspace: str | None = None) -> str:
    """Of screens and messages: HOSO_LANGUAGE, else what this user has chosen, else that of the workspace."""
    return of_pages(told() or kept("language", LANGUAGES).word or workspace)


def told() -> str:
    """HOSO_LANGUAGE, which goes before every other choice of a reader; empty if it is not set."""
    return os.environ.get("HOSO_LANGUAGE", "")


def tr(message: str, /, **params: object) -> str:
    """The message in the chosen language, its `{names}` filled in. Parameters are never read as templates."""
    worded = template(message)
    if _language == "en" and (ones := frozenset(name for name, value in params.items() if value in (1, "1"))):
        worded = of_one(worded, ones)
    return worded.format_map(params)


def template(message: str) -> str:
    """The message in the chosen language, its `{names}` left as they are."""
    return _catalogue(_language).gettext(message)


def mark(message: str) -> str:
    """Marks a message that is worded later, by `tr`, where it is shown."""
    return message


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("hoso", LOCALES, languages=[language], fallback=True)
