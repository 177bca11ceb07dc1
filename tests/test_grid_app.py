"""The grid in the app: mouse, lists, windows, footer, undo, what others wrote; in words and state, not pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from hoso.workspace import Workspace
from tests.test_tables import LISTS, OPINIONS, RATINGS, SHEET, TIMES
from tui.app import HosoApp
from tui.fields.scoring import ScoringWidget
from tui.fields.table import TableWidget
from tui.places import Key
from tui.screens.ask import Choose
from tui.screens.help import HelpScreen
from tui.screens.pasted import PastedScreen
from tui.widgets.cell_line import CellLine
from tui.widgets.grid_view import CLOSED, GridView
from tui.widgets.keybar import KeyBar
from tui.widgets.pick_list import PickList

WIDE = """
- id: t1
  type: table
  label: Bảng rộng
  corner: Nội dung
  columns:
    - {id: tong, label: Cả năm, type: number, compute: {sum: [c1, c2]}}
    - label: Số đảng viên
      columns: {each: 1..12, id: "c{}", label: "Tháng {}", type: number, measure: người}
  rows: [{id: a, label: Đảng bộ A, number: "1"}, {id: b, label: Đảng bộ B, number: "2", closed: [c2]}]
  total: {label: Cộng}
"""
KEY = Key("field", "bieu", "s", "t1")


def made(root: Path, fields: str, answers: str = "") -> Path:
    indented = fields.strip("\n").replace("\n", "\n      ")
    files = {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS,
        "checklists/units.yaml": "hoso: 1\nunits:\n  so-a: {name: Sở A, kind: so}\n",
        "outlines/bieu.yaml": f"hoso: 1\ntitle: Biểu\nsections:\n  - id: s\n    title: Mục\n    fields:\n      {indented}\n",
        "checklists/dot.yaml": "hoso: 1\ntitle: Đợt\nitems:\n  - {id: bieu, title: Biểu, outline: bieu}\n",
        "checklists/dot/so-a/dossier.yaml": "hoso: 1\nunit: so-a\nstate: drafting\nattachments:\n",
        "checklists/dot/so-a/bieu.yaml": f"hoso: 1\noutline: bieu\nversion: 1\nanswers:\n  s:\n{answers}",
    }  # fmt: skip
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


class Opened:
    """The app at the table, driven by keys."""

    def __init__(self, app: HosoApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.field = app.screen.query_one(TableWidget)
        self.view = self.field.query_one(GridView)
        self.line = self.field.query_one(CellLine)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def value(self) -> Any:
        return self.field.session.raw(KEY)

    @property
    def lines(self) -> list[str]:
        """What the grid draws."""
        drawn = ("".join(segment.text for segment in self.view.render_line(y)) for y in range(self.view.size.height))
        return [line for line in drawn if line.strip()]

    @property
    def below(self) -> str:
        return str(self.field.query_one(".cell-where", Static).render())

    @property
    def footer(self) -> str:
        return " ".join(f"{one.key} {one.words}" for one in self.app.screen.query_one(KeyBar).keys)


@asynccontextmanager
async def opened(root: Path, size: tuple[int, int] = (100, 40)) -> AsyncIterator[Opened]:
    app = HosoApp(Workspace(root), open_at=("dot", "so-a"))
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        app.screen.query_one(CellLine).focus()
        await pilot.pause()
        yield Opened(app, pilot)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


async def test_heads_and_row_heads_stay_while_a_wide_table_scrolls(root: Path) -> None:
    async with opened(made(root, WIDE), (80, 24)) as case:
        assert case.view.virtual_size.width > 80
        before = case.lines
        await case.press("end")
        after = case.lines
        assert case.view.scroll_offset.x > 0
        assert before[-1].startswith("Σ Cộng") and after[-1].startswith("Σ Cộng")
        assert "Số đảng viên" in before[0] and "Số đảng viên" in after[0]
        heads, later = "".join(before[:5]), "".join(after[:5])
        assert "Cả" in heads and "(người)" in heads and "12" not in heads
        assert "Cả" not in later and "12" in later
        await case.press("ctrl+home")
        assert case.view.scroll_offset.x == 0


async def test_what_is_computed_or_closed_says_so_without_colour(root: Path) -> None:
    async with opened(made(root, WIDE), (160, 24)) as case:
        await case.press("3", "tab", "4", "enter", "5")
        first, second, total = case.lines[-3:]
        assert "=    7" in first.replace("│", "")
        assert CLOSED * 4 in second
        assert "=      8" in total and "=   12" in total.replace("│", "")
        await case.press("right")
        await case.press("7")
        assert case.value == {"a": {"c1": "3", "c2": "4"}, "b": {"c1": "5"}}
        assert "không điền" in case.below


async def test_a_problem_is_marked_in_its_cell_and_told_where_the_cursor_is(root: Path) -> None:
    async with opened(made(root, RATINGS.replace("BASE", "tot"))) as case:
        await case.press("m", "enter", "1")
        await case.pilot.pause(0.4)
        await case.press("up")
        row = next(line for line in case.lines if "Xuất sắc" in line)
        assert "✗" in row and row.index("✗") < row.index("m")
        assert "không phải con số" in case.below
        await case.press("down")
        assert "không phải con số" not in case.below


async def test_a_click_picks_a_cell_a_double_click_goes_into_it_and_the_wheel_scrolls(root: Path) -> None:
    rows = "".join(f"      r{one:04}:\n        ten: Nơi {one}\n" for one in range(60))
    async with opened(made(root, TIMES, f"    t1:\n{rows}"), (100, 24)) as case:
        top, side = case.view.top, case.view.sheet.side
        await case.pilot.click(GridView, offset=(side + 2, top + 3))
        assert case.field.desk.at == (3, 0)
        await case.pilot.click(GridView, offset=(side + 2, top + 5), shift=True)
        assert case.field.desk.area[:3] == (3, 0, 5)
        await case.pilot.click(GridView, offset=(side + 2, top + 4), times=2)
        assert case.field.desk.editing and case.line.in_text
        await case.press("!", "enter")
        assert case.value["r0004"] == {"ten": "Nơi 4!"}
        place = case.view.region
        case.view.post_message(
            events.MouseScrollDown(case.view, 5, 5, 0, 0, 0, False, False, False, place.x + 5, place.y + 5)
        )
        await case.pilot.pause(0.3)
        assert case.view.scroll_offset.y > 0
        assert case.field.desk.at == (5, 0)


async def test_a_click_into_a_grid_that_is_not_used_moves_nothing_under_the_mouse(root: Path) -> None:
    second = TIMES.replace("id: t1", "id: t2")
    rows = "".join(f"      r{one:04}:\n        ten: Nơi {one}\n" for one in range(9))
    async with opened(made(root, TIMES + second, f"    t1:\n{rows}    t2:\n{rows}"), (100, 24)) as case:
        first, other = case.app.screen.query(TableWidget)
        form = first.parent
        form.scroll_to(y=14, animate=False)  # type: ignore[union-attr]
        await case.pilot.pause()
        before = form.scroll_offset  # type: ignore[union-attr]
        view = other.query_one(GridView)
        y = view.top + 3
        assert 3 <= view.region.y + y < 22
        await case.pilot.click(view, offset=(view.sheet.side + 2, y))
        await case.pilot.pause(0.2)
        assert other.desk.at == (y - view.top, 0)
        assert form.scroll_offset == before  # type: ignore[union-attr]
        await case.press("ctrl+end")
        assert other.desk.row == 9


async def test_a_choice_opens_a_list_below_its_cell(root: Path) -> None:
    async with opened(made(root, TIMES, "    t1:\n      raaaa:\n        ten: A\n")) as case:
        picks = case.field.query_one(PickList)
        await case.press("right", "space")
        assert picks.picks is not None
        assert "Chi ủy" in str(picks.render())
        await case.press("c", "h", "i", "enter")
        assert picks.styles.display == "none"
        assert case.value == {"raaaa": {"ten": "A", "loai": "chi_uy"}}
        await case.press("up", "x")
        assert "no such option" in str(picks.render()) or "không có mục nào" in str(picks.render())
        await case.press("escape")
        assert (case.field.desk.at, picks.styles.display) == ((0, 1), "none")
        await case.press("space", "up", "tab", "x", "tab", "1", ",", "5", "enter")
        assert case.value == {"raaaa": {"ten": "A", "loai": "dang_uy", "goi_y": "x", "ngay": "1.5"}}


async def test_undo_goes_to_the_cell_it_changed_and_takes_a_cell_at_a_time(root: Path) -> None:
    async with opened(made(root, RATINGS.replace("BASE", "tot"))) as case:
        await case.press("1", "2", "tab", "3", "4", "enter", "5", "home", "ctrl+home")
        assert case.value == {"xuat_sac": {"nam_2018": "12", "nam_2019": "34"}, "tot": {"nam_2018": "5"}}
        await case.press("ctrl+z")
        assert case.field.desk.at == (1, 0)
        await case.press("ctrl+z")
        assert case.value == {"xuat_sac": {"nam_2018": "12"}}
        assert case.field.desk.at == (0, 1)
        await case.press("ctrl+y", "ctrl+y")
        assert case.value == {"xuat_sac": {"nam_2018": "12", "nam_2019": "34"}, "tot": {"nam_2018": "5"}}


async def test_a_report_tells_what_was_not_pasted_and_can_be_copied(root: Path) -> None:
    async with opened(made(root, RATINGS.replace("BASE", "tot"))) as case:
        await case.pilot.pause()
        case.line.post_message(events.Paste("1.200\tba\n94\t2\t3\t4\n"))
        await case.pilot.pause(0.2)
        screen = case.app.screen
        assert isinstance(screen, PastedScreen)
        assert [one.text for one in screen.refused] == ["ba", "4"]
        await case.press("c", "escape")
        assert case.app.clipboard.splitlines()[0].startswith("1 Xuất sắc, Năm · 2019: “ba”")
        assert case.value == {"xuat_sac": {"nam_2018": "1200"},
                              "tot": {"nam_2018": "94", "nam_2019": "2", "nam_2020": "3"}}  # fmt: skip
        await case.press("ctrl+z")
        assert case.value is None


async def test_keys_of_the_grid_stand_in_footer_help_and_palette_while_it_is_used(root: Path) -> None:
    fields = TIMES + "- {id: sau, type: text, lines: 1, label: Trường sau}\n"
    async with opened(made(root, fields)) as case:
        assert case.footer.startswith("F1 Trợ giúp F2 Sửa ô") or "F2 Sửa ô Ins Thêm dòng" in case.footer
        titles = [command.title for command in case.app.get_system_commands(case.app.screen)]
        assert "Xóa dòng (^Del)" in titles
        await case.press("f1")
        assert isinstance(case.app.screen, HelpScreen)
        assert "Alt+↑" in str(case.app.screen.words())
        await case.press("escape", "tab")
        assert case.app.focused is not case.line
        assert "Thêm dòng" not in case.footer
        assert "F2 Xem trước" in case.footer


async def test_commands_of_the_palette_work_in_the_grid(root: Path) -> None:
    async with opened(made(root, TIMES, "    t1:\n      raaaa:\n        ten: A\n")) as case:
        run = {command.title: command.callback for command in case.app.get_system_commands(case.app.screen)}
        await run["Thêm dòng (Ins)"]()
        await case.pilot.pause()
        assert len(case.value) == 2
        assert list(case.value)[1] == "raaaa"


async def test_rows_of_a_fixed_table_have_no_keys(root: Path) -> None:
    async with opened(made(root, RATINGS.replace("BASE", "tot"))) as case:
        assert "Thêm dòng" not in case.footer


async def test_f5_says_why_a_cell_is_empty(root: Path) -> None:
    async with opened(made(root, RATINGS.replace("BASE", "tot"))) as case:
        await case.press("f5")
        assert isinstance(case.app.screen, Choose)
        await case.press("down", "enter")
        assert case.value == {"xuat_sac": {"nam_2018": {"absent": "pending"}}}
        assert "chưa có số liệu" in case.below
        await case.press("f5", "end", "up", "enter")  # takes the mark off; the last entry is the whole table
        assert case.value is None


async def test_what_somebody_else_wrote_in_a_cell_is_shown_and_chosen(root: Path) -> None:
    async with opened(made(root, RATINGS.replace("BASE", "tot"))) as case:
        await case.press("1", "enter")
        case.field.session.clashes["bieu.s.t1.xuat_sac.nam_2018"] = "9"
        case.field.settle_notes()
        assert any("⇄" in line for line in case.lines)
        await case.press("up")
        assert "người khác" in case.below and "9" in case.below
        await case.press("f5", "enter")
        assert case.value == {"xuat_sac": {"nam_2018": "9"}}
        assert not case.field.session.clashes


async def test_what_comes_in_from_others_does_not_disturb_the_cell_being_typed(root: Path) -> None:
    async with opened(made(root, TIMES, "    t1:\n      raaaa:\n        ten: A\n")) as case:
        await case.press("B", "C")
        session = case.field.session
        session.put(KEY, {"rzzzz": {"ten": "Z"}, **session.raw(KEY)})
        case.field.show()
        await case.press("D", "enter")
        assert case.value == {"rzzzz": {"ten": "Z"}, "raaaa": {"ten": "BCD"}}


async def test_a_locked_table_can_be_read_and_copied_but_not_changed(root: Path) -> None:
    made(root, RATINGS.replace("BASE", "tot"), "    t1:\n      xuat_sac:\n        nam_2018: 7\n")
    path = root / "checklists/dot/so-a/dossier.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("drafting", "handed_in"), encoding="utf-8")
    async with opened(root) as case:
        await case.press("5", "delete", "f2", "ctrl+d", "ctrl+c", "down")
        assert case.app.clipboard == "7"
        assert case.value == {"xuat_sac": {"nam_2018": "7"}}
        assert case.field.desk.at == (1, 0)


async def test_points_are_told_as_they_are_typed(root: Path) -> None:
    async with opened(made(root, SHEET)) as case:
        assert isinstance(case.field, ScoringWidget)
        await case.press("3", "3", "enter", "2", "2")
        told = str(case.field.query_one(".field-heading", Static).render())
        assert "91,67/100" in told and "Xuất sắc" in told
        await case.press("backspace", "backspace", "1", "0")
        told = str(case.field.query_one(".field-heading", Static).render())
        assert "71,67/100" in told and "18,33" in told
        case.field.session.put(KEY._replace(name="ky_luat"), "co")
        case.field.settle_notes()
        told = str(case.field.query_one(".field-heading", Static).render())
        assert "không quá mức Hoàn thành: Có kỷ luật" in told
        assert case.field.session.raw(KEY._replace(name="diem")) == {"viec.chinh": "33", "viec.phu": "10"}
        row = next(line for line in case.lines if "Đoàn kết" in line)
        assert CLOSED in row  # this criterion does not apply to the unit


async def test_enter_on_a_problem_goes_to_its_cell(root: Path) -> None:
    async with opened(made(root, RATINGS.replace("BASE", "tot"))) as case:
        await case.press("1", "enter", "down", "end", "m", "enter", "ctrl+home", "f4")
        await case.pilot.pause(0.2)
        await case.press("enter")
        await case.pilot.pause(0.2)
        assert case.field.desk.at == (2, 2)


async def test_a_cell_that_is_only_filled_under_a_condition_shows_whether_it_holds(root: Path) -> None:
    async with opened(made(root, OPINIONS)) as case:
        assert case.lines[3].rstrip("│ ").endswith("–")
        await case.press("right", "x")
        await case.pilot.pause(0.4)
        assert "–" not in case.lines[3]
        assert "–" in case.lines[4]
        await case.press("down", "end")
        assert "không điền" in case.below


async def test_the_cursor_begins_where_something_is_missing(root: Path) -> None:
    answers = "    t1:\n      to_chuc.a:\n        y_kien: phu_hop\n"
    async with opened(made(root, OPINIONS, answers)) as case:
        assert case.field.desk.at == (2, 0)


async def test_a_figure_carried_over_is_accepted_in_its_cell(root: Path) -> None:
    answers = "    t1:\n      xuat_sac:\n        nam_2018:\n          value: 7\n          from: carried\n"
    async with opened(made(root, RATINGS.replace("BASE", "tot"), answers)) as case:
        assert any("→" in line for line in case.lines)
        await case.press("ctrl+home", "f5", "enter")
        assert case.value == {"xuat_sac": {"nam_2018": "7"}}
        assert not any("→" in line for line in case.lines)
