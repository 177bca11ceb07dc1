"""Tables and score sheets: a grid that shows, and one line that is typed into."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from hoso.i18n import tr
from hoso.kinds import ScoringField
from hoso.kinds.scoring import score
from hoso.text import cells, clipped
from hoso.validate import Names
from tui.fields.base import FieldWidget
from tui.grid import Grid, Refusal, ScoringGrid, TableGrid, score_line
from tui.places import Key, Place
from tui.session import Session
from tui.widgets.cell_line import CellLine
from tui.widgets.vietnamese import OrderedKeys
from tui.wording import STYLES, level_of, said

SHOWN_FAULTS = 6
_HEAD_WIDTH = 34


class TableWidget(FieldWidget):
    """The line holds the current cell; moving keeps what was typed, undo takes back one cell at a time."""

    wide: ClassVar[bool] = True

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self.grid: Grid = self.make_grid()
        self.at = Coordinate(0, 0)
        self._line = CellLine(compact=True, disabled=locked, classes="cell-line")
        self._where = Static(classes="cell-where")
        self._table: DataTable[Any] = DataTable(
            cursor_type="cell", fixed_columns=1, zebra_stripes=True, show_row_labels=False, classes="grid"
        )
        self._table.can_focus = False

    def make_grid(self) -> Grid:
        return TableGrid(self.made, self.value())

    def value(self) -> dict[str, Any]:
        raw = self.session.raw(self.key)
        return raw if isinstance(raw, dict) and "absent" not in raw else {}

    def editor(self) -> ComposeResult:
        yield self._table
        yield self._where
        yield self._line

    # ---- showing ----------------------------------------------------------------------------------------

    def show_value(self) -> None:
        self.grid = self.make_grid()
        if len(self._table.rows) != len(self.grid.lines) or not self._table.columns:
            self._build()
        else:
            self._refresh_cells()
        self.go(self.at.row, self.at.column)

    def _build(self) -> None:
        self._table.clear(columns=True)
        heads = [self.grid.head(row) for row in range(len(self.grid.lines))]
        width = min(_HEAD_WIDTH, max(map(cells, [*heads, getattr(self.made, "corner", "")]), default=8))
        self._table.add_column(clipped(getattr(self.made, "corner", ""), width), width=width, key="head")
        for place, column in enumerate(self.grid.columns):
            label = self._column_head(column)
            least = 9 if self.grid.is_number(place) else 14
            self._table.add_column(label, width=max(least, cells(label)), key=str(place))
        for row in range(len(self.grid.lines)):
            self._table.add_row(*self._row(row), key=str(row))
        self._table.styles.height = min(len(self.grid.lines), 16) + 2

    def _column_head(self, column: Any) -> str:
        """The column's own label; with the heading over it where columns stand under several."""
        heads = column.heads if isinstance(self.grid, TableGrid) else column
        groups = {one.heads[:-1] for one in self.grid.columns} if isinstance(self.grid, TableGrid) else set()
        return clipped(" · ".join(part for part in (heads if len(groups) > 1 else heads[-1:]) if part), 24)

    def _row(self, row: int) -> list[Content]:
        head = Content(clipped(self.grid.head(row), _HEAD_WIDTH))
        return [head, *(self._cell(row, column) for column in range(len(self.grid.columns)))]

    def _cell(self, row: int, column: int) -> Content:
        text = clipped(self.grid.text(row, column).replace("\n", " "), 22)
        if self.grid.field(row, column) is None:
            return Content.styled(text or "·", "$foreground-muted")
        if self.grid.is_number(column):
            return Content(" " * max(0, 7 - cells(text)) + text)
        return Content(text)

    def _refresh_cells(self) -> None:
        for row in range(len(self.grid.lines)):
            for place, made in enumerate(self._row(row)):
                at = Coordinate(row, place)
                if self._table.get_cell_at(at) != made:
                    self._table.update_cell_at(at, made)

    def go(self, row: int, column: int) -> None:
        """Makes a cell the current one."""
        row = max(0, min(row, len(self.grid.lines) - 1))
        column = max(0, min(column, len(self.grid.columns) - 1))
        self.at = Coordinate(row, column)
        self._table.move_cursor(row=row, column=column + 1, animate=False)
        marks = self.grid.toggles(row, column)
        text = "" if marks else self.grid.text(row, column)
        self._line.load(text if self.grid.field(row, column) is not None else "", marks=marks)
        self._where.update(self._told(row, column))

    def _told(self, row: int, column: int) -> Content:
        heads = self._column_head(self.grid.columns[column])
        place = " · ".join(part for part in (self.grid.head(row).strip(), heads) if part)
        made = self.grid.field(row, column)
        if made is None:
            wants = tr("nothing to fill in here")
        elif self.grid.toggles(row, column):
            wants = tr("x or space marks it")
        else:
            wants = "; ".join(made.wants())
        return Content.assemble((f"[{place}] ", "bold"), (wants, "$foreground-muted"))

    def note(self) -> Content:
        lines = [super().note()] if super().note().plain else []
        found = self.session.cell_faults(self.key)
        lines += [
            Content.styled(f"{self._place_of(at)}: {said(fault)}", STYLES[level_of(fault)])
            for at, fault in found[:SHOWN_FAULTS]
        ]
        if len(found) > SHOWN_FAULTS:
            lines.append(Content(tr("… and {count} more, see F4", count=len(found) - SHOWN_FAULTS)))
        return Content("\n").join(lines)

    def _place_of(self, at: str) -> str:
        if not isinstance(self.grid, TableGrid):
            one = self.made.criteria.get(at)
            return one.title if one else at
        for line in self.grid.lines:
            column = at[len(line.name) + 1 :]
            if line.name and at.startswith(f"{line.name}.") and column in self.made.leaves:
                label = self.made.leaves[column].field.name
                return " · ".join(part for part in ((line.label or line.number).strip(), label) if part)
        return at

    # ---- typing -----------------------------------------------------------------------------------------

    def is_typed(self, typed: str, editor: OrderedKeys) -> None:  # noqa: ARG002
        self._keep(self.grid.typed(self.at.row, self.at.column, typed), joined=True)

    def _keep(self, value: dict[str, Any], *, joined: bool = False) -> None:
        """Puts a changed table into the session. What is typed into one cell is undone together."""
        if value == self.grid.value:
            return
        if not joined:
            self.session.seal()
        self.session.put(self.key, value or None)
        if not joined:
            self.session.seal()
        rows = len(self.grid.lines)
        self.grid = self.make_grid()
        if rows != len(self.grid.lines):
            self._build()
            self._table.move_cursor(row=self.at.row, column=self.at.column + 1, animate=False)
        else:
            self._refresh_cells()

    @on(CellLine.Moved)
    def _moved(self, event: CellLine.Moved) -> None:
        event.stop()
        self.session.seal()
        self.go(self.at.row + event.down, self.at.column + event.across)

    @on(CellLine.Toggled)
    def _toggled(self, event: CellLine.Toggled) -> None:
        event.stop()
        self._keep(self.grid.toggled(self.at.row, self.at.column))
        self._changed()

    @on(CellLine.RowAsked)
    def _row_asked(self, event: CellLine.RowAsked) -> None:
        event.stop()
        row = self.at.row
        if not self.grid.is_open:
            self.app.notify(tr("The rows of this table are fixed."), severity="warning")
            return
        step = {"up": -1, "down": 1}.get(event.what)
        if step is not None:
            self._keep(self.grid.moved(row, step))
            row += step
        else:
            self._keep(self.grid.inserted(row) if event.what == "inserted" else self.grid.removed(row))
        self.go(row, self.at.column)
        self._changed()

    @on(CellLine.Pasted)
    def _pasted(self, event: CellLine.Pasted) -> None:
        event.stop()
        value, refused = self.grid.pasted(self.at.row, self.at.column, event.text)
        self._keep(value)
        self.go(self.at.row, self.at.column)
        self._tell(refused)
        self._changed()

    def _tell(self, refused: list[Refusal]) -> None:
        if refused:
            told = "\n".join(one.said() for one in refused[:SHOWN_FAULTS])
            more = tr("{count} cells were not taken:", count=len(refused))
            self.app.notify(f"{more}\n{told}", severity="warning", timeout=12)

    @on(DataTable.CellHighlighted)
    @on(DataTable.CellSelected)
    def _picked(self, event: DataTable.CellHighlighted | DataTable.CellSelected) -> None:
        event.stop()
        if event.coordinate.column and event.coordinate.left() != self.at and self._table.has_focus:
            self.go(event.coordinate.row, event.coordinate.column - 1)

    def _changed(self) -> None:
        self.settle_notes()
        self.post_message(self.Changed(self, self.key))

    def tidy(self) -> None:
        self.go(self.at.row, self.at.column)


class ScoringWidget(TableWidget):
    """The criteria as a grid of points, with the level they lead to below."""

    made: ScoringField

    def make_grid(self) -> Grid:
        return ScoringGrid(self.made, self.value())

    def note(self) -> Content:
        place = Place(self.key.part, self.key.section)
        outline = self.session.outline(self.key.part)
        if outline is None:
            return super().note()
        names = Names(self.session.unit, outline, self.session.sheet(self.key.part))
        node = self.session.node(place)
        told = score(self.made, self.value(), lambda condition: names.meets(condition, node))
        line = Content.styled(score_line(self.made, told), "bold")
        rest = super().note()
        return Content("\n").join([line, rest]) if rest.plain else line
