"""Language and colours as this user has chosen them: read at the start, kept when chosen."""

from __future__ import annotations

from hoso import i18n, preferences
from hoso.causes import cause
from hoso.i18n import LANGUAGES, mark, tr
from tui.themes import CONTRAST, DARK, LIGHT

THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
COLOURS = {"dark": mark("Dark colours"), "light": mark("Light colours"), "contrast": mark("High contrast")}


def colours() -> str:
    """The colours as last chosen, else dark ones."""
    return preferences.kept("colours", THEMES).word or "dark"


def unreadable() -> str:
    """What to say of choices that were kept but cannot be read; empty if all can."""
    troubles = [preferences.kept(name, words).trouble for name, words in (("language", LANGUAGES), ("colours", THEMES))]
    told = ", ".join(filter(None, troubles))
    words = tr("Your choice of language or colours cannot be read ({files}). Choose again under ^P.", files=told)
    return words if told else ""


def dress(name: str) -> str:
    """Keeps other colours; gives what to say of it."""
    return _kept("colours", name) or tr("{choice}: kept for the next time too.", choice=tr(COLOURS[name]))


def speak(language: str) -> str:
    """Speaks another language from now on and keeps that; gives what to say of it."""
    i18n.use(language)
    # Each catalogue speaks of itself: the Vietnamese one says "Vietnamese" here.
    trouble = _kept("language", language)
    if trouble:
        return trouble
    if i18n.told() not in ("", language):
        return tr("English until the end; HOSO_LANGUAGE asks for another language the next time.")
    return tr("English from now on, and the next time too.")


def _kept(name: str, word: str) -> str:
    try:
        preferences.keep(name, word)
    except OSError as error:
        return tr("That holds until the end; it could not be kept: {why}", why=cause(error))
    return ""
