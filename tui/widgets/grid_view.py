"""A grid on the screen: merged heads and row heads that stay in place, cells, the cell that is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hoso.i18n import tr
from hoso.problems import Level
from hoso.text import cells, clipped
from tui.grids import Sort
from tui.grids.sheet import SIGN, Piece, Sheet, laid_out

if TYPE_CHECKING:
    from tui.fields.table import TableWidget

CLOSED = "░"
_EDITOR = 24  # terminal cells that a text gets at least while it is typed, over the cells behind it


class GridView(ScrollView, can_focus=False):
    """Draws what `host` has; a click picks a cell, a double click goes into it, Shift extends the selection."""

    COMPONENT_CLASSES = {
        "grid--head", "grid--side", "grid--cell", "grid--odd", "grid--fixed", "grid--total", "grid--guide",
        "grid--cursor", "grid--still", "grid--selected", "grid--editor", "grid--error",
        "grid--warning", "grid--hint",
    }  # fmt: skip

    def __init__(self, host: TableWidget) -> None:
        super().__init__(classes="grid")
        self.host = host
        self.sheet = Sheet()
        self._room = 0

    # ---- layout -----------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """After rows or columns changed, or the room for them."""
        if not self._room:
            return
        self.sheet = laid_out(self.host.grid, self._room - 1)
        size = Size(self.sheet.side + self.sheet.total, self.top + len(self.host.grid.lines))
        if size != self.virtual_size:
            self.virtual_size = size
            self.refresh(layout=True)
        self.refresh()

    @property
    def top(self) -> int:
        """How many lines the head takes."""
        return len(self.sheet.head)

    @property
    def rows_shown(self) -> int:
        return max(1, self.scrollable_content_region.height - self.top)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        if width != self._room:
            self._room = width
            self.sheet = laid_out(self.host.grid, width - 1)
            self.virtual_size = Size(self.sheet.side + self.sheet.total, self.top + len(self.host.grid.lines))
        return self.virtual_size.height

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return container.width

    def show_cell(self, row: int, column: int) -> None:
        """Scrolls so that a cell is seen, here and in the form."""
        size, sheet = self.scrollable_content_region.size, self.sheet
        if not size or column >= len(sheet.starts):
            return
        room, start, width = size.width - sheet.side, sheet.starts[column], sheet.widths[column]
        x, y = self.scroll_offset
        x = min(x, start) if column else 0
        if x < (least := min(start, start + width + 1 - room)):
            # Whole columns at the left, as far as that goes.
            x = next(place for place in sheet.starts if place >= least)
        y = max(min(y, row), row + 1 - self.rows_shown)
        if (x, y) != self.scroll_offset:
            self.scroll_to(x, y, animate=False, force=True)
        self.host.show_line(self.region.y + self.top + row - y)
        self.call_after_refresh(self.host.line.place_caret)

    def on_resize(self) -> None:
        # Keys may have come before there was a place to show them at.
        self.call_after_refresh(self.host.line.place_caret)

    def cell_offset(self, row: int, column: int) -> Offset:
        """Where a cell begins, behind its sign, in this widget."""
        x, y = self.scroll_offset
        if column >= len(self.sheet.starts):
            return Offset(0, 0)
        return Offset(self.sheet.side + self.sheet.starts[column] + SIGN - x, self.top + row - y)

    def redraw(self, rows: list[int] | None = None) -> None:
        """Draws some rows anew, or all."""
        if rows is None:
            self.refresh()
            return
        size, y = self.size, self.scroll_offset.y
        regions = [Region(0, self.top + row - y, size.width, 1) for row in rows if 0 <= row - y < self.rows_shown]
        if regions:
            self.refresh(*regions)

    # ---- drawing ----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if not self.sheet.widths:
            return Strip.blank(width)
        if y < self.top:
            side, rest = self._head_line(y)
        elif (row := y - self.top + self.scroll_offset.y) < len(self.host.grid.lines):
            if self.host.grid.head(row).kind == "heading":
                return self._heading(row, width)
            side, rest = self._side(row), self._cells(row)
        else:
            return Strip.blank(width, self.rich_style)
        x = self.scroll_offset.x
        room = width - self.sheet.side
        scrolled = Strip(rest).crop(x, x + room).extend_cell_length(room, self.rich_style)
        return Strip.join([Strip(side), self._with_editor(scrolled, y, room)])

    def _style(self, *names: str) -> Style:
        return self.get_component_rich_style(*(f"grid--{name}" for name in names))

    def _head_line(self, y: int) -> tuple[list[Segment], list[Segment]]:
        style, sheet = self._style("head"), self.sheet
        last = y == self.top - 1
        width = sheet.side - 1
        words = clipped(self.host.grid.corner, width - sheet.number) if last else ""
        out = [Segment(_left(" " * sheet.number + words, width), style), Segment("│", style)]
        rest: list[Segment] = []
        x, room, at = self.scroll_offset.x, self.scrollable_content_region.width - sheet.side, 0
        for piece in sheet.head[y]:
            rest.append(Segment(" " * (piece.start - at), style))
            lined = style + _UNDERLINE if piece.last else style
            rest += [Segment(_in_sight(piece, x, x + room), lined), Segment("│", style)]
            at = piece.start + piece.width + 1
        if last:
            out = [Segment(segment.text, style + _UNDERLINE) for segment in out]
        return out, rest

    def _heading(self, row: int, width: int) -> Strip:
        head, style = self.host.grid.head(row), self._style("side") + _BOLD
        number = _right(head.number, self.sheet.number - 1) + " " if self.sheet.number else ""
        words = number + "  " * head.depth + head.label
        return Strip([Segment(_left(clipped(words, width), width), style)])

    def _side(self, row: int) -> list[Segment]:
        head, sheet, desk = self.host.grid.head(row), self.sheet, self.host.desk
        style = self._style("side")
        if head.kind == "total":
            style = self._style("total")
        if head.kind == "group" or (row == desk.row and self.host.is_used):
            style += _BOLD
        number = _right(head.number, sheet.number - 1) + " " if sheet.number else ""
        label = _left(clipped("  " * head.depth + head.label, sheet.label), sheet.label)
        return [Segment(number + label, style), Segment("│", style)]

    def _cells(self, row: int) -> list[Segment]:
        out: list[Segment] = []
        guide = self._style("total" if self.host.grid.head(row).kind == "total" else "guide")
        for column in range(len(self.sheet.widths)):
            out += self._cell(row, column)
            out.append(Segment("│", guide))
        return out

    def _cell(self, row: int, column: int) -> list[Segment]:
        grid, width = self.host.grid, self.sheet.widths[column] - SIGN
        sort, style = grid.sort(row, column), self._cell_style(row, column)
        sign, sign_style = self._sign(row, column)
        if sort is Sort.CLOSED:
            return [Segment(CLOSED * (width + SIGN), style)]
        text = grid.text(row, column)
        if not column and grid.head(row).kind == "new":
            return [Segment(_left(clipped(f" {tr('new row')}", width + SIGN), width + SIGN), style + _DIM)]
        if sort is Sort.COMPUTED and text and not sign:
            sign = "="
        if not text and (row, column) in self.host.notes.idle:
            return [Segment(sign or " ", style + sign_style), Segment(_centre("–", width), style + _DIM)]
        if grid.toggles(row, column):
            shown = _centre(clipped(text, width), width)
        elif grid.is_number(row, column):
            shown = _right(clipped(text, width), width)
        else:
            shown = _left(clipped(text, width), width)
        return [Segment(sign or " ", style + sign_style), Segment(shown, style)]

    def _cell_style(self, row: int, column: int) -> Style:
        host = self.host
        if (row, column) == host.desk.at:
            return self._style("cursor" if host.is_used else "still")
        area = host.desk.area
        if not area.is_one and row in area.rows and column in area.columns:
            return self._style("selected")
        if host.grid.head(row).kind == "total":
            return self._style("total")
        return self._style("cell" if host.grid.sort(row, column) is Sort.OPEN else "fixed")

    def _sign(self, row: int, column: int) -> tuple[str, Style]:
        sign, level = self.host.notes.signs.get((row, column), ("", Level.HINT))
        name = {Level.ERROR: "error", Level.WARNING: "warning"}.get(level, "hint")
        return sign, Style(color=self._style(name).color, bold=level is not Level.HINT) if sign else Style()

    # ---- the cell that is typed into --------------------------------------------------------------------

    def _with_editor(self, strip: Strip, y: int, room: int) -> Strip:
        desk = self.host.desk
        if not desk.editing or y != self.top + desk.row - self.scroll_offset.y:
            return strip
        start, width = self._editor_place(room)
        drawn = Strip(self._editor(width))
        return Strip.join([strip.crop(0, start), drawn, strip.crop(start + width, room)])

    def _editor_place(self, room: int) -> tuple[int, int]:
        """Where the text being typed stands behind the row heads, and how wide: over the cells behind it if need be."""
        desk, sheet = self.host.desk, self.sheet
        start = max(0, sheet.starts[desk.column] - self.scroll_offset.x)
        value = self.host.line.value
        wish = max(sheet.widths[desk.column], min(cells(value) + 1 + SIGN, room))
        width = min(wish, room) if wish > room - start else wish
        return min(start, room - width), width

    def _editor(self, width: int) -> list[Segment]:
        line, style = self.host.line, self._style("editor")
        value, cursor = line.value, line.cursor_position
        first = 0
        while cells(value[first:cursor]) > width - SIGN - 1:
            first += 1
        low, high = sorted(line.selection)
        out, used = [Segment(" ", style)], SIGN
        for place in range(first, len(value) + 1):
            letter = value[place : place + 1] or " "
            if used + cells(letter) > width:
                break
            drawn = style
            if low <= place < high:
                drawn += self._style("selected")
            if place == cursor and line.caret_shown:
                drawn += _REVERSE
            out.append(Segment(letter, drawn))
            used += cells(letter)
        return [*out, Segment(" " * (width - used), style)]

    def caret_offset(self) -> Offset:
        """Where the text cursor is on the screen."""
        if not self.sheet.starts or not self.region:
            return Offset(0, 0)
        desk, line = self.host.desk, self.host.line
        y = self.region.y + self.top + desk.row - self.scroll_offset.y
        room = self.scrollable_content_region.width - self.sheet.side
        start, width = self._editor_place(room) if desk.editing else (self.cell_offset(*desk.at).x - self.sheet.side, 1)
        across = min(cells(line.value[: line.cursor_position]), width - SIGN - 1) + SIGN if desk.editing else 0
        return Offset(self.region.x + self.sheet.side + start + across, y)

    # ---- mouse ------------------------------------------------------------------------------------------

    def _place_at(self, event: events.MouseEvent) -> tuple[int, int] | None:
        row = event.y - self.top + self.scroll_offset.y
        column = self.sheet.column_at(event.x - self.sheet.side + self.scroll_offset.x)
        if event.y < self.top or event.x < self.sheet.side or column is None or row >= len(self.host.grid.lines):
            return None
        return None if self.host.grid.sort(row, column) is Sort.HEADING else (row, column)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        place = self._place_at(event)
        if place is not None:
            event.stop()
            self.host.pointed(*place, extend=event.shift)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.app.mouse_captured is self and (place := self._place_at(event)) and place != self.host.desk.at:
            self.host.pointed(*place, extend=True)

    def on_mouse_up(self) -> None:
        if self.app.mouse_captured is self:
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        place = self._place_at(event)
        if event.chain == 2 and place == self.host.desk.at:
            event.stop()
            self.host.line.action_grid_edit()


_BOLD, _DIM, _UNDERLINE, _REVERSE = Style(bold=True), Style(dim=True), Style(underline=True), Style(reverse=True)


def _left(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _right(text: str, width: int) -> str:
    return " " * (width - cells(text)) + text


def _centre(text: str, width: int) -> str:
    spare = max(0, width - cells(text))
    return " " * (spare // 2) + text + " " * (spare - spare // 2)


def _in_sight(piece: Piece, left: int, right: int) -> str:
    """A head over several columns keeps its words in the part of it that is seen."""
    start, end = max(piece.start, left), min(piece.start + piece.width, right)
    if end - start < cells(piece.text):
        start, end = piece.start, piece.start + piece.width
    rest = piece.start + piece.width - end
    return " " * (start - piece.start) + _centre(piece.text, end - start) + " " * rest
