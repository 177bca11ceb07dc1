"""What grids have in common: sorts of cells, heads, how a kept value is written into a cell and read back."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import Any, NamedTuple

from hoso.dossiers import Answer
from hoso.kinds import FieldBase
from hoso.kinds.choice import ChoiceField
from hoso.kinds.number import NumberField, unmistakable
from hoso.kinds.spec import canonical
from hoso.kinds.text import TextField
from hoso.problems import message_of
from hoso.validate import answer_faults

Value = dict[str, Any]
BREAK = "⏎"  # a line end inside a cell, which is edited on one line
# What is not even readable as what the cell takes; other faults are kept and told, as when they are typed.
UNREADABLE = {
    "not-a-number", "number-ambiguous", "not-a-day", "not-a-month", "not-a-year",
    "mark-unknown", "choice-unknown", "choice-many", "choice-twice",
    "answer-shape",
}  # fmt: skip


class Sort(Enum):
    """What can be done with a cell."""

    OPEN = auto()  # filled by whoever fills the form
    COMPUTED = auto()
    GIVEN = auto()  # what the form itself says
    CLOSED = auto()
    HEADING = auto()  # beside a heading, where there are no cells


class RowHead(NamedTuple):
    """What stands left of a row. `kind` is `row`, `heading`, `group` (a heading with cells), `total` or `new`,
    the blank row at the end."""

    number: str
    label: str
    depth: int
    kind: str = "row"

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.number, self.label) if part)


def edited(made: FieldBase, answer: Answer, *, many: bool) -> str:
    """A kept answer as it is edited: on one line, read back to the same."""
    if answer.absent is not None or answer.value in (None, "", []):
        return ""
    if isinstance(made, ChoiceField):
        return made.shown(answer.value)
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    return ("; " if many else ", ").join(_written(made, value) for value in values)


def _written(made: FieldBase, value: Any) -> str:
    text = made.shown(value)
    if isinstance(made, NumberField) and isinstance(value, str) and made.read(text) != value:
        figure = canonical(value)
        text = unmistakable(figure) if isinstance(figure, Decimal) else value
    return text.replace("\n", BREAK)


def read(made: FieldBase, text: str, *, many: bool) -> Any:
    """What is kept of a text typed or pasted into a cell; None for a blank."""
    text = text.strip()
    if not text:
        return None
    if isinstance(made, ChoiceField):
        return made.read(text)
    if many:
        pieces = text.replace(BREAK, ";").replace("\n", ";").split(";")
        return [made.read(piece.strip()) for piece in pieces if piece.strip()] or None
    return made.read(text.replace(BREAK, "\n") if takes_lines(made) else text.replace(BREAK, " ").replace("\n", " "))


def takes_lines(made: FieldBase | None) -> bool:
    return isinstance(made, TextField) and made.lines != 1


def unreadable(made: FieldBase, kept: Any) -> str:
    """Why something kept cannot be what a cell takes, in words; empty where it can."""
    one_by_one = kept if isinstance(kept, list) and not isinstance(made, ChoiceField) else [kept]
    faults = (fault for one in one_by_one for fault in answer_faults(made, Answer(one)))
    worst = next((fault for fault in faults if fault.code in UNREADABLE), None)
    return message_of(worst.code, worst.params) if worst else ""
