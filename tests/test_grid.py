"""The grid of a table: as a plain object, and in the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso.dossiers import same
from hoso.kinds import ScoringField, TableField
from hoso.kinds.choice import Option
from hoso.workspace import Workspace
from tests.test_tables import EDUCATION, LISTS, OPINIONS, RATINGS, SHEET, TIMES
from tui.app import HosoApp
from tui.fields.table import TableWidget
from tui.grids import Desk, ScoringGrid, TableGrid, rows_of
from tui.grids.pasting import Area, pasted
from tui.grids.sheet import laid_out
from tui.places import Key
from tui.widgets.cell_line import CellLine

LEVELS = [Option(id=name, label=name) for name in ("xuat_sac", "tot", "hoan_thanh", "khong")]


def table(text: str) -> TableField:
    import yaml

    made = TableField.model_validate(yaml.load(text.replace("BASE", "tot"), yaml.BaseLoader)[0])
    made.link({"muc": LEVELS})
    return made


def grid(text: str, value: dict[str, Any] | None = None) -> TableGrid:
    return TableGrid(table(text), value or {})


def test_typing_keeps_canonical_figures_and_totals_follow() -> None:
    made = grid(RATINGS.replace("entered: true", "entered: false"))
    value = made.typed(0, 0, "8.341")
    assert value == {"xuat_sac": {"nam_2018": "8341"}}
    made = TableGrid(made.table, TableGrid(made.table, value).typed(1, 0, "9"))
    assert (made.text(0, 0), made.text(4, 0)) == ("8.341", "8.350")
    assert TableGrid(made.table, made.typed(0, 0, " ")).value == {"tot": {"nam_2018": "9"}}


def test_a_block_of_a_spreadsheet_is_taken_in_and_what_does_not_fit_is_told() -> None:
    made = grid(RATINGS)
    value, refused = pasted(made, Area(0, 1, 0, 1), "1.200\t3\t9\r\nmột\t4\n\t5\n")
    assert value == {
        "xuat_sac": {"nam_2019": "1200", "nam_2020": "3"}, "tot": {"nam_2020": "4"}, "hoan_thanh": {"nam_2020": "5"},
    }  # fmt: skip
    assert [(one.row, one.text) for one in refused] == [("1 xuat_sac", "9"), ("2 tot", "một")]


def test_marks_are_one_choice() -> None:
    made = grid(OPINIONS)
    made = TableGrid(made.table, made.toggled(1, 0))
    assert made.value == {"to_chuc.a": {"y_kien": "phu_hop"}}
    made = TableGrid(made.table, made.toggled(1, 1))
    assert [made.text(1, place) for place in (0, 1)] == ["", "x"]
    assert TableGrid(made.table, made.toggled(1, 1)).value == {}
    assert made.field(0, 0) is None


def test_open_rows_keep_their_ids_through_moves() -> None:
    made = grid(TIMES)
    for name in ("A", "B", "C"):
        made = TableGrid(made.table, made.typed(len(made.lines) - 1, 0, name))
    first, second, third = list(made.value)
    assert list(made.moved(0, 1)) == [second, first, third]
    assert list(made.removed(1)) == [first, third]
    inserted = made.inserted(1)
    assert [name for name in inserted if name in made.value] == [first, second, third]
    assert len(inserted) == 4


def test_a_score_sheet_takes_points() -> None:
    import yaml

    made = ScoringField.model_validate(yaml.load(SHEET, yaml.BaseLoader)[1])
    sheet = ScoringGrid(made, {})
    assert sheet.field(0, 1) is None
    assert sheet.typed(1, 1, "33,5") == {"viec.chinh": "33.5"}
    value, refused = pasted(sheet, Area(1, 1, 1, 1), "30\n20")
    assert (value, refused) == ({"viec.chinh": "30", "viec.phu": "20"}, [])


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=6), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_a_copied_block_is_read_cell_by_cell(cells: list[list[str]]) -> None:
    quoted = ["\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    assert rows_of("\n".join(quoted)) == cells


def test_three_thousand_cells_are_pasted_at_once() -> None:
    text = """
- id: t1
  type: table
  columns: {each: 1..12, id: "c{}", type: number}
  rows: {each: 1..200, id: "r{}"}
"""
    made = grid(text)
    block = "\n".join("\t".join(str(row * column) for column in range(12)) for row in range(200))
    value, refused = pasted(made, Area(0, 0, 0, 0), block)
    assert not refused
    assert sum(map(len, value.values())) == 2400


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    fields = RATINGS.replace("BASE", "tot").strip("\n").replace("\n", "\n      ")
    for name, text in {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS,
        "checklists/units.yaml": "hoso: 1\nunits:\n  so-a: {name: Sở A, kind: so}\n",
        "outlines/bieu.yaml": f"hoso: 1\ntitle: Biểu\nsections:\n  - id: s\n    title: Mục\n    fields:\n      {fields}\n",
        "checklists/dot.yaml": "hoso: 1\ntitle: Đợt\nitems:\n  - {id: bieu, title: Biểu, outline: bieu}\n",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


async def test_the_grid_in_the_app(ratings: Path) -> None:
    app = HosoApp(Workspace(ratings), open_at=("dot", "so-a"))
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.pause()
        widget = app.screen.query_one(TableWidget)
        widget.query_one(CellLine).focus()
        await pilot.press("1", "2", "enter", "3", "right", "4", "f7", "f8")
        await pilot.pause()
        key = Key("field", "bieu", "s", "t1")
        session = widget.session
        assert session.raw(key) == {"xuat_sac": {"nam_2018": "12"}, "tot": {"nam_2018": "3", "nam_2019": "4"}}
        assert [at for at, _ in session.cell_faults(key)] == ["xuat_sac.nam_2018"]
        session.undo()
        session.undo()
        assert session.raw(key) == {"xuat_sac": {"nam_2018": "12"}}


# ---- the desk: habits of a spreadsheet --------------------------------------------------------------------


class Case:
    """A desk over one table, and every value that it kept."""

    def __init__(self, made: TableGrid) -> None:
        self.grid = made
        self.kept: list[tuple[dict[str, Any], bool]] = []
        self.desk = Desk(made, self._keep)

    def _keep(self, value: dict[str, Any], joined: bool) -> None:
        if not same(value, self.grid.value):
            self.kept.append((value, joined))
            self.grid.take(value)

    @property
    def value(self) -> dict[str, Any]:
        return self.grid.value

    def type(self, text: str) -> None:
        for end in range(1, len(text) + 1):
            self.desk.typed(text[:end])


FREE = RATINGS.replace("entered: true", "entered: false")


def test_the_letters_of_a_cell_are_one_step_and_escape_takes_them_back() -> None:
    case = Case(grid(FREE, {"xuat_sac": {"nam_2018": "7"}}))
    case.type("125")
    assert [joined for _, joined in case.kept] == [False, True, True]
    assert case.value == {"xuat_sac": {"nam_2018": "125"}}
    assert case.desk.cancel()
    assert case.value == {"xuat_sac": {"nam_2018": "7"}}
    assert not case.desk.cancel()


def test_tab_goes_from_open_cell_to_open_cell_and_enter_back_to_the_column() -> None:
    case = Case(grid(FREE))
    assert [case.desk.tab(1), case.desk.tab(1)] == [True, True]
    assert case.desk.at == (0, 2)
    case.desk.enter()
    assert case.desk.at == (1, 0)
    case.desk.to_corner(1)
    assert case.desk.at == (4, 2)  # the computed total
    assert not case.desk.tab(1)
    assert case.desk.tab(-1)
    assert case.desk.at == (3, 2)
    case.desk.go(0, 0)
    assert not case.desk.tab(-1)


def test_arrows_step_over_headings_and_ctrl_goes_to_the_edge() -> None:
    nested = OPINIONS.replace("rows: [{id: a", "rows: [{id: z, label: Z, rows: [{id: y}]}, {id: a")
    case = Case(grid(nested))
    assert case.desk.at == (2, 0)  # the first row with cells
    case.desk.step(-1, 0)
    assert case.desk.at == (2, 0)
    case.desk.jump(1, 0)
    assert case.desk.at == (6, 0)


def test_the_edge_is_that_of_what_is_filled() -> None:
    case = Case(grid(FREE, {name: {"nam_2019": "1"} for name in ("xuat_sac", "tot")}))
    case.desk.go(0, 1)
    case.desk.jump(1, 0)
    assert case.desk.at == (1, 1)
    case.desk.jump(1, 0)
    assert case.desk.at == (4, 1)


def test_a_list_is_narrowed_without_marks_and_enter_takes_the_first() -> None:
    case = Case(grid(TIMES, {"raaaa": {"ten": "A"}}))
    case.desk.go(0, 1)
    case.type("dang")
    picks = case.desk.picks
    assert picks is not None
    assert picks.shown == ["dang_uy"]
    assert case.value == {"raaaa": {"ten": "A"}}  # nothing is kept of a word that is only typed to find
    case.desk.enter()
    assert case.value == {"raaaa": {"ten": "A", "loai": "dang_uy"}}
    case.desk.go(0, 1)
    case.type("zz")
    assert case.desk.commit() == "zz"
    assert case.value == {"raaaa": {"ten": "A", "loai": "dang_uy"}}


MANY = """
- id: t1
  type: table
  rows: [{id: mot, label: Một, rows: [{id: so, many: true}, {id: ngay, type: date, many: true}]}, {id: hai, label: Hai}]
  columns:
    - {id: noi_dung, type: text}
    - {id: nhom, type: choice, many: true, options: [{id: dang, label: "Đảng, đoàn thể"}, {id: khac, label: Khác}]}
"""


def test_a_cell_holds_several_values_and_shows_them_as_they_are_typed() -> None:
    case = Case(grid(MANY))
    case.desk.go(1, 0)
    case.type("132-QĐ/TW; 21-HD ;")
    case.desk.go(2, 0)
    case.type("08.3.2018; ngày 5 tháng 12 năm 2021")
    assert case.value == {
        "mot.so": {"noi_dung": ["132-QĐ/TW", "21-HD"]}, "mot.ngay": {"noi_dung": ["2018-03-08", "2021-12-05"]},
    }  # fmt: skip
    assert [case.grid.edited(row, 0) for row in (1, 2)] == ["132-QĐ/TW; 21-HD", "08/03/2018; 05/12/2021"]
    case.desk.go(3, 1)
    case.desk.edit()
    case.desk.pick()
    case.desk.picks.move(1)  # type: ignore[union-attr]
    case.desk.pick()
    assert case.value["hai"] == {"nhom": ["dang", "khac"]}
    assert case.grid.kept(3, 1, case.grid.text(3, 1)) == ["dang", "khac"]


def test_a_line_end_in_a_cell_outlives_editing() -> None:
    case = Case(grid(MANY, {"hai": {"noi_dung": "một\nhai"}}))
    case.desk.go(3, 0)
    assert case.desk.text == "một⏎hai"
    case.desk.typed("một⏎hai ba")
    assert case.value == {"hai": {"noi_dung": "một\nhai ba"}}


def test_a_row_that_others_take_away_ends_what_was_typed_in_it() -> None:
    case = Case(grid(TIMES, {"raaaa": {"ten": "A"}, "rbbbb": {"ten": "B"}}))
    case.desk.go(1, 0)
    case.type("C")
    case.desk.take(case.grid, {"raaaa": {"ten": "A"}})
    assert not case.desk.editing


def test_line_ends_become_blanks_where_a_cell_has_one_line() -> None:
    case = Case(grid(TIMES))
    case.desk.typed("một⏎hai")
    assert [row["ten"] for row in case.value.values()] == ["một hai"]


def test_escape_in_a_new_row_takes_the_row_away() -> None:
    case = Case(grid(TIMES))
    case.type("Đảng ủy A")
    assert len(case.value) == 1
    case.desk.cancel()
    assert case.value == {}


def test_selected_rows_move_and_go_together() -> None:
    rows = {f"r{letter * 4}": {"ten": letter} for letter in "abcd"}
    case = Case(grid(TIMES, rows))
    case.desk.go(1, 0)
    case.desk.step(1, 0, extend=True)
    assert case.desk.rows("down") == ""
    assert "".join(row["ten"] for row in case.value.values()) == "adbc"
    assert case.desk.rows("up") == ""
    assert list(case.value) == list(rows)
    assert case.desk.rows("up") == ""
    assert "".join(row["ten"] for row in case.value.values()) == "bcad"
    assert case.desk.rows("up") == ""  # already at the top: nothing happens
    assert case.desk.rows("removed") == ""
    assert list(case.value) == ["raaaa", "rdddd"]
    assert case.desk.rows("inserted") == ""
    assert len(case.value) == 3
    assert len(case.kept) == 5


def test_rows_of_a_fixed_table_stay() -> None:
    case = Case(grid(RATINGS))
    assert case.desk.rows("removed")
    assert case.kept == []


def test_copying_and_pasting_give_the_same_cells() -> None:
    value = {
        "raaaa": {"ten": 'Đảng ủy "A"', "loai": "dang_uy", "goi_y": "x", "ngay": "1.5"},
        "rbbbb": {"ten": "B", "ngay": "1000"},
    }
    case = Case(grid(TIMES, value))
    case.desk.select_all()
    block = case.desk.copy()
    assert block.startswith('"Đảng ủy ""A"""\tĐảng ủy\tx\t1,5\nB\t\t\t1.000')
    other = Case(grid(TIMES))
    assert other.desk.paste(block) == []
    assert list(other.value.values()) == list(value.values())
    assert len(other.kept) == 1


def test_one_copied_cell_fills_what_is_selected() -> None:
    case = Case(grid(FREE))
    case.desk.step(1, 1, extend=True)
    assert case.desk.paste("8.341\n") == []
    assert case.value == {row: {"nam_2018": "8341", "nam_2019": "8341"} for row in ("xuat_sac", "tot")}
    case.desk.clear()
    assert case.value == {}
    assert len(case.kept) == 2


def test_a_block_adds_rows_and_marks_take_only_their_own_away() -> None:
    case = Case(grid(TIMES, {"raaaa": {"ten": "A"}}))
    refused = case.desk.paste("B\tchi uy\t\t0,5\nC\tlạ\tcó\t1,000\nD\t\t\t\tthừa\n")
    assert [list(row.values()) for row in case.value.values()] == [["B", "chi_uy", "0.5"], ["C", "x"], ["D"]]
    assert [(one.text, one.row) for one in refused] == [("lạ", "dòng 2"), ("1,000", "dòng 2"), ("thừa", "dòng 3")]
    opinions = Case(grid(OPINIONS, {"to_chuc.a": {"y_kien": "chua"}}))
    assert opinions.desk.paste("x\t\n\tx\n") == []
    assert opinions.value == {"to_chuc.a": {"y_kien": "phu_hop"}, "to_chuc.b": {"y_kien": "chua"}}


def test_two_marks_of_which_one_may_stand_are_both_told_and_neither_is_taken() -> None:
    case = Case(grid(OPINIONS, {"to_chuc.b": {"y_kien": "chua"}}))
    refused = case.desk.paste("x\tX\nx\tx\n\tx\n")
    assert [(one.row, one.column, one.text) for one in refused] == [
        ("A", "Phù hợp", "x"), ("A", "Chưa phù hợp", "X"), ("B", "Phù hợp", "x"), ("B", "Chưa phù hợp", "x"),
    ]  # fmt: skip
    assert {one.why for one in refused} == {"chỉ được đánh dấu một trong các cột này"}
    assert case.value == {"to_chuc.b": {"y_kien": "chua"}, "to_chuc.c": {"y_kien": "chua"}}


def test_cells_with_line_ends_are_pasted_whole() -> None:
    case = Case(grid(MANY))
    case.desk.go(1, 0)
    assert case.desk.paste('"132-QĐ/TW\n21-HD"\tKhác\n') == []
    case.desk.go(3, 0)
    assert case.desk.paste('"một\nhai"\n') == []
    assert case.value == {
        "mot.so": {"noi_dung": ["132-QĐ/TW", "21-HD"], "nhom": "khac"}, "hai": {"noi_dung": "một\nhai"},
    }  # fmt: skip


def test_filling_down_copies_the_first_row() -> None:
    case = Case(grid(FREE, {"xuat_sac": {"nam_2018": "5"}}))
    case.desk.go(1, 0)
    case.desk.fill_down()
    case.desk.step(2, 0, extend=True)
    case.desk.fill_down()
    assert [case.grid.text(row, 0) for row in range(5)] == ["5", "5", "5", "5", "20"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.sampled_from(["", "7", "1.200", "x"])), max_size=12))
def test_what_follows_a_change_is_what_a_fresh_grid_shows(changes: list[tuple[int, int, str]]) -> None:
    """Figures and totals are carried over from change to change: never anything but what computing all anew gives."""
    made = grid(EDUCATION.replace("- id: t1", "- id: t1\n  total: {label: Tổng}"))
    for row, column, text in changes:
        made.take(made.typed(min(row, 2), column, text))
        fresh = TableGrid(made.table, made.value)
        for at in [(row, column) for row in range(len(made.lines)) for column in range(len(made.columns))]:
            assert made.text(*at) == fresh.text(*at)


def test_undo_points_at_the_cell_that_changed() -> None:
    case = Case(grid(FREE, {"tot": {"nam_2019": "3"}}))
    before = case.value
    case.desk.go(2, 2)
    case.type("9")
    case.desk.go(0, 0)
    case.desk.take(case.grid, before)
    case.desk.go_to_change(case.kept[-1][0])
    assert case.desk.at == (2, 2)


def test_a_row_that_comes_in_above_does_not_move_the_one_that_is_typed_into() -> None:
    case = Case(grid(TIMES, {"raaaa": {"ten": "A"}}))
    case.desk.go(0, 3)
    case.desk.take(case.grid, {"rzzzz": {"ten": "Z"}, "raaaa": {"ten": "A"}})
    assert case.desk.at == (1, 3)
    case.type("2")
    assert case.value["raaaa"] == {"ten": "A", "ngay": "2"}


# ---- how it is laid out -----------------------------------------------------------------------------------


def test_heads_are_merged_over_their_columns() -> None:
    sheet = laid_out(grid(EDUCATION), 60)
    assert [[piece.text for piece in line] for line in sheet.head] == [["", "Đại học"], ["Tổng", "Số", "%", "Tăng"]]
    group = sheet.head[0][1]
    assert (group.start, group.width) == (sheet.starts[1], sum(sheet.widths[1:]) + 2)


@given(st.integers(20, 200))
def test_columns_never_overlap(room: int) -> None:
    for text in (RATINGS, EDUCATION, OPINIONS, TIMES, MANY):
        sheet = laid_out(grid(text), room)
        ends = [start + width for start, width in zip(sheet.starts, sheet.widths, strict=True)]
        assert sheet.starts == [0, *(end + 1 for end in ends[:-1])]
        assert all(sheet.column_at(start) == place for place, start in enumerate(sheet.starts))
