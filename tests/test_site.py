"""The built site: plain `mkdocs build`, publishing only what changed, no other host, search without accents."""

import base64
import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from hoso import publish
from hoso.publish import render_to
from hoso.publishing_site import SiteNotBuilt, publish_site
from hoso.workspace import Workspace
from tests.site_case import ROOT, replaced, small_workspace

ANSWER = "checklists/hs-2021/don-vi-a/bao_cao.yaml"
# The date of the build is all that differs from day to day.
NOT_COMPARED = {"sitemap.xml", "sitemap.xml.gz"}


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The shipped workspace with its own mkdocs.yml, built by plain `mkdocs build --strict`."""
    root = tmp_path_factory.mktemp("clone")
    for name in ("outlines", "checklists", "site"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("*.lock.json", "*.private.yaml"))
    for name in ("hoso.yaml", "mkdocs.yml"):
        shutil.copy(ROOT / name, root / name)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", env=quiet(root))
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return root


def quiet(root: Path) -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "HOSO_CACHE": str(root / "cache"), "PYTHONUTF8": "1"}


@pytest.fixture
def small(tmp_path):
    return small_workspace(tmp_path)


@pytest.fixture(autouse=True)
def handlers_of_mkdocs():
    yield
    assert logging.getLogger("mkdocs").propagate


def published(root: Path, *, full: bool = False):
    return publish_site(Workspace(root), full=full)


def files_of(site: Path) -> dict[str, bytes]:
    return {
        name: path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and (name := path.relative_to(site).as_posix()) not in NOT_COMPARED
    }


class Requests(HTMLParser):
    """What a page makes a browser fetch, and whether it runs code of its own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids |= {given["id"]} if given.get("id") else set()
        self.handlers += [name for name in given if name.startswith("on")]
        if tag == "a":
            self.links.append(given.get("href") or "")
        elif tag in ("script", "img", "iframe", "source", "audio", "video", "embed", "object"):
            self.fetched.append(given.get("src") or given.get("data") or "")
        elif tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload", "preconnect", "dns-prefetch"):
            self.fetched.append(given.get("href") or "")


def pages_of(site: Path) -> dict[Path, Requests]:
    return {path: Requests(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_no_page_asks_another_host_for_anything(clone, small):
    published(small)
    for site in (clone / "build/site", small / "build/site"):
        pages = pages_of(site)
        assert len(pages) > 8
        for path, page in pages.items():
            assert not [url for url in page.fetched if re.match(r"[a-z]+:|//", url)], path
            assert page.handlers == [], path
        for path in site.rglob("*.css"):
            assert not re.search(rb"url\(['\"]?(?:https?:)?//", path.read_bytes()), path


def test_every_link_between_pages_leads_somewhere(clone, small):
    published(small)
    for site in (clone / "build/site", small / "build/site"):
        pages = pages_of(site)
        for path, page in pages.items():
            if path.name == "404.html":
                continue
            for link in page.links:
                target, _, anchor = link.partition("#")
                if re.match(r"[a-z]+:", target):
                    continue
                to = (path.parent / target).resolve() if target else path
                to = to / "index.html" if to.is_dir() else to
                assert to.is_file(), f"{path}: {link}"
                if anchor and not anchor.startswith("__") and to in pages:
                    assert anchor in pages[to].ids, f"{path}: {link}"


def test_the_page_for_lost_readers_has_a_title_of_its_own(clone, small):
    published(small)
    titles = [
        re.findall("<title>(.*?)</title>", (site / name).read_text(encoding="utf-8"))
        for site in (clone / "build/site", small / "build/site")
        for name in ("index.html", "404.html")
    ]
    assert all(len(one) == 1 for one in titles)
    assert titles[1] == ["Không có trang này - Đề cương và hồ sơ báo cáo"] != titles[0]
    assert titles[3] != titles[2]


def test_the_page_that_stands_alone_carries_its_style_under_its_policy(clone):
    """It knows no other file of the site, and the policy lets this very style pass and nothing else."""
    text = (clone / "build/site/404.html").read_text(encoding="utf-8")
    [style] = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}';" in text


def test_hostile_names_stay_text_in_the_whole_page(small):
    hostile = "</title><script>alert(1)</script>"
    replaced(small / "checklists/units.yaml", "Huyện ủy A <i>", hostile)
    replaced(small / "checklists/hs-2021.yaml", "title: Hồ sơ năm 2021", f"title: '{hostile}'")
    replaced(small / "outlines/bc.yaml", "title: Báo cáo *thử* năm 2021", f"title: '{hostile}'")
    assert not published(small).warnings
    for path in (small / "build/site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text, path
        assert text.count("</title>") == 1, path
    index = json.loads((small / "build/site/search/search_index.json").read_text(encoding="utf-8"))
    assert not [one for one in index["docs"] if "<script" in one["title"] + one["text"]]


def test_the_site_searches_with_our_file_for_vietnamese(clone):
    site = clone / "build/site"
    script = "assets/javascripts/lunr/min/lunr.vi.min.js"
    assert (site / script).read_bytes() == (ROOT / "site/theme" / script).read_bytes()
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["lang"] == ["vi"]
    assert set(re.split(index["config"]["separator"], "Huyện ủy. (Đảng) 1/2")) >= {"Huyện", "ủy", "Đảng"}
    inlined = (site / "search/search_index.js").read_text(encoding="utf-8")
    assert json.loads(inlined.removeprefix("var __index = ")) == index


def test_dossiers_are_searched_by_unit_and_pages_whole(clone):
    index = json.loads((clone / "build/site/search/search_index.json").read_text(encoding="utf-8"))
    docs = {one["location"]: one for one in index["docs"]}
    dossier = [one for name, one in docs.items() if name.startswith("ho-so/")]
    units = ["Huyện ủy Bảo Lâm", "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Hà Tĩnh"]
    assert sorted(one["title"] for one in dossier) == units
    assert {"index.html", "tro-giup/lenh.html", "de-cuong/bao-cao-tccs-dang-2021.html#muc-kien-toan"} <= docs.keys()


def test_publishing_gives_the_pages_of_a_plain_build(clone):
    before = files_of(clone / "build/site")
    assert published(clone, full=True).made
    assert files_of(clone / "build/site") == before


CHANGES: dict[str, Callable[[Path], object]] = {
    "an answer": lambda root: replaced(root / ANSWER, "8341", "8342"),
    "a state": lambda root: replaced(root / "checklists/hs-2021/don-vi-a/dossier.yaml", "drafting", "handed_in"),
    "a dossier more": lambda root: _begin(root, "don-vi-c"),
    "a dossier gone": lambda root: _remove(root / "checklists/hs-2021/don-vi-a"),
    "a broken file": lambda root: (root / ANSWER).write_text("hoso: 1\nanswers: [\n", encoding="utf-8"),
    "an outline": lambda root: replaced(root / "outlines/bc.yaml", "Nêu quy mô.", "Nêu rõ quy mô."),
    "a unit's name": lambda root: replaced(root / "checklists/units.yaml", "Sở B", "Sở Ba"),
    "nothing": lambda root: None,
}


def _begin(root: Path, unit: str) -> None:
    folder = root / "checklists/hs-2021" / unit
    folder.mkdir()
    (folder / "dossier.yaml").write_text(f"hoso: 1\nunit: {unit}\nstate: ready\nattachments:\n", encoding="utf-8")


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


@pytest.mark.parametrize("change", CHANGES)
def test_an_incremental_build_equals_a_full_one(small, change):
    published(small)
    CHANGES[change](small)
    result = published(small)
    partly = files_of(small / "build/site")
    assert result.kept or change in ("an outline", "a unit's name")
    published(small, full=True)
    assert files_of(small / "build/site") == partly


def test_only_what_changed_is_built(small):
    first = published(small)
    assert (first.kept, first.removed) == (0, 0)
    assert published(small).made == 0
    CHANGES["an answer"](small)
    assert published(small).made == 2  # its page and the roll-up: no figure stands on the board
    CHANGES["a state"](small)
    assert published(small).made == 3  # its page, the board, the list of checklists


def test_a_page_made_by_hand_is_built_again_when_it_was_saved(small):
    (small / "site/pages").mkdir(parents=True)
    page = small / "site/pages/index.md"
    page.write_text("# Một\n", encoding="utf-8")
    published(small)
    page.write_text("# Hai\n", encoding="utf-8")
    assert published(small).made == 0
    assert ">Hai<" in (small / "build/site/index.html").read_text(encoding="utf-8")


def test_a_site_with_a_page_missing_is_built_anew(small):
    published(small)
    (small / "build/site/ho-so/hs-2021/don-vi-b.html").unlink()
    assert published(small).kept == 0
    assert (small / "build/site/ho-so/hs-2021/don-vi-b.html").is_file()


def test_a_plain_build_after_publishing_is_not_mistaken(clone):
    published(clone)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run(command, cwd=clone, check=True, env=quiet(clone), capture_output=True)
    assert published(clone).made == 0


def test_what_the_guard_stops_leaves_the_site_of_before(small):
    published(small)
    before = files_of(small / "build/site")
    replaced(small / ANSWER, "khối mã", "Mật khẩu: abc123")
    for full in (False, True):
        result = published(small, full=full)
        assert result.stopped
        assert files_of(small / "build/site") == before
    replaced(small / ANSWER, "Mật khẩu: abc123", "khối mã")
    assert not published(small).stopped


def test_a_failed_build_leaves_the_site_of_before(small, monkeypatch):
    published(small)
    before = files_of(small / "build/site")
    monkeypatch.setattr("mkdocs.commands.build._build_page", _fail)
    with pytest.raises(SiteNotBuilt):
        published(small, full=True)
    assert files_of(small / "build/site") == before
    assert not list((small / "build").glob("site.*.*"))


def _fail(*args, **kwargs):
    from mkdocs.exceptions import BuildError

    raise BuildError("no")


def test_a_plain_build_fails_on_what_the_guard_finds(clone, tmp_path):
    root = Path(shutil.copytree(clone, tmp_path / "bad"))
    outline = root / "outlines/bao-cao-tccs-dang-2021.yaml"
    replaced(outline, "Giới thiệu ngắn gọn", "Họ và tên: Nguyễn Văn A. Giới thiệu")
    before = files_of(root / "build/site")
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", env=quiet(root))
    assert done.returncode != 0
    assert "publish-secret" in done.stderr
    assert "Nguyễn Văn A" not in done.stderr
    assert files_of(root / "build/site") == before


def test_a_workspace_without_a_site_of_its_own_uses_the_shipped_one(small):
    published(small)
    site = small / "build/site"
    assert "Tôi phải báo cáo" in (site / "index.html").read_text(encoding="utf-8")
    assert (site / "assets/javascripts/hoso/iframe-worker.js").is_file()
    assert not (small / "mkdocs.yml").exists()


def test_long_boards_are_cut_into_pages(small):
    units = "".join(f"  dv-{number}: {{name: Huyện {number}, kind: huyen}}\n" for number in range(450))
    with (small / "checklists/units.yaml").open("a", encoding="utf-8") as file:
        file.write(units)
    published(small)
    assert (small / "build/site/tinh-hinh/hs-2021/trang-3.html").is_file()
    CHANGES["a state"](small)
    assert published(small).made == 3
    partly = files_of(small / "build/site")
    published(small, full=True)
    assert files_of(small / "build/site") == partly


def test_the_pages_as_markdown_for_any_other_generator(small, tmp_path):
    made = render_to(Workspace(small), tmp_path / "pages")
    written = {path.relative_to(tmp_path / "pages").as_posix() for path in (tmp_path / "pages").rglob("*.md")}
    assert made.pages.keys() < written
    nav = yaml.safe_load((tmp_path / "pages/navigation.yml").read_text(encoding="utf-8"))["nav"]
    listed = re.findall(r"[\w/-]+\.md", json.dumps(nav))
    assert set(listed) <= written
    assert not [path for path in listed if path.startswith("ho-so/")]


def test_plain_mkdocs_builds_the_markdown_with_its_style_sheets(clone, tmp_path):
    made = render_to(Workspace(clone), tmp_path / "docs")
    config = "INHERIT: docs/navigation.yml\nsite_name: x\ntheme: {name: mkdocs}\nplugins: []\n"
    config += "markdown_extensions: [admonition, attr_list, def_list, tables, toc]\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", env=quiet(tmp_path))
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "site").rglob("index.html"))) > len(made.pages)
    page = Requests((tmp_path / "site/de-cuong/pl-01/index.html").read_text(encoding="utf-8"))
    sheets = [url for url in page.fetched if "hoso.css" in url or "alone.css" in url]
    assert [(tmp_path / "site/de-cuong/pl-01" / url).resolve().is_file() for url in sheets] == [True, True]


def test_progress_is_told(small):
    told = []
    publish_site(Workspace(small), tell=lambda stage, done, total: told.append((stage, done, total)))
    assert {stage for stage, _, _ in told} == {"đọc hồ sơ", "dựng trang"}
    assert all(done <= total for _, done, total in told)


def test_a_manifest_that_cannot_be_read_means_a_full_build(small):
    published(small)
    publish.manifest_of(small / "build/site").write_text('{"site": 1}', encoding="utf-8")
    assert published(small).kept == 0
