"""What lies in a folder, as a list: folders, then files with size and day; several can be marked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hoso.i18n import tr
from hoso.text import cells, clipped, shown_size
from tui.browsing import Browser, Entry, Listed, shown_name
from tui.widgets.letters import HandsLettersOn

_SIZE, _DAY = 9, 11  # cells


class FileList(HandsLettersOn, OptionList):
    """Enter or a click chooses; Space marks; Backspace and ← go up, → into a folder. Letters go to the path."""

    BINDINGS = [
        Binding("space", "mark", show=False),
        Binding("backspace,left", "up", show=False),
        Binding("right", "into", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Posted for a file or a folder; `.up` says that the folder above is meant."""

        path: Path
        is_folder: bool
        up: bool = False

    @dataclass
    class Marked(Message):
        """Posted when a file was marked, or is no longer."""

        path: Path

    def __init__(self, browser: Browser, text: Widget) -> None:
        super().__init__(id="folder")
        self.browser = browser
        self.text = text
        self.listed = Listed(browser.folder, [])
        self._above = False

    def text_for_letters(self) -> Widget | None:
        return None if self.text.disabled else self.text

    def show(self, listed: Listed, *, above: bool, at: Path | None = None) -> None:
        """Shows a folder; `above` gives a line that leads out of it, `at` is pointed at."""
        self.listed, self._above = listed, above and listed.folder != listed.folder.parent
        self.clear_options()
        out = [Option(Content.styled("  ..", "$foreground-muted"))] if self._above else []
        more = tr("… and {count} more: type a letter", count=listed.left_out)
        rest = [Option(Content.styled(f"  {more}", "$foreground-muted"), disabled=True)] if listed.left_out else []
        self.add_options([*out, *(Option(self._line(one)) for one in listed.entries), *rest])
        found = (place for place, one in enumerate(listed.entries) if one.path == at)
        first = int(self._above and bool(listed.entries))
        self.highlighted = next(found, 0 if at is None else -first) + first if self.option_count else None

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        for place, one in enumerate(self.listed.entries):
            self.replace_option_prompt_at_index(place + self._above, self._line(one))

    def _line(self, one: Entry) -> Content:
        """`▸ Báo cáo` or `☑ cong-van.pdf      1,2 MB  03/12/2021`."""
        width = max(20, self.scrollable_content_region.width - 4)
        if one.is_folder:
            return Content.assemble("▸ ", clipped(one.name, width))
        mark = "☑ " if one.path in self.browser.marked else "  "
        told = self.listed.details.get(one.path)
        size, day = (shown_size(told[0]), f"{told[1]:%d/%m/%Y}") if told else ("", "")
        other = "" if one.fits(self.browser.formats) else " " + tr("(not {formats})", formats=self._wanted())
        room = width - _SIZE - _DAY - 1 - cells(other)
        name = clipped(one.name, max(12, room))
        gap = " " * max(1, room - cells(name) + 1)
        style = "$foreground-muted" if other else ""
        return Content.assemble(
            (f"{mark}{name}", style), (f"{other}{gap}{size:>{_SIZE}}{day:>{_DAY}}", "$foreground-muted")
        )

    def _wanted(self) -> str:
        return ", ".join(self.browser.formats)

    @property
    def pointed(self) -> Entry | None:
        at = self.highlighted
        place = -1 if at is None else at - self._above
        return self.listed.entries[place] if 0 <= place < len(self.listed.entries) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose()

    def _choose(self) -> None:
        one = self.pointed
        if one is not None:
            self.post_message(self.Chosen(one.path, one.is_folder))
        elif self._above and self.highlighted == 0:
            self.action_up()

    def action_up(self) -> None:
        self.post_message(self.Chosen(self.listed.folder.parent, is_folder=True, up=True))

    def action_into(self) -> None:
        if self.pointed is not None and self.pointed.is_folder:
            self._choose()

    def action_mark(self) -> None:
        one = self.pointed
        if one is None or one.is_folder:
            return
        self.browser.toggle(one.path)
        assert self.highlighted is not None
        self.replace_option_prompt_at_index(self.highlighted, self._line(one))
        self.post_message(self.Marked(one.path))
        self.action_cursor_down()


def summary(browser: Browser) -> str:
    """`3 files are marked: a.pdf, b.pdf, c.pdf`; nothing where none is."""
    if not browser.marked:
        return ""
    names = ", ".join(shown_name(path.name) for path in browser.marked)
    return tr("{count} files are marked: {names}", count=len(browser.marked), names=names)
