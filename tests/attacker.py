"""An outsider with the built pages in hand: every figure shown becomes an equation over what units wrote, and whatever
follows from these equations, exactly or because counts are whole and not negative, is known to the attacker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from typing import Any

Form = Mapping[Any, int]  # unknown → how often


class Knowledge:
    """Equations over unknown counts; `value` gives what follows from them."""

    def __init__(self) -> None:
        self.rows: list[tuple[dict[Any, Fraction], Fraction]] = []  # each is solved for its first unknown
        self.told: list[tuple[dict[Any, Fraction], Fraction]] = []
        self.bounds: dict[Any, tuple[int, int | None]] = {}

    def learn(self, form: Form, value: Fraction | int) -> None:
        given = {name: Fraction(times) for name, times in form.items() if times}
        self.told.append((given, Fraction(value)))
        made, rest = self._reduced(given, Fraction(value))
        if not made:
            assert rest == 0, f"{form} is told as two figures"
            return
        pivot = next(iter(made))
        times = made[pivot]
        row = {name: one / times for name, one in made.items()}, rest / times
        self.rows = [self._without(one, pivot, row) for one in self.rows] + [row]

    @staticmethod
    def _without(
        one: tuple[dict[Any, Fraction], Fraction], pivot: Any, row: tuple[dict[Any, Fraction], Fraction]
    ) -> tuple[dict[Any, Fraction], Fraction]:
        form, value = one
        times = form.get(pivot, Fraction(0))
        if not times:
            return one
        made = {
            name: form.get(name, Fraction(0)) - times * row[0].get(name, Fraction(0)) for name in {**form, **row[0]}
        }
        return {name: left for name, left in made.items() if left}, value - times * row[1]

    def _reduced(self, form: dict[Any, Fraction], value: Fraction) -> tuple[dict[Any, Fraction], Fraction]:
        out = (dict(form), value)
        for row in self.rows:
            out = self._without(out, next(iter(row[0])), row)
        return out

    def exactly(self, form: Form) -> Fraction | None:
        """The same, from sums alone."""
        made, rest = self._reduced({name: Fraction(times) for name, times in form.items()}, Fraction(0))
        return None if made else -rest

    def value(self, form: Form) -> Fraction | None:
        """The sum of some unknowns, if it follows."""
        made, rest = self._reduced({name: Fraction(times) for name, times in form.items()}, Fraction(0))
        if not made:
            return -rest
        low, high = self._range(made)
        return low - rest if high is not None and low == high else None

    def _range(self, form: Mapping[Any, Fraction]) -> tuple[Fraction, Fraction | None]:
        low, high = Fraction(0), Fraction(0)
        unbounded = False
        for name, times in form.items():
            least, most = self.bounds.get(name, (0, None))
            ends = (times * least, None if most is None else times * most)
            if times < 0:
                if most is None:
                    return Fraction(-(10**9)), None
                low, high = low + ends[1], high + ends[0]  # type: ignore[operator]
            else:
                low = low + ends[0]
                unbounded = unbounded or ends[1] is None
                high = high + (ends[1] or 0)
        return low, None if unbounded else high

    def narrow(self) -> None:
        """What follows from counts being whole and not negative, until nothing more does."""
        changed = True
        while changed:
            changed = False
            for form, value in [*self.told, *self.rows]:
                for name, times in form.items():
                    rest = {other: one for other, one in form.items() if other != name}
                    changed |= self._tighten(name, times, value, self._range(rest))

    def _tighten(self, name: Any, times: Fraction, value: Fraction, rest: tuple[Fraction, Fraction | None]) -> bool:
        low, high = rest
        if low <= -(10**9):
            return False
        ends = [(value - low) / times, None if high is None else (value - high) / times]
        most, least = (ends[0], ends[1]) if times > 0 else (ends[1], ends[0])
        was = self.bounds.get(name, (0, None))
        made = (
            was[0] if least is None else max(was[0], -(-least.numerator // least.denominator)),
            was[1]
            if most is None
            else min(most.numerator // most.denominator, was[1] if was[1] is not None else 10**9),
        )
        self.bounds[name] = made
        return made != was


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.caption = ""
        self.rows: list[list[str]] = [[""]]
        self.cell: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "table":
            self.caption, self.rows = "", []
        elif tag == "tr":
            self.rows.append([])
        if tag in ("caption", "th", "td"):
            self.cell = ""

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.caption = str(self.cell).strip()
        elif tag in ("th", "td"):
            self.rows[-1].append(str(self.cell).strip())
        elif tag == "table":
            self.tables.append((self.caption, self.rows))
        if tag in ("caption", "th", "td"):
            self.cell = None


def tables(body: str) -> list[tuple[str, list[list[str]]]]:
    """Tables of HTML in a page: caption, then rows of cells with the heads first."""
    made = _Tables()
    made.feed(body)
    return made.tables


def marked_rows(body: str) -> Iterator[list[str]]:
    """Rows of tables in Markdown."""
    for line in body.splitlines():
        if line.startswith("| "):
            yield [unescape(cell).strip() for cell in line.strip("| ").split(" | ")]


def figure(text: str) -> Fraction | None:
    """A figure as pages write it; with how many are to come it is the figure so far."""
    found = re.match(r"-?[\d.]+(?:,\d+)?(?=$|\s)", text)
    return Fraction(found[0].replace(".", "").replace(",", ".")) if found else None


def decimals(text: str) -> int:
    found = re.match(r"-?[\d.]+,(\d+)", text)
    return len(found[1]) if found else 0


def learn_share(known: Knowledge, part: Form, base: Form, text: str) -> None:
    """A rounded share of a known base leaves few whole counts, perhaps one."""
    share, of = figure(text), known.value(base)
    if share is None or not of or of > 10**6:
        return
    half = Fraction(1, 2 * 10 ** decimals(text))
    fits = [count for count in range(int(of) + 1) if abs(Fraction(100 * count) / of - share) <= half]
    if len(fits) == 1:
        known.learn(part, fits[0])


def summed(names: Iterable[Any]) -> dict[Any, int]:
    return dict.fromkeys(names, 1)
