"""A table in the form: a grid that is typed into in place, and below it what there is to say of the current cell."""

from __future__ import annotations

from time import monotonic
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import DescendantFocus
from textual.geometry import Offset
from textual.widgets import Static

from hoso.dossiers import Answer, same
from hoso.i18n import tr
from hoso.problems import Refused
from tui import clashing, marking
from tui.cell_notes import CellNotes, Note, place_words
from tui.fields.base import FieldWidget
from tui.grids import Desk, Grid, Refusal, Sort, TableGrid, Value
from tui.places import Key
from tui.session import Session
from tui.widgets.cell_line import CellLine
from tui.widgets.grid_view import GridView
from tui.widgets.pick_list import PickList
from tui.wording import STYLES

_QUIET = 3.0  # seconds: a word typed where nothing can be typed is refused once, not letter by letter


class TableWidget(FieldWidget):
    """Everything typed is in the session at once; undo takes back a cell, a block, a row at a time."""

    wide: ClassVar[bool] = True

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self.grid: Grid = self.make_grid()
        self.desk = Desk(self.grid, self._keep)
        self.notes = CellNotes(session, key)
        self.line = CellLine(self)
        self._view = GridView(self)
        self._picks = PickList()
        self._where = Static(classes="cell-where")
        self._refused_at = -_QUIET
        self._area = self.desk.area  # as it was last drawn
        self._still = False  # the last move was the mouse's
        self._before: Value = self.grid.value  # what stood here before it was last shown anew

    def make_grid(self) -> Grid:
        return TableGrid(self.made, self.value())

    def value(self) -> Value:
        raw = self.session.raw(self.key)
        return raw if isinstance(raw, dict) and "absent" not in raw else {}

    def editor(self) -> ComposeResult:
        with Container(classes="grid-box"):
            yield self.line
            yield self._view
        yield self._where
        yield self._picks

    @property
    def entry(self) -> CellLine:
        return self.line

    @property
    def is_used(self) -> bool:
        return self.line.has_focus

    @property
    def rows_shown(self) -> int:
        return self._view.rows_shown

    # ---- changes ----------------------------------------------------------------------------------------

    def _keep(self, value: Value, joined: bool) -> None:
        """Puts a changed table into the session. What is typed into one cell is undone together."""
        if same(value, self.grid.value):
            return
        if not joined:
            self.session.seal()
        try:
            self.put(value)
        except Refused as refused:
            self.app.notify(refused.problem.message, severity="error")
            return
        self._taken(self.grid.take(value))
        self.post_message(self.Changed(self, self.key))

    def put(self, value: Value) -> None:
        """Keeps a changed value. Raises Refused."""
        self.session.put(self.key, value or None, seen=self.grid.value)

    def _taken(self, rows: list[int] | None) -> None:
        """Draws what looks different."""
        if rows is None:
            self.notes.forget()
            self._view.lay_out()
        else:
            self._view.redraw(rows)

    def paste_block(self, text: str) -> None:
        if self.locked:
            self.refused()
            return
        refused = self.desk.paste(text)
        self.moved()
        if refused:
            self._report(refused)

    def _report(self, refused: list[Refusal]) -> None:
        from tui.screens.pasted import PastedScreen

        self.app.push_screen(PastedScreen(refused))

    def copy_area(self) -> None:
        self.app.copy_to_clipboard(self.desk.copy())
        area = self.desk.area
        self.app.notify(tr("{count} cells copied", count=len(area.rows) * len(area.columns)), timeout=2)

    def alter_rows(self, what: str) -> None:
        why = self.desk.rows(what)
        if why:
            self.app.notify(why, severity="warning")
        self.moved()

    def cell_title(self) -> str:
        return place_words(self.grid, self.desk.at)

    def cell_choices(self) -> list[marking.Choice]:
        """What can be said of the current cell besides filling it; nothing of a cell that is not to be filled."""
        made = self.grid.field(*self.desk.at)
        clash = self.notes.clash_at(self.grid, self.desk.at) is not None
        if made is None or self.locked:
            return []
        if self.session.review is not None:
            return marking.of_cell(made, Answer(), clash=True)[:2] if clash else []
        return marking.of_cell(made, self.grid.answer(*self.desk.at), clash=clash)

    def mark_cell(self, choice: str, because: str = "") -> None:
        """Says of the current cell why it is empty, or settles what somebody else wrote there too."""
        self.desk.commit()
        row, column = self.desk.at
        if choice in ("theirs", "ours"):
            self._settle_clash(take=choice == "theirs")
        else:
            answer = self.grid.answer(row, column)
            kept = {"clear": None, "accept": answer._replace(source="typed").as_raw()}
            said = Answer(absent=choice, because=because).as_raw()
            self._keep(self.grid.put(row, column, kept.get(choice, said)), False)
        self.moved()
        self.settle_notes()

    def _settle_clash(self, *, take: bool) -> None:
        row, column = self.desk.at
        address = self.notes.clash_at(self.grid, self.desk.at)
        if address is None:
            return
        if not address:
            clashing.settle(self.session, self.key, "theirs" if take else "ours")
            self.show()
            return
        theirs = self.notes.clashes()[address]
        with self.session.history.together():
            if take and address == self.grid.row_name(row):
                self._keep(self._with_row(address, theirs), False)
            elif take:
                self._keep(self.grid.put(row, column, theirs), False)
            self.notes.forget_clash(address)

    def _with_row(self, name: str, theirs: Any) -> Value:
        """The table with a row as somebody else left it, or without it."""
        if theirs is None:
            return {one: row for one, row in self.grid.value.items() if one != name}
        return {**self.grid.value, name: theirs}

    # ---- what the cell line tells -----------------------------------------------------------------------

    def moved(self) -> None:
        """Another cell is the current one, or another area is selected."""
        self.session.seal()
        self.line.load()
        self._view.show_cell(*self.desk.at)
        self._show_picks()
        self._tell_where()
        self._view.redraw(sorted({*self._area.rows, *self.desk.area.rows}))
        self._area = self.desk.area

    def keyed(self) -> None:
        self._still = False

    def redraw_cell(self) -> None:
        if self.desk.picks is not None or self._picks.display:
            self._show_picks()
        self._view.redraw([self.desk.row])

    def caret_offset(self) -> Offset:
        return self._view.caret_offset()

    def refused(self) -> None:
        grid, at = self.grid, self.desk.at
        if self.locked:
            why = tr("Nothing can be changed here now.")
        elif grid.toggles(*at) and self.desk.is_open(*at):
            why = tr("This cell takes x or nothing: press x or Space to change it.")
        elif grid.sort(*at) is Sort.COMPUTED:
            why = tr("This cell is computed; change what it is computed from.")
        else:
            why = tr("This cell is not to be filled.")
        if monotonic() - self._refused_at > _QUIET:
            self._refused_at = monotonic()
            self.app.notify(why, severity="warning", timeout=_QUIET)

    def refused_option(self, words: str) -> None:
        told = tr("“{words}” is none of the options; the cell stays as it was.", words=words)
        self.app.notify(told, severity="warning")

    # ---- mouse ------------------------------------------------------------------------------------------

    def pointed(self, row: int, column: int, *, extend: bool = False) -> None:
        """A cell was clicked, or the mouse drawn over it."""
        if not self.is_used:
            self.screen.set_focus(self.line, scroll_visible=False)
        if (row, column) != self.desk.at or extend or not self.desk.editing:
            self._still = True  # nothing moves under the mouse
            self.line.point(row, column, extend=extend)

    @on(PickList.Clicked)
    def _pick_clicked(self, event: PickList.Clicked) -> None:
        event.stop()
        self.line.pick()

    # ---- showing ----------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        super().on_mount()
        if self.notes.signs:
            self.desk.go(*min(self.notes.signs))  # the first cell in which something is missing or wrong
            self.line.load()
            self._tell_where()

    @on(DescendantFocus)
    def _entered(self) -> None:
        self._tell_where()
        self._view.redraw()
        if not self._still:
            self.call_after_refresh(self._view.show_cell, *self.desk.at)

    def show_value(self) -> None:
        value = self.value()
        self._before = self.grid.value
        if value is not self.grid.value:
            self._taken(self.desk.take(self.grid, value))
        if not self.desk.editing:
            self.line.load()
            self._view.redraw()

    def point_at_change(self) -> None:
        self.desk.drop()
        self.desk.go_to_change(self._before)
        self.moved()

    def point_inside(self, address: str) -> None:
        if self.desk.point_at(address):
            self.moved()

    def _show_picks(self) -> None:
        picks = self.desk.picks
        if picks is None and not self._picks.display:
            return
        region, at = self._view.region, self._view.cell_offset(*self.desk.at)
        self._picks.show(picks, Offset(region.x + at.x - 2, region.y + at.y + 1))

    def show_line(self, y: int) -> None:
        """Scrolls the form so that a line of the screen is seen, if there is room with what is said below the grid."""
        form: Any = self.parent
        room = form.scrollable_content_region
        if not room or self._still:
            return
        bottom = max(y, min(self._where.region.bottom - 1, y + room.height - 1))
        if bottom >= room.bottom:
            form.scroll_relative(y=bottom - room.bottom + 1, animate=False)
        elif y - self._view.top < room.y:
            form.scroll_relative(y=y - self._view.top - room.y, animate=False)

    def settle_notes(self) -> None:
        if self.find_notes():
            self._view.redraw()
        super().settle_notes()
        self._tell_where()

    def find_notes(self) -> bool:
        """Looks at what is wrong in the cells; tells whether signs have changed."""
        return self.notes.find(self.grid)

    def wanted(self) -> str:
        """What belongs into the current cell."""
        return self.notes.wanted(self.grid, self.desk.at)

    def _tell_where(self) -> None:
        """Without laying the form out anew, as long as it takes as many lines as before."""
        told, size = self._told_here(), self._where.size
        lines = max(2, len(told.wrap(max(20, size.width - 2))))
        self._where.update(told, layout=lines != size.height)

    def _told_here(self) -> Content:
        """Only of the grid that is used; the lines stay, so that nothing moves under a mouse."""
        if not self.is_used:
            return Content("")
        at = self.desk.at
        place = Content.assemble((f"{place_words(self.grid, at)}: ", "bold"), (self.wanted(), "$foreground-muted"))
        widths = self._view.sheet.widths
        notes = self.notes.here(self.grid, at, widths[at[1]] if widths else 999)
        return Content("\n").join([place, *map(_styled, notes)])

    def note(self) -> Content:
        own = super().note()
        lines = [_styled(note) for note in self.notes.elsewhere(self.grid, self.desk.at)]
        return Content("\n").join([own, *lines] if own.plain else lines)

    def tidy(self) -> None:
        self.desk.commit()
        if self.is_mounted:
            self.line.load()
            self._show_picks()
            self._tell_where()
            self._view.redraw()


def _styled(note: Note) -> Content:
    words, level = note
    return Content.styled(words, "" if level is None else STYLES[level])
