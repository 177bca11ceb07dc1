"""The last line of a screen: the keys that work here, and on the right how things stand."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui.fitting import cells, clipped
from tui.keys import Shown


class KeyBar(Widget):
    """Shows as many keys as fit, whole, the most needed first; a click on one does what the key does."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; background: $panel; color: $foreground;
             link-style: none; link-color: $foreground; link-style-hover: reverse; }
    """

    keys: reactive[tuple[Shown, ...]] = reactive(())
    status: reactive[str] = reactive("")
    method: reactive[str] = reactive("")  # the built-in input method that is on
    alarm: reactive[bool] = reactive(False)

    def on_mount(self) -> None:
        method = getattr(self.app, "method", None)
        self.method = method.name if method is not None else ""

    def render(self) -> Content:
        width = self.size.width
        told = " · ".join(filter(None, [self.method, self.status]))
        status = clipped(told, max(10, width // 2))
        left = Content("").join(_drawn(one) for one in fitting(self.keys, width - cells(status) - 1))
        gap = max(1, width - left.cell_length - cells(status) - 1)
        style = "bold $text-error" if self.alarm else "$foreground-muted"
        return Content.assemble(left, " " * gap, (status, style))


def fitting(shown: Sequence[Shown], room: int) -> list[Shown]:
    """As many keys as there is room for: those needed most, in their usual order."""
    kept = []
    for place, one in sorted(enumerate(shown), key=lambda item: item[1].rank):
        if (room := room - _width(one)) < 0:
            break
        kept.append(place)
    return [shown[place] for place in sorted(kept)]


def _width(one: Shown) -> int:
    return cells(one.key) + cells(one.words) + 2


def _drawn(one: Shown) -> Content:
    click = Style.from_meta({"@click": one.action if "." in one.action else f"screen.{one.action}"})
    key = Content.styled(one.key, Style.parse("bold $text-primary") + click)
    return Content.assemble(key, Content.styled(f" {one.words} ", click))
