"""Earlier versions of answers, and what a full disk leaves behind."""

from __future__ import annotations

import errno
import os
import stat
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from hoso.kinds import TableField
from hoso.paths import state_folder
from hoso.yamlio import writing
from tests.test_app import FIRST, TEXT, opened
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui import marking, rescuing
from tui.differing import as_read, cells_changed, words_changed
from tui.places import Key
from tui.screens.ask import Confirm
from tui.screens.versions import VersionsScreen
from tui.session import Session
from tui.unsaved import of_sheet
from tui.versions import KEPT, Versions, by_address
from tui.widgets.keybar import KeyBar

COUNT = Key("field", "bao_cao", "chung", "dang_vien")
NOON = datetime(2021, 12, 1, 12, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


@pytest.fixture
def session(root):
    made = Session(open_case(root), NAME, UNIT)
    yield made
    made.close()


def written(session: Session, text: str) -> None:
    session.type_into(TEXT, text)
    assert session.save()


def test_much_that_was_taken_away_can_be_brought_back_and_that_undone(session):
    written(session, "Một bài dài, viết cả buổi sáng mới xong.")
    written(session, "Ngắn.")
    assert [version.raw for version in session.versions(TEXT)] == ["Một bài dài, viết cả buổi sáng mới xong."]
    session.bring_back(TEXT, session.versions(TEXT)[0].raw)
    assert session.answer(TEXT).value == "Một bài dài, viết cả buổi sáng mới xong."
    session.undo()
    assert session.answer(TEXT).value == "Ngắn."


def test_versions_outlive_the_session_and_never_enter_the_workspace(root, session):
    written(session, "Bản một, đủ dài để mất là tiếc.")
    written(session, "x")
    session.close()
    again = Session(open_case(root), NAME, UNIT)
    assert [version.raw for version in again.versions(TEXT)] == ["Bản một, đủ dài để mất là tiếc."]
    assert not [path for path in root.rglob("*") if path.is_file() and "Bản một" in path.read_text(encoding="utf-8")]
    journal = next((state_folder() / "versions").iterdir())
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    again.close()


def test_who_writes_on_gets_a_version_now_and_then_not_one_a_second(tmp_path):
    versions = Versions(tmp_path, "d")
    for minute in range(0, 31):
        before, after = {"p.s.f": "a" * (minute + 1)}, {"p.s.f": "a" * (minute + 2)}
        versions.record(before, after, NOON + timedelta(minutes=minute))
    assert [len(version.raw) for version in versions.of("p.s.f")] == [31, 25, 19, 13, 7, 1]


def test_the_journal_is_bounded_and_a_broken_line_is_passed_over(tmp_path):
    versions = Versions(tmp_path, "d")
    for count in range(200):
        text = str(count) * 8000
        versions.record({"p.s.f": text}, {"p.s.f": "x"}, NOON + timedelta(hours=count))
    journal = next((state_folder() / "versions").iterdir())
    with journal.open("a", encoding="utf-8") as file:
        file.write('{"of": "p.s.f", "at": "2021-12-')
    assert len(versions.of("p.s.f")) <= KEPT
    assert journal.stat().st_size < 3_000_000
    versions.record({"p.s.f": "sau"}, {"p.s.f": ""}, NOON + timedelta(days=300))
    assert versions.of("p.s.f")[0].raw == "sau"


def test_answers_by_their_addresses():
    tree = {"chung": {"asks": {"quy_mo": "here"}, "ket_qua": "a"}, "mot": None}
    assert by_address(of_sheet("p", tree, {"chung": {"rieng": "b"}})) == {
        "p.chung.ket_qua": "a", "p.chung.rieng": "b", "ask:p.chung.quy_mo": "here",
    }  # fmt: skip


def test_a_table_of_which_a_part_is_private_is_one_answer():
    shared, hidden = {"s": {"t": {"a": {"so": "1"}}}}, {"s": {"t": {"a": {"ten": "x"}}}}
    assert list(of_sheet("p", shared, hidden).values()) == [{"a": {"so": "1", "ten": "x"}}]


def test_difference_counts_words():
    assert "2" in words_changed("một hai ba", "một") and "0" in words_changed("một hai ba", "một")


# ---- a full disk ------------------------------------------------------------------------------------------------


@pytest.fixture
def full(root):
    """The disk of the workspace is full; the user's own folder is on another."""
    write = writing.write_bytes

    def refuse(path, content):
        if path.is_relative_to(root):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, content)

    # One of its own: undoing the shared one would bring the real state folder back.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "write_bytes", refuse)
        yield patch


def test_what_a_full_disk_refused_is_offered_at_the_next_start(root, session, full):
    session.type_into(TEXT, "Không lưu được")
    session.type_into(COUNT, "8341")
    assert not session.save()
    assert "đĩa đã đầy" in session.status() and "bản sao" in session.status()
    del session  # the process ends without having saved
    full.undo()
    again = Session(open_case(root), NAME, UNIT)
    assert again.answer(TEXT).value is None
    changed = rescuing.settle(again, bring_back=True)
    assert {key.name for key in changed} == {"ket_qua", "dang_vien"}
    assert again.answer(TEXT).value == "Không lưu được" and again.answer(COUNT).value == "8341"
    assert again.save()
    again.close()
    assert "Không lưu được" in (folder(root) / "bao_cao.yaml").read_text(encoding="utf-8")
    assert Session(open_case(root), NAME, UNIT).saver.rescued is None


def test_the_copy_goes_when_the_disk_has_room_again(session, full):
    session.type_into(TEXT, "Chờ chỗ trống")
    assert not session.save()
    assert session.saver.versions.rescued() is not None
    full.undo()
    assert session.save()
    assert session.saver.versions.rescued() is None


def test_a_copy_that_is_not_wanted_is_dropped(root, session, full):
    session.type_into(TEXT, "Bỏ")
    assert not session.save()
    full.undo()
    again = Session(open_case(root), NAME, UNIT)
    assert rescuing.settle(again, bring_back=False) == []
    assert again.saver.versions.rescued() is None


# ---- in the app --------------------------------------------------------------------------------------------------


async def test_a_version_is_chosen_and_brought_back(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        await it.press(*"bai viet dai dong dau tien")
        it.session.save()
        await it.press("ctrl+a", "delete", "x")
        it.session.save()
        await it.press("alt+h")
        assert isinstance(it.app.screen, VersionsScreen)
        await it.press("enter")
        await it.settled()
        assert it.session.answer(TEXT).value == "bai viet dai dong dau tien"
        await it.press("ctrl+z")
        assert it.session.answer(TEXT).value == "x"


async def test_text_that_could_not_be_saved_is_offered(root, full):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        await it.press(*"giu lai")
        await it.pilot.pause(1.2)
        assert "CHƯA LƯU" in it.screen.query_one(KeyBar).status
        it.app.sessions.clear()
    full.undo()
    async with opened(root) as it:
        await it.settled()
        assert isinstance(it.app.screen, Confirm)
        await it.press("enter")
        await it.settled()
        assert it.session.answer(TEXT).value == "giu lai"


def test_where_two_wrote_the_same_prose_both_can_be_kept(session):
    session.type_into(TEXT, "Của tôi")
    session.saver.clashes["bao_cao.chung.ket_qua"] = "Của bạn"
    assert [choice.id for choice in marking.choices(session, TEXT)][:3] == ["theirs", "ours", "both"]
    marking.apply(session, TEXT, "both")
    assert session.answer(TEXT).value == "Của tôi\n\nCủa bạn"
    assert session.clash(TEXT) is None
    session.undo()
    assert session.answer(TEXT).value == "Của tôi"


# ---- what is different, in words -------------------------------------------------------------------------------------

TABLE = {
    "id": "t1", "type": "table", "corner": "Mức",
    "columns": [
        {"label": "Năm", "columns": [{"id": "n18", "label": "2018", "type": "number"}, {"id": "n19", "label": "2019", "type": "number"}]},
        {"id": "y_kien", "type": "choice", "label": "Ý kiến", "options": [{"id": "co", "label": "Có"}, {"id": "ko", "label": "Không"}]},
    ],
    "rows": [{"id": "tot", "label": "Tốt"}, {"id": "kha", "label": "Khá"}],
    "total": {"label": "Tổng"},
}  # fmt: skip


def made(**keys: Any) -> TableField:
    return TableField.model_validate(TABLE | keys)


def test_a_table_tells_the_cells_that_differ_with_their_heads():
    then = {"tot": {"n18": "4", "y_kien": "co"}, "kha": {"n19": "8341"}}
    now = {"tot": {"n18": "5", "y_kien": "co"}, "kha": {}}
    assert cells_changed(made(), then, now) == [
        "Tốt · Năm · 2018: 4 (nay 5)",
        "Khá · Năm · 2019: 8.341 (nay –)",
    ]
    assert cells_changed(made(), then, then) == []
    assert cells_changed(made(), None, {"tot": {"y_kien": "ko"}}) == ["Tốt · Ý kiến: – (nay Không)"]


def test_of_open_rows_those_that_went_and_came_are_told():
    table = made(rows={"open": "true"}, columns=[{"id": "ten", "type": "text", "label": "Tên"}], total=None)
    then = {"ra": {"ten": "A"}, "rb": {"ten": "B"}}
    told = cells_changed(table, then, {"rb": {"ten": "B"}, "rc": {"ten": "C"}})
    assert [one.partition(": ")[2] for one in told] == ["nay không còn: A", "mới thêm sau đó: C"]
    # A row that only moved holds what it held.
    assert cells_changed(table, then, {"rb": {"ten": "B"}, "ra": {"ten": "A"}}) == []


def test_versions_like_the_present_one_and_twins_are_left_out(session):
    for text in ("Bài thứ nhất, viết rất dài để giữ lại.", "x", "Bài thứ nhất, viết rất dài để giữ lại.", "y"):
        written(session, text)
    assert [one.raw for one in session.versions(TEXT)] == ["Bài thứ nhất, viết rất dài để giữ lại."]
    written(session, "Bài thứ nhất, viết rất dài để giữ lại.")
    assert all(one.raw != "Bài thứ nhất, viết rất dài để giữ lại." for one in session.versions(TEXT))


def test_a_reason_is_read_in_words(session):
    field = session.field(TEXT)
    assert "chưa có số liệu" not in as_read(field, {"absent": "not_applicable", "because": "không có"})
    assert as_read(field, {"absent": "not_applicable", "because": "không có"}).endswith(": không có")
    assert as_read(session.field(COUNT), {"value": "8341", "before": "8197"}) == "8.341"


async def test_the_versions_of_a_table_are_shown_by_what_differs(tmp_path):
    from tests.review_case import NAME as OTHER
    from tests.review_case import UNIT as THERE
    from tests.review_case import make_case as make_other

    other = Session(open_case(make_other(tmp_path / "other", state="drafting")), OTHER, THERE)
    points = Key("field", "tu_cham", "cham", "diem")
    other.put(points, {"viec.chinh": "55", "viec.phu": "8"})
    assert other.save()
    [version] = other.versions(points)
    screen = VersionsScreen(other, points, [version])
    assert screen.told[0][1:] == ["  Việc phụ · Điểm: 38 (nay 8)"] and "1 ô hoặc dòng" in screen.told[0][0]
    other.close()
