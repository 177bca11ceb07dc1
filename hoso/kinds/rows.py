"""The rows of a table: written out and nested, generated, or open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Tag, model_validator
from pydantic import Field as About

from hoso.kinds.columns import Each, Lists
from hoso.kinds.spec import Bool, Count, Id, Spec, Text, fault

CellType = Literal["text", "number", "choice", "date", "mark"]


class Row(Spec):
    """A row; one with `rows` is only a heading over them. A type it gives wins over its columns'."""

    id: Id
    label: Text = ""
    number: Text | None = None
    rows: list[Row] = []
    type: CellType | None = None
    lines: Count | None = None
    many: Bool = False
    private: Bool = False
    sensitive: Annotated[Bool, About(description="As for a field.")] = False
    time: Bool = False
    closed: list[Text] = []


class OpenRows(Spec):
    """As many rows as the unit needs; `shown` blank ones are printed."""

    open: Bool = True
    shown: Count = 0
    at_least: Count = 0
    at_most: Count | None = None
    number: Text | None = None

    @model_validator(mode="after")
    def in_order(self) -> OpenRows:
        if not self.open:
            raise fault("rows-none")
        if self.at_most is not None and self.at_least > self.at_most:
            raise fault("limits-crossed", low=self.at_least, high=self.at_most)
        return self


class EachRow(Each):
    """Generated rows; `number: "1"` numbers them."""

    def try_out(self) -> None:
        Row.model_validate(self.written("1", "1"))


def _form(given: Any) -> str:
    if isinstance(given, dict):
        return "(open)" if "open" in given else "(each)"
    return {"OpenRows": "(open)", "EachRow": "(each)"}.get(type(given).__name__, "(list)")


def _some_rows(given: Any) -> Any:
    if given == []:
        raise fault("rows-none")
    return given


Rows = Annotated[
    Annotated[list[Row], Tag("(list)")] | Annotated[EachRow, Tag("(each)")] | Annotated[OpenRows, Tag("(open)")],
    Discriminator(_form),
    BeforeValidator(_some_rows),
]


@dataclass(frozen=True, slots=True)
class Line:
    """A row in its place: whole name, label, printed number, depth; a heading holds no cells."""

    name: str
    label: str
    number: str
    depth: int
    heading: bool
    row: Row


def lines(rows: Rows, lists: Lists) -> Iterator[Line]:
    """The rows of the definition, headings included, in order; none for open ones."""
    if isinstance(rows, EachRow):
        for place, (value, label) in enumerate(rows.values(lists), 1):
            given = rows.written(value, label)
            number = str(place) if given.pop("number", None) else ""
            row = Row.model_validate(given)
            yield Line(row.id, row.label, number, 0, False, row)
    elif isinstance(rows, list):
        yield from _nested(rows, "", 0)


def _nested(rows: list[Row], prefix: str, depth: int) -> Iterator[Line]:
    for row in rows:
        name = prefix + row.id
        yield Line(name, row.label, row.number or "", depth, bool(row.rows), row)
        yield from _nested(row.rows, f"{name}.", depth + 1)


Row.model_rebuild()
