"""The picture of the app in the README."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests.picture import FOLDER, MARKED, MONO, NAME, ROOT, alone, draw

MOST = 300_000
OTHERS = re.compile(r"(?:https?:)?//|@import|@font-face|\burl\((?!#)|<(?:image|script|foreignObject)\b|\bhref=")


def told(svg: str) -> str:
    return "".join(ElementTree.fromstring(svg).itertext()).replace("\u00a0", " ")


def asks_others(svg: str) -> list[str]:
    """Whatever would be asked of another host; the name of the format is no address that is asked."""
    return OTHERS.findall(svg.replace('xmlns="http://www.w3.org/2000/svg"', ""))


def test_it_is_drawn_into_a_folder_and_shows_the_app(tmp_path: Path) -> None:
    made = draw(tmp_path / "new")
    svg = made.read_text(encoding="utf-8")
    assert made == tmp_path / "new" / NAME and len(svg.encode()) < MOST and not asks_others(svg)
    words = told(svg)
    assert "2.1. Về xây dựng, kiện toàn, sắp xếp" in words and "Các ý phải viết" in words and "☑" in words
    assert "Traceback" not in words and str(tmp_path) not in words


def test_the_picture_of_the_readme_is_there_and_asks_no_other_host() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"]({(FOLDER / NAME).relative_to(ROOT).as_posix()})" in readme
    svg = (FOLDER / NAME).read_text(encoding="utf-8")
    assert len(svg.encode()) < MOST and not asks_others(svg) and "Kết quả đạt được" in told(svg)


def test_fonts_of_another_host_are_left_out_and_each_letter_has_its_cell() -> None:
    svg = """<svg xmlns="http://www.w3.org/2000/svg"><!-- made with https://a.example -->
    <style>@font-face { src: url("https://a.example/x.woff2"); } .terminal-7-matrix { font-family: Fira Code, monospace; }
    </style><text class="terminal-7-r1" x="24.4" y="20" textLength="61" clip-path="url(#terminal-7-line-0)">&#160;về&amp;ở</text>
    <text class="terminal-7-r1" x="0" y="20" textLength="12.2" clip-path="url(#terminal-7-line-0)">
</text></svg>"""
    assert asks_others(svg)
    made = alone(svg)
    assert not asks_others(made) and MONO in made and MARKED in made
    assert (
        '<text class="hoso-r1" x="36.6 48.8 61 73.2" y="20">v<tspan class="two">ề</tspan>&amp;<tspan class="two">ở'
        in made
    )
    assert made.count("<text") == 1
