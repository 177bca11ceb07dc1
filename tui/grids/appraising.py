"""A score sheet with the unit's own points and the appraised ones side by side; one of the two is typed into."""

from __future__ import annotations

from collections.abc import Callable

from hoso.dossiers import Answer
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import NumberField, ScoringField
from tui.grids.cells import Sort, Value
from tui.grids.scoring import LIMITS, POINTS, ScoringGrid

APPRAISED = 2


class AppraisalGrid(ScoringGrid):
    """`value` is what is typed into: the appraised points while `appraising`, else the unit's own. Where nothing was
    appraised, the unit's own points stand."""

    def __init__(
        self, made: ScoringField, own: Value, appraised: Value, holds: Callable[[Formula], bool], *, appraising: bool
    ) -> None:
        super().__init__(made, appraised if appraising else own, holds)
        self.edits = APPRAISED if appraising else POINTS
        self.other = own if appraising else appraised
        self.columns = [tr("Limits"), tr("Own points"), tr("Appraised")]
        self._sides: dict[int, ScoringGrid] = {}

    @property
    def own(self) -> Value:
        return self.other if self.edits == APPRAISED else self.value

    @property
    def appraised(self) -> Value:
        return self.value if self.edits == APPRAISED else self.other

    def take(self, value: Value) -> list[int] | None:
        self._sides.clear()
        return super().take(value)

    def _side(self, column: int) -> ScoringGrid:
        """A column as a sheet of its own; the sums of the appraised one count the unit's points where it has none."""
        if column not in self._sides:
            value = self.own if column == POINTS else self.appraised
            self._sides[column] = ScoringGrid(self.made, value, self.holds)
        return self._sides[column]

    def _sums(self) -> ScoringGrid:
        given = {name: raw for name, raw in self.appraised.items() if raw is not None}
        return ScoringGrid(self.made, self.own | given if given else {}, self.holds)

    def text(self, row: int, column: int) -> str:
        if column == APPRAISED and self.lines[row][1] is None:
            return self._sums().text(row, POINTS)
        return super().text(row, LIMITS) if column == LIMITS else self._side(column).text(row, POINTS)

    def answer(self, row: int, column: int) -> Answer:
        return Answer() if column == LIMITS else self._side(column).answer(row, POINTS)

    def field(self, row: int, column: int) -> NumberField | None:
        return super().field(row, POINTS) if column == self.edits else None

    def _applies(self, name: str) -> bool:
        return name in self.own or super()._applies(name)

    def sort(self, row: int, column: int) -> Sort:
        if column == self.edits and self.lines[row][1]:
            return Sort.CLOSED if self.field(row, column) is None else Sort.OPEN
        return Sort.GIVEN if column == LIMITS else Sort.COMPUTED

    def place(self, address: str) -> tuple[int, int | None] | None:
        found = super().place(address)
        return (found[0], self.edits) if found else None

    def is_others(self, row: int, column: int) -> bool:
        """Whether a cell holds what the other side gives."""
        return column not in (LIMITS, self.edits) and self.lines[row][1] is not None
