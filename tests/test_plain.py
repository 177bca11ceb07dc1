"""Filling by plain prompts, without a terminal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hoso import i18n
from tests.tui_case import NAME, OUTLINE, UNIT, make_case, open_case
from tui.places import Key, Place
from tui.plain import Filling, Talk
from tui.plain.questions import sought
from tui.plain.words import WORDS, unescaped, unknown
from tui.session import Session

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
COUNT = Key("field", "bao_cao", "chung", "dang_vien")
SHARE = Key("field", "bao_cao", "chung", "ty_le")
RULER = Key("field", "bao_cao", "chung", "chinh_quyen")
KINDS = Key("field", "bao_cao", "chung", "loai_hinh")
SIZE = Key("ask", "bao_cao", "chung", "quy_mo")
GOOD = Key("ask", "bao_cao", "chung", "thuan_loi")
TITLE = Key("field", "bao_cao", "mot", "tieu_de")
DAY = Key("field", "bao_cao", "mot", "ngay")
MET = Key("field", "bao_cao", "mot", "co_mat")
TABLES = """
  - id: bang
    title: Bảng biểu
    fields:
      - id: co_dinh
        type: table
        label: Theo năm
        corner: Năm
        columns: [{id: so, label: Số, type: number, at_least: 0}, {id: loai, label: Loại, type: choice,
                  options: [{id: tot, label: Tốt}, {id: kha, label: Khá}]}]
        rows: [{id: a, label: Năm 2020}, {id: b, label: Năm 2021}]
      - id: mo
        type: table
        label: Văn bản
        columns: [{id: ten, label: Tên, type: text}, {id: ngay, label: Ngày, type: date}]
        rows: {open: true}
      - id: diem
        type: scoring
        label: Chấm điểm
        groups:
          - {id: g, title: Nhóm, at_most: 10, criteria: [{id: x, title: Một, at_most: 6}, {id: y, title: Hai, at_most: 4}]}
"""


MARKS = """
  - id: bang
    title: Bảng biểu
    fields:
      - id: mo
        type: table
        label: Văn bản
        columns:
          - {id: ten, label: Tên, type: text}
          - {id: loai, type: choice, shown_as: marks, options: [{id: moi, label: Mới}, {id: sua, label: Sửa}]}
          - {id: ghi_chu, label: Ghi chú, type: text}
          - {id: roi, label: Xong, type: mark}
        rows: {open: true}
"""


class Person:
    """Types lines in turn, then ends; keeps what was said. A function among the lines is called instead."""

    def __init__(self, *lines: str | Callable[[], str]) -> None:
        self.lines = list(lines)
        self.heard: list[str] = []

    def read(self, prompt: str) -> str:
        self.heard.append(prompt)
        if not self.lines:
            raise EOFError
        line = self.lines.pop(0)
        return line if isinstance(line, str) else line()

    @property
    def text(self) -> str:
        return "\n".join(self.heard)


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


def fill(root: Path, *lines: str | Callable[[], str]) -> tuple[Session, Person]:
    session, person = Session(open_case(root), NAME, UNIT), Person(*lines)
    assert Filling(session, Talk(person.read, person.heard.append)).run()
    assert not person.lines, f"not asked for: {person.lines}"
    return Session(open_case(root), NAME, UNIT), person


def test_a_whole_section_is_asked_in_order_and_kept(root):
    session, person = fill(
        root, "c", "/o phần một", "Kết quả tốt.", "..", "Dòng ba", ".", "8.341", "8.197", "94,5", "2",
        "1, 2",
    )  # fmt: skip
    assert session.ask(SIZE) == "here"
    assert session.answer(TEXT).value == "Kết quả tốt.\n.\nDòng ba"
    assert session.answer(COUNT).value == "8341" and session.answer(COUNT).before == "8197"
    assert session.answer(SHARE).value == "94.5"
    assert session.answer(RULER).value == "khong"
    assert session.answer(KINDS).value == ["hanh_chinh", "su_nghiep"]
    assert "→ 8.341 đảng viên" in person.text and "tăng 144" in person.text
    assert "Nêu những nét chính." in person.text


def test_the_item_a_section_or_everything_is_read_out_as_it_will_print(root):
    (root / "outlines/bao-cao.yaml").write_text(OUTLINE + TABLES, encoding="utf-8")
    _, item = fill(root, "/doc")
    assert "BÁO CÁO THỬ" in item.text and "CÔNG VĂN" not in item.text
    assert "┌──────────┬────┬──────┐\n│   Năm    │ Số │ Loại │\n" in item.text
    _, section = fill(root, "/doc ii.1")
    assert "\n1. Phần một\n- Tiêu đề: ……………  ┃ ○ chưa trả lời\n" in section.text
    assert "BÁO CÁO THỬ" not in section.text
    _, here = fill(root, "/doc .")
    assert "\nI. Tình hình chung\n" in here.text and "Phần một" not in here.text
    _, everything = fill(root, "/doc *")
    assert "BÁO CÁO THỬ" in everything.text and "CÔNG VĂN" in everything.text


def test_a_table_wider_than_the_terminal_is_read_out_in_pieces(root):
    columns = ", ".join(f"{{id: c{at}, label: Cột {at:02}, type: number, required: false}}" for at in range(20))
    wide = TABLES.replace("{id: so, label: Số, type: number, at_least: 0},", f"{columns},")
    (root / "outlines/bao-cao.yaml").write_text(OUTLINE + wide, encoding="utf-8")
    session, person = Session(open_case(root), NAME, UNIT), Person("/doc")
    Filling(session, Talk(person.read, person.heard.append, measure=lambda: 60)).run()
    rows = [line for line in person.heard if line.startswith("│ Năm 2020")]
    assert len(rows) == 3 and all(len(line) <= 60 for line in person.heard if line.startswith("│"))


def test_it_resumes_at_the_next_open_question(root):
    fill(root, "c", "c", "Một hai ba", ".")
    _, person = fill(root)
    first = next(line for line in person.heard if line.endswith(": "))
    assert "Tổng số đảng viên" in first


def test_an_ambiguous_figure_is_told_and_asked_again_but_may_stay(root):
    session, person = fill(root, "/muc I", "c", "c", "", "1.0.0", "", "")
    assert session.answer(COUNT).value == "1.0.0"
    assert sum(line.startswith("Tổng số đảng viên:") for line in person.heard) == 2
    assert "không phải" in person.text


def test_reasons_for_no_answer_marks_and_a_section_elsewhere(root):
    session, _ = fill(root, "/khongapdung Không có", "/o II.1", "/khong", "/cho", "/muc phan mot", "/khongneu", "Mật")
    assert session.ask(SIZE) == {"absent": "not_applicable", "because": "Không có"}
    assert session.ask(GOOD) == {"elsewhere": "mot"}
    assert session.answer(TEXT).absent == "nil" and session.answer(COUNT).absent == "pending"
    assert session.answer(TITLE).absent == "withheld" and session.answer(TITLE).because == "Mật"


def test_back_undo_and_clearing(root):
    session, person = fill(root, "/lui", "c", "/lui", "/xoa", "/hoan", "/thoat")
    assert "Đây là câu hỏi đầu tiên." in person.text
    assert session.ask(SIZE) == "here"


def test_a_day_a_mark_a_line_and_a_text_that_begins_with_a_stroke(root):
    session, person = fill(root, "/muc II.1", "//x và y", "5/12/2021", "c")
    assert session.answer(TITLE).value == "/x và y"
    assert session.answer(DAY).value == "2021-12-05" and session.answer(MET).value == "x"
    assert "→ 05/12/2021" in person.text


def test_conditions_bring_questions_and_take_them_away(root):
    _, person = fill(root, "/muc I", "c", "c", "", "", "", "", "1", "12")
    assert any(line.startswith("Số xã:") for line in person.heard)
    _, person = fill(root, "/muc")
    assert "Phần hai" in person.text


def test_files_are_attached_told_and_taken_off(root, tmp_path):
    letter = tmp_path / "Công văn.txt"
    letter.write_text("Kính gửi", encoding="utf-8")
    session, person = fill(root, "/muc công văn", str(tmp_path / "khong-co.txt"), str(letter), "/bo 2", "")
    assert [one.file for one in session.attached("cong_van")] == ["cong_van/Công văn.txt"]
    assert "txt · 9 B" in person.text or "txt" in person.text
    session, _ = fill(root, "/muc công văn", "/bo 1")
    assert not session.attached("cong_van")


def with_tables(root: Path) -> Path:
    (root / "outlines/bao-cao.yaml").write_text(OUTLINE + TABLES.removeprefix("\n"), encoding="utf-8")
    return root


def value(session: Session, name: str) -> dict[str, Any]:
    return session.raw(Key("field", "bao_cao", "bang", name)) or {}


def test_tables_are_asked_cell_by_cell_and_row_by_row(root):
    session, person = fill(with_tables(root), "/muc III", "c", "12", "1", "13 | kha", "c", "38-HD", "9/3/2010",
                           "Chỉ thị 5 | 1/2/2021", "", "c", "5", "/dong 2", "6", "4", "/bang")  # fmt: skip
    assert value(session, "co_dinh") == {"a": {"so": "12", "loai": "tot"}, "b": {"so": "13", "loai": "kha"}}
    assert list(value(session, "mo").values()) == [
        {"ten": "38-HD", "ngay": "2010-03-09"}, {"ten": "Chỉ thị 5", "ngay": "2021-02-01"},
    ]  # fmt: skip
    assert value(session, "diem") == {"g.x": "6", "g.y": "4"}
    assert "10 / 10 điểm" in person.text or "10" in person.text


def test_both_halves_of_a_figure_are_asked_for_before_it_is_judged(root):
    check = """    checks:
      - {check: formula, holds: "dang_vien <= 100", level: error, message: "Nhiều quá"}
    fields:
      - {id: ket_qua"""
    text = OUTLINE.replace("    fields:\n      - {id: ket_qua", check, 1)
    (root / "outlines/bao-cao.yaml").write_text(text, encoding="utf-8")
    session, person = fill(root, "", "", "", "9000", "8197", "90", "", "")
    own = person.text[person.text.index("Tổng số đảng viên: ") :]
    assert own.index("kỳ trước: ") < own.index("Gõ lại") and own.count("Gõ lại") == 1
    assert session.answer(COUNT).value == "90" and session.answer(COUNT).before == "8197"


def test_a_figure_of_the_period_before_that_is_none_is_told(root):
    session, person = fill(root, "", "", "", "abc", "90", "xyz", "", "80", "")
    assert "“abc”" in person.text and "“xyz”" in person.text
    assert "Viết như 8341, 8.341 hoặc 94,5." in person.text and "trong tệp" not in person.text
    assert session.answer(COUNT).value == "90" and session.answer(COUNT).before == "80"


def test_sections_are_listed_below_what_they_belong_to(root):
    _, person = fill(root, "/muc")
    assert person.text[person.text.index("Báo cáo\n") :].startswith(
        "Báo cáo\n  ○ I. Tình hình chung 0/5\n  II. Chi tiết\n    ○ 1. Phần một 0/2\n○ Công văn 0/1"
    )


def test_a_section_is_found_by_what_stands_above_it(root):
    session = Session(open_case(root), NAME, UNIT)
    first, one, letter = Place("bao_cao", "chung"), Place("bao_cao", "mot"), Place("cong_van")
    for words, found in (("ii", [one]), ("ii.1", [one]), ("1", [one]), ("chi tiet", [one]), ("bao cao", [first, one]),
                         ("bao cao ii. phan", [one]), ("cong van", [letter]), ("iii", [])):  # fmt: skip
        assert sought(session, words) == found, words


def with_marks(root: Path) -> Path:
    (root / "outlines/bao-cao.yaml").write_text(OUTLINE + MARKS, encoding="utf-8")
    return root


def test_two_marks_of_which_one_may_stand_are_told_and_asked_for_again(root):
    session, person = fill(with_marks(root), "/muc III", "c", "Hai | x | x | cả hai", "x", "", "", "", "/ra")
    assert list(value(session, "mo").values()) == [{"ten": "Hai", "loai": "moi", "ghi_chu": "cả hai"}]
    assert "“Mới”, “Sửa”: chỉ được đánh dấu một trong các ô đó nên chưa ghi ô nào; gõ lại cho đúng ô." in person.text


def test_what_is_no_mark_is_told_and_asked_for_again(root):
    session, person = fill(with_marks(root), "/muc III", "c", "Ba | | 5 | ghi", "7", "x", "", "", "/ra")
    assert list(value(session, "mo").values()) == [{"ten": "Ba", "loai": "sua", "ghi_chu": "ghi"}]
    assert "Sửa: không ghi “5”. Ô này chỉ có dấu x hoặc để trống" in person.text
    assert "Sửa: không ghi “7”." in person.text


def test_a_mark_is_said_as_yes_and_no_and_what_it_takes_away_is_told(root):
    session, person = fill(with_marks(root), "/muc III", "c", "Tên", "y", "có", "", "y", "/ra")
    assert list(value(session, "mo").values()) == [{"ten": "Tên", "loai": "sua", "roi": "x"}]
    assert "Đã đánh dấu “Sửa” thay cho “Mới”: chỉ được đánh dấu một ô." in person.text
    session, _ = fill(root, "/muc III", "c", "", "", "n", "", "n", "/ra")
    assert list(value(session, "mo").values()) == [{"ten": "Tên"}]


def test_more_cells_than_a_row_has_are_told_and_begin_no_other_row(root):
    session, person = fill(with_marks(root), "/muc III", "c", "Tên | x | | ghi | x | thừa | nữa |", "")
    assert list(value(session, "mo").values()) == [{"ten": "Tên", "loai": "moi", "ghi_chu": "ghi", "roi": "x"}]
    assert "Dòng không còn ô nào: không ghi “thừa | nữa”." in person.text


def test_a_row_is_removed_a_cell_left_out_and_a_table_left(root):
    fill(with_tables(root), "/muc III", "", "c", "A | 2021", "B |", "/ra")
    session, _ = fill(root, "/muc III", "", "c", "/bo", "/cho", "/ra")
    assert [row["ten"] for row in value(session, "mo").values() if isinstance(row["ten"], dict)] == [
        {"absent": "pending"}
    ]
    assert len(value(session, "mo")) == 1


def test_problems_and_handing_in_are_told_in_the_words_of_the_app(root):
    session, person = fill(root, "/loi", "/nop")
    told = person.text[person.text.index("vướng mắc") :]
    assert "còn thiếu: " in told and "lỗi: " not in told
    assert "chưa được trả lời" in person.text or "chưa" in person.text
    assert session.dossier.state == "drafting"


def test_breaking_off_in_the_middle_of_a_text_keeps_its_lines(root):
    def stop() -> str:
        raise KeyboardInterrupt

    session, person = Session(open_case(root), NAME, UNIT), Person("c", "c", "Dòng một", "Dòng hai", stop)
    with pytest.raises(KeyboardInterrupt):
        Filling(session, Talk(person.read, person.heard.append)).run()
    again = Session(open_case(root), NAME, UNIT)
    assert again.answer(TEXT).value == "Dòng một\nDòng hai"
    assert again.holder("bao_cao") is None


def test_texts_come_in_one_form_of_unicode_whatever_the_keyboard_sends(root):
    session, _ = fill(root, "/muc II.1", "Đảng bộ".encode().decode().replace("ả", "a\u0309"))
    assert session.answer(TITLE).value == "Đảng bộ"


def test_a_handed_in_dossier_is_told_to_be_closed(root):
    fill(root, "c")
    path = root / "checklists" / NAME / UNIT / "dossier.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("drafting", "handed_in"), encoding="utf-8")
    session, person = fill(root, "", "c")
    assert session.ask(GOOD) is None and "đã nộp" in person.text.lower()


def test_every_word_is_told_and_understood_with_or_without_accents(root):
    _, person = fill(root, "?", "/lùi", "/Tiếp", "/khongco")
    assert all(word.vietnamese in person.text for word in WORDS)
    assert "Không có lệnh /khongco" in person.text
    assert unescaped("//a") == "/a" and not unknown("/home/x") and not unknown("//a")
    assert (
        len({word.vietnamese for word in WORDS} | {word.english for word in WORDS if word.id != "help"})
        == 2 * len(WORDS) - 1
    )


def test_in_english_everything_is_english(root):
    i18n.use("en")
    try:
        _, person = fill(root, "?", "/go 1", "y", "/none", "/problems", "/quit")
    finally:
        i18n.use("vi")
    assert "/submit" in person.text and "To cover:" in person.text


def test_plain_prompts_load_no_screen():
    code = "import sys, tui.plain; print([name for name in sys.modules if name.split('.')[0] in ('textual', 'click')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


COPIES = "checklists/ho-so-thu.yaml"


def wanting_copies(root: Path) -> Path:
    path = root / COPIES
    text = path.read_text(encoding="utf-8").replace("period: 2021\n", "period: 2021\nsets: 2\n")
    text = text.replace("outline: bao-cao}", "outline: bao-cao, copies: {paper: 2, scan: 1}}")
    path.write_text(text.replace("at_least: 1}}", "at_least: 1}, copies: {pdf: 1}}"), encoding="utf-8")
    return root


def test_copies_are_counted_and_told(root):
    session, person = fill(wanting_copies(root), "/ban", "hai", "2", "", "1")
    assert [(one.medium, one.have, one.want) for one in session.tallies()] == [
        ("sets", 2, 2), ("paper", 0, 2), ("scan", 1, 1), ("pdf", 0, 1),
    ]  # fmt: skip
    assert "Báo cáo · " in person.text and "Cần một số nguyên" in person.text


def test_copies_are_asked_for_once_behind_the_last_question(root):
    wanting_copies(root)
    session, person = fill(root, "/muc công văn", "", "1", "1", "", "/lui")
    assert [one.have for one in session.tallies()] == [1, 1, 0, 0]
    asked = [one for one in person.heard if "Đã có bao nhiêu" in one]
    assert len(asked) == 3


def test_documents_tell_the_copies_that_count_themselves(root):
    _, person = fill(wanting_copies(root), "/muc công văn")
    assert any("PDF" in one and "0" in one and "1" in one for one in person.heard)
