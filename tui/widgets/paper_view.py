"""Draws a preview line by line: only what is seen. Tables that are too wide move sideways under their row names."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.paper import Laid
from tui.previewing import Preview

GUTTER = 2  # cells at the left, for the sign of the line one is at
_MORE = "›"
_ABOVE = 3  # lines kept in sight above and below the cursor
_SLICE = 400  # lines laid out between two looks at the keys


class PaperView(ScrollView, can_focus=True):
    BINDINGS = [
        Binding("up", "move(-1)", show=False), Binding("down", "move(1)", show=False),
        Binding("k", "move(-1)", show=False), Binding("j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False), Binding("pagedown,space", "page(1)", show=False),
        Binding("home,ctrl+home", "top", show=False), Binding("end,ctrl+end", "bottom", show=False),
        Binding("left", "shift(-1)", show=False), Binding("right", "shift(1)", show=False),
        Binding("n", "screen.hit(1)", show=False), Binding("N", "screen.hit(-1)", show=False),
    ]  # fmt: skip
    COMPONENT_CLASSES = {
        "paper--bold", "paper--italic", "paper--reverse", "paper--title", "paper--label", "paper--rule", "paper--head",
        "paper--group", "paper--total", "paper--missing", "paper--hint", "paper--warning", "paper--error",
        "paper--cursor", "paper--hit", "paper--current",
    }  # fmt: skip

    @dataclass
    class Moved(Message):
        """The cursor stands on another line, or more was laid out."""

    @dataclass
    class Chosen(Message):
        """The line was clicked twice, to fill in what stands there."""

    def __init__(self, preview: Preview, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.preview = preview
        self.across = 0  # cells by which wide tables are moved
        self._room = 0

    # ---- layout -----------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        room = self.scrollable_content_region.width - GUTTER - 1
        if room > 0 and room != self._room:
            self._room = room
            self.preview.lay_out(room)
            self.renew(self._before(event))

    def _before(self, event: events.Resize) -> int:
        return min(_ABOVE, max(0, event.size.height // 4))

    def renew(self, above: int | None = None) -> None:
        """After the paper was laid out anew; `above` lines are seen above the cursor."""
        self.across = 0
        self.preview.paper.grow(lambda: self.preview.paper.height > self.preview.cursor + 2 * self.size.height)
        self._fit()
        line = self.preview.cursor
        if above is not None:
            self.scroll_to(y=max(0, line - above), animate=False, force=True, immediate=True)
        self.moved()
        if not self.preview.paper.whole:
            self.set_timer(0.01, self._grow)

    def _grow(self) -> None:
        more = self.preview.grow(_SLICE)
        self._fit()
        if more:
            self.set_timer(0.01, self._grow)
        else:
            self.post_message(self.Moved())

    def _fit(self) -> None:
        self.virtual_size = Size(self.size.width - 1, self.preview.paper.height)

    # ---- moving -----------------------------------------------------------------------------------------

    def moved(self) -> None:
        """Brings the cursor into sight."""
        line, height, top = self.preview.cursor, self.scrollable_content_region.height, self.scroll_offset.y
        margin = min(_ABOVE, max(0, (height - 1) // 2))
        wanted = max(min(top, line - margin), line + margin + 1 - height)
        wanted = max(0, min(wanted, self.preview.paper.height - height))
        self._fit()
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        self.refresh()
        self.post_message(self.Moved())

    def action_move(self, by: int) -> None:
        self.preview.go(self.preview.cursor + by)
        self.moved()

    def action_page(self, by: int) -> None:
        """A page less two lines; the cursor stays at its height on the screen."""
        by *= max(1, self.size.height - 2)
        line, top = self.preview.cursor, self.scroll_offset.y
        self.preview.go(line + by)
        self._fit()
        self.scroll_to(y=max(0, top + by), animate=False, force=True, immediate=True)
        self.moved()

    def action_top(self) -> None:
        self.preview.go(0)
        self.moved()

    def action_bottom(self) -> None:
        self.preview.go_end()
        self.moved()

    def wide_tables(self) -> list[Laid]:
        """The tables in sight that are wider than the screen, one for each of their lines."""
        seen = range(self.scroll_offset.y, self.scroll_offset.y + self.size.height)
        return [found[0] for found in map(self.preview.paper.wide, seen) if found is not None]

    def action_shift(self, by: int) -> None:
        """Moves the wide tables in sight sideways by a column."""
        tables = self.wide_tables()
        stops = sorted({one.window(stop, self._room)[0] - one.side for one in tables for stop in one.stops})
        further = [stop for stop in stops if (stop > self.across if by > 0 else stop < self.across)]
        if further:
            self.across = further[0] if by > 0 else further[-1]
            self.refresh()

    def show_top(self) -> None:
        """Brings the line one is at to the top."""
        self._fit()
        self.scroll_to(y=max(0, self.preview.cursor - 1), animate=False, force=True, immediate=True)
        self.moved()

    def show_hit(self) -> None:
        """Brings the current hit into sight, sideways too."""
        if self.preview.hits:
            first = self.preview.hits[self.preview.hit].stretches[0]
            found = self.preview.paper.wide(first.line)
            if found is not None and found[0].place_of(first.end - 1, self.across, self._room) is None:
                self.across = max(stop for stop in found[0].stops if stop <= first.start - found[0].side)
        self.moved()

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        # The wheel leaves no cursor behind.
        top, height = round(new), self.scrollable_content_region.height
        line = max(top, min(self.preview.cursor, top + height - 1))
        if height and line != self.preview.cursor and line < self.preview.paper.height:
            self.preview.go(line)
            self.post_message(self.Moved())

    # ---- mouse ------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if line < self.preview.paper.height:
            event.stop()
            self.preview.go(line)
            self.moved()
            if event.chain == 2:
                self.post_message(self.Chosen())

    # ---- drawing ----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width, line = self.size.width, y + self.scroll_offset.y
        if line >= self.preview.paper.height:
            return Strip.blank(width, self.rich_style)
        is_here = line == self.preview.cursor
        base = self.get_component_rich_style("paper--cursor") if is_here else self.rich_style
        sign = Segment("▸ ", base + self._look("missing")) if is_here else Segment("  ", base)
        return Strip([sign, *self._paper_line(line, base)]).adjust_cell_length(width, base)

    def _look(self, name: str) -> Style:
        """Colour and weight of letters; what is behind them depends on the line."""
        made = self.get_component_rich_style(f"paper--{name}")
        return Style(color=made.color, bold=made.bold, italic=made.italic, reverse=made.reverse)

    def _paper_line(self, line: int, base: Style) -> Strip:
        paper = self.preview.paper
        wide = paper.wide(line)
        runs = paper.line(line) if wide is None else wide[0].seen(wide[1], self.across, self._room)
        strip = Strip([Segment(words, base + self._look(look) if look else base) for words, look in runs])
        strip = self._with_hits(strip, line, wide[0] if wide else None)
        if wide is None or wide[0].window(self.across, self._room)[1] == wide[0].width:
            return strip
        return Strip.join([strip, Strip([Segment(_MORE, base + self._look("missing"))])])

    def _with_hits(self, strip: Strip, line: int, table: Laid | None) -> Strip:
        for is_current, one in self.preview.hits_on(line):
            start, end = one.start, one.end
            if table is not None:
                at = table.place_of(start, self.across, self._room)
                if at is None:
                    continue
                start, end = at, at + end - start
            look = self.get_component_rich_style("paper--current" if is_current else "paper--hit")
            before, found, after = strip.divide([start, end, max(end, strip.cell_length)])
            found = Strip([Segment(text, (style or Style()) + look) for text, style, _ in found])
            strip = Strip.join([before, found, after])
        return strip
