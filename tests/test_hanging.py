"""Wrapped lines stand under their own beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.hanging import Hanging, hanging


def drawn(visual: Hanging, width: int) -> list[str]:
    options = RenderOptions(lambda style: style if isinstance(style, Style) else Style(), {})
    strips = visual.render_strips(width, None, Style(), options)
    assert len(strips) == visual.get_height({}, width)
    return [strip.text.rstrip() for strip in strips]


def test_lines_hang_under_their_sign() -> None:
    told = hanging(Content("Tiêu đề\n• một hai ba bốn năm\n  ✗ lỗi: sáu bảy tám\n\n– chín"))
    assert drawn(told, 16) == [
        "Tiêu đề",
        "• một hai ba bốn",
        "  năm",
        "  ✗ lỗi: sáu bảy",
        "    tám",
        "",
        "– chín",
    ]


def test_rows_hang_under_their_key_and_a_narrow_place_runs_below() -> None:
    told = Hanging([(Content("Ctrl+F  "), Content("tìm trong cả bộ hồ sơ")), (Content(""), Content("hết"))])
    assert drawn(told, 22) == ["Ctrl+F  tìm trong cả", "        bộ hồ sơ", "hết"]
    assert drawn(told, 14) == ["Ctrl+F  tìm", "trong cả bộ hồ", "sơ", "hết"]
    assert str(told) == told.plain == "Ctrl+F  tìm trong cả bộ hồ sơ\nhết"
    assert told == Hanging(told.rows) and told != hanging(Content("hết"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=80), st.integers(12, 40))
def test_no_word_is_lost_and_the_height_is_right(text: str, width: int) -> None:
    shown = drawn(hanging(Content(f"• {text}")), width)
    assert "".join("".join(shown).split()) == "".join(f"• {text}".split())


@pytest.mark.parametrize("width", [30, 60])
async def test_in_lists_and_panels(width: int) -> None:
    class Shown(App[None]):
        def compose(self):
            yield Static(hanging(Content("• một hai ba bốn năm sáu bảy tám chín mười")))
            yield OptionList(Option(hanging(Content("✗ lỗi: một hai ba bốn năm sáu bảy tám chín"))))

    async with Shown().run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        static, listed = pilot.app.query_one(Static), pilot.app.query_one(OptionList)
        assert static.size.height == (2 if width == 30 else 1)
        assert listed.virtual_size.height == (2 if width == 30 else 1)
        listed.highlighted = None
        assert width == 60 or listed.render_line(1).text.startswith("  sáu")
