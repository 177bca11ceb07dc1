"""A checklist: what must be handed in, in how many sets, by when, to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import model_validator

from hoso.definitions.publishing import Publishing
from hoso.definitions.units import Unit
from hoso.formulas import Formula
from hoso.kinds import Attach
from hoso.kinds.checking import Check
from hoso.kinds.spec import Bool, Condition, Count, Day, FileId, Id, Need, PartId, Period, Short, Spec, Text, fault


class Deadline(Short):
    """`before` a day that is too late, or `by` a day that is the last; written `none` where the source sets none."""

    short = {"const": "none"}
    before: Day | None = None
    by: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def written_short(cls, given: Any) -> Any:
        if given == "none":
            return {"before": None}
        if isinstance(given, dict) and not any(given.values()):
            raise fault("key-missing", name="by")
        if isinstance(given, dict) and given.get("before") and given.get("by"):
            raise fault("deadline-twice")
        if isinstance(given, str):
            raise fault("not-one-of", value=given, nearest="", known="none, {before: …}, {by: …}")
        return given

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which handing in is in time."""
        return self.before - dt.timedelta(days=1) if self.before else self.by


class Recipient(Spec):
    id: Id
    name: Text
    by: list[Literal["paper", "email", "system", "disc"]] = []
    reviews: Bool = False
    note: Text = ""


class Reporters(Short):
    """Who has to hand in: kinds of unit (all of them, or those right under certain units), or units by id."""

    short = {"type": "array", "items": {"type": "string"}}
    kinds: list[Id] = []
    under: list[FileId] = []
    ids: list[FileId] = []

    @model_validator(mode="before")
    @classmethod
    def written_short(cls, given: Any) -> Any:
        return {"ids": given} if isinstance(given, list) else given

    def ask(self, unit: Unit) -> bool:
        here = not self.under or unit.parent in self.under
        return unit.id in self.ids or (here and (unit.kind in self.kinds or not (self.kinds or self.ids)))


class Case(Spec):
    """One way an item is filled, for the units for which `when` holds."""

    when: Condition | None = None
    outline: FileId | None = None
    attach: Attach | None = None
    levels: Id | None = None  # the list from which the unit claims its level, where a sheet is only attached
    because: Text = ""

    @model_validator(mode="after")
    def with_content(self) -> Case:
        if self.outline is None and self.attach is None:
            raise fault("item-without-content")
        if self.levels is not None and (self.outline is not None or self.attach is None):
            raise fault("levels-misplaced")
        return self


class Part(Spec):
    """An item or an annex: an outline to fill, documents to attach, or a choice between such."""

    id: PartId
    title: Text = ""
    required: Need = True
    applies: Condition | None = None
    outline: FileId | None = None
    attach: Attach | None = None
    levels: Id | None = None
    choose: list[Case] = []
    missing: Bool = False
    deadline: Deadline | None = None
    copies: dict[Literal["paper", "scan", "pdf", "word", "excel"], Count] = {}
    note: Text = ""

    @model_validator(mode="after")
    def with_content(self) -> Part:
        if self.outline is None and self.attach is None and not self.choose:
            raise fault("item-without-content")
        if self.choose and (self.outline is not None or self.attach is not None):
            raise fault("item-chosen-twice")
        if self.levels is not None and (self.outline is not None or self.attach is None or self.choose):
            raise fault("levels-misplaced")
        return self

    def cases(self) -> Iterator[Case]:
        own = Case.model_construct(outline=self.outline, attach=self.attach, levels=self.levels)
        yield from self.choose or [own]


class Annex(Part):
    """Belongs to an item; its answers lie in a file of its own id."""


class Item(Part):
    annexes: list[Annex] = []


@dataclass(frozen=True, slots=True)
class Asked:
    """What one unit has to hand in for a part of the checklist."""

    part: Part
    parent: str | None
    outline: str | None
    attach: Attach | None
    because: str
    levels: str | None = None

    @property
    def id(self) -> str:
        return self.part.id

    @property
    def title(self) -> str:
        return self.part.title or self.part.id


class Checklist(Spec):
    hoso: Text
    title: Text
    code: Text = ""
    issuer: Text = ""
    number: Text = ""
    date: Day | None = None
    period: Period | None = None
    previous: FileId | None = None
    sets: Count = 1
    deadline: Deadline = Deadline.model_validate("none")
    to: list[Recipient] = []
    units: Reporters | None = None
    guidance: Text = ""
    items: list[Item]
    checks: list[Check] = []
    publish: Publishing = Publishing()
    verified: Bool = True

    def parts(self) -> Iterator[tuple[Part, str | None]]:
        """Items and their annexes, each with the id of the item it belongs to (None for an item)."""
        for item in self.items:
            yield item, None
            for annex in item.annexes:
                yield annex, item.id

    def reviewers(self) -> list[Recipient]:
        """The recipients that review what is handed in; where none is marked so, any of them may."""
        return [one for one in self.to if one.reviews] or self.to

    def asks(self, unit: Unit) -> bool:
        return self.units is None or self.units.ask(unit)

    def asked_of(self, unit: Unit) -> list[Asked]:
        """What applies to this unit, in order. A choice without a case that holds leaves the part out."""
        out = []
        for part, parent in self.parts():
            if part.applies is not None and not unit.meets(part.applies):
                continue
            for case in part.cases():
                if case.when is None or unit.meets(case.when):
                    out.append(Asked(part, parent, case.outline, case.attach, case.because, case.levels))
                    break
        return out

    def last_day(self, part: Part | None = None) -> dt.date | None:
        """The last day of the checklist or of a part: its own, that of the item it belongs to, that of the whole."""
        item = next((one for one in self.items if part is not None and part in one.annexes), None)
        for one in (part, item, self):
            if one is not None and one.deadline is not None:
                return one.deadline.last_day
        return None

    def first_deadline(self) -> dt.date | None:
        """The earliest last day of the checklist and its parts."""
        days = [day for day in (self.deadline.last_day, *(self.last_day(part) for part, _ in self.parts())) if day]
        return min(days, default=None)


def is_required(need: bool | Formula, unit: Unit) -> bool:
    return need if isinstance(need, bool) else unit.meets(need)
