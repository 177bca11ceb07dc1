"""Picking from a list inside a cell: what is shown as one types, what is chosen."""

from __future__ import annotations

from hoso.text import fold


class Picks:
    """The options of one cell. Typing narrows them, marks and capitals left aside; with `many`, several are chosen."""

    def __init__(self, options: dict[str, str], chosen: list[str], *, many: bool) -> None:
        self.options = options
        self.chosen = [one for one in options if one in chosen]
        self.many = many
        self.query = ""
        self.at = next((place for place, one in enumerate(options) if one in chosen), 0)
        self._shown = list(options)
        self._folded = {option: fold(f"{label} {option}") for option, label in options.items()}

    @property
    def shown(self) -> list[str]:
        """The options that the typed words leave, those that begin with them first."""
        return self._shown

    @property
    def current(self) -> str | None:
        return self._shown[self.at] if self._shown else None

    def narrow(self, query: str) -> None:
        self.query = query
        plain, words = fold(query.strip()), fold(query).split()
        found = [one for one, text in self._folded.items() if all(word in text for word in words)]
        self._shown = sorted(found, key=lambda one: not self._folded[one].startswith(plain))
        self.at = 0

    def move(self, step: int) -> None:
        self.at = max(0, min(self.at + step, len(self._shown) - 1))

    def toggle(self) -> None:
        """Chooses the current option, or takes it off."""
        option = self.current
        if option is None:
            return
        if option in self.chosen:
            self.chosen.remove(option)
        else:
            self.chosen = [one for one in self.options if one in (*self.chosen, option)] if self.many else [option]
        if self.query:
            self.narrow("")
            self.at = self._shown.index(option)

    def settled(self) -> str | list[str] | None:
        """What is kept when the list is closed by Enter or Tab; with words typed, the option they lead to."""
        if self.many:
            if self.query.strip() and self.current is not None and self.current not in self.chosen:
                self.toggle()
            return self.chosen or None
        return self.current
