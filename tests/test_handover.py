"""The pages as plain Markdown, in the hands of another generator: here MkDocs alone, with nothing of ours."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from hoso.publish import render_to
from hoso.workspace import Workspace
from tests.site_case import ROOT, replaced, small_workspace

CONFIG = """\
INHERIT: {folder}/navigation.yml
site_name: Another
docs_dir: {folder}
site_dir: {site}
theme: {{name: mkdocs, highlightjs: false}}
use_directory_urls: false
plugins: []
markdown_extensions: [admonition, attr_list, def_list, tables]
validation:
  nav: {{omitted_files: ignore, not_found: warn, absolute_links: warn}}
  links: {{not_found: warn, absolute_links: warn, unrecognized_links: warn, anchors: warn}}
"""


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids |= {str(given[name]) for name in ("id", "name") if given.get(name)}
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))


@pytest.fixture(params=["small", "shipped"])
def root(request, tmp_path):
    return small_workspace(tmp_path) if request.param == "small" else ROOT


def paths_of(nav: object) -> list[str]:
    return re.findall(r'"([^"]+\.md)"', json.dumps(nav, ensure_ascii=False))


def test_another_generator_builds_the_pages_without_a_complaint(root, tmp_path):
    folder, site, config = tmp_path / "pages", tmp_path / "built", tmp_path / "mkdocs.yml"
    made = render_to(Workspace(root), folder)
    config.write_text(CONFIG.format(folder=folder, site=site), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    built = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    assert len(built) > len(made.pages)
    checked = 0
    for path, page in built.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", target) or path.name == "404.html" or link == "#":
                continue
            to = (path.parent / target).resolve() if target else path
            assert to in built or to.is_file(), f"{path}: {link}"
            if anchor and to in built:
                assert anchor in built[to].ids, f"{path}: {link}"
            checked += bool(anchor)
    assert checked > 20


def test_the_navigation_names_pages_that_are_there(root, tmp_path):
    made = render_to(Workspace(root), tmp_path / "pages")
    nav = yaml.safe_load((tmp_path / "pages/navigation.yml").read_text(encoding="utf-8"))["nav"]
    listed = paths_of(nav)
    assert len(listed) == len(set(listed))
    assert all((tmp_path / "pages" / path).is_file() for path in listed)
    assert {path for path, page in made.pages.items() if page.in_nav} <= set(listed)
    assert not [path for path in listed if path.startswith("ho-so/")]


def test_pages_that_are_no_longer_published_go_at_the_next_time(tmp_path):
    root, folder = small_workspace(tmp_path), tmp_path / "pages"
    render_to(Workspace(root), folder)
    assert (folder / "ho-so/hs-2021/don-vi-a.md").is_file()
    (folder / "own.txt").write_text("kept", encoding="utf-8")
    replaced(root / "checklists/hs-2021.yaml", "{dossiers: all, from: drafting}", "{dossiers: all, from: handed_in}")
    made = render_to(Workspace(root), folder)
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    assert "ho-so/hs-2021/don-vi-a.md" not in left
    assert made.pages.keys() <= left
    assert {"index.md", "tro-giup/lenh.md"} <= left
    assert (folder / "own.txt").is_file()


def test_nothing_is_written_or_taken_away_where_the_guard_stops(tmp_path):
    root, folder = small_workspace(tmp_path), tmp_path / "pages"
    render_to(Workspace(root), folder)
    before = {path: path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}
    replaced(root / "checklists/hs-2021/don-vi-a/bao_cao.yaml", "khối mã", "Mật khẩu: abc123")
    assert render_to(Workspace(root), folder).stops
    assert {path: path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()} == before


def test_the_hand_over_speaks_the_language_of_the_workspace(tmp_path):
    root, folder = small_workspace(tmp_path), tmp_path / "pages"
    settings = root / "hoso.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: vi", "language: en"), encoding="utf-8")
    assert "language: en" in settings.read_text(encoding="utf-8")
    render_to(Workspace(root), folder)
    nav = yaml.safe_load((folder / "navigation.yml").read_text(encoding="utf-8"))["nav"]
    assert [next(iter(one)) for one in nav][:3] == ["Start", "My unit", "Outlines"]
    assert "I have to report" in (folder / "index.md").read_text(encoding="utf-8")
