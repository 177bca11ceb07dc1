"""The terminal app, driven without a terminal: what is shown, what goes where, what is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from hoso import yamlio
from hoso.kinds import KINDS
from hoso.workspace import Workspace
from tests import seen
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui import keys
from tui.app import HosoApp
from tui.fields import FIELD_WIDGETS, AsksWidget, FieldWidget
from tui.places import Key, Place
from tui.screens.ask import Choose, Confirm, Entry, Reason
from tui.screens.attach import AttachScreen, PathLine
from tui.screens.dossier import DossierScreen
from tui.screens.find import FindScreen
from tui.screens.help import HelpScreen
from tui.screens.preview import PreviewScreen
from tui.screens.problems import ProblemsScreen
from tui.screens.welcome import WelcomeScreen
from tui.screens.workspace import WorkspaceScreen
from tui.session import Session
from tui.widgets.ask_list import AskList
from tui.widgets.choices import Choices
from tui.widgets.keybar import KeyBar
from tui.widgets.line import Line, Number
from tui.widgets.prose import Prose

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
COUNT = Key("field", "bao_cao", "chung", "dang_vien")
RULER = Key("field", "bao_cao", "chung", "chinh_quyen")
TITLE = Key("field", "bao_cao", "mot", "tieu_de")
ASK = Key("ask", "bao_cao", "chung", "quy_mo")
FIRST, SECOND = Place("bao_cao", "chung"), Place("bao_cao", "mot")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    return make_case(tmp_path / "ws")


class Driven:
    """The app at a dossier, with shorthands."""

    def __init__(self, app: HosoApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> DossierScreen:
        return next(one for one in self.app.screen_stack if isinstance(one, DossierScreen))

    @property
    def session(self) -> Session:
        return self.screen.session

    async def press(self, *names: str) -> None:
        await self.pilot.press(*names)
        await self.pilot.pause()

    async def settled(self) -> None:
        """Waits until what follows a key a moment later has come, and what that has set going in its turn."""
        await self.pilot.pause(0.25)
        for _ in range(100):
            if not any(isinstance(one, DossierScreen) and one._settling for one in self.app.screen_stack):
                break
            await self.pilot.pause(0.05)  # a busy machine
        await self.pilot.pause()

    async def until_seen(self, words: str) -> None:
        """Waits until words are on the screen; for what a busy machine may show late."""
        for _ in range(100):
            if words in seen.text(self.app):
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"never seen: {words}\n{seen.text(self.app)}")

    async def at(self, place: Place, key: Key | None = None) -> None:
        await self.screen.go(place, key)
        await self.pilot.pause()

    def field(self, key: Key) -> FieldWidget:
        found = self.screen.form.field_of(key)
        assert found is not None
        return found

    def editor(self, key: Key) -> Line | Prose:
        return self.field(key).query(Line).first() if key.name != "ket_qua" else self.field(key).query_one(Prose)

    def said(self, key: Key) -> str:
        return "\n".join(str(one.content) for one in self.field(key).query(Static) if one.display)


@asynccontextmanager
async def opened(root: Path, size: tuple[int, int] = (120, 40), unit: str = UNIT) -> AsyncIterator[Driven]:
    app = HosoApp(open_case(root), open_at=(NAME, unit))
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        driven = Driven(app, pilot)
        assert driven.screen.place == FIRST
        yield driven


# ---- the list of dossiers -----------------------------------------------------------------------------------


async def test_the_list_narrows_without_accents_and_opens(root):
    app = HosoApp(open_case(root))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        assert [line.target for line in screen.board_list.lines] == [None, (NAME, "so-a"), (NAME, "so-b")]
        await pilot.press(*"so-b")
        assert [line.target for line in screen.board_list.lines] == [None, (NAME, "so-b")]
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [session.unit.id for session in app.sessions] == ["so-b"]
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen_stack[-1] is screen and not app.sessions


async def test_a_name_that_nobody_has_is_told_and_escape_shows_all_again(root):
    app = HosoApp(open_case(root))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        seen = [screen.empty.display]
        await pilot.press(*"so-z")
        seen.append(screen.empty.display)
        assert "Esc" in str(screen.empty.content) and not screen.board_list.lines
        await pilot.press("escape")
        seen.append(screen.empty.display)
        assert seen == [False, True, False] and screen.line.value == ""
        assert [line.target for line in screen.board_list.lines] == [None, (NAME, "so-a"), (NAME, "so-b")]


async def test_the_first_lines_come_from_the_index_and_say_so(root):
    Session(open_case(root), NAME, UNIT).close()
    list(open_case(root).rows(NAME))
    app = HosoApp(open_case(root))
    async with app.run_test(size=(100, 30)) as pilot:
        assert isinstance(app.screen, WorkspaceScreen)
        assert app.screen.board_list.lines and not app.screen.board.fresh
        await pilot.pause(0.4)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.board.fresh


async def test_an_empty_workspace_says_what_to_do(tmp_path):
    (tmp_path / "hoso.yaml").write_text("hoso: 1\n", encoding="utf-8")
    app = HosoApp(Workspace(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Chưa có danh mục" in str(app.screen.query_one("#empty", Static).content)


async def test_faults_of_definitions_are_told_and_listed(root):
    path = root / "outlines" / "bao-cao.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "mau: đỏ\n", encoding="utf-8")
    app = HosoApp(open_case(root))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "F4" in str(app.screen.query_one("#faults", Static).content)
        await pilot.press("f4")
        assert isinstance(app.screen, ProblemsScreen) and app.screen.found[0].code == "key-unknown"


async def test_without_a_workspace_it_welcomes():
    app = HosoApp(None)
    async with app.run_test(size=(80, 24)):
        assert isinstance(app.screen, WelcomeScreen)
        assert "hoso demo" in str(app.screen.query_one("#welcome", Static).content)


async def test_a_dossier_that_is_not_there_is_refused_in_words(root):
    app = HosoApp(open_case(root), open_at=(NAME, "nobody"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, WorkspaceScreen) and len(app._notifications) == 1


# ---- typing -------------------------------------------------------------------------------------------------


def test_every_type_has_a_widget():
    assert FIELD_WIDGETS.keys() == KINDS.keys()


async def test_what_is_typed_is_kept_and_saved(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        await it.press(*"xin")
        assert it.session.answer(TEXT).value == "xin"
        await it.pilot.pause(1.2)
        assert "ket_qua: xin" in (folder(root) / "bao_cao.yaml").read_text(encoding="utf-8")
        assert "đã lưu" in it.screen.query_one(KeyBar).status


async def test_figures_are_typed_and_shown_the_vietnamese_way(root):
    async with opened(root) as it:
        await it.at(FIRST, COUNT)
        await it.press(*"8341", "tab", *"8197", "tab")
        await it.settled()
        answer = it.session.answer(COUNT)
        assert (answer.value, answer.before) == ("8341", "8197")
        assert [line.value for line in it.field(COUNT).query(Number)] == ["8.341", "8.197"]
        assert "tăng 144 (1,76%)" in it.said(COUNT)


async def test_a_wrong_figure_blocks_nothing_and_is_told_beside_the_field(root):
    async with opened(root) as it:
        await it.at(FIRST, COUNT)
        await it.press(*"abc", "tab")
        await it.settled()
        assert "✗" in it.said(COUNT) and "abc" in it.said(COUNT)
        assert it.session.answer(COUNT).value == "abc"


async def test_leaving_at_once_after_typing_loses_nothing(root):
    """As an input method sends keys: all in one burst, with the key that leaves right behind."""
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        for name in (*"viet", "backspace", "backspace", "ê", "t", "f8"):
            it.app.post_message(events.Key(name, name if len(name) == 1 else None))
        await it.pilot.pause(0.3)
        assert it.session.answer(TEXT).value == "viêt" and it.screen.place == SECOND


async def test_keys_typed_right_after_going_on_reach_the_next_section(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        for name in ("f8", *"abc"):
            it.app.post_message(events.Key(name, name if len(name) == 1 else None))
        await it.pilot.pause(0.3)
        assert it.session.answer(TITLE).value == "abc"


@pytest.mark.parametrize("key", [TEXT, COUNT, TITLE])
async def test_function_keys_change_no_text(root, key):
    async with opened(root) as it:
        it.session.type_into(key, "12")
        for name in [f"f{number}" for number in range(1, 11)]:
            await it.at(key.place, key)
            before = it.session.answer(key)
            await it.press(name)
            await it.pilot.pause()
            while it.app.screen is not it.screen:
                await it.press("escape")
            assert it.session.answer(key) == before, name


async def test_choices_with_the_keyboard(root):
    async with opened(root) as it:
        await it.at(FIRST, RULER)
        await it.press("down", "space")
        assert it.session.raw(RULER) == "khong"
        await it.press("up", "space")
        assert it.session.raw(RULER) == "co"
        kinds = RULER._replace(name="loai_hinh")
        await it.at(FIRST, kinds)
        await it.press("space", "down", "space")
        assert it.session.raw(kinds) == ["hanh_chinh", "su_nghiep"]
        await it.press("space")
        assert it.session.raw(kinds) == ["hanh_chinh"]


async def test_dates_and_marks(root):
    async with opened(root) as it:
        day, mark = TITLE._replace(name="ngay"), TITLE._replace(name="co_mat")
        await it.at(SECOND, day)
        await it.press(*"5/12/2021", "tab")
        assert it.session.raw(day) == "2021-12-05" and it.editor(day).value == "05/12/2021"
        await it.press("space")
        assert it.session.raw(mark) == "x"


async def test_fields_come_and_go_with_an_answer_and_the_focus_stays(root):
    async with opened(root) as it:
        await it.at(FIRST, RULER)
        await it.press("space")
        await it.settled()
        assert it.screen.form.field_of(RULER._replace(name="so_xa")) is not None
        assert it.app.focused is it.field(RULER).entry
        names = [field.key.name for field in it.screen.form.fields]
        assert names == ["", "ket_qua", "dang_vien", "ty_le", "chinh_quyen", "so_xa", "loai_hinh"]
        await it.press("down", "space")
        await it.settled()
        assert it.screen.form.field_of(RULER._replace(name="so_xa")) is None


# ---- asks and marks -----------------------------------------------------------------------------------------


async def test_asks_are_ticked_and_explained(root):
    async with opened(root) as it:
        await it.at(FIRST, ASK)
        await it.press("space")
        assert it.session.ask(ASK) == "here"
        await it.press("enter")
        assert isinstance(it.app.screen, Choose)
        await it.press("down", "enter")
        await it.press(*"phan mot", "enter")
        await it.pilot.pause()
        assert it.session.ask(ASK) == {"elsewhere": "mot"}
        shown = it.screen.form.query_one(AsksWidget).query_one(Choices).get_option_at_index(0).prompt
        assert "↗" in str(shown) and "1. Phần một" in str(shown)


async def test_letters_typed_over_the_asks_go_to_the_text_below(root, monkeypatch):
    async with opened(root) as it:
        await it.at(FIRST, ASK)
        assert isinstance(it.app.focused, Choices)
        await it.press(*"Có 12 chi", "enter", *"bộ")
        await it.settled()
        assert it.session.raw(TEXT) == "Có 12 chi\nbộ" and it.session.ask(ASK) is None
        await it.at(FIRST, ASK)
        await it.press("x", "space")
        assert it.session.ask(ASK) is None  # a blank of the word that was refused
        monkeypatch.setattr("tui.stray._WORD", 0)
        await it.press("space")
        assert it.session.ask(ASK) == "here" and it.session.raw(TEXT) == "Có 12 chi\nbộ"


async def test_what_is_pasted_over_the_asks_goes_to_the_text_below(root):
    async with opened(root) as it:
        await it.at(FIRST, ASK)
        it.app.post_message(events.Paste("Dán từ Word"))
        await it.settled()
        assert it.session.raw(TEXT) == "Dán từ Word" and isinstance(it.app.focused, Prose)


async def test_what_is_waived_stands_apart_with_its_reason(root):
    Session(open_case(root), NAME, UNIT).close()
    place = folder(root) / "dossier.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    waived = "waivers:\n  -\n    code: answer-missing\n    key: bao_cao.chung.dang_vien\n    reason: Không công bố\n"
    place.write_text(f"hoso: 1\nunit: {UNIT}\nstate: drafting\n{waived}", encoding="utf-8")
    async with opened(root) as it:
        await it.press("f4")
        listed = it.app.screen.query_one("#problems", OptionList)
        hidden = listed.option_count
        assert "⊖ 1 được miễn trừ" in str(it.app.screen.query_one("#counts", Static).content)
        await it.press("space")
        lines = str(listed.get_option_at_index(listed.option_count - 1).prompt).splitlines()
        assert listed.option_count == hidden + 1 and listed.highlighted == hidden
        assert lines[0].startswith("⊖ ") and lines[-1] == "  Lý do: Không công bố"
        await it.press("space")
        assert listed.option_count == hidden
        await it.press("space", "enter")
        await it.settled()
        assert it.screen.place == FIRST and it.screen.focused_key() == COUNT


async def test_what_is_waived_is_not_told_as_something_to_do(root):
    Session(open_case(root), NAME, UNIT).close()
    place = folder(root) / "dossier.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    waived = "waivers:\n  -\n    code: answer-missing\n    key: bao_cao.chung.dang_vien\n    reason: Không công bố\n"
    place.write_text(f"hoso: 1\nunit: {UNIT}\nstate: drafting\n{waived}", encoding="utf-8")
    async with opened(root, size=(160, 45)) as it:
        told = str(it.screen.guidance.told(FIRST))
        assert "Kết quả đạt được" in told and "Tổng số đảng viên”" not in told
        it.session.type_into(TEXT, "Đã viết đủ ba từ")
        for name in it.session.asks(FIRST):
            it.session.put_ask(ASK._replace(name=name), "here")
        await it.at(SECOND)
        await it.at(FIRST)
        assert it.app.focused is it.field(RULER).entry


async def test_f5_says_why_there_is_no_answer(root):
    async with opened(root) as it:
        await it.at(FIRST, COUNT)
        await it.press("f5", "down", "down", "enter")
        assert isinstance(it.app.screen, Reason)
        await it.press(*"khong co", "enter")
        await it.settled()
        answer = it.session.answer(COUNT)
        assert (answer.absent, answer.because) == ("not_applicable", "khong co")
        assert "⊘ không áp dụng: khong co" in it.said(COUNT)


async def test_a_proposal_is_shown_and_accepted(root):
    async with opened(root) as it:
        it.session.put(TITLE, {"value": "Năm ngoái", "from": "carried"})
        await it.at(SECOND, TITLE)
        assert "mang từ kỳ trước" in it.said(TITLE)
        await it.press("f5", "enter")
        await it.settled()
        assert it.session.raw(TITLE) == "Năm ngoái" and "mang từ" not in it.said(TITLE)


# ---- undo, going about --------------------------------------------------------------------------------------


async def test_undo_goes_back_across_sections(root):
    async with opened(root) as it:
        await it.at(FIRST, TEXT)
        await it.press(*"mot", "f8", *"hai")
        assert it.screen.place == SECOND and it.session.answer(TITLE).value == "hai"
        await it.press("ctrl+z")
        assert it.editor(TITLE).value == ""
        await it.press("ctrl+z")
        assert it.screen.place == FIRST and it.editor(TEXT).value == ""
        await it.press("ctrl+y", "ctrl+y")
        assert it.screen.place == SECOND and it.editor(TITLE).value == "hai"


async def test_next_open_goes_round_and_ends(root):
    async with opened(root) as it:
        await it.press("f3")
        assert it.screen.place == SECOND
        await it.press("f3")
        assert it.screen.place == Place("cong_van")
        await it.press("f3")
        assert it.screen.place == FIRST


async def test_a_problem_leads_to_its_field(root):
    async with opened(root) as it:
        it.session.type_into(COUNT, "abc")
        await it.at(SECOND)
        await it.press("f4")
        screen = it.app.screen
        assert isinstance(screen, ProblemsScreen) and screen.found[0].code == "not-a-number"
        await it.press("enter")
        await it.pilot.pause()
        assert it.screen.place == FIRST and it.app.focused is it.field(COUNT).entry


async def test_finding_by_words_without_accents(root):
    async with opened(root) as it:
        await it.press("ctrl+f")
        assert isinstance(it.app.screen, FindScreen)
        await it.press(*"ngay hop", "enter")
        await it.pilot.pause()
        assert it.screen.place == SECOND
        assert it.app.focused is it.field(TITLE._replace(name="ngay")).entry


async def test_the_tree_follows_and_leads(root):
    async with opened(root) as it:
        await it.at(SECOND)
        tree = it.screen.outline
        assert tree.cursor_node is not None and tree.cursor_node.data is not None
        assert tree.cursor_node.data.place == SECOND
        await it.press("f6", "up", "up")
        assert it.screen.place == FIRST and it.app.focused is tree
        await it.press("enter")
        assert it.app.focused is not tree


async def test_preview_and_help_open_and_close(root):
    async with opened(root) as it:
        for key, kind in (("f2", PreviewScreen), ("f1", HelpScreen)):
            await it.press(key)
            assert isinstance(it.app.screen, kind)
            await it.press("escape")
            assert it.app.screen_stack[-1] is it.screen


async def test_the_palette_speaks_vietnamese_and_runs(root):
    async with opened(root) as it:
        titles = [command.title for command in it.app.get_system_commands(it.screen)]
        assert "Còn thiếu (F3)" in titles and "Màu sáng" in titles
        await it.press("ctrl+p", *"con thieu")
        await it.pilot.pause(0.3)
        await it.press("enter")
        await it.pilot.pause(0.3)
        assert it.screen.place == SECOND


async def test_help_names_every_key_of_the_screen(root):
    async with opened(root) as it:
        await it.press("f1")
        words = str(it.app.screen.query_one("#help Static", Static).content)
        assert all(command.key_label in words for command in keys.commands(keys.DOSSIER, keys.APP))


# ---- looks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "shown"), [(80, "F"), (110, "TF"), (160, "TFG")])
async def test_panels_fold_with_the_width(root, width, shown):
    async with opened(root, size=(width, 24)) as it:
        panels = {"T": it.screen.outline, "F": it.screen.form, "G": it.screen.guidance}
        assert "".join(name for name, panel in panels.items() if panel.region.width) == shown
        await it.press("f6")
        assert it.screen.outline.region.width
        await it.press("f6")
        assert it.screen.guidance.region.width
        await it.press("f6")
        assert it.screen.form.region.width and isinstance(it.app.focused, Choices)


async def test_everything_is_in_sight_at_80_columns(root):
    async with opened(root, size=(80, 24)) as it:
        await it.at(FIRST, COUNT)
        for field in it.screen.form.fields:
            assert field.region.right <= 80


# ---- attachments, handing in, locks -------------------------------------------------------------------------


async def test_a_file_is_attached_by_its_path_and_taken_off(root, tmp_path, monkeypatch):
    (tmp_path / "công văn.txt").write_text("Kính gửi", encoding="utf-8")
    monkeypatch.setattr(PathLine, "base", tmp_path)
    async with opened(root) as it:
        await it.at(Place("cong_van"))
        await it.press("f9")
        screen = it.app.screen
        assert isinstance(screen, AttachScreen) and screen.chosen is not None and screen.chosen.slot is not None
        assert screen.chosen.slot.key.part == "cong_van"
        await it.press("enter", *"cong", "tab")
        assert screen.path.value == "công văn.txt"
        await it.press("enter")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause()
        assert [one.file for one in it.session.attached("cong_van")] == ["cong_van/công văn.txt"]
        assert it.session.progress(Place("cong_van")).mark == "●"
        await it.press("down", "delete")
        assert not it.session.attached("cong_van")
        await it.press("escape", "ctrl+z")
        assert len(it.session.attached("cong_van")) == 1


async def test_a_path_can_be_typed_or_pasted_at_once(root):
    async with opened(root) as it:
        await it.press("f9", *"/tmp")
        screen = it.app.screen
        assert isinstance(screen, AttachScreen) and screen.path.value == "/tmp"
        screen.path.set_text("")
        screen.documents.focus()
        it.app.post_message(events.Paste("/khong/co.pdf"))
        await it.press("enter")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause()
        assert str(screen.trouble.content).startswith("✗")


async def test_a_file_that_is_not_there_is_told_in_words(root):
    async with opened(root) as it:
        await it.press("f9", "enter", *"/khong/co.pdf", "enter")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause()
        assert str(it.app.screen.query_one("#trouble", Static).content).startswith("✗")


async def test_a_long_list_to_choose_from_scrolls_above_its_keys(root):
    async with opened(root, size=(80, 24)) as it:
        it.app.push_screen(Choose("Chọn", [Entry(f"e{number}", f"Mục {number}") for number in range(30)]))
        await it.pilot.pause()
        bar, window = it.app.screen.query_one(KeyBar), it.app.screen.query_one(".window")
        assert "Esc Đóng" in bar.render().plain and bar.region.y == 23 and window.region.bottom <= 23
        await it.press("end")
        assert it.app.screen.query_one(OptionList).highlighted == 29


async def test_handing_in_shows_what_stands_in_the_way_then_hands_in(root, tmp_path):
    from tests.test_session import filled

    async with opened(root) as it:
        await it.press("f10")
        assert isinstance(it.app.screen, ProblemsScreen)
        await it.press("escape")
        filled(it.session, tmp_path)
        await it.press("f10")
        assert isinstance(it.app.screen, Confirm)
        await it.press("enter")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause(0.2)
        assert it.screen.form.locked and open_case(root).open(NAME, UNIT).state == "handed_in"
        assert all(line.disabled for line in it.screen.form.query(Line))


async def test_a_part_that_somebody_holds_is_asked_about(root):
    from tests.test_session import held_by_another

    held_by_another(root, open_case(root).clock.now().isoformat(timespec="seconds"))
    async with opened(root) as it:
        assert isinstance(it.app.screen, Confirm) and it.screen.form.locked
        await it.press("down", "enter")
        await it.pilot.pause(0.2)
        assert it.app.screen_stack[-1] is it.screen
        assert it.session.holder("bao_cao") is None
        assert not any(line.disabled for line in it.screen.form.query(Line))


async def test_a_broken_file_is_shown_and_left_alone(root):
    path = folder(root) / "bao_cao.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("hoso: 1\nanswers: [\n", encoding="utf-8")
    async with opened(root) as it:
        assert it.screen.form.locked
        assert "bao_cao.yaml" in str(it.screen.form.query_one(".form-locked", Static).content)
        await it.press("ctrl+q")
    assert path.read_text(encoding="utf-8") == "hoso: 1\nanswers: [\n"


async def test_a_save_that_fails_is_told_and_tried_again(root, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with opened(root) as it:
        monkeypatch.setattr(yamlio, "write", full)
        await it.at(FIRST, TEXT)
        await it.press(*"giu")
        await it.pilot.pause(1.2)
        assert "CHƯA LƯU" in it.screen.query_one(KeyBar).status
        monkeypatch.undo()
        await it.pilot.pause(1.2)
        assert "đã lưu" in it.screen.query_one(KeyBar).status


async def test_option_lists_of_windows_answer_to_arrows_from_the_field(root):
    async with opened(root) as it:
        await it.press("ctrl+f", "down", "down")
        assert it.app.screen.query_one("#entries", OptionList).highlighted == 2


# ---- long lists of asks --------------------------------------------------------------------------------------

LONG = ", ".join(
    f'{{id: a{n}, text: "Ý thứ {n} phải nêu, dài đến mức một dòng của cửa sổ nhỏ không đủ chỗ cho cả câu này đâu"}}'
    for n in range(6)
)


def with_long_asks(root: Path) -> None:
    path = root / "outlines" / "bao-cao.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    asks:\n", f"    asks: [{LONG}]\n    old:\n", 1).replace(
        '    old:\n      - {id: quy_mo, text: "Quy mô, theo Hướng dẫn 38", mentions: [38-HD/BTCTW]}\n      - {id: thuan_loi, text: Thuận lợi}\n', ""), encoding="utf-8")  # fmt: skip


async def test_long_asks_fold_so_that_the_text_stays_in_sight(root):
    with_long_asks(root)
    async with opened(root, size=(80, 24)) as it:
        asks = it.screen.form.query_one(AskList)
        await it.settled()
        assert it.app.focused is asks and asks.folded
        assert asks.virtual_size.height == 7, "one is shown whole, the others take a line each"
        editor = it.editor(TEXT)
        assert it.screen.form.region.bottom - editor.region.y >= 8
        await it.press("down", "down")
        await it.settled()
        assert asks.virtual_size.height == 7 and "đâu" in str(asks.get_option_at_index(2).prompt)
        lines = seen.lines(it.app)[asks.region.y : asks.region.bottom]
        assert not lines[0].endswith("đâu") and lines[0].endswith("…")
        await it.press("space")
        assert str(asks.get_option_at_index(2).prompt).startswith("☑")
        await it.pilot.resize_terminal(160, 45)
        await it.settled()
        lines = seen.lines(it.app)[asks.region.y : asks.region.bottom]
        assert " ".join(lines).count("đâu") == 6


async def test_letters_that_go_nowhere_are_told_once(root):
    session = Session(open_case(root), NAME, UNIT)
    session.type_into(TEXT, "Đã viết.")
    session.close()
    async with opened(root) as it:
        await it.at(FIRST, ASK)
        await it.press(*"mot hai")
        await it.settled()
        assert it.session.answer(TEXT).value == "Đã viết."
        assert [note.message.lstrip("! ") for note in it.app._notifications] == [
            "Gõ chữ ở đây không vào đâu: dấu cách để đánh dấu, Tab để sang các ô."
        ]
