"""Tables, scores and checks: written in YAML as maintainers write them, judged as dossiers are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from hoso.kinds import TableField
from hoso.render.markup import lit
from hoso.render.tables import table_html
from hoso.workspace import Workspace

LISTS = """
hoso: 1
lists:
  muc:
    - {id: xuat_sac, label: Xuất sắc}
    - {id: tot, label: Tốt}
    - {id: hoan_thanh, label: Hoàn thành}
    - {id: khong, label: Không hoàn thành}
kinds:
  so: {label: Sở}
"""
UNITS = "hoso: 1\nunits:\n  so-a: {name: Sở A, kind: so}\n"
RATINGS = """
- id: t1
  type: table
  label: Xếp loại
  corner: Tiêu chí
  columns:
    - label: Năm
      columns: {each: 2018..2020, id: "nam_{}", label: "{}", type: number, at_least: 0, time: true}
  rows: {each: muc, number: "1"}
  total: {label: Tổng số, entered: true}
  checks:
    - {id: quota, check: at_most_share, part: [xuat_sac], base: [BASE], limit: 20%, round: down, each: column, level: warning}
"""


def judged(tmp_path: Path, fields: str, answers: str, extra: str = "") -> dict[str, list[str]]:
    """Problems by key, worded in codes, of one dossier that answers one section of these fields."""
    for name, text in {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS, "checklists/units.yaml": UNITS,
        "outlines/bieu.yaml": f"hoso: 1\ntitle: Biểu\nlayout: form\nsections:\n  - id: s\n    number: none\n    fields:\n{_indented(fields, 6)}{extra}",
        "checklists/dot.yaml": "hoso: 1\ntitle: Đợt\nitems:\n  - {id: bieu, title: Biểu, outline: bieu}\n",
        "checklists/dot/so-a/dossier.yaml": "hoso: 1\nunit: so-a\nstate: drafting\nattachments:\n",
        "checklists/dot/so-a/bieu.yaml": f"hoso: 1\noutline: bieu\nversion: 1\nanswers:\n  s:\n{_indented(answers, 4)}",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    workspace = Workspace(tmp_path)
    assert [found.line_of_text() for found in workspace.definition_problems] == []
    out: dict[str, list[str]] = {}
    for found in workspace.row("dot", "so-a").problems:
        out.setdefault(found.key.removeprefix("bieu.s."), []).append(f"{found.level} {found.code}")
    return out


def _indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.strip("\n").split("\n"))


def table(rows: dict[str, list[Any]], columns: list[str]) -> str:
    made = {row: dict(zip(columns, map(str, cells), strict=True)) for row, cells in rows.items()}
    return str(yaml.dump({"t1": made}, default_style=None, allow_unicode=True)).replace("'", "")


YEARS = ["nam_2018", "nam_2019", "nam_2020"]
GOOD = {"xuat_sac": [6, 0, 9], "tot": [30, 45, 47], "hoan_thanh": [6, 4, 2], "khong": [1, 0, 0], "total": [43, 49, 58]}


def test_right_totals_and_shares_are_left_alone(tmp_path: Path) -> None:
    assert judged(tmp_path, RATINGS.replace("BASE", "tot"), table(GOOD, YEARS)) == {}


def test_a_wrong_total_shows_the_computation_and_both_figures(tmp_path: Path) -> None:
    wrong = GOOD | {"total": [43, 50, 58]}
    assert judged(tmp_path, RATINGS.replace("BASE", "tot"), table(wrong, YEARS)) == {
        "t1.total.nam_2019": ["error total-wrong"]
    }
    found = next(iter(Workspace(tmp_path).row("dot", "so-a").findings))
    assert all(figure in found.message for figure in ("50", "0 + 45 + 4 + 0", "49"))
    assert (found.path, found.line) == ("checklists/dot/so-a/bieu.yaml", 21)


@pytest.mark.parametrize(
    ("base", "over"),
    [("tot", ["nam_2018"]), ("xuat_sac, tot", []), ("xuat_sac, tot, hoan_thanh, khong", [])],
)  # fmt: skip
def test_the_same_table_on_three_bases(tmp_path: Path, base: str, over: list[str]) -> None:
    """7 excellent: of 30 good at most 6; of 37 good or better at most 7; of 44 in all at most 8."""
    rows = {
        "xuat_sac": [7, 0, 9],
        "tot": [30, 45, 47],
        "hoan_thanh": [6, 4, 2],
        "khong": [1, 0, 0],
        "total": [44, 49, 58],
    }
    found = judged(tmp_path, RATINGS.replace("BASE", base), table(rows, YEARS))
    assert found == {f"t1.xuat_sac.{year}": ["warning share-too-high"] for year in over}


def test_exact_boundaries_and_absent_figures(tmp_path: Path) -> None:
    answers = """
t1:
  xuat_sac: {nam_2018: 9, nam_2019: {absent: pending}, nam_2020: 1}
  tot: {nam_2018: 45, nam_2019: 1, nam_2020: {absent: nil}}
  hoan_thanh: {nam_2018: 0, nam_2019: 0, nam_2020: 0}
  khong: {nam_2018: 0, nam_2019: 0, nam_2020: {absent: not_applicable, because: chưa có}}
  total: {nam_2018: 54, nam_2019: 99, nam_2020: 1}
"""
    found = judged(tmp_path, RATINGS.replace("BASE", "tot"), answers)
    assert found == {"t1.xuat_sac.nam_2020": ["warning share-too-high"]}


EDUCATION = """
- id: t1
  type: table
  rows: {each: 2019..2020, id: "nam_{}", label: "{}", time: true}
  columns:
    - {id: tong, label: Tổng, type: number, required: true}
    - id: dh
      label: Đại học
      columns:
        - {id: so, label: Số, type: number}
        - {id: ty_le, label: "%", type: number, decimals: 2, compute: {share: so, of: tong, decimals: 2, entered: true}}
        - {id: tang, label: Tăng, type: number, compute: {change: ty_le, in: points}}
  checks:
    - {check: sum_equals, parts: [dh.so], total: tong, remainder: allowed, each: row}
"""


@pytest.mark.parametrize(
    ("share", "verdict"), [("2.97", []), ("2.96", ["warning figure-cut-off"]), ("2.95", ["error figure-wrong"])]
)
def test_a_share_cut_off_is_a_warning_and_a_wrong_one_an_error(tmp_path: Path, share: str, verdict: list[str]) -> None:
    answers = f"t1:\n  nam_2019: {{tong: 7786, dh.so: 231, dh.ty_le: {share}}}\n  nam_2020: {{tong: 8197, dh.so: 1250}}"
    found = judged(tmp_path, EDUCATION, answers)
    assert found == ({"t1.nam_2019.dh.ty_le": verdict} if verdict else {})


def test_parts_above_their_total_and_a_required_cell_left_empty(tmp_path: Path) -> None:
    answers = "t1:\n  nam_2019: {tong: 10, dh.so: 11}\n  nam_2020: {dh.so: 1}"
    found = judged(tmp_path, EDUCATION, answers)
    assert found == {"t1.nam_2019.dh.so": ["error sum-wrong"], "t1.nam_2020.tong": ["hint answer-missing"]}


OPINIONS = """
- id: t1
  type: table
  columns:
    - id: y_kien
      type: choice
      shown_as: marks
      required: true
      options: [{id: phu_hop, label: Phù hợp}, {id: chua, label: Chưa phù hợp}]
    - {id: de_nghi, label: Đề nghị, type: text, required: y_kien == "chua", only_when: y_kien == "chua"}
  rows:
    - id: to_chuc
      label: Tổ chức
      rows: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}, {id: d, label: D}]
"""


def test_conditions_of_cells_look_at_their_own_row(tmp_path: Path) -> None:
    answers = """
t1:
  to_chuc.a: {y_kien: phu_hop}
  to_chuc.b: {y_kien: chua}
  to_chuc.c: {y_kien: phu_hop, de_nghi: Không nên quy định}
  to_chuc.d: {de_nghi: Không nên quy định}
  to_chuc.e: {y_kien: phu_hop}
"""
    assert judged(tmp_path, OPINIONS, answers) == {
        "t1.to_chuc.b.de_nghi": ["hint answer-missing"],
        "t1.to_chuc.c.de_nghi": ["warning answer-given-otherwise"],
        "t1.to_chuc.d.y_kien": ["hint answer-missing"],
        "t1.to_chuc.d.de_nghi": ["warning answer-given-otherwise"],
        "t1.to_chuc.e": ["warning row-unknown"],
    }


TIMES = """
- id: t1
  type: table
  rows: {open: true, at_least: 1, at_most: 4}
  columns:
    - {id: ten, type: text, lines: 1, required: true}
    - {id: loai, type: choice, options: [{id: dang_uy, label: Đảng ủy}, {id: chi_uy, label: Chi ủy}]}
    - {id: goi_y, type: mark}
    - {id: ngay, type: number, decimals: 1}
  checks:
    - {check: at_least_by, column: ngay, by: loai, limits: {dang_uy: 1, chi_uy: "0.5"}, except: [{when: goi_y == "x", limits: {dang_uy: "1.5", chi_uy: 1}}]}
    - {check: unique, columns: [ten], level: warning}
"""


def test_a_limit_that_depends_on_a_choice_of_the_row(tmp_path: Path) -> None:
    answers = """
t1:
  raaaa: {ten: A, loai: dang_uy, ngay: 1}
  rbbbb: {ten: B, loai: dang_uy, ngay: 1, goi_y: x}
  rcccc: {ten: C, loai: chi_uy, ngay: 0.4}
  rdddd: {ten: a, loai: chi_uy, ngay: 1, goi_y: x}
  reeee: {ten: E}
"""
    assert judged(tmp_path, TIMES, answers) == {
        "t1": ["error rows-too-many"],
        "t1.rbbbb.ngay": ["error below-limit-of"],
        "t1.rcccc.ngay": ["error below-limit-of"],
        "t1.rdddd.ten": ["warning not-unique"],
    }


SHEET = """
- {id: ky_luat, type: choice, options: [{id: co, label: Có}, {id: khong, label: Không}]}
- id: diem
  type: scoring
  groups:
    - id: viec
      at_most: 60
      criteria: [{id: chinh, title: Chính, at_most: 35, step: "0.5"}, {id: phu, title: Phụ, at_most: 25}]
    - {id: noi_bo, at_most: 40, criteria: [{id: doan_ket, title: Đoàn kết, at_most: 40, applies: unit.kind != "so"}]}
    - {id: tru, at_least: -10, at_most: 0, criteria: [{id: cham, title: Chậm, at_least: -10, at_most: 0}]}
  rescale: true
  levels: {list: muc, at_least: {xuat_sac: 90, tot: 70, hoan_thanh: 50, khong: 0}}
  caps: [{when: ky_luat == "co", level: hoan_thanh, because: Có kỷ luật}]
- id: tu_nhan
  type: choice
  options: muc
  checks: [{check: not_above, other: diem.own_level}]
"""


@pytest.mark.parametrize(
    ("discipline", "points", "claimed", "verdict"),
    [
        ("khong", (33, 22), "xuat_sac", {}),  # 55 of the 60 that apply count as 91,7 of 100
        ("khong", (32, 21), "xuat_sac", {"tu_nhan": ["error above-other"]}),
        ("co", (33, 22), "tot", {"tu_nhan": ["error above-other"]}),
        ("co", (33, 22), "hoan_thanh", {}),
        ("khong", ("33.3", 26), "tot", {"diem.viec.chinh": ["error number-step"], "diem.viec.phu": ["error number-too-high"]}),
    ],
)  # fmt: skip
def test_points_levels_and_caps(
    tmp_path: Path, discipline: str, points: tuple[Any, Any], claimed: str, verdict: dict[str, Any]
) -> None:
    answers = f"ky_luat: {discipline}\ndiem: {{viec.chinh: {points[0]}, viec.phu: {points[1]}}}\ntu_nhan: {claimed}"
    found = judged(tmp_path, SHEET, answers)
    assert {key: codes for key, codes in found.items() if "decimals" not in str(codes)} == verdict


CHECKED = """
- {id: tong, type: number}
- {id: mot, type: number}
- {id: hai, type: number}
- {id: ty_le, type: number, decimals: 1, compute: {share: mot, of: tong, decimals: 1, entered: true}}
- {id: truoc, type: date}
- {id: sau, type: date}
"""
RULES = """    checks:
      - {id: khop, check: equal, left: mot + hai, right: tong}
      - {id: thu_tu, check: before, left: truoc, right: sau, message: Xếp loại trước tổng kết}
      - {id: cong_thuc, check: formula, holds: "mot <= tong", level: warning}
"""


def test_checks_of_a_section(tmp_path: Path) -> None:
    answers = "tong: 10\nmot: 12\nhai: 1\nty_le: 120\ntruoc: 2022-12-05\nsau: 2022-12-05"
    assert judged(tmp_path, CHECKED, answers, RULES) == {
        "hai": ["error not-equal"],
        "truoc": ["error not-before"],
        "mot": ["warning formula-does-not-hold"],
    }
    words = [found.message for found in Workspace(tmp_path).row("dot", "so-a").findings if found.code == "not-before"]
    assert words[0].startswith("Xếp loại trước tổng kết (")


SUMMED = """
- id: t
  type: table
  label: Trường
  columns:
    - {id: truong, label: Trưởng, type: number}
    - {id: pho, label: Phó, type: number, decimals: 1}
    - {id: ghi, label: Ghi chú}
  rows: [{id: a, label: A}, {id: b, label: B}]
  total: {label: Cộng}
  total_column: {label: Tổng cộng, entered: ENTERED}
"""


def test_a_column_of_totals_is_worked_out_and_printed(tmp_path: Path) -> None:
    assert judged(tmp_path, SUMMED.replace("ENTERED", "false"), "t:\n  a:\n    truong: 1\n    pho: 2.5\n") == {}
    table = Workspace(tmp_path).definitions.outlines["bieu"].nodes["s"].fields["t"]
    assert isinstance(table, TableField)
    html = table_html(table, {"a": {"truong": "1", "pho": "2.5"}, "b": {"truong": "4"}})
    assert html.count("Tổng cộng") == 1
    assert [figure for figure in ("3,5", "7,5") if f">{lit(figure)}<" in html] == ["3,5", "7,5"]


def test_an_entered_column_of_totals_is_compared_with_the_sum(tmp_path: Path) -> None:
    answers = "t:\n  a:\n    truong: 1\n    pho: 2.5\n    total: 3.5\n  b:\n    truong: 4\n    total: 5\n"
    assert judged(tmp_path, SUMMED.replace("ENTERED", "true"), answers) == {"t.b.total": ["error figure-wrong"]}


def test_a_check_of_each_cell_is_told_at_each_cell(tmp_path: Path) -> None:
    check = '  checks: [{id: it, check: formula, holds: "a <= truong", each: cell, level: warning}]\n'
    fields = SUMMED.replace("ENTERED", "false").rstrip("\n") + "\n" + check
    found = judged(tmp_path, fields, "t:\n  a:\n    truong: 1\n    pho: 2.5\n  b:\n    truong: 3\n    pho: 1\n")
    assert found == {"t.a.pho": ["warning formula-does-not-hold"], "t.a.total": ["warning formula-does-not-hold"],
                     "t.b.total": ["warning formula-does-not-hold"]}  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "label", "cells"),
    [
        ("[{id: noi, label: Nơi}, {id: so, label: Số, type: number}]", ' colspan="2"', 1),
        ("[{id: so, label: Số, type: number}, {id: noi, label: Nơi}]", "", 2),
        ("[{id: noi, label: Nơi}, {id: ai, label: Ai}, {id: so, label: Số, type: number}]", ' colspan="3"', 1),
    ],
)
def test_the_total_of_open_rows_stands_under_their_first_texts(columns: str, label: str, cells: int) -> None:
    text = f"{{id: t, type: table, columns: {columns}, rows: {{open: true, number: '1'}}, total: {{label: Tổng}}}}"
    table = TableField.model_validate(yaml.load(text, Loader=yaml.BaseLoader))
    total = table_html(table, {"aaaaa": {"noi": "x", "so": "2"}}).partition('<tr class="hoso-total">')[2]
    assert total.startswith(f'<th scope="row"{label}>Tổng</th>') and total.partition("</tr>")[0].count("<td") == cells
