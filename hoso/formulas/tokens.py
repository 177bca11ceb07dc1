"""A formula's text cut into tokens.

Python's own tokenizer is not used: it warns about `1or 2`, folds `ﬁ` to `fi`, reads `1e5` as a float, gives
offsets in bytes, and words its errors differently from version to version.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from typing import NamedTuple

from hoso.formulas.faults import Fault

_TOKEN = re.compile(
    r"""
    (?P<space>    [ \t\r\n]+ )
  | (?P<number>   \.?\d [\w.]* (?: (?<=[eE]) [+-]\d+ )? )
  | (?P<refused>  \"\"\" | ''' | (?i: [bfrtu] | [bft]r | r[bft] ) ["'] | \*\*=? | //=? | << | >> | := | -> )
  | (?P<word>     [^\W\d]\w* (?: \.[^\W\d]\w* )* )
  | (?P<text>     " (?: [^"\\\r\n] | \\. )* "  |  ' (?: [^'\\\r\n] | \\. )* ' )
  | (?P<symbol>   <= | >= | == | != | [-<>+*/()\[\],] )
  | (?P<other>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_ESCAPE = re.compile(r"\\(.)")
_WORD_SYMBOLS = {"and", "or", "not", "if", "else", "in"}
_HIDDEN = {"Cc", "Cs", "Zl", "Zp"}


class Token(NamedTuple):
    kind: str  # number · word · text · truth · symbol · end
    value: str  # of a text: without quotes and escapes
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of text, the last of kind "end". Raises Fault for what belongs to no formula."""
    found = [
        _token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "space"
    ]
    return [*found, Token("end", "", len(text), len(text))]


def _token(kind: str, piece: str, start: int) -> Token:
    end = start + len(piece)
    if kind == "other" and piece in "\"'":
        raise Fault("formula-syntax", start, end)
    if kind in ("refused", "other") or (kind == "number" and not _NUMBER.fullmatch(piece)):
        raise Fault("formula-refused", start, end)
    if kind == "word":
        return _word(piece, start)
    if kind == "text":
        return Token(kind, _unquoted(piece, start), start, end)
    return Token(kind, piece, start, end)


def _word(piece: str, start: int) -> Token:
    end = start + len(piece)
    if piece in _WORD_SYMBOLS:
        return Token("symbol", piece, start, end)
    if piece in ("True", "False"):
        return Token("truth", piece, start, end)
    if keyword.iskeyword(piece):
        raise Fault("formula-refused", start, end)
    return Token("word", piece, start, end)


def _unquoted(piece: str, start: int) -> str:
    for index, char in enumerate(piece):
        if unicodedata.category(char) in _HIDDEN:
            raise Fault("formula-refused", start + index, start + index + 1)
    for match in _ESCAPE.finditer(piece):
        if match[1] not in "\\\"'":
            raise Fault("formula-refused", start + match.start(), start + match.end())
    return _ESCAPE.sub(r"\1", piece[1:-1])
