"""The session: a dossier being filled, without a screen."""

from __future__ import annotations

import errno
import json
import os
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hoso import yamlio
from hoso.problems import Refused
from hoso.store import Lock
from tests.tui_case import NAME, OUTLINE, UNIT, folder, make_case, open_case
from tui import finding, marking
from tui.attaching import lines_of, slots
from tui.browsing import completed, entries
from tui.places import Key, Place
from tui.saving import SAVE_AFTER
from tui.session import Session
from tui.wording import bar, deadline, difference

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
COUNT = Key("field", "bao_cao", "chung", "dang_vien")
RULER = Key("field", "bao_cao", "chung", "chinh_quyen")
TITLE = Key("field", "bao_cao", "mot", "tieu_de")
ASK = Key("ask", "bao_cao", "chung", "quy_mo")
LETTER = Key("files", "cong_van")


class Ticking:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def ticking():
    return Ticking()


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


@pytest.fixture
def session(root, ticking):
    return Session(open_case(root), NAME, UNIT, monotonic=ticking)


def kept(root: Path, part: str = "bao_cao") -> Any:
    document, problems = yamlio.read(folder(root) / f"{part}.yaml", part)
    assert not problems and document is not None
    return document.data


def write(root: Path, name: str, text: str) -> None:
    path = folder(root) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# ---- undo ---------------------------------------------------------------------------------------------------


def test_keys_typed_in_a_row_are_one_step(session, ticking):
    for text in ("M", "Mộ", "Một"):
        session.type_into(TEXT, text)
        ticking.at += 0.3
    ticking.at += 5
    session.type_into(TEXT, "Một hai")
    assert session.undo() == TEXT
    assert session.answer(TEXT).value == "Một"
    assert session.undo() == TEXT
    assert session.answer(TEXT).is_blank
    assert session.undo() is None
    assert session.redo() == TEXT and session.answer(TEXT).value == "Một"


def test_leaving_a_field_ends_a_step(session):
    session.type_into(TEXT, "a")
    session.seal()
    session.type_into(TEXT, "ab")
    session.undo()
    assert session.answer(TEXT).value == "a"


def test_who_types_without_a_pause_gets_steps_all_the_same(session, ticking):
    for count in range(60):
        session.type_into(TEXT, "x" * (count + 1))
        ticking.at += 0.5
    session.undo()
    assert 0 < len(session.answer(TEXT).value) < 60


def test_undo_goes_across_fields_asks_and_files(session, tmp_path):
    source = tmp_path / "cong-van.txt"
    source.write_text("Kính gửi", encoding="utf-8")
    session.type_into(COUNT, "8.341")
    session.put_ask(ASK, "here")
    session.attach_file(LETTER, source)
    assert [session.undo(), session.undo(), session.undo()] == [LETTER, ASK, COUNT]
    assert not session.attached("cong_van") and session.ask(ASK) is None and session.answer(COUNT).is_blank
    assert [session.redo(), session.redo(), session.redo()] == [COUNT, ASK, LETTER]
    assert session.answer(COUNT).value == "8341" and len(session.attached("cong_van")) == 1


def test_typing_after_undo_forgets_what_was_undone(session):
    session.type_into(TEXT, "a")
    session.undo()
    session.type_into(TEXT, "b")
    assert session.redo() is None


def test_a_reason_for_absence_is_undone_to_the_text(session):
    session.type_into(TEXT, "Có chữ")
    marking.apply(session, TEXT, "not_applicable", "không có")
    assert session.answer(TEXT).absent == "not_applicable"
    session.undo()
    assert session.answer(TEXT).value == "Có chữ"


# ---- saving -------------------------------------------------------------------------------------------------


def test_saving_is_due_after_the_first_unsaved_key_however_long_one_types(session, ticking):
    assert session.is_saved
    session.type_into(TEXT, "a")
    ticking.at += SAVE_AFTER / 2
    session.type_into(TEXT, "ab")
    assert session.save_due_in == pytest.approx(SAVE_AFTER / 2)
    ticking.at += SAVE_AFTER
    assert session.save_due_in == 0
    assert session.save() and session.is_saved
    assert SAVE_AFTER < 1


def test_the_figure_of_the_period_before_stays_whatever_becomes_of_this_one(root, session):
    session.type_into(COUNT, "8.341")
    session.type_before(COUNT, "8.197")
    marking.apply(session, COUNT, "not_applicable", "không có")
    assert session.raw(COUNT) == {"absent": "not_applicable", "because": "không có", "before": "8197"}
    session.type_before(COUNT, "8.200")
    assert session.raw(COUNT) == {"absent": "not_applicable", "because": "không có", "before": "8200"}
    assert session.close()
    again = Session(open_case(root), NAME, UNIT)
    assert (again.answer(COUNT).absent, again.answer(COUNT).before) == ("not_applicable", "8200")
    marking.apply(again, COUNT, "clear")
    assert again.raw(COUNT) == {"before": "8200"}
    again.undo()
    assert again.answer(COUNT).absent == "not_applicable"
    again.type_before(COUNT, "")
    marking.apply(again, COUNT, "clear")
    assert again.raw(COUNT) is None


def test_what_is_saved_is_read_again(root, session):
    session.type_into(TEXT, "Đảng bộ: “tốt” # 100%\nDòng hai")
    session.type_into(COUNT, "8.341")
    session.type_before(COUNT, "8.197")
    session.put_ask(ASK, {"elsewhere": "mot"})
    assert session.close()
    again = Session(open_case(root), NAME, UNIT)
    assert again.answer(TEXT).value == "Đảng bộ: “tốt” # 100%\nDòng hai"
    assert again.answer(COUNT).value == "8341" and again.answer(COUNT).before == "8197"
    assert again.ask(ASK) == {"elsewhere": "mot"}
    assert list(kept(root)["answers"]) == ["chung", "chi_tiet", "mot", "hai"]
    assert not list(folder(root).glob(".*lock*"))


def test_what_another_wrote_meanwhile_is_merged_in(root, session):
    session.type_into(TEXT, "của tôi")
    session.save()
    data = kept(root)
    data["answers"]["mot"] = {"tieu_de": "của người khác"}
    write(root, "bao_cao.yaml", yamlio.dump(data))
    session.type_into(COUNT, "5")
    assert session.save() and session.saver.merges == 1 and not session.clashes
    assert session.answer(TITLE).value == "của người khác"
    assert kept(root)["answers"]["chung"] == {"ket_qua": "của tôi", "dang_vien": "5"}


def test_where_both_wrote_the_same_field_both_are_kept(root, session):
    session.type_into(TEXT, "trước")
    session.save()
    data = kept(root)
    data["answers"]["chung"]["ket_qua"] = "người kia"
    write(root, "bao_cao.yaml", yamlio.dump(data))
    session.type_into(TEXT, "tôi")
    assert session.save()
    assert session.clash(TEXT) == "người kia" and session.answer(TEXT).value == "tôi"
    assert "người kia" in next((folder(root) / "conflicts").iterdir()).read_text(encoding="utf-8")
    assert [one.id for one in marking.choices(session, TEXT)][:2] == ["theirs", "ours"]
    marking.apply(session, TEXT, "theirs")
    assert session.answer(TEXT).value == "người kia" and session.clash(TEXT) is None


def test_a_full_disk_loses_nothing_and_says_so(session, root, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    session.type_into(TEXT, "quan trọng")
    monkeypatch.setattr(yamlio, "write", full)
    assert not session.save()
    assert session.save_error == "đĩa đã đầy" and session.save_error in session.status()
    assert not session.is_saved
    monkeypatch.undo()
    assert session.save() and not session.save_error
    assert kept(root)["answers"]["chung"]["ket_qua"] == "quan trọng"


def test_two_parts_of_one_dossier_do_not_get_in_each_others_way(root, session, tmp_path):
    other = Session(open_case(root), NAME, UNIT)
    source = tmp_path / "a.txt"
    source.write_text("a", encoding="utf-8")
    session.type_into(TEXT, "tôi")
    other.attach_file(LETTER, source)
    assert other.save() and session.save()
    assert len(Session(open_case(root), NAME, UNIT).attached("cong_van")) == 1


def test_files_that_two_people_attach_are_all_kept(root, session, tmp_path):
    other = Session(open_case(root), NAME, UNIT)
    for name, one in (("a.txt", session), ("b.txt", other)):
        source = tmp_path / name
        source.write_text(name, encoding="utf-8")
        one.attach_file(LETTER, source)
        assert one.save()
    session.detach_file(LETTER, session.attached("cong_van")[0].id)
    assert session.save()
    files = Session(open_case(root), NAME, UNIT).attached("cong_van")
    assert [one.file for one in files] == ["cong_van/b.txt"]


def test_a_dossier_handed_in_elsewhere_stays_handed_in(root, session, tmp_path):
    filled(session, tmp_path)
    session.save()
    other = Session(open_case(root), NAME, UNIT)
    other.submit()
    session.detach_file(LETTER, session.attached("cong_van")[0].id)
    session.save()
    assert Session(open_case(root), NAME, UNIT).dossier.state == "handed_in"


# ---- locks, files that must not be written ------------------------------------------------------------------


def held_by_another(root: Path, moment: str) -> None:
    lock = {"user": "an", "host": "may-khac", "process": 1, "since": moment, "heard": moment}
    write(root, ".bao_cao.lock.json", json.dumps(lock))


def test_somebody_elses_lock_is_seen_and_taken_over(root):
    workspace = open_case(root)
    now = workspace.clock.now()
    held_by_another(root, now.isoformat(timespec="seconds"))
    session = Session(workspace, NAME, UNIT)
    holder = session.holder("bao_cao")
    assert holder is not None and holder.user == "an"
    session.take_over("bao_cao")
    assert session.holder("bao_cao") is None
    lock = json.loads((folder(root) / ".bao_cao.lock.json").read_text(encoding="utf-8"))
    assert lock["host"] == socket.gethostname()
    held_by_another(root, now.isoformat(timespec="seconds"))
    assert session.beat() == ["bao_cao"] and session.holder("bao_cao") is not None


def test_whoever_takes_over_goes_on_from_what_the_other_wrote_last(root, ticking):
    looking, writing = (Session(open_case(root), NAME, UNIT, monotonic=ticking) for _ in range(2))
    writing.type_into(TEXT, "Đã viết")
    assert writing.save()
    looking.take_over("bao_cao")
    assert looking.raw(TEXT) == "Đã viết" and looking.answer(TEXT).value == "Đã viết"
    looking.type_into(TEXT, "Đã viết thêm")
    assert looking.save() and not looking.clashes
    assert kept(root)["answers"]["chung"]["ket_qua"] == "Đã viết thêm"


def test_whose_part_was_taken_over_is_told_with_the_next_save(root, session):
    session.put_ask(ASK, "here")
    assert session.save() and session.saver.lost == []
    held_by_another(root, session.workspace.clock.now().isoformat(timespec="seconds"))
    session.type_into(TEXT, "Viết lúc đó")
    assert session.save() and kept(root)["answers"]["chung"]["ket_qua"] == "Viết lúc đó"  # nothing typed is lost
    assert session.saver.lost == ["bao_cao"] and session.holder("bao_cao") is not None
    assert session.save() and session.beat() == ["bao_cao"] and session.beat() == []
    assert json.loads((folder(root) / ".bao_cao.lock.json").read_text(encoding="utf-8"))["user"] == "an"


def test_a_lock_of_long_ago_holds_nothing(root):
    workspace = open_case(root)
    held_by_another(root, (workspace.clock.now() - timedelta(minutes=5)).isoformat(timespec="seconds"))
    assert Session(workspace, NAME, UNIT).holder("bao_cao") is None


def test_a_lock_that_saving_has_just_made_is_nobody_elses(session, monkeypatch):
    """The screen asks in its thread while another one saves: else whoever goes on at that moment finds it closed."""
    seen, take = [], Lock.take

    def watched(lock, now, **more):
        taken = take(lock, now, **more)
        seen.append((lock.path.exists(), session.holder("bao_cao")))
        return taken

    monkeypatch.setattr(Lock, "take", watched)
    session.put_ask(ASK, "here")
    assert session.save() and seen == [(True, None)]
    session.close()


def test_a_file_that_cannot_be_read_is_never_written(root):
    broken = "hoso: 1\noutline: bao-cao\nanswers:\n  chung: {ket_qua: [\n"
    write(root, "bao_cao.yaml", broken)
    session = Session(open_case(root), NAME, UNIT)
    assert session.closed_because("bao_cao")
    with pytest.raises(Refused):
        session.type_into(TEXT, "mất")
    session.close()
    assert (folder(root) / "bao_cao.yaml").read_text(encoding="utf-8") == broken


def test_a_file_that_was_read_in_part_is_never_written(root):
    strange = "hoso: 1\noutline: bao-cao\nnote: của tôi\nanswers:\n  chung: chữ\n"
    write(root, "bao_cao.yaml", strange)
    session = Session(open_case(root), NAME, UNIT)
    with pytest.raises(Refused):
        session.type_into(TEXT, "mất")
    assert (folder(root) / "bao_cao.yaml").read_text(encoding="utf-8") == strange


def test_a_broken_list_of_attachments_is_never_written(root, tmp_path):
    write(root, "dossier.yaml", "hoso: 1\nunit: so-a\nattachments:\n  cong_van:\n    r1: {file: x}\n")
    session = Session(open_case(root), NAME, UNIT)
    source = tmp_path / "a.txt"
    source.write_text("a", encoding="utf-8")
    with pytest.raises(Refused):
        session.attach_file(LETTER, source)
    session.type_into(TEXT, "vẫn viết được")
    assert session.save() and "r1: {file: x}" in (folder(root) / "dossier.yaml").read_text(encoding="utf-8")


# ---- handing in ---------------------------------------------------------------------------------------------


def filled(session: Session, tmp_path: Path) -> None:
    source = tmp_path / "cong-van.txt"
    source.write_text("Kính gửi", encoding="utf-8")
    session.attach_file(LETTER, source)
    session.type_into(TEXT, "Đã làm xong việc được giao")
    session.type_into(COUNT, "10")
    session.put(RULER, "khong")
    session.type_into(TITLE, "Họp")
    session.type_into(Key("field", "bao_cao", "mot", "ngay"), "5/12/2021")
    session.put_ask(ASK, "here")
    session.put_ask(ASK._replace(name="thuan_loi"), {"absent": "not_applicable", "because": "không có"})


def test_a_finished_dossier_is_handed_in_and_read_only_then(root, session, tmp_path):
    assert session.obstacles()
    with pytest.raises(Refused):
        session.submit()
    filled(session, tmp_path)
    assert not session.obstacles() and session.next_open(None) is None
    session.submit()
    assert session.dossier.state == "handed_in" and session.closed_because("bao_cao")
    with pytest.raises(Refused):
        session.type_into(TEXT, "sửa")
    assert session.undo() is None
    assert Session(open_case(root), NAME, UNIT).dossier.state == "handed_in"


# ---- places, progress, conditions ---------------------------------------------------------------------------


def test_places_follow_the_answers(session):
    hidden = Place("bao_cao", "hai")
    assert hidden not in session.places() and not session.applies(hidden)
    assert "so_xa" not in session.fields(Place("bao_cao", "chung"))
    session.put(RULER, "co")
    assert hidden in session.places() and "so_xa" in session.fields(Place("bao_cao", "chung"))
    session.undo()
    assert hidden not in session.places()


def test_a_key_makes_only_its_own_section_be_judged_again(session):
    mine, other = Place("bao_cao", "chung"), Place("bao_cao", "mot")
    before = session.judged(mine), session.judged(other)
    session.type_into(TEXT, "a")
    assert session.judged(mine) is not before[0] and session.judged(other) is before[1]
    session.put(RULER, "co")
    assert session.judged(other) is not before[1]


def test_going_about(session):
    places = session.places()
    assert [place.section for place in places] == ["chung", "mot", None]
    assert session.neighbour(places[0], 1) == places[1] and session.neighbour(places[0], -1) is None
    assert session.next_open(places[-1]) == places[0]
    assert session.total_progress().total == session.workspace.verdict(session.dossier).total
    assert session.part_progress("bao_cao").mark == "○"


def test_what_is_waived_is_not_gone_to(root):
    waived = [("answer-missing", f"bao_cao.mot.{name}") for name in ("tieu_de", "ngay", "co_mat")]
    waived.append(("attachment-missing", "cong_van"))
    lines = "".join(f"  -\n    code: {code}\n    key: {key}\n    reason: Không có\n" for code, key in waived)
    write(root, "dossier.yaml", f"hoso: 1\nunit: {UNIT}\nstate: drafting\nwaivers:\n{lines}")
    session = Session(open_case(root), NAME, UNIT)
    first, second, attached = session.places()
    assert session.findings(second) == session.findings(attached) == []
    assert session.next_open(first) == first
    session.put(TITLE._replace(name="ngay"), "31/02/2021")
    assert session.next_open(first) == second


def test_problems_lead_to_their_place(session):
    session.type_into(COUNT, "một nghìn")
    found = next(one for one in session.problems() if one.code == "not-a-number")
    assert session.place_of(found) == (Place("bao_cao", "chung"), COUNT)
    assert finding.where(session, found) == "I. Tình hình chung › Tổng số đảng viên"
    assert [fault.code for fault in session.faults_at(COUNT)] == ["not-a-number"]


def test_everything_can_be_found(session):
    session.type_into(TEXT, "đồng chí")
    found = finding.everything(session)
    told = {(one.kind, one.text) for one in found}
    assert {("section", "I. Tình hình chung"), ("prompt", "Nêu những nét chính."), ("ask", "Thuận lợi")} <= told
    assert {("field", "Kết quả đạt được"), ("answer", "đồng chí"), ("section", "Công văn")} <= told
    assert any(one.kind == "guidance" and "ngắn gọn" in one.text for one in found)


def test_a_proposal_stays_one_until_accepted(session):
    session.put(TITLE, {"value": "Năm ngoái", "from": "carried"})
    assert session.answer(TITLE).is_proposal
    assert marking.choices(session, TITLE)[0].id == "accept"
    marking.apply(session, TITLE, "accept")
    assert session.raw(TITLE) == "Năm ngoái"


def test_marks_of_asks(session):
    for choice, detail, mark in (
        ("here", "", "here"),
        ("elsewhere", "mot", {"elsewhere": "mot"}),
        ("not_applicable", "không có", {"absent": "not_applicable", "because": "không có"}),
        ("clear", "", None),
    ):
        marking.apply(session, ASK, choice, detail)
        assert session.ask(ASK) == mark


# ---- attachments --------------------------------------------------------------------------------------------


def test_slots_tell_what_is_wanted(session):
    told = [(line.title, line.mark) for slot in slots(session) for line in lines_of(session, slot)]
    assert told == [("1. Phần một › Biên bản", "☐"), ("Công văn", "☐")]


def test_paths_are_completed_without_accents(tmp_path):
    (tmp_path / "Tài liệu").mkdir()
    (tmp_path / "Tài liệu" / "công văn 1.pdf").touch()
    (tmp_path / "Tài liệu" / "công văn 2.pdf").touch()
    assert completed("tai", tmp_path) == f"Tài liệu{os.sep}"
    assert completed("Tài liệu/cong", tmp_path) == "Tài liệu/công văn "
    assert [path.name for path in entries("Tài liệu/", tmp_path)] == ["công văn 1.pdf", "công văn 2.pdf"]
    assert completed("không có", tmp_path) == "không có"


# ---- wording ------------------------------------------------------------------------------------------------


def test_words_of_progress():
    assert bar(0, 10) == "░" * 10 and bar(10, 10) == "█" * 10
    assert bar(1, 1000).startswith("▌") and not bar(999, 1000).endswith("█")
    assert difference("8197", "8341") == "▲ tăng 144 (1,76%)"
    assert difference("10", "9.5") == "▼ giảm 0,5 (5,00%)"
    assert difference("", "9") == "" and difference("9", "9") == "không đổi"
    assert deadline(12, "2021-12-04") == "hạn 04/12/2021 · còn 12 ngày"
    assert deadline(-1, "2021-12-04") == "hạn 04/12/2021 · quá hạn 1 ngày"


def test_the_outline_of_the_case_has_every_type():
    from hoso.kinds import KINDS

    in_the_grid = {"table", "scoring"}  # tests/test_grid.py
    assert all(f"type: {kind}" in OUTLINE for kind in KINDS.keys() - in_the_grid)
