"""Letters stand out from what lies under them by 4.5:1, in all colours, whatever is chosen, selected or focused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.color import Color

from tests.every_kind_case import FIXED
from tests.seen import segments
from tests.test_app import opened
from tests.tour import CHOICE, LINE, NUMBER, TEXT, make_all, make_past
from tui import manners
from tui.app import HosoApp
from tui.places import Place

LEAST = 4.5
STOPS = [
    (TEXT, ()), (NUMBER, ("ctrl+a",)), (CHOICE, ("down",)), (LINE, ("ctrl+a",)), (FIXED, ("shift+down",)), (FIXED, ("f2",)),
    (TEXT, ("f6",)), (TEXT, ("f4",)), (TEXT, ("ctrl+f",)), (TEXT, ("ctrl+f", "1")), (NUMBER, ("f5",)), (TEXT, ("f1",)),
    (TEXT, ("f9", "enter", "down")), (TEXT, ("alt+k",)), (TEXT, ("ctrl+p",)), (TEXT, ("ctrl+p", "a")),
    (TEXT, ("f2",)), (TEXT, ("f2", "ctrl+f", "1")),
]  # fmt: skip


def ratio(one: Color, other: Color) -> float:
    """As WCAG 2.2 has it, 1 to 21."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(color: Color) -> float:
    parts = (part / 255 for part in color.rgb)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(app: HosoApp) -> Iterator[str]:
    """Words that stand out too little; of what lies below a window none."""
    windows = list(app.screen.query(".window, KeyBar, #--container")) if app.screen.is_modal else [app.screen]
    for y, line in enumerate(segments(app)):
        x = 0
        for one in line:
            style, at = one.style, x
            x += one.cell_length
            if not any(made.isalnum() for made in one.text) or style is None or not (style.color and style.bgcolor):
                continue
            told = ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
            if told < LEAST - 0.005 and any(window.region.contains(at, y) for window in windows):
                yield f"{told:.2f} {style.color.name} on {style.bgcolor.name}: {one.text.strip()[:30]}"


def test_the_ratio() -> None:
    assert ratio(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert ratio(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", manners.THEMES)
async def test_every_word_can_be_read(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, colours: str) -> None:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    monkeypatch.delenv("NO_COLOR", raising=False)
    root = make_all(tmp_path / "ws")
    make_past(root)
    found = {}
    async with opened(root, (120, 40)) as it:
        it.app.theme = manners.THEMES[colours].name
        for key, pressed in STOPS:
            await it.at(Place(key.part, key.section), key)
            for one in pressed:
                await it.press(one)
                await it.pilot.pause(0.1)
            await it.pilot.pause(0.1)
            if told := sorted(set(faint(it.app))):
                found[key.name, pressed] = told
            for _ in range(5):
                if it.app.screen_stack[-1] is it.screen:
                    break
                await it.press("escape")
    assert found == {}
