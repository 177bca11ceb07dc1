"""The last line of a screen: the keys that work here, and on the right how things stand."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui.fitting import cells, clipped


class KeyBar(Widget):
    """Shows as many keys as fit, whole; a click on one does what the key does."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; background: $panel; color: $foreground;
             link-style: none; link-color: $foreground; link-style-hover: reverse; }
    """

    keys: reactive[tuple[tuple[str, str, str], ...]] = reactive(())
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
        room = width - cells(status) - 1
        pieces: list[Content] = []
        for key, words, action in self.keys:
            if (room := room - cells(key) - cells(words) - 2) < 0:
                break
            click = Style.from_meta({"@click": action if "." in action else f"screen.{action}"})
            pieces.append(Content.styled(key, Style.parse("bold $text-primary") + click))
            pieces.append(Content.styled(f" {words} ", click))
        left = Content("").join(pieces)
        gap = max(1, width - left.cell_length - cells(status) - 1)
        style = "bold $text-error" if self.alarm else "$foreground-muted"
        return Content.assemble(left, " " * gap, (status, style))
