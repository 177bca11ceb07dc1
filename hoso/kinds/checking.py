"""Checks as they are declared: one envelope, and the arguments of each named check."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, WithJsonSchema, model_validator

from hoso.kinds.spec import Condition, Expression, Figure, Id, Spec, Text, canonical, fault
from hoso.problems import Level

Blank = Literal["skip", "zero", "report"]


def _as_limit(given: Any) -> Decimal:
    """`20%` or `20`: a limit of a share is always in percent."""
    if isinstance(given, Decimal):
        return given
    figure = canonical(given.removesuffix("%").strip()) if isinstance(given, str) else None
    if figure is None:
        raise fault("not-a-number", value=given)
    return figure


def _as_names(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


Percent = Annotated[Decimal, BeforeValidator(_as_limit), WithJsonSchema({"type": ["string", "number"]})]
Names = Annotated[list[Text], BeforeValidator(_as_names)]


class CheckBase(Spec):
    """What every check may say beside its own arguments."""

    id: Id | None = None
    each: Literal["row", "column", "cell"] | None = None
    over: Literal["units"] | None = None
    by: Any = None
    blank: Blank = "skip"
    level: Level = Level.ERROR
    message: Text = ""
    remedy: Text = ""
    basis: Text = ""

    def names(self) -> list[str]:
        """The names that the check looks at, as written."""
        return []


class Equal(CheckBase):
    check: Literal["equal"]
    left: Expression
    right: Expression
    within: Figure = Decimal(0)

    def names(self) -> list[str]:
        return sorted(self.left.names | self.right.names)


class SumEquals(CheckBase):
    check: Literal["sum_equals"]
    parts: Names
    total: Text
    remainder: Literal["allowed"] | None = None

    def names(self) -> list[str]:
        return [*self.parts, self.total]


class ShareCheck(CheckBase):
    check: Literal["at_most_share", "at_least_share"]
    part: Names
    base: Names
    limit: Percent
    round: Literal["down", "up"] | None = None
    of: Text | None = None
    by: Literal["kind", "group", "parent"] | None = None

    @model_validator(mode="after")
    def over_something(self) -> ShareCheck:
        if not self.base:
            raise fault("key-missing", name="base")
        if self.over == "units" and self.of is None:
            raise fault("key-missing", name="of")
        if self.of is not None and self.over is None:
            raise fault("quota-without-over")
        return self

    def names(self) -> list[str]:
        return [] if self.over else [*self.part, *self.base]


class Excepted(Spec):
    when: Condition
    limits: dict[Id, Figure]


class LimitBy(CheckBase):
    check: Literal["at_least_by", "at_most_by"]
    column: Text
    by: Text
    limits: dict[Id, Figure]
    except_: list[Excepted] = []

    model_config = Spec.model_config | {"alias_generator": lambda name: name.rstrip("_"), "populate_by_name": True}

    def names(self) -> list[str]:
        return [self.column, self.by]


class Ordered(CheckBase):
    check: Literal["before", "not_later_than"]
    left: Text
    right: Text

    def names(self) -> list[str]:
        return [self.left, self.right]


class ChangedMoreThan(CheckBase):
    check: Literal["changed_more_than"]
    of: Text
    limit: Percent
    explain: Text | None = None

    def names(self) -> list[str]:
        return [self.of, *([self.explain] if self.explain else [])]


class Unique(CheckBase):
    check: Literal["unique"]
    columns: Names

    def names(self) -> list[str]:
        return self.columns


class SameCount(CheckBase):
    check: Literal["same_count"]
    rows: Names

    def names(self) -> list[str]:
        return self.rows


class NotAbove(CheckBase):
    check: Literal["not_above"]
    other: Text
    of: Text | None = None

    def names(self) -> list[str]:
        return [self.other, *([self.of] if self.of else [])]


class Holds(CheckBase):
    check: Literal["formula"]
    holds: Condition

    def names(self) -> list[str]:
        return sorted(self.holds.names)


Check = Annotated[
    Equal | SumEquals | ShareCheck | LimitBy | Ordered | ChangedMoreThan | Unique | SameCount | NotAbove | Holds,
    Discriminator("check"),
]
CHECKS = (
    "equal", "sum_equals", "at_most_share", "at_least_share", "at_least_by", "at_most_by", "before",
    "not_later_than", "changed_more_than", "unique", "same_count", "not_above", "formula",
)  # fmt: skip
