"""What holds for every screen and every window: its keys are told, nothing is cut off, one language is spoken."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from textual.containers import ScrollableContainer
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from hoso.i18n import tr
from tests import tour
from tests.seen import english_in, lines, text, vietnamese_in
from tests.tour import Tour
from tui import keys
from tui.app import HosoApp
from tui.screens.dossier import DossierScreen
from tui.screens.help import HelpScreen
from tui.screens.preview import PreviewScreen
from tui.widgets.grid_view import GridView
from tui.widgets.keybar import KeyBar
from tui.widgets.palette import Palette
from tui.widgets.paper_view import PaperView

LARGE = 200, 45  # in which one walks
SMALLER = (120, 24), (80, 24)
Findings = dict[str, list[str]]


@pytest.fixture(scope="module", params=["vi", "en"])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What a walk through all stops shows to be wrong, by what it is about; the content says nothing but numbers."""
    language: str = request.param
    home = tmp_path_factory.mktemp("tour")
    findings: Findings = defaultdict(list)

    async def look(walked: Tour) -> None:
        findings["stops"].append(walked.stop)
        findings["language"] += [f"{walked.stop}: {one}" for one in foreign(walked, language)]
        if language == "vi":
            findings["keys"] += [f"{walked.stop}: {one}" for one in untold(walked)]
            findings["sizes"] += [f"{walked.stop}: {one}" async for one in cut_off(walked)]

    with tour.at_home(home, language):
        root = tour.make_all(home / "ws")
        tour.speechless(root)
        tour.make_past(root)
        asyncio.run(tour.walk(root, LARGE, look))
    return findings


# ---- one language -----------------------------------------------------------------------------------------------

SAME = {"Documents", "Terminal"}  # a folder of that name, and programs
ONE = re.compile(r"(?<![\d.,/–-])1 (?:[a-z]+ )?([a-z]+s)\b")
NO_PLURALS = {"is", "was", "has", "this", "its", "less", "as"}


def foreign(walked: Tour, language: str) -> Iterator[str]:
    if walked.stop == "list: faults in definitions":
        return  # names the types of fields as YAML has them
    shown = text(walked.app).replace("Tiếng Việt", "").replace("Σ", "")
    if language == "vi":
        yield from sorted(english_in(shown) - SAME)
    else:
        yield from sorted(vietnamese_in(shown))
        yield from (one[0] for one in ONE.finditer(shown) if one[1] not in NO_PLURALS)


# ---- keys -------------------------------------------------------------------------------------------------------

STOCK = {"app.focus_next", "app.focus_previous", "screen.copy_text", "screen.minimize"}


def untold(walked: Tour) -> Iterator[str]:
    """Commands that work here and stand neither in the palette nor in the help; keys past the table."""
    screen = walked.app.screen
    if isinstance(screen, Palette):
        return
    offered = {one.title for one in walked.app.get_system_commands(screen)}
    scopes = screen.scopes  # type: ignore[attr-defined]
    explained = " ".join(cell.plain for row in HelpScreen(scopes).words().rows for cell in row)
    active = {one.binding.id for one in screen.active_bindings.values() if one.enabled}
    # Those of the app come first, over windows too, where Textual does not count them.
    active |= {one.id for one in keys.COMMANDS if one.scope == keys.APP and one.priority}
    for command in keys.COMMANDS:
        if command.id not in active:
            continue
        title = f"{tr(command.label)} ({command.key_label})" if command.key else tr(command.label)
        if title not in offered and command.id not in ("palette", "copy-hint"):
            yield f"{command.id} is not in the palette"
        if command.key_label not in explained or tr(command.tip) not in explained:
            yield f"{command.id} is not in the help"
        if not runs(walked, screen, command.action):
            yield f"{command.id} does nothing: {command.action}"
    known = {command.id for command in keys.COMMANDS}
    bound = [one for made in screen._bindings.key_to_bindings.values() for one in made if one.id not in known]
    yield from (f"{one.key} is not in the table of keys" for one in bound if one.action not in STOCK)


def runs(walked: Tour, screen: Screen[Any], action: str) -> bool:
    where, _, name = action.partition("(")[0].rpartition(".")
    owner = {"app": walked.app, "focused": walked.app.focused}.get(where, screen)
    return hasattr(owner, f"action_{name}")


# ---- sizes ------------------------------------------------------------------------------------------------------

WIDE = GridView, PaperView  # these scroll sideways in their own frame


async def cut_off(walked: Tour) -> Any:
    for size in (LARGE, *SMALLER, LARGE):
        if walked.app.size != size:
            await walked.pilot.resize_terminal(*size)
            await walked.pilot.pause()
        for one in misplaced(walked, *size):
            yield f"{size[0]}×{size[1]}: {one}"


def misplaced(walked: Tour, width: int, height: int) -> Iterator[str]:
    screen = walked.app.screen
    yield from (f"{one!r} scrolls sideways" for one in sideways(screen))
    for one in screen.focus_chain:
        region = one.region
        if not region.area:
            yield f"{one!r} takes the focus and has no size"
        elif not isinstance(one, WIDE) and (region.x < 0 or region.right > width):
            yield f"{one!r} reaches out of the screen: {region}"
    focused = screen.focused
    if focused is not None and not screen.region.overlaps(focused.region):
        yield f"{focused!r} has the focus and is not in sight: {focused.region}"
    yield from windows(screen, width, height)
    yield from footers(walked, screen, width, height)


def sideways(screen: Screen[Any]) -> Iterator[Widget]:
    found = [screen, *screen.query(ScrollableContainer)]
    return (one for one in found if not isinstance(one, WIDE) and one.show_horizontal_scrollbar)


def windows(screen: Screen[Any], width: int, height: int) -> Iterator[str]:
    if isinstance(screen, ModalScreen) and not isinstance(screen, Palette):
        window = screen.query_one(".window")
        if not (window.region.x >= 0 and window.region.right <= width and window.region.bottom < height):
            yield f"the window reaches out of the screen: {window.region}"
        for one in window.children:
            if one.display and not window.region.contains_region(one.region):
                yield f"{one!r} reaches out of its window: {one.region}"
    elif isinstance(screen, DossierScreen):
        panels = [one for one in screen.query("OutlineTree, #middle, Guidance") if one.region]
        if any(a.region.overlaps(b.region) for at, a in enumerate(panels) for b in panels[at + 1 :]):
            yield "panels lie over each other"


def footers(walked: Tour, screen: Screen[Any], width: int, height: int) -> Iterator[str]:
    bar = screen.query_one(KeyBar)
    if bar.region.y != height - 1 or bar.region.width != width:
        yield f"the footer is not the last line: {bar.region}"
    last = lines(walked.app)[-1]
    needed = sorted(bar.keys, key=lambda one: one.rank)[:3]
    yield from (f"{one.key} is not in the footer: {last}" for one in needed if f"{one.key} {one.words}" not in last)
    way_out = "Esc" if isinstance(screen, ModalScreen | PreviewScreen) else "F1"
    if not any(one.key == way_out and f"{one.key} {one.words}" in last for one in bar.keys):
        yield f"{way_out} is not in the footer: {last}"


# ---- what was found ---------------------------------------------------------------------------------------------


def test_keys_are_told_nothing_is_cut_off_and_one_language_is_spoken(found: Findings) -> None:
    # One test, because who makes the walk must not be asked for it twice where tests run side by side.
    assert len(found.pop("stops")) == len(tour.LIST) + len(tour.FILLING) + len(tour.REVIEWING)
    assert {about: wrong for about, wrong in found.items() if wrong} == {}


async def test_where_there_is_no_workspace_only_what_works_everywhere_is_told() -> None:
    app = HosoApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause(0.1)
        assert isinstance(app.screen, HelpScreen)
        told = app.screen.words().plain
        assert all(tr(one.tip) in told for one in keys.commands(keys.APP))
        assert not any(tr(one.tip) in told for one in keys.commands(keys.DIALOG))
