"""Charts as SVG, drawn when the site is built. Each bar carries its figure in words, so colours tell nothing alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from hoso.render.markup import lit
from hoso.text import shown_day

# As wide as a telephone: scaled up elsewhere, text is never too small to be read.
WIDTH, LINE, LETTERS = 360, 48, 48
# Labels so short (years) stand before their bars; others stand above them.
SHORT, SHORT_LINE = 8, 30


class Bar(NamedTuple):
    """A line of a chart: its label, its figure, the figure as shown, a limit to be marked."""

    label: str
    value: float
    shown: str
    limit: float | None = None


def longest(made: Iterable[Bar]) -> float:
    """How far bars and limits reach, for charts that are to be compared."""
    return max([1.0, *(max(one.value, one.limit or 0) for one in made)])


def bars(title: str, told: str, made: Sequence[Bar], *, most: float | None = None, about: str = "") -> list[str]:
    """Horizontal bars. `told` says in a sentence what is to be seen; `most` is as far as the chart reaches;
    `about` names, for who cannot see it, the table that it stands under."""
    short = all(len(one.label) <= SHORT for one in made)
    left = max((len(one.label) for one in made), default=0) * 8 + 8 if short else 0
    room = left + max((len(one.shown) for one in made), default=0) * 8 + 10
    scale = max(WIDTH - room, WIDTH / 3) / (most or longest(made))
    inner = "".join(_bar(place, one, scale, left) for place, one in enumerate(made))
    return _figure(title, told, (SHORT_LINE if left else LINE) * len(made) + 4, inner, about)


def _bar(place: int, one: Bar, scale: float, left: int) -> str:
    top, long = (place * SHORT_LINE + 4 if left else place * LINE + 20), max(one.value, 0) * scale
    marked, end = "", left + long
    if one.limit is not None:
        at = left + max(one.limit * scale, 1)
        # On the bar itself the line is seen by the gap on its both sides.
        line = f'x1="{at:.1f}" x2="{at:.1f}" y1="{top - 2}" y2="{top + 23}"'
        marked = f'<line class="hoso-gap" {line}/><line class="hoso-limit" {line}/>'
        end = max(end, at)
    label = one.label if len(one.label) <= LETTERS else one.label[: LETTERS - 1] + "…"
    return (
        f'<text class="hoso-label" x="0" y="{top + 15 if left else top - 6}">{lit(label)}</text>'
        f'<rect class="hoso-filled" x="{left}" y="{top}" width="{long:.1f}" height="20" rx="2"/>{marked}'
        f'<text class="hoso-label" x="{end + 6:.1f}" y="{top + 15}">{lit(one.shown)}</text>'
    )


def steps(title: str, told: str, made: Sequence[tuple[date, int]], of: int) -> list[str]:
    """How a count grew: days in order, each with the count reached; `of` is the most it can be.

    Days lie as far apart as in the calendar."""
    high, left, right, top = 160, 36, WIDTH - 4, max(of, 1)
    first = made[0][0]
    wide = (right - left) / ((made[-1][0] - first).days + 1)
    path, y = f"M{left} {high}", float(high)
    for day, count in made:
        x = left + (day - first).days * wide
        path += f"L{x:.1f} {y:.1f}"
        y = high - count / top * (high - 20)
        path += f"L{x:.1f} {y:.1f}"
    path += f"L{right} {y:.1f}"
    reached = "" if made[-1][1] == of else _text(right, y - 6, str(made[-1][1]), "end")
    last = _text(right, high + 20, shown_day(made[-1][0]), "end") if len(made) > 1 else ""
    inner = (
        f'<line class="hoso-limit" x1="{left}" x2="{right}" y1="20" y2="20"/>'
        f"{_text(left - 6, 24, str(of), 'end')}{_text(left - 6, high, '0', 'end')}"
        f'<path class="hoso-step" d="{path}"/>{reached}{_text(left, high + 20, shown_day(first))}{last}'
    )
    return _figure(title, told, high + 30, inner)


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text class="hoso-label" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{lit(text)}</text>'


def _figure(title: str, told: str, height: int, inner: str, about: str = "") -> list[str]:
    named = ": ".join(lit(part) for part in (about, title, told) if part)
    return [
        f'<div class="hoso-chart"><span class="hoso-caption">{lit(title)}</span>'
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{named}"><desc>{lit(told)}</desc>{inner}</svg></div>',
        "",
    ]


def in_words(made: Iterable[Bar]) -> str:
    return "; ".join(f"{one.label}: {one.shown}" for one in made)
