"""Words typed where none belong: told once, and what else is typed of such a word marks nothing."""

from __future__ import annotations

from time import monotonic

QUIET = 3.0  # seconds for which the same is not told again
_WORD = 1.0  # seconds after a letter for which a blank, a digit or an x belongs to the same words


class Stray:
    """The letters that one widget has refused."""

    def __init__(self) -> None:
        self._told_at = self._letter_at = float("-inf")

    def letter(self) -> bool:
        """Notes a refused letter; gives whether that is to be told."""
        self._letter_at = monotonic()
        if self._letter_at - self._told_at <= QUIET:
            return False
        self._told_at = self._letter_at
        return True

    def goes_on(self) -> bool:
        """Whether what is typed now belongs to a word that was refused."""
        return monotonic() - self._letter_at < _WORD
