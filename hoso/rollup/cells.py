"""What one unit adds to a cell, and what many units add up to in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from hoso.kinds.compute import Quantity, rounded
from hoso.kinds.spec import canonical

# A figure (`8341`, `94.5`, `1/3`) or `=` and why there is none; `=pending 12` is 12 so far, with more to come.
# `=left_out` stands where a figure is computed and some of what it needs is there, but not all.
Entry = str
Cell = tuple[str, str]  # row and column
STATES = ("nil", "pending", "withheld", "not_applicable", "unclear")
LEFT_OUT = "left_out"
Amount = int | Fraction


class Found(NamedTuple):
    """A figure over units, None where there is none, and what is not in it: figures that are still to come, figures
    that are withheld, and units that a computed figure leaves out since they have not all that it needs."""

    value: Fraction | None = None
    pending: int = 0
    withheld: int = 0
    left_out: int = 0


Lacks = tuple[int, int, int]  # pending, withheld, left out


def entry_of(raw: Any) -> Entry | None:
    """A figure as kept; None for a blank. What is no figure is `=unclear`, so that it is told and not lost."""
    if isinstance(raw, dict):
        absent = raw.get("absent")
        if absent is None:
            return entry_of(raw.get("value"))
        return f"={absent}" if absent in STATES else "=unclear"
    if raw in (None, "", []):
        return None
    return raw if isinstance(raw, str) and canonical(raw) is not None else "=unclear"


def entry_of_quantity(found: Quantity) -> Entry | None:
    """A figure that was computed inside one unit."""
    told = "" if found.value is None else str(found.value)
    if found.pending:
        return f"=pending {told}".rstrip()
    if not found.applies:
        return "=not_applicable"
    return told or None


def amount(text: str) -> Amount:
    try:
        return int(text)
    except ValueError:
        return Fraction(text)


@dataclass(slots=True)
class Tally:
    """A sum over units: how many gave a figure, how many gave none and why. Blanks are what is left of all units."""

    value: Amount = 0
    given: int = 0
    states: Counter[str] = field(default_factory=Counter)
    givers: int = 0  # the marks of the units that gave a figure or nil, added: the same for the same units

    def add(self, entry: Entry, mark: int = 0) -> None:
        if entry[0] != "=":
            self.value += amount(entry)
            self.given += 1
            self.givers += mark
            return
        state, _, so_far = entry[1:].partition(" ")
        self.states[state] += 1
        if state == "nil":
            self.givers += mark
        if so_far:
            self.value += amount(so_far)

    def merge(self, other: Tally) -> None:
        self.value += other.value
        self.given += other.given
        self.givers += other.givers
        self.states.update(other.states)

    @property
    def quantity(self) -> Quantity:
        """The sum as computing sees it: nothing where no unit gave anything."""
        pending = self.states["pending"] + self.states["withheld"]
        known = self.given or self.states["nil"] or self.value
        return Quantity(Fraction(self.value) if known else None, pending)

    @property
    def lacks(self) -> Lacks:
        """Of figures that units wrote, or that are sums of these."""
        return self.states["pending"], self.states["withheld"], 0

    @property
    def lacks_computed(self) -> Lacks:
        return 0, 0, sum(self.states[name] for name in ("pending", "withheld", "unclear", LEFT_OUT))

    def counts(self, units: int) -> dict[str, int]:
        """How many of the units gave a figure, nil, not yet, nothing; then what `absent` consists of."""
        states = self.states
        named = self.given + sum(states.values())
        out = {"value": self.given, "nil": states["nil"], "pending": states["pending"]}
        inner = {"not_applicable": states["not_applicable"], "withheld": states["withheld"],
                 "unclear": states["unclear"], "blank": max(units - named, 0) + states[LEFT_OUT]}  # fmt: skip
        return out | {"absent": sum(inner.values())} | inner


def as_number(value: Fraction | None, decimals: int = 9) -> int | float | None:
    """A figure for JSON and spreadsheets; computed ones rounded half up."""
    if value is None:
        return None
    made = rounded(value, decimals)
    return int(made) if made.denominator == 1 else float(made)
