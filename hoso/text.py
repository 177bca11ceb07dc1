"""Vietnamese text: composing, folding for search, ordering, widths, figures and days as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

_MARKS = re.compile("[\u0300-\u036f]")
# đ has no decomposition; eth and the African letter are its common look-alikes in old files.
_STROKED_D = str.maketrans("đĐðÐɖƉ", "dddddd")
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_FIGURE = re.compile(r"-?\d{1,99}(\.\d{1,99})?", re.ASCII)
_WORD = re.compile(r"\w\S*")
# Latin with Vietnamese, punctuation, arrows, boxes and signs: a cell each.
_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2190-\u21ff\u2500-\u259f]*")

NUMERALS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
            (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
# The letters Vietnamese documents count with (NĐ 30/2020 runs a, b, c, d, đ, e, g).
LETTERS = "abcdđeghiklmnopqrstuvxy"


# Besides control characters (Python-Markdown marks its own places with U+0002 and U+0003), what turns text around.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
LINES = re.compile(r"\s*[\r\n\u0085\u2028\u2029]+\s*")


def composed(text: str) -> str:
    """The text in NFC."""
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """The text on one line, in NFC, without characters that do not print."""
    return LINES.sub(" ", UNPRINTABLE.sub("", composed(text))).strip()


def tidy(text: str) -> str:
    """What is kept of typed prose: NFC, plain line ends, no tabs, no control characters, no trailing blanks."""
    text = _CONTROL.sub("", _BREAKS.sub("\n", composed(text)).replace("\t", " "))
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


def fold(text: str) -> str:
    """Lower case without marks, đ as d: two texts that fold alike are the same to someone searching."""
    if text.isascii():
        return text.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_STROKED_D)))
    return unicodedata.normalize("NFC", plain).lower()


def brief(text: str) -> str:
    """One line of at most 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"


def slug(text: str) -> str:
    """An ASCII id for addresses: `Đảng viên dự bị & Quý I/2026` gives `dang-vien-du-bi-quy-i-2026`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).encode("ascii", "ignore").decode()).strip("-")


@lru_cache(maxsize=4096)
def sort_key(text: str) -> tuple[object, ...]:
    """Orders as a Vietnamese dictionary does: by letters (a ă â b …), then by tones."""
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        if character in _TONES and letters:
            tones[-1] = _TONES[character]
        elif _MARKS.match(character) and letters:
            whole = unicodedata.normalize("NFC", letters[-1][1] + character)
            letters[-1] = (_ALPHABET.get(whole, 1000 + ord(whole[0])), whole)
        else:
            letters.append((_ALPHABET.get(character, -1 if not character.isalpha() else 1000), character))
            tones.append(0)
    return tuple(letters), tuple(tones)


def cells(text: str) -> int:
    """How many terminal cells the text takes."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth

    width: int = wcswidth(text)
    return width if width >= 0 else len(text)


def clipped(text: str, width: int) -> str:
    """The text cut to so many cells, its end marked by an ellipsis."""
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def count_words(text: str) -> int:
    """Words as Word counts them for Vietnamese: syllables between blanks that hold a letter or a digit."""
    return len(_WORD.findall(text))


def roman(number: int) -> str:
    out = ""
    for value, numeral in NUMERALS:
        while number >= value:
            out, number = out + numeral, number - value
    return out


def letter(number: int) -> str:
    """The n-th letter that Vietnamese documents count with, from 1; after y come aa, ab …"""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, len(LETTERS))
        out = LETTERS[rest] + out
    return out


def shown_number(figure: str | Decimal, decimals: int | None = None) -> str:
    """A canonical figure (`8341`, `94.5`) as Vietnamese readers write it (`8.341`, `94,5`).

    What is not a figure comes back as it is. `decimals` pads with zeros and never cuts."""
    if isinstance(figure, str) and not _FIGURE.fullmatch(figure):
        return figure
    value = Decimal(figure)
    if not value.is_finite():
        return str(figure)
    whole, _, part = f"{value:f}".partition(".")
    if decimals is not None:
        part = part.ljust(decimals, "0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{grouped},{part}" if part else sign + grouped


def shown_day(day: date | str) -> str:
    """`05/12/2021`; a month `12/2021`, a year `2021`."""
    return "/".join(reversed(str(day).split("-")))


def shown_size(size: int) -> str:
    """A file's size in the largest decimal unit that leaves a whole part: `842 B`, `1,2 MB`."""
    amount, measure = Decimal(size), "B"
    for larger in ("kB", "MB", "GB"):
        if amount < 1000:
            break
        amount, measure = amount / 1000, larger
    return f"{shown_number(amount.quantize(Decimal(1 if measure == 'B' else '0.1')))} {measure}"
