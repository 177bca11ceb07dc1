"""Draws the picture of the app for the README: `python3 dev.py picture`.

python -m tests.picture [FOLDER]      writes app.svg there; into site/assets, where no folder is named

The picture is the same wherever it is drawn: the demo, a fixed day, a fixed size, Vietnamese. It asks no other host for
anything; letters come from the reader's own machine.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape, unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER, NAME = ROOT / "site" / "assets", "app.svg"
SIZE = 120, 34
CHECKLIST, UNIT = "tong-ket-tccs-2021", "khoi-cq-dn-ha-tinh"
SHOWN = "bao_cao", "kien_toan", "ket_qua"  # the field that has the focus
LEFT_OPEN = 9  # sections from the beginning that are answered
FIXED = {
    "HOSO_TODAY": "2021-12-01", "HOSO_LANGUAGE": "vi", "TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": "truecolor",
}  # fmt: skip
MONO = '"Cascadia Mono", Consolas, Menlo, "Noto Sans Mono", "DejaVu Sans Mono", monospace'
# DejaVu Sans Mono puts letters with two marks together badly; DejaVu Sans has them whole, about as wide.
MARKED = MONO.replace("DejaVu Sans Mono", "DejaVu Sans")
CELL = 12.2  # how wide a cell of the picture is

_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_FAMILY = re.compile(r"font-family:\s*Fira Code, monospace;")
_BLANKS = re.compile(r"\n\s+")
_LINES = re.compile(r'<clipPath id="[^"]*-line-\d+">.*?</clipPath>\s*', re.DOTALL)
_TEXT = re.compile(
    r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="[^"]*" clip-path="[^"]*">(.*?)</text>', re.DOTALL
)
_TWICE = re.compile("[ấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ]+")


def draw(folder: Path) -> Path:
    """Writes the picture and gives where it is."""
    with tempfile.TemporaryDirectory() as made, _fixed(Path(made)):
        drawn = asyncio.run(_drawn(Path(made) / "demo"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    path.write_text(alone(drawn), encoding="utf-8", newline="\n")
    return path


def alone(svg: str) -> str:
    """Without anything that another host would be asked for; every letter in its cell, whatever fonts there are."""
    svg = _LINES.sub("", _COMMENT.sub("", _FONTS.sub("", svg)))
    svg = _FAMILY.sub(f"font-family: {MONO};", svg)
    svg = re.sub(r"terminal-\d+", "hoso", _TEXT.sub(_spread, svg))
    svg = svg.replace("</style>", f".two {{ font-family: {MARKED} }}\n</style>", 1)
    return _BLANKS.sub("\n", svg).strip() + "\n"


def _spread(found: re.Match[str]) -> str:
    """A run of text with the place of each letter."""
    look, x, y, words = found[1], float(found[2]), found[3], unescape(found[4])
    begin = len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        return ""
    places = " ".join(f"{x + CELL * (begin + at):.1f}".removesuffix(".0") for at in range(len(words)))
    told = _TWICE.sub(
        lambda two: f'<tspan class="two">{two[0]}</tspan>', escape(words.replace(" ", "\u00a0"), quote=False)
    )
    return f'<text class="{look}" x="{places}" y="{y}">{told}</text>'


@contextmanager
def _fixed(folder: Path) -> Iterator[None]:
    """Keeps the day, the language and the habits of whoever draws out of the picture."""
    before = dict(os.environ)
    os.environ.pop("NO_COLOR", None)
    os.environ.update(FIXED, HOSO_CACHE=str(folder / "cache"), HOSO_STATE=str(folder / "state"))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _leave_open(demo: Path) -> None:
    """Takes out what was answered behind the place that is shown, as in the middle of the work."""
    from hoso.workspace import Workspace
    from tui.places import Key
    from tui.session import Session

    session = Session(Workspace(demo), CHECKLIST, UNIT)
    for place in session.places(SHOWN[0])[LEFT_OPEN:]:
        for name in session.fields(place):
            session.put(Key("field", place.part, place.section or "", name), None)
        for name in session.asks(place):
            session.put_ask(Key("ask", place.part, place.section or "", name), None)
    figure = Key("field", SHOWN[0], SHOWN[1], "tiep_nhan")
    session.put(figure, None)
    session.close()


async def _drawn(demo: Path) -> str:
    from textual.widgets import TextArea

    from hoso.starting import make_demo
    from hoso.workspace import Workspace
    from tui.app import HosoApp
    from tui.places import Key, Place
    from tui.screens.dossier import DossierScreen

    make_demo(demo)
    _leave_open(demo)
    app = HosoApp(Workspace(demo), (CHECKLIST, UNIT))
    part, section, field = SHOWN
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = next(one for one in app.screen_stack if isinstance(one, DossierScreen))
        await screen.go(Place(part, section), Key("field", part, section, field))
        for text in screen.query(TextArea):
            text.cursor_blink = False
        await pilot.pause(0.5)
        return app.export_screenshot(title="hoso", simplify=True)


if __name__ == "__main__":
    print(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
