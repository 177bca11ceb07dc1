"""Where one is in a grid, what is selected, what is being typed: the habits of a spreadsheet, without a screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hoso.i18n import tr
from tui.grids.cells import Sort, Value
from tui.grids.pasting import Area, Refusal, copied, pasted
from tui.grids.picking import Picks

if TYPE_CHECKING:
    from tui.grids import Grid

Keep = Callable[[Value, bool], None]


class Desk:
    """Moves about in a grid and changes it. `keep` puts a changed value away and, by `take`, back in here; its
    second argument says whether the change belongs to the one before it, as the letters of a word do."""

    def __init__(self, grid: Grid, keep: Keep) -> None:
        self.grid = grid
        self.row = self.column = 0
        self.anchor: tuple[int, int] | None = None  # where a selection began
        self.editing = False
        self.picks: Picks | None = None
        self._keep = keep
        self._origin: object = None  # what was kept in the current cell before it was typed into
        self._new_row = False  # whether the row began with this cell
        self._tabbed_from: int | None = None
        self.go_first()

    # ---- where one is -----------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        return len(self.grid.lines)

    @property
    def width(self) -> int:
        return len(self.grid.columns)

    @property
    def at(self) -> tuple[int, int]:
        return self.row, self.column

    @property
    def area(self) -> Area:
        """What is selected: at least the current cell."""
        row, column = self.anchor or self.at
        top, bottom = sorted((row, self.row))
        left, right = sorted((column, self.column))
        return Area(top, left, bottom, right)

    def is_open(self, row: int, column: int) -> bool:
        return self.grid.sort(row, column) is Sort.OPEN

    def go_first(self) -> None:
        """To the first cell that is to be filled."""
        for row in range(self.height):
            for column in range(self.width):
                if self.is_open(row, column):
                    self.row, self.column = row, column
                    return

    def go(self, row: int, column: int, *, extend: bool = False) -> None:
        """Makes a cell the current one; what was typed into the last one stays there."""
        self.commit()
        self._tabbed_from = None
        self._stand(row, column, extend=extend)

    def _stand(self, row: int, column: int, *, extend: bool = False) -> None:
        self.anchor = (self.anchor or self.at) if extend else None
        self.row = max(0, min(row, self.height - 1))
        self.column = max(0, min(column, self.width - 1))

    def step(self, down: int, across: int, *, extend: bool = False) -> None:
        """One cell on; headings, beside which there are no cells, are stepped over."""
        row = self.row + down
        while down and 0 <= row < self.height and self.grid.sort(row, 0) is Sort.HEADING:
            row += 1 if down > 0 else -1
        self.go(row if 0 <= row < self.height else self.row, self.column + across, extend=extend)

    def jump(self, down: int, across: int, *, extend: bool = False) -> None:
        """To the edge of what is filled, as Ctrl with an arrow does in spreadsheets."""
        row, column = self._edge(down, across)
        self.go(row, column, extend=extend)

    def _edge(self, down: int, across: int) -> tuple[int, int]:
        row, column = self.at
        inside = self._is_filled(row, column) and self._is_filled(row + down, column + across)
        while 0 <= row + down < self.height and 0 <= column + across < self.width:
            ahead = self._is_filled(row + down, column + across)
            if inside and not ahead:
                break
            row, column = row + down, column + across
            if not inside and ahead:
                break
        return row, column

    def _is_filled(self, row: int, column: int) -> bool:
        return 0 <= row < self.height and 0 <= column < self.width and bool(self.grid.text(row, column))

    def to_row_end(self, side: int, *, extend: bool = False) -> None:
        self.go(self.row, 0 if side < 0 else self.width - 1, extend=extend)

    def to_corner(self, side: int, *, extend: bool = False) -> None:
        self.go(0 if side < 0 else self.height - 1, 0 if side < 0 else self.width - 1, extend=extend)

    def enter(self, step: int = 1) -> None:
        """Down, and after a run of Tabs back to the column where it began."""
        column = self.column if self._tabbed_from is None else self._tabbed_from
        self.commit(take=True)
        row = self.row + step
        while 0 <= row < self.height and not self.is_open(row, column):
            row += step
        self.go(row if 0 <= row < self.height else self.row, column)

    def tab(self, step: int) -> bool:
        """To the next cell that is to be filled, row by row; False at the end, where the grid is left."""
        began = self.column if self._tabbed_from is None else self._tabbed_from
        leaves = self.grid.head(self.row).kind == "new" and step > 0 and not self.editing
        self.commit(take=True)
        place = self.row * self.width + self.column + step
        while not leaves and 0 <= place < self.height * self.width:
            row, column = divmod(place, self.width)
            if self.is_open(row, column):
                self._stand(row, column)
                self._tabbed_from = began
                return True
            place += step
        self.anchor = self._tabbed_from = None
        return False

    def select_all(self) -> None:
        self.commit()
        self.anchor, self.row, self.column = (0, 0), self.height - 1, self.width - 1

    def collapse(self) -> bool:
        """Takes a selection back to the current cell; False where there is none."""
        had, self.anchor = self.anchor is not None and not self.area.is_one, None
        return had

    # ---- typing -----------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The current cell as it is edited."""
        return self.grid.edited(*self.at)

    @property
    def takes_text(self) -> bool:
        return self.is_open(*self.at) and not self.grid.toggles(*self.at)

    def typed(self, text: str) -> None:
        """The text of the current cell as it stands after a key."""
        joined = self._begin()
        if self.picks is not None:
            self.picks.narrow(text)
        else:
            self._keep(self.grid.typed(self.row, self.column, text), joined)

    def edit(self) -> None:
        """Begins to edit what stands in the cell; a choice opens its list."""
        self._begin()

    def _begin(self) -> bool:
        """Whether typing had begun in this cell already."""
        if self.editing:
            return True
        self.editing, self.anchor = True, None
        self._origin = self.grid.answer(*self.at).as_raw()
        self._new_row = self.grid.head(self.row).kind == "new"
        options = self.grid.options(*self.at)
        if options:
            answer = self.grid.answer(*self.at).value
            chosen = answer if isinstance(answer, list) else [answer] if answer else []
            made = self.grid.field(*self.at)
            self.picks = Picks(options, [str(one) for one in chosen], many=getattr(made, "many", False))
        return False

    def commit(self, *, take: bool = False) -> str:
        """Ends typing in the cell. Of an open list the option that typed words lead to is taken; with `take` the one
        pointed at in any case. Gives what could not be taken: words that lead to no option."""
        picks, self.picks, self.editing = self.picks, None, False
        if picks is None or not (picks.query.strip() or picks.many or take):
            return ""
        if picks.query.strip() and not picks.shown:
            return picks.query.strip()
        self._keep(self.grid.put(self.row, self.column, picks.settled()), False)
        return ""

    def drop(self) -> None:
        """Ends typing where the cell is no longer what it was: after undo, or when others took the row away."""
        self.editing, self.picks, self.anchor = False, None, None

    def pick(self) -> None:
        """Takes the current entry of the open list; where several may be chosen, the list stays open."""
        if self.picks is None:
            return
        if self.picks.many:
            self.picks.toggle()
            self._keep(self.grid.put(self.row, self.column, self.picks.chosen or None), True)
        else:
            kept = self.picks.settled()
            self.picks, self.editing = None, False
            if kept is not None:
                self._keep(self.grid.put(self.row, self.column, kept), False)

    def cancel(self) -> bool:
        """Puts back what stood in the cell before; False where nothing was being typed."""
        if not self.editing:
            return False
        self.editing, self.picks = False, None
        if self._new_row and self.grid.head(self.row).kind == "row":
            self._keep(self.grid.removed(self.row), True)
        else:
            self._keep(self.grid.put(self.row, self.column, self._origin), True)
        return True

    def toggle(self) -> None:
        self._keep(self.grid.toggled(*self.at), False)

    # ---- areas ------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Empties what is selected, as far as it is to be filled."""
        self.commit()
        area = self.area
        self._fill({(row, column): None for row in area.rows for column in area.columns})

    def fill_down(self) -> None:
        """Copies the first row of the selection into the others; of one cell, the cell above into it."""
        self.commit()
        area = self.area
        top = area.top - 1 if area.top == area.bottom else area.top
        if top < 0:
            return
        cells = {}
        for column in area.columns:
            text = self.grid.text(top, column) if self.grid.toggles(top, column) else self.grid.edited(top, column)
            for row in range(top + 1, area.bottom + 1):
                if not self.grid.unfit(row, column, text):
                    cells[row, column] = self.grid.kept(row, column, text)
        self._fill(cells)

    def _fill(self, cells: dict[tuple[int, int], object]) -> None:
        rows: dict[int, dict[int, object]] = {}
        for (row, column), kept in cells.items():
            if self.is_open(row, column):
                rows.setdefault(row, {})[column] = kept
        self._keep(self.grid.filled(rows.items()), False)

    def copy(self) -> str:
        return copied(self.grid, self.area)

    def paste(self, text: str) -> list[Refusal]:
        self.commit()
        value, refused = pasted(self.grid, self.area, text)
        self._keep(value, False)
        return refused

    # ---- rows -------------------------------------------------------------------------------------------

    def rows(self, what: str) -> str:
        """`inserted`, `removed`, moved `up` or `down`: the selected rows. Gives why not, where it cannot be done."""
        if not self.grid.is_open:
            return tr("The rows of this table are fixed.")
        self.commit()
        top, count = self.area.top, len(self.area.rows)
        step = {"up": -1, "down": 1}.get(what, 0)
        if step:
            value = self.grid.moved(top, step, count)
        elif what == "inserted":
            value = self.grid.inserted(top, count)
        else:
            value = self.grid.removed(top, count)
        if value is self.grid.value:
            return "" if step else tr("There is no row here.")
        anchor = self.anchor
        self._keep(value, False)
        if step:
            self.row += step
            self.anchor = (anchor[0] + step, anchor[1]) if anchor else None
        else:
            self.anchor = None
            self.row = min(top, self.height - 1)
        return ""

    # ---- from outside -----------------------------------------------------------------------------------

    def take(self, grid: Grid, value: Value) -> list[int] | None:
        """Takes a value in that was changed elsewhere, by undo or by others; gives the rows that look different.

        One stays in the row where one was, even if rows came in above it."""
        self.grid = grid
        name = grid.row_name(self.row)
        rows = grid.take(value)
        if rows is None:
            self.anchor = None
            found = grid.row_of(name)
            if found is None:
                self.drop()
            else:
                self.row = found
        self.row, self.column = min(self.row, self.height - 1), min(self.column, self.width - 1)
        return rows

    def go_to_change(self, before: Value) -> None:
        """To the first cell that differs from an earlier value: where undo changed something."""
        after = self.grid.value
        for name in [*after, *(name for name in before if name not in after)]:
            if after.get(name) == before.get(name) and (name in after) == (name in before):
                continue
            row, old, new = self.grid.row_of(name), before.get(name) or {}, after.get(name) or {}
            if row is None:
                continue
            names: list[str] = []
            if isinstance(old, dict) and isinstance(new, dict):
                names = [one for one in {**old, **new} if old.get(one) != new.get(one)]
            if not names or not self.point_at(f"{name}.{names[0]}"):
                self.go(row, self.column)
            return

    def point_at(self, address: str) -> bool:
        """Goes to the cell that a problem is about."""
        place = self.grid.place(address)
        if place is not None:
            self.go(place[0], self.column if place[1] is None else place[1])
        return place is not None
