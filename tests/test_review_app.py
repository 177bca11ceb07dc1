"""Reviewing and being reviewed in the app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from textual.widgets import OptionList, Static

from tests.review_case import NAME, OTHER, UNIT, folder, make_case, open_case, write
from tests.test_app import Driven
from tests.test_reviewing import returned
from tui import keys, remarks
from tui.app import HosoApp
from tui.board import problems_of
from tui.fields.claim import ClaimWidget
from tui.fields.remark import RemarkWidget
from tui.grids import Sort
from tui.grids.appraising import AppraisalGrid
from tui.places import Key, Place
from tui.screens.ask import Choose, Confirm, Reason
from tui.screens.dossier import DossierScreen
from tui.screens.problems import ProblemsScreen
from tui.screens.reviewing import Reply
from tui.widgets.keybar import KeyBar
from tui.widgets.outline_tree import OutlineTree

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
FIRST, SECOND, SHEET = Place("bao_cao", "chung"), Place("bao_cao", "rieng"), Place("tu_cham", "cham")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-12-03")
    return make_case(tmp_path / "ws")


@asynccontextmanager
async def opened(root: Path, unit: str = UNIT, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driven]:
    app = HosoApp(open_case(root), open_at=(NAME, unit))
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield Driven(app, pilot)


def kept(root: Path, part: str = "bao_cao") -> list[tuple[str, str]]:
    appraisal = open_case(root).open(NAME, UNIT).appraisals.get(part)
    return [(one.address, one.text) for one in appraisal.all_remarks()] if appraisal else []


def options(it: Driven) -> list[str]:
    return [str(one.prompt) for one in it.app.screen.query_one(OptionList).options]


async def pick(it: Driven, words: str) -> None:
    """Chooses the first entry of a window that holds these words."""
    at = next(place for place, one in enumerate(options(it)) if words in one)
    it.app.screen.query_one(OptionList).highlighted = at
    await it.press("enter")
    await it.pilot.pause(0.1)


def label(it: Driven, place: Place | str) -> str:
    tree = it.screen.query_one(OutlineTree)
    node = tree._found[place]
    style = it.app.rich_style if hasattr(it.app, "rich_style") else tree.rich_style
    return tree.render_label(node, style, style).plain


async def test_a_dossier_that_was_not_handed_in_is_not_reviewed(root: Path) -> None:
    make_case(root, "drafting")
    async with opened(root) as it:
        await it.press("ctrl+g")
        assert it.session.review is None and keys.REVIEW not in it.screen.scopes


async def test_a_remark_is_written_beside_its_field_and_saved_by_itself(root: Path) -> None:
    async with opened(root) as it:
        await it.press("ctrl+g")
        assert it.session.review is not None and it.screen.form.locked and it.screen.has_class("-reviewing")
        assert [one.words for one in it.screen.query_one(KeyBar).keys if one.key == "F5"] == ["Nhận xét"]
        await it.press("f5")
        assert isinstance(it.app.screen, Choose)
        await pick(it, "Kết quả")
        assert isinstance(it.app.focused.parent, RemarkWidget)  # type: ignore[union-attr]
        await it.press(*"so lieu")
        await it.pilot.pause(1.0)
        await it.app.workers.wait_for_complete()
        assert kept(root) == [("chung.ket_qua", "so lieu")]
        fields = [type(one).__name__ for one in it.screen.form.fields]
        assert fields[:2] == ["TextWidget", "RemarkWidget"]
        assert "✎1" in label(it, FIRST) and "✎" not in label(it, SECOND)
        await it.press("ctrl+z")
        await it.settled()
        assert remarks.of_part(it.session, "bao_cao") == []
        await it.press("ctrl+y")
        await it.settled()
        await it.press("f5")
        await pick(it, "Cả thành phần" if "Cả thành phần" in str(options(it)) else "whole item")
        await it.press(*"ky ten")
        await it.press("ctrl+g")
        assert kept(root) == [("", "ky ten"), ("chung.ket_qua", "so lieu")]
        assert not it.screen.form.query(RemarkWidget)


async def test_typing_never_reaches_what_the_unit_wrote(root: Path) -> None:
    session = returned(root)
    session.close()
    async with opened(root) as it:
        await it.press("ctrl+g")
        it.screen.set_focus(it.field(TEXT).entry)
        await it.press(*"xyz")
        assert it.session.answer(TEXT).value == "Đã làm xong"
        await it.press("ctrl+g")
        it.screen.set_focus(it.field(TEXT).entry)
        await it.press("ctrl+end", *"xyz")
        assert it.session.answer(TEXT).value == "Đã làm xongxyz"


async def test_single_items_are_returned_and_the_rest_stays(root: Path) -> None:
    async with opened(root) as it:
        await it.press("ctrl+g", "f10")
        await pick(it, "Báo cáo")
        await pick(it, "↩")
        assert isinstance(it.app.screen, Reason)
        await it.press(*"thieu", "enter")
        await it.pilot.pause(0.1)
        assert any("thieu" in one for one in options(it))
        await pick(it, "↩")
        await it.app.workers.wait_for_complete()
        dossier = open_case(root).open(NAME, UNIT)
        assert dossier.state == "returned" and dossier.returned.items == ("bao_cao",)
        assert "↩" in label(it, "bao_cao")
        await it.press("ctrl+g")
        assert not it.screen.form.locked
        assert "thieu" in str(it.screen.form.query(".form-remarks").first(Static).content)
        await it.at(SHEET)
        assert it.screen.form.locked


async def test_the_level_is_set_and_the_dossier_accepted(root: Path) -> None:
    async with opened(root) as it:
        await it.press("ctrl+g", "f10")
        await pick(it, "    ")
        await pick(it, "Hoàn thành")
        await pick(it, "✓")
        assert isinstance(it.app.screen, Confirm)
        await it.press("enter")
        await it.app.workers.wait_for_complete()
        dossier = open_case(root).open(NAME, UNIT)
        assert dossier.state == "accepted" and dossier.appraisals["tu_cham"].level == "hoan_thanh"


async def test_the_unit_sees_remarks_beside_its_fields_and_ticks_them_off(root: Path) -> None:
    returned(root, "bao_cao").close()
    async with opened(root) as it:
        assert it.screen.place == FIRST and "✎1" in label(it, FIRST) and "✎3" in label(it, "bao_cao")
        assert "Nêu số liệu" in it.said(TEXT)
        over = str(it.screen.form.query(".form-remarks").first(Static).content)
        assert "Ký và đóng dấu" in over and "Nêu số liệu" not in over and "Còn thiếu" in over
        it.screen.set_focus(it.field(TEXT).entry)
        await it.press("ctrl+r")
        assert isinstance(it.app.screen, Reply)
        await it.press(*"da them", "enter")
        await it.settled()
        assert "☑" in it.said(TEXT) and "da them" in it.said(TEXT) and "✎" not in label(it, FIRST)
        await it.press("ctrl+z")
        await it.settled()
        assert "☑" not in it.said(TEXT) and "✎1" in label(it, FIRST)
        await it.press("ctrl+y")
        await it.settled()
        await it.press("f4")
        assert isinstance(it.app.screen, ProblemsScreen)
        at = next(place for place, one in enumerate(options(it)) if "Viết rõ hơn" in one)
        it.app.screen.query_one(OptionList).highlighted = at
        await it.press("enter")
        await it.settled()
        assert it.screen.place == SECOND
        await it.press("ctrl+r", "enter")
        await it.settled()
    dossier = open_case(root).open(NAME, UNIT)
    done = [one.text for one in dossier.appraisals["bao_cao"].all_remarks() if dossier.is_settled("bao_cao", one.id)]
    assert done == ["Nêu số liệu", "Viết rõ hơn"]


async def test_one_of_several_remarks_is_chosen(root: Path) -> None:
    returned(root, "bao_cao").close()
    async with opened(root) as it:
        it.screen.set_focus(it.screen.outline)
        it.screen._key = None
        await it.press("ctrl+r")
        assert isinstance(it.app.screen, Choose) and len(options(it)) == 2
        await pick(it, "Ký và")
        await it.press("enter")
        await it.settled()
        assert remarks.open_in(it.session, "bao_cao") == 2


async def test_markup_in_a_remark_is_shown_as_it_was_typed(root: Path) -> None:
    returned(root, "bao_cao").close()
    path = folder(root) / "bao_cao.appraisal.yaml"
    hostile = r'text: "[bold]x[/] [@click=app.quit]y[/] \e[31m\a <b>"'
    write(path, path.read_text(encoding="utf-8").replace("text: Nêu số liệu", hostile))
    async with opened(root) as it:
        assert "[bold]x[/] [@click=app.quit]y[/] [31m <b>" in it.said(TEXT)
        await it.press("f4")
        assert any("[@click=app.quit]y[/] [31m <b>" in one for one in options(it))


async def test_a_level_is_claimed_beside_the_attached_sheet(root: Path) -> None:
    async with opened(root, OTHER) as it:
        await it.at(Place("tu_cham"))
        claim = it.screen.form.query_one(ClaimWidget)
        it.screen.set_focus(claim.entry)
        await it.press("down", "space")
        assert it.session.dossier.claimed == {"tu_cham": "tot"}
        await it.press("ctrl+z")
        await it.settled()
        assert it.session.dossier.claimed == {}
        await it.press("ctrl+y")
        await it.settled()
    assert open_case(root).open(NAME, OTHER).claimed == {"tu_cham": "tot"}


def test_the_board_counts_open_remarks_and_returned_items(root: Path) -> None:
    returned(root, "bao_cao").close()
    workspace = open_case(root)
    [standing, _] = workspace.standings(workspace.checklists[NAME])
    assert problems_of(standing, 36).endswith("cảnh báo ✎ 3 ↩ 1")
    short = problems_of(standing, 14)
    assert short.endswith("✎ 3 ↩ 1") and len(short) <= 14


async def test_every_key_of_a_review_is_found_in_the_palette(root: Path) -> None:
    async with opened(root) as it:
        for _ in range(2):
            titles = [one.title for one in it.app.get_system_commands(it.screen)]
            assert len(titles) == len(set(titles))
            assert any("^G" in one for one in titles) and any("F10" in one for one in titles)
            actions = {one.action.partition("(")[0] for one in keys.commands(*it.screen.scopes)}
            assert all(hasattr(DossierScreen, f"action_{name}") for name in actions if not name.startswith("app."))
            await it.press("ctrl+g")


# ---- points -------------------------------------------------------------------------------------------------


def sheet(own: dict[str, str], appraised: dict[str, str], *, appraising: bool) -> AppraisalGrid:
    from hoso.definitions import Outline
    from tests import review_case

    made: Any = Outline.model_validate(yaml.load(review_case.SHEET, yaml.BaseLoader)).nodes["cham"].fields["diem"]
    return AppraisalGrid(made, own, appraised, lambda _: False, appraising=appraising)


def shown(grid: AppraisalGrid) -> list[list[str]]:
    return [[grid.text(row, column) for column in (1, 2)] for row in range(len(grid.lines))]


def test_own_and_appraised_points_stand_side_by_side() -> None:
    own = {"viec.chinh": "55.5", "viec.phu": "38"}
    grid = sheet(own, {}, appraising=True)
    assert shown(grid) == [["93,5", ""], ["55,5", ""], ["38", ""]]
    value = grid.typed(1, 2, "40")
    grid.take(value)
    assert value == {"viec.chinh": "40"} and shown(grid) == [["93,5", "78"], ["55,5", "40"], ["38", ""]]
    assert grid.typed(1, 1, "1") == value and grid.unfit(1, 1, "1") and grid.unfit(1, 0, "1")
    assert grid.place("viec.phu") == (2, 2) and grid.is_others(1, 1) and not grid.is_others(0, 1)
    unit = sheet(own, value, appraising=False)
    assert shown(unit) == shown(grid) and unit.place("viec.phu") == (2, 1)
    assert unit.typed(2, 1, "30") == own | {"viec.phu": "30"} and unit.typed(2, 2, "30") == own
    assert [unit.sort(row, 2) for row in range(3)] == [Sort.COMPUTED] * 3


async def test_points_are_appraised_in_the_grid_beside_the_unit_s_own(root: Path) -> None:
    key = Key("field", "tu_cham", "cham", "diem")
    before = (folder(root) / "tu_cham.yaml").read_bytes()
    async with opened(root) as it:
        await it.press("ctrl+g")
        await it.at(SHEET)
        it.screen.set_focus(it.field(key).entry)
        await it.press(*"45", "enter", *"40", "enter")
        await it.settled()
        assert "Thẩm định: 85/100" in it.said(key) and "Tự chấm: 93/100" in it.said(key)
        await it.press("ctrl+z")
        await it.settled()
        assert "Thẩm định: 83/100" in it.said(key) and "Tốt" in it.said(key)
        await it.press("ctrl+g")
        await it.settled()
        assert isinstance(it.field(key).grid, AppraisalGrid) and it.field(key).locked  # type: ignore[attr-defined]
    dossier = open_case(root).open(NAME, UNIT)
    assert dossier.appraisals["tu_cham"].points("cham", "diem") == {"viec.chinh": "45"}
    assert (folder(root) / "tu_cham.yaml").read_bytes() == before


async def test_a_spoiled_appraisal_refuses_points_and_says_why(root: Path) -> None:
    key = Key("field", "tu_cham", "cham", "diem")
    write(folder(root) / "tu_cham.appraisal.yaml", "hoso: 1\nverdict: [\n")
    async with opened(root) as it:
        await it.press("ctrl+g")
        await it.at(SHEET)
        it.screen.set_focus(it.field(key).entry)
        await it.press(*"45", "enter")
        await it.settled()
        assert it.session.is_saved and it.app._notifications
    assert (folder(root) / "tu_cham.appraisal.yaml").read_text(encoding="utf-8") == "hoso: 1\nverdict: [\n"


async def test_at_80_columns_a_remark_is_written_and_decided(root: Path) -> None:
    async with opened(root, size=(80, 24)) as it:
        await it.press("ctrl+g", "f5")
        await pick(it, "Kết quả")
        await it.press(*"ngan", "f10")
        await it.pilot.pause(0.1)
        assert isinstance(it.app.screen, Choose) and any("✎ 1" in one for one in options(it))
        await it.press("escape")
        await it.settled()
    assert kept(root) == [("chung.ket_qua", "ngan")]


async def test_only_those_that_review_are_offered(root: Path) -> None:
    path = root / f"checklists/{NAME}.yaml"
    more = "  - {id: phong_tong_hop, name: Phòng Tổng hợp, by: [paper]}\n"
    others = "  - {id: ban, name: Ban Tổ chức, reviews: true}\n  - {id: luu, name: Lưu}\n"
    write(path, path.read_text(encoding="utf-8").replace(more, more + others))
    async with opened(root) as it:
        await it.press("ctrl+g")
        await it.pilot.pause(0.1)
        assert not isinstance(it.app.screen, Choose), "one reviews, so nothing is asked"
        assert it.session.review is not None and it.session.review.by == "ban"
    write(path, path.read_text(encoding="utf-8").replace("by: [paper]}", "by: [paper], reviews: true}"))
    async with opened(root) as it:
        await it.press("ctrl+g")
        await it.pilot.pause(0.1)
        assert isinstance(it.app.screen, Choose) and options(it) == ["Phòng Tổng hợp", "Ban Tổ chức"]


async def test_of_several_offices_one_is_chosen(root: Path) -> None:
    path = root / f"checklists/{NAME}.yaml"
    more = "  - {id: phong_tong_hop, name: Phòng Tổng hợp, by: [paper]}\n"
    write(path, path.read_text(encoding="utf-8").replace(more, f"{more}  - {{id: ban, name: Ban Tổ chức}}\n"))
    async with opened(root) as it:
        await it.press("ctrl+g")
        await it.pilot.pause(0.1)
        await pick(it, "Ban Tổ chức")
        await it.press("f5")
        await pick(it, "Kết quả")
        await it.press(*"x")
        await it.settled()
        [made] = remarks.of_part(it.session, "bao_cao")
        assert made.by == "ban" and "Ban Tổ chức" in remarks.said(it.session, "bao_cao", made)
