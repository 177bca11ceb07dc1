"""Charts as SVG, drawn when the site is built. Each bar carries its figure in words, so colours tell nothing alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hoso.render.markup import lit

WIDTH, SIDE, LINE = 640, 210, 30


class Bar(NamedTuple):
    """A line of a chart: its label, its figure, the figure as shown, a limit to be marked."""

    label: str
    value: float
    shown: str
    limit: float | None = None


def bars(title: str, told: str, made: Sequence[Bar]) -> list[str]:
    """Horizontal bars. `told` says in a sentence what is to be seen."""
    most = max([1.0, *(one.value for one in made), *(one.limit for one in made if one.limit is not None)])
    scale = (WIDTH - SIDE - 130) / most
    inner = "".join(_bar(place, one, scale) for place, one in enumerate(made))
    return _figure(title, told, LINE * len(made) + 8, inner)


def _bar(place: int, one: Bar, scale: float) -> str:
    top, long = place * LINE + 4, max(one.value, 0) * scale
    marked = ""
    if one.limit is not None:
        at = SIDE + one.limit * scale
        marked = f'<line class="hoso-limit" x1="{at:.1f}" x2="{at:.1f}" y1="{top - 3}" y2="{top + 23}"/>'
        long_end = max(SIDE + long, at)
    else:
        long_end = SIDE + long
    label = one.label if len(one.label) <= 30 else one.label[:29] + "…"
    return (
        f'<text class="hoso-label" x="{SIDE - 8}" y="{top + 15}" text-anchor="end">{lit(label)}</text>'
        f'<rect class="hoso-filled" x="{SIDE}" y="{top}" width="{long:.1f}" height="20" rx="2"/>{marked}'
        f'<text class="hoso-label" x="{long_end + 6:.1f}" y="{top + 15}">{lit(one.shown)}</text>'
    )


def steps(title: str, told: str, made: Sequence[tuple[str, int]], of: int) -> list[str]:
    """How a count grew: days in order, each with the count reached; `of` is the most it can be."""
    high, left, right = 160, 40, WIDTH - 20
    wide = (right - left) / max(len(made), 1)
    top = max(of, 1)
    path, before = f"M{left} {high}", high
    for place, (_, count) in enumerate(made):
        x, y = left + place * wide, high - count / top * (high - 20)
        path += f"L{x:.1f} {before:.1f}L{x:.1f} {y:.1f}"
        before = y  # type: ignore[assignment]
    path += f"L{right} {before:.1f}"
    marks = "".join(
        f'<text class="hoso-label" x="{left + place * wide:.1f}" y="{high + 20}">{lit(made[place][0])}</text>'
        for place in sorted({0, len(made) - 1})
    ) if len(made) > 1 else f'<text class="hoso-label" x="{left}" y="{high + 20}">{lit(made[0][0])}</text>'  # fmt: skip
    inner = (
        f'<line class="hoso-limit" x1="{left}" x2="{right}" y1="20" y2="20"/>'
        f'<text class="hoso-label" x="4" y="24">{of}</text>'
        f'<text class="hoso-label" x="4" y="{high}">0</text><path class="hoso-step" d="{path}"/>'
        f'<text class="hoso-label" x="{right}" y="{before - 6:.1f}" text-anchor="end">{made[-1][1]}</text>{marks}'
    )
    return _figure(title, told, high + 30, inner)


def _figure(title: str, told: str, height: int, inner: str) -> list[str]:
    return [
        f'<div class="hoso-chart"><svg viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{lit(title)}: {lit(told)}"><desc>{lit(told)}</desc>{inner}</svg>'
        f'<span class="hoso-caption">{lit(title)}</span></div>',
        "",
    ]


def in_words(made: Iterable[Bar]) -> str:
    return "; ".join(f"{one.label}: {one.shown}" for one in made)
