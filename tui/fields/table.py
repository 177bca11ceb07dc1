"""Tables and score sheets: a grid that is typed into in place, and what there is to say of the current cell."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from hoso.dossiers import same
from hoso.i18n import tr
from hoso.problems import Fault, Level, Refused
from hoso.text import cells, clipped
from hoso.validate import MISSING
from tui.fields.base import FieldWidget
from tui.grids import Desk, Grid, Refusal, Sort, TableGrid, Value
from tui.places import Key, Place
from tui.session import Session
from tui.widgets.cell_line import CellLine
from tui.widgets.grid_view import GridView
from tui.widgets.pick_list import PickList
from tui.wording import STYLES, absence, level_of, said

SHOWN_FAULTS = 4


class TableWidget(FieldWidget):
    """Everything typed is in the session at once; undo takes back a cell, a block, a row at a time."""

    wide: ClassVar[bool] = True

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self.grid: Grid = self.make_grid()
        self.desk = Desk(self.grid, self._keep)
        self.marks: dict[tuple[int, int], Level] = {}
        self.clashing: set[tuple[int, int]] = set()
        self.line = CellLine(self)
        self._view = GridView(self)
        self._picks = PickList()
        self._where = Static(classes="cell-where")
        self._faults: list[tuple[str, Fault]] = []

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
        self.session.put(self.key, value or None)

    def _taken(self, rows: list[int] | None) -> None:
        """Draws what looks different."""
        if rows is None:
            self.marks, self.clashing = {}, set()
            self._view.lay_out()
        else:
            self._view.redraw(rows)

    def moved(self) -> None:
        """Another cell is the current one, or another area is selected."""
        self.session.seal()
        self.line.load()
        self._show_place()
        self._view.redraw()

    def _show_place(self) -> None:
        self._view.show_cell(*self.desk.at)
        self._show_picks()
        told = self.told_here()
        lines = len(told.wrap(max(20, self._where.size.width)))
        self._where.update(told, layout=lines != self._where.size.height)

    def _show_picks(self) -> None:
        picks = self.desk.picks
        if picks is None and not self._picks.display:
            return
        region, at = self._view.region, self._view.cell_offset(*self.desk.at)
        self._picks.show(picks, Offset(region.x + at.x - 2, region.y + at.y + 1))

    def redraw_cell(self) -> None:
        if (self.desk.picks is not None) != self._picks.display or self.desk.picks is not None:
            self._show_picks()
        self._view.redraw([self.desk.row])

    def caret_offset(self) -> Offset:
        return self._view.caret_offset()

    def show_line(self, y: int) -> None:
        """Scrolls the form so that a line of the screen is seen, if there is room with what is said below the grid."""
        form = self.parent
        room = getattr(form, "scrollable_content_region", None)
        if room is None or not room:
            return
        bottom = max(y, min(self._where.region.bottom - 1, y + room.height - 1))
        if bottom >= room.bottom:
            form.scroll_relative(y=bottom - room.bottom + 1, animate=False)  # type: ignore[union-attr]
        elif y - self._view.top < room.y:
            form.scroll_relative(y=y - self._view.top - room.y, animate=False)  # type: ignore[union-attr]

    def refused(self) -> None:
        grid, at = self.grid, self.desk.at
        if self.locked:
            why = tr("Nothing can be changed here now.")
        elif grid.toggles(*at) and self.desk.is_open(*at):
            why = tr("Here stands x or nothing: x or Space changes it.")
        elif grid.sort(*at) is Sort.COMPUTED:
            why = tr("This cell is computed; change what it is computed from.")
        else:
            why = tr("This cell is not to be filled.")
        self.app.notify(why, severity="warning", timeout=3)

    def refused_option(self, words: str) -> None:
        self.app.notify(tr("“{words}” is none of the options; the cell stays as it was.", words=words),
                        severity="warning")  # fmt: skip

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

    def pointed(self, row: int, column: int, *, extend: bool = False) -> None:
        """A cell was clicked, or the mouse drawn over it."""
        if not self.is_used:
            self.screen.set_focus(self.line)
        again = (row, column) == self.desk.at and not extend
        if again and self.desk.editing:
            return
        self.line.point(row, column, extend=extend)

    @on(PickList.Clicked)
    def _pick_clicked(self, event: PickList.Clicked) -> None:
        event.stop()
        self.line.pick()

    # ---- showing ----------------------------------------------------------------------------------------

    def show_value(self) -> None:
        value = self.value()
        self._before = self.grid.value
        if value is not self.grid.value:
            self._taken(self.desk.take(self.grid, value))
            if not self.desk.editing:
                self.moved()
        elif not self.desk.editing:
            self.line.load()
            self._view.lay_out()

    def point_at_change(self) -> None:
        self.desk.go_to_change(self._before)
        self.moved()

    def point_inside(self, address: str) -> None:
        if self.desk.point_at(address):
            self.moved()

    def settle_notes(self) -> None:
        self._find_faults()
        super().settle_notes()
        self._where.update(self.told_here())

    def _find_faults(self) -> None:
        """The signs in the cells: the worst problem of each."""
        prefix = f"{self.key.name}."
        judged = self.session.judged(Place(self.key.part, self.key.section))
        missing = [
            (name.removeprefix(prefix), fault)
            for name, fault in judged.findings
            if name.startswith(prefix) and fault.code in MISSING
        ]
        self._faults = self.session.cell_faults(self.key)
        marks: dict[tuple[int, int], Level] = {}
        for address, fault in [*missing, *self._faults]:
            place = self.grid.place(address)
            if place is not None and place[1] is not None:
                at, level = (place[0], place[1]), level_of(fault)
                if at not in marks or level.weight > marks[at].weight:
                    marks[at] = level
        places = [place for place in map(self.grid.place, self._clashes()) if place is not None]
        clashing = {(row, column) for row, column in places if column is not None}
        if (marks, clashing) != (self.marks, self.clashing):
            self.marks, self.clashing = marks, clashing
            self._view.redraw()

    def _clashes(self) -> dict[str, Any]:
        """What others wrote in cells that were changed here too, by the cell's address."""
        prefix = f"{self.key.part}.{self.key.section}.{self.key.name}."
        return {at.removeprefix(prefix): raw for at, raw in self.session.clashes.items() if at.startswith(prefix)}

    def told_here(self) -> Content:
        """The current cell: its place, what it takes, its whole text where it is cut off, what is wrong in it."""
        grid, (row, column) = self.grid, self.desk.at
        place = " · ".join(part for part in (grid.head(row).words, grid.label(column)) if part)
        lines = [Content.assemble((f"{place}: ", "bold"), (self._wanted(row, column), "$foreground-muted"))]
        text, width = grid.text(row, column), self._view.sheet.widths[column] if self._view.sheet.widths else 99
        if cells(text) >= width:
            lines.append(Content(clipped(text, 400)))
        answer = grid.answer(row, column)
        if answer.absent is not None:
            lines.append(Content.styled(absence(answer.absent, answer.because), "$text-secondary"))
        lines += [Content.styled(f"⇄ {tr('somebody else wrote: {theirs}', theirs=self._theirs(row, column, raw))}",
                                 "$text-warning")
                  for at, raw in self._clashes().items() if at == grid.address(row, column)]  # fmt: skip
        lines += [
            Content.styled(said(fault), STYLES[level_of(fault)])
            for at, fault in self._faults
            if at == grid.address(row, column)
        ]
        return Content("\n").join(lines)

    def _theirs(self, row: int, column: int, raw: Any) -> str:
        made = self.grid.field(row, column)
        return made.shown(raw) if made is not None and isinstance(raw, str | list) else str(raw or "–")

    def _wanted(self, row: int, column: int) -> str:
        sort = self.grid.sort(row, column)
        if sort is Sort.COMPUTED:
            return tr("= computed")
        if sort is not Sort.OPEN:
            return tr("not to be filled")
        if self.grid.toggles(row, column):
            return tr("x or Space marks it")
        return clipped("; ".join(self.grid.wants(row, column)), 200)

    def note(self) -> Content:
        lines = [super().note()] if super().note().plain else []
        here = self.grid.address(*self.desk.at)
        found = [(at, fault) for at, fault in self._faults if at != here]
        lines += [
            Content.styled(f"{self._place_of(at)}: {said(fault, remedy=False)}", STYLES[level_of(fault)])
            for at, fault in found[:SHOWN_FAULTS]
        ]
        if len(found) > SHOWN_FAULTS:
            lines.append(Content(tr("… and {count} more, see F4", count=len(found) - SHOWN_FAULTS)))
        return Content("\n").join(lines)

    def _place_of(self, address: str) -> str:
        place = self.grid.place(address)
        if place is None:
            return address
        label = "" if place[1] is None else self.grid.label(place[1])
        return " · ".join(part for part in (self.grid.head(place[0]).words, label) if part)

    def tidy(self) -> None:
        self.desk.commit()
        if self.is_mounted:
            self.line.load()
            self._show_picks()
            self._view.redraw()
