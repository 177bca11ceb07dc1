"""What helps while writing: figures quoted, the dossier before, an own editor, bookmarks, finding; as plain objects."""

from __future__ import annotations

import shlex
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso.text import fold
from hoso.workspace import Workspace
from tests.tui_case import NAME, UNIT
from tests.writing_case import BEFORE, PROSE, make_two_years
from tui import carrying, outside
from tui.bookmarks import Bookmarks
from tui.finding import Finder, elsewhere, everything, spans
from tui.markup import bold, listed
from tui.places import Key, Place
from tui.quoting import quotables
from tui.session import Session

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
COUNT = Key("field", "bao_cao", "chung", "dang_vien")
AGAIN = Key("field", "bao_cao", "lai", "dang_vien")
REMARK = Key("field", "bao_cao", "lai", "nhan_xet")
CHUNG, LAI = Place("bao_cao", "chung"), Place("bao_cao", "lai")


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    return Session(Workspace(make_two_years(tmp_path / "ws")), NAME, UNIT)


# ---- figures ----------------------------------------------------------------------------------------------


def test_figures_are_offered_by_the_shortest_name_with_what_they_read(session: Session) -> None:
    session.type_into(COUNT, "8.341")
    told = {one.inserted: one.shown for one in quotables(session, REMARK)}
    assert told["{{chung.dang_vien}}"] == "8.341"
    assert told["{{chung.dang_vien.change}}"] == "tăng 144 đảng viên (1,76%) so với năm 2020"
    assert told["{{chung.dang_vien.before}}"] == "8.197"
    sentence = "Tổng số đảng viên: 8.341 đảng viên, tăng 144 đảng viên (1,76%) so với năm 2020."
    assert told[sentence] == sentence
    assert "{{dang_vien}}" not in told  # of this section, but blank
    session.type_into(AGAIN, "8341")
    assert quotables(session, REMARK)[0].inserted == "{{dang_vien}}"
    for inserted in [one.inserted for one in quotables(session, REMARK)]:
        session.type_into(REMARK, f"x {inserted}")
        assert "{{" not in session.as_printed(REMARK) and session.faults_at(REMARK) == []


# ---- the dossier before -----------------------------------------------------------------------------------


def test_answers_of_before_come_as_proposals_and_go_with_undo(session: Session) -> None:
    found = carrying.formerly(session, CHUNG)
    assert [one.key.name for one in found] == ["ket_qua", "dang_vien", "ty_le"]
    assert found[0].is_prose and carrying.paragraphs(found[0].shown) == PROSE.split("\n\n")
    session.type_into(COUNT, "8.341")
    filled = carrying.take_all(session, found)
    assert [key.name for key in filled] == ["ket_qua", "ty_le"]  # what is written already is left alone
    assert session.answer(COUNT).value == "8341" and session.answer(TEXT).is_proposal
    assert "proposal-open" in [fault.code for _, fault in session.judged(CHUNG).findings]
    session.accept_proposal(TEXT)
    assert session.raw(TEXT).rstrip("\n") == PROSE
    for _ in range(2):
        session.undo()
    assert session.raw(TEXT) is None and session.answer(COUNT).value == "8341"
    assert carrying.formerly(session, Place("cong_van")) == []


def test_nothing_is_carried_where_there_is_no_dossier_before(tmp_path: Path) -> None:
    session = Session(Workspace(make_two_years(tmp_path / "ws")), BEFORE, UNIT)
    assert session.earlier is None and carrying.formerly(session, CHUNG) == []


def test_figures_given_elsewhere_too(session: Session) -> None:
    assert elsewhere(session, LAI) == []
    session.type_into(COUNT, "8.341")
    found = elsewhere(session, LAI)
    assert [(one.place, one.key) for one in found] == [(CHUNG, COUNT)] and "8.341" in found[0].text


# ---- an editor of one's own -------------------------------------------------------------------------------


def editing(body: str) -> list[str]:
    script = "import sys, pathlib, os\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text(encoding='utf-8')\n"
    return [sys.executable, "-c", script + body]


def left() -> list[Path]:
    from hoso.paths import state_folder

    folder = state_folder() / "editing"
    return list(folder.iterdir()) if folder.exists() else []


def test_what_an_editor_wrote_comes_back() -> None:
    command = editing("path.write_text(text + 'Dòng mới  \\n', encoding='utf-8')")
    assert outside.edit("Một\nHai", command, outside.run_and_wait) == ("Một\nHai\nDòng mới", None, "")
    assert left() == []


def test_an_editor_that_changes_nothing_changes_nothing() -> None:
    assert outside.edit("Một", editing("pass"), outside.run_and_wait) == (None, None, "")
    assert outside.edit("", editing("pass"), outside.run_and_wait) == (None, None, "")
    assert left() == []


def test_a_crashed_editor_changes_nothing_and_loses_nothing() -> None:
    outcome = outside.edit(
        "Một", editing("path.write_text('Hai', encoding='utf-8'); os._exit(3)"), outside.run_and_wait
    )
    assert outcome.text is None and outcome.why == "3"
    assert outcome.kept is not None and outcome.kept.read_text(encoding="utf-8") == "Hai"
    outcome = outside.edit("Một", editing("os._exit(1)"), outside.run_and_wait)
    assert (outcome.text, outcome.kept, outcome.why) == (None, None, "1")


def test_an_editor_that_writes_no_text_changes_nothing() -> None:
    outcome = outside.edit("Một", editing("path.write_bytes(b'\\xff\\xfe')"), outside.run_and_wait)
    assert outcome.text is None and outcome.kept is not None and outcome.kept.read_bytes() == b"\xff\xfe"
    assert outside.edit("Một", editing("path.unlink()"), outside.run_and_wait).text is None


def test_the_file_is_for_its_owner_only() -> None:
    seen: list[int] = []

    def look(command: list[str]) -> int:
        seen.append(stat.S_IMODE(Path(command[-1]).parent.stat().st_mode))
        return 0

    outside.edit("Một", ["x"], look)
    assert sys.platform == "win32" or seen == [0o700]


def test_no_such_editor() -> None:
    assert outside.edit("Một", ["/nowhere/editor"], outside.run_and_wait).text is None
    assert left() == []
    own = shlex.quote(sys.executable)
    assert outside.editor_command({"EDITOR": f"{own} --wait"}) == [sys.executable, "--wait"]
    assert outside.editor_command({"EDITOR": "nowhere", "VISUAL": own}) == [sys.executable]
    assert outside.editor_command({"EDITOR": own, "VISUAL": "  "}) == [sys.executable]


@pytest.mark.parametrize("command", ["code --wait 'a", '"', "/nowhere/at-all -w", "''"])
def test_an_editor_that_cannot_be_started_is_told_with_what_is_wrong(command: str) -> None:
    with pytest.raises(outside.NoEditor) as told:
        outside.editor_command({"EDITOR": command})
    assert command in str(told.value) and "EDITOR" in str(told.value)


def test_where_there_is_no_editor_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(outside.NoEditor):
        outside.editor_command({})


def test_more_than_an_answer_can_be_is_kept_and_not_taken_over() -> None:
    outcome = outside.edit("Một", editing("path.write_bytes(b'a' * 9_000_000)"), outside.run_and_wait)
    assert outcome.text is None and outcome.kept is not None and outcome.kept.stat().st_size == 9_000_000
    assert str(outcome.kept) in outside.told(outcome)


# ---- bookmarks --------------------------------------------------------------------------------------------


def test_marks_are_kept_outside_the_dossier_and_gone_round(session: Session) -> None:
    marks = Bookmarks(session)
    assert marks.neighbour(CHUNG, 1) is None
    assert session.toggle_bookmark(LAI) and session.toggle_bookmark(CHUNG)
    again = Bookmarks(session)
    assert again.places() == [CHUNG, LAI] and LAI in again
    assert (again.neighbour(CHUNG, 1), again.neighbour(LAI, 1), again.neighbour(CHUNG, -1)) == (LAI, CHUNG, LAI)
    assert again.neighbour(Place("bao_cao", "mot"), 1) == LAI
    assert not session.toggle_bookmark(LAI)
    assert Bookmarks(session).places() == [CHUNG]
    assert not session.folder.exists()
    marks.path.write_text("rác: [", encoding="utf-8")
    assert Bookmarks(session).places() == []


# ---- finding ----------------------------------------------------------------------------------------------


def found(session: Session, query: str) -> list[tuple[str, str]]:
    return [(hit.found.kind, hit.found.text) for hit in Finder(everything(session)).search(query)]


def test_marks_that_are_typed_are_meant(session: Session) -> None:
    session.type_into(TEXT, "Đã kết nạp đảng viên, dang dở.")
    assert ("answer", "Đã kết nạp đảng viên, dang dở.") in found(session, "dang do")
    assert ("field", "Tổng số đảng viên") in found(session, "DANG vien")
    assert ("field", "Tổng số đảng viên") in found(session, "viên đảng")
    assert ("field", "Tổng số đảng viên") not in found(session, "đang viên")
    assert found(session, "khôngthấy") == []


def test_every_kind_is_found_the_sections_first(session: Session) -> None:
    session.type_into(REMARK, "nêu nhiều nét")
    kinds = [kind for kind, _ in found(session, "ne")]
    assert {"answer", "prompt"} <= set(kinds)
    assert [kind for kind, _ in found(session, "")] == ["section"] * len(found(session, ""))
    assert kinds == sorted(kinds, key=["section", "ask", "field", "answer", "prompt", "guidance"].index)
    assert [kind for kind, _ in found(session, "ngan gon")] == ["guidance"]


def test_a_long_text_is_shown_from_where_the_words_stand(session: Session) -> None:
    session.type_into(REMARK, "chữ " * 300 + "kết nạp ở đây " + "chữ " * 300)
    for query in ("kết nạp", "ket nap"):
        hit = next(one for one in Finder(everything(session)).search(query) if one.found.kind == "answer")
        assert hit.excerpt.startswith("…") and len(hit.excerpt) <= 112
        assert [hit.excerpt[start:end] for start, end in hit.spans] == ["kết", "nạp"]


@pytest.mark.parametrize(
    ("number", "title"),
    [("I", "Tình hình chung"), ("ii.1", "Phần một"), ("II", "Chi tiết"), ("III.1", "Nhắc lại"), ("2.1.", None)],
)
def test_a_section_is_gone_to_by_its_number(session: Session, number: str, title: str | None) -> None:
    hits = found(session, number)
    assert hits[0][1].endswith(title) if title else all(kind != "section" for kind, _ in hits)


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=6), max_size=3))
def test_what_is_emphasised_are_the_words(text: str, words: list[str]) -> None:
    for start, end in spans(text, words):
        assert 0 <= start < end <= len(text)
        assert any(fold(word) in "".join(fold(letter) for letter in text[start:end]) for word in words)


# ---- light Markdown ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [("chữ", "**chữ**"), ("**chữ**", "chữ"), (" chữ ", " **chữ** "), ("", "****"), ("a\n\nb", "**a**\n\n**b**"),
     ("- a\n- b", "- **a**\n- **b**")],
)  # fmt: skip
def test_bold(before: str, after: str) -> None:
    assert bold(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("a\nb", "- a\n- b"), ("- a\n- b", "a\nb"), ("a\n\n- b", "- a\n\n- b"), ("", "- ")],
)
def test_a_list(before: str, after: str) -> None:
    assert listed(before) == after
