"""The dossier of the period before: the same unit's, of the checklist that is named by `previous`.

Nothing is read before something of it is asked for, and nothing of it is ever written by itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from hoso.definitions import Asked, Checklist, Definitions, Node, Outline, Unit
from hoso.dossiers import Dossier, Raw, Sheet, answer_of
from hoso.kinds import Field, NumberField, TableField
from hoso.kinds.compute import Quantity, rounded
from hoso.kinds.table import TOTAL, Figures
from hoso.renaming import bring_up_to_date
from hoso.stamps import folders_before
from hoso.store.reading import read_dossier
from hoso.validate import Names

_MOST_DECIMALS = 9


class Before(NamedTuple):
    """A figure of the period before: canonical, and the file it stands in."""

    value: str
    path: str


class Earlier:
    """One unit's dossier of the checklist before, looked up by the ids of now and by those they once were."""

    def __init__(self, root: Path, definitions: Definitions, previous: str, unit: Unit) -> None:
        self.root = root
        self.definitions = definitions
        self.name = previous
        self.unit = unit
        self._parts: dict[str, EarlierPart] = {}

    @property
    def checklist(self) -> Checklist | None:
        return self.definitions.checklists.get(self.name)

    @property
    def period(self) -> str:
        return (self.checklist.period if self.checklist else None) or ""

    @cached_property
    def dossier(self) -> Dossier | None:
        """None where the unit handed nothing in then, under no name it had."""
        there = (
            folder for folder in folders_before(self.name, self.unit.id, self.unit.was) if (self.root / folder).is_dir()
        )
        folder = next(there, None)
        if not folder:
            return None
        made = read_dossier(self.root, self.name, folder.rpartition("/")[2], self._frozen)
        bring_up_to_date(made, self.definitions.outlines)
        return made

    def _frozen(self, path: Path, fingerprint: str) -> Outline | None:
        """The outline as it was handed in, where it is another one by now."""
        from hoso.definitions.library import read_frozen

        current = {document.digest for document in self.definitions.documents.values()}
        return None if fingerprint in current or path.stem == "lists" else read_frozen(path)

    @cached_property
    def unit_then(self) -> Unit:
        name = self.dossier.unit if self.dossier else self.unit.id
        return self.definitions.units.get(name, self.unit)

    @cached_property
    def asked(self) -> dict[str, Asked]:
        return {one.id: one for one in self.checklist.asked_of(self.unit_then)} if self.checklist else {}

    def part(self, asked: Asked) -> EarlierPart:
        if asked.id not in self._parts:
            self._parts[asked.id] = EarlierPart(self, asked)
        return self._parts[asked.id]


class EarlierPart:
    """The same item or annex in the dossier before: by its id, else by its outline."""

    def __init__(self, earlier: Earlier, now: Asked) -> None:
        self.earlier = earlier
        self.now = now

    @cached_property
    def id(self) -> str:
        dossier = self.earlier.dossier
        if dossier is None or self.now.id in dossier.sheets:
            return self.now.id
        same = (one for one, sheet in dossier.sheets.items() if sheet.outline == self.now.outline)
        return next(same, self.now.id)

    @cached_property
    def sheet(self) -> Sheet | None:
        return self.earlier.dossier.sheets.get(self.id) if self.earlier.dossier else None

    @cached_property
    def outline(self) -> Outline | None:
        """What the answers of then answered, in the wording of then."""
        dossier = self.earlier.dossier
        if dossier is None or self.sheet is None:
            return None
        return dossier.wording.get(self.id) or self.earlier.definitions.outlines.get(self.sheet.outline)

    @property
    def path(self) -> str:
        return f"{self.earlier.dossier.path}/{self.id}.yaml" if self.earlier.dossier else ""

    def node(self, node: Node) -> Node | None:
        """The same section then."""
        nodes = self.outline.nodes if self.outline else {}
        return next((nodes[name] for name in (node.id, *node.section.was) if name in nodes), None)

    def field(self, node: Node, made: Field) -> tuple[Node, Field] | None:
        """The same field then; none where it was private and is public now."""
        then = self.node(node)
        fields = then.fields if then else {}
        found = next((fields[name] for name in (made.id, *made.was) if name in fields), None)
        if then is None or found is None or (found.private and not made.private):
            return None
        return then, found

    def raw(self, node: Node, made: Field) -> Raw:
        """The answer of then, as kept; None where there was none."""
        found = self.field(node, made)
        return self.sheet.raw(found[0].id, found[1].id) if found and self.sheet else None

    # ---- figures ----------------------------------------------------------------------------------------

    def figure(self, node: Node, made: NumberField) -> Before | None:
        """The figure of then, computed where it was; none where it was absent, a mere proposal or of another kind."""
        found = self.field(node, made)
        if found is None or self.sheet is None or self.outline is None:
            return None
        then, field = found
        if not isinstance(field, NumberField) or _is_proposal(self.sheet.raw(then.id, field.id)):
            return None
        quantity = Names(self.earlier.unit_then, self.outline, self.sheet).look(f"{then.id}.{field.id}", None)
        return self._before(quantity, made, field)

    def cell(self, node: Node, table: TableField, at: str, made: Any) -> Before | None:
        """The same for a cell, named `row.column` as now."""
        then, field = self.field(node, table) or (None, None)
        if then is None or self.sheet is None or not isinstance(field, TableField):
            return None
        row, column = _split(at, table)
        leaf = next((field.leaves[name] for name in _columns(column, made.was) if name in field.leaves), None)
        raw = self.sheet.raw(then.id, field.id)
        if leaf is None or not isinstance(raw, dict) or not isinstance(leaf.field, NumberField):
            return None
        figures = Figures(field, raw)
        if row not in (*figures.names, TOTAL) or _is_proposal(figures.raw(row, leaf.name)):
            return None
        hidden = leaf.field.private or any(line.name == row and line.row.private for line in figures.lines)
        if hidden and not made.private:
            return None
        return self._before(figures.at(row, leaf.name), made, leaf.field)

    def _before(self, quantity: Quantity | None, made: NumberField, then: NumberField) -> Before | None:
        # A share is no figure to compare a count with.
        if not isinstance(quantity, Quantity) or quantity.value is None or quantity.pending:
            return None
        if (made.measure == "%") != (then.measure == "%"):
            return None
        return Before(canonical_of(quantity.value), self.path)


def canonical_of(value: Fraction) -> str:
    """A figure as files keep it; one without an end is rounded."""
    made = rounded(value, _MOST_DECIMALS)
    text = f"{Decimal(made.numerator) / Decimal(made.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def carried(raw: Raw) -> Raw:
    """An answer of before as a proposal: values only, in cells too; None where there is nothing to carry over."""
    if isinstance(raw, dict) and raw and not _is_envelope(raw):
        made = {name: carried(inner) for name, inner in raw.items()}
        return {name: inner for name, inner in made.items() if inner is not None} or None
    answer = answer_of(raw)
    if answer is None or answer.is_blank or answer.absent is not None:
        return None
    return {"value": answer.value, "from": "carried"}


def accepted(raw: Raw) -> Raw:
    """The same with every proposal in it taken for one's own."""
    if isinstance(raw, dict) and not _is_envelope(raw):
        return {name: accepted(inner) for name, inner in raw.items()}
    answer = answer_of(raw)
    return answer._replace(source="typed").as_raw() if answer is not None and answer.is_proposal else raw


def holds_proposals(raw: Raw) -> bool:
    if isinstance(raw, dict) and not _is_envelope(raw):
        return any(holds_proposals(inner) for inner in raw.values())
    return _is_proposal(raw)


def _is_envelope(raw: dict[str, Raw]) -> bool:
    return bool(raw.keys() & {"value", "absent", "from"}) and answer_of(raw) is not None


def _is_proposal(raw: Raw) -> bool:
    answer = answer_of(raw) if isinstance(raw, dict) else None
    return answer is not None and answer.is_proposal


def _split(at: str, table: TableField) -> tuple[str, str]:
    """Row and column of `row.column`, both of which may hold dots themselves."""
    column = max((name for name in table.leaves if at.endswith(f".{name}")), key=len, default="")
    return at.removesuffix(f".{column}"), column


def _columns(column: str, was: Iterable[str]) -> list[str]:
    prefix = column.rpartition(".")[0]
    return [column, *(f"{prefix}.{name}" if prefix else name for name in was)]
