"""What is told around handing in: what is left, that nothing is, and that there is no hurry any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import seen
from tests.review_case import NAME, UNIT, make_case, open_case
from tests.test_app import Driven
from tests.test_review_app import opened
from tui.screens.ask import Confirm
from tui.session import Session
from tui.to_do import warned


def told(it: Driven) -> list[str]:
    return [note.message for note in it.app._notifications]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-12-03")
    return make_case(tmp_path / "ws", "drafting")


@pytest.mark.parametrize("count", [0, 1])
async def test_handing_in_tells_what_is_left_then_the_state_stands_for_the_deadline(root: Path, count: int) -> None:
    if count:
        with (root / "outlines/bc.yaml").open("a", encoding="utf-8") as outline:
            outline.write("checks:\n  - {id: it, check: formula, holds: chung.dang_vien < 100, level: warning}\n")
    session = Session(open_case(root), NAME, UNIT)
    assert len(warned(session)) == count
    session.close()
    async with opened(root) as it:
        assert "còn 28 ngày" in seen.lines(it.app)[0]
        await it.press("f10")
        await it.settled()
        assert isinstance(it.app.screen, Confirm) and ("Còn 1 cảnh báo" in seen.text(it.app)) == bool(count)
        await it.press("enter")
        await it.app.workers.wait_for_complete()
        await it.settled()
        head = seen.lines(it.app)[0]
        assert "đã nộp" in head and "ngày" not in head


async def test_whoever_has_handed_in_or_reviews_is_not_told_to_hand_in(root: Path) -> None:
    path = root / f"checklists/{NAME}/{UNIT}/dossier.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("drafting", "received"), encoding="utf-8")
    async with opened(root) as it:
        await it.press("f3", "f10")
        assert told(it) == ["Không còn thiếu gì.", "Hồ sơ đã nhận; hiện không sửa được. ^G để thẩm định."]
        assert it.session.status() == "đã nhận, chỉ xem"
        await it.press("ctrl+g", "f3")
        assert told(it)[-1] == "Không còn thiếu gì."
