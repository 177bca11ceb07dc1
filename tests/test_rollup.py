"""Roll-ups: sums of the units of a checklist, done by hand here."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hoso.cli import build
from hoso.rollup import Contribution, as_json, merged, roll_up
from hoso.rollup.adding import FieldSum
from hoso.rollup.sheets import harmless
from hoso.workspace import Workspace

from .conftest import ROOT
from .rollup_case import write_case


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_case(tmp_path))
    return tmp_path


def told(root: Path, *by: Any, drafts: bool = False) -> dict[str, Any]:
    workspace = Workspace(root)
    return as_json(roll_up(workspace, "dot", drafts=drafts), workspace.definitions, by)


def table(made: dict[str, Any], field: str) -> dict[str, Any]:
    return next(one for one in made["tables"] if one["field"] == field)


def test_figures_are_added_and_what_is_absent_is_told(case: Path) -> None:
    made = told(case)
    assert made["units"] == {"expected": 6, "in": 4}
    members = table(made, "chung.dang_vien")
    # 100 + 50; a3 does not apply; b1 wrote no figure; b2 is a draft; b3 has begun nothing
    assert members["totals"] == {"before": 150, "value": 150}
    women = table(made, "chung.nu")
    assert women["totals"] == {"value": 50}
    counts = {
        "value": 2,
        "nil": 0,
        "pending": 1,
        "absent": 1,
        "not_applicable": 0,
        "withheld": 0,
        "unclear": 0,
        "blank": 1,
    }
    assert women["counts"] == counts
    assert members["counts"]["unclear"] == 1 and members["counts"]["not_applicable"] == 1
    assert women["units"] == {"expected": 6, "in": 4}


def test_shares_are_computed_from_the_sums(case: Path) -> None:
    made = told(case, drafts=True)
    # (40 + 110) of (100 + 250): a2 lacks the women, b1 the members, and a3 has none of them at all
    share = table(made, "chung.ty_le_nu")
    assert share["totals"] == {"value": 42.9} and share["rows"][0]["left_out"] == {"value": 2}
    assert not [one for one in made["tables"] if one["field"] in ("chung.tu_ghi", "chung.rieng")]


LACKING = """
hoso: 1
title: Báo cáo
publish: {dossiers: all, from: drafting}
sections:
  - id: s
    fields:
      - {id: m, type: number, label: Members, compare: true}
      - {id: w, type: number, label: Women}
      - {id: men, type: number, label: Men, compute: {formula: m - w}}
      - {id: sw, type: number, label: Share, compute: {share: w, of: m, decimals: 1}}
      - {id: both, type: number, label: Both, compute: {sum: [m, w]}}
      - id: t
        type: table
        label: T
        columns:
          - {id: m, label: M, type: number}
          - {id: w, label: W, type: number}
          - {id: men, label: Men, type: number, compute: {formula: m - w}}
          - {id: sw, label: Share, type: number, compute: {share: w, of: m, decimals: 1}}
          - {id: both, label: Both, type: number, compute: {sum: [m, w]}}
          - {id: share_of_both, label: Share of both, type: number, compute: {share: w, of: both, decimals: 1}}
          - {id: per, label: Per, type: number, compute: {formula: "100 * w / m", decimals: 1}}
        rows: [{id: r1, label: R1}, {id: r2, label: R2}]
        total: {label: Total}
      - id: o
        type: table
        label: O
        columns:
          - {id: m, label: M, type: number}
          - {id: w, label: W, type: number}
          - {id: sw, label: Share, type: number, compute: {share: w, of: m, decimals: 1}}
        rows: {open: true}
"""
PENDING, WITHHELD = "{absent: pending}", "{absent: withheld, because: x}"


def write_lacking(folder: Path, units: dict[str, tuple[str, str]], kinds: str = "k") -> Path:
    """Units with these members and women, each alone, in the first row of a table, and in a row of their own."""
    files = {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": "hoso: 1\n", "outlines/bc.yaml": LACKING.lstrip("\n"),
        "checklists/dot.yaml": "hoso: 1\ntitle: D\npublish: {dossiers: all, from: drafting}\nitems: [{id: bc, outline: bc}]\n",
        "checklists/units.yaml": "hoso: 1\nunits:\n" + "".join(f"  {name}: {{name: U{name}, kind: {kinds}}}\n" for name in units),
    }  # fmt: skip
    for name, (m, w) in units.items():
        files[f"checklists/dot/{name}/dossier.yaml"] = f"hoso: 1\nunit: {name}\nstate: handed_in\nattachments:\n"
        files[f"checklists/dot/{name}/bc.yaml"] = (
            "hoso: 1\noutline: bc\nversion: 1\nanswers:\n  s:\n"
            f"    m: {m}\n    w: {w}\n    t:\n      r1: {{m: {m}, w: {w}}}\n      r2: {{m: 10, w: 5}}\n"
            f"    o:\n      aaaaa: {{m: {m}, w: {w}}}\n      bbbbb: {{m: 10, w: 5}}\n"
        )
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_computed_figure_is_of_units_that_have_all_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_lacking(tmp_path, {"a": ("100", "40"), "b": ("50", PENDING), "c": (WITHHELD, "8")}))
    made = told(tmp_path)
    value = {name: table(made, f"s.{name}")["totals"]["value"] for name in ("m", "w", "men", "sw", "both")}
    assert value == {"m": 150, "w": 48, "men": 60, "sw": 40.0, "both": 198}
    first, second = table(made, "s.t")["rows"]
    assert first["values"] == {
        "m": 150, "w": 48, "men": 60, "sw": 40.0, "both": 198, "share_of_both": 28.6, "per": 40.0,
    }  # fmt: skip
    assert first["left_out"] == dict.fromkeys(("men", "sw", "share_of_both", "per"), 2)
    assert second["values"]["sw"] == 50.0 and not second["left_out"]
    totals = table(made, "s.t")["totals"]
    # 40 + 3 × 5 of 100 + 3 × 10: what is there of each unit and row, and nothing of half of a pair
    assert (totals["m"], totals["men"], totals["sw"]) == (180, 75, 42.3)
    rows = table(made, "s.o")
    assert rows["totals"] == {"rows": 6, "m": 180, "w": 63, "sw": 42.3} and rows["rows"][0]["left_out"] == {"sw": 2}
    assert table(made, "s.sw")["counts"] == {
        "value": 1, "nil": 0, "pending": 1, "absent": 1, "not_applicable": 0, "withheld": 1, "unclear": 0, "blank": 0,
    }  # fmt: skip


def test_what_is_lacking_is_told_for_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_lacking(tmp_path, {"a": ("100", "40"), "b": ("50", PENDING), "c": (WITHHELD, "8")}))
    runner = CliRunner()
    shown = runner.invoke(build(), ["rollup", "dot"]).stdout
    lines = {line.split("  ")[0]: line for line in shown.splitlines()}
    assert "150 đến nay, 1 không công bố " in lines["Members"] and "48 đến nay, 1 chưa có số " in lines["Women"]
    assert "60 đến nay, 2 đơn vị chưa đủ số" in lines["Men"] and "40,0 đến nay, 2 đơn vị chưa đủ số" in lines["Share"]
    assert "198 đến nay, 1 chưa có số, 1 không công bố" in lines["Both"]
    rows = list(csv.DictReader(io.StringIO(runner.invoke(build(), ["rollup", "dot", "--format", "csv"]).stdout)))
    kept = {tuple(one.values())[2]: list(one.values())[6:] for one in rows if one["Cột"] == "Tổng"}
    # pending, units counted, units asked, withheld, units incomplete
    assert kept["s.m: Members"] == ["", "3", "3", "1", ""] and kept["s.w: Women"] == ["1", "3", "3", "", ""]
    assert kept["s.men: Men"] == kept["s.sw: Share"] == ["", "3", "3", "", "2"]
    path = tmp_path / "x.xlsx"
    assert runner.invoke(build(), ["rollup", "dot", "--format", "xlsx", "-o", str(path)]).exit_code == 0
    with zipfile.ZipFile(path) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert all(f">{one}<" in words for one in ("Tổng: 1 không công bố", "1 chưa có số", "2 đơn vị chưa đủ số"))
    from tests.site_case import planned

    body = planned(tmp_path).pages["tong-hop/dot.md"].body
    assert "1 không công bố" in body and "40&#44;0 đến nay&#44; 2 đơn vị chưa đủ số" in body


def test_a_computed_figure_that_no_unit_has_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_lacking(tmp_path, {"a": ("100", PENDING), "b": ("0", "0"), "c": ("", "8")}))
    made = told(tmp_path)
    assert table(made, "s.sw")["totals"] == {"value": None}
    assert table(made, "s.t")["rows"][0]["values"]["sw"] is None
    shown = CliRunner().invoke(build(), ["rollup", "dot"]).stdout
    assert [line.split() for line in shown.splitlines() if line.startswith("Share")] == [["Share", "3/3"]]


def test_units_are_counted_and_not_the_columns_of_a_figure(tmp_path: Path) -> None:
    write_lacking(tmp_path, {"a": ("{value: 100, before: 90}", "40"), "b": ("{value: 50, before: 40}", "1")})
    counts = table(told(tmp_path), "s.m")["counts"]
    assert counts["value"] == 2 and counts["blank"] == 0


def test_what_another_version_kept_is_not_taken_for_what_is_kept_now(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hoso.rollup.gathering as gathering

    first = told(case)
    monkeypatch.setattr(gathering, "FORM", "-0")
    monkeypatch.setattr(Contribution, "as_text", lambda _: '["handed_in","",{},{},[]]')
    assert told(case)["tables"] != first["tables"]
    monkeypatch.undo()
    monkeypatch.chdir(case)
    assert told(case) == first


def test_a_table_is_added_cell_by_cell(case: Path) -> None:
    made = table(told(case), "bang.xep_loai")
    assert made["columns"] == ["nam_2020", "nam_2021", "tang"]
    assert [row["id"] for row in made["rows"]] == ["tot", "kem"]
    assert made["rows"][0]["values"] == {"nam_2020": 15, "nam_2021": 15, "tang": 0}
    # 2 so far, for a2 is pending; nothing in 2021 and 1; of a1, which has both, 0 after 2
    assert made["rows"][1]["values"] == {"nam_2020": 2, "nam_2021": 1, "tang": -100}
    assert "6666" not in json.dumps(told(case)) and "5555" not in json.dumps(told(case))


def test_open_rows_are_counted_and_their_columns_added(case: Path) -> None:
    made = table(told(case), "bang.mo")
    assert made["totals"] == {"rows": 4, "so": 12, "loai.m": 2, "loai.s": 1}
    assert made["counts"]["pending"] == 1


def test_choices_are_counted(case: Path) -> None:
    made = table(told(case), "chung.hinh_thuc")
    assert {row["id"]: row["values"]["units"] for row in made["rows"]} == {"a": 1, "b": 2}
    assert made["totals"] == {"units": 3}


def test_groups_by_kind_and_by_parent(case: Path) -> None:
    groups = told(case, "kind", "parent")["groups"]
    found = {
        (one["by"], one["label"]): (one["units"], table(one, "chung.dang_vien")["totals"]["value"]) for one in groups
    }
    assert found == {
        ("kind", "Sở"): ({"expected": 3, "in": 3}, 150),
        ("kind", "Huyện"): ({"expected": 2, "in": 1}, None),
        ("kind", "Trường"): ({"expected": 1, "in": 0}, None),
        ("parent", "Khối a"): ({"expected": 3, "in": 3}, 150),
        ("parent", "Khối b"): ({"expected": 3, "in": 1}, None),
    }


def test_a_changed_dossier_is_read_anew_and_the_others_are_not(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told(case)
    path = case / "checklists/dot/a1/bc.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 100", "value: 1000"), encoding="utf-8")
    read: list[str] = []
    opened = Workspace.open

    def noted(self: Workspace, name: str, unit: str) -> Any:
        read.append(unit)
        return opened(self, name, unit)

    monkeypatch.setattr(Workspace, "open", noted)
    assert table(told(case), "chung.dang_vien")["totals"]["value"] == 1050
    assert read == ["a1"] and first != told(case)


def test_a_dossier_that_cannot_be_read_is_told(case: Path) -> None:
    (case / "checklists/dot/a2/bc.yaml").write_text("hoso: 1\nanswers: [\n", encoding="utf-8")
    (case / "checklists/dot/khoi-a").mkdir()
    done = CliRunner().invoke(build(), ["rollup", "dot", "--format", "json"], standalone_mode=False)
    assert done.return_value == 1
    assert "checklists/dot/a2/bc.yaml" in done.stderr and "checklists/dot/khoi-a" in done.stderr
    made = json.loads(done.stdout)
    assert made["units"] == {"expected": 6, "in": 4} and table(made, "chung.dang_vien")["totals"]["value"] == 100
    assert any("a2/bc.yaml" in line for line in made["unreadable"])


def test_what_people_wrote_is_never_a_formula(case: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    lines = list(csv.reader(io.StringIO(runner.invoke(build(), ["rollup", "dot", "--format", "csv"]).stdout)))
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "@"))]
    assert any("'=Một" in line for line in lines)
    path = tmp_path / "x.xlsx"
    assert runner.invoke(build(), ["rollup", "dot", "--format", "xlsx", "-o", str(path), "--by", "kind"]).exit_code == 0
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 4 and not any("<f>" in text or "hyperlink" in text for text in sheets)
        assert "=Một" in book.read("xl/sharedStrings.xml").decode() and "<v>150</v>" in sheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1"])
def test_marked_text_begins_no_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_a_workbook_asks_for_a_file(case: Path) -> None:
    assert CliRunner().invoke(build(), ["rollup", "dot", "--format", "xlsx"]).exit_code == 2


def test_the_table_says_how_many_units_it_covers(case: Path) -> None:
    shown = CliRunner().invoke(build(), ["rollup", "dot", "--by", "kind"]).stdout
    assert "4 trên 6 đơn vị" in shown and "50 đến nay, 1 chưa có số" in shown


@pytest.mark.parametrize("name", ["kiem-diem-2022", "tong-ket-tccs-2021", "tong-ket-2021", "giao-ban-quy-4-2021"])
def test_what_is_shipped_adds_up(name: str) -> None:
    workspace = Workspace(ROOT)
    made = as_json(roll_up(workspace, name, drafts=True), workspace.definitions, ["kind", "parent"])
    assert made["tables"] or not made["units"]["in"]
    if name == "kiem-diem-2022":
        assert table(made, "lanh_dao.so_tccsd")["totals"] == {"value": 58}


entries = st.one_of(
    st.integers(-9999, 9999).map(str), st.decimals(-99, 99, places=2).map("{:f}".format),
    st.sampled_from(["=nil", "=pending", "=pending 12", "=withheld", "=not_applicable", "=unclear"]),
)  # fmt: skip
cells = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), entries), max_size=4, unique_by=lambda one: one[:2]
)
given_fields = st.one_of(cells, st.sampled_from(["=nil", "=pending", "=not_applicable"]))


def added(some: list[Any]) -> FieldSum:
    made = FieldSum()
    for one in some:
        made.add(one)
    return made


@given(st.lists(st.tuples(given_fields, st.integers(0, 3)), max_size=12))
def test_a_partition_adds_up_to_the_whole(some: list[tuple[Any, int]]) -> None:
    made = FieldSum()
    for group in range(4):
        made.merge(added([one for one, of in some if of == group]))
    whole = added([one for one, _ in some])
    assert (made.units, +made.whole) == (whole.units, +whole.whole)
    assert {cell: (one.value, one.given, +one.states) for cell, one in made.cells.items()} == {
        cell: (one.value, one.given, +one.states) for cell, one in whole.cells.items()
    }


@given(given_fields)
def test_what_is_kept_is_read_as_it_was(one: Any) -> None:
    text = '["handed_in","",{"bc":["so-lieu","all",{"s.f":' + json.dumps(one) + '}]},{"bc":["tot",true]},[]]'
    assert json.loads(Contribution.from_text("u", text).as_text()) == json.loads(text)


def test_kinds_and_parents_make_the_same_whole(case: Path) -> None:
    made = roll_up(Workspace(case), "dot", drafts=True)
    for by in ("kind", "parent"):
        again = merged(made.groups(by).values())
        assert (again.expected, again.included, again.asked) == (6, 5, made.whole.asked)
        key = next(iter(made.shapes))
        for name, one in made.whole.fields.items():
            assert {cell: tally.value for cell, tally in again.fields[name].cells.items()} == {
                cell: tally.value for cell, tally in one.cells.items()
            }, key


def page_of(root: Path) -> str:
    from tests.site_case import planned

    return planned(root).pages["tong-hop/dot.md"].body


def test_the_site_adds_up_and_leaves_out_groups_that_tell_of_one_unit(case: Path) -> None:
    body = page_of(case)
    assert "**4 trên 6 đơn vị**" in body and "7777" not in body
    row = next(line for line in body.replace("<tr>", "\n<tr>").splitlines() if ">Đảng viên &#40;Tổng" in line)
    # Schools and districts have too few units, so that nothing is told of single kinds; no parent either.
    assert ">150<" in row and "chỉ có trong tổng số" not in row
    assert "<svg" in body and "<desc>" in body


def test_the_board_leads_to_the_roll_up(case: Path) -> None:
    from tests.site_case import planned

    assert "](../tong-hop/dot.md)" in planned(case).pages["tinh-hinh/dot.md"].body


def test_a_sensitive_figure_stands_on_no_page_of_a_dossier(tmp_path: Path) -> None:
    from tests.rollup_case import CHECKLIST, OUTLINE
    from tests.site_case import planned

    outline = OUTLINE.replace("dossiers: totals", "dossiers: all").replace("label: Nữ}", "label: Nữ, sensitive: true}")
    root = write_case(tmp_path, checklist=CHECKLIST.replace("totals", "all"), outline=outline)
    body = planned(root).pages["ho-so/dot/a1.md"].body
    assert "Đảng viên" in body and "| Nữ |" not in body


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 10, "b": 20, "c": 30}, {"a", "b", "c"}),
        ({"a": 3, "b": 20, "c": 30}, {"c"}),  # b goes with a, or a would follow from the total
        ({"a": 3, "b": 1, "c": 30}, set()),  # 3 + 1 is below five too
        ({"a": 3, "b": 2, "c": 30}, {"c"}),
    ],
)
def test_small_counts_do_not_follow_from_what_is_shown(counts: dict[str, int], shown: set[str]) -> None:
    from hoso.rollup import Atom, Key, RollUp, Sum
    from hoso.rollup.hiding import Hiding
    from hoso.rollup.shape import Shape

    shape, key = Shape("s.f", "F"), Key("bc", "o")
    shape.cells, shape.sensitive = [("", "value")], frozenset({("", "value")})
    atoms = {}
    for kind, count in counts.items():
        one = atoms[Atom(kind, "p")] = Sum()
        one.asked[key] = 3
        for part in (count, 0, 0):
            one.field(key, "s.f").add([("", "value", str(part))] if part else [])
    made = RollUp("dot", {key: [shape]}, atoms)
    assert set(Hiding(made, lambda *_: True).groups(key, shape, "kind")) == shown


RATED = {"so": (2, 6), "huyen": (3, 2), "xa": (1, 2), "truong": (1, 1)}  # kind → excellent, good


def write_quota(folder: Path) -> Path:
    """A quota by kind: of excellent units at most half as many as there are good ones."""
    from tests.test_tables import LISTS, SHEET

    fields = SHEET.strip("\n").replace("\n", "\n      ")
    units = [(f"{kind}{n}", kind, n < most) for kind, (most, good) in RATED.items() for n in range(most + good)]
    files = {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS,
        "outlines/bang.yaml": "hoso: 1\ntitle: B\npublish: {dossiers: totals, from: handed_in}\nsections:\n"
        f"  - id: s\n    fields:\n      {fields}\n",
        "checklists/units.yaml": "hoso: 1\nunits:\n"
        + "".join(f"  {name}: {{name: Đơn vị {name}, kind: {kind}}}\n" for name, kind, _ in units),
        "checklists/dot.yaml": "hoso: 1\ntitle: D\npublish: {dossiers: totals, from: handed_in}\n"
        "items: [{id: tu_cham, outline: bang}]\nchecks:\n  - {id: q, check: at_most_share, over: units, "
        "of: tu_cham.final_level, part: [xuat_sac], base: [tot], limit: 50%, round: down, by: kind, level: warning}\n",
    }  # fmt: skip
    for name, _, best in units:
        level, points = ("xuat_sac", 35) if best else ("tot", 20)
        files[f"checklists/dot/{name}/dossier.yaml"] = f"hoso: 1\nunit: {name}\nstate: handed_in\nattachments:\n"
        files[f"checklists/dot/{name}/tu_cham.yaml"] = (
            "hoso: 1\noutline: bang\nversion: 1\nanswers:\n  s:\n    ky_luat: khong\n"
            f"    diem: {{viec.chinh: {points}, viec.phu: 25}}\n    tu_nhan: {level}\n"
        )
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_quotas_are_told_with_the_places_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_quota(tmp_path))
    found = {one["group"]: one for one in told(tmp_path)["quotas"]}
    # half of 6 is 3, of 2 is 1, of 2 is 1, and of 1 is 0 whole ones
    assert {name: (one["count"], one["base"], one["limit"], one["places_left"], one["holds"]) for name, one in found.items()} == {
        "so": (2, 6, 3, 1, True), "huyen": (3, 2, 1, -2, False), "xa": (1, 2, 1, 0, True), "truong": (1, 1, 0, -1, False),
    }  # fmt: skip
    assert all(one["provisional"] for one in found.values())
    done = CliRunner().invoke(build(), ["status", "dot"])
    assert "3" in next(line for line in (done.stdout + done.stderr).splitlines() if "“Xuất sắc”, huyen" in line)


def test_the_total_of_score_sheets_adds_what_each_page_says(tmp_path: Path) -> None:
    from tests.site_case import planned

    made = table(told(write_quota(tmp_path)), "s.diem")
    # Of departments 60 of 60 points that apply are 100 of 100, and 45 are 75; of the others 60 and 45 are what they are.
    assert made["totals"] == {"points": 2 * 100 + 6 * 75 + 5 * 60 + 5 * 45, "average": 65.28}
    assert made["counts"]["not_applicable"] == 8
    for extent in ("outlines/bang", "checklists/dot"):
        path = tmp_path / f"{extent}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("totals", "all"), encoding="utf-8")
    pages = planned(tmp_path).pages
    shown = [
        re.search(r">([\d,]+) trên 100<", pages[f"ho-so/dot/{unit}.md"].body) for unit in ("so0", "so7", "xa0", "xa2")
    ]
    assert [one and one[1] for one in shown] == ["100", "75", "60", "45"]


def test_the_site_tells_quotas_over_units_enough(tmp_path: Path) -> None:
    body = page_of(write_quota(tmp_path))
    quotas = body.partition("{#han-muc}")[2].partition("\n## ")[0]
    # Two schools are too few, and with them the three communes, or the schools would follow from the whole.
    assert "so" in quotas and "huyen" in quotas and "truong" not in quotas and ", xa" not in quotas
    assert "2 &#47; 3<" in quotas and "3 &#47; 1&#44; vượt hạn mức<" in quotas
    assert quotas.count('class="hoso-limit"') == 2


def test_steps_lie_as_far_apart_as_their_days() -> None:
    from datetime import date

    from hoso.render.charts import steps

    made = [(date(2021, 11, 1), 1), (date(2021, 11, 2), 3), (date(2021, 11, 30), 4)]
    drawn = "".join(steps("Nộp", "x", made, 6))
    path = re.search(r'<path class="hoso-step" d="([^"]+)"', drawn)
    assert path
    xs = sorted({float(x) for x in re.findall(r"[ML]([\d.]+) ", path[1])})
    day = (xs[-1] - xs[0]) / 30
    assert [round((x - xs[0]) / day) for x in xs] == [0, 1, 29, 30]
    assert "1&#47;11&#47;2021" in drawn or "01&#47;11&#47;2021" in drawn


def test_what_is_sensitive_is_told_by_nothing_of_a_dossier(tmp_path: Path) -> None:
    from tests.rollup_case import CHECKLIST, OUTLINE
    from tests.site_case import planned

    outline = OUTLINE.replace("dossiers: totals", "dossiers: all").replace(
        "label: Nữ}", "label: Nữ, sensitive: true, compare: true, at_most: 3}"
    )
    more = "      - {id: loi, type: text, label: Lời}\n"
    outline = outline.replace("      - {id: hinh_thuc", more + "      - {id: hinh_thuc")
    root = write_case(tmp_path, checklist=CHECKLIST.replace("totals", "all"), outline=outline)
    path = root / "checklists/dot/a1/bc.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "    nu: 40", "    nu: {value: 4321, before: 1234}\n    loi: Có {{nu}} người"
    )
    path.write_text(text.replace("{value: 100, before: 90}", "{value: 8642, before: 90}"), encoding="utf-8")
    body = planned(root).pages["ho-so/dot/a1.md"].body
    assert "Có " in body and "người" in body
    # neither the figure, nor what it was, nor the share of 4321 in 8642
    assert not [one for one in ("4.321", "4321", "1.234", "1234", "50,0", "| Nữ |") if one in body]


def test_counts_by_discipline_are_marked_where_they_are_shipped() -> None:
    outline = Workspace(ROOT).definitions.outlines["bao-cao-tccs-dang-2021"]
    fields = {name: made for node in outline.nodes.values() for name, made in node.fields.items()}
    struck = [made for name, made in fields.items() if name.startswith("xoa_ten")]
    assert len(struck) == 3 and all(made.sensitive for made in (fields["bi_ky_luat"], *struck))
    assert all(fields[name].private for name in ("dan_toc_thieu_so", "theo_ton_giao"))
    outline = Workspace(ROOT).definitions.outlines["bao-cao-tong-ket-2021"]
    assert any(made.sensitive for node in outline.nodes.values() for made in node.fields.values())


def test_the_schema_says_what_sensitive_means() -> None:
    schema = CliRunner().invoke(build(), ["schema", "outline"]).stdout
    assert "never on the page of a dossier" in schema


def test_the_search_names_roll_ups_and_boards(case: Path) -> None:
    from hoso.i18n import tr
    from hoso.render.labels import label_of

    definitions = Workspace(case).definitions
    labels = [label_of(name, definitions) for name in ("tong-hop/dot.md", "tinh-hinh/dot.md", "ho-so/dot/a1.md")]
    assert labels == [tr("Added up"), tr("Handing in"), tr("Dossier")] and len(set(labels)) == 3
