"""What all field types share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field as About

from hoso.kinds.checking import Check
from hoso.kinds.spec import Bool, Condition, Id, Need, Spec, Text
from hoso.problems import Fault

SENSITIVE = (
    "A count of persons by discipline, ethnicity or religion: published only added up over units, never on the page "
    "of a dossier. A group of units in which one to four persons are counted is left out; they stand in the total over "
    "all units, if three units at least are in it. The same holds for every field that would give the count away."
)


class FieldBase(Spec):
    """One thing to fill in. A type declares its keys, judges a value, reads what was typed, shows what is kept."""

    id: Id
    type: str
    label: Text = ""
    hint: Text = ""
    required: Need = True
    only_when: Condition | None = None
    private: Bool = False
    sensitive: Annotated[Bool, About(description=SENSITIVE)] = False
    was: list[Id] = []

    checks: list[Check] = []

    attached: ClassVar[bool] = False  # filled by attaching files, not by a value
    tabular: ClassVar[bool] = False  # holds cells of its own
    listed: ClassVar[bool] = False  # may hold several values

    @property
    def name(self) -> str:
        return self.label or self.id

    def faults(self, value: Any) -> Iterator[Fault]:
        """What is wrong with a kept value."""
        raise NotImplementedError(self.type)

    def read(self, typed: str) -> str | list[str]:
        """What is kept of something a person typed; as typed where it cannot be understood, never lost."""
        return typed

    def shown(self, value: Any) -> str:
        """A kept value as readers write it."""
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def wants(self) -> list[str]:
        """What may be filled in, in short sentences for the screen and the site."""
        return []
