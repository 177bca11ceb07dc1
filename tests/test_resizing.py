"""A terminal that changes its size shows all of a text and of a list again, wrapped for the new width."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widget import Widget

from tests import seen
from tests.test_app import ASK, FIRST, SECOND, TEXT, Driven, opened, root  # noqa: F401
from tui.places import Key
from tui.widgets.ask_list import AskList
from tui.widgets.prose import Prose

WRITTEN = (
    "Đã hoàn thành tám việc trong kế hoạch năm, vượt hai việc. Thêm câu hai khi đổi cỡ. Câu ba.",
    "Câu một vừa đủ.\n" + " ".join(f"Việc số {number} đã xong đúng hạn." for number in range(1, 40)),
)
SIZES = [(60, 18), (160, 45), (80, 24), (160, 45), (100, 30), (140, 30), (99, 30), (80, 24), (60, 18)]


def seen_of(it: Driven, widget: Widget) -> Region:
    """Where it is on the screen, without its scroll bar and what the form hides."""
    return widget.scrollable_content_region.intersection(it.screen.form.region)


def words_at(it: Driven, widget: Widget) -> list[str]:
    there = seen_of(it, widget)
    lines = seen.lines(it.app)[there.y : there.bottom]
    return " ".join(line[there.x : there.right] for line in lines).split()


def wrapped(prose: Prose, height: int) -> list[str]:
    """The words of so many lines, from where it is scrolled to."""
    lines = [line for of_one in prose.wrapped_document.lines for line in of_one]
    return " ".join(lines[prose.scroll_offset.y :][:height]).split()


@pytest.mark.parametrize("written", WRITTEN, ids=["short", "long"])
async def test_a_text_is_whole_at_every_size(root, written):  # noqa: F811
    async with opened(root, size=(80, 24)) as it:
        await it.at(FIRST, TEXT)
        prose = it.field(TEXT).query_one(Prose)
        prose._replace_via_keyboard(written, (0, 0), (0, 0))
        for size in SIZES:
            await it.pilot.resize_terminal(*size)
            await it.settled()
            shown = words_at(it, prose)
            assert shown == wrapped(prose, seen_of(it, prose).height), size
            if size >= (80, 24):
                assert shown[-1] == written.split()[-1], size  # the cursor is there
            if not prose.max_scroll_y:
                assert shown == written.split(), size


ASKS = [  # at 80×24 the long ones just fit: a scroll bar beside them, for a moment, would make them longer for good
    "Quy mô, theo hướng dẫn",
    "Thuận lợi",
    "Việc đã làm được trong năm, việc còn dở dang và vì sao, nêu rõ số xã, số hộ",
    "Việc chưa làm được trong năm, vướng mắc ở đâu và do ai, hạn xong, cách tháo",
]


@pytest.fixture
def with_asks(root: Path) -> Path:  # noqa: F811
    path = root / "outlines/bao-cao.yaml"
    head, text, rest = path.read_text(encoding="utf-8").partition("    fields:\n")
    asks = "".join(f"      - {{id: y_{number}, text: '{words}'}}\n" for number, words in enumerate(ASKS))
    path.write_text(head + asks + text + rest, encoding="utf-8")
    return root


@pytest.mark.parametrize("key", [TEXT, ASK], ids=["in a text", "in the list"])
async def test_the_points_to_cover_are_all_there_at_every_size(with_asks: Path, key: Key) -> None:
    async with opened(with_asks, size=(80, 24)) as it:
        for size in SIZES:
            await it.at(FIRST, key)
            await it.pilot.resize_terminal(*size)
            await it.settled()
            points = it.screen.form.query_one(AskList)
            resized = words_at(it, points), points.region.height
            assert not points.show_vertical_scrollbar, size
            for words in [] if points.folded else ASKS:
                assert words in " ".join(resized[0]), size
            await it.at(SECOND)
            await it.at(FIRST, key)
            await it.settled()
            points = it.screen.form.query_one(AskList)
            assert resized == (words_at(it, points), points.region.height), size
