"""The report and its forms as they will print; from here one goes back to a field. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hoso.i18n import tr
from tui import keys
from tui.finding import Found
from tui.fitting import clipped
from tui.paper import Extent
from tui.places import Key, Place
from tui.previewing import EXTENTS, Preview
from tui.screens.closing import ClosedOnce
from tui.screens.find import FindScreen
from tui.widgets.keybar import KeyBar
from tui.widgets.line import Line
from tui.widgets.ordered_keys import OrderedKeys
from tui.widgets.paper_view import PaperView

Target = tuple[Place, Key | None]
_LIST = 36  # cells of a heading in the list at the side


class HeadingsScreen(FindScreen):
    """Gives the place of a heading in the list."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__(found)
        self.window_title = tr("Jump to a heading")


class PreviewScreen(ClosedOnce, Screen[Target]):
    """Gives where something is to be filled in, or None."""

    CSS_PATH = "preview.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]
    AUTO_FOCUS = "#paper"
    opens_windows = True
    takes_focus = True
    scopes = (keys.PREVIEW,)
    view = getters.query_one(PaperView)
    side = getters.query_one("#headings", OptionList)
    line = getters.query_one(Line)
    key_bar = getters.query_one(KeyBar)

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview
        self._merges = preview.session.saver.merges
        self._listed = -1
        self.own_bindings = self._bindings
        self._bind()

    def compose(self) -> ComposeResult:
        yield Static(classes="headline", id="headline")
        with Horizontal():
            yield OptionList(id="headings")
            with Vertical():
                yield PaperView(self.preview, id="paper")
                yield _hidden(Line(placeholder=_sought(), compact=True, id="sought"))
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_interval(1, self._follow)

    def _follow(self) -> None:
        """What others have written meanwhile is shown too."""
        saver = self.preview.session.saver
        if saver.merges != self._merges:
            self._merges = saver.merges
            self._again()

    def _bind(self) -> None:
        self._bindings = keys.merged(self.own_bindings, keys.bindings(keys.PREVIEW))

    async def reword(self) -> None:
        """Everything in the language of now, at the same place."""
        self._bind()
        self.refresh_bindings()
        self.line.placeholder = _sought()
        self._again()

    # ---- how things stand -------------------------------------------------------------------------------

    @on(PaperView.Moved)
    def _moved(self) -> None:
        preview = self.preview
        title = Content.assemble((tr("Preview"), "bold $text-accent"), " · ", preview.title())
        self.query_one("#headline", Static).update(title)
        idle = () if preview.hits else ("hit-next",)
        self.key_bar.keys = tuple(keys.footer([keys.PREVIEW, keys.APP], idle))
        wide = [tr("← → wide table")] if self.view.wide_tables() else []
        self.key_bar.status = " · ".join([*wide, preview.status()])
        self._list()

    def _list(self) -> None:
        """The list at the side follows; it is filled when all is laid out."""
        headings = self.preview.paper.headings
        if self.preview.paper.whole and self._listed != id(headings):
            self._listed = id(headings)
            texts = (clipped("  " * one.depth + one.text, _LIST) for one in headings)
            self.side.clear_options()
            self.side.add_options([Option(Content(text)) for text in texts])
        if self.side.option_count and not self.side.has_focus:
            with self.prevent(OptionList.OptionHighlighted):
                self.side.highlighted = min(self.preview.paper.heading_at(self.preview.cursor), len(headings) - 1)

    def _again(self) -> None:
        self.preview.lay_out(self.preview.paper.width, anew=True)
        self.view.renew()

    # ---- what is shown ----------------------------------------------------------------------------------

    def action_extent(self) -> None:
        self.preview.next_extent()
        self.view.renew(above=2)

    def show_extent(self, extent: Extent) -> None:
        self.preview.take_extent(extent)
        self.view.renew(above=2)

    def action_marks(self) -> None:
        self.preview.toggle_marks()
        self.view.renew()

    def action_sideways(self) -> None:
        self.notify(tr("← and → move a table that is wider than the screen."))

    # ---- headings ---------------------------------------------------------------------------------------

    def action_heading(self, by: int) -> None:
        self.preview.step_heading(by)
        self.view.show_top()

    @work
    async def action_headings(self) -> None:
        found = self.preview.headings()
        chosen = await self.app.push_screen_wait(HeadingsScreen(found))
        if chosen is not None:
            self._jump(int(chosen))

    def _jump(self, at: int) -> None:
        self.preview.go(self.preview.paper.headings[at].line)
        self.view.show_top()
        self.set_focus(self.view)

    def places_to_go(self) -> Iterator[tuple[str, str, Callable[[], Awaitable[None]]]]:
        """For the palette: extents and headings."""
        for extent, words in EXTENTS.items():
            yield tr("Show {extent}", extent=tr(words)), tr("Preview"), partial(self._show_extent, extent)
        for at, one in enumerate(self.preview.headings()):
            yield f"→ {one.text.strip()}", one.where, partial(self._jump_to, at)

    async def _show_extent(self, extent: Extent) -> None:
        self.show_extent(extent)

    async def _jump_to(self, at: int) -> None:
        self._jump(at)

    @on(OptionList.OptionHighlighted)
    def _pointed(self, event: OptionList.OptionHighlighted) -> None:
        if self.side.has_focus:
            self.preview.go(self.preview.paper.headings[event.option_index].line)
            self.view.show_top()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._jump(event.option_index)

    # ---- finding ----------------------------------------------------------------------------------------

    def action_find(self) -> None:
        self.line.display = True
        self.set_focus(self.line)
        self.line.select_all()

    @on(OrderedKeys.Typed)
    def _typed(self, event: OrderedKeys.Typed) -> None:
        self.preview.find(event.value)
        self.view.show_hit()

    @on(Input.Submitted)
    def _settle(self) -> None:
        if self.preview.sought and not self.preview.hits:
            self.notify(tr("Not found."))
            return
        self.line.display = False
        self.set_focus(self.view)

    def action_hit(self, by: int) -> None:
        if not self.preview.sought:
            self.action_find()
        elif self.preview.step_hit(by):
            self.view.show_hit()
        else:
            self.notify(tr("Not found."))

    # ---- back -------------------------------------------------------------------------------------------

    @on(PaperView.Chosen)
    def action_fill(self) -> None:
        target = self.preview.target()
        if target is not None:
            self.dismiss(target)

    def action_close(self) -> None:
        if self.line.display or self.preview.sought:
            self.line.display = False
            self.preview.find("")
            self.set_focus(self.view)
            self.view.moved()
        elif self.side.has_focus:
            self.set_focus(self.view)
        else:
            self.dismiss(None)


def _sought() -> str:
    return tr("words to find")


def _hidden(line: Line) -> Line:
    line.display = False
    return line
