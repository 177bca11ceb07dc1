"""Tables in a terminal are as wide as it is, where that can be done."""

import pytest

from hoso.cli.tables import fitted, folded
from hoso.text import cells

HEAD = ["Mã", "Đơn vị", "Trạng thái", "Đã xong"]
ROWS = [["don-vi-1", "Huyện, thành, thị ủy Yên Thịnh và các đơn vị trực thuộc", "đã nộp", "54/54"],
        ["don-vi-2", "Sở B", "đang soạn", "0/54"]]  # fmt: skip


def wide(text: str) -> int:
    return max(map(cells, text.splitlines()))


def test_headings_are_broken_between_words():
    line = "bao_cao · Đặc điểm, tình hình chung của địa phương · Cấp ủy cơ sở (1 trên 1 đơn vị)"
    assert wide(folded(line, 40)) <= 40
    assert folded(line, 40).split() == line.split()
    assert folded(line, None) == line


def test_what_goes_into_a_file_stays_whole():
    assert "Huyện, thành, thị ủy Yên Thịnh và các đơn vị trực thuộc" in fitted(HEAD, ROWS, None, wrapped=1)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_long_names_take_several_lines(width):
    made = fitted(HEAD, ROWS, width, wrapped=1)
    assert wide(made) <= width
    assert " ".join(made.split()).count("don-vi-") == 2
    assert set(ROWS[0][1].split()) <= set(made.split())


def test_one_row_of_many_columns_lies_on_its_side():
    head = ["", *(f"Loại tập thể, cá nhân số {number}" for number in range(8))]
    made = fitted(head, [["Thời gian", *map(str, range(8))]], 80)
    assert wide(made) <= 80
    assert [line.split()[-1] for line in made.splitlines()[2:]] == [str(number) for number in range(8)]


@pytest.mark.parametrize("width", [60, 80])
def test_many_years_stand_in_tables_below_each_other(width):
    years = [str(year) for year in range(2008, 2023)]
    rows = [
        [label, *(f"1.234.{year[1:]}" for year in years)] for label in ("Hoàn thành xuất sắc nhiệm vụ", "Kém", "Mới")
    ]
    rows.append(["Tổng số", *("8 đến nay, 1 chưa có số" for _ in years)])
    made = fitted(["", *years], rows, width, cut=True)
    assert wide(made) <= width
    parts = made.split("\n\n")
    assert 1 < len(parts) < len(years)
    assert [year for one in parts for year in one.splitlines()[0].split()] == years
    assert all(one.count("Kém") == one.count("Tổng số") == 1 for one in parts)
    assert [cell for one in parts for cell in one.split() if cell.startswith("1.234.") and cell.endswith("008")] == [
        "1.234.008"
    ] * 3
    whole = fitted(["", *years], rows, None, cut=True)
    assert "\n\n" not in whole


def test_what_cannot_fit_is_as_narrow_as_it_gets():
    rows = [[f"dòng {number}", *("1234567890123" for _ in range(9))] for number in range(20)]
    head = ["", *(f"một đầu cột khá dài {number}" for number in range(9))]
    assert wide(fitted(head, rows, 80)) < wide(fitted(head, rows, None))
