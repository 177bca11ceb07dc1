"""What can be wrong with a formula."""

from __future__ import annotations

MAX_CHARACTERS = 500
MAX_NODES = 100
MAX_DEPTH = 15

_LIMITS = {
    "formula-too-long": MAX_CHARACTERS,
    "formula-too-large": MAX_NODES,
    "formula-too-deep": MAX_DEPTH,
}


class FormulaError(ValueError):
    """One fault of a formula's text.

    code: "formula-" and syntax · refused · name · unknown-function · arguments · type · division · too-long
        (characters) · too-large (parts) · too-deep.
    offset: of the fault, in characters of the text, from 0.
    params: "formula", the text; "what", the piece at fault ("" at the end of the text; for
        "formula-arguments" the function's name; U+0000 for a character that cannot be shown); "limit", for
        the three bounds.
    """

    def __init__(self, code: str, offset: int, params: dict[str, str]) -> None:
        super().__init__(code, offset, params)
        self.code = code
        self.offset = offset
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} at {self.offset}: {self.params['what']!a}"


class Fault(Exception):  # noqa: N818
    """A fault not yet joined to its text: that of a formula met in a lookup is never taken for our own."""

    def __init__(self, code: str, start: int, end: int, what: str | None = None) -> None:
        super().__init__(code, start, end, what)
        self.code = code
        self.start = start
        self.end = end
        self.what = what

    def within(self, text: str) -> FormulaError:
        what = text[self.start : self.end] if self.what is None else self.what
        params = {"formula": text[:MAX_CHARACTERS], "what": _shown(what)}
        if self.code in _LIMITS:
            params["limit"] = str(_LIMITS[self.code])
        return FormulaError(self.code, self.start, params)


def _shown(piece: str) -> str:
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in piece[:MAX_CHARACTERS])
