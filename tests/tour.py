"""Every screen and every window of the app, and how one comes to each: for the tests that hold for all of them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, TextArea

from hoso import i18n
from hoso.store import Holder
from tests.every_kind_case import FIXED, OPEN, POINTS, make_every_kind
from tests.tui_case import NAME, UNIT, folder, open_case
from tui.app import HosoApp
from tui.history import Change
from tui.places import Key, Place
from tui.screens.ask import Choose, Confirm, Reason
from tui.screens.attach import AttachScreen
from tui.screens.dossier import DossierScreen
from tui.screens.excerpt import ExcerptScreen
from tui.screens.find import FindScreen, PickScreen
from tui.screens.handing_in import HandInQuestion
from tui.screens.help import HelpScreen
from tui.screens.pasted import PastedScreen
from tui.screens.preview import HeadingsScreen, PreviewScreen
from tui.screens.problems import ProblemsScreen
from tui.screens.reviewing import Reply
from tui.screens.versions import VersionsScreen
from tui.screens.workspace import WorkspaceScreen
from tui.session import Session
from tui.unsaved import Rescued
from tui.widgets.cell_line import CellLine
from tui.widgets.palette import Palette

OTHER = "so-b"  # its dossier was handed in, and is under review


def field(section: str, name: str) -> Key:
    return Key("field", "bao_cao", section, name)


TEXT, NUMBER, SHARE = field("chung", "ket_qua"), field("chung", "dang_vien"), field("chung", "ty_le")
CHOICE, CHOICES = field("chung", "chinh_quyen"), field("chung", "loai_hinh")
LINE, DATE, MARK, FILE = (
    field("mot", "tieu_de"),
    field("mot", "ngay"),
    field("mot", "co_mat"),
    field("mot", "bang_chung"),
)
ASK, CLAIM, FORMER = Key("ask", "bao_cao", "chung", "quy_mo"), Key("claim", "tu_cham"), field("lai", "nhan_xet")
LETTER = Place("cong_van")

Act = Callable[["Tour"], Awaitable[None]]


class Stop(NamedTuple):
    """A screen or window: where in a dossier one goes first, what one presses there, what has come then."""

    name: str
    kind: type[Screen[Any]]
    at: Key | Place | None = None
    acts: tuple[str | Act, ...] = ()


def words(text: str) -> Act:
    """Typed in turn."""

    async def type_them(tour: Tour) -> None:
        await tour.pilot.press(*text)

    return type_them


def pick(name: str) -> Act:
    """Chooses the entry of a window that has this id, else the first whose words begin so; `` takes the first."""

    def places(tour: Tour) -> list[int]:
        if not tour.app.screen.is_modal:
            return []
        options = list(enumerate(tour.app.screen.query_one(OptionList).options))
        found = [at for at, one in options if one.id == name]
        return found or [at for at, one in options if str(one.prompt).lstrip().startswith(name)]

    async def choose(tour: Tour) -> None:
        await tour.until(lambda: bool(places(tour)))
        tour.app.screen.query_one(OptionList).highlighted = places(tour)[0]
        await tour.pilot.press("enter")

    return choose


async def paste(tour: Tour) -> None:
    """More than the table can take."""
    assert isinstance(tour.app.focused, CellLine)
    tour.app.focused.post_message(events.Paste("ba\t2\t3\n4\t5\t6\n7\n"))


async def nothing_in_the_way(tour: Tour) -> None:
    """As if all were there that handing in wants."""
    tour.dossier.session.obstacles = list  # type: ignore[method-assign]


async def not_saved_last_time(tour: Tour) -> None:
    """As if the session before had left what it could not save."""
    session = tour.dossier.session
    session.saver.rescued = Rescued(
        datetime(2021, 11, 20, 8, 15, tzinfo=UTC), [Change(LINE, None, "N 6")], [("cong_van", "1.txt")]
    )
    tour.dossier.offer_rescued()


async def written_elsewhere(tour: Tour) -> None:
    """As if somebody else were writing in the item."""
    other = Holder("n1", "n2", 1, "2021-11-22T08:00:00+07:00", "2021-11-22T08:00:00+07:00")
    tour.dossier.session.holder = lambda part: other  # type: ignore[method-assign]
    await tour.dossier.show_again()


LIST = (
    Stop("list", WorkspaceScreen),
    Stop("list, narrowed", WorkspaceScreen, acts=(words("so"),)),
    Stop("list, nothing found", WorkspaceScreen, acts=(words("zz"),)),
    Stop("list: faults in definitions", ProblemsScreen, acts=("f4",)),
    Stop("list: palette", Palette, acts=("ctrl+p",)),
    Stop("list: help", HelpScreen, acts=("f1",)),
)
FILLING = (
    Stop("text", DossierScreen, TEXT),
    Stop("number", DossierScreen, NUMBER),
    Stop("choice", DossierScreen, CHOICE),
    Stop("several choices", DossierScreen, CHOICES),
    Stop("asks", DossierScreen, ASK),
    Stop("line", DossierScreen, LINE),
    Stop("date", DossierScreen, DATE),
    Stop("mark", DossierScreen, MARK),
    Stop("file", DossierScreen, FILE),
    Stop("table", DossierScreen, FIXED),
    Stop("table: choice in a cell", DossierScreen, FIXED, ("right", "space")),
    Stop("table: cell being typed in", DossierScreen, FIXED, ("f2",)),
    Stop("table with open rows", DossierScreen, OPEN, ("insert",)),
    Stop("scoring", DossierScreen, POINTS),
    Stop("claim", DossierScreen, CLAIM),
    Stop("item to be attached", DossierScreen, LETTER),
    Stop("tree", DossierScreen, TEXT, ("f6",)),
    Stop("guidance", DossierScreen, TEXT, ("f6", "f6")),
    Stop("problems", ProblemsScreen, TEXT, ("f4",)),
    Stop("problems, waived too", ProblemsScreen, TEXT, ("f4", "space")),
    Stop("find", FindScreen, TEXT, ("ctrl+f",)),
    Stop("find: hits", FindScreen, TEXT, ("ctrl+f", words("1"))),
    Stop("no answer", Choose, NUMBER, ("f5",)),
    Stop("no answer: reason", Reason, NUMBER, ("f5", pick("withheld"))),
    Stop("ask", Choose, ASK, ("f5",)),
    Stop("ask: where it is covered", Choose, ASK, ("f5", pick("elsewhere"))),
    Stop("cell of a table", Choose, FIXED, ("f5",)),
    Stop("not pasted", PastedScreen, FIXED, (paste,)),
    Stop("attachments", AttachScreen, LETTER, ("f9",)),
    Stop("attachments: choosing", AttachScreen, LETTER, ("f9", "enter")),
    Stop("attachments: folder", AttachScreen, LETTER, ("f9", "enter", "down")),
    Stop("handing in: obstacles", ProblemsScreen, TEXT, ("f10",)),
    Stop("earlier versions", VersionsScreen, LINE, ("alt+h",)),
    Stop("marked sections", Choose, TEXT, ("alt+d",)),
    Stop("previous period", Choose, TEXT, ("alt+k",)),
    Stop("previous period: words", ExcerptScreen, TEXT, ("alt+k", pick("¶"))),
    Stop("given elsewhere", Choose, NUMBER, ("alt+g",)),
    Stop("figures", PickScreen, TEXT, ("alt+i",)),
    Stop("remarks: reply", Reply, TEXT, ("ctrl+r",)),
    Stop("palette", Palette, TEXT, ("ctrl+p",)),
    Stop("palette: found", Palette, TEXT, ("ctrl+p", words("1"))),
    Stop("help", HelpScreen, TEXT, ("f1",)),
    Stop("help of a window", HelpScreen, TEXT, ("f4", "f1")),
    Stop("preview", PreviewScreen, TEXT, ("f2",)),
    Stop("preview: finding", PreviewScreen, TEXT, ("f2", "ctrl+f", words("1"))),
    Stop("preview: a table", PreviewScreen, FIXED, ("alt+v",)),
    Stop("preview: headings", HeadingsScreen, TEXT, ("f2", "f6")),
    Stop("handing in: the question", HandInQuestion, TEXT, (nothing_in_the_way, "f10")),
    Stop("not saved last time", Confirm, TEXT, (not_saved_last_time,)),
    Stop("somebody else is writing", Confirm, TEXT, (written_elsewhere,)),
    Stop("somebody else is writing, left so", DossierScreen, TEXT, (written_elsewhere,)),
)
REVIEWING = (
    Stop("handed in", DossierScreen, TEXT),
    Stop("review", DossierScreen, TEXT, ("ctrl+g",)),
    Stop("review: remark about", Choose, TEXT, ("f5",)),
    Stop("review: remark", DossierScreen, TEXT, ("f5", pick(""))),
    Stop("review: points", DossierScreen, POINTS),
    Stop("review: decide", Choose, TEXT, ("f10",)),
    Stop("review: an item", Choose, TEXT, ("f10", pick("item:bao_cao"))),
    Stop("review: an item, why", Reason, TEXT, ("f10", pick("item:bao_cao"), pick("returned"))),
)


class Tour:
    """The app in one opening, walked through."""

    def __init__(self, app: HosoApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.stop = ""

    @property
    def dossier(self) -> DossierScreen:
        return next(one for one in self.app.screen_stack if isinstance(one, DossierScreen))

    async def stops(self) -> AsyncIterator[Stop]:
        """Comes to each screen and window in turn."""
        for one in LIST:
            await self._come(one)
            yield one
            await self._close_windows()
            await self.pilot.press("escape")
        for unit, found in ((UNIT, FILLING), (OTHER, REVIEWING)):
            self.app.open_dossier(NAME, unit)
            await self.until(lambda: isinstance(self.app.screen, DossierScreen))
            for one in found:
                await self._come(one)
                yield one
                await self._close_windows()
            await self.pilot.press("escape")
            await self.until(lambda: isinstance(self.app.screen, WorkspaceScreen))

    async def _come(self, stop: Stop) -> None:
        self.stop = stop.name
        if stop.at is not None:
            await self.go(stop.at)
        for act in stop.acts:
            await (self.pilot.press(act) if isinstance(act, str) else act(self))
            await self.settle()
        await self.until(lambda: type(self.app.screen) is stop.kind)
        await self.settle()

    async def go(self, at: Key | Place) -> None:
        place = at if isinstance(at, Place) else Place(at.part, at.section or None)
        self.app.clear_notifications()
        await self.dossier.go(place, at if isinstance(at, Key) else None)
        await self.pilot.pause()

    async def _close_windows(self) -> None:
        for _ in range(8):
            if isinstance(self.app.screen, WorkspaceScreen | DossierScreen):
                break
            await self.pilot.press("escape")
            await self.pilot.pause()
        assert isinstance(self.app.screen, WorkspaceScreen | DossierScreen), self.stop

    async def settle(self) -> None:
        """Waits until what a key has begun has come; stills what blinks."""
        await self.pilot.pause(0.05)
        for line in self.app.screen.query(Input):
            line.cursor_blink = False
        for prose in self.app.screen.query(TextArea):
            prose.cursor_blink = False

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(400):
            await self.pilot.pause()
            if condition():
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"never came to {self.stop}: {self.app.screen_stack}")


# ---- the workspace --------------------------------------------------------------------------------------------

FAULTY = (
    "hoso: 1\ntitle: Hỏng\nsections:\n  - id: a\n    title: A\n    fields:\n      - {id: b, type: khong_co, label: B}\n"
)
_LONG = 9  # words of a label: longer than a line of a panel
_SAID = frozenset({"title", "label", "prompt", "text", "name", "measure", "corner", "guidance", "issuer", "about"})


def make_all(root: Path) -> Path:
    """Everything that the stops need: two dossiers, one of them handed in; faults, versions, marks."""
    make_every_kind(root)
    (root / "outlines/hong.yaml").write_text(FAULTY, encoding="utf-8")
    state = f"hoso: 1\nunit: {OTHER}\nstate: handed_in\nattachments:\n"
    path = folder(root, OTHER) / "dossier.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(state, encoding="utf-8")
    return root


def make_past(root: Path) -> None:
    """What sessions before have left: earlier versions, a mark to come back to."""
    session = Session(open_case(root), NAME, UNIT)
    session.type_into(LINE, "N 1 N 2 N 3 N 4")
    assert session.save()
    session.type_into(LINE, "N 5")
    session.put(NUMBER, {"value": "1"})
    session.put(SHARE, "-1")
    session.put(field("lai", "dang_vien"), {"value": "1"})
    session.bookmarks.put(Place("bao_cao", "mot"), marked=True)
    session.close()


def speechless(root: Path) -> None:
    """Puts numbers in place of all that definitions and answers say, so that every word seen is the app's own."""
    number = iter(range(1, 9999))
    for path in sorted(root.rglob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        path.write_text(
            yaml.safe_dump(_numbered(content, number), allow_unicode=True, sort_keys=False), encoding="utf-8"
        )


def _numbered(content: Any, number: Iterator[int], key: str = "") -> Any:
    if isinstance(content, dict):
        return {
            (name if name.isascii() else f"N{next(number)}"): _numbered(one, number, name)
            for name, one in content.items()
        }
    if isinstance(content, list):
        return [_numbered(one, number) for one in content]
    if key in _SAID or (isinstance(content, str) and re.search(r"[^\W\d_]", content) and not content.isascii()):
        return " ".join([f"N{next(number)}"] * _LONG)
    return content


@contextmanager
def at_home(folder: Path, language: str) -> Iterator[None]:
    """A fixed day, a language, and folders of its own for what the app keeps."""
    before = i18n.language()
    with pytest.MonkeyPatch.context() as patch:
        told = {"HOSO_TODAY": "2021-11-22", "HOSO_LANGUAGE": language}
        for name, value in {**told, "HOSO_CACHE": str(folder / "cache"), "HOSO_STATE": str(folder / "state")}.items():
            patch.setenv(name, value)
        patch.delenv("NO_COLOR", raising=False)
        yield
    i18n.use(before)


async def walk(root: Path, size: tuple[int, int], look: Callable[[Tour], Awaitable[None]]) -> list[str]:
    """Opens the app once and looks at each stop; the names of the stops."""
    app = HosoApp(open_case(root))
    seen = []
    async with app.run_test(size=size) as pilot:
        tour = Tour(app, pilot)
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        async for stop in tour.stops():
            await look(tour)
            seen.append(stop.name)
    return seen
