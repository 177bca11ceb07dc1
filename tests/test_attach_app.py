"""The window for attaching, as a person uses it: choosing, copying, stopping, counting, opening, mending."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Static

from hoso.i18n import speaking
from hoso.problems import Level, Problem
from hoso.store.bringing import bring_in
from tests import seen
from tests.test_app import Driven, opened
from tests.tui_case import NAME, folder, make_case, open_case
from tui.attaching import lacking_words
from tui.places import Key, Place
from tui.screens.attach import AttachScreen, PathLine
from tui.screens.problems import ProblemsScreen
from tui.session import Session
from tui.widgets.file_list import FileList
from tui.wording import begun

LETTER = Place("cong_van")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-11-22")
    made = make_case(tmp_path / "ws")
    path = made / "checklists" / f"{NAME}.yaml"
    text = path.read_text(encoding="utf-8").replace("period: 2021\n", "period: 2021\nsets: 2\n")
    text = text.replace("outline: bao-cao}", "outline: bao-cao, copies: {paper: 2, scan: 1}}")
    text = text.replace("at_least: 1}}", "at_least: 1}, copies: {pdf: 1}}").replace("[txt]", "[txt, pdf]")
    path.write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def source(tmp_path, monkeypatch):
    made = tmp_path / "nguồn"
    made.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (made / name).write_text(name, encoding="utf-8")
    (made / "d.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(PathLine, "base", made)
    return made


async def window(it: Driven) -> AttachScreen:
    await it.at(LETTER)
    await it.press("f9")
    screen = it.app.screen
    assert isinstance(screen, AttachScreen)
    return screen


async def settled(it: Driven) -> None:
    await it.app.workers.wait_for_complete()
    await it.pilot.pause()
    await it.pilot.pause()


def names(it: Driven) -> list[str]:
    return [one.file.rpartition("/")[2] for one in it.session.attached("cong_van")]


def said(screen: AttachScreen) -> str:
    return str(screen.query_one("#trouble", Static).content)


def lying(root: Path) -> list[str]:
    files = folder(root) / "files"
    return sorted(path.name for path in files.rglob("*") if path.is_file())


async def test_several_files_are_marked_and_attached_at_once(root, source):
    async with opened(root) as it:
        screen = await window(it)
        await it.press("enter", "down")
        assert isinstance(it.app.focused, FileList)
        await it.press("home", "down", "space", "space", "space", "up", "space")
        assert [path.name for path in screen.browser.marked] == ["a.txt", "b.txt"]
        assert "a.txt, b.txt" in str(screen.query_one("#here", Static).content)
        await it.press("enter")
        await settled(it)
        assert names(it) == ["a.txt", "b.txt"] and screen.browser.marked == []
        await it.press("escape", "ctrl+z")
        assert names(it) == ["a.txt"]
        await it.press("ctrl+y")
        assert names(it) == ["a.txt", "b.txt"]


async def test_part_of_a_name_that_several_have_leads_into_the_list(root, source):
    (source / "Báo cáo.txt").write_text("1", encoding="utf-8")
    (source / "bao cao 2.txt").write_text("2", encoding="utf-8")
    (source / "~$bao cao 2.txt").write_text("khóa", encoding="utf-8")
    async with opened(root) as it:
        screen = await window(it)
        await it.press(*"bao", "enter")
        await settled(it)
        assert said(screen) == "Có 2 tên khớp với “bao”: chọn một tên bằng ↑ ↓ rồi nhấn Enter."
        assert it.app.focused is screen.folder and names(it) == []
        await it.press("down", "enter")
        await settled(it)
        assert names(it) == ["Báo cáo.txt"]
        await it.press(*"không có", "enter")
        await settled(it)
        assert "Không đọc được tệp" in said(screen)


async def test_the_sign_of_documents_agrees_with_the_count_of_the_section(root, source):
    (source / "giả.pdf").write_text("chỉ là chữ", encoding="utf-8")
    async with opened(root) as it:
        screen = await window(it)

        def told() -> tuple[str, int, str]:
            line = next(one for one in screen.lines if one.slot and one.slot.key == Key("files", "cong_van"))
            assert line.slot is not None
            return line.mark, it.session.progress(LETTER).done, line.slot.words.split(" · ")[0]

        assert told() == ("☐", 0, "0/1")
        assert "ít nhất một tệp, định dạng txt, pdf · bắt buộc" in "".join(
            one.slot.words for one in screen.lines if one.slot
        )
        for name, count in (("a.txt", "1 tệp"), ("b.txt", "2 tệp")):
            it.session.attach_file(Key("files", "cong_van"), source / name)
            screen.renew()
            assert told() == ("☑", 1, count)
        it.session.attach_file(Key("files", "cong_van"), source / "giả.pdf")
        screen.renew()
        assert told() == ("◐", 0, "3 tệp")


async def test_the_name_of_a_file_begins_as_it_is_written(root, source):
    async with opened(root) as it:
        params = {"name": "giả.pdf", "found": "txt", "wanted": "pdf", "label": "x"}
        named = Problem("", None, None, "cong_van", "attachment-format", Level.ERROR, params)
        other = Problem("", None, None, "cong_van", "own", Level.ERROR, {"own_message": "hãy xem lại"})
        assert begun("giả.pdf là tệp txt", named) == "giả.pdf là tệp txt"
        assert begun("hãy xem lại", other) == "Hãy xem lại"
        it.screen.list_problems("Vấn đề", [named])
        await it.pilot.pause(0.1)
        assert "  giả.pdf " in seen.text(it.app)
        with speaking("en"):
            assert ProblemsScreen("", [named])._counts() == "✗ 1 error"


async def test_one_goes_up_and_into_folders_by_keys(root, source):
    inner = source / "trong đó"
    inner.mkdir()
    (inner / "sâu.txt").write_text("x", encoding="utf-8")
    async with opened(root) as it:
        screen = await window(it)
        await it.press("enter", "down", "home", "down", "right")
        assert screen.browser.folder == inner
        await it.press("left")
        assert screen.browser.folder == source and screen.folder.pointed is not None
        assert screen.folder.pointed.path == inner
        await it.press("enter", "enter")
        await settled(it)
        assert names(it) == ["sâu.txt"]


async def test_part_of_a_name_is_enough_where_it_leaves_one(root, source):
    async with opened(root) as it:
        await window(it)
        await it.press(*"d.p", "enter")
        await settled(it)
        assert names(it) == ["d.pdf"]
        assert "Đã đính kèm: d.pdf" in seen.text(it.app) and "Đã dừng" not in seen.text(it.app)


async def test_a_copy_can_be_stopped_and_leaves_nothing_and_typing_goes_on(root, source, monkeypatch):
    begun, go = Event(), Event()

    def slow(root, dossier, address, source, told):
        def hears(done, size):
            begun.set()
            go.wait(10)
            told(done, size)

        return bring_in(root, dossier, address, source, hears)

    monkeypatch.setattr("tui.filing.bring_in", slow)
    async with opened(root) as it:
        screen = await window(it)
        await it.press(*"a.txt", "enter")
        while not begun.is_set():
            await it.pilot.pause(0.02)
        await it.pilot.pause(0.2)
        assert "a.txt" in said(screen) and "Esc" in said(screen)
        await it.press("x")
        assert screen.path.value == "a.txtx"
        await it.press("escape")
        go.set()
        await settled(it)
        assert names(it) == [] and lying(root) == [] and it.app.screen is screen
        assert "Đã dừng" in said(screen)


async def test_leaving_while_copying_leaves_nothing(root, source, monkeypatch):
    begun, go = Event(), Event()

    def slow(root, dossier, address, source, told):
        made = bring_in(root, dossier, address, source)
        begun.set()
        go.wait(10)
        return made

    monkeypatch.setattr("tui.filing.bring_in", slow)
    async with opened(root) as it:
        await window(it)
        await it.press(*"a.txt", "enter")
        while not begun.is_set():
            await it.pilot.pause(0.02)
        it.app.pop_screen()
        await it.pilot.pause()
        assert lying(root)
        go.set()
        for _ in range(200):
            await it.pilot.pause(0.02)
            if not lying(root):
                break
        assert names(it) == [] and lying(root) == []


async def test_each_file_that_fails_is_told_and_the_others_come(root, source):
    (source / "rỗng.txt").touch()
    async with opened(root) as it:
        screen = await window(it)
        screen.take([source / "a.txt", source / "rỗng.txt", source / "không có.txt", source / "b.txt"])
        await settled(it)
        assert names(it) == ["a.txt", "b.txt"]
        assert "rỗng.txt" in said(screen) and "không có.txt" in said(screen) and said(screen).count("✗") == 2


async def test_a_changed_file_is_seen_and_taken_as_it_is_by_one_key(root, source):
    async with opened(root) as it:
        screen = await window(it)
        await it.press(*"a.txt", "enter")
        await settled(it)
        path = folder(root) / "files" / "cong_van" / "a.txt"
        path.write_text("sửa", encoding="utf-8")
        (path.parent / "lạc.txt").write_text("lạc", encoding="utf-8")
        screen.renew()
        await it.press("down")
        assert screen.chosen is not None and [one.code for one in screen.chosen.faults] == ["attachment-changed"]
        await it.press("f5")
        await settled(it)
        assert screen.chosen.faults == ()
        await it.press("down")
        assert screen.chosen.stray == "cong_van/lạc.txt"
        await it.press("f5")
        await settled(it)
        assert names(it) == ["a.txt", "lạc.txt"] and lying(root) == ["a.txt", "lạc.txt"]


async def test_a_change_from_outside_is_told_in_the_form(root, source):
    async with opened(root) as it:
        it.session.attach_file(Key("files", "cong_van"), source / "a.txt")
        await it.at(LETTER)
        path = folder(root) / "files" / "cong_van" / "a.txt"
        path.write_text("sửa", encoding="utf-8")
        it.screen.look_at_files()
        await settled(it)
        await it.settled()
        assert any(one.code == "attachment-changed" for one in it.session.problems())
        text = "\n".join(str(one.content) for one in it.screen.form.query(Static))
        assert "✗" in text and "a.txt" in text


async def test_copies_are_counted_by_keys_and_from_files(root, source):
    async with opened(root) as it:
        screen = await window(it)
        told = [(one.tally.part, one.tally.medium, one.tally.have, one.tally.want) for one in screen.lines if one.tally]
        assert told == [("dossier", "sets", 0, 2), ("bao_cao", "paper", 0, 2), ("bao_cao", "scan", 0, 1),
                        ("cong_van", "pdf", 0, 1)]  # fmt: skip
        await it.press("home", "+", "+", "-", "down", "down", "2")
        assert it.session.dossier.copies == {"dossier": {"sets": 1}, "bao_cao": {"paper": 2}}
        screen.take([])
        await settled(it)
        codes = [one.code for one in it.session.problems() if one.code.startswith(("copies-", "sets-"))]
        assert codes == ["sets-missing", "copies-scan", "copies-pdf"]
        it.session.attach_file(Key("files", "cong_van"), source / "d.pdf")
        assert [one.have for one in it.session.tallies()] == [1, 2, 0, 1]
        await it.press("escape")
        assert it.session.save()
        assert "copies:\n  dossier:\n    sets: 1\n  bao_cao:\n    paper: 2\n" in (
            folder(root) / "dossier.yaml"
        ).read_text(encoding="utf-8")
        fresh = open_case(root).open(NAME, "so-a")
        assert fresh.copies == it.session.dossier.copies and fresh.problems == []


async def test_a_problem_of_files_leads_to_the_window_that_mends_it(root, source):
    async with opened(root) as it:
        it.session.attach_file(Key("files", "cong_van"), source / "a.txt")
        (folder(root) / "files" / "cong_van" / "a.txt").unlink()
        assert it.session.save()
        found = it.session.problems()
        for code, at in (("sets-missing", ""), ("copies-scan", "bao_cao"), ("attachment-lost", "cong_van")):
            one = next((one for one in found if one.code == code), None)
            assert one is not None, [one.code for one in found]
            it.screen.list_problems("Vấn đề", [one])
            await it.pilot.pause(0.1)
            await it.press("enter")
            await it.pilot.pause(0.1)
            screen = it.app.screen
            assert isinstance(screen, AttachScreen) and screen.chosen is not None, code
            tally, slot = screen.chosen.tally, screen.chosen.slot
            assert (slot.key.part if slot else tally.part.replace("dossier", "") if tally else None) == at
            await it.press("escape")


async def test_what_is_lacking_is_said_when_handing_in_and_stops_nobody(root, source):
    async with opened(root) as it:
        assert lacking_words(it.session) == [
            "Mới có 0/2 bộ hồ sơ.", "“Báo cáo”: mới có 0/2 bản giấy.", "“Báo cáo”: mới có 0/1 bản quét có chữ ký.",
            "“Công văn”: mới có 0/1 tệp PDF.",
        ]  # fmt: skip
        assert not {one.code for one in it.session.obstacles()} & {"sets-missing", "copies-paper", "copies-pdf"}


def test_counts_of_two_people_are_brought_together(root):
    one, other = Session(open_case(root), NAME, "so-a"), Session(open_case(root), NAME, "so-a")
    for session, medium, count in ((one, "paper", 2), (other, "scan", 1)):
        session.count_copies(next(t for t in session.tallies() if t.medium == medium), count)
        assert session.save()
    assert open_case(root).open(NAME, "so-a").copies == {"bao_cao": {"paper": 2, "scan": 1}}


# ---- the system's viewer ------------------------------------------------------------------------------------


@pytest.fixture
def opener(tmp_path, monkeypatch):
    """A program in place of the system's, which notes what it is given."""
    if sys.platform != "linux":
        pytest.fail("the fake opener stands in for xdg-open") if sys.platform not in ("win32", "darwin") else None
    made = tmp_path / "bin" / "xdg-open"
    made.parent.mkdir()
    made.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{tmp_path}/opened"\nexit $(cat "{tmp_path}/code")\n')
    made.chmod(0o755)
    (tmp_path / "code").write_text("0")
    monkeypatch.setenv("PATH", f"{made.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WSL_DISTRO_NAME", raising=False)
    return tmp_path


async def viewed(it: Driven, name: str) -> AttachScreen:
    screen = await window(it)
    await it.press(*name, "enter")
    await settled(it)
    await it.press("down", "enter")
    await settled(it)
    return screen


async def test_a_copy_is_opened_that_nobody_can_write(root, source, opener):
    (source / "lệnh; rm x.txt").write_text("nội dung", encoding="utf-8")
    async with opened(root) as it:
        await viewed(it, "lệnh")
        shown = Path((opener / "opened").read_text(encoding="utf-8"))
        assert shown.name == "lệnh; rm x.txt" and shown.read_text(encoding="utf-8") == "nội dung"
        assert not shown.is_relative_to(root) and stat.S_IMODE(shown.stat().st_mode) == 0o400


async def test_what_is_no_document_is_not_opened(root, source, opener):
    (source / "chạy.exe").write_bytes(b"MZ\x90\0" * 20)
    async with opened(root) as it:
        screen = await viewed(it, "chạy")
        assert not (opener / "opened").exists() and "chạy.exe" in said(screen)


@pytest.mark.parametrize(("name", "shown"), [("x.desktop", "x.desktop.txt"), ("y.sh", "y.sh.txt"), ("z.csv", "z.csv")])
async def test_a_text_is_opened_as_a_text_whatever_its_name(root, source, opener, name, shown):
    (source / name).write_text("#!/bin/sh\n", encoding="utf-8")
    async with opened(root) as it:
        await viewed(it, name)
        assert Path((opener / "opened").read_text()).name == shown


async def test_without_a_viewer_it_says_where_the_file_lies(root, source, opener, monkeypatch):
    async with opened(root) as it:
        (opener / "code").write_text("3")
        screen = await viewed(it, "a.txt")
        assert "cong_van/a.txt" in said(screen).replace("\n", "")
        monkeypatch.delenv("DISPLAY")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        (opener / "opened").unlink()
        await it.press("f3")
        await settled(it)
        assert not (opener / "opened").exists() and "cong_van/a.txt" in said(screen)


async def test_old_copies_for_viewing_are_swept(root, source, opener):
    from hoso.paths import state_folder

    async with opened(root) as it:
        await viewed(it, "a.txt")
        above = state_folder() / "viewing"
        (first,) = above.iterdir()
        os.utime(first, (time.time() - 9e5,) * 2)
        await it.press("f3")
        await settled(it)
        assert len(list(above.iterdir())) == 1 and not first.exists()
