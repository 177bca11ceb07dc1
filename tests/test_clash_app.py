"""Two who wrote the same: of every kind both values stand beside the field, F5 chooses, and that is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.every_kind_case import FIXED, make_every_kind
from tests.seen import text
from tests.test_app import FIRST, TEXT, Driven, opened
from tests.test_rescuing import CLAIM
from tests.test_review_app import pick
from tests.test_undo import CHANGES as OF_FIELDS
from tests.test_undo import write_cell
from tests.tui_case import NAME, UNIT, open_case
from tui import remarks
from tui.places import Key
from tui.session import Session

Change = Callable[[Session, int], object]
TICK = Key("tick", "bao_cao", "chung", "rabcd")


def tick(session: Session, who: int) -> None:
    remarks.tick(session, "bao_cao", remarks.of_part(session, "bao_cao")[0], f"trả lời {who}")


CHANGES: dict[str, tuple[Key, Change]] = OF_FIELDS | {
    "cell": (FIXED, lambda session, who: write_cell(session, 0, str(70 + who))),
    "claim": (CLAIM, lambda session, who: session.put_entry(CLAIM, "tot" if who == 1 else "kha")),
    "tick": (TICK, tick),
}  # fmt: skip
SHOWN = {"prose": "bản 2", "number": "2", "choice": "Không", "several": "Sự nghiệp", "day": "02/12/2021", "reason": "vì 2",
         "ask": "Phần một", "table and reason": "không có", "private": "riêng 2", "cell": "72", "claim": "Khá",
         "tick": "trả lời 2"}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    return make_every_kind(tmp_path / "ws")


async def meet(it: Driven, root: Path, change: Change) -> object:
    """Somebody else writes first, then who sits at the screen, and it is saved; what the other wrote."""
    other = Session(open_case(root), NAME, UNIT)
    change(other, 2)
    assert other.close()
    change(it.session, 1)
    it.screen._autosaver.soon()
    for _ in range(100):
        await it.pilot.pause(0.05)
        if it.session.clashes:
            return other
    raise AssertionError("no clash")


@pytest.mark.parametrize("kind", CHANGES)
async def test_both_are_shown_and_f5_chooses(root: Path, kind: str) -> None:
    key, change = CHANGES[kind]
    async with opened(root, size=(120, 60)) as it:
        other = await meet(it, root, change)
        assert isinstance(other, Session)
        theirs, ours = other.standing(key), it.session.standing(key)
        await it.at(it.session.shown_at(key), TEXT if kind == "tick" else key)
        if kind == "claim":
            it.screen.set_focus(it.field(CLAIM).entry)
        await it.settled()
        assert "⇄" in text(it.app) and SHOWN[kind] in text(it.app), text(it.app)
        await it.press("ctrl+r" if kind == "tick" else "f5")
        await pick(it, "người kia")
        await it.settled()
        assert it.session.standing(key) == theirs and not it.session.clashes
        assert "⇄ người khác" not in text(it.app)
        await it.press("ctrl+z")
        await it.settled()
        assert it.session.standing(key) == ours and it.session.clashes
        assert "⇄" in text(it.app)
        assert it.session.save()
        assert Session(open_case(root), NAME, UNIT).standing(key) == ours


async def test_how_often_both_wrote_is_said_once(root: Path) -> None:
    async with opened(root) as it:
        await meet(it, root, CHANGES["prose"][1])
        await it.settled()
        assert it.screen.place == FIRST
        assert "1" in it.screen.merged_words().partition("⇄")[0]
