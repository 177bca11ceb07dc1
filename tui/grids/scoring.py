"""A score sheet being edited: its criteria as rows, the most points and the points given as columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from hoso.dossiers import Answer, answer_of
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import NumberField, ScoringField
from hoso.kinds.compute import added, rounded
from hoso.kinds.scoring import Score, ScoreGroup
from hoso.problems import message_of
from hoso.render.tables import ABSENT, Head
from hoso.text import shown_number
from tui.grids.cells import RowHead, Sort, Value, edited, read, unreadable

LIMITS, POINTS = 0, 1


class ScoringGrid:
    """Like a table's grid. `holds` tells whether a condition holds, so that criteria that do not apply are closed."""

    is_open = False
    rows_filled = 0

    def __init__(self, made: ScoringField, value: Value, holds: Callable[[Formula], bool] = lambda _: True) -> None:
        self.made = made
        self.value = value
        self.holds = holds
        self.lines: list[tuple[int, str | None]] = []  # the group, and the criterion's whole name; None for the group
        for place, group in enumerate(made.groups):
            self.lines.append((place, None))
            self.lines += [(place, f"{group.id}.{one.id}") for one in group.criteria]
        self.columns = [tr("Limits"), tr("Points")]

    def take(self, value: Value) -> list[int] | None:
        if value is self.value:
            return []
        self.value = value
        return list(range(len(self.lines)))

    # ---- what is there ----------------------------------------------------------------------------------

    @property
    def corner(self) -> str:
        return tr("Criterion")

    def heads(self) -> list[list[Head]]:
        return [[Head(label, 1, 1) for label in self.columns]]

    def measure(self, column: int) -> str:  # noqa: ARG002
        return ""

    def label(self, column: int) -> str:
        return self.columns[column]

    def head(self, row: int) -> RowHead:
        place, name = self.lines[row]
        group = self.made.groups[place]
        if name is None:
            return RowHead(str(place + 1), group.title or group.id, 0, "group")
        one = self.made.criteria[name]
        return RowHead("", one.title or one.id, 1)

    def text(self, row: int, column: int) -> str:
        place, name = self.lines[row]
        group = self.made.groups[place]
        spec = self.made.criteria[name] if name else group
        if column == LIMITS:
            low, high = shown_number(spec.at_least), shown_number(spec.at_most)
            return f"{low} … {high}"
        if name is None:
            return self._sum(group)
        answer = self.answer(row, column)
        return ABSENT.get(answer.absent, "") if answer.absent else shown_number(answer.value or "")

    def _sum(self, group: ScoreGroup) -> str:
        """`23`, or `23 + ?` while points are wrong and do not count."""
        names = [f"{group.id}.{one.id}" for one in group.criteria]
        total = added([self.made.points(name, self.value.get(name)) for name in names])
        known = min(max(total.value or Fraction(0), Fraction(group.at_least)), Fraction(group.at_most))
        wrong = any(self.made.wrong(name, self.value.get(name)) for name in names)
        return f"{points_shown(known)} + ?" if wrong else points_shown(known) if total.value else ""

    def edited(self, row: int, column: int) -> str:
        made = self.field(row, column)
        return "" if made is None else edited(made, self.answer(row, column), many=False)

    def answer(self, row: int, column: int) -> Answer:  # noqa: ARG002
        return answer_of(self.value.get(self.lines[row][1] or "")) or Answer()

    def field(self, row: int, column: int) -> NumberField | None:
        name = self.lines[row][1]
        return self.made.cells[name] if name and column == POINTS and self._applies(name) else None

    def _applies(self, name: str) -> bool:
        applies = self.made.criteria[name].applies
        return applies is None or name in self.value or self.holds(applies)

    def sort(self, row: int, column: int) -> Sort:
        if self.field(row, column) is not None:
            return Sort.OPEN
        if column == LIMITS:
            return Sort.GIVEN
        return Sort.CLOSED if self.lines[row][1] else Sort.COMPUTED

    def is_number(self, row: int, column: int) -> bool:  # noqa: ARG002
        return True

    def is_many(self, row: int, column: int) -> bool:  # noqa: ARG002
        return False

    takes_lines = toggles = is_many

    def options(self, row: int, column: int) -> dict[str, str]:  # noqa: ARG002
        return {}

    def wants(self, row: int, column: int) -> list[str]:
        made = self.field(row, column)
        if made is None:
            return []
        one = self.made.criteria[self.lines[row][1] or ""]
        steps = [tr("in steps of {step}", step=shown_number(one.step))] if one.step else []
        return [*made.wants(), *steps, *([one.guidance] if one.guidance else [])]

    def row_name(self, row: int) -> str:
        return self.lines[row][1] or ""

    def row_of(self, name: str) -> int | None:
        place = self.place(name)
        return place[0] if place else None

    def address(self, row: int, column: int) -> str:  # noqa: ARG002
        return self.lines[row][1] or ""

    def place(self, address: str) -> tuple[int, int | None] | None:
        found = (row for row, (_, name) in enumerate(self.lines) if name == address)
        return next(((row, POINTS) for row in found), None)

    def rivals(self, marked: Collection[int]) -> list[int]:  # noqa: ARG002
        return []

    # ---- changes ----------------------------------------------------------------------------------------

    def kept(self, row: int, column: int, text: str) -> Any:
        made = self.field(row, column)
        return None if made is None else read(made, text, many=False)

    def unfit(self, row: int, column: int, text: str) -> str:
        made = self.field(row, column)
        if made is None:
            computed = self.sort(row, column) is Sort.COMPUTED
            return tr("this cell is computed") if computed else tr("this cell is not to be filled")
        return unreadable(made, self.kept(row, column, text)) if text.strip() else ""

    def typed(self, row: int, column: int, text: str) -> Value:
        return self.put(row, column, self.kept(row, column, text))

    def put(self, row: int, column: int, kept: Any) -> Value:
        return self.filled([(row, {column: kept})]) if self.field(row, column) else self.value

    def slot(self, row: int, down: int) -> int | None:
        return row + down if row + down < len(self.lines) else None

    def filled(self, rows: Iterable[tuple[int, Mapping[int, Any]]]) -> Value:
        """The value with some points changed; only the column of points is ever given."""
        value = {**self.value, **{self.lines[row][1] or "": kept for row, cells in rows for kept in cells.values()}}
        known = {name: value[name] for name in self.made.criteria if value.get(name) is not None}
        return known | {name: kept for name, kept in value.items() if name not in self.made.criteria}

    def toggled(self, row: int, column: int) -> Value:  # noqa: ARG002
        return self.value

    def absent(self, row: int, column: int, reason: str, because: str = "") -> Value:
        return self.put(row, column, Answer(absent=reason, because=because).as_raw())

    def inserted(self, row: int, count: int = 1) -> Value:  # noqa: ARG002
        return self.value

    removed = inserted

    def moved(self, row: int, step: int, count: int = 1) -> Value:  # noqa: ARG002
        return self.value


def score_lines(made: ScoringField, told: Score) -> list[str]:
    """Points so far and the level they lead to; what is missing for the next; which cap holds; what does not count
    and why; what is blank."""
    labels = made.level_labels
    numbers = {"points": points_shown(told.points), "most": points_shown(told.of)}
    if told.is_provisional:
        points = tr("so far {points} of {most} points", **numbers)
    else:
        points = tr("{points} of {most} points", **numbers)
    level = _level_words(told, labels.get(told.level or "", told.level or ""))
    out = [" · ".join(part for part in (points, level) if part)]
    if told.next_level and told.to_next is not None:
        better = labels.get(told.next_level, told.next_level)
        out.append(tr("{points} more for {level}", points=points_shown(told.to_next), level=better))
    out += [
        tr("not above {level}: {because}", level=labels.get(cap.level, cap.level), because=cap.because or cap.when.text)
        for cap in told.capped
    ]
    out += [
        tr(
            "not counted: {criterion}. {why}",
            criterion=criterion.title or criterion.id,
            why=message_of(fault.code, fault.params),
        )
        for _, criterion, fault in told.wrong
    ]
    if told.blanks:
        out.append(tr("{count} criteria without points", count=told.blanks))
    return out


def _level_words(told: Score, label: str) -> str:
    """A sheet without any points has no level to speak of."""
    if told.wrong:
        return tr("no level yet")
    if not label or told.is_empty:
        return ""
    return tr("level so far: {level}", level=label) if told.blanks else tr("level: {level}", level=label)


def points_shown(value: Fraction) -> str:
    """Points with at most two decimals, exact up to there."""
    made = rounded(value, 2)
    text = f"{made.numerator * 100 // made.denominator / 100:.2f}".rstrip("0").rstrip(".")
    return shown_number(text)
