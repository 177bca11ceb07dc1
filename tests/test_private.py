"""Private rows and columns: kept apart, judged as one, never shown."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hoso.dossiers import Sheet, joined, new_sheet
from hoso.kinds import TableField
from hoso.kinds.keeping_private import parted, public, public_value
from hoso.render.tables import table_html
from hoso.store.writing import SheetFile
from hoso.workspace import Workspace

FILES = {
    "hoso.yaml": "hoso: 1\n",
    "outlines/lists.yaml": "hoso: 1\nlists: {}\nkinds:\n  so: {label: Sở}\n",
    "checklists/units.yaml": "hoso: 1\nunits:\n  so-a: {name: Sở A, kind: so}\n",
    "outlines/bieu.yaml": """
hoso: 1
title: Biểu
layout: form
publish: all
sections:
  - id: s
    number: none
    fields:
      - id: t
        type: table
        label: Kỷ luật
        columns:
          - {id: tong, label: Tổng, type: number}
          - {id: dan_toc, label: Dân tộc, type: number, private: true, at_most: 9}
          - {id: phan, label: Phần, type: number, compute: {share: dan_toc, of: tong, decimals: 1}}
        rows:
          - {id: nam, label: Nam}
          - {id: nu, label: Nữ, private: true}
        total: {label: Cộng}
      - id: ds
        type: table
        label: Danh sách
        columns: [{id: viec, label: Việc}, {id: ghi, label: Ghi riêng, private: true}]
        rows: {open: true}
""".lstrip(),
    "checklists/dot.yaml": "hoso: 1\ntitle: Đợt\nitems:\n  - {id: bieu, title: Biểu, outline: bieu}\n",
    "checklists/dot/so-a/dossier.yaml": "hoso: 1\nunit: so-a\nstate: drafting\nattachments:\n",
}
CELLS = {"nam": {"tong": "10", "dan_toc": "2"}, "nu": {"tong": "5", "dan_toc": "1"}}
ROWS = {"r2222": {"viec": "một", "ghi": "kín"}, "r3333": {"ghi": "chỉ kín"}, "r4444": {"viec": "ba"}}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = Workspace(tmp_path)
    assert made.definition_problems == []
    return made


def filled(workspace: Workspace) -> Sheet:
    outline = workspace.definitions.outlines["bieu"]
    sheet = new_sheet("bieu", outline)
    sheet.put(outline.nodes["s"], "t", CELLS)
    sheet.put(outline.nodes["s"], "ds", ROWS)
    return sheet


def field(workspace: Workspace, name: str) -> TableField:
    made = workspace.definitions.outlines["bieu"].nodes["s"].fields[name]
    assert isinstance(made, TableField)
    return made


def test_private_cells_go_to_the_private_half_and_come_back_as_one(workspace: Workspace) -> None:
    sheet = filled(workspace)
    assert sheet.answers["s"] == {
        "t": {"nam": {"tong": "10"}},
        "ds": {"r2222": {"viec": "một"}, "r3333": None, "r4444": {"viec": "ba"}},
    }
    assert sheet.private["s"] == {
        "t": {"nam": {"dan_toc": "2"}, "nu": {"tong": "5", "dan_toc": "1"}},
        "ds": {"r2222": {"ghi": "kín"}, "r3333": {"ghi": "chỉ kín"}},
    }
    assert sheet.raw("s", "t") == CELLS
    assert list(sheet.raw("s", "ds").items()) == list(ROWS.items())


def test_the_files_keep_them_apart_and_judging_sees_all(workspace: Workspace) -> None:
    folder = workspace.root / "checklists/dot/so-a"
    outline = workspace.definitions.outlines["bieu"]
    file = SheetFile(folder, "bieu", new_sheet("bieu", outline), None)
    file.sheet.put(outline.nodes["s"], "t", CELLS | {"nam": {"tong": "10", "dan_toc": "12"}})
    file.sheet.put(outline.nodes["s"], "ds", ROWS)
    file.save(datetime(2021, 12, 1, tzinfo=UTC))
    assert "dan_toc" not in (folder / "bieu.yaml").read_text(encoding="utf-8")
    assert "dan_toc: 12" in (folder / "bieu.private.yaml").read_text(encoding="utf-8")
    found = [one for one in workspace.row("dot", "so-a").findings if one.code == "number-too-high"]
    assert [(one.path.rpartition("/")[2], one.key) for one in found] == [("bieu.private.yaml", "bieu.s.t.nam.dan_toc")]
    assert found[0].line is not None
    assert workspace.open("dot", "so-a").sheets["bieu"].raw("s", "ds") == ROWS


def test_a_private_cell_in_the_shared_file_is_told_at_its_place(workspace: Workspace) -> None:
    path = workspace.root / "checklists/dot/so-a/bieu.yaml"
    path.write_text(
        "hoso: 1\noutline: bieu\nversion: 1\nanswers:\n  s:\n    t:\n      nam:\n        dan_toc: 2\n", encoding="utf-8"
    )
    found = [one for one in workspace.row("dot", "so-a").findings if one.code == "answer-not-private"]
    assert [(one.key, one.line) for one in found] == [("bieu.s.t.nam.dan_toc", 8)]


@pytest.mark.parametrize(
    ("answers", "key", "line"),
    [
        ("  s:\n    t:\n      nam:\n        dan_toc: 2\n        dan_tok: 1\n", "bieu.s.t.nam.dan_tok", 9),
        ("  s:\n    t:\n      nan:\n        dan_toc: 1\n", "bieu.s.t.nan", 7),
        ("  s:\n    u: 1\n", "bieu.s.u", 6),
        ("  z:\n    t: 1\n", "bieu.z", 5),
    ],
)
def test_what_nothing_asks_for_is_told_in_the_private_file_where_it_stands(
    workspace: Workspace, answers: str, key: str, line: int
) -> None:
    folder = workspace.root / "checklists/dot/so-a"
    head = "hoso: 1\noutline: bieu\nversion: 1\nanswers:\n"
    folder.joinpath("bieu.yaml").write_text(head + "  s:\n    t:\n      nam:\n        tong: 10\n", encoding="utf-8")
    folder.joinpath("bieu.private.yaml").write_text(head + answers, encoding="utf-8")
    found = [one for one in workspace.row("dot", "so-a").findings if one.code.endswith("-unknown")]
    assert [(one.path.rpartition("/")[2], one.key, one.line) for one in found] == [("bieu.private.yaml", key, line)]


def test_what_others_see_has_no_private_cell_and_no_sum_over_one(workspace: Workspace) -> None:
    made = field(workspace, "t")
    html = table_html(public(made), public_value(made, CELLS))
    assert "10" in html
    assert all(word not in html for word in ("Dân tộc", "Nữ", "Cộng", "Phần", "15", "20", ">2<"))
    assert list(public(field(workspace, "ds")).leaves) == ["viec"]


@pytest.mark.parametrize("absent", [{"absent": "withheld", "because": "x"}, None])
def test_an_absent_table_leaves_no_private_cells(workspace: Workspace, absent: Any) -> None:
    sheet = filled(workspace)
    sheet.put(workspace.definitions.outlines["bieu"].nodes["s"], "t", absent)
    assert (sheet.private["s"] or {}).get("t") is None
    assert sheet.raw("s", "t") == absent


def test_parting_and_joining_lose_nothing(workspace: Workspace) -> None:
    for name, value in (("t", CELLS), ("ds", ROWS)):
        assert joined(*parted(field(workspace, name), value)) == value
