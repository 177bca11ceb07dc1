"""Values as a formula works with them: figures are exact, whole ones `int`, others `Fraction`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction

Value = Decimal | Fraction | str | bool | None | Sequence["Value"]
Number = int | Fraction
Exact = int | Fraction | str | bool | None

NUMBERS = (int, Fraction)
_NUMERIC_TEXT = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")
_MAX_DIGITS = 100
_UNROUNDED = Context(prec=1_000_000, Emax=MAX_EMAX, Emin=MIN_EMIN)


def exact(value: object) -> Exact:
    """A value that was looked up; "" is a blank. Raises TypeError for a list, a float, NaN, a huge figure."""
    if value is None or type(value) is bool:
        return value
    if isinstance(value, str):
        return value or None
    if isinstance(value, Decimal):
        return _from_decimal(value)
    if isinstance(value, NUMBERS):
        return value
    raise TypeError(value)


def _from_decimal(value: Decimal) -> Number:
    if not value:
        return 0
    if not value.is_finite() or abs(value.adjusted()) > _MAX_DIGITS:
        raise TypeError(value)
    above, below = value.as_integer_ratio()
    return above if below == 1 else Fraction(above, below)


def flat(value: object) -> Iterator[Exact]:
    """The values of a column, or the single value, blanks left out."""
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from flat(part)
    elif (single := exact(value)) is not None:
        yield single


def outward(value: Exact) -> Decimal | Fraction | str | bool | None:
    """A result as callers see it: a Decimal, or a Fraction where no Decimal is equal to it (1/3)."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return Decimal(value)
    twos = (value.denominator & -value.denominator).bit_length() - 1
    rest, fives = value.denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return value
    places = max(twos, fives)
    scaled = value.numerator * (10**places // value.denominator)
    return Decimal(scaled).scaleb(-places, _UNROUNDED)


def divided(above: Number, below: Number) -> Number | None:
    return None if below == 0 else Fraction(above) / below


def rounded(value: Number, digits: int) -> Number:
    """Half up; a negative figure mirrors the positive one (-2.5 is -3), as decimal.ROUND_HALF_UP does."""
    unit = Fraction(f"1e{-digits}")
    size = value if value >= 0 else -value
    units = math.floor(size / unit + Fraction(1, 2)) * unit
    return units if value >= 0 else -units


def same(left: Exact, right: Exact) -> bool:
    """Whether two values, no blanks, are equal. Text equals a figure when it spells it: "2018" and 2018."""
    if type(left) is bool or type(right) is bool:
        return left is right
    if isinstance(left, str) is isinstance(right, str):
        return left == right
    text, figure = (left, right) if isinstance(left, str) else (right, left)
    return bool(_NUMERIC_TEXT.fullmatch(str(text))) and Fraction(str(text)) == figure
