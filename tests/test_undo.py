"""Undo and redo over everything that can be done in a session, in any order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from hoso import yamlio
from hoso.dossiers import Returned
from hoso.problems import Refused
from tests import review_case
from tests.every_kind_case import FIXED, OPEN, POINTS, desk_of, fields_of, make_every_kind
from tests.test_session import ASK, COUNT, LETTER, RULER, TEXT, TITLE, Ticking, filled
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui import carrying, clashing, finding, marking, remarks
from tui.places import Key, Place
from tui.quoting import quotables
from tui.session import Session

KINDS, DAY = TEXT._replace(name="loai_hinh"), Key("field", "bao_cao", "mot", "ngay")
PRIVATE = Key("field", "bao_cao", "rieng", "mat")
TEXTS = st.sampled_from(
    ["", "a", "ab", "Đảng bộ", "8.341", "8341", "94,5", "5/12/2021", "x", "1.0.0", "hai\ndòng", "có"]
)
SETTINGS = settings(max_examples=60, stateful_step_count=40, deadline=None, database=None, derandomize=True,
                    phases=[Phase.generate], report_multiple_bugs=False, suppress_health_check=list(HealthCheck))  # fmt: skip


def in_memory(session: Session) -> str:
    """All that would be written, as one text."""
    dossier = session.dossier
    parts = [dossier.as_data(), *(sheet.as_data() for sheet in session.sheets.values())]
    parts += [{name: kept for name, kept in sheet.private.items() if kept} for sheet in session.sheets.values()]
    parts += [made.as_data() for made in dossier.appraisals.values()]
    return "---\n".join(map(yamlio.dump, parts)) + repr(sorted(session.clashes.items()))


def on_disk(root: Path, name: str = NAME, unit: str = UNIT) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "checklists" / name / unit).glob("*.yaml"))}


_NUMBERS = count()


class Walk(RuleBasedStateMachine):
    """Whatever was done before a step stands there again when the step is taken back."""

    base: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = self.base / str(next(_NUMBERS))
        self.root = self.made(self.folder / "ws")
        self.ticking = Ticking()
        self.session = self.begun()
        self.session.save()
        self.begin = self.disk()
        self.states = {0: in_memory(self.session)}
        self.names = count()

    def made(self, root: Path) -> Path:
        return make_every_kind(root)

    def begun(self) -> Session:
        return Session(open_case(self.root), NAME, UNIT, monotonic=self.ticking)

    def disk(self) -> dict[str, bytes]:
        return on_disk(self.root)

    def do(self, act: Callable[[], Any]) -> None:
        """One act of the user's, and what stands there behind it."""
        try:
            act()
        except Refused:
            return
        after = len(self.session.history)
        if not self.session.history.can_redo:  # something was done
            self.states = {at: state for at, state in self.states.items() if at <= after}
        self.states[after] = in_memory(self.session)

    @rule(seconds=st.sampled_from([0.1, 1.0, 3.0]))
    def wait(self, seconds: float) -> None:
        self.ticking.at += seconds

    @rule()
    def leave_the_field(self) -> None:
        self.session.seal()

    @rule()
    def save(self) -> None:
        assert self.session.save()

    @rule()
    def undo(self) -> None:
        self.session.undo()
        assert in_memory(self.session) == self.states[len(self.session.history)]

    @rule()
    def redo(self) -> None:
        self.session.redo()
        assert in_memory(self.session) == self.states[len(self.session.history)]

    @invariant()
    def depth_is_known(self) -> None:
        assert len(self.session.history) in self.states

    def teardown(self) -> None:
        while self.session.history.can_redo:
            self.session.redo()
        assert self.session.save()
        end, last = self.disk(), in_memory(self.session)
        while self.session.undo():
            pass
        assert self.session.save()
        assert self.disk() == self.begin | {name: self.disk()[name] for name in self.disk() if name not in self.begin}
        assert in_memory(self.session) == self.states[0]
        while self.session.redo():
            pass
        assert self.session.save() and self.disk() == end and in_memory(self.session) == last
        self.session.close()
        rmtree(self.folder)


class Filling(Walk):
    """What a unit does."""

    @rule(data=st.data(), text=TEXTS)
    def type_into_a_field(self, data: st.DataObject, text: str) -> None:
        keys = [key for key in fields_of(self.session) if self.session.field(key).type in ("text", "number", "date")]
        key = data.draw(st.sampled_from(keys))
        self.do(lambda: self.session.type_into(key, text))

    @rule(text=TEXTS)
    def type_the_figure_of_before(self, text: str) -> None:
        self.do(lambda: self.session.type_before(TEXT._replace(name="dang_vien"), text))

    @rule(data=st.data())
    def choose_or_mark(self, data: st.DataObject) -> None:
        key, raw = data.draw(st.sampled_from([
            (TEXT._replace(name="chinh_quyen"), "co"), (TEXT._replace(name="chinh_quyen"), "khong"),
            (TEXT._replace(name="loai_hinh"), ["hanh_chinh"]), (TEXT._replace(name="loai_hinh"), ["su_nghiep", "hanh_chinh"]),
            (Key("field", "bao_cao", "mot", "co_mat"), "x"), (Key("field", "bao_cao", "mot", "co_mat"), None),
        ]))  # fmt: skip
        self.do(lambda: self.session.put(key, raw))

    @rule(data=st.data(), ask=st.booleans())
    def say_something_of_a_field(self, data: st.DataObject, ask: bool) -> None:
        asks = [Key("ask", "bao_cao", "chung", name) for name in ("quy_mo", "thuan_loi")]
        key = data.draw(st.sampled_from(asks if ask else fields_of(self.session)))
        choice = data.draw(st.sampled_from(marking.choices(self.session, key)))
        detail = "mot" if choice.id == "elsewhere" else "vì thế"
        self.do(lambda: marking.apply(self.session, key, choice.id, detail))

    @rule(data=st.data())
    def take_over_from_the_dossier_before(self, data: st.DataObject) -> None:
        found = carrying.formerly(self.session, Place("bao_cao", "chung"))
        if data.draw(st.booleans()):
            self.do(lambda: carrying.take_all(self.session, found))
        else:
            self.do(lambda: carrying.take(self.session, data.draw(st.sampled_from(found))))

    @rule(data=st.data())
    def quote_a_figure(self, data: st.DataObject) -> None:
        figures = quotables(self.session, TEXT)
        if figures:
            chosen = data.draw(st.sampled_from(figures)).inserted
            self.do(lambda: self.session.type_into(TEXT, f"{self.session.answer(TEXT).value or ''} {chosen}"))

    @rule(data=st.data(), content=st.sampled_from(["Kính gửi", "Nơi nhận"]))
    def attach(self, data: st.DataObject, content: str) -> None:
        source = self.folder / f"{next(self.names)}.txt"
        source.write_text(content, encoding="utf-8")
        key = data.draw(st.sampled_from([
            Key("files", "cong_van"), Key("files", "tu_cham"), Key("files", "bao_cao", "mot", "bang_chung"),
        ]))  # fmt: skip
        self.do(lambda: self.session.attach_file(key, source))

    @precondition(lambda self: any(self.session.dossier.attachments.values()))
    @rule(data=st.data())
    def detach(self, data: st.DataObject) -> None:
        listed = [(at, one.id) for at, files in self.session.dossier.attachments.items() for one in files]
        address, name = data.draw(st.sampled_from(listed))
        self.do(lambda: self.session.detach_file(Key("files", *address.split(".")), name))

    @rule(level=st.sampled_from(["tot", "kha", None]))
    def claim(self, level: str | None) -> None:
        self.do(lambda: self.session.put_entry(Key("claim", "tu_cham"), level))

    @rule(tick=st.booleans())
    def tick_a_remark_off(self, tick: bool) -> None:
        remark = remarks.of_part(self.session, "bao_cao")[0]
        act = remarks.tick if tick else remarks.untick
        self.do(lambda: act(self.session, "bao_cao", remark))

    @rule(key=st.sampled_from([FIXED, OPEN, POINTS]), data=st.data(), text=TEXTS)
    def work_in_a_table(self, key: Key, data: st.DataObject, text: str) -> None:
        desk = desk_of(self.session, key)
        desk.go(data.draw(st.integers(0, desk.height)), data.draw(st.integers(0, desk.width)))
        what = data.draw(
            st.sampled_from(["type", "clear", "down", "paste", "inserted", "removed", "up", "down_row", "x", "absent"])
        )
        note(f"{key.name} {desk.at} {what}")
        self.do(lambda: self._in_table(desk, what, text))

    def _in_table(self, desk: Any, what: str, text: str) -> None:
        if what == "type" and desk.takes_text:
            desk.typed(text)
            desk.commit()
        elif what == "clear":
            desk.clear()
        elif what == "down":
            desk.fill_down()
        elif what == "paste":
            desk.paste(f"{text}\t1/2/2021\n7\tKhá\n".replace("hai\ndòng", "hai"))
        elif what == "x":
            desk.toggle()
        elif what == "absent":
            desk._keep(desk.grid.absent(desk.row, desk.column, "pending"), False)
        elif what in ("inserted", "removed", "up", "down_row"):
            desk.rows(what.removesuffix("_row"))


class Appraising(Walk):
    """What a superior does."""

    def made(self, root: Path) -> Path:
        return review_case.make_case(root)

    def begun(self) -> Session:
        session = Session(open_case(self.root), review_case.NAME, review_case.UNIT, monotonic=self.ticking)
        self.review = session.begin_review()
        self.said = [self.review.begin("bao_cao", section) for section in ("", "chung", "rieng")]
        for part in ("bao_cao", "tu_cham", "cong_van"):
            self.review.desk.file(part)
        return session

    def disk(self) -> dict[str, bytes]:
        return on_disk(self.root, review_case.NAME, review_case.UNIT)

    @rule(at=st.integers(0, 2), text=TEXTS)
    def say(self, at: int, text: str) -> None:
        self.do(lambda: self.review.say("bao_cao", self.said[at], text))

    @rule(points=st.sampled_from([{}, {"viec.chinh": "50"}, {"viec.chinh": "50", "viec.phu": "1"}]))
    def appraise(self, points: dict[str, str]) -> None:
        self.do(lambda: self.review.appraise(Key("field", "tu_cham", "cham", "diem"), points))

    @rule(part=st.sampled_from(["bao_cao", "tu_cham"]), verdict=st.sampled_from(["", "returned", "accepted"]))
    def decide(self, part: str, verdict: str) -> None:
        self.do(lambda: self.review.decide(part, verdict, "vì thế"))

    @rule(level=st.sampled_from(["", "tot", "xuat_sac"]))
    def rate(self, level: str) -> None:
        self.do(lambda: self.review.rate("tu_cham", level))


def test_whatever_a_unit_does_is_taken_back_and_done_again(tmp_path: Path) -> None:
    Walk.base = tmp_path
    run_state_machine_as_test(Filling, settings=SETTINGS)


def test_whatever_a_superior_does_is_taken_back_and_done_again(tmp_path: Path) -> None:
    Walk.base = tmp_path
    run_state_machine_as_test(Appraising, settings=SETTINGS)


# ---- two people ---------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_every_kind(tmp_path / "ws")


def opened(root: Path) -> Session:
    return Session(open_case(root), NAME, UNIT)


def a_file(tmp_path: Path, name: str) -> Path:
    source = tmp_path / name
    source.write_text(name, encoding="utf-8")
    return source


def test_what_another_attached_meanwhile_is_not_taken_back(root: Path, tmp_path: Path) -> None:
    mine, theirs = opened(root), opened(root)
    mine.attach_file(LETTER, a_file(tmp_path, "a.txt"))
    theirs.attach_file(LETTER, a_file(tmp_path, "b.txt"))
    assert theirs.save() and mine.save()
    mine.undo()
    assert mine.save()
    assert [one.file for one in opened(root).attached("cong_van")] == ["cong_van/b.txt"]
    mine.redo()
    assert mine.save()
    assert {one.file for one in opened(root).attached("cong_van")} == {"cong_van/a.txt", "cong_van/b.txt"}


def test_a_document_taken_off_comes_back_with_its_content(root: Path, tmp_path: Path) -> None:
    session = opened(root)
    made = session.attach_file(LETTER, a_file(tmp_path, "a.txt"))
    session.detach_file(LETTER, made.id)
    assert session.save() and not opened(root).attached("cong_van")
    session.undo()
    assert session.save()
    kept = opened(root).attached("cong_van")
    assert kept == [made] and (folder(root) / "files" / made.file).read_text(encoding="utf-8") == "a.txt"


def write_cell(session: Session, row: int, text: str) -> None:
    desk = desk_of(session, FIXED)
    desk.go(row, 0)
    desk.typed(text)
    desk.commit()


def test_cells_that_another_filled_meanwhile_are_not_taken_back(root: Path) -> None:
    mine, theirs = opened(root), opened(root)
    write_cell(mine, 0, "1")
    write_cell(theirs, 1, "2")
    assert theirs.save() and mine.save()
    mine.undo()
    assert mine.raw(FIXED) == {"b": {"so": "2"}}
    mine.redo()
    assert mine.raw(FIXED) == {"a": {"so": "1"}, "b": {"so": "2"}}


def test_a_cell_typed_before_the_table_shows_what_came_in_takes_nothing_away(root: Path) -> None:
    mine, theirs = opened(root), opened(root)
    desk = desk_of(mine, FIXED)
    write_cell(theirs, 1, "2")
    mine.type_into(TEXT, "a")
    assert theirs.save() and mine.save()
    desk.typed("1")
    desk.commit()
    assert mine.raw(FIXED) == {"b": {"so": "2"}, "a": {"so": "1"}}


# ---- what both changed --------------------------------------------------------------------------------------


def both_changed(root: Path, change: Callable[[Session, int], object]) -> Session:
    mine, theirs = opened(root), opened(root)
    change(theirs, 2)
    assert theirs.save()
    change(mine, 1)
    assert mine.save()
    return mine


CHANGES: dict[str, tuple[Key, Callable[[Session, int], object]]] = {
    "prose": (TEXT, lambda session, who: session.type_into(TEXT, f"bản {who}")),
    "number": (COUNT, lambda session, who: session.type_into(COUNT, str(who))),
    "choice": (RULER, lambda session, who: session.put(RULER, "co" if who == 1 else "khong")),
    "several": (KINDS, lambda session, who: session.put(KINDS, ["hanh_chinh"] if who == 1 else ["su_nghiep"])),
    "day": (DAY, lambda session, who: session.type_into(DAY, f"{who}/12/2021")),
    "reason": (TITLE, lambda session, who: session.put_absent(TITLE, "withheld", f"vì {who}")),
    "ask": (ASK, lambda session, who: session.put_ask(ASK, "here" if who == 1 else {"elsewhere": "mot"})),
    "table and reason": (FIXED, lambda session, who: write_cell(session, 0, "7") if who == 1 else session.put_absent(FIXED, "nil")),
    "private": (PRIVATE, lambda session, who: session.type_into(PRIVATE, f"riêng {who}")),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGES)
def test_of_every_kind_both_values_stand_there_and_the_choice_is_taken_back(root: Path, kind: str) -> None:
    key, change = CHANGES[kind]
    other = opened(root)
    change(other, 2)
    theirs = other.standing(key)
    session = both_changed(root, change)
    ours = session.standing(key)
    assert session.is_clash(key) and ours != theirs
    assert clashing.shown(session.field(key) if key.target == "field" else None, session.clash(key))
    assert {"theirs", "ours"} <= {one.id for one in marking.choices(session, key)}
    marking.apply(session, key, "theirs")
    assert session.standing(key) == theirs and not session.is_clash(key)
    assert session.undo() == key
    assert session.standing(key) == ours and session.is_clash(key)
    session.redo()
    assert session.standing(key) == theirs and not session.is_clash(key)
    session.undo()
    marking.apply(session, key, "ours")
    assert not session.is_clash(key) and session.undo() == key and session.is_clash(key)
    assert session.save() and session.standing(key) == ours


def test_that_the_other_took_something_away_is_told_too(root: Path) -> None:
    first = opened(root)
    first.type_into(TEXT, "có chữ")
    assert first.save()
    session = both_changed(root, lambda session, who: session.type_into(TEXT, "khác" if who == 1 else ""))
    assert session.is_clash(TEXT) and session.clash(TEXT) is None
    assert "bỏ" in clashing.shown(session.field(TEXT), None)
    marking.apply(session, TEXT, "theirs")
    assert session.answer(TEXT).is_blank


# ---- what can be done no more -------------------------------------------------------------------------------


def test_a_review_takes_nothing_back_that_the_unit_did(tmp_path: Path) -> None:
    root = make_case(tmp_path / "ws")
    session = opened(root)
    filled(session, tmp_path)
    session.submit()
    assert session.undo() is None
    session.begin_review()
    assert session.undo() is None and session.answer(TEXT).value


def test_what_was_closed_meanwhile_is_passed_over(root: Path) -> None:
    session = opened(root)
    session.put_entry(Key("claim", "tu_cham"), "tot")
    session.type_into(TEXT, "a")
    session.dossier.returned = Returned("vì", ("tu_cham",))
    assert session.undo() == Key("claim", "tu_cham")
    assert session.answer(TEXT).value == "a"


def test_remarks_are_found_by_their_words(root: Path) -> None:
    hits = finding.Finder(finding.everything(opened(root))).search("neu so lieu")
    assert [(hit.found.kind, hit.found.key) for hit in hits] == [("remark", TEXT)]
