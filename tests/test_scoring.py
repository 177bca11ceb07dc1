"""Points that are wrong do not count: not in the sum, not in a level, not in a roll-up; and it is told why."""

from __future__ import annotations

from fractions import Fraction
from html import unescape
from typing import Any

import pytest

from hoso.kinds import ScoringField
from hoso.kinds.compute import Quantity
from hoso.kinds.scoring import score
from hoso.render.tables import scoring_html
from hoso.rollup.shapes import ScoringShape
from hoso.tabular import inside
from tui.grids import ScoringGrid
from tui.grids.scoring import POINTS, score_lines

GROUPS = [
    {
        "id": "viec", "title": "Việc", "at_most": "60",
        "criteria": [
            {"id": "chinh", "title": "Việc chính", "at_most": "35", "step": "0.5"},
            {"id": "phu", "title": "Việc phụ", "at_most": "30"},
        ],
    },
    {
        "id": "tru", "title": "Điểm trừ", "at_least": "-10", "at_most": "0",
        "criteria": [{"id": "cham", "title": "Chậm", "at_least": "-5", "at_most": "0"}],
    },
]  # fmt: skip


@pytest.fixture
def sheet() -> ScoringField:
    levels = {"list": "muc", "at_least": {"tot": "50", "khong": "0"}}
    made = ScoringField.model_validate(
        {"id": "diem", "type": "scoring", "label": "Bảng điểm", "groups": GROUPS, "levels": levels}
    )
    made._linked = {"tot": "Tốt", "khong": "Không"}
    return made


def points(**given: Any) -> dict[str, Any]:
    groups = {"chinh": "viec", "phu": "viec", "cham": "tru"}
    return {f"{groups[name]}.{name}": value for name, value in given.items()}


@pytest.mark.parametrize(
    ("given", "total", "wrong"),
    [
        ({"chinh": "35", "phu": "20"}, 55, []),
        ({"chinh": "350", "phu": "20"}, 20, ["number-too-high"]),
        ({"chinh": "-1", "phu": "20"}, 20, ["number-too-low"]),
        ({"chinh": "30.2", "phu": "20"}, 20, ["number-step"]),
        ({"chinh": "ba mươi", "phu": "20"}, 20, ["not-a-number"]),
        ({"chinh": {"value": "350"}, "phu": "20"}, 20, ["number-too-high"]),
        ({"chinh": {"absent": "nil"}, "phu": "20"}, 20, []),
        ({"chinh": "35", "phu": "20", "cham": "-50"}, 55, ["number-too-low"]),
        ({"chinh": "35", "phu": "30"}, 60, []),  # each within its own limit; together they reach that of the group
    ],
)
def test_wrong_points_do_not_count(sheet: ScoringField, given: dict[str, Any], total: int, wrong: list[str]) -> None:
    told = score(sheet, points(**given), lambda _: True)
    assert told.points == total
    assert [one.fault.code for one in told.wrong] == wrong
    assert (told.level is None) is bool(wrong)


def test_with_wrong_points_rules_give_no_verdict(sheet: ScoringField) -> None:
    value = points(chinh="350", phu="20", cham="0")
    assert inside(sheet, value, "points", lambda _: True) == Quantity(Fraction(20), 1)
    assert inside(sheet, value, "own_level", lambda _: True) is None


def test_the_sheet_says_what_is_not_counted_and_why(sheet: ScoringField) -> None:
    value = points(chinh="350", phu="20")
    lines = score_lines(sheet, score(sheet, value, lambda _: True))
    assert lines[0] == "tạm tính 20/60 điểm · chưa xác định được mức"
    assert lines[1:] == ["không tính: Việc chính. 350 lớn hơn mức cao nhất là 35."]
    grid = ScoringGrid(sheet, value)
    assert grid.text(0, POINTS) == "20 + ?"
    assert ScoringGrid(sheet, points(chinh="30", phu="20")).text(0, POINTS) == "50"
    blank = score_lines(sheet, score(sheet, points(phu="20"), lambda _: True))
    assert blank[0].startswith("tạm tính 20/60 điểm") and blank[-1] == "còn 1 tiêu chí chưa chấm"
    complete = score_lines(sheet, score(sheet, points(chinh="35", phu="20"), lambda _: True))
    assert complete[0].startswith("55/60 điểm")


def test_the_page_and_the_roll_up_do_not_count_them(sheet: ScoringField) -> None:
    value = points(chinh="350", phu="20")
    page = unescape(scoring_html(sheet, value))
    assert "350 (không tính)" in page and "20 (" not in page
    told = list(ScoringShape("s.diem", sheet).scored(value, lambda _: True))
    assert told == [
        ("viec.chinh", "points", "=unclear"),
        ("viec.phu", "points", "20"),
        (told[2][0], "points", "20"),
    ]


def test_a_blank_sheet_has_no_level_and_an_unfinished_one_a_provisional(sheet: ScoringField) -> None:
    assert score_lines(sheet, score(sheet, {}, lambda _: True))[0] == "tạm tính 0/60 điểm"
    assert score_lines(sheet, score(sheet, points(phu="20"), lambda _: True))[0].endswith("mức tạm tính: Không")
