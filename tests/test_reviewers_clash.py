"""Two who review the same: what both wrote stands there, either can be chosen, and the choice is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hoso.appraisals import Remark
from hoso.problems import Refused
from tests.review_case import NAME, UNIT, folder, make_case, open_case, write
from tests.seen import text
from tests.test_app import Driven
from tests.test_review_app import FIRST, SHEET, opened, options, pick
from tui import clashing, marking
from tui.fields.remark import RemarkWidget
from tui.places import Key
from tui.session import Session

SAID = Key("remark", "bao_cao", "chung", "rabcd")
WHOLE = Key("remark", "bao_cao", "", "rwwww")
POINTS, SHEET_KEY = Key("points", "tu_cham", "cham", "diem"), Key("field", "tu_cham", "cham", "diem")
VERDICT = Key("verdict", "bao_cao")
BEGUN = """\
hoso: 1
verdict:
because:
level:
scores:
remarks:
  chung:
    rabcd: {field: ket_qua, at: 2021-12-03T0800+0700, text: Nêu số liệu}
  rieng:
overall:
  rwwww: {at: 2021-12-03T0800+0700, text: Ký tên}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOSO_TODAY", "2021-12-03")
    made = make_case(tmp_path / "ws")
    write(folder(made) / "bao_cao.appraisal.yaml", BEGUN)
    return made


def reviewing(root: Path) -> Session:
    session = Session(open_case(root), NAME, UNIT)
    session.begin_review()
    return session


def say(session: Session, key: Key, words: str) -> None:
    review = session.review
    assert review is not None
    review.say(key.part, session.standing(key), words)


def points(session: Session, given: dict[str, str]) -> None:
    assert session.review is not None
    session.review.appraise(SHEET_KEY, given)


def decide(session: Session, verdict: str, because: str = "") -> None:
    assert session.review is not None
    session.review.decide("bao_cao", verdict, because)


Change = Callable[[Session, int], object]
CHANGES: dict[str, tuple[Key, Change]] = {
    "remark": (SAID, lambda session, who: say(session, SAID, f"bản {who}")),
    "remark on the whole": (WHOLE, lambda session, who: say(session, WHOLE, f"bản {who}")),
    "withdrawn there": (SAID, lambda session, who: say(session, SAID, "bản" if who == 1 else "")),
    "verdict": (VERDICT, lambda session, who: decide(session, "returned", f"vì {who}")),
    "other verdict": (VERDICT, lambda session, who: decide(session, *(("accepted",) if who == 1 else ("returned", "thiếu")))),
}  # fmt: skip


def both(root: Path, change: Change) -> tuple[Session, Any]:
    """A session that was second, and what the first had written."""
    mine, theirs = reviewing(root), reviewing(root)
    change(theirs, 2)
    assert theirs.save()
    change(mine, 1)
    assert mine.save()
    return mine, theirs


@pytest.mark.parametrize("kind", CHANGES)
def test_both_stand_there_and_either_is_chosen(root: Path, kind: str) -> None:
    key, change = CHANGES[kind]
    session, other = both(root, change)
    ours, theirs = session.standing(key), other.standing(key)
    assert session.is_clash(key) and session.clash(key) == theirs != ours
    assert {one.id for one in marking.of_clash(session, key)} >= {"theirs", "ours"}
    marking.apply(session, key, "theirs")
    assert session.standing(key) == theirs and not session.is_clash(key)
    assert session.undo() == key and session.standing(key) == ours and session.is_clash(key)
    session.redo()
    assert session.save() and reviewing(root).standing(key) == theirs
    session.undo()
    marking.apply(session, key, "ours")
    assert session.end_review() and reviewing(root).standing(key) == ours
    assert list((folder(root) / "conflicts").iterdir())


def test_of_points_each_criterion_is_chosen_by_itself(root: Path) -> None:
    session, _ = both(root, lambda session, who: points(session, {"viec.chinh": str(50 + who), "viec.phu": "30"}))
    assert session.clashes == {"tu_cham.cham.diem.viec.chinh": "52"}
    assert session.standing(POINTS) == {"viec.chinh": "51", "viec.phu": "30"}


def test_two_remarks_can_both_stand_one_below_the_other(root: Path) -> None:
    session, _ = both(root, CHANGES["remark"][1])
    marking.apply(session, SAID, "both")
    assert session.standing(SAID).text == "bản 1\n\nbản 2"
    assert "bản 2" in clashing.told(Remark("r", text="bản 2")) and "bỏ" in clashing.told(None)


def test_a_remark_that_one_withdrew_and_the_other_went_on_with_stands(root: Path) -> None:
    session, _ = both(root, lambda session, who: say(session, SAID, "" if who == 1 else "viết tiếp"))
    assert session.standing(SAID).text == "viết tiếp" and not session.clashes
    assert session.close() and reviewing(root).standing(SAID).text == "viết tiếp"


def test_what_a_merge_left_unsettled_is_told_with_both_and_touched_by_nobody(root: Path) -> None:
    path = folder(root) / "bao_cao.appraisal.yaml"
    spoiled = BEGUN.replace(
        "  rieng:\n",
        "<<<<<<< HEAD\n  rieng: {r2222: {text: một}}\n=======\n  rieng: {r3333: {text: hai}}\n>>>>>>> other\n",
    )
    write(path, spoiled)
    session = reviewing(root)
    [found] = [one for one in session.dossier.problems if one.path.endswith("bao_cao.appraisal.yaml")]
    assert found.code == "conflict-markers" and found.line == 9
    assert "một" in found.message and "hai" in found.message
    with pytest.raises(Refused) as refused:
        decide(session, "accepted")
    assert refused.value.problem.code == "conflict-markers"
    points(session, {"viec.chinh": "50"})
    assert session.end_review()
    assert path.read_text(encoding="utf-8") == spoiled
    assert reviewing(root).standing(POINTS) == {"viec.chinh": "50"}


# ---- in the app ---------------------------------------------------------------------------------------------


async def begun(it: Driven) -> None:
    await it.press("ctrl+g")
    assert it.session.review is not None


async def meet(it: Driven, root: Path, change: Change) -> None:
    """Somebody else writes, then the one at the screen; and it is saved."""
    other = reviewing(root)
    change(other, 2)
    assert other.end_review()
    change(it.session, 1)
    it.screen.form.renew()
    it.screen._autosaver.soon()
    for _ in range(100):
        await it.pilot.pause(0.05)
        if it.session.clashes:
            break
    await it.settled()


async def test_a_remark_shows_both_and_f5_chooses(root: Path) -> None:
    async with opened(root) as it:
        await begun(it)
        await meet(it, root, CHANGES["remark"][1])
        assert "bản 2" in text(it.app) and "bản 1" in text(it.app)
        widget = it.field(SAID)
        assert isinstance(widget, RemarkWidget)
        it.screen.set_focus(widget.entry)
        await it.press("f5")
        await pick(it, "người kia")
        assert it.session.standing(SAID).text == "bản 2" and "⇄" not in text(it.app)
        await it.press("ctrl+z")
        await it.settled()
        assert it.session.standing(SAID).text == "bản 1" and it.session.is_clash(SAID)
        await it.press("f5")
        await it.press("escape")
        assert it.screen.place == FIRST


async def test_points_show_both_in_their_cell_and_f5_chooses(root: Path) -> None:
    async with opened(root) as it:
        await begun(it)
        await it.at(SHEET, SHEET_KEY)
        await meet(it, root, lambda session, who: points(session, {"viec.chinh": str(50 + who)}))
        await it.press("ctrl+home", "down", "right", "right")
        assert "52" in text(it.app) and "⇄" in text(it.app)
        await it.press("f5")
        await pick(it, "người kia")
        assert it.session.standing(POINTS) == {"viec.chinh": "52"} and not it.session.clashes
        await it.press("ctrl+z")
        await it.settled()
        assert it.session.standing(POINTS) == {"viec.chinh": "51"} and it.session.clashes


async def test_a_verdict_shows_both_where_it_is_decided(root: Path) -> None:
    async with opened(root) as it:
        await begun(it)
        await meet(it, root, CHANGES["other verdict"][1])
        await it.press("f10")
        assert any("thiếu" in one and "⇄" in one for one in options(it))
        await pick(it, "thiếu")
        await pick(it, "người kia")
        assert it.session.standing(VERDICT)[:2] == ("returned", "thiếu")
