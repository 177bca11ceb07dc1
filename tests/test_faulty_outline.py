"""A dossier one of whose outlines a maintainer has spoiled: it is not taken for complete, and nothing in it is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Static

from hoso.cli import main
from hoso.problems import Refused
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui.app import HosoApp
from tui.places import Place
from tui.plain import questions
from tui.screens.dossier import DossierScreen
from tui.session import Session

ANSWERS = "hoso: 1\noutline: bao-cao\nanswers:\n  mot:\n    tieu_de: Họp\n"
WHOLE, LETTER = Place("bao_cao"), Place("cong_van")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    made = make_case(tmp_path / "ws")
    outline = made / "outlines/bao-cao.yaml"
    outline.write_text(outline.read_text(encoding="utf-8").replace("title: Báo cáo thử", "title: ["), encoding="utf-8")
    folder(made).mkdir(parents=True)
    (folder(made) / "bao_cao.yaml").write_text(ANSWERS, encoding="utf-8")
    return made


def attach(root: Path) -> None:
    (root / "cong-van.txt").write_text("Kính gửi", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["attach", NAME, UNIT, "cong_van", str(root / "cong-van.txt")])
    assert ended.value.code == 0


def test_it_cannot_be_handed_in_though_all_the_rest_is_there(root, monkeypatch):
    monkeypatch.chdir(root)
    attach(root)
    session = Session(open_case(root), NAME, UNIT)
    assert session.total_progress().done == 1 and not session.total_progress().is_complete
    assert [one.code for one in session.obstacles()] == ["outline-unreadable"]
    with pytest.raises(Refused):
        session.submit()
    session.close()
    assert (folder(root) / "bao_cao.yaml").read_text(encoding="utf-8") == ANSWERS


def test_check_tells_of_the_outline_and_of_a_dossier_alone_tells_it_there(root, capsys):
    def codes(*paths: str) -> list[str]:
        with pytest.raises(SystemExit):
            main(["check", *paths, "--level", "error", "--format", "json"])
        return [one["code"] for one in json.loads(capsys.readouterr().out)]

    assert codes(str(root)) == ["yaml-syntax"]
    assert codes(str(folder(root))) == ["outline-unreadable"]


def test_status_and_rollup_tell_that_something_is_missing(root, capsys, monkeypatch):
    monkeypatch.chdir(root)

    def told(*arguments: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        return ended.value.code, capsys.readouterr().err

    assert "“hoso check”" in told("status")[1]
    code, words = told("rollup", NAME)
    assert code == 1 and "bao_cao" in words and "“bao-cao”" in words


def test_plain_questions_tell_it_in_its_turn(root):
    session = Session(open_case(root), NAME, UNIT)
    first = questions.first_of(session, session.places()[0])
    assert first is not None and first.place == WHOLE
    assert "“bao-cao”" in session.closed_because("bao_cao")
    after = questions.step(session, first, 1)
    assert after is not None and after.place == LETTER
    session.close()


@pytest.mark.parametrize("path", [f"checklists/{NAME}.yaml", "checklists/units.yaml"])
async def test_a_checklist_or_the_units_that_cannot_be_read_are_told_as_such(tmp_path, monkeypatch, capsys, path):
    made = make_case(tmp_path / "ws")
    monkeypatch.chdir(made)
    (made / path).write_text("hoso: 1\nx: [\n", encoding="utf-8")
    for command in (["submit", NAME, UNIT], ["fill", NAME, UNIT, "--plain"], ["attach", NAME, UNIT, "cong_van", path]):
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert ended.value.code == 1 and f"{path}:" in (told := capsys.readouterr().err) and "yaml-syntax" in told
    with pytest.raises(SystemExit):
        main(["status"])
    assert "--example" not in capsys.readouterr().err
    app = HosoApp(open_case(made))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "F4" in str(app.screen.query_one("#empty", Static).content)


async def test_the_app_shows_the_item_and_why_nothing_can_be_filled_in(root):
    app = HosoApp(open_case(root), open_at=(NAME, UNIT))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, DossierScreen) and screen.place == WHOLE
        assert "“bao-cao”" in str(screen.form.query_one(".form-locked", Static).content)
        assert not screen.form.fields
        # Panels folded away open where they stand, though no field has the focus.
        await pilot.press("f6")
        await pilot.pause()
        assert screen.outline.has_focus and screen.outline.scroll_y == 0
        assert "✗1" in "".join(strip.text for strip in screen.outline.render_lines(screen.outline.region.reset_offset))
        await pilot.press("f8")
        await pilot.pause()
        assert screen.place == LETTER and screen.form.fields
