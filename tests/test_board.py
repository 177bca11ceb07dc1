"""The list of dossiers: what is due next stands first, and names that begin alike can be told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui_case import CHECKLIST, NAME, UNIT, make_case, open_case
from tui.board import Board
from tui.fitting import cells, middle
from tui.widgets.board_list import BoardList

UNDATED = CHECKLIST.replace("deadline: {by: 2021-12-04}\n", "")
LATE = CHECKLIST.replace("2021-12-04", "2021-11-20")


@pytest.fixture
def board(tmp_path: Path) -> Board:
    root = make_case(tmp_path / "ws")
    (root / "checklists" / "a-khong-han.yaml").write_text(UNDATED, encoding="utf-8")
    (root / "checklists" / "z-tre.yaml").write_text(LATE, encoding="utf-8")
    made = Board(open_case(root))
    made.show(made.judged())
    return made


def test_what_is_late_stands_first_and_what_has_no_deadline_last(board: Board) -> None:
    assert [line.checklist.id for line in board.lines if line.standing is None] == ["z-tre", NAME, "a-khong-han"]
    assert board.first()[0].checklist.id == "z-tre"
    assert board.lines[1].target == ("z-tre", UNIT)


@pytest.mark.parametrize("width", [80, 100, 160])
async def test_every_name_can_be_told_from_the_next(board: Board, width: int) -> None:
    from textual.app import App

    names = ["Đảng ủy khối Doanh nghiệp tỉnh Nghệ An", "Đảng ủy khối Doanh nghiệp tỉnh Hà Tĩnh",
             "Đảng bộ Tổng công ty Khoáng sản và Thương mại tỉnh Hà Tĩnh cơ sở một",
             "Đảng bộ Tổng công ty Khoáng sản và Thương mại tỉnh Hà Tĩnh cơ sở hai"]  # fmt: skip
    units = [line for line in board.lines if line.standing][: len(names)]
    for line, name in zip(units, names, strict=True):
        line.standing.name = name  # type: ignore[union-attr]

    class Shown(App[None]):
        def compose(self):
            yield BoardList(board)

    async with Shown().run_test(size=(width, 24)) as pilot:
        shown = pilot.app.query_one(BoardList)
        shown.show(units)
        await pilot.pause()
        texts = ["".join(part.text for part in shown.render_line(y)) for y in range(len(names))]
    assert all(cells(text) == width for text in texts)
    assert len({text.partition("chưa")[0] for text in texts}) == len(names)
    assert all(name in text for name, text in zip(names[:2], texts, strict=False))


@pytest.mark.parametrize("width", [2, 3, 10, 20, 41])
def test_the_middle_is_cut_out(width: int) -> None:
    text = "Đảng bộ Tổng công ty Khoáng sản và Thương mại tỉnh Hà Tĩnh cơ sở hai"
    made = middle(text, width)
    assert cells(made) <= width and "…" in made
    assert middle(text, 100) == text
    if width > 9:
        assert made[0] == "Đ" and made.endswith("hai")
