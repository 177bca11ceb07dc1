"""What this user has chosen for good: each choice is a file of one word in the user's own state folder."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from hoso.paths import state_folder


class Kept(NamedTuple):
    """`word` is empty where nothing is chosen; `trouble` names what was there but cannot be used."""

    word: str = ""
    trouble: str = ""


def kept(name: str, words: Collection[str]) -> Kept:
    """What was chosen, if it is one of the words."""
    path = state_folder() / name
    try:
        word = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return Kept()
    except (OSError, UnicodeDecodeError):
        return Kept(trouble=str(path))
    return Kept(word) if word in words or not word else Kept(trouble=str(path))


def keep(name: str, word: str) -> None:
    """Remembers a choice. Raises OSError."""
    from hoso import yamlio

    yamlio.write(state_folder() / name, f"{word}\n")
