"""Which method this user has switched on: off, Telex, VNI. Kept in the user's own state."""

from __future__ import annotations

from contextlib import suppress

from hoso import preferences
from tui.typing.methods import METHODS, Method

_FILE = "typing"
_ORDER: tuple[str, ...] = ("", *METHODS)


def chosen() -> Method | None:
    """The method as last chosen; none where nothing of the kind is kept."""
    return METHODS.get(preferences.kept(_FILE, METHODS).word)


def after(method: Method | None) -> Method | None:
    """The one that the key switches to: off → Telex → VNI → off."""
    at = _ORDER.index(method.id if method else "")
    return METHODS.get(_ORDER[(at + 1) % len(_ORDER)])


def keep(method: Method | None) -> None:
    """Remembers the choice; where that cannot be written it holds until the end."""
    with suppress(OSError):
        preferences.keep(_FILE, method.id if method else "")
