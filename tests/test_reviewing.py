"""Reviewing and being reviewed, without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hoso.appraisals import Remark
from hoso.problems import Refused
from hoso.store import Lock
from tests.review_case import NAME, OTHER, UNIT, folder, make_case, open_case, write
from tests.test_session import Ticking
from tui import entries, remarks
from tui.places import Key, Place
from tui.saving import SAVE_AFTER
from tui.session import Session

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
SHEET = Key("field", "tu_cham", "cham", "diem")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_case(tmp_path / "ws")


def opened(root: Path, unit: str = UNIT, ticking: Ticking | None = None) -> Session:
    return Session(open_case(root), NAME, unit, monotonic=ticking or Ticking())


def said(session: Session, part: str, section: str = "", field: str = "", text: str = "Cần sửa") -> Remark:
    assert session.review is not None
    made = session.review.begin(part, section, field)
    session.review.say(part, made, text)
    return made


def kept(root: Path, part: str = "bao_cao") -> list[tuple[str, str]]:
    appraisal = open_case(root).open(NAME, UNIT).appraisals.get(part)
    return [(one.address, one.text) for one in appraisal.all_remarks()] if appraisal else []


def returned(root: Path, *parts: str) -> Session:
    """The unit's session on a dossier that came back with a remark on each of three places."""
    session = opened(root)
    review = session.begin_review()
    said(session, "bao_cao", "chung", "ket_qua", "Nêu số liệu")
    said(session, "bao_cao", "rieng", "", "Viết rõ hơn")
    said(session, "bao_cao", text="Ký và đóng dấu")
    review.give_back("Còn thiếu", list(parts))
    session.close()
    return opened(root)


# ---- the superior -------------------------------------------------------------------------------------------


def test_only_what_was_handed_in_is_reviewed(root: Path) -> None:
    make_case(root, "drafting")
    session = opened(root)
    with pytest.raises(Refused) as refused:
        session.begin_review()
    assert refused.value.problem.code == "not-handed-in"
    with pytest.raises(Refused):
        session.put_entry(Key("verdict", "bao_cao"), ("accepted", "", ""))


def test_remarks_are_saved_by_the_same_throttle(root: Path) -> None:
    ticking = Ticking()
    session = opened(root, ticking=ticking)
    session.begin_review()
    made = said(session, "bao_cao", "chung", "ket_qua", "N")
    assert session.review is not None
    for text in ("Nê", "Nêu", "Nêu số"):
        ticking.at += 0.3
        session.review.say("bao_cao", made, text)
    assert session.save_due_in == 0.0 and SAVE_AFTER < 3 * 0.3
    assert session.save() and kept(root) == [("chung.ket_qua", "Nêu số")]
    assert session.status().startswith("đã lưu") or session.status().startswith("saved")
    assert session.undo() == Key("remark", "bao_cao", "chung", made.id)
    assert session.redo() is not None and session.undo() is not None
    assert session.close() and kept(root) == []


def test_what_the_unit_wrote_is_read_only_meanwhile(root: Path) -> None:
    session = returned(root)
    session.begin_review()
    with pytest.raises(Refused):
        session.type_into(TEXT, "x")
    assert session.end_review()
    session.type_into(TEXT, "x")
    assert session.close()


def test_a_remark_without_words_is_not_kept(root: Path) -> None:
    session = opened(root)
    session.begin_review()
    made = said(session, "bao_cao", "chung", text="  ")
    assert session.is_saved
    said(session, "bao_cao", "chung", text="x")
    assert session.review is not None
    session.review.say("bao_cao", made, "y")
    session.review.say("bao_cao", made, "")
    assert session.close() and kept(root) == [("chung", "x")]


def test_points_verdicts_and_levels_are_undone_in_turn(root: Path) -> None:
    session = opened(root)
    review = session.begin_review()
    review.appraise(SHEET, {"viec.chinh": "40"})
    session.seal()
    review.decide("tu_cham", "returned", "Thiếu minh chứng")
    review.rate("tu_cham", "hoan_thanh")
    assert review.to_return == ["tu_cham"]
    assert "Hoàn thành" in review.level_line("tu_cham") and review.level_line("bao_cao") == ""
    for _ in range(2):
        session.undo()
    assert "Tốt" in review.level_line("tu_cham") and review.verdict("tu_cham") == ("", "", "")
    session.undo()
    assert review.appraisal("tu_cham").points("cham", "diem") == {} and session.undo() is None
    assert session.close()
    assert not (folder(root) / "tu_cham.appraisal.yaml").exists()


def test_a_dossier_that_somebody_holds_locked_is_reviewed(root: Path) -> None:
    lock = Lock(folder(root) / "bao_cao.yaml")
    workspace = open_case(root)
    assert lock.take(workspace.clock.now()) is None
    before = (folder(root) / "bao_cao.yaml").read_bytes()
    session = opened(root)
    session.begin_review()
    said(session, "bao_cao", "chung")
    assert session.close() and kept(root) == [("chung", "Cần sửa")]
    assert (folder(root) / "bao_cao.yaml").read_bytes() == before and lock.holder() is not None


def test_a_spoiled_file_refuses_and_the_rest_goes_on(root: Path) -> None:
    write(folder(root) / "bao_cao.appraisal.yaml", "hoso: 1\nverdict: [\n")
    session = opened(root)
    session.begin_review()
    with pytest.raises(Refused):
        said(session, "bao_cao", "chung")
    said(session, "tu_cham", "cham")
    assert session.close() and kept(root, "tu_cham") == [("cham", "Cần sửa")]


def test_a_full_disk_is_told_and_nothing_is_lost(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(root)
    session.begin_review()
    said(session, "bao_cao", "chung")

    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        assert not session.save() and "đĩa đã đầy" in session.save_error and session.status()
        assert not session.end_review() and session.review is not None
        with pytest.raises(OSError, match="đĩa"):
            session.review.accept()
        assert session.dossier.state == "handed_in"
    assert session.close() and kept(root) == [("chung", "Cần sửa")]


def test_accepting_ends_what_can_be_undone(root: Path) -> None:
    session = opened(root)
    review = session.begin_review()
    said(session, "bao_cao", "chung")
    review.accept()
    assert session.dossier.state == "accepted" and session.undo() is None
    assert review.verdict("tu_cham").level == "xuat_sac"


# ---- the unit -----------------------------------------------------------------------------------------------


def test_remarks_stand_at_their_places(root: Path) -> None:
    session = returned(root, "bao_cao")
    at = {place.section: [one.text for one in remarks.at(session, place)] for place in session.places("bao_cao")}
    assert at == {"chung": ["Ký và đóng dấu", "Nêu số liệu"], "rieng": ["Viết rõ hơn"]}
    assert [one.text for one in remarks.on_field(session, TEXT)] == ["Nêu số liệu"]
    assert remarks.open_in(session, "bao_cao") == 3 and remarks.open_in(session, "bao_cao", "rieng") == 1
    assert remarks.open_in(session, "tu_cham") == 0
    words = remarks.said(session, "bao_cao", remarks.on_field(session, TEXT)[0])
    assert words.startswith("✎ Phòng Tổng hợp, ") and words.endswith(": Nêu số liệu")


def test_the_list_of_problems_leads_to_them(root: Path) -> None:
    session = returned(root, "bao_cao")
    found = [one for one in session.problems() if one.code == "remark-open"]
    assert [session.place_of(one) for one in found] == [
        (Place("bao_cao", "chung"), None), (Place("bao_cao", "chung"), TEXT), (Place("bao_cao", "rieng"), None),
    ]  # fmt: skip
    assert session.next_open(None) == Place("bao_cao", "chung")
    assert session.next_open(Place("bao_cao", "chung")) == Place("bao_cao", "rieng")


def test_ticking_off_is_saved_where_the_unit_writes_and_undone(root: Path) -> None:
    session = returned(root, "bao_cao")
    before = (folder(root) / "bao_cao.appraisal.yaml").read_bytes()
    made = remarks.on_field(session, TEXT)[0]
    remarks.tick(session, "bao_cao", made, " Đã thêm ")
    assert remarks.is_settled(session, "bao_cao", made) and remarks.open_in(session, "bao_cao") == 2
    assert "Đã thêm" in remarks.said(session, "bao_cao", made)
    assert session.undo() == entries.key_of("bao_cao", made, "tick")
    assert not remarks.is_settled(session, "bao_cao", made)
    session.redo()
    session.type_into(TEXT, "Đã làm xong 12 việc")
    assert session.close() and (folder(root) / "bao_cao.appraisal.yaml").read_bytes() == before
    again = opened(root)
    assert remarks.is_settled(again, "bao_cao", made) and again.answer(TEXT).value == "Đã làm xong 12 việc"
    remarks.untick(again, "bao_cao", made)
    assert again.close() and not remarks.is_settled(opened(root), "bao_cao", made)


def test_two_of_the_unit_tick_at_once(root: Path) -> None:
    one, other = returned(root, "bao_cao"), opened(root)
    first, second, _ = remarks.of_part(one, "bao_cao")
    remarks.tick(one, "bao_cao", first)
    assert one.close()
    remarks.tick(other, "bao_cao", second)
    assert other.close()
    again = opened(root)
    assert [remarks.is_settled(again, "bao_cao", each) for each in (first, second)] == [True, True]


def test_what_did_not_come_back_stays_closed(root: Path) -> None:
    session = returned(root, "bao_cao")
    session.type_into(TEXT, "x")
    with pytest.raises(Refused) as refused:
        session.type_into(Key("field", "tu_cham", "cham", "tu_nhan"), "tot")
    assert refused.value.problem.code == "item-closed"
    assert session.closed_because("tu_cham") and not session.closed_because("bao_cao")
    with pytest.raises(Refused):
        session.attach_file(Key("files", "cong_van"), root / "hoso.yaml")


def test_open_remarks_stand_in_the_way_of_handing_in(root: Path) -> None:
    session = returned(root, "bao_cao")
    assert [one.code for one in session.obstacles()] == ["remark-open"] * 3
    for made in remarks.of_part(session, "bao_cao"):
        remarks.tick(session, "bao_cao", made)
    assert session.obstacles() == []
    session.submit()
    assert session.dossier.state == "handed_in" and opened(root).dossier.returned.items == ()


def test_a_fault_of_the_superior_s_file_does_not_hold_the_unit_up(root: Path) -> None:
    session = returned(root, "bao_cao")
    session.close()
    write(folder(root) / "bao_cao.appraisal.yaml", "hoso: 1\nverdict: [\n")
    session = opened(root)
    assert any(one.code == "yaml-syntax" for one in session.problems()) and session.obstacles() == []


def test_a_claim_is_put_and_undone(root: Path) -> None:
    session = opened(root, OTHER)
    session.put_entry(Key("claim", "tu_cham"), "tot")
    assert session.progress(Place("tu_cham")).done == 1
    assert session.undo() == Key("claim", "tu_cham") and session.progress(Place("tu_cham")).done == 0
    session.redo()
    assert session.close()
    assert open_case(root).open(NAME, OTHER).claimed == {"tu_cham": "tot"}


def test_a_dossier_that_another_reviewer_moved_is_not_moved_over(root: Path) -> None:
    one, other = opened(root), opened(root)
    mine, theirs = one.begin_review(), other.begin_review()
    theirs.accept()
    with pytest.raises(Refused) as refused:
        mine.give_back("Thiếu")
    assert refused.value.problem.code == "move-impossible" and one.dossier.state == "accepted"
    assert open_case(root).open(NAME, UNIT).state == "accepted"
    mine.give_back("Thiếu")
    assert open_case(root).open(NAME, UNIT).state == "returned"


def test_an_unknown_item_that_came_back_is_told(root: Path) -> None:
    write(folder(root) / "dossier.yaml", f"hoso: 1\nunit: {UNIT}\nstate: returned\nreturned:\n  items:\n    - la\n")
    found = [one for one in opened(root).problems() if one.code == "item-unknown"]
    assert [(one.line, one.column) for one in found] == [(6, 7)]
