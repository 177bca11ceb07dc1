"""What names mean in the conditions, checks and computed figures of one unit's answers to one outline."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hoso.checks import Look
from hoso.comparing import year_before
from hoso.definitions import Node, Outline, Unit
from hoso.dossiers import Answer, Sheet
from hoso.formulas import Formula, FormulaError
from hoso.kinds import (
    ChoiceField,
    Field,
    FieldBase,
    NumberField,
    TableField,
)
from hoso.kinds.compute import Quantity, quantity_of
from hoso.kinds.spec import canonical
from hoso.problems import Fault, Level
from hoso.tabular import computed, inside, severity

if TYPE_CHECKING:
    from hoso.previous import Before, EarlierPart
from hoso.validate.verdicts import MISSING

Waived = Callable[[str, str], bool]


Peer = Callable[[str], "Names | None"]


class Names:
    """What names mean in the conditions of one unit's answers to one outline."""

    def __init__(
        self,
        unit: Unit,
        outline: Outline,
        sheet: Sheet,
        waived: Waived | None = None,
        earlier: EarlierPart | None = None,
    ) -> None:
        self.unit = unit
        self.outline = outline
        self.sheet = sheet
        self.earlier = earlier
        self.peer: Peer | None = None  # the same for another item of the dossier, by its id
        self._waived = waived

    @property
    def period_before(self) -> str:
        """The period that figures are compared with, as definitions write it; empty where nothing says which."""
        told = self.earlier.earlier.period if self.earlier else ""
        return told or year_before(self.outline.period or "")

    def before(self, node: Node, made: FieldBase) -> Before | None:
        """What the dossier of the period before says of a figure that is compared with it."""
        if self.earlier is None or not isinstance(made, NumberField) or not made.compare:
            return None
        return self.earlier.figure(node, made)

    def cell_before(self, node: Node, table: FieldBase, at: str, made: FieldBase) -> Before | None:
        """The same for a cell, named `row.column`."""
        if self.earlier is None or not isinstance(table, TableField):
            return None
        return self.earlier.cell(node, table, at, made) if isinstance(made, NumberField) and made.compare else None

    def leaves_open(self, node: Node, at: str, fault: Fault) -> bool:
        """Whether a finding keeps its answer from being done: an error or something missing that nobody waived."""
        if fault.code not in MISSING and severity(fault) is not Level.ERROR:
            return False
        return self._waived is None or not self._waived(f"{node.id}.{at}", fault.code)

    def meets(self, condition: Formula | None, node: Node) -> bool:
        """Whether a condition holds. One that cannot be decided yet does not."""
        if condition is None:
            return True
        try:
            return condition.holds(lambda name: self.value(name, node), in_group=self.unit.in_group) is True
        except FormulaError:
            return False

    def value(self, name: str, node: Node) -> Any:
        if name.startswith("unit."):
            return self.unit.named(name)
        section, _, field_id = name.rpartition(".")
        owner = self.outline.nodes.get(section) if section else node
        made = owner.fields.get(field_id) if owner else None
        if owner is None or made is None:
            return None
        return plain_value(made, self.sheet.answer(owner.id, field_id))

    def look(self, name: str, node: Node | None) -> Any:
        """What a name means to a check: a quantity, a text, a list of them; None for what is not there."""
        if name.startswith("unit."):
            return self.unit.named(name)
        owner, rest = self._owner(name, node)
        if owner is None:
            return None
        field_id, _, inner = rest.partition(".")
        made = owner.fields.get(field_id)
        if made is None:
            return None
        if isinstance(made, NumberField) and made.compute is not None and not inner:
            return self.computed(made, owner)
        if inner == "before" and self.earlier is not None and not self.sheet.answer(owner.id, field_id).before:
            before = self.before(owner, made)
            return quantity_of(before.value) if before else Quantity()
        return inside(made, self.sheet.raw(owner.id, field_id), inner, lambda condition: self.meets(condition, owner))

    def _owner(self, name: str, node: Node | None) -> tuple[Node | None, str]:
        first, _, rest = name.partition(".")
        if node is not None and first in node.fields:
            return node, name
        return self.outline.nodes.get(first), rest

    def computed(self, made: NumberField, node: Node) -> Quantity:
        return computed(made, lambda name: self._quantity(name, node))

    def _quantity(self, name: str, node: Node) -> Quantity:
        return Look(None, None, None, lambda other: self.look(other, node)).quantity(name)


def plain_value(made: Field, answer: Answer) -> Any:
    """An answer as formulas see it: a Decimal, text, a list of option ids, None where there is none."""
    if answer.is_blank or answer.absent is not None:
        return Decimal(0) if answer.absent == "nil" and isinstance(made, NumberField) else None
    if isinstance(made, NumberField):
        return canonical(answer.value) if isinstance(answer.value, str) else None
    if isinstance(made, ChoiceField) and made.many:
        return answer.value if isinstance(answer.value, list) else [answer.value]
    return answer.value if isinstance(answer.value, str) else None
