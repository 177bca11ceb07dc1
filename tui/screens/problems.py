"""A list of problems; Enter gives the one under the cursor back, so that the caller goes there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hoso.i18n import mark, tr
from hoso.problems import Level, Problem, tally
from tui import keys
from tui.hanging import hanging
from tui.screens.ask import Dialog
from tui.wording import SIGNS, STYLES, begun, mending, told_as

_SAID_BY_PLACE = ("answer-missing", "ask-open")  # what is missing there is what the place is called


_COUNTS = {
    Level.ERROR: mark("{count} errors"),
    Level.WARNING: mark("{count} warnings"),
    Level.HINT: mark("{count} missing"),
}


class ProblemsScreen(Dialog[Problem]):
    """The worst first, otherwise in the order given. `where` words the place of a problem.

    What is waived stands below all else, each with its reason; it is hidden while there is something else."""

    CSS_PATH = "problems.tcss"

    def __init__(self, title: str, found: Iterable[Problem], where: dict[str, str] | None = None) -> None:
        self.where = where or {}
        self.found: Sequence[Problem] = sorted(found, key=lambda one: (one.waived is not None, -one.level.weight))
        self.waived = sum(one.waived is not None for one in self.found)
        self.shows_waived = self.waived == len(self.found)
        folds = (keys.WAIVED,) if 0 < self.waived < len(self.found) else ()
        self.scopes = (keys.GOING, *folds, keys.DIALOG) if self.where and self.found else (*folds, keys.DIALOG)
        super().__init__(title)
        self.tall = len(self.found) > 3

    def body(self) -> ComposeResult:
        yield Static(Content(self._counts()), id="counts")
        yield OptionList(*self._listed(), id="problems")

    def _counts(self) -> str:
        counts = tally(one.at_level(told_as(one)) for one in self.found)
        told = [f"{SIGNS[level]} {tr(_COUNTS[level], count=counts[level])}" for level in Level if counts[level]]
        if not told:
            told = [tr("Nothing else is wrong or missing.") if self.waived else tr("Nothing is wrong or missing.")]
        return "   ".join([*told, *([tr("⊖ {count} waived", count=self.waived)] if self.waived else [])])

    def _listed(self) -> Iterator[Option]:
        for place, one in enumerate(self.found):
            if one.waived is None:
                yield Option(hanging(self._line(one)), id=str(place))
            elif self.shows_waived:
                yield Option(hanging(self._waived(one)), id=str(place))

    def _line(self, one: Problem) -> Content:
        sign = f"{SIGNS[one.level]} {told_as(one).label} "
        head = Content.assemble((sign, STYLES[one.level]), (self._place(one), "bold"))
        if one.code in _SAID_BY_PLACE and one.key in self.where:
            return head
        message = one.message.removeprefix(f"“{self._place(one)}”: ")  # an item says its own title
        return Content.assemble(head, f"\n  {begun(message, one)} ", (mending(one), "$foreground-muted"))

    def _waived(self, one: Problem) -> Content:
        return Content.assemble(
            ("⊖ ", "$foreground-muted"),
            (f"{tr('waived {level}', level=one.level.label)} ", "$foreground-muted"),
            (self._place(one), "bold"),
            (f"\n  {one.message}", "$foreground-muted"),
            f"\n  {tr('Reason: {reason}', reason=one.waived or '')}",
        )

    def _place(self, one: Problem) -> str:
        return self.where.get(one.key) or one.place

    def action_waived(self) -> None:
        """Shows the waived ones, beginning at the first, or hides them."""
        self.shows_waived = not self.shows_waived
        listed = self.query_one("#problems", OptionList)
        listed.clear_options()
        listed.add_options(self._listed())
        listed.highlighted = len(self.found) - self.waived if self.shows_waived else 0

    def on_mount(self) -> None:
        self.query_one("#problems", OptionList).focus()

    def action_choose(self) -> None:
        self.query_one("#problems", OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.found[int(event.option_id or 0)] if self.where else None)
