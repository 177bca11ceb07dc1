"""What a failed save leaves: answers, marks, ticks, counts, documents, remarks; and bringing all of it back."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from hoso.paths import state_folder
from tests import review_case
from tests.every_kind_case import FIXED, OPEN, desk_of, make_every_kind
from tests.faults import failing
from tests.seen import text
from tests.test_app import opened
from tests.test_plain import Person
from tests.test_session import ASK, LETTER, TEXT
from tests.tui_case import NAME, UNIT, open_case
from tui import remarks, rescuing
from tui.history import Change
from tui.places import Key
from tui.plain.filling import Filling
from tui.plain.talk import Talk
from tui.screens.ask import Confirm
from tui.session import Session
from tui.unsaved import Rescued, as_json, from_json

PRIVATE, CLAIM = Key("field", "bao_cao", "rieng", "mat"), Key("claim", "tu_cham")
COUNT = Key("copies", "dossier", "", "sets")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_every_kind(tmp_path / "ws")


def begun(root: Path) -> Session:
    return Session(open_case(root), NAME, UNIT)


def a_file(root: Path, name: str) -> Path:
    path = root.parent / name
    path.write_text(name, encoding="utf-8")
    return path


def fill(session: Session, root: Path) -> list[Key]:
    """Something of every kind; the keys at which it stands."""
    session.type_into(TEXT, "Không lưu được")
    session.type_into(PRIVATE, "điều riêng")
    session.put_ask(ASK, {"elsewhere": "mot"})
    desk = desk_of(session, FIXED)
    desk.typed("7")
    desk.commit()
    session.put_entry(CLAIM, "tot")
    remark = remarks.of_part(session, "bao_cao")[0]
    remarks.tick(session, "bao_cao", remark, "đã nêu")
    session.put_entry(COUNT, 2)
    session.attach_file(LETTER, a_file(root, "cong-van.txt"))
    tick = Key("tick", "bao_cao", remark.section, remark.id)
    return [TEXT, PRIVATE, ASK, FIXED, CLAIM, tick, COUNT, LETTER]


def failed(root: Path) -> tuple[list[Key], list[object]]:
    """A session whose disk fills up, and that ends then: its keys, and what stood there."""
    session = begun(root)
    keys = fill(session, root)
    with failing(root) as disk:
        disk.fails_at, disk.for_good, disk.errno = 1, True, errno.ENOSPC
        with pytest.raises(OSError, match="space"):
            session.bring_in(LETTER, a_file(root, "bao-cao.txt"))
        assert not session.save() and "bản sao" in session.status()
    return keys, [session.standing(key) for key in keys]


def test_all_that_a_unit_did_is_kept_and_brought_back_as_one_step(root: Path) -> None:
    keys, stood = failed(root)
    again = begun(root)
    blank = [again.standing(key) for key in keys]
    asked = rescuing.question(again)
    assert "8" in asked and "Không lưu được" in asked and "bao-cao.txt" in asked and "cong-van.txt" not in asked
    assert set(rescuing.settle(again, bring_back=True)) == set(keys)
    assert [again.standing(key) for key in keys] == stood
    again.undo()
    assert [again.standing(key) for key in keys] == blank and not again.history.can_undo
    again.redo()
    assert again.close()
    third = begun(root)
    assert [third.standing(key) for key in keys] == stood and third.saver.rescued is None
    third.close()


def test_what_is_not_wanted_is_dropped_at_once(root: Path) -> None:
    failed(root)
    again = begun(root)
    assert rescuing.settle(again, bring_back=False) == [] and again.saver.versions.rescued() is None


def test_it_waits_until_what_was_brought_back_is_saved(root: Path) -> None:
    keys, stood = failed(root)
    again = begun(root)
    rescuing.settle(again, bring_back=True)  # and the process ends
    third = begun(root)
    rescuing.settle(third, bring_back=True)
    assert [third.standing(key) for key in keys] == stood


def test_a_document_whose_copy_is_gone_is_named_and_the_rest_comes_back(root: Path) -> None:
    keys, _ = failed(root)
    for path in (root / "checklists").rglob("cong-van.txt"):
        path.unlink()
    again = begun(root)
    assert rescuing.lost_files(again) == ["bao-cao.txt", "cong-van.txt"]
    rescuing.settle(again, bring_back=True)
    assert again.attached("cong_van") == [] and again.answer(TEXT).value == "Không lưu được"
    assert again.standing(keys[5])["reply"] == "đã nêu"


def test_what_another_wrote_in_the_same_table_meanwhile_stays(root: Path) -> None:
    failed(root)
    other = begun(root)
    desk = desk_of(other, FIXED)
    desk.go(1, 0)
    desk.typed("9")
    desk.commit()
    other.saver.rescued = None
    assert other.save()
    again = begun(root)
    rescuing.settle(again, bring_back=True)
    assert again.raw(FIXED) == {"a": {"so": "7"}, "b": {"so": "9"}}


def test_a_second_full_disk_before_deciding_keeps_both(root: Path) -> None:
    failed(root)
    again = begun(root)
    again.put(OPEN, {"r2222": {"ten": "mới"}})
    with failing(root) as disk:
        disk.fails_at, disk.for_good, disk.errno = 1, True, errno.ENOSPC
        assert not again.save()
    third = begun(root)
    rescuing.settle(third, bring_back=True)
    assert third.answer(TEXT).value == "Không lưu được" and third.raw(OPEN) == {"r2222": {"ten": "mới"}}


# ---- the superior's -----------------------------------------------------------------------------------------


def test_all_that_a_superior_wrote_is_kept_until_the_next_review(tmp_path: Path) -> None:
    root = review_case.make_case(tmp_path / "ws")
    session = Session(open_case(root), review_case.NAME, review_case.UNIT)
    review = session.begin_review()
    remark = review.begin("bao_cao", "chung", "ket_qua")
    points = Key("points", "tu_cham", "cham", "diem")
    keys = [Key("remark", "bao_cao", "chung", remark.id), points, Key("verdict", "bao_cao")]
    review.say("bao_cao", remark, "Nêu số liệu")
    review.appraise(points._replace(target="field"), {"viec.chinh": "50"})
    review.decide("bao_cao", "returned", "thiếu số")
    stood = [session.standing(key) for key in keys]
    with failing(root) as disk:
        disk.fails_at, disk.for_good, disk.errno = 1, True, errno.ENOSPC
        assert not session.save()
    again = Session(open_case(root), review_case.NAME, review_case.UNIT)
    assert rescuing.offered(again) == []  # while the dossier is only read
    again.begin_review()
    asked = rescuing.question(again)
    assert all(words in asked for words in ("Nêu số liệu", "thiếu số", "50"))
    assert set(rescuing.settle(again, bring_back=True)) == set(keys)
    assert [again.standing(key) for key in keys] == stood
    assert again.end_review() and again.saver.versions.rescued() is None


# ---- as text ------------------------------------------------------------------------------------------------


def test_it_reads_what_it_wrote_and_what_was_written_before_marks_were_kept(root: Path) -> None:
    session = begun(root)
    fill(session, root)
    rescued = Rescued(session.workspace.clock.now(), session.saver._unsaved(), [("cong_van", "a.txt")])
    assert len(rescued.changes) == 8
    assert from_json(json.loads(json.dumps(as_json(rescued)))) == rescued
    old = {"at": rescued.at.isoformat(), "answers": {"p.s.f": "a"}}
    assert from_json(old) == Rescued(rescued.at, [Change(Key("field", "p", "s", "f"), None, "a")])
    session.close()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"at": "x", "changes": []}', '{"at": 1, "answers": 2}'])
def test_a_broken_copy_is_none(root: Path, text: str) -> None:
    failed(root)
    copy = next((state_folder() / "versions").glob("*.rescue.json"))
    copy.write_text(text, encoding="utf-8")
    assert begun(root).saver.rescued is None


# ---- line by line -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "stays"), [("c", False), ("k", False), ("", True), ("/thoat", True)])
def test_a_plain_filling_offers_it_and_without_a_clear_word_it_waits(root: Path, typed: str, stays: bool) -> None:
    failed(root)
    person = Person(typed)
    session = begun(root)
    assert Filling(session, Talk(person.read, person.heard.append)).run()
    assert "8" in person.text and "cong-van" not in person.text and "bao-cao.txt" in person.text
    again = begun(root)
    assert (again.answer(TEXT).value == "Không lưu được") == (typed == "c")
    assert bool(rescuing.offered(again)) == stays


# ---- in the app ---------------------------------------------------------------------------------------------


async def test_it_is_offered_with_what_is_in_it(root: Path) -> None:
    keys, stood = failed(root)
    async with opened(root) as it:
        await it.settled()
        assert isinstance(it.app.screen, Confirm)
        assert "bao-cao.txt" in text(it.app)
        await it.press("enter")
        await it.settled()
        assert [it.session.standing(key) for key in keys] == stood
        await it.press("ctrl+z")
        assert it.session.answer(TEXT).value is None
