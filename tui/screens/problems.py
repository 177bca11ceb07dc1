"""A list of problems; Enter gives the one under the cursor back, so that the caller goes there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hoso.i18n import tr
from hoso.problems import Level, Problem, tally
from tui import keys
from tui.hanging import hanging
from tui.screens.ask import Dialog
from tui.wording import SIGNS, STYLES


class ProblemsScreen(Dialog[Problem]):
    """The worst first, otherwise in the order given. `where` words the place of a problem."""

    CSS_PATH = "problems.tcss"

    def __init__(self, title: str, found: Iterable[Problem], where: dict[str, str] | None = None) -> None:
        self.scopes = (keys.GOING, keys.DIALOG) if where and found else (keys.DIALOG,)
        super().__init__(title)
        self.found: Sequence[Problem] = sorted(found, key=lambda one: (one.waived is not None, -one.level.weight))
        self.where = where or {}
        self.tall = len(self.found) > 3

    def body(self) -> ComposeResult:
        counts = tally(self.found)
        told = "   ".join(f"{SIGNS[level]} {counts[level]} {level.label}" for level in Level if counts[level])
        waived = sum(one.waived is not None for one in self.found)
        if waived:
            told = "   ".join([told or tr("Nothing else is wrong or missing."), tr("{count} waived", count=waived)])
        yield Static(Content(told or tr("Nothing is wrong or missing.")), id="counts")
        yield OptionList(*(Option(hanging(self._line(one))) for one in self.found), id="problems")

    def _line(self, one: Problem) -> Content:
        style = STYLES[one.level] if one.waived is None else "$foreground-muted"
        waived = f" ({tr('waived: {reason}', reason=one.waived)})" if one.waived else ""
        return Content.assemble(
            (f"{SIGNS[one.level]} {one.level.label} ", style),
            (self.where.get(one.key) or one.place, "bold"),
            f"\n  {one.message}{waived} ",
            (one.remedy, "$foreground-muted"),
        )

    def on_mount(self) -> None:
        self.query_one("#problems", OptionList).focus()

    def action_choose(self) -> None:
        self.query_one("#problems", OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.found[event.option_index] if self.where else None)
