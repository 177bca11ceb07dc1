"""What is told for a moment: the latest of its kind alone, why nothing can be typed, nothing that is true no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import review_case, seen, test_review_app
from tests.test_app import COUNT, FIRST, TEXT, Driven, opened, root  # noqa: F401
from tui.places import Key
from tui.screens.ask import Confirm, Reason
from tui.screens.dossier import DossierScreen
from tui.screens.problems import ProblemsScreen

CLOSED = "! Hồ sơ đã nộp; hiện không sửa được."


def told(it: Driven) -> list[str]:
    return [note.message for note in it.app._notifications]


async def test_redo_says_that_it_was_done_again_and_the_latest_alone_stands(root: Path) -> None:  # noqa: F811
    scan = root.parent / "giay-moi.txt"
    scan.write_text("Giấy mời", encoding="utf-8")
    async with opened(root) as it:
        it.session.attach_file(Key("files", "cong_van"), scan)
        for key, words in (("ctrl+z", "Đã hoàn tác tài liệu"), ("ctrl+y", "Đã làm lại thay đổi tài liệu")) * 2:
            await it.press(key)
            await it.settled()
            assert [one.startswith(words) for one in told(it)] == [True], told(it)
        await it.press("ctrl+y", "ctrl+y")
        assert told(it) == ["Không có gì để làm lại."]


@pytest.mark.parametrize("chosen", [False, True])
async def test_f4_lists_the_warnings_before_handing_in(tmp_path: Path, chosen: bool) -> None:
    place = review_case.make_case(tmp_path / "ws", "drafting")
    with (place / "outlines/bc.yaml").open("a", encoding="utf-8") as outline:
        outline.write("checks:\n  - {id: it, check: formula, holds: chung.dang_vien < 100, level: warning}\n")
    async with test_review_app.opened(place) as it:
        await it.press("f10")
        await it.settled()
        assert isinstance(it.app.screen, Confirm) and "F4 Vấn đề" in seen.lines(it.app)[-1]
        await it.press("f4")
        await it.settled()
        assert isinstance(it.app.screen, ProblemsScreen) and "cảnh báo" in seen.text(it.app)
        await it.press("enter" if chosen else "escape")
        await it.settled()
        assert isinstance(it.app.screen, DossierScreen if chosen else Confirm)
        assert it.session.dossier.is_open


async def test_whoever_types_into_what_was_handed_in_is_told_why_nothing_happens(root: Path) -> None:  # noqa: F811
    path = root / "checklists/ho-so-thu/so-a/dossier.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("hoso: 1\nunit: so-a\nstate: handed_in\n", encoding="utf-8")
    async with opened(root) as it:
        for keys in (["f5"], [*"một hai"]):
            for at in (None, TEXT):
                await it.at(FIRST, at)
                it.app.clear_notifications()
                it.screen._typed_astray.__init__()  # type: ignore[misc] # as if some seconds had gone by
                await it.press(*keys)
                assert told(it) == [CLOSED], (keys, at)
        it.app.clear_notifications()
        await it.press("f6", "x")
        assert told(it) == []


async def test_a_reason_that_was_wanting_is_asked_for_only_until_it_is_typed(root: Path) -> None:  # noqa: F811
    async with opened(root) as it:
        await it.at(FIRST, COUNT)
        await it.press("f5", "down", "down", "enter", "enter")
        await it.settled()
        assert isinstance(it.app.screen, Reason) and "Cần ghi lý do." in seen.text(it.app)
        await it.press("k")
        await it.settled()
        assert isinstance(it.app.screen, Reason) and "Cần ghi lý do." not in seen.text(it.app)
        await it.press("enter")
        await it.settled()
        assert it.session.answer(COUNT).because == "k" and told(it) == []
