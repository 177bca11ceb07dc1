"""The named checks, judged over exact figures. Definitions declare them; here is what each one means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from hoso.formulas import Formula, FormulaError
from hoso.kinds.checking import (
    ChangedMoreThan,
    CheckBase,
    Equal,
    Holds,
    LimitBy,
    Ordered,
    SameCount,
    ShareCheck,
    SumEquals,
    Unique,
)  # fmt: skip
from hoso.kinds.choice import ChoiceField
from hoso.kinds.compute import Quantity, added, change, cut_off, quantity_of, rounded
from hoso.kinds.table import TOTAL, Cell, Figures
from hoso.problems import Fault, Level
from hoso.text import shown_day, shown_number

Value = Any


class Finding(NamedTuple):
    """A check that does not hold: where inside the table or section, what, how bad."""

    at: str
    fault: Fault
    level: Level


def shown(value: Fraction | Decimal | int, decimals: int = 2) -> str:
    """A figure for a sentence: whole, or with at most so many decimal places."""
    made = rounded(Fraction(value), decimals)
    text = f"{Decimal(made.numerator) / Decimal(made.denominator):f}"
    return shown_number(text.rstrip("0").rstrip(".") if "." in text else text)


def spelled(parts: Sequence[Quantity]) -> str:
    """`8 + 30 + 6 + 1`"""
    return " + ".join(shown(part.value) for part in parts if part.value is not None)


# ---- single figures ----------------------------------------------------------------------------------------


def total_fault(entered: Quantity, parts: Sequence[Quantity]) -> Fault | None:
    """A printed total against the sum of what stands over it."""
    total = added(list(parts))
    if entered.value is None or total.value is None or total.pending or entered.value == total.value:
        return None
    words = {"entered": shown(entered.value), "sum": shown(total.value), "parts": spelled(parts)}
    return Fault("total-wrong", words)


def computed_fault(entered: Quantity, computed: Quantity, decimals: int) -> Fault | None:
    """A printed figure against the computed one: a warning where it was cut off, an error where it is wrong."""
    if entered.value is None or computed.value is None or computed.pending:
        return None
    if entered.value == rounded(computed.value, decimals):
        return None
    words = {
        "entered": shown(entered.value, 9),
        "computed": shown(computed.value, decimals + 2),
        "right": shown(rounded(computed.value, decimals), decimals),
    }
    cut = entered.value == cut_off(computed.value, decimals)
    return Fault("figure-cut-off" if cut else "figure-wrong", words)


def decimals_of(raw: Any, most: int) -> int:
    """As many decimal places as the figure was printed with: 15,3 is held against the rounding to one place."""
    text = raw.get("value") if isinstance(raw, dict) else raw
    return min(len(text.partition(".")[2]), most) if isinstance(text, str) else most


def share_fault(check: ShareCheck, part: Quantity, base: Quantity) -> Fault | None:
    """part × 100 against limit × base, in whole numbers; with `round` the limit is a whole count first."""
    if part.value is None or base.value is None or part.pending or base.pending:
        return None
    limit = Fraction(check.limit) * base.value / 100
    if check.round is not None:
        limit = Fraction(floor(limit) if check.round == "down" else ceil(limit))
    most = check.check == "at_most_share"
    if (part.value <= limit) if most else (part.value >= limit):
        return None
    words = {
        "part": shown(part.value), "base": shown(base.value), "allowed": shown(limit), "limit": shown(check.limit),
        "share": shown(100 * part.value / base.value) if base.value else "–",
    }  # fmt: skip
    return Fault("share-too-high" if most else "share-too-low", words)


def own_words(check: CheckBase, fault: Fault) -> Fault:
    """The fault in the words of the definition where it has some; the computation stays in it."""
    extra = {"own_message": check.message, "own_remedy": check.remedy, "basis": check.basis}
    return Fault(fault.code, fault.params | {name: text for name, text in extra.items() if text})


# ---- tables ------------------------------------------------------------------------------------------------


class TableJudge:
    """Judges the checks and totals of one filled table."""

    def __init__(self, figures: Figures, outer: Callable[[str], Value], meets: Callable[[Formula, str], bool]) -> None:
        self.figures = figures
        self.table = figures.table
        self.outer = outer
        self.meets = meets

    def findings(self) -> Iterator[Finding]:
        yield from self._totals()
        yield from self._computed()
        for check in self.table.checks:
            for at, fault in self._judge(check):
                yield Finding(at, own_words(check, fault), check.level)

    def _totals(self) -> Iterator[Finding]:
        total = self.table.total
        if total is None or not total.entered:
            return
        for column, leaf in self.table.leaves.items():
            if leaf.field.type == "number" and (not total.columns or column in total.columns):
                fault = total_fault(self.figures.entered_total(column), self.figures.column(column))
                if fault is not None:
                    yield Finding(f"{TOTAL}.{column}", fault, Level.ERROR)

    def _computed(self) -> Iterator[Finding]:
        for column, leaf in self.table.leaves.items():
            compute = getattr(leaf.field, "compute", None)
            if compute is None or not compute.entered:
                continue
            for row in self.figures.names:
                entered = quantity_of(self.figures.raw(row, column))
                raw = self.figures.raw(row, column)
                fault = computed_fault(entered, self.figures.at(row, column), decimals_of(raw, compute.decimals))
                if fault is not None:
                    yield Finding(
                        f"{row}.{column}", fault, Level.WARNING if fault.code == "figure-cut-off" else Level.ERROR
                    )

    def _judge(self, check: CheckBase) -> Iterator[tuple[str, Fault]]:
        match check:
            case Unique():
                yield from self._unique(check)
            case SameCount():
                yield from self._same_count(check)
            case LimitBy():
                yield from self._limit_by(check)
            case _:
                for cell, look in self._scopes(check):
                    fault = simple_fault(check, look)
                    if fault is not None:
                        yield ".".join(part for part in cell if part), fault

    def _scopes(self, check: CheckBase) -> Iterator[tuple[Cell, Look]]:
        """Each place the check is judged at, with what its names mean there."""
        if check.each == "column":
            mark = next(iter(check.names()), "")
            for column, leaf in self.table.leaves.items():
                if leaf.field.type == "number":
                    yield Cell(mark, column), Look(self, None, column)
        elif check.each == "row":
            mark = next(iter(check.names()), "")
            for row in self.figures.names:
                yield Cell(row, mark if mark in self.table.leaves else ""), Look(self, row, None)
        elif check.each == "cell":
            for row in self.figures.names:
                for column, leaf in self.table.leaves.items():
                    if leaf.field.type == "number":
                        yield Cell(row, column), Look(self, row, column)
        else:
            yield Cell("", ""), Look(self, None, None)

    def _unique(self, check: Unique) -> Iterator[tuple[str, Fault]]:
        seen: dict[tuple[str, ...], int] = {}
        for place, row in enumerate(self.figures.names, 1):
            key = tuple(str(self.figures.raw(row, column) or "").strip().casefold() for column in check.columns)
            if not any(key):
                continue
            if key in seen:
                words = {
                    "value": str(self.figures.raw(row, check.columns[0])),
                    "first": str(seen[key]),
                    "again": str(place),
                }
                yield f"{row}.{check.columns[0]}", Fault("not-unique", words)
            seen.setdefault(key, place)

    def _same_count(self, check: SameCount) -> Iterator[tuple[str, Fault]]:
        heads = {name.rpartition(".")[0] for name in self.figures.names}
        for head in sorted(heads):
            rows = [f"{head}.{row}" if head else row for row in check.rows]
            if not all(row in self.figures.names for row in rows):
                continue
            for column in self.table.leaves:
                counts = [_count(self.figures.raw(row, column)) for row in rows]
                if len(set(counts)) > 1:
                    yield f"{rows[0]}.{column}", Fault("counts-differ", {"counts": " ≠ ".join(map(str, counts))})

    def _limit_by(self, check: LimitBy) -> Iterator[tuple[str, Fault]]:
        most = check.check == "at_most_by"
        for row in self.figures.names:
            chosen = self.figures.raw(row, check.by)
            figure = self.figures.at(row, check.column).value
            limits = dict(check.limits)
            for excepted in check.except_:
                if self.meets(excepted.when, row):
                    limits |= excepted.limits
            limit = limits.get(chosen) if isinstance(chosen, str) else None
            if limit is None or figure is None or ((figure <= limit) if most else (figure >= limit)):
                continue
            leaf = self.table.leaves.get(check.by)
            label = leaf.field.shown(chosen) if leaf is not None and isinstance(leaf.field, ChoiceField) else chosen
            words = {"value": shown(figure), "limit": shown(limit), "what": str(label)}
            yield f"{row}.{check.column}", Fault("above-limit-of" if most else "below-limit-of", words)


class Look:
    """What names mean to a check: inside a table's row or column, or out in the section and outline."""

    def __init__(
        self, judge: TableJudge | None, row: str | None, column: str | None, outer: Callable[[str], Value] | None = None
    ) -> None:
        self.judge = judge
        self.row = row
        self.column = column
        self.outer = outer or (judge.outer if judge else lambda _: None)

    def raw(self, name: str) -> Value:
        """Text, a list of texts, a quantity or list of quantities; None where nothing is known."""
        found = self._in_table(name)
        return self.outer(name) if found is _NOTHING else found

    def quantity(self, name: str) -> Quantity:
        found = self.raw(name)
        if isinstance(found, Quantity):
            return found
        if isinstance(found, list):
            return added([one for one in found if isinstance(one, Quantity)])
        return quantity_of(str(found)) if isinstance(found, str | Decimal) else Quantity()

    def value(self, name: str) -> Value:
        """As a formula sees it."""
        found = self.raw(name)
        if isinstance(found, Quantity):
            return found.value
        if isinstance(found, list):
            return [one.value if isinstance(one, Quantity) else one for one in found]
        return found

    def _in_table(self, name: str) -> Value:
        if self.judge is None:
            return _NOTHING
        figures = self.judge.figures
        rows = figures.rows
        if self.row is not None and name in self.judge.table.leaves:
            return self._cell(self.row, name)
        if self.column is not None and name in rows:
            return self._cell(name, self.column)
        row = name.rpartition(".")[0]
        while row:
            if row in rows and name[len(row) + 1 :] in self.judge.table.leaves:
                return self._cell(row, name[len(row) + 1 :])
            row = row.rpartition(".")[0]
        if name in self.judge.table.leaves:
            return [self._cell(row, name) for row in figures.names]
        return _NOTHING

    def _cell(self, row: str, column: str) -> Value:
        assert self.judge is not None
        figures = self.judge.figures
        leaf = self.judge.table.leaves[column]
        if leaf.field.type == "number":
            return (
                figures.entered_total(column)
                if row == TOTAL and self.judge.table.total and self.judge.table.total.entered
                else figures.at(row, column)
            )
        kept = figures.raw(row, column)
        return kept if isinstance(kept, str | list) else None


_NOTHING = object()


# ---- checks over names --------------------------------------------------------------------------------------


def simple_fault(check: CheckBase, look: Look) -> Fault | None:
    """Judges a check whose names are single figures or values; None where it holds or cannot be judged yet."""
    match check:
        case SumEquals():
            return _sum_equals(check, look)
        case ShareCheck():
            part = added([look.quantity(name) for name in check.part], check.blank)
            base = added([look.quantity(name) for name in check.base], check.blank)
            return share_fault(check, part, base)
        case Equal():
            return _equal(check, look)
        case Ordered():
            return _ordered(check, look)
        case ChangedMoreThan():
            return _changed(check, look)
        case Holds():
            return _holds(check, look)
        case _:
            return None


def _sum_equals(check: SumEquals, look: Look) -> Fault | None:
    parts = [look.quantity(name) for name in check.parts]
    total, found = look.quantity(check.total), added(parts, check.blank)
    if total.value is None or found.value is None or found.pending or total.pending:
        return None
    if found.value == total.value or (check.remainder and found.value < total.value):
        return None
    return Fault("sum-wrong", {"parts": spelled(parts), "sum": shown(found.value), "total": shown(total.value)})


def _equal(check: Equal, look: Look) -> Fault | None:
    try:
        left, right = check.left.value(look.value), check.right.value(look.value)
    except FormulaError:
        return None
    if left is None or right is None:
        return None
    if isinstance(left, Decimal | Fraction) and isinstance(right, Decimal | Fraction):
        if abs(Fraction(left) - Fraction(right)) <= Fraction(check.within):
            return None
        return Fault("not-equal", {"left": shown(left), "right": shown(right)})
    return None if left == right else Fault("not-equal", {"left": str(left), "right": str(right)})


def _ordered(check: Ordered, look: Look) -> Fault | None:
    left, right = look.raw(check.left), look.raw(check.right)
    if not (isinstance(left, str) and isinstance(right, str)):
        return None
    short = min(len(left), len(right))
    one, other = left[:short], right[:short]
    if one < other or (check.check == "not_later_than" and one == other):
        return None
    code = "not-before" if check.check == "before" else "too-late"
    return Fault(code, {"left": shown_day(left), "right": shown_day(right)})


def _changed(check: ChangedMoreThan, look: Look) -> Fault | None:
    now, before = look.quantity(check.of), look.quantity(f"{check.of}.before")
    percent = change(now, before, "percent").value
    if percent is None or abs(percent) <= Fraction(check.limit):
        return None
    told = look.raw(check.explain) if check.explain else None
    if isinstance(told, str) and told.strip():
        return None
    words = {
        "before": shown(before.value or 0),
        "now": shown(now.value or 0),
        "percent": shown(percent),
        "limit": shown(check.limit),
    }
    return Fault("change-unexplained", words)


def _holds(check: Holds, look: Look) -> Fault | None:
    try:
        holds = check.holds.holds(look.value)
    except FormulaError as error:
        return Fault("formula-type", {"what": error.params.get("what", "")})
    return Fault("formula-does-not-hold", {"formula": check.holds.text}) if holds is False else None


def not_above_fault(own: str | None, other: str | None, order: Sequence[str], labels: dict[str, str]) -> Fault | None:
    """A level must not be better than another; `order` is best first."""
    if own is None or other is None or own not in order or other not in order:
        return None
    if order.index(own) >= order.index(other):
        return None
    return Fault("above-other", {"own": labels.get(own, own), "other": labels.get(other, other)})


def _count(raw: Any) -> int:
    if isinstance(raw, list):
        return len(raw)
    return 0 if raw in (None, "") or isinstance(raw, dict) else 1
