"""The pages: their Markdown, what of a dossier they show, and that nobody's text becomes markup."""

import html
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoso.formulas import parse
from hoso.render.conditions import Wording
from hoso.render.converting import to_html
from hoso.render.markup import lit, prose
from hoso.text import plain, slug
from hoso.workspace import Workspace
from tests.site_case import PAGES, markdown_of_the_site, planned, replaced, small_workspace

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "a {: onclick=alert(1) }",
    "# h {#id onclick=x}",
    "| a | b |",
    "`code` ``` ~~~",
    "**b** *i* _u_ ~~s~~",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "1. one",
    "- dash",
    "> quote",
    "    indented",
    "---",
    "a\\*b",
    "<https://evil.example>",
    "[^1]: note",
    "*[HTML]: abbr",
    "\x02klzzwxh:0001\x03",
    "\x02amp\x03",
    "!!! note",
    ":   def",
    "{{ config }} {% raw %}",
    '--8<-- "x"',
    "$x$ \\(y\\)",
    "\"'`=<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "a\u202egnp.exe",
    "x\ny\n\nz",
    "+++",
    "***",
]
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.sampled_from("ab đ<>&#;:/\\*_[](){}|`~!\"'=-+.^$%@1\n\t\x02\x03"), max_size=40),
    st.tuples(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE)).map(" ".join),
)


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def seen(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def markdown():
    return markdown_of_the_site()


@pytest.mark.parametrize(
    ("around", "tags"),
    [
        ("{}", ["p"]),
        ("# {} {{#x}}", ["h1", "a"]),
        ("- {}", ["ul", "li"]),
        ("| @ |\n| --- |\n| {} |", ["table", "thead", "tr", "th", "tbody", "tr", "td"]),
        ("[{}](x.html)", ["p", "a"]),
        ("**{}**", ["p", "strong"]),
        ('!!! note "{}"', ["div", "p"]),
    ],
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_short_text_is_only_text_to_every_reader_of_markdown(markdown, around, tags, text):
    if not plain(text.replace("\n", " ")):
        return
    source = around.format(lit(text))
    theirs = Reader(markdown.reset().convert(source))
    ours = Reader(to_html(source, lambda target: target, "#", slug).html)
    for read in (theirs, ours):
        assert [tag for tag, _ in read.tags] == tags
        told = read.text.strip().removesuffix("¶").removeprefix("@\n" if "@ |" in around else "")
        assert seen(told) == seen(re.sub("[\x02\x03\u202e]", "", text))
        assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, breaks=st.booleans())
def test_prose_of_others_runs_nothing_and_loads_nothing(markdown, text, breaks):
    made = prose(text, breaks=breaks)
    assert "\n" not in made
    for read in (Reader(made), Reader(markdown.reset().convert(made))):
        for tag, attributes in read.tags:
            assert tag not in {"script", "img", "iframe", "style", "object", "svg", "form", "input", "link", "base"}
            assert not any(name.startswith("on") or name in ("style", "src", "id") for name in attributes)
            assert (attributes.get("href") or "http:").partition(":")[0] in {"http", "https", "mailto"}


def test_prose_keeps_what_people_write():
    made = prose("Một **hai**\n\n- ba\n- bốn\n\n# Năm\n\nsáu < 5 & <b>", breaks=True)
    assert "<strong>hai</strong>" in made
    assert made.count("<li>") == 2
    assert "<p><strong>Năm</strong></p>" in made
    assert "sáu &lt; 5 &amp; &lt;b&gt;" in made


def test_lines_of_an_answer_stay_lines():
    assert "<br" in prose("một\nhai", breaks=True)
    assert "<br" not in prose("một\nhai")


def same(text: str) -> str:
    """The HTML without what no browser shows: blanks between tags, ways of writing a character."""
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html.unescape(text.replace("<br />", "<br>")))).strip()


@pytest.mark.parametrize("extent", ["all", "totals"])
def test_our_conversion_gives_what_python_markdown_gives(markdown, tmp_path, workspace_root, extent):
    replaced(workspace_root / "outlines/bao-cao-tccs-dang-2021.yaml", "{dossiers: totals", "{dossiers: all")
    replaced(workspace_root / "checklists/tong-ket-tccs-2021.yaml", "{dossiers: totals", f"{{dossiers: {extent}")
    for root in (workspace_root, small_workspace(tmp_path)):
        pages = planned(root).pages
        assert len(pages) > 6
        for page in pages.values():
            theirs = markdown.reset().convert(page.body)
            ours = to_html(page.body, lambda target: target, "Liên kết tới mục này", slug)
            assert same(ours.html) == same(theirs), page.path


@pytest.fixture
def golden(monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-12-01")


def test_pages_of_a_small_workspace(tmp_path, golden):
    """HOSO_GOLDEN=1 writes what comes out now as what has to come out."""
    pages = planned(small_workspace(tmp_path)).pages
    if os.environ.get("HOSO_GOLDEN"):
        for path, page in pages.items():
            (PAGES / path).parent.mkdir(parents=True, exist_ok=True)
            (PAGES / path).write_text(page.markdown, encoding="utf-8", newline="\n")
    kept = {path.relative_to(PAGES).as_posix(): path.read_text(encoding="utf-8") for path in PAGES.rglob("*.md")}
    assert {path: page.markdown for path, page in pages.items()} == kept


def dossier_page(
    tmp_path: Path, extent: str, *, of_outline: str = "all", state: str = "drafting", begins: str = "drafting"
) -> str | None:
    root = small_workspace(tmp_path)
    replaced(
        root / "checklists/hs-2021.yaml", "{dossiers: all, from: drafting}", f"{{dossiers: {extent}, from: {begins}}}"
    )
    replaced(
        root / "outlines/bc.yaml", "{dossiers: all, from: drafting}", f"{{dossiers: {of_outline}, from: drafting}}"
    )
    replaced(root / "checklists/hs-2021/don-vi-a/dossier.yaml", "state: drafting", f"state: {state}")
    answers = 'hoso: 1\noutline: bc\nversion: 1\nanswers:\n  chung:\n    rieng: "chỉ mình tôi"\n'
    (root / "checklists/hs-2021/don-vi-a/bao_cao.private.yaml").write_text(answers, encoding="utf-8")
    page = planned(root).pages.get("ho-so/hs-2021/don-vi-a.md")
    return html.unescape(page.markdown) if page else None


def test_nothing_is_shown_unless_it_is_opted_in(tmp_path):
    assert dossier_page(tmp_path, "none") is None


@pytest.mark.parametrize(
    ("state", "shown"), [("drafting", False), ("returned", False), ("handed_in", True), ("accepted", True)]
)
def test_nothing_is_shown_before_the_given_state(tmp_path, state, shown):
    page = dossier_page(tmp_path, "all", state=state, begins="handed_in")
    assert (page is not None) is shown


@pytest.mark.parametrize(
    ("extent", "progress", "figures", "everything"),
    [
        ("state", False, False, False),
        ("totals", True, False, False),
        ("figures", True, True, False),
        ("all", True, True, True),
    ],
)
def test_what_each_extent_shows(tmp_path, extent, progress, figures, everything):
    page = dossier_page(tmp_path, extent)
    assert page is not None
    assert "đang soạn" in page
    assert ("<progress" in page) is progress
    assert ("8.341 đảng viên" in page and "8.197" in page) is figures
    assert ("không có thôn" in page and "khối mã" in page and "Dòng" in page) is everything


def test_the_stricter_of_checklist_and_outline_holds(tmp_path):
    page = dossier_page(tmp_path, "all", of_outline="totals")
    assert page is not None
    assert "<progress" in page
    assert "8.341" not in page


@pytest.mark.parametrize("extent", ["state", "totals", "figures", "all"])
def test_private_answers_are_never_shown(tmp_path, extent):
    page = dossier_page(tmp_path, extent)
    assert page is not None
    assert "chỉ mình tôi" not in page
    assert "Ghi chú riêng" not in page


def test_a_field_made_private_later_is_private_in_a_frozen_wording_too(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "outlines/bc.yaml", "type: number, measure", "type: number, private: true, measure")
    assert "8" + "." + "341" not in html.unescape(planned(root).pages["ho-so/hs-2021/don-vi-a.md"].markdown)


def test_units_that_show_nothing_are_counted_on_the_board(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/hs-2021.yaml", "{dossiers: all, from: drafting}", "{dossiers: totals, from: handed_in}")
    board = html.unescape(planned(root).pages["tinh-hinh/hs-2021.md"].markdown)
    assert "Sở B" in board
    assert "Huyện ủy" not in board
    assert "2 đơn vị, vì danh mục chưa cho công bố" in board
    assert "1/3" in board


@pytest.mark.parametrize(
    ("broken", "page"),
    [("bao_cao.yaml", "ho-so/hs-2021/don-vi-a.md"), ("dossier.yaml", "tinh-hinh/hs-2021.md")],
)
def test_a_broken_dossier_is_shown_with_its_problem_and_told(tmp_path, broken, page):
    root = small_workspace(tmp_path)
    (root / "checklists/hs-2021/don-vi-a" / broken).write_text("hoso: 1\nanswers: [bí mật\n", encoding="utf-8")
    made = planned(root)
    shown = html.unescape(made.pages[page].markdown)
    assert "yaml-syntax" in shown
    assert "bí mật" not in shown
    assert any("yaml-syntax" in warning for warning in made.warnings)


def test_a_broken_definition_is_told_where_its_page_would_be_listed(tmp_path):
    root = small_workspace(tmp_path)
    (root / "outlines/hong.yaml").write_text("hoso: 1\ntitle: x\n", encoding="utf-8")
    made = planned(root)
    assert "hong" in html.unescape(made.pages["de-cuong/index.md"].markdown)
    assert any("outlines/hong.yaml" in warning for warning in made.warnings)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('unit.kind == "so"', "loại đơn vị là “Sở, ban, ngành”"),
        ('unit.kind in ["so", "huyen"]', "loại đơn vị là “Sở, ban, ngành” hoặc “Huyện ủy”"),
        ('not (unit.kind in ["so"])', "loại đơn vị không phải là “Sở, ban, ngành”"),
        ('co_so == "kem"', "“Mức” là “Kém <b>”"),
        ("chung.dang_vien > 5000", "“Số đảng viên” lớn hơn 5.000"),
        ('co_so == "tot" and dang_vien >= 1', "“Mức” là “Tốt” và “Số đảng viên” từ 1 trở lên"),
        ('in_group("mien_nui")', "đơn vị thuộc nhóm “mien_nui”"),
        ("dang_vien + 1 > 2", "dang_vien + 1 > 2"),
    ],
)
def test_conditions_in_words(tmp_path, condition, words):
    definitions = Workspace(small_workspace(tmp_path)).definitions
    outline = definitions.outlines["bc"]
    assert Wording(definitions, outline)(parse(condition), outline.nodes["chung"]) == words
