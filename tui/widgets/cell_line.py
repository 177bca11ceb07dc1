"""The text field of a grid: it takes every key, so that none can overtake another. The grid shows what is in it, in
the cell itself; the field lies unseen below the grid's corner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Self

from textual import events
from textual.binding import Binding, BindingsMap, BindingType
from textual.geometry import Offset, Region

from tui import keys
from tui.grids import Desk
from tui.grids.cells import BREAK
from tui.stray import Stray
from tui.typing.letters import clean
from tui.widgets.line import Line
from tui.widgets.ordered_keys import FOCUS_KEYS


class Host(Protocol):
    """The field of the form that a cell line belongs to."""

    desk: Desk
    locked: bool

    @property
    def rows_shown(self) -> int:
        """How many rows are seen at once."""

    def keyed(self) -> None:
        """A key was pressed: from now on the form may scroll to the cell."""

    def redraw_cell(self) -> None:
        """The text or its cursor has changed."""

    def moved(self) -> None:
        """Another cell or another selection is the current one, or typing in a cell has ended."""

    def refused(self) -> None:
        """Nothing like that can be typed into the current cell."""

    def refused_option(self, words: str) -> None:
        """No option of the cell's list is meant by what was typed."""

    def paste_block(self, text: str) -> None: ...

    def copy_area(self) -> None: ...

    def alter_rows(self, what: str) -> None: ...

    def caret_offset(self) -> Offset:
        """Where the cursor of the text stands on the screen."""


def _go(**actions: str) -> list[BindingType]:
    """Keys of movement, and the same with Shift, which selects."""
    out: list[BindingType] = []
    for action, pressed in actions.items():
        name, _, told = action.partition("__")
        arguments = ", ".join(part.replace("m", "-") for part in told.split("_"))
        shifted = f"ctrl+shift+{pressed.removeprefix('ctrl+')}" if pressed.startswith("ctrl+") else f"shift+{pressed}"
        out += [
            Binding(pressed, f"{name}({arguments})", show=False),
            Binding(shifted, f"{name}({arguments}, True)", show=False),
        ]
    return out


class CellLine(Line, inherit_bindings=False):
    """Keys as in a spreadsheet: typing replaces what is in the cell, F2 goes into it. While it is typed anew, arrows
    go on to the next cell; after F2 they move inside the text."""

    BINDINGS = [
        *FOCUS_KEYS,
        *_go(
            step__m1_0="up", step__1_0="down", step__0_m1="left", step__0_1="right",
            jump__m1_0="ctrl+up", jump__1_0="ctrl+down", jump__0_m1="ctrl+left", jump__0_1="ctrl+right",
            row_end__m1="home", row_end__1="end", corner__m1="ctrl+home", corner__1="ctrl+end",
            page__m1="pageup", page__1="pagedown",
        ),
        Binding("enter", "down(1)", show=False),
        Binding("shift+enter", "down(-1)", show=False),
        Binding("escape", "cancel", show=False),
        Binding("backspace,shift+backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
        Binding("ctrl+backspace,alt+backspace", "delete_left_word", show=False),
        Binding("alt+delete", "delete_right_word", show=False),
    ]  # fmt: skip
    DEFAULT_CSS = """
    CellLine, CellLine:focus { position: absolute; layer: below; width: 1; height: 1; padding: 0; border: none; }
    """

    def __init__(self, host: Host) -> None:
        super().__init__(compact=True)
        self.host = host
        self.in_text = False  # arrows move inside the text
        self.stray = Stray()
        self._bindings = BindingsMap.merge([self._bindings, keys.bindings(keys.GRID)])

    @property
    def desk(self) -> Desk:
        return self.host.desk

    def load(self) -> None:
        """Takes the text of the current cell in, all selected: typing replaces it."""
        self.in_text = False
        self.set_text(self.desk.text)
        self.select_all()

    def validate_value(self, value: str) -> str:
        return super().validate_value(value.replace("\n", BREAK))

    # ---- what is typed ----------------------------------------------------------------------------------

    def replace(self, text: str, start: int, end: int) -> None:
        if self.host.locked or not self.desk.takes_text:
            self._toggled_by(text)
            return
        super().replace(text, start, end)

    def _toggled_by(self, text: str) -> None:
        marks = self.desk.grid.toggles(*self.desk.at) and self.desk.is_open(*self.desk.at)
        is_mark = text == " " or text.strip().lower() == "x"
        if not self.host.locked and marks and is_mark and not self.stray.goes_on():
            self.desk.toggle()
            self.host.moved()
        else:
            if text.strip():
                self.stray.letter()
            self.host.refused()

    def _tell_typed(self, value: str) -> None:
        # At once and not by a message: the next key may be on its way already.
        self.desk.typed(value)
        self.host.redraw_cell()
        self.place_caret()

    def place_caret(self) -> None:
        """Puts the terminal's cursor, at which input methods show the word being typed, into the cell."""
        self._place_caret()

    async def _on_key(self, event: events.Key) -> None:
        self.host.keyed()
        # A blank counts as text, so no binding would hear of it.
        if event.key == "space":
            event.stop()
            event.prevent_default()
            self.action_space()

    def _paste(self, text: str) -> None:
        block = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if not block:
            return
        if self.desk.editing:
            self.replace(clean(block), *self.selection)
        elif "\t" in block or "\n" in block or not self.desk.area.is_one or not self.desk.takes_text:
            self.host.paste_block(text)
        else:
            self.replace(clean(block), 0, len(self.value))

    def action_space(self) -> None:
        if self.desk.picks is not None and not self.value.strip():
            self.pick()
        elif self.desk.editing or (self.desk.takes_text and not self.desk.grid.options(*self.desk.at)):
            self.replace(" ", *self.selection)
        elif self.desk.takes_text:
            self.action_grid_edit()
        else:
            self._toggled_by(" ")

    def pick(self) -> None:
        """Chooses the entry of the list that is pointed at; where several may be, the list stays open."""
        self.desk.pick()
        if self.desk.picks is None:
            self.host.moved()
        else:
            self.set_text("")
            self.host.redraw_cell()

    def action_delete_left(self) -> None:
        if self.desk.editing:
            super().action_delete_left()
        else:
            self.action_delete_right()

    def action_delete_right(self) -> None:
        if self.desk.editing:
            super().action_delete_right()
        elif self.host.locked:
            self.host.refused()
        else:
            self.desk.clear()
            self.host.moved()

    # ---- going about ------------------------------------------------------------------------------------

    def action_step(self, down: int, across: int, extend: bool = False) -> None:
        if down and self.desk.picks is not None:
            self.desk.picks.move(down)
            self.host.redraw_cell()
        elif across and self.in_text:
            self.action_cursor_left(extend) if across < 0 else self.action_cursor_right(extend)
        else:
            self._go(lambda: self.desk.step(down, across, extend=extend))

    def action_jump(self, down: int, across: int, extend: bool = False) -> None:
        if across and self.in_text:
            self.action_cursor_left_word(extend) if across < 0 else self.action_cursor_right_word(extend)
        else:
            self._go(lambda: self.desk.jump(down, across, extend=extend))

    def action_row_end(self, side: int, extend: bool = False) -> None:
        if self.in_text:
            self.action_home(extend) if side < 0 else self.action_end(extend)
        else:
            self._go(lambda: self.desk.to_row_end(side, extend=extend))

    def action_corner(self, side: int, extend: bool = False) -> None:
        self._go(lambda: self.desk.to_corner(side, extend=extend))

    def action_page(self, side: int, extend: bool = False) -> None:
        rows = max(1, self.host.rows_shown - 1)
        self._go(lambda: self.desk.go(self.desk.row + side * rows, self.desk.column, extend=extend))

    def action_down(self, step: int) -> None:
        if self.desk.picks is not None and self.desk.picks.many and self.desk.picks.query.strip():
            self.pick()
        else:
            self._settle_pick(take=True)
            self._go(lambda: self.desk.enter(step))

    def tab(self, step: int) -> bool:
        """To the next cell that is to be filled; False where there is none, and the grid is to be left."""
        self._settle_pick(take=True)
        stays = self.desk.tab(step)
        self.host.moved()
        return stays

    def point(self, row: int, column: int, *, extend: bool = False) -> None:
        """Makes the cell that was clicked the current one."""
        self._go(lambda: self.desk.go(row, column, extend=extend))

    def _go(self, move: Callable[[], None]) -> None:
        self._settle_pick()
        move()
        self.host.moved()

    def _settle_pick(self, *, take: bool = False) -> None:
        if self.desk.picks is not None and (unknown := self.desk.commit(take=take)):
            self.host.refused_option(unknown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        # Where there is nothing to take back, Esc goes on to the screen.
        return action != "cancel" or self.desk.editing or not self.desk.area.is_one

    def action_cancel(self) -> None:
        if not self.desk.cancel():
            self.desk.collapse()
        self.host.moved()

    # ---- commands ---------------------------------------------------------------------------------------

    def action_grid_edit(self) -> None:
        """Goes into the text; a choice opens its list, a mark changes."""
        if self.host.locked or not self.desk.takes_text:
            self._toggled_by("x")
            return
        self.desk.edit()
        self.in_text = self.desk.picks is None
        self.set_text("" if self.desk.picks else self.value)
        self.action_end()
        self.host.redraw_cell()

    def action_grid_mark(self) -> None:
        self.action_space()

    def action_grid_rows(self, what: str) -> None:
        if self.host.locked:
            self.host.refused()
        else:
            self._settle_pick()
            self.host.alter_rows(what)

    def action_grid_copy(self) -> None:
        if self.desk.editing and self.desk.picks is None:
            if self.selected_text:
                self.app.copy_to_clipboard(self.selected_text)
        else:
            self.host.copy_area()

    def action_grid_cut(self) -> None:
        self.action_grid_copy()
        if self.desk.editing:
            super().action_cut()
        else:
            self.action_delete_right()

    def action_grid_paste(self) -> None:
        self.action_paste()

    def action_grid_fill(self) -> None:
        if self.host.locked:
            self.host.refused()
        else:
            self.desk.fill_down()
            self.host.moved()

    def action_grid_select(self) -> None:
        if self.desk.editing and self.desk.picks is None:
            self.select_all()
        else:
            self._go(self.desk.select_all)

    def action_grid_break(self) -> None:
        """A line end inside the cell; between several values of a cell, what parts them."""
        if self.host.locked or not self.desk.grid.takes_lines(*self.desk.at) or not self.desk.takes_text:
            return
        if not self.desk.editing:
            self.action_grid_edit()
        self.replace("; " if self.desk.grid.is_many(*self.desk.at) else BREAK, *self.selection)

    # ---- being seen -------------------------------------------------------------------------------------

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if layout or recompose:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if self.is_mounted:
            self.host.redraw_cell()
        return self

    @property
    def content_width(self) -> int:
        return 1  # it is not the field that is seen: whatever its text, the form is not laid out anew

    def _watch_selection(self) -> None:  # type: ignore[override]
        self.app.clear_selection()
        self.app.cursor_position = self.cursor_screen_offset

    @property
    def caret_shown(self) -> bool:
        """Whether the blinking cursor is to be seen at this moment."""
        return self.has_focus and self.desk.editing and self._cursor_visible

    @property
    def cursor_screen_offset(self) -> Offset:
        if self.app.focused is not self:
            return self.app.cursor_position
        return self.host.caret_offset()
