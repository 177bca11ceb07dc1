"""What is shown of a dossier as it will print: without a terminal."""

from pathlib import Path

import pytest

from hoso import i18n
from tests.tui_case import NAME, OUTLINE, UNIT, folder, make_case, open_case
from tui.paper import Block, Extent, Paper, written
from tui.places import Key, Place
from tui.previewing import Preview, read_out
from tui.session import Session

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
COUNT = Key("field", "bao_cao", "chung", "dang_vien")
TITLE = Key("field", "bao_cao", "mot", "tieu_de")
ASK = Key("ask", "bao_cao", "chung", "quy_mo")
TABLE = Key("field", "bao_cao", "bang", "bieu")
FIRST, SECOND, FORM = Place("bao_cao", "chung"), Place("bao_cao", "mot"), Place("bao_cao", "bang")
WIDE = """\
  - id: bang
    title: Biểu số liệu
    fields:
      - id: bieu
        type: table
        label: Kết quả
        corner: Năm
        columns:
          - label: Xếp loại
            columns:
              - {id: tot, label: Tốt, type: number, at_least: 0, required: true}
              - {id: kha, label: Khá, type: number, at_least: 0}
        rows: {each: 2019..2021, id: "nam_{}", label: "{}"}
        total: {label: Tổng số}
      - id: diem
        type: scoring
        label: Điểm
        groups:
          - {id: a, title: Nhiệm vụ, at_most: 60, criteria: [{id: mot, title: Trọng tâm, at_most: 60}]}
"""


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    i18n.use("vi")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    made = make_case(tmp_path / "ws")
    (made / "outlines/bao-cao.yaml").write_text(OUTLINE + WIDE, encoding="utf-8")
    return made


@pytest.fixture
def session(root: Path) -> Session:
    return Session(open_case(root), NAME, UNIT)


def shown(session: Session, extent: Extent = Extent.ITEM, place: Place = FIRST, width: int = 78) -> str:
    return "\n".join(read_out(session, extent, place, width))


def here(preview: Preview) -> Block:
    found = preview.paper.block(preview.cursor)
    assert found is not None
    return found


def test_it_reads_as_on_paper(session: Session) -> None:
    session.type_into(TEXT, "Nội dung **đậm**\n- một việc\n- việc nữa, {{dang_vien}} người")
    session.type_into(COUNT, "8341")
    session.put_absent(TITLE, "nil")
    session.put_ask(ASK, {"absent": "not_applicable", "because": "không có"})
    text = shown(session)
    assert "                                 BÁO CÁO THỬ" in text
    assert "I. Tình hình chung\nKết quả đạt được:\n    Nội dung đậm\n    • một việc\n" in text
    assert "    • việc nữa, 8.341 người" in text
    assert "- Tổng số đảng viên: 8.341 đảng viên" in text
    assert "- Tiêu đề: không có" in text
    assert "- Quy mô, theo Hướng dẫn 38: không áp dụng: không có" in text
    assert text.index("I. Tình hình") < text.index("II. Chi tiết") < text.index("1. Phần một")


def test_what_is_missing_or_wrong_is_marked_in_signs_and_words_and_can_be_left_out(session: Session) -> None:
    session.type_into(TEXT, "một")
    paper = Paper(written(session, Extent.ITEM, FIRST), 78)
    text = "\n".join(paper.plain())
    assert "- Tổng số đảng viên: ……………  ┃ ○ chưa trả lời" in text
    assert "┃ ! cảnh báo: " in text or "┃ ✗ lỗi: " in text
    assert "┃ ○ Chưa viết ý: Thuận lợi" in text
    clean = "\n".join(Paper(written(session, Extent.ITEM, FIRST), 78, marks=False).plain())
    assert "┃" not in clean and "- Tổng số đảng viên: ……………\n" in clean


def test_a_table_stands_as_on_paper_with_signs_in_its_cells(session: Session) -> None:
    session.put(TABLE, {"nam_2019": {"tot": "8"}, "nam_2020": {"tot": "-3", "kha": "1200"}})
    text = shown(session)
    assert "│   Năm   ├──────┬───────┤\n" in text
    assert "✗ -3" in text and "2020 · Xếp loại · Tốt: ✗ lỗi: " in text
    assert "│ 1.200 │" in text and "┃ ○ còn 1 ô chưa điền" in text
    clean = "\n".join(Paper(written(session, Extent.ITEM, FIRST), 78, marks=False).plain())
    assert "✗" not in clean and "│ 2020    │  -3 │ 1.200 │" in clean
    assert "│ Tổng số │   5 │ 1.200 │" in clean and "│ Nhiệm vụ" in clean


def test_unsaved_words_are_shown_and_nothing_is_written(session: Session, root: Path) -> None:
    session.type_into(TEXT, "chưa lưu")
    assert "chưa lưu" in shown(session) and not session.is_saved
    before = session.save_due_in
    preview = Preview(session, FIRST, TEXT)
    preview.lay_out(78)
    preview.find("chua luu")
    preview.toggle_marks()
    preview.next_extent()
    assert not folder(root).exists() and (session.save_due_in or 0) <= (before or 0)


def test_the_extent_changes_around_the_place(session: Session) -> None:
    preview = Preview(session, SECOND, TITLE)
    preview.lay_out(78)
    assert here(preview).key == TITLE and preview.title() == "Báo cáo"
    preview.take_extent(Extent.SECTION)
    assert preview.title() == "1. Phần một" and [one.text for one in preview.paper.headings] == ["1. Phần một"]
    preview.take_extent(Extent.DOSSIER)
    preview.paper.grow()
    assert preview.title() == "Hồ sơ thử năm 2021"
    assert [one.text for one in preview.paper.headings][-1] == "CÔNG VĂN"
    assert here(preview).key == TITLE
    assert "(chưa" not in shown(session, Extent.DOSSIER) and "○ “Công văn”: " in shown(session, Extent.DOSSIER)


def test_a_section_is_shown_with_what_stands_below_it(session: Session) -> None:
    text = shown(session, Extent.SECTION, Place("bao_cao", "chi_tiet"))
    assert "II. Chi tiết" in text and "1. Phần một" in text and "Tình hình chung" not in text


def test_it_is_laid_out_only_as_far_as_it_is_looked_at(session: Session) -> None:
    preview = Preview(session, FIRST)
    preview.lay_out(78)
    assert not preview.paper.whole and len(preview.paper.headings) < 4
    while preview.grow(5):
        pass
    assert [one.text for one in preview.paper.headings][-1] == "III. Biểu số liệu"


def test_words_are_found_without_accents_and_over_the_ends_of_lines(session: Session) -> None:
    session.type_into(TEXT, "Toàn đảng bộ có nhiều đảng viên trẻ ở các chi bộ, dang vien là gì thì ai cũng rõ cả rồi.")
    preview = Preview(session, FIRST)
    preview.lay_out(30)
    preview.find("dang vien")
    assert len(preview.hits) == 3 and preview.status().endswith("1/3 · " + preview.status().rpartition(" ")[2])
    assert any(len(hit.stretches) == 2 for hit in preview.hits)
    for hit in preview.hits:
        words = " ".join(
            "".join(run for run, _ in preview.paper.line(one.line))[one.start : one.end] for one in hit.stretches
        )
        assert words in ("đảng viên", "dang vien")
    lines = [preview.cursor]
    for _ in range(3):
        assert preview.step_hit(1)
        lines.append(preview.cursor)
    assert lines[0] == lines[-1]
    preview.find("đảng viên")
    assert len(preview.hits) == 2
    preview.find("không có đâu")
    assert preview.hit == -1 and not preview.step_hit(1) and "không thấy" in preview.status()


def test_what_is_found_stays_found_when_the_screen_changes(session: Session) -> None:
    session.type_into(TEXT, "một hai ba " * 60)
    preview = Preview(session, FIRST)
    preview.lay_out(78)
    preview.find("ba mot")
    assert len(preview.hits) == 59
    preview.lay_out(40)
    assert len(preview.hits) == 59 and here(preview).key == TEXT


def test_headings_are_gone_to_in_order_and_by_number(session: Session) -> None:
    preview = Preview(session, FIRST)
    preview.lay_out(78)
    numbers = {one.number: one.text.strip() for one in preview.headings()}
    assert numbers["ii.1"] == "1. Phần một"
    preview.go(1)
    seen = []
    for _ in range(4):
        preview.step_heading(1)
        seen.append(here(preview).text)
    assert seen == ["I. Tình hình chung", "II. Chi tiết", "1. Phần một", "III. Biểu số liệu"]
    preview.go_end()
    preview.step_heading(-1)
    assert here(preview).text == "III. Biểu số liệu"
    preview.step_heading(-1)
    assert here(preview).text == "1. Phần một"


def test_one_goes_back_to_the_field_of_the_line(session: Session) -> None:
    preview = Preview(session, FIRST, TEXT)
    preview.lay_out(78)
    assert preview.target() == (FIRST, TEXT)
    heading = next(one for one in preview.headings() if one.text == "II. Chi tiết")
    preview.go(preview.paper.line_of(heading.place))
    assert preview.target() == (SECOND, None)
    preview.go(0)
    assert preview.target() == (FIRST, None)
    preview.go_end()
    found = preview.target()
    assert found is not None and found[0] == FORM


def test_english_says_the_same(session: Session) -> None:
    i18n.use("en")
    session.put_absent(TITLE, "nil")
    text = shown(session)
    assert "- Tiêu đề: nothing to report" in text and "┃ ○ not answered" in text


ODD = ("x", ["a", "b"], {"value": ["a"]}, {"value": "1", "before": "x"}, {"absent": "strange"}, {"a": {"b": "c"}}, {"a": "b"},
       {"nam_2019": "x"}, {"nam_2019": {"tot": {"absent": "nil"}, "kha": ["1"]}}, {"a.mot": ["1"]}, {"a.mot": {"value": "70"}})  # fmt: skip


@pytest.mark.parametrize("raw", ODD, ids=str)
def test_whatever_stands_in_a_file_can_be_read(session: Session, raw: object) -> None:
    places = [place for place in session.places() if place.section]
    for place in places:
        for name in session.fields(place):
            session.put(Key("field", place.part, place.section or "", name), raw)
        for name in session.asks(place):
            session.put_ask(Key("ask", place.part, place.section or "", name), raw)
    for extent in Extent:
        for marks in (True, False):
            paper = Paper(written(session, extent, FIRST), 40, marks=marks)
            assert list(paper.plain()) and paper.headings
    assert session.problems()
