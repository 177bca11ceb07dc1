"""A scoring sheet: points for criteria in groups, the level they lead to, what caps that level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import PrivateAttr, model_validator

from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.kinds.choice import Option
from hoso.kinds.compute import Quantity, added, quantity_of
from hoso.kinds.number import NumberField
from hoso.kinds.spec import Bool, Condition, Figure, Id, Spec, Step, Text, fault
from hoso.problems import Fault
from hoso.text import shown_number


class Points(Spec):
    """The points that a group or criterion may have. Deductions are at most 0."""

    id: Id
    title: Text = ""
    at_least: Figure = Decimal(0)
    at_most: Figure

    @model_validator(mode="after")
    def in_order(self) -> Points:
        if self.at_least > self.at_most:
            raise fault("limits-crossed", low=self.at_least, high=self.at_most)
        return self


class Criterion(Points):
    step: Step | None = None
    evidence: Literal["required", "optional", "none"] = "none"
    applies: Condition | None = None
    guidance: Text = ""


class ScoreGroup(Points):
    criteria: list[Criterion]


class Levels(Spec):
    """The points from which each level of a shared list (best first) is reached."""

    list: Id
    at_least: dict[Id, Figure]


class Cap(Spec):
    """A level that is not passed while a condition holds."""

    when: Condition
    level: Id
    because: Text = ""


class ScoringField(FieldBase):
    type: Literal["scoring"]
    groups: list[ScoreGroup]
    rescale: Bool = False
    levels: Levels | None = None
    caps: list[Cap] = []
    tabular: ClassVar[bool] = True

    _linked: dict[str, str] = PrivateAttr(default_factory=dict)

    def link(self, options: list[Option]) -> None:
        self._linked = {option.id: option.label for option in options}

    @property
    def level_labels(self) -> dict[str, str]:
        """Level id to label, best first."""
        return self._linked

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its whole name, `group.criterion`."""
        return {f"{group.id}.{one.id}": one for group in self.groups for one in group.criteria}

    @cached_property
    def cells(self) -> dict[str, NumberField]:
        """What judges the points of each criterion."""
        return {
            name: NumberField(
                id=one.id, type="number", label=one.title, decimals=2, at_least=one.at_least, at_most=one.at_most,
                step=one.step,
            )
            for name, one in self.criteria.items()
        }  # fmt: skip

    def wrong(self, name: str, raw: Any) -> Fault | None:
        """What is wrong with the points given for a criterion, for which they cannot count; None if they can."""
        value = raw.get("value") if isinstance(raw, dict) and "absent" not in raw else raw
        if name not in self.cells or isinstance(value, dict) or value in (None, ""):
            return None
        return next(self.cells[name].faults(value), None)

    def points(self, name: str, raw: Any) -> Quantity:
        """The points of a criterion as sums see them: wrong ones are still to come, as pending ones are."""
        return Quantity(None, 1) if self.wrong(name, raw) else quantity_of(raw)

    def faults(self, value: Any) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault("table-shape")

    def wants(self) -> list[str]:
        out = [tr("points for {count} criteria", count=len(self.criteria))]
        best = sum((group.at_most for group in self.groups if group.at_most > 0), Decimal(0))
        return [*out, tr("at most {limit}", limit=shown_number(best))]


class Wrong(NamedTuple):
    """A criterion whose points do not count, and why."""

    name: str
    criterion: Criterion
    fault: Fault


class Score(NamedTuple):
    """What the points given so far lead to. `points` is on the scale of `of`; `level` is None without levels, and
    while points are wrong: those do not count, so that nothing can be said yet."""

    points: Fraction
    of: Fraction
    blanks: int
    level: str | None
    capped: tuple[Cap, ...]
    next_level: str | None
    to_next: Fraction | None
    wrong: tuple[Wrong, ...] = ()
    is_empty: bool = False  # no points were given at all

    @property
    def is_provisional(self) -> bool:
        """Whether points are still to be given, or to be corrected."""
        return bool(self.blanks or self.wrong)

    @property
    def quantity(self) -> Quantity:
        """The sum as rules see it: with points that are wrong there is no verdict yet."""
        return Quantity(self.points, len(self.wrong))


def score(made: ScoringField, value: dict[str, Any], holds: Callable[[Formula], bool]) -> Score:
    """Adds up the points. With `rescale`, what does not apply leaves both sides and the rest counts for the whole.

    A group's sum is kept within the limits of the group; points beyond those of their own criterion do not count."""
    given = {name: _points(made, name, value, holds) for name in made.criteria}
    total = deducted = Fraction(0)
    for group in made.groups:
        inside = added([given[f"{group.id}.{one.id}"] for one in group.criteria]).value or Fraction(0)
        bounded = min(max(inside, Fraction(group.at_least)), Fraction(group.at_most))
        total += bounded if group.at_most > 0 else 0
        deducted += bounded if group.at_most <= 0 else 0
    full = sum((Fraction(group.at_most) for group in made.groups if group.at_most > 0), Fraction(0))
    applying = sum(
        (Fraction(one.at_most) for name, one in made.criteria.items() if one.at_most > 0 and given[name].applies),
        Fraction(0),
    )
    whole = sum((Fraction(one.at_most) for one in made.criteria.values() if one.at_most > 0), Fraction(0))
    if made.rescale and applying and applying != whole:
        total = total * whole / applying
    total += deducted
    wrong = tuple(_wrong(made, value, given))
    known = {told.name for told in wrong}
    blanks = sum(
        given[name].applies and given[name].value is None and name not in known
        for name, one in made.criteria.items()
        if one.at_most > 0  # a deduction may stay blank
    )
    level, capped = _level(made, total, holds)
    better, missing = _next(made, total)
    if wrong:
        level = better = missing = None
    empty = not wrong and all(one.value is None for one in given.values())
    return Score(total, full, blanks, level, capped, better, missing, wrong, empty)


def _wrong(made: ScoringField, value: dict[str, Any], given: dict[str, Quantity]) -> Iterator[Wrong]:
    for name, criterion in made.criteria.items():
        fault = made.wrong(name, value.get(name)) if given[name].applies else None
        if fault is not None:
            yield Wrong(name, criterion, fault)


def _points(made: ScoringField, name: str, value: dict[str, Any], holds: Callable[[Formula], bool]) -> Quantity:
    applies = made.criteria[name].applies
    if applies is not None and not holds(applies):
        return Quantity(None, 0, False)
    return made.points(name, value.get(name))


def _level(
    made: ScoringField, points: Fraction, holds: Callable[[Formula], bool]
) -> tuple[str | None, tuple[Cap, ...]]:
    if made.levels is None:
        return None, ()
    order = [level for level in made.level_labels if level in made.levels.at_least]
    reached = next((level for level in order if points >= made.levels.at_least[level]), None)
    capped = tuple(cap for cap in made.caps if cap.level in order and holds(cap.when))
    if reached is None:
        return None, capped
    lowest = max([order.index(reached), *(order.index(cap.level) for cap in capped)])
    return order[lowest], tuple(cap for cap in capped if order.index(cap.level) > order.index(reached))


def _next(made: ScoringField, points: Fraction) -> tuple[str | None, Fraction | None]:
    """The next better level by points alone, and the points that are missing for it."""
    if made.levels is None:
        return None, None
    better = [(name, Fraction(least)) for name, least in made.levels.at_least.items() if least > points]
    if not better:
        return None, None
    name, least = min(better, key=lambda one: one[1])
    return name, least - points
