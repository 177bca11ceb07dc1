"""One count everywhere: what is missing in a table is one thing to do, for progress as for handing in."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoso.problems import Fault, problem
from hoso.validate import MISSING, gathered, gathered_faults
from tests.review_case import NAME, UNIT, make_case, open_case, write
from tui.finding import wheres
from tui.places import Key, Place
from tui.session import Session

POINTS = Key("field", "tu_cham", "cham", "diem")
CRITERIA = (
    "              - {id: them, title: Việc thêm, at_most: 5}\n              - {id: nua, title: Việc nữa, at_most: 5}\n"
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    root = make_case(tmp_path / "ws", state="drafting")
    outline = root / "outlines" / "bang.yaml"
    text = outline.read_text("utf-8")
    phu = "              - {id: phu, title: Việc phụ, at_most: 40}\n"
    write(outline, text.replace(phu, phu + CRITERIA))
    return Session(open_case(root), NAME, UNIT)


def test_blank_criteria_are_one_thing_in_the_way(session: Session) -> None:
    progress, found = session.total_progress(), session.obstacles()
    assert progress.total - progress.done == 1 == len(found)
    assert found[0].code == "cells-missing" and found[0].params["count"] == "2"
    assert found[0].message == "“Bảng điểm”: còn 2 ô trống, ô đầu tiên là “Việc thêm”."
    told = [one for one in session.problems() if one.code in MISSING]
    assert len(told) == 1
    assert session.place_of(told[0]) == (Place("tu_cham", "cham"), POINTS)


def test_what_is_missing_and_what_is_wrong_stay_apart(session: Session) -> None:
    session.put(POINTS, {"viec.chinh": "61", "viec.phu": "30", "viec.them": "5"})
    assert sorted(one.code for one in session.obstacles()) == ["answer-missing", "number-too-high"]


def test_only_blank_cells_of_one_table_are_brought_together() -> None:
    def blank(key: str, of: str = "") -> object:
        return problem("answer-missing", "f.yaml", key, **({"label": key, "of": of} if of else {"label": key}))

    found = [
        blank("a.s.t.r1.c", "T"),
        blank("a.s.x"),
        blank("a.s.t.r2.c", "T"),
        blank("a.s.u.r1.c", "U"),
        blank("b.s.t.r1.c", "T"),
    ]
    told = gathered(found)  # type: ignore[arg-type]
    assert [(one.code, one.key) for one in told] == [
        ("cells-missing", "a.s.t.r1.c"), ("answer-missing", "a.s.x"), ("answer-missing", "a.s.u.r1.c"), ("answer-missing", "b.s.t.r1.c"),
    ]  # fmt: skip
    assert gathered(one.waive("vì") for one in found) != told  # type: ignore[attr-defined]
    faults = [("t.r1.c", Fault("answer-missing", {"label": "1", "of": "T"})), ("t", Fault("rows-too-few", {}))] * 2
    assert [fault.code for _, fault in gathered_faults(faults)] == ["cells-missing", "rows-too-few", "rows-too-few"]


def test_an_optional_sheet_counts_once_it_is_begun(tmp_path: Path) -> None:
    root = make_case(tmp_path / "ws", state="drafting")
    checklist = root / "checklists" / f"{NAME}.yaml"
    text = checklist.read_text("utf-8")
    write(checklist, text.replace("title: Báo cáo, outline: bc}", "title: Báo cáo, outline: bc, required: false}"))
    (root / "checklists" / NAME / UNIT / "bao_cao.yaml").unlink()
    session = Session(open_case(root), NAME, UNIT)
    verdict = session.workspace.verdict(session.dossier)
    assert (session.part_progress("bao_cao").total, verdict.parts["bao_cao"].total) == (0, 0)
    session.type_into(Key("field", "bao_cao", "chung", "ket_qua"), "Đã làm")
    verdict = session.workspace.verdict(session.dossier)
    assert session.part_progress("bao_cao").total == verdict.parts["bao_cao"].total == 3


def test_a_problem_inside_a_sheet_is_told_with_the_criterion(session: Session) -> None:
    session.put(POINTS, {"viec.chinh": "61", "viec.phu": "30"})
    told = wheres(session, session.problems())
    assert told["tu_cham.cham.diem.viec.chinh"] == "I. Tự chấm › Bảng điểm › Việc chính · Điểm"
    assert "Việc thêm" in told["tu_cham.cham.diem.viec.them"]
