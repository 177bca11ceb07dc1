"""The columns of a table: simple fields in nested groups, written out or generated from a range or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Discriminator, Tag, TypeAdapter, model_validator

from hoso.kinds.choice import ChoiceField, Option
from hoso.kinds.date import DateField
from hoso.kinds.mark import MarkField
from hoso.kinds.number import NumberField
from hoso.kinds.spec import Bool, Id, Need, Spec, Text, fault, filled
from hoso.kinds.text import TextField

_RANGE = re.compile(r"(\d{1,9})\.\.(\d{1,9})", re.ASCII)
MAX_GENERATED = 200
Lists = dict[str, list[Option]]


class ColumnBase(Spec):
    """What a column has beside what its field has. A column is not required unless it says so."""

    required: Need = False
    time: Bool = False
    many: Bool = False


class TextColumn(ColumnBase, TextField):
    pass


class NumberColumn(ColumnBase, NumberField):
    pass


class ChoiceColumn(ColumnBase, ChoiceField):
    pass


class DateColumn(ColumnBase, DateField):
    pass


class MarkColumn(ColumnBase, MarkField):
    pass


def _as_text_unless_told(given: Any) -> Any:
    return {"type": "text"} | given if isinstance(given, dict) else given


Column = Annotated[
    Annotated[
        TextColumn | NumberColumn | ChoiceColumn | DateColumn | MarkColumn,
        Discriminator("type"),
    ],
    BeforeValidator(_as_text_unless_told),
]


def _within_bounds(each: str) -> str:
    far = span(each) or 0
    if far < 0:
        right = "..".join(reversed(each.split("..")))
        raise fault("range-backwards", value=each, right=right)
    if far >= MAX_GENERATED:
        raise fault("range-invalid", value=each, limit=MAX_GENERATED)
    return each


Source = Annotated[Text, AfterValidator(_within_bounds)]


class Each(Spec):
    """Generates one entry for each value of `A..B` or of a shared list; `{}` stands for the value."""

    each: Source
    id: Text = "{}"
    label: Text = "{}"

    model_config = Spec.model_config | {"extra": "allow"}

    @model_validator(mode="after")
    def tried_out(self) -> Each:
        self.try_out()
        return self

    def try_out(self) -> None:
        """Makes one entry, so that what is wrong with all of them is told when the definition is read."""
        _adapter().validate_python(self.written("1", "1"))

    def list_name(self) -> str | None:
        """The shared list that is meant; None for a range."""
        return None if _RANGE.fullmatch(self.each) else self.each

    def values(self, lists: Lists) -> list[tuple[str, str]]:
        """Id and label of each entry."""
        return generated_values(self.each, lists)

    def written(self, value: str, label: str) -> dict[str, Any]:
        """The entry as it would be written out by hand."""
        head = {"id": generated_id(self.id, value), "label": self.label.replace("{}", label)}
        return head | dict(self.model_extra or {})


def generated_id(pattern: str, value: str) -> str:
    name = pattern.replace("{}", value)
    return name if name[:1].isalpha() else f"n_{name}"


def span(each: str) -> int | None:
    """How far it is from A to B in `A..B`, negative backwards; None for the name of a list."""
    found = _RANGE.fullmatch(each)
    return int(found[2]) - int(found[1]) if found else None


def generated_values(each: str, lists: Lists) -> list[tuple[str, str]]:
    """Id and label of each entry that `A..B` or a shared list generates."""
    found = _RANGE.fullmatch(each)
    if found:
        return [(str(value), str(value)) for value in range(int(found[1]), int(found[2]) + 1)]
    return [(option.id, option.label) for option in lists.get(each, [])]


class Group(Spec):
    """Columns under one heading. With an id it joins their names; without one it only prints."""

    id: Id | None = None
    label: Text = ""
    columns: Columns


def _form(given: Any) -> str:
    if isinstance(given, dict):
        return "(group)" if "columns" in given else "(each)" if "each" in given else "(column)"
    return {"Group": "(group)", "Each": "(each)"}.get(type(given).__name__, "(column)")


Entry = Annotated[
    Annotated[Group, Tag("(group)")] | Annotated[Each, Tag("(each)")] | Annotated[Column, Tag("(column)")],
    Discriminator(_form),
]
# Tags may not be keys of the language: a location is followed through the file by its keys.
Columns = Annotated[
    Annotated[list[Entry], Tag("(list)")] | Annotated[Each, Tag("(each)")],
    Discriminator(lambda given: "(each)" if isinstance(given, dict | Each) else "(list)"),
    BeforeValidator(filled),
]


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Column)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column that is filled: its whole name, its field, the headings above it."""

    name: str
    field: Any
    heads: tuple[str, ...]


def leaves(columns: Columns, lists: Lists, prefix: str = "", heads: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """The columns that are filled, in order."""
    for entry in [columns] if isinstance(columns, Each) else columns:
        if isinstance(entry, Group):
            inner = f"{prefix}{entry.id}." if entry.id else prefix
            yield from leaves(entry.columns, lists, inner, (*heads, entry.label))
        elif isinstance(entry, Each):
            for value, label in entry.values(lists):
                made = _adapter().validate_python(entry.written(value, label))
                yield Leaf(prefix + made.id, made, heads)
        else:
            yield Leaf(prefix + entry.id, entry, heads)


Group.model_rebuild()
