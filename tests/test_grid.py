"""The grid of a table: as a plain object, and in the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso.kinds import ScoringField, TableField
from hoso.kinds.choice import Option
from hoso.workspace import Workspace
from tests.test_tables import LISTS, OPINIONS, RATINGS, SHEET, TIMES
from tui.app import HosoApp
from tui.fields.table import TableWidget
from tui.grids import ScoringGrid, TableGrid, rows_of
from tui.grids.pasting import Area, pasted
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
