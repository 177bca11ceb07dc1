"""Figures that are computed from others, and the words for what is absent in them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from pydantic import model_validator

from hoso.kinds.spec import Bool, Expression, Places, Spec, Text, canonical, fault

ONE_OF = ("sum", "share", "change", "count", "formula")


class Quantity(NamedTuple):
    """A figure as computing sees it: `value` None where there is none, `pending` how many are still to come,
    `applies` False for what does not apply and leaves part and base alike."""

    value: Fraction | None = None
    pending: int = 0
    applies: bool = True

    @property
    def is_known(self) -> bool:
        return self.value is not None and not self.pending


BLANK = Quantity()
Look = Callable[[str], list[Quantity]]


class Compute(Spec):
    """One way of computing: `sum`, `share` … `of`, `change` … `in`, `count` or `formula`.

    Shares and points are exact unless `rounded`; `decimals` only says how they are shown."""

    sum: list[Text] | None = None
    share: Text | None = None
    of: Text | None = None
    change: Text | None = None
    in_: Literal["figures", "percent", "points"] = "figures"
    count: Text | None = None
    formula: Expression | None = None
    decimals: Places = 0
    rounded: Bool = False
    entered: Bool = False  # the figure as printed is kept too, and compared with the computed one

    model_config = Spec.model_config | {"alias_generator": lambda name: name.rstrip("_"), "populate_by_name": True}

    @model_validator(mode="after")
    def one_way(self) -> Compute:
        ways = [name for name in ONE_OF if getattr(self, name) is not None]
        if len(ways) != 1:
            raise fault("compute-one-way", ways=", ".join(ONE_OF))
        if self.share is not None and self.of is None:
            raise fault("key-missing", name="of")
        return self

    @property
    def names(self) -> list[str]:
        """What the figure is computed from."""
        if self.formula is not None:
            return sorted(self.formula.names)
        singles = [name for name in (self.share, self.of, self.change, self.count) if name]
        return [*(self.sum or []), *singles]


def quantity_of(raw: Any) -> Quantity:
    """A cell as a figure. Nil is 0, pending is counted, what does not apply leaves the sum."""
    if isinstance(raw, dict):
        absent = raw.get("absent")
        if absent is None:
            return quantity_of(raw.get("value"))
        known = {"nil": Quantity(Fraction(0)), "not_applicable": Quantity(None, 0, False)}
        # What is withheld is there all the same, so like what is pending it leaves no verdict.
        return known.get(str(absent), Quantity(None, 1))
    figure = canonical(raw) if isinstance(raw, str) else None
    return Quantity(Fraction(figure)) if figure is not None else BLANK


def added(parts: list[Quantity], blank: Literal["skip", "zero", "report"] = "skip") -> Quantity:
    """The sum of what there is: what does not apply is left out, pending ones are counted, not added."""
    asked = [part for part in parts if part.applies]
    values = [part.value for part in asked if part.value is not None]
    pending = sum(part.pending for part in asked)
    blanks = sum(part.value is None and not part.pending for part in asked)
    if blanks and blank == "report":
        return Quantity(None, pending, bool(asked))
    if not values and not (blank == "zero" and asked):
        return Quantity(None, pending, bool(asked) or not parts)
    return Quantity(sum(values, Fraction(0)), pending, True)


def share(part: Quantity, base: Quantity) -> Quantity:
    """The exact percentage of a part in its base; nothing where the base is zero or unknown."""
    pending = part.pending + base.pending
    if not (part.applies and base.applies) or part.value is None or not base.value:
        return Quantity(None, pending, part.applies and base.applies)
    return Quantity(100 * part.value / base.value, pending)


def change(now: Quantity, before: Quantity, how: Literal["figures", "percent", "points"]) -> Quantity:
    """The change from one figure to the next; points are the plain difference of two percentages."""
    pending = now.pending + before.pending
    if now.value is None or before.value is None:
        return Quantity(None, pending)
    difference = now.value - before.value
    if how != "percent":
        return Quantity(difference, pending)
    return Quantity(100 * difference / before.value if before.value else None, pending)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up, away from zero for negatives, as offices round."""
    scale = 10**decimals
    whole, rest = divmod(abs(value) * scale, 1)
    made = Fraction(int(whole) + (rest >= Fraction(1, 2)), scale)
    return -made if value < 0 else made


def cut_off(value: Fraction, decimals: int) -> Fraction:
    """What cutting off instead of rounding would give: a common slip, told from a wrong figure."""
    scale = 10**decimals
    made = Fraction(int(abs(value) * scale), scale)
    return -made if value < 0 else made
