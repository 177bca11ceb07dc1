"""The list of dossiers. It draws the lines that are in sight and no others, so thousands cost nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.board import Board, BoardLine, cells_of, problems_of
from tui.fitting import cells, clipped, middle, padded

_STATE, _BAR, _SHARE = 14, 10, 5
_PROBLEMS = ((140, 36), (96, 24), (0, 14))  # from how wide a list on, and the cells for problems then


class BoardList(ScrollView):
    """The lines of a `Board`. The cursor rests on units only."""

    COMPONENT_CLASSES = {
        "board--heading", "board--cursor", "board--muted", "board--alarm", "board--done",
    }  # fmt: skip
    cursor: reactive[int] = reactive(-1)

    @dataclass
    class Opened(Message):
        """Posted when somebody chose a dossier."""

        board_list: BoardList
        checklist: str
        unit: str

        @property
        def control(self) -> BoardList:
            return self.board_list

    def __init__(self, board: Board, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.board = board
        self.lines: Sequence[BoardLine] = ()
        self._longest = 0  # cells of the longest name

    def show(self, lines: Sequence[BoardLine]) -> None:
        """Takes new lines; the cursor stays on its dossier if that is still there."""
        kept = self.chosen.target if self.chosen else None
        self.lines = lines
        self._longest = max((len(line.standing.name) for line in lines if line.standing), default=0)
        self.virtual_size = Size(self.size.width, len(lines))
        at = next((place for place, line in enumerate(lines) if line.target == kept and kept), -1)
        self.cursor = at if at >= 0 else self._next(-1, 1)
        self.refresh()

    @property
    def chosen(self) -> BoardLine | None:
        return self.lines[self.cursor] if 0 <= self.cursor < len(self.lines) else None

    def move(self, step: int) -> None:
        """Moves the cursor by so many lines, headings left out."""
        if self.lines:
            goal = min(len(self.lines) - 1, max(0, self.cursor + step))
            direction = 1 if step > 0 else -1
            if self.lines[goal].standing is None:
                goal = self._next(goal, direction)
            self.cursor = goal if goal >= 0 else self._next(-1, 1)

    def _next(self, start: int, step: int) -> int:
        place = start + step
        while 0 <= place < len(self.lines):
            if self.lines[place].standing is not None:
                return place
            place += step
        return -1

    def open_chosen(self) -> None:
        if self.chosen and self.chosen.target:
            self.post_message(self.Opened(self, *self.chosen.target))

    def watch_cursor(self, old: int, new: int) -> None:
        for line in (old, new):
            if line >= 0:
                self.refresh(Region(0, line - self.scroll_offset.y, self.size.width, 1))
        top = new - 1 if new > 0 and self.lines[new - 1].standing is None else new
        if new >= 0:
            self.scroll_to_region(Region(0, top, 1, new - top + 1), animate=False, force=True)

    def _on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(event.size.width, len(self.lines))

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if 0 <= line < len(self.lines) and self.lines[line].standing is not None:
            again = line == self.cursor
            self.cursor = line
            if again or event.chain > 1:
                self.open_chosen()

    def render_line(self, y: int) -> Strip:
        place, width = y + self.scroll_offset.y, self.size.width
        if place >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[place]
        strip = self._heading(line, width) if line.standing is None else self._unit(line, width, place == self.cursor)
        return strip.adjust_cell_length(width, self.rich_style)

    def _heading(self, line: BoardLine, width: int) -> Strip:
        told = self.board.deadline(line.checklist)
        room = width - cells(told) - 4
        title = clipped(line.checklist.title, room)
        gap = " " * (room - cells(title) + 2)
        style = self.get_component_rich_style("board--heading")
        muted = self.get_component_rich_style("board--muted")
        return Strip([Segment(f" {title}", style), Segment(gap, style), Segment(f"{told} ", style + Style(bold=False)
                     if self.app.no_color else style + Style(color=muted.color, bold=False))])  # fmt: skip

    def _unit(self, line: BoardLine, width: int, chosen: bool) -> Strip:
        assert line.standing is not None
        state, bar, share = cells_of(line.standing)
        problems_room = next(room for least, room in _PROBLEMS if width >= least)
        problems = problems_of(line.standing, problems_room, stopped=self.board.stopped)
        name_room = width - _STATE - _BAR - _SHARE - problems_room - 7
        if self._longest > name_room:  # the share says what the bar shows
            bar, name_room = "", name_room + _BAR
        base = self.get_component_rich_style("board--cursor") if chosen else self.rich_style
        alarm = bool(line.standing.row and line.standing.row.errors and line.standing.fresh)
        tones = {"": base, "muted": base, "alarm": base, "done": base}
        if not chosen:
            tones |= {tone: self.get_component_rich_style(f"board--{tone}") for tone in ("muted", "alarm", "done")}
        done = line.standing.row is not None and line.standing.row.done == line.standing.row.total
        pieces = (
            ("▌ " if chosen else "  ", base),
            (padded(middle(line.standing.name, name_room), name_room), base),
            ("  " + padded(state, _STATE), tones["muted"]),
            (bar, tones["done" if done else "muted"]),
            (share.rjust(_SHARE) + "  ", base),
            (padded(problems, problems_room), tones["alarm" if alarm else "muted"]),
        )
        return Strip([Segment(text, style) for text, style in pieces])
