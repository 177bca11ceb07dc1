"""The guard: what it stops, what it lets pass, and that it never repeats what it found."""

from pathlib import Path
from unicodedata import normalize

import pytest

from hoso import i18n
from hoso.problems import Problem
from hoso.publishing_site import publish_site
from hoso.render import Said, guard
from hoso.store.moving import hand_in
from hoso.workspace import Workspace
from tests.site_case import planned, replaced, small_workspace


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("gửi về hop-thu.chung@don-vi.example.vn nhé", "a mailbox address"),
        ("hop.thu (at) example.org", "a mailbox address"),
        ("Mật khẩu: abc123", "a password"),
        ("MẬT KHẨU là Xy9#zz", "a password"),
        ("mat khau=12345678", "a password"),
        ("mật khẩu:\n  thu2021", "a password"),
        ("(password hunter2!)", "a password"),
        ("số căn cước 001089012345", "an identity number"),
        ("CCCD 001 089 012 345", "an identity number"),
        ("ĐT: 0900 000 000", "a telephone number"),
        ("gọi 0900.000.000", "a telephone number"),
        ("+84 912 345 678", "a telephone number"),
        ("(0239) 3855 555", "a telephone number"),
        ("điện thoại 09 12 34 56 78", "a telephone number"),
        ("Họ và tên: Nguyễn Văn A", "a person's name"),
        ("1. Họ tên: Trần Thị B", "a person's name"),
    ],
)
def test_what_is_found(text, kind):
    assert kind in guard.kinds(text)
    assert kind in guard.kinds(normalize("NFD", text))


@pytest.mark.parametrize(
    "text",
    [
        "Công văn số 595-CV/BTCTU ngày 22/9/2021",
        "từ 02/02/2008 đến 02/02/2023, kỳ 2010 - 2021",
        "8.341 đảng viên, 123.456.789.012 đồng",
        "tăng 94,5% so với 0,123456789012",
        "các nhóm 03 04 05 06 07 08",
        "không được để lộ mật khẩu của hộp thư",
        "mật khẩu là thông tin riêng",
        "Mật khẩu: …………",
        "Họ và tên: ………………",
        "Họ và tên người lập biểu",
        "Kết luận số 01-KL/TW, Hướng dẫn 38-HD/BTCTW",
        "05-12-2021, 05.12.2021",
    ],
)
def test_what_passes(text):
    assert guard.kinds(text) == []


def test_a_finding_says_where_and_not_what():
    (found,) = guard.findings([Said("checklists/x/y/bao_cao.yaml", "bao_cao.a.b", "Mật khẩu: bimat123")])
    assert (found.path, found.key, found.code) == ("checklists/x/y/bao_cao.yaml", "bao_cao.a.b", "publish-secret")
    assert "bimat123" not in found.line_of_text()
    assert "mật khẩu" in found.message


ANSWER = "checklists/hs-2021/don-vi-a/bao_cao.yaml"


def test_a_dossier_stops_the_build_unless_that_very_finding_is_waived(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / ANSWER, "khối mã", "gọi 0900 000 000")
    (found,) = planned(root).stops
    assert (found.path, found.key) == (ANSWER, "bao_cao.sinh_hoat.noi_dung")
    waiver = "waivers:\n  - code: publish-secret\n    key: bao_cao.sinh_hoat.noi_dung\n    reason: số trực ban\n"
    with (root / "checklists/hs-2021/don-vi-a/dossier.yaml").open("a", encoding="utf-8") as file:
        file.write(waiver)
    made = planned(root)
    assert made.stops == []
    assert [found.waived for found in made.findings] == ["số trực ban"]


def test_what_is_not_shown_is_not_scanned(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / ANSWER, "khối mã", "gọi 0900 000 000")
    replaced(root / "checklists/hs-2021.yaml", "{dossiers: all", "{dossiers: figures")
    assert planned(root).stops == []


@pytest.mark.parametrize(("figure", "stopped"), [("123456789012", False), ("001089012345", True), ("0900000000", True)])
def test_a_figure_is_only_a_number_of_somebody_with_a_zero_before_it(tmp_path, figure, stopped):
    root = small_workspace(tmp_path)
    replaced(root / ANSWER, "value: 8341", f"value: {figure}")
    assert bool(planned(root).stops) is stopped


def test_the_label_of_a_field_makes_a_name_of_its_answer(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "outlines/bc.yaml", "label: Vì sao", "label: Họ và tên")
    assert any(found.key == "bao_cao.chung.ly_do" for found in planned(root).stops)


def test_definitions_are_scanned_with_their_places(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/hs-2021.yaml", "note: gửi cả hai", "note: hop.thu@example.org")
    (found,) = planned(root).stops
    assert (found.path, found.key, found.line) == ("checklists/hs-2021.yaml", "to.0.note", 9)


def test_the_name_of_a_unit_is_told_once_where_it_can_be_mended(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/units.yaml", "Sở B", "Sở B hop.thu" + "@" + "example.org")
    (found,) = planned(root).stops
    assert (found.path, found.code) == ("checklists/units.yaml", "publish-secret-written") and found.line


def test_whoever_builds_is_told_in_his_own_language_and_pages_speak_that_of_the_workspace(tmp_path):
    root = small_workspace(tmp_path)
    (root / "checklists/hong.yaml").write_text("title: x\n", encoding="utf-8")
    i18n.use("en")  # put back after each test
    heard: list[str] = []
    made = publish_site(Workspace(root), tell=lambda what, *_: heard.append(what))
    assert not made.stopped and set(heard) == {"reading dossiers", "building pages"}
    assert any("does not say which version" in one for one in made.warnings)
    page = (root / "build/site/danh-muc/hs-2021.html").read_text(encoding="utf-8")
    assert '<html lang="vi"' in page and "Hạn nộp" in page
    replaced(root / "checklists/units.yaml", "Sở B", "Sở B hop.thu" + "@" + "example.org")
    (found,) = [one for one in publish_site(Workspace(root)).findings if one.code == "publish-secret-written"]
    assert "would show a mailbox address here" in found.message


def test_pages_written_by_hand_are_scanned_too(tmp_path):
    root = small_workspace(tmp_path)
    (root / "site/pages").mkdir(parents=True)
    (root / "site/pages/index.md").write_text("# x\n\nMật khẩu: abc123\n", encoding="utf-8")
    assert [found.path for found in planned(root).stops] == ["index.md"]


def test_a_finding_in_a_definition_is_allowed_for_that_very_text_only(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/hs-2021.yaml", "note: gửi cả hai", "note: hop.thu@example.org")
    (found,) = planned(root).stops
    assert f"text: {found.params['text']}" in found.remedy
    allow(root, found, "hộp thư chung của cơ quan")
    made = planned(root)
    assert made.stops == []
    assert [one.waived for one in made.findings] == ["hộp thư chung của cơ quan"]
    replaced(root / "checklists/hs-2021.yaml", "hop.thu@example.org", "thu.khac@example.org")
    assert [one.key for one in planned(root).stops] == ["to.0.note"]


def test_a_finding_on_a_page_is_allowed_by_its_paragraph(tmp_path):
    root = small_workspace(tmp_path)
    page = root / "site/pages/index.md"
    page.parent.mkdir(parents=True)
    page.write_text("# x\n\nmột\n\nGọi 0900 000 000\nkhi cần.\n\nhai\n", encoding="utf-8")
    (found,) = planned(root).stops
    assert (found.path, found.line) == ("index.md", 5)
    allow(root, found, "số trực ban")
    assert planned(root).stops == []
    replaced(page, "một", "ba")  # another paragraph makes no difference
    assert planned(root).stops == []
    with page.open("a", encoding="utf-8") as file:
        file.write("\nGọi 0900 000 001\n")
    assert [one.line for one in planned(root).stops] == [10]


def allow(root: Path, found: Problem, reason: str) -> None:
    with (root / "hoso.yaml").open("a", encoding="utf-8") as file:
        key = f", key: {found.key}" if found.key else ""
        file.write(f"allow:\n  - {{path: {found.path}{key}, text: {found.params['text']}, reason: {reason}}}\n")


def test_a_change_of_what_is_allowed_is_seen_by_the_next_publishing(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/hs-2021.yaml", "note: gửi cả hai", "note: hop.thu@example.org")
    kept = (root / "hoso.yaml").read_text(encoding="utf-8")
    allow(root, planned(root).stops[0], "hộp thư chung")
    assert not publish_site(Workspace(root)).stopped
    (root / "hoso.yaml").write_text(kept, encoding="utf-8")
    assert publish_site(Workspace(root)).stopped


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("allow: x", "not-a-list"),
        ("allow: [x]", "not-a-mapping"),
        ("allow:\n  - {path: a.yaml, text: abc}", "key-missing"),
        ("allow:\n  - {path: a.yaml, text: abc, reason: ''}", "key-missing"),
        ("allow:\n  - {path: a.yaml, text: abc, reason: x, keys: b}", "key-unknown"),
        ("allow:\n  - {path: a.yaml, text: abc, reason: x, key: [b]}", "key-missing"),
    ],
)
def test_an_allowance_that_is_not_whole_allows_nothing_and_is_told(tmp_path, written, code):
    root = small_workspace(tmp_path)
    with (root / "hoso.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{written}\n")
    workspace = Workspace(root)
    assert [found.code for found in workspace.problems] == [code]
    assert workspace.allowances == []


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("title: Kết quả", "title: Gọi 0900 000 000"),
        ("label: Số đảng viên", "label: Gọi 0900 000 000"),
        ("text: Nền nếp sinh hoạt theo Kết luận", "text: Gọi 0900 000 000"),
    ],
)
def test_wording_kept_at_hand_in_is_scanned_after_its_definition_was_mended(tmp_path, now, then):
    root = small_workspace(tmp_path)
    outline = root / "outlines/bc.yaml"
    replaced(outline, now, then)
    workspace = Workspace(root)
    hand_in(root, workspace.open("hs-2021", "don-vi-a"), workspace.definitions, workspace.clock.now())
    replaced(outline, then, now)
    assert "checklists/hs-2021/don-vi-a/frozen/bao_cao.yaml" in {found.path for found in planned(root).stops}
