"""Workspaces spoiled by small edits of the shipped one: `hoso check` names every fault and never falls over."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

from hoso.cli import main

OUTLINE, CHECKLIST = "outlines/bao-cao-tccs-dang-2021.yaml", "checklists/tong-ket-tccs-2021.yaml"
LISTS, UNITS = "outlines/lists.yaml", "checklists/units.yaml"
FOLDER = "checklists/tong-ket-tccs-2021"
DOSSIER = f"{FOLDER}/khoi-cq-dn-ha-tinh"
ANSWERS, STATE = f"{DOSSIER}/bao_cao.yaml", f"{DOSSIER}/dossier.yaml"
FILE = f"{DOSSIER}/files/cong_van/cong-van-gui-bao-cao.docx"
Edit = Callable[[Path], object]


def swap(name: str, before: str, after: str) -> Edit:
    def edit(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert before in text, before
        (root / name).write_text(text.replace(before, after, 1), encoding="utf-8", newline="\n")

    return edit


def put(name: str, content: str | bytes) -> Edit:
    def edit(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return edit


def add(name: str, text: str) -> Edit:
    return lambda root: (root / name).write_text(
        (root / name).read_text(encoding="utf-8") + text, encoding="utf-8", newline="\n"
    )


def gone(name: str) -> Edit:
    return lambda root: rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()


def folder(name: str) -> Edit:
    """Puts a folder where a file belongs: it cannot be read, whoever runs the tests."""

    def edit(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).mkdir()

    return edit


def loop(name: str) -> Edit:
    def edit(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(root / name)

    return edit


def both(*edits: Edit) -> Edit:
    return lambda root: [edit(root) for edit in edits]


def check(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]]]:
    with pytest.raises(SystemExit) as ended:
        main(["check", str(root), "--format", "json", *arguments])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert isinstance(ended.value.code, int)
    return int(ended.value.code), json.loads(told.out)


def lines(found: list[dict[str, object]]) -> list[str]:
    return [f"{one['path']} {one['code']}@{one['line'] or '-'}:{one['column'] or '-'}" for one in found]


CASES: dict[str, tuple[Edit, list[str]]] = {
    # how files are written
    "tabs": (swap(OUTLINE, "\n    number: none", "\n\tnumber: none"), [f"{OUTLINE} yaml-syntax@66:1"]),
    "tag": (swap(OUTLINE, "layout: report", "layout: !!str report"), [f"{OUTLINE} yaml-tag@3:9"]),
    "merge-key": (swap(OUTLINE, "numbering:", "<<: x\nnumbering:"), [f"{OUTLINE} yaml-merge-key@38:1"]),
    "duplicate-key": (
        swap(OUTLINE, "layout: report", "title: Hai\nlayout: report"),
        [f"{OUTLINE} yaml-duplicate-key@3:1"],
    ),
    "self-reference": (
        swap(CHECKLIST, "units: {", "previous: &x [*x]\nunits: {"),
        [f"{CHECKLIST} yaml-self-reference@11:11", f"{CHECKLIST} not-text@11:11"],
    ),
    "alias-in-dossier": (
        swap(STATE, "size: 1255", "size: &s 1255\n      sha: *s"),
        [f"{STATE} yaml-alias@8:13", f"{STATE} key-unknown@9:7"],
    ),
    "not-utf-8": (put(LISTS, b"hoso: 1\nlists:\n  a: \xe9\n"), [f"{LISTS} not-utf-8@3:6"]),
    "utf-16": (
        lambda root: (root / UNITS).write_bytes((root / UNITS).read_text(encoding="utf-8").encode("utf-16")),
        [f"{UNITS} not-utf-8@1:1"],
    ),
    "nul": (swap(ANSWERS, "so_tccs: 109", "so_tccs: 1\0" + "09"), [f"{ANSWERS} control-character@16:15"]),
    "binary": (put(ANSWERS, bytes(range(256)) * 9), [f"{ANSWERS} not-utf-8@2:118"]),
    "too-large": (put(ANSWERS, b"#" * 9_000_000), [f"{ANSWERS} file-too-large@-:-"]),
    "empty": (put(CHECKLIST, ""), [f"{CHECKLIST} empty-file@1:1"]),
    "empty-dossier": (put(STATE, "# trống\n"), [f"{STATE} empty-file@1:1", f"{STATE} attachment-missing@-:-"]),
    "several-documents": (
        add(STATE, "---\nhoso: 1\n"),
        [f"{STATE} yaml-several-documents@16:1", f"{STATE} attachment-missing@-:-"],
    ),
    "list-for-mapping": (put(ANSWERS, "- hoso: 1\n- answers\n"), [f"{ANSWERS} not-a-mapping@1:1"]),
    "deep-brackets": (put(ANSWERS, "hoso: 1\nanswers: " + "[" * 100_000), [f"{ANSWERS} yaml-too-deep@2:59"]),
    "deep-dashes": (put(ANSWERS, "- " * 20_000), [f"{ANSWERS} yaml-too-deep@1:101"]),
    "deep-dossier": (
        put(
            ANSWERS,
            "hoso: 1\noutline: bao-cao-tccs-dang-2021\nanswers:\n" + "\n".join(" " * n + "a:" for n in range(1, 400)),
        ),
        [f"{ANSWERS} yaml-too-deep@53:51"],
    ),
    "conflict": (
        swap(ANSWERS, "    so_tccs: 109\n", "<<<<<<< HEAD\n    so_tccs: 109\n=======\n    so_tccs: 108\n>>>>>>> b\n"),
        [f"{ANSWERS} conflict-markers@16:1"],
    ),
    "huge-figure": (swap(ANSWERS, "so_tccs: 109", "so_tccs: " + "9" * 100_000), [f"{ANSWERS} not-a-number@16:14"]),
    # versions
    "version-newer": (swap(OUTLINE, "hoso: 1", "hoso: 2"), [f"{OUTLINE} version-newer@1:7"]),
    "version-missing": (swap(CHECKLIST, "hoso: 1\n", ""), [f"{CHECKLIST} version-missing@1:1"]),
    "version-strange": (swap(UNITS, "hoso: 1", "hoso: v1"), [f"{UNITS} version-unknown@1:7"]),
    "version-in-dossier": (
        swap(STATE, "hoso: 1", "hoso: 10"),
        [f"{STATE} version-newer@1:7", f"{STATE} attachment-missing@-:-"],
    ),
    # definitions
    "two-sections-one-id": (
        swap(OUTLINE, "- id: to_chuc\n", "- id: lanh_dao\n"),
        [f"{OUTLINE} id-duplicate@139:13", f"{ANSWERS} answer-section-unknown@56:3"],
    ),
    "unknown-key": (swap(OUTLINE, "more_asks: true", "more_ask: true"), [f"{OUTLINE} key-unknown@160:13"]),
    "type-unknown": (swap(OUTLINE, "id: can_cu, type: text", "id: can_cu, type: txt"), [f"{OUTLINE} not-one-of@72:28"]),
    "facet-unknown": (
        swap(OUTLINE, "facets: [ket_qua, han_che, dat_ra]", "facets: [ket_qua, han_che, dat_re]"),
        [f"{OUTLINE} facet-unknown@145:40", f"{ANSWERS} answer-field-unknown@75:5"],
    ),
    "list-unknown": (
        swap(OUTLINE, "id: can_cu, type: text, lines: 1", "id: can_cu, type: choice, options: muc_xep_lai"),
        [f"{OUTLINE} list-unknown@72:45"],
    ),
    "document-unknown": (
        swap(OUTLINE, "mentions: [38-HD/BTCTW]", "mentions: [83-HD/BTCTW]"),
        [f"{OUTLINE} document-unknown@149:28"],
    ),
    "condition-name": (
        swap(OUTLINE, "required: 'cach_ban_hanh == \"khac\"'", "required: 'cach_ban_hnh == \"khac\"'"),
        [f"{OUTLINE} name-unknown@194:90"],
    ),
    "condition-formula": (
        swap(OUTLINE, "required: 'cach_ban_hanh == \"khac\"'", "required: 'cach_ban_hanh ** 2'"),
        [f"{OUTLINE} formula-refused@194:105"],
    ),
    "condition-brackets": (
        swap(
            OUTLINE,
            'applies: not (unit.kind in ["quan_su_bien_phong", "cong_an"])',
            'applies: not (unit.kind in ["quan_su_bien_phong", "cong_an"]',
        ),
        [f"{OUTLINE} formula-syntax@155:77"],
    ),
    "condition-kind": (
        swap(OUTLINE, 'unit.kind in ["quan_su', 'unit.kind in ["quam_su'),
        [f"{OUTLINE} kind-unknown@155:45"],
    ),
    "limits": (
        swap(OUTLINE, "words: {at_least: 30, at_most: 2000}", "words: {at_least: 3000, at_most: 2000}"),
        [f"{OUTLINE} limits-crossed@45:12"],
    ),
    "numbering": (swap(OUTLINE, 'numbering: [I, "1"', 'numbering: [I, "?"'), [f"{OUTLINE} numbering-invalid@38:16"]),
    "title-gone": (
        swap(OUTLINE, "title: Báo cáo tổng kết về xây dựng tổ chức cơ sở đảng và đội ngũ đảng viên\n", ""),
        [f"{OUTLINE} key-missing@1:1"],
    ),
    "outline-gone": (gone(OUTLINE), [f"{CHECKLIST} outline-unknown@49:14"]),
    "outline-is-a-folder": (folder(OUTLINE), [f"{OUTLINE} file-unreadable@-:-"]),
    "lists-is-a-folder": (folder(LISTS), [f"{LISTS} file-unreadable@-:-"]),
    "lists-loop": (loop(LISTS), [f"{LISTS} file-unreadable@-:-"]),
    "units-gone": (gone(UNITS), [f"{STATE} unit-unknown@2:7"]),
    "outline-name": (
        lambda root: (root / OUTLINE).rename(root / "outlines/Báo cáo.yaml"),
        [f"{CHECKLIST} outline-unknown@49:14", "outlines/Báo cáo.yaml file-id-invalid@-:-"],
    ),
    "checklist-title": (
        swap(CHECKLIST, "title: Hồ sơ", "titel: Hồ sơ"),
        [f"{CHECKLIST} key-missing@1:1", f"{CHECKLIST} key-unknown@2:1"],
    ),
    "checklist-empty": (put(CHECKLIST, "hoso: 1\ntitle: T\nitems:\n"), [f"{CHECKLIST} key-missing@3:7"]),
    "checklist-no-items": (
        put(CHECKLIST, "hoso: 1\ntitle: T\nitems: []\n"),
        [f"{CHECKLIST} list-empty@3:8", f"{ANSWERS} answers-file-unknown@-:-", f"{STATE} attachment-unknown@5:3"],
    ),
    "checklist-gone": (gone(CHECKLIST), [f"{FOLDER} checklist-unknown@-:-"]),
    "checklist-outline": (
        swap(CHECKLIST, "outline: bao-cao-tccs-dang-2021", "outline: bao-cao-tccs-dang-2012"),
        [f"{CHECKLIST} outline-unknown@49:14"],
    ),
    "checklist-item-twice": (
        swap(CHECKLIST, "- id: minh_chung", "- id: bang_so_lieu"),
        [f"{CHECKLIST} id-duplicate@57:9"],
    ),
    "checklist-deadline": (
        swap(CHECKLIST, "deadline: none\npublish", "deadline: {before: 2021-13-01}\npublish"),
        [f"{CHECKLIST} not-a-day@5:20"],
    ),
    "checklist-kinds": (
        swap(CHECKLIST, "kinds: [dang_uy_khoi,", "kinds: [dang_uy_khoii,"),
        [f"{CHECKLIST} kind-unknown@11:17", f"{STATE} unit-not-asked@2:7"],
    ),
    "item-reserved": (swap(CHECKLIST, "- id: minh_chung", "- id: dossier"), [f"{CHECKLIST} id-keyword@57:9"]),
    "item-without-content": (
        swap(CHECKLIST, "    outline: bao-cao-tccs-dang-2021\n", ""),
        [f"{CHECKLIST} item-without-content@47:5"],
    ),
    "parents-in-a-ring": (
        swap(UNITS, "    kind: tinh_uy\n", "    kind: tinh_uy\n    parent: khoi-cq-dn-ha-tinh\n"),
        [f"{UNITS} unit-own-parent@6:13", f"{UNITS} unit-own-parent@14:13"],
    ),
    "parent-unknown": (
        swap(UNITS, "parent: tinh-uy-ha-tinh", "parent: tinh-uy-ha-tinhh"),
        [f"{UNITS} unit-unknown@9:13"],
    ),
    "unit-name": (swap(UNITS, "  dai-hoc-ha-tinh:", "  Đại học:"), [f"{UNITS} file-id-invalid@20:3"]),
    # hoso.yaml
    "settings-broken": (put("hoso.yaml", "hoso: [1\n"), ["hoso.yaml yaml-syntax@2:1"]),
    "settings-empty": (put("hoso.yaml", ""), ["hoso.yaml empty-file@1:1"]),
    "settings-few": (put("hoso.yaml", "hoso: 1\n"), []),
    "settings-no-version": (put("hoso.yaml", "language: vi\n"), ["hoso.yaml version-missing@1:1"]),
    "settings-zone": (swap("hoso.yaml", "Asia/Ho_Chi_Minh", "Asia/Hà Nội"), ["hoso.yaml not-one-of@3:12"]),
    "settings-zone-path": (swap("hoso.yaml", "Asia/Ho_Chi_Minh", "../../etc/passwd"), ["hoso.yaml not-one-of@3:12"]),
    "settings-language": (
        swap("hoso.yaml", "language: vi", "language: fr\nlang: vi"),
        ["hoso.yaml not-one-of@2:11", "hoso.yaml key-unknown@3:1"],
    ),
    "settings-list": (swap("hoso.yaml", "language: vi", "language: [vi]"), ["hoso.yaml not-one-of@2:11"]),
    # dossiers
    "answers-folder": (folder(ANSWERS), [f"{ANSWERS} file-unreadable@-:-"]),
    "answers-loop": (loop(ANSWERS), [f"{ANSWERS} file-unreadable@-:-"]),
    "answer-number": (swap(ANSWERS, "so_tccs: 109", "so_tccs: 1,090"), [f"{ANSWERS} number-ambiguous@16:14"]),
    "answer-choice": (swap(ANSWERS, "chinh_quyen: khong", "chinh_quyen: không"), [f"{ANSWERS} choice-unknown@9:18"]),
    "answer-date": (swap(ANSWERS, "can_cu_ngay: 2021-09-22", "can_cu_ngay: 22/9/2021"), [f"{ANSWERS} not-a-day@7:18"]),
    "answer-shape": (swap(ANSWERS, "so_tccs: 109", "so_tccs: {giá: 109}"), [f"{ANSWERS} answer-shape@16:14"]),
    "answer-field": (
        swap(ANSWERS, "so_tccs: 109", "so_tcss: 109"),
        [f"{ANSWERS} answer-field-unknown@16:5", f"{ANSWERS} answer-missing@-:-"],
    ),
    "answer-section": (
        swap(ANSWERS, "\n  lanh_dao:\n", "\n  lanh_dao_2:\n"),
        [
            f"{ANSWERS} answer-section-unknown@34:3",
            f"{ANSWERS} answer-missing@-:-",
            f"{ANSWERS} answer-missing@-:-",
            f"{ANSWERS} answer-missing@-:-",
            f"{ANSWERS} ask-open@-:-",
            f"{ANSWERS} ask-open@-:-",
        ],
    ),
    "section-not-a-mapping": (
        swap(ANSWERS, "  thuc_trang:\n", "  thuc_trang: chữ\n"),
        [f"{ANSWERS} not-a-mapping@33:15"],
    ),
    "ask-unknown": (
        swap(ANSWERS, "nghi_quyet: here", "nghi_quyt: here"),
        [f"{ANSWERS} ask-unknown@36:7", f"{ANSWERS} ask-open@-:-"],
    ),
    "ask-mark": (swap(ANSWERS, "nghi_quyet: here", "nghi_quyet: có"), [f"{ANSWERS} ask-mark@36:19"]),
    "absent-no-reason": (
        swap(
            ANSWERS, "        because: Đảng bộ Khối không có thôn và tổ dân phố nên báo cáo không có nội dung này\n", ""
        ),
        [f"{ANSWERS} absent-without-reason@63:9"],
    ),
    "given-otherwise": (
        swap(ANSWERS, "    cach_ban_hanh: mau_chung\n", "    cach_ban_hanh: mau_chung\n    cach_khac: x\n"),
        [f"{ANSWERS} answer-given-otherwise@103:16"],
    ),
    "other-outline": (
        swap(ANSWERS, "outline: bao-cao-tccs-dang-2021", "outline: bao-cao-khac"),
        [f"{ANSWERS} answers-outline-differs@2:10"],
    ),
    "version-of-answers": (swap(ANSWERS, "version: 1", "version: một"), [f"{ANSWERS} not-a-whole-number@3:10"]),
    "answers-of-no-item": (
        put(f"{DOSSIER}/Báo cáo.yaml", "hoso: 1\noutline: x\n"),
        [f"{DOSSIER}/Báo cáo.yaml answers-file-unknown@-:-"],
    ),
    "dossier-gone": (
        gone(STATE),
        [
            f"{STATE} dossier-file-missing@-:-",
            f"{STATE} attachment-missing@-:-",
            STATE.replace("dossier.yaml", "files/cong_van/cong-van-gui-bao-cao.docx attachment-unlisted@-:-"),
        ],
    ),
    "dossier-folder": (folder(STATE), [f"{STATE} file-unreadable@-:-", f"{STATE} attachment-missing@-:-"]),
    "state": (swap(STATE, "state: drafting", "state: handed-in"), [f"{STATE} state-unknown@3:8"]),
    "unit": (swap(STATE, "unit: khoi-cq-dn-ha-tinh", "unit: thanh-uy-ha-tinh"), [f"{STATE} unit-mismatch@2:7"]),
    "attachment-outside": (
        swap(STATE, "file: cong_van/cong", "file: ../../cong"),
        [f"{STATE} attachment-path@7:13", f"{STATE} attachment-missing@-:-"],
    ),
    "attachment-entry": (
        swap(STATE, "      size: 1255\n", ""),
        [f"{STATE} key-missing@7:7", f"{STATE} attachment-missing@-:-"],
    ),
    "attachment-gone": (gone(FILE), [f"{STATE} attachment-lost@7:7"]),
    "attachment-changed": (put(FILE, "khác"), [f"{STATE} attachment-changed@7:7"]),
    "attachment-folder": (folder(FILE), [f"{STATE} attachment-changed@7:7"]),
    "attachment-address": (
        swap(STATE, "  cong_van:\n", "  cong_vann:\n"),
        [f"{STATE} attachment-unknown@5:3", f"{STATE} attachment-missing@-:-"],
    ),
    "waiver-empty": (add(STATE, "waivers:\n  - code: ask-open\n"), [f"{STATE} waiver-without-reason@17:5"]),
    "waiver-unused": (add(STATE, "waivers:\n  - {code: ask-open, reason: thừa}\n"), [f"{STATE} waiver-unused@17:5"]),
    "unknown-unit": (
        lambda root: (root / DOSSIER).rename(root / FOLDER / "Đơn vị lạ !"),
        [f"{FOLDER}/Đơn vị lạ !/dossier.yaml unit-mismatch@2:7", f"{FOLDER}/Đơn vị lạ !/dossier.yaml unit-unknown@2:7"],
    ),
    "unit-loop": (
        loop(f"{FOLDER}/thanh-uy-ha-tinh"),
        [
            f"{FOLDER}/thanh-uy-ha-tinh file-unreadable@-:-",
            f"{FOLDER}/thanh-uy-ha-tinh/dossier.yaml attachment-missing@-:-",
        ],
    ),
    "unit-is-a-file": (put(f"{FOLDER}/thanh-uy-ha-tinh", "x"), [f"{FOLDER}/thanh-uy-ha-tinh folder-expected@-:-"]),
    "checklist-folder-is-a-file": (both(gone(FOLDER), put(FOLDER, "x")), [f"{FOLDER} folder-expected@-:-"]),
    "dossiers-of-no-checklist": (
        put("checklists/tong-ket-2020/khoi-cq-dn-ha-tinh/dossier.yaml", "hoso: 1\n"),
        ["checklists/tong-ket-2020 checklist-unknown@-:-"],
    ),
    "several": (
        both(
            swap(ANSWERS, "so_tccs: 109", "so_tccs: x"),
            swap(ANSWERS, "chinh_quyen: khong", "chinh_quyen: x"),
            swap(STATE, "size: 1255", "size: 1256"),
            swap(UNITS, "kind: dai_hoc", "kind: dai_hocc"),
        ),
        [
            f"{UNITS} kind-unknown@22:11",
            f"{STATE} attachment-changed@7:7",
            f"{ANSWERS} choice-unknown@9:18",
            f"{ANSWERS} not-a-number@16:14",
        ],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_every_fault_is_named(
    edit: Edit, expected: list[str], workspace_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(workspace_root)
    code, found = check(workspace_root, capsys)
    assert sorted(lines(found)) == sorted(expected)
    assert code == any(one["level"] == "error" for one in found)
    for one in found:
        assert one["message"] and one["remedy"] and "{" not in str(one["message"]).replace("{…}", "")
    # The same comes out of the index, and in words.
    assert check(workspace_root, capsys) == (code, found)
    with pytest.raises(SystemExit):
        main(["check", str(workspace_root)])
    told = capsys.readouterr()
    assert len(told.out.splitlines()) >= len(found) and "Traceback" not in told.err


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 30


def test_many_faults_in_many_files_are_named_at_once(workspace_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("version-newer", "checklist-title", "waiver-empty", "answer-number", "settings-zone")
    expected = []
    for name in names:
        edit, faults = CASES[name]
        edit(workspace_root)
        expected += faults
    code, found = check(workspace_root, capsys)
    assert code == 1 and len(found) >= 3
    told = lines(found)
    # The dossier cannot be judged without its outline and checklist; everything that can be read is.
    assert [one for one in expected if one.startswith(("outlines/", "hoso.yaml", f"{CHECKLIST} "))] == [
        one for name in names for one in CASES[name][1] if one in told
    ]


def test_names_that_are_no_text_are_no_crash(workspace_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"don v\xe3")
    if sys.platform == "darwin":
        name = "don vi"
    path = workspace_root / FOLDER / name
    path.mkdir()
    (path / "dossier.yaml").write_text("hoso: 1\nunit: x\n", encoding="utf-8")
    for _ in range(2):
        code, found = check(workspace_root, capsys)
        assert code == 1 and sorted(str(one["code"]) for one in found) == ["unit-mismatch", "unit-unknown"]
