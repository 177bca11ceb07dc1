"""Units, their kinds, and the lists that outlines share."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, PrivateAttr

from hoso.formulas import Formula, FormulaError
from hoso.kinds import Option
from hoso.kinds.spec import Day, FileId, Id, Spec, Text
from hoso.text import sort_key


class Dated(Spec):
    """Something that exists from a day until a day, both included."""

    from_: Day | None = None
    until: Day | None = None

    model_config = Spec.model_config | {
        "alias_generator": lambda name: name.rstrip("_"),
        "populate_by_name": True,
    }

    def exists_on(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


class Unit(Dated):
    name: Text
    kind: Id
    parent: FileId | None = None
    groups: list[Id] = []
    was: list[FileId] = []

    _id: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        return self._id

    def named(self, name: str) -> str | None:
        """The value of `unit.kind`, `unit.id` or `unit.parent` in a condition."""
        return {"unit.kind": self.kind, "unit.id": self.id, "unit.parent": self.parent}.get(name)

    def in_group(self, group: str) -> bool:
        return group in self.groups

    def meets(self, condition: Formula) -> bool:
        """Whether a condition on the unit alone holds; one that cannot be judged is told where it is linked."""
        try:
            return bool(condition.holds(self.named, in_group=self.in_group))
        except FormulaError:
            return False


UNIT_NAMES = ("unit.kind", "unit.id", "unit.parent")


class Units(Spec):
    hoso: Text
    units: dict[FileId, Unit]

    def model_post_init(self, context: object) -> None:  # noqa: ARG002
        for name, unit in self.units.items():
            unit._id = name

    def sorted(self) -> list[Unit]:
        return sorted(self.units.values(), key=lambda unit: sort_key(unit.name))


class Kind(Dated):
    label: Text


class Cited(Spec):
    """A document that outlines cite."""

    title: Text = ""
    date: Day | None = None
    issuer: Text = ""
    about: Text = ""


def _names_only(documents: object) -> object:
    if isinstance(documents, dict):
        return {name: {} if made is None else made for name, made in documents.items()}
    return documents


class Lists(Spec):
    hoso: Text
    lists: dict[Id, list[Option]] = {}
    kinds: dict[Id, Kind] = {}
    documents: Annotated[dict[Text, Cited], BeforeValidator(_names_only)] = {}
    terms: dict[Text, Text] = {}  # short forms and other words, each with what it means
