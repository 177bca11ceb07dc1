"""Whatever is typed anywhere is either seen by the guard, with its place, or stands on no page."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

import pytest

from hoso import publish
from hoso.publishing_site import publish_site
from hoso.workspace import Workspace
from tests.canary_case import canary_workspace, put, spots
from tests.site_case import planned, replaced

WORD = "chimbao"
BOX = WORD + "@" + "don-vi.example"


def shown(made: publish.Plan) -> list[str]:
    """The pages on which the word stands, in whatever way it is written there."""
    texts = {path: f"{page.body} {page.meta}" for path, page in made.pages.items()}
    return [path for path, text in texts.items() if WORD in re.sub("<[^>]*>", "", html.unescape(text))]


def test_every_place_is_seen_or_shown_nowhere(tmp_path: Path) -> None:
    root = canary_workspace(tmp_path)
    assert planned(root).stops == []
    seen, missed = set(), []
    for spot in spots(root):
        was = put(root, spot, BOX)
        made = planned(root)
        found = {(one.path, one.line) for one in made.stops}
        if (spot.path, spot.line) in found:
            seen.add((spot.path.rpartition("/")[2], spot.text))
        elif shown(made) or found:
            missed.append((spot.path, spot.line, spot.text, shown(made)[:2], sorted(map(str, found))[:3]))
        (root / spot.path).write_text(was, encoding="utf-8")
    assert missed == [], "\n".join(map(str, missed))
    # That this looks at anything: some of the places that must be seen.
    assert {
        ("bao_cao.yaml", "Có {{chung.dang_vien}} đảng viên"), ("bao_cao.yaml", "không có thôn"), ("bao_cao.yaml", "8197"),
        ("bao_cao.yaml", "chưa được phép nêu"), ("dossier.yaml", "in sai từ năm trước"),
        ("dossier.yaml", "bao_cao/kem theo.pdf"), ("units.yaml", "Sở B"), ("bc.yaml", "Mức"), ("hs-2021.yaml", "Hồ sơ năm 2021"),
    } <= seen  # fmt: skip
    assert not {text for _, text in seen} & {
        "ghi chú kín",
        "xem lại số này",
        "đã sửa",
        "xem lại",
        "câu trả lời cũ",
        "phòng",
    }


@pytest.mark.parametrize(
    ("name", "old"), [("index.md", "Trang đầu"), ("index.md", "Xin chào"), ("index.md", "Nội dung"), ("so.csv", "a,b")]
)
def test_files_made_by_hand_are_seen(tmp_path: Path, name: str, old: str) -> None:
    root = canary_workspace(tmp_path)
    replaced(root / "site/pages" / name, old, BOX)
    assert {one.path for one in planned(root).stops} == {name}


def test_documents_to_be_fetched_and_the_names_of_files_are_seen(tmp_path: Path) -> None:
    root = canary_workspace(tmp_path)
    with zipfile.ZipFile(root / "site/pages/mau.docx", "w") as box:
        box.writestr("word/document.xml", f"<w:p><w:t>{WORD}</w:t><w:t>@don-vi.example</w:t></w:p>")
    (root / "site/pages/so-dt-09{}.png".format("12345678")).write_bytes(b"x")
    assert {one.path.rpartition(".")[2] for one in planned(root).stops} == {"docx", "png"}


def test_files_that_cannot_be_read_are_named_and_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hoso.cli import main

    root = canary_workspace(tmp_path)
    (root / "site/pages/huong-dan.pdf").write_bytes(b"%PDF-1.4")
    (root / "site/pages/hong.docx").write_bytes(b"PK not a box")
    made = planned(root)
    unread = {one.path for one in made.findings if one.code == "publish-unread"}
    assert {"huong-dan.pdf", "hong.docx"} <= unread
    assert made.stops == [] and not [name for name in unread if name.endswith((".md", ".csv"))]
    monkeypatch.chdir(root)
    with pytest.raises(SystemExit) as ended:
        main(["publish"])
    assert ended.value.code == 0
    assert "huong-dan.pdf sẽ lên trang, mà chữ trong tệp này chưa quét được" in capsys.readouterr().err
    assert (root / "build/site/huong-dan.pdf").is_file()


def test_the_name_of_the_site_and_the_theme_are_seen(tmp_path: Path) -> None:
    from tests.site_case import ROOT

    root = canary_workspace(tmp_path)
    (root / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    replaced(root / "mkdocs.yml", "site_name: ", f"copyright: {BOX}\nsite_name: ")
    (root / "site/theme").mkdir()
    (root / "site/theme/main.html").write_text(f"<p>{BOX}</p>", encoding="utf-8")
    assert {one.path for one in planned(root).stops} == {"mkdocs.yml", "site/theme/main.html"}


def test_the_folder_of_a_unit_that_is_in_no_list_is_seen(tmp_path: Path) -> None:
    root = canary_workspace(tmp_path)
    name = "09" + "12345678"
    (root / "checklists/hs-2021" / name).mkdir()
    text = f"hoso: 1\nunit: {name}\nstate: drafting\nattachments:\n"
    (root / "checklists/hs-2021" / name / "dossier.yaml").write_text(text, encoding="utf-8")
    assert {one.path for one in planned(root).stops} == {f"checklists/hs-2021/{name}"}


def test_what_is_stopped_leaves_the_site_that_stands(tmp_path: Path) -> None:
    root = canary_workspace(tmp_path)
    assert not publish_site(Workspace(root)).stopped
    site = root / "build/site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    replaced(root / "checklists/hs-2021/don-vi-a/bao_cao.yaml", "không có thôn", BOX)
    result = publish_site(Workspace(root))
    assert result.stopped and len(result.findings) == 1
    assert re.search(r"don-vi-a/bao_cao\.yaml:\d+:\d+: ", result.findings[0].line_of_text())
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_waiver_holds_for_the_text_that_it_names(tmp_path: Path) -> None:
    root = canary_workspace(tmp_path)
    answers = root / "checklists/hs-2021/don-vi-a/bao_cao.yaml"
    replaced(answers, "không có thôn", BOX)
    (found,) = planned(root).stops
    with (answers.parent / "dossier.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"  - {{code: publish-secret, key: {found.key}, text: {found.params['text']}, reason: hộp thư chung}}\n"
        )
    assert planned(root).stops == []
    assert f"text: {found.params['text']}" in found.remedy
    replaced(answers, BOX, f"x{BOX}")
    assert [one.key for one in planned(root).stops] == [found.key]
