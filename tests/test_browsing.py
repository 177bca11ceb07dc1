"""Finding files: names of every kind, paths as typed, pasted and dropped, folders as lists."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from tui.browsing import Browser, as_path, begin_at, completed, meant, shown_folder, shown_name


@pytest.fixture
def base(tmp_path):
    made = tmp_path / "hồ sơ"
    made.mkdir()
    return made


def names(browser: Browser, typed: str = "") -> list[str]:
    return [one.name for one in browser.look(typed).entries]


def test_folders_then_wanted_formats_then_others_as_a_vietnamese_looks_for_them(base):
    for name in ("Ánh.pdf", "an.txt", "Bảng.pdf", "đơn.docx", "dao.pdf", "b.zip"):
        (base / name).touch()
    for name in ("Ủy ban", "tài liệu"):
        (base / name).mkdir()
    browser = Browser(base, ["pdf", "DOCX"])
    assert names(browser) == ["tài liệu", "Ủy ban", "Ánh.pdf", "Bảng.pdf", "dao.pdf", "đơn.docx", "an.txt", "b.zip"]
    assert names(browser, "an") == ["Ánh.pdf", "an.txt", "Ủy ban", "Bảng.pdf"]
    assert names(browser, "DON") == ["đơn.docx"]


def test_hidden_ones_show_when_a_dot_is_typed(base):
    (base / ".ẩn.pdf").touch()
    (base / "hiện.pdf").touch()
    assert names(Browser(base)) == ["hiện.pdf"] and names(Browser(base), ".") == [".ẩn.pdf", "hiện.pdf"]


def test_what_a_word_processor_puts_beside_an_open_file_is_not_offered(base):
    for name in ("~$bao cao.docx", ".~lock.bảng.ods#", "bảng.ods", "~nháp.docx"):
        (base / name).touch()
    assert names(Browser(base)) == ["bảng.ods", "~nháp.docx"]
    assert names(Browser(base), "~$") == names(Browser(base), ".~") == []


ODD = ["hai\ndòng.pdf", "x\u202efdp.exe", "trích 'dẫn' \"kép\".pdf", "ờ" * 83 + ".pdf", "tab\tở đây.pdf", " đầu.pdf"]


@pytest.mark.parametrize("name", [*ODD, unicodedata.normalize("NFD", "Quyết định.pdf"), "c\udcf4ng.pdf"])
def test_every_name_can_be_shown_and_found(base, name):
    (base / name).touch()
    browser = Browser(base)
    (shown,) = names(browser)
    shown.encode("utf-8")
    assert "\n" not in shown and "\t" not in shown and unicodedata.is_normalized("NFC", shown)
    assert names(browser, shown[:3]) == [shown]
    assert browser.look().entries[0].path.exists()


@pytest.mark.parametrize(("kept", "typed"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD")])
def test_either_form_of_a_name_is_found_by_either(base, kept, typed):
    name = "Quyết định số 3.docx"
    folder = base / unicodedata.normalize(kept, "Thư mục đ")
    folder.mkdir()
    (folder / unicodedata.normalize(kept, name)).touch()
    way = unicodedata.normalize(typed, f"Thư mục đ/{name}")
    assert as_path(way, base).exists() and meant(way, base)[0].exists()
    assert names(Browser(base), unicodedata.normalize(typed, "Thư mục đ/Quyết")) == [name]
    assert completed("Thư mục đ/quy", base) == f"Thư mục đ/{name}"


def test_paths_as_terminals_paste_them(base):
    one, other = base / "công văn 1.pdf", base / "nghị 'quyết'.pdf"
    for path in (one, other):
        path.touch()
    address = one.as_uri()
    assert meant(str(one), base) == [one] and meant(f"  '{one}' ", base) == [one] and meant(f'"{one}"', base) == [one]
    assert meant(address, base) == [one] and meant(f"{address} {other.as_uri()}", base) == [one, other]
    assert meant(str(base / "công văn 2.pdf"), base) == [base / "công văn 2.pdf"]
    if os.name != "nt":
        escaped = str(one).replace(" ", "\\ ")
        quoted = f"'{other}'".replace("nghị 'quyết'", "nghị '\\''quyết'\\''")
        assert meant(escaped, base) == [one] and meant(f"{escaped} {quoted}", base) == [one, other]


@pytest.mark.parametrize(
    "typed", ["~khong-ai/x", "x\0y", "/proc/1/root/x", "a" * 5000, "'", '"', "file://", "~", "//", "\\"]
)
def test_no_path_stops_it(base, typed):
    assert isinstance(meant(typed, base), list) and isinstance(completed(typed, base), str)
    Browser(base).look(typed)


def test_a_folder_that_cannot_be_read_says_why(base):
    gone = Browser(base / "không có")
    assert gone.look().trouble and gone.look().entries == []
    (base / "tệp").touch()
    assert Browser(base / "tệp").look().trouble
    assert Browser(base).look().trouble == ""


def test_ten_thousand_entries_are_cut_and_counted(base):
    for number in range(1200):
        (base / f"{number:05}.pdf").touch()
    listed = Browser(base).look()
    assert len(listed.entries) == 300 and listed.left_out == 900
    assert [one.name for one in Browser(base).look("01199").entries] == ["01199.pdf"]


def test_it_begins_where_it_was_used_last(base, tmp_path, monkeypatch):
    odd = tmp_path / "c\udcf4ng"
    odd.mkdir()
    for folder in (base, odd):
        browser = Browser(base)
        browser.enter(folder)
        browser.remember()
        assert begin_at() == folder
    odd.rmdir()
    assert begin_at().is_dir() and begin_at() != odd


def test_up_and_down_and_marks(base):
    (base / "a.pdf").touch()
    inner = base / "trong"
    inner.mkdir()
    browser = Browser(inner)
    assert browser.up() == inner and browser.folder == base
    browser.toggle(base / "a.pdf")
    browser.toggle(base / "b.pdf")
    browser.toggle(base / "a.pdf")
    assert browser.marked == [base / "b.pdf"]
    assert Browser(Path("/")).up() == Path("/")


def test_folders_are_told_from_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert shown_folder(tmp_path) == "~" and shown_folder(tmp_path / "đ") == f"~{os.sep}đ"
    assert shown_name("a\udcffb") == "a�b"
