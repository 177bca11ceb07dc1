"""A terminal too small for everything is told once, and works all the same."""

from __future__ import annotations

import pytest

from tests.test_app import FIRST, SECOND, TEXT, opened, root  # noqa: F401

SMALL = "Màn hình có {}×{} ô, cần 80×24"


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10)])
async def test_what_is_too_small_is_told(root, size):  # noqa: F811
    async with opened(root, size=size) as it:
        assert [SMALL.format(*size) in one.message for one in it.app._notifications] == [True]
        await it.at(FIRST, TEXT)
        await it.press(*"Họp")
        assert it.session.raw(TEXT) == "Họp"


async def test_it_is_told_again_only_after_it_was_large_enough(root):  # noqa: F811
    async with opened(root, size=(80, 24)) as it:
        told = []
        for size in ((60, 20), (50, 20), (80, 24), (60, 20)):
            it.app.clear_notifications()
            await it.pilot.resize_terminal(*size)
            await it.pilot.pause()
            told.append(len(it.app._notifications))
        assert told == [1, 0, 0, 1]


async def test_a_long_tree_that_was_folded_away_opens_at_its_first_line(root):  # noqa: F811
    with (root / "outlines/bao-cao.yaml").open("a", encoding="utf-8") as outline:
        outline.writelines(f"  - {{id: muc_{number}, title: Mục {number}}}\n" for number in range(30))
    async with opened(root, size=(80, 24)) as it:
        await it.at(SECOND)
        await it.press("f6")
        assert it.screen.outline.has_focus and it.screen.outline.scroll_y == 0
