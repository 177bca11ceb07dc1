"""Answers under the ids that sections, fields and columns had are found under those that they have now (`was`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso.definitions.former import Former
from hoso.dossiers import Attachment
from hoso.renaming import Answers, renewed, renewed_address
from hoso.rollup import as_json, roll_up
from hoso.workspace import Workspace
from tui.places import Key
from tui.session import Session

OUTLINE = """\
hoso: 1
title: Báo cáo
sections:
  - id: cu
    title: Một
    asks: [{id: y, text: Ý}]
    fields:
      - {id: dv, type: number, label: Đảng viên}
      - {id: bc, type: file, label: Minh chứng, formats: [txt], required: false}
      - id: bang
        type: table
        label: Bảng
        columns: [{id: so, label: Số, type: number}, {id: nam, label: Nữ, type: number}]
        rows: [{id: a, label: A}]
  - id: hai
    title: Hai
    asks: [{id: z, text: Ý}]
    fields: [{id: kin, type: number, label: Kín, private: true, required: false}]
"""
RENAMED = (
    ("  - id: cu\n", "  - id: moi\n    was: [cu]\n"),
    ("{id: dv,", "{id: dang_vien, was: [dv],"),
    ("{id: bc,", "{id: minh_chung, was: [bc],"),
    ("{id: nam,", "{id: nu, was: [nam],"),
    ("{id: kin,", "{id: rieng, was: [kin],"),
)
ANSWERS = """\
hoso: 1
outline: bc
version: 1
answers:
  cu:
    asks:
      y: {elsewhere: hai}
    dv: 5
    bang:
      a:
        so: 1
        nam: 2
  hai:
    asks:
      z:
        elsewhere: cu
"""
DOSSIER = """\
hoso: 1
unit: %s
state: drafting
attachments:
  bc.cu.bc:
    a.txt:
      file: bc.cu.bc/a.txt
      size: 1
      sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb
"""
COUNT = Key("field", "bc", "moi", "dang_vien")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": "hoso: 1\nkinds:\n  so: {label: Sở}\n",
        "outlines/bc.yaml": OUTLINE,
        "checklists/units.yaml": "hoso: 1\nunits:\n  a: {name: A, kind: so}\n  b: {name: B, kind: so}\n",
        "checklists/hs.yaml": "hoso: 1\ntitle: T\ndeadline: none\nitems: [{id: bc, title: B, outline: bc}]\n",
    }  # fmt: skip
    for unit in "ab":
        files |= {
            f"checklists/hs/{unit}/dossier.yaml": DOSSIER % unit,
            f"checklists/hs/{unit}/bc.yaml": ANSWERS,
            f"checklists/hs/{unit}/bc.private.yaml": "hoso: 1\noutline: bc\nanswers:\n  hai:\n    kin: 7\n",
            f"checklists/hs/{unit}/files/bc.cu.bc/a.txt": "a",
        }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def rename(root: Path) -> None:
    path = root / "outlines/bc.yaml"
    text = path.read_text(encoding="utf-8")
    for before, after in RENAMED:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def codes(root: Path, unit: str = "a") -> list[str]:
    workspace = Workspace(root)
    assert not workspace.definition_problems
    return [found.code for found in workspace.verdict(workspace.open("hs", unit)).problems]


def test_nothing_is_missing_or_strange_after_a_renaming(root: Path) -> None:
    assert codes(root) == []
    rename(root)
    assert codes(root) == []
    dossier = Workspace(root).open("hs", "a")
    sheet = dossier.sheets["bc"]
    assert (sheet.raw("moi", "dang_vien"), sheet.raw("hai", "rieng")) == ("5", "7")
    assert sheet.raw("moi", "bang") == {"a": {"so": "1", "nu": "2"}}
    assert sheet.ask("hai", "z") == {"elsewhere": "moi"}
    assert list(dossier.attachments) == ["bc.moi.minh_chung"]


def test_the_files_follow_with_the_first_change_and_not_before(root: Path) -> None:
    rename(root)
    path = root / "checklists/hs/a/bc.yaml"
    session = Session(Workspace(root), "hs", "a")
    assert session.close() and path.read_text(encoding="utf-8") == ANSWERS
    session = Session(Workspace(root), "hs", "a")
    session.type_into(COUNT, "6")
    assert session.close()
    text = path.read_text(encoding="utf-8")
    assert "  moi:\n" in text and "dang_vien: 6" in text and "nu: 2" in text and "cu" not in text.replace("cua", "")
    assert codes(root) == []


def test_what_another_writes_under_the_old_ids_meanwhile_is_merged(root: Path) -> None:
    rename(root)
    session = Session(Workspace(root), "hs", "a")
    path = root / "checklists/hs/a/bc.yaml"
    path.write_text(ANSWERS.replace("so: 1", "so: 9"), encoding="utf-8")
    session.type_into(COUNT, "6")
    assert session.close() and not session.clashes
    sheet = Workspace(root).open("hs", "a").sheets["bc"]
    assert sheet.raw("moi", "dang_vien") == "6" and sheet.raw("moi", "bang") == {"a": {"so": "9", "nu": "2"}}
    assert set(sheet.answers) == {"moi", "hai"}


def test_a_roll_up_adds_what_was_handed_in_under_the_old_ids(root: Path) -> None:
    session = Session(Workspace(root), "hs", "b")
    session.submit()
    rename(root)
    workspace = Workspace(root)
    assert workspace.open("hs", "b").wording, "the wording of then is another one"
    told = as_json(roll_up(workspace, "hs", drafts=True), workspace.definitions, ())
    totals = {one["field"]: one["totals"] for one in told["tables"]}
    assert totals == {"moi.dang_vien": {"value": 10}, "moi.bang": {"so": 2, "nu": 4}}


def test_an_id_that_something_else_has_by_now_is_its_own_and_two_answers_both_stay() -> None:
    former = Former({"cu": "moi"}, {"moi": {"x": "y"}}, {})
    both: Answers = {"cu": {"x": "1"}, "moi": {"y": "2"}}
    assert renewed(both, former) == both
    assert renewed({"cu": {"x": "1", "y": "2"}}, former) == {"moi": {"x": "1", "y": "2"}}
    assert renewed({"moi": None, "cu": {"x": "1"}}, former) == {"moi": {"y": "1"}}
    assert renewed({"cu": {"x": "1"}, "moi": None}, former) == {"moi": {"y": "1"}}
    assert renewed_address("bc.cu.x.g", "bc", former) == "bc.moi.y.g"
    assert renewed_address("khac.cu.x", "bc", former) == "khac.cu.x" and renewed_address("bc", "bc", former) == "bc"


NAMES = st.sampled_from(["a", "b", "c", "d"])
RAWS = st.one_of(st.none(), st.sampled_from(["1", "2"]))
SHEETS = st.dictionaries(NAMES, st.one_of(st.none(), st.dictionaries(NAMES, RAWS, max_size=4)), max_size=4)
MAPS = st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["c", "d"]), max_size=2)


def values(answers: Answers) -> list[str]:
    return sorted(raw for kept in answers.values() for raw in (kept or {}).values() if raw is not None)


@given(SHEETS, MAPS, MAPS)
def test_no_answer_is_lost_and_a_second_time_changes_nothing(answers, sections, fields):
    former = Former(sections, dict.fromkeys(("a", "b", "c", "d"), fields), {})
    made = renewed(answers, former)
    assert values(made) == values(answers)
    assert values(renewed(made, former)) == values(answers)


def test_documents_of_one_place_under_both_ids_are_put_together(root: Path) -> None:
    rename(root)
    path = root / "checklists/hs/a/dossier.yaml"
    listed = DOSSIER.partition("attachments:\n")[2]
    path.write_text(
        DOSSIER % "a" + listed.replace("bc.cu.bc:", "bc.moi.minh_chung:").replace("a.txt", "b.txt"), "utf-8"
    )
    found = Workspace(root).open("hs", "a").attachments
    assert {name: [one.file for one in files] for name, files in found.items()} == {
        "bc.moi.minh_chung": ["bc.cu.bc/a.txt", "bc.cu.bc/b.txt"]
    }
    assert all(isinstance(one, Attachment) for files in found.values() for one in files)
