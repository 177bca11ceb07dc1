"""Score sheets: the unit's own points and, once there are some, the appraised ones beside them."""

from __future__ import annotations

from textual.content import Content

from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import ScoringField
from hoso.kinds.scoring import score
from hoso.levels import points_of
from hoso.problems import Fault
from hoso.validate import Names
from tui.fields.table import TableWidget
from tui.grids import Grid, ScoringGrid, Value
from tui.grids.appraising import AppraisalGrid
from tui.grids.scoring import score_lines
from tui.places import Key, Place
from tui.reviewing import appraised_points, level_words, levels
from tui.session import Session


class ScoringWidget(TableWidget):
    """The criteria with their points; the points so far, and what they lead to, stand above and follow each key.

    While a review goes on, the appraised points are typed into and the unit's own are read only."""

    made: ScoringField

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked and session.review is None)

    def make_grid(self) -> Grid:
        own, appraised = points_of(self.session.raw(self.key)), appraised_points(self.session, self.key)
        reviewing = self.session.review is not None
        if not (reviewing or appraised):
            return ScoringGrid(self.made, own, self._holds)
        return AppraisalGrid(self.made, own, appraised, self._holds, appraising=reviewing)

    def value(self) -> Value:
        """The side that is typed into."""
        if self.session.review is not None:
            return appraised_points(self.session, self.key)
        return points_of(self.session.raw(self.key))

    def put(self, value: Value) -> None:
        if self.session.review is not None:
            self.session.review.appraise(self.key, value)
        else:
            super().put(value)

    def _holds(self, condition: Formula) -> bool:
        outline = self.session.outline(self.key.part)
        if outline is None:
            return False
        names = Names(self.session.unit, outline, self.session.sheet(self.key.part))
        return names.meets(condition, self.session.node(Place(self.key.part, self.key.section)))

    def _keep(self, value: Value, joined: bool) -> None:
        super()._keep(value, joined)
        self._heading.update(self.heading())

    def heading(self) -> Content:
        first, *others = self._lines(points_of(self.session.raw(self.key)))
        lines = [Content.styled(first, "bold $text-accent"), *map(Content, others)]
        if isinstance(self.grid, AppraisalGrid):
            lines = [Content.styled(tr("Own: {points}", points=first), "bold"), *self._appraised(self.grid)]
        made = levels(self.session, self.key.part)
        if made is not None and (made.final or isinstance(self.grid, AppraisalGrid)):
            lines.append(Content(level_words(made)))
        return Content("\n").join([super().heading(), *lines])

    def _appraised(self, grid: AppraisalGrid) -> list[Content]:
        """What the appraised points lead to."""
        given = {name: raw for name, raw in grid.appraised.items() if raw is not None}
        first, *others = self._lines(points_of(self.session.raw(self.key)) | given)
        return [Content.styled(tr("Appraised: {points}", points=first), "bold"), *map(Content, others)]

    def _lines(self, value: Value) -> list[str]:
        return score_lines(self.made, score(self.made, value, self._holds))

    def _told_here(self) -> Content:
        """Below the sheet too: its heading has been scrolled away where the window is low."""
        told = super()._told_here()
        if not told.plain:
            return told
        value = points_of(self.session.raw(self.key))
        if isinstance(self.grid, AppraisalGrid):
            value = value | {name: raw for name, raw in self.grid.appraised.items() if raw is not None}
        return Content("\n").join([told, Content.styled(self._lines(value)[0], "bold $text-accent")])

    def find_notes(self) -> bool:
        if self.session.review is None:
            return super().find_notes()
        faults = [(name, fault) for name, raw in self.grid.value.items() for fault in self._wrong(name, raw)]
        return self.notes.find(self.grid, faults)

    def _wrong(self, name: str, raw: object) -> list[Fault]:
        cell = self.made.cells.get(name)
        return list(cell.faults(raw)) if cell is not None and raw is not None else []

    def wanted(self) -> str:
        if isinstance(self.grid, AppraisalGrid) and self.grid.is_others(*self.desk.at):
            return tr("read only: this column is the other side's")
        return super().wanted()

    def refused(self) -> None:
        if isinstance(self.grid, AppraisalGrid) and not self.locked and self.grid.is_others(*self.desk.at):
            self.app.notify(tr("This column is the other side's."), severity="warning", timeout=3)
        else:
            super().refused()
