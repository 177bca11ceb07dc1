"""What a clerk meets every day: nothing is said twice, nothing needed is covered, every key does something or says so."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from hoso.i18n import speaking
from hoso.kinds import TextField
from hoso.problems import Fault, Level, Problem
from hoso.starting import make_workspace
from hoso.workspace import Workspace
from tests import seen
from tests.test_app import ASK, COUNT, FIRST, RULER, SECOND, TEXT, TITLE, opened
from tests.tui_case import NAME, UNIT, make_case, open_case
from tui import wording
from tui.app import HosoApp
from tui.places import Place
from tui.quoting import spaced
from tui.screens.dossier import DossierScreen
from tui.screens.problems import ProblemsScreen
from tui.session import Session

FILES = Place("cong_van")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    return make_case(tmp_path / "ws")


async def test_a_digit_chooses_that_line_and_other_letters_are_told_once(root):
    async with opened(root) as it:
        await it.at(FIRST, RULER)
        await it.press("2")
        assert it.session.raw(RULER) == "khong" and it.app.focused is it.field(RULER).entry
        kinds = RULER._replace(name="loai_hinh")
        await it.at(FIRST, kinds)
        await it.press("2", "1")
        assert it.session.raw(kinds) == ["hanh_chinh", "su_nghiep"]
        await it.press("3", "a", "0")
        assert it.session.raw(kinds) == ["hanh_chinh", "su_nghiep"]
        assert [note.message for note in it.app._notifications] == [
            "! Ở đây không gõ chữ. Chọn bằng: Phím cách, số 1 đến 2."
        ]
        mark = TITLE._replace(name="co_mat")
        await it.at(SECOND, mark)
        await it.press("x")
        assert it.session.raw(mark) == "x"
        await it.press("X", "1")
        assert it.session.raw(mark) is None


@pytest.mark.parametrize("width", [80, 160])
async def test_what_is_told_for_a_moment_hides_neither_deadline_nor_progress(root, width):
    app = HosoApp(open_case(root), open_at=(NAME, UNIT))
    async with app.run_test(size=(width, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        app.notify("Một câu dài hơn nửa bề ngang của màn hình hẹp, nói cho biết việc gì vừa xong.", timeout=60)
        for _ in range(100):
            await pilot.pause(0.05)
            if any("xong." in line for line in seen.lines(app)):
                break
        head, *below = seen.lines(app)
        assert "0/8" in head and "hạn 04/12/2021" in head
        assert "Một câu dài" in head and "xong." in "\n".join([head, *below[:2]])


async def test_the_panel_names_what_is_missing_once_and_says_in_full_only_what_stands_nowhere_else(root):
    async with opened(root, size=(160, 45)) as it:
        it.session.type_into(COUNT, "abc")
        told = str(it.screen.guidance.told(FIRST))
        assert "✗ lỗi: Tổng số đảng viên\n" in told
        assert "· còn thiếu: Kết quả đạt được; Có chính quyền cùng cấp\n" in told
        assert "· còn 2 ý chưa viết\n" in told
        await it.at(FILES)
        assert "Còn phải làm" not in str(it.screen.guidance.told(FILES))
        shown = seen.text(it.app)
        assert shown.count("0/1 tệp") == 1


CHECKED = """
checks:
  - {id: du_nguoi, check: formula, holds: chung.dang_vien > 100 , level: warning}
"""


async def test_a_check_across_sections_or_items_leads_to_the_first_place_it_speaks_of(root):
    outline, checklist = root / "outlines/bao-cao.yaml", root / f"checklists/{NAME}.yaml"
    outline.write_text(outline.read_text(encoding="utf-8") + CHECKED, encoding="utf-8")
    own = CHECKED.replace("chung.", "bao_cao.chung.").replace("du_nguoi", "ca_bo")
    checklist.write_text(checklist.read_text(encoding="utf-8") + own, encoding="utf-8")
    async with opened(root) as it:
        it.session.type_into(COUNT, "7")
        for where, title in (("bao_cao.du_nguoi", "Báo cáo"), ("ca_bo", "Cả bộ hồ sơ")):
            await it.at(SECOND)
            await it.press("f4")
            screen = it.app.screen
            assert isinstance(screen, ProblemsScreen)
            listed = screen.query_one("#problems", OptionList)
            listed.highlighted = next(at for at, one in enumerate(screen.found) if one.key == where)
            assert screen.where[where] == title
            await it.press("enter")
            await it.pilot.pause()
            assert it.screen.place == FIRST and it.app.focused is it.field(COUNT).entry


def test_what_is_put_in_behind_a_sentence_is_parted_from_it():
    assert [spaced("8.341", before) for before in ("", " ", "(", ".", "a", "ộ", "\n")] == [
        "8.341", "8.341", "8.341", " 8.341", " 8.341", " 8.341", "8.341",
    ]  # fmt: skip


async def test_a_ready_sentence_begins_behind_a_space(root):
    async with opened(root) as it:
        it.session.put(COUNT, {"value": "8341", "before": "8197"})
        await it.at(FIRST, TEXT)
        await it.press(*"xong.", "alt+i", *"cau viet san")
        await it.settled()
        await it.press("enter")
        await it.settled()
        assert str(it.session.answer(TEXT).value).startswith("xong. Tổng số đảng viên: 8.341")


async def test_going_to_the_next_mark_says_when_there_is_no_other(root):
    async with opened(root) as it:
        await it.press("alt+m", "alt+n")
        assert "Chỉ có mục này được đánh dấu." in [note.message for note in it.app._notifications]


@pytest.mark.parametrize("width", [80, 160])
async def test_an_empty_workspace_shows_the_way_and_wraps_beside_it(tmp_path, width):
    make_workspace(tmp_path / "mới")
    app = HosoApp(Workspace(tmp_path / "mới"))
    async with app.run_test(size=(width, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = seen.lines(app)
        (first,) = (line for line in shown if "hoso new . --example" in line)
        words = first.index("tạo một đề cương")
        assert all(not line[:words].strip() or line[2:words].endswith(" ") for line in shown[5:12])
        assert "ai báo cáo" in seen.text(app)


@pytest.mark.parametrize(("width", "panels"), [(80, 0), (120, 1), (160, 2)])
async def test_a_dossier_is_folded_before_its_first_paint(root, width, panels):
    made = HosoApp(open_case(root))
    async with made.run_test(size=(width, 24)):
        screen = DossierScreen(Session(open_case(root), NAME, UNIT))
        screen._parent = made
        next(iter(screen.compose()))
        assert screen.has_class(("-narrow", "-middle", "-wide")[panels])
        screen.session.close()


async def test_a_word_typed_where_none_belongs_marks_nothing(root, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("tui.stray.monotonic", lambda: now[0])
    session = Session(open_case(root), NAME, UNIT)
    session.type_into(TEXT, "Đã viết.")
    session.close()
    mark, told = TITLE._replace(name="co_mat"), []
    async with opened(root) as it:
        for place, key, raw in ((FIRST, RULER, None), (SECOND, mark, None), (FIRST, ASK, None)):
            await it.at(place, key)
            await it.press(*"nghi quyet 2 xong")
            assert (it.session.ask(key) if key.target == "ask" else it.session.raw(key)) == raw
            told.append(len(it.app._notifications))
            now[0] += 5
            await it.press("space")
            assert (it.session.ask(key) if key.target == "ask" else it.session.raw(key)) is not None
    assert all(told)


async def test_an_item_does_not_say_its_title_twice(root):
    async with opened(root) as it:
        await it.press("f4")
        await it.settled()
        shown = seen.text(it.app)
        assert "Mới đính kèm 0/1 tệp." in shown and "“Công văn”" not in shown


def test_counts_of_words_are_wanted_as_figures_are_written():
    made = TextField(id="a", type="text", words={"at_least": 30, "at_most": 2000})
    with speaking("vi"):
        assert made.wants() == ["lời văn", "30 đến 2.000 từ"]


async def test_an_attached_item_does_not_name_itself_under_its_own_heading(root):
    async with opened(root) as it:
        await it.at(FILES)
        shown = seen.text(it.app)
        assert "mới đính kèm 0/1 tệp" in shown and "“Công văn”" not in shown


async def test_what_is_wrong_with_the_lowest_field_comes_into_sight(root):
    session = Session(open_case(root), NAME, UNIT)
    session.type_into(TEXT, "Một dòng\n" * 12)
    session.close()
    async with opened(root, size=(80, 24)) as it:
        share = COUNT._replace(name="ty_le")
        await it.at(FIRST, share)
        form = it.screen.form
        form.scroll_to(y=it.field(share).virtual_region.bottom - form.size.height, animate=False)
        await it.settled()
        assert "Có chính quyền cùng cấp" not in seen.text(it.app)
        await it.press(*"abc")
        await it.until_seen("“abc” không phải con số")


async def test_where_nothing_can_be_changed_no_key_is_offered_for_it(root):
    async with opened(root) as it:
        assert "Phím cách: viết ở đây" in seen.text(it.app)
        it.screen.form.locked = True
        await it.screen.form.show(FIRST, locked_because="Chỉ để đọc.")
        await it.settled()
        assert "Các ý phải viết" in seen.text(it.app) and "Phím cách: viết ở đây" not in seen.text(it.app)


@pytest.mark.parametrize(("language", "word"), [("vi", "còn thiếu"), ("en", "missing")])
def test_what_is_missing_is_called_so_in_both_languages(language, word):
    with speaking(language):
        assert Level.HINT.label == word


def test_a_check_with_words_of_its_own_shows_no_formula():
    fault = Fault("formula-does-not-hold", {"formula": "a > b", "own_message": "Ghi số năm trước."})
    for told in (
        wording.said(fault),
        wording.said(Problem("x", None, None, "k", fault.code, Level.ERROR, fault.params)),
    ):
        assert "Ghi số năm trước." in told and "a > b" not in told


@pytest.mark.parametrize("one", ["99999999999999999999999", "+5", "5e3", "٣", ""])
def test_what_is_no_figure_is_compared_with_nothing(one):
    assert wording.difference(one, "12") == wording.difference("12", one) == ""
    assert wording.difference("12", "15") != ""
