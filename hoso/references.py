"""Figures of the dossier in its prose: `{{chung.dang_vien}}` stays current and is printed as the number.

Names are those of checks: a field of the same section, a section of the outline, an item of the checklist; then
inward to a table's cell. `.before` gives the previous period's figure, `.change` the comparison in words. A backslash
before the braces leaves them as they are; what does not look like a name between braces is text anyhow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from hoso.comparing import change_told, sentence
from hoso.kinds import Field, NumberField, ScoringField, TableField
from hoso.kinds.compute import Quantity, quantity_of, rounded
from hoso.kinds.spec import canonical
from hoso.kinds.table import TOTAL
from hoso.problems import Fault, nearest
from hoso.text import shown_number

if TYPE_CHECKING:
    from hoso.definitions import Node
    from hoso.validate import Names

REFERENCE = re.compile(r"(?<!\\)\{\{ ?([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*) ?\}\}", re.ASCII)
_ESCAPED = re.compile(r"\\\{\{")
BLANK = "…"  # what is printed for a figure that is not there yet


class Referred(NamedTuple):
    """What a reference leads to: the field, what it is called, what is printed (None where nothing is known yet)."""

    part: str  # empty for the outline of the text itself
    section: str
    field: str
    label: str
    shown: str | None
    private: bool = False


def has_references(text: object) -> bool:
    return isinstance(text, str) and "{{" in text and REFERENCE.search(text) is not None


def filled(
    text: str,
    names: Names,
    node: Node,
    *,
    hidden: Callable[[Referred], bool] = lambda _: False,
    markdown: bool = False,
) -> str:
    """The text as it reads with the figures of now. What leads nowhere stays as it is written.

    `hidden` says which figures are left out; `markdown` leaves escaped braces to whoever renders Markdown."""
    if "{{" not in text:
        return text

    def put(found: re.Match[str]) -> str:
        told = referred(names, node, found[1])
        if told is None:
            return found[0]
        return BLANK if told.shown is None or hidden(told) else told.shown

    made = REFERENCE.sub(put, text)
    return made if markdown else _ESCAPED.sub("{{", made)


def faults(made: Field, text: str, names: Names, node: Node) -> Iterator[Fault]:
    """Names that lead nowhere, private figures in a public text, figures that are not there yet; each with its line."""
    for found in REFERENCE.finditer(text):
        name, words = found[1], {"name": found[1], "line": str(text.count("\n", 0, found.start()) + 1)}
        told = referred(names, node, name)
        if told is None:
            yield Fault("reference-unknown", words | {"nearest": nearest(name, known_names(names, node))})
        elif told.private and not made.private:
            yield Fault("reference-private", words | {"label": told.label})
        elif told.shown is None:
            yield Fault("reference-blank", words | {"label": told.label})


def referred(names: Names, node: Node, name: str) -> Referred | None:
    """What a name leads to; None where it leads to no figure."""
    first, _, rest = name.partition(".")
    if first in node.fields:
        return _in_field(names, node, first, rest)
    if first in names.outline.nodes:
        owner = names.outline.nodes[first]
        field, _, inner = rest.partition(".")
        return _in_field(names, owner, field, inner) if field in owner.fields else None
    other = names.peer(first) if names.peer is not None else None
    section, _, inner = rest.partition(".")
    if other is None or section not in other.outline.nodes:
        return None
    told = referred(other, other.outline.nodes[section], inner) if inner else None
    return told._replace(part=first) if told and told.section == section else None


def comparison(names: Names, node: Node, made: NumberField) -> str | None:
    """A ready sentence on a figure and the previous period's; None where one of the two is not known."""
    value, before = (_decimal(names.look(f"{node.id}.{made.id}{end}", None)) for end in ("", ".before"))
    if value is None or before is None:
        return None
    return sentence(made.name, value, before, made.measure, names.period_before)


def known_names(names: Names, node: Node) -> list[str]:
    """The figures of the outline by their shortest names, to tell the nearest one."""
    return [
        name if owner.id == node.id else f"{owner.id}.{name}"
        for owner in names.outline.nodes.values()
        for name, made in owner.fields.items()
        if isinstance(made, NumberField | TableField | ScoringField)
    ]


def _in_field(names: Names, node: Node, name: str, inner: str) -> Referred | None:
    made = node.fields[name]
    whole = f"{node.id}.{name}"
    if isinstance(made, NumberField):
        shown = _number(names, node, made, inner) if inner in ("", "before", "change") else ""
        return None if shown == "" else Referred("", node.id, name, made.name, shown, made.private)
    if isinstance(made, ScoringField):
        known = inner in ("", "points") or inner in made.criteria
        # A sheet that nobody has begun has no points, though they would add up to 0.
        begun = known and names.sheet.raw(node.id, name) is not None
        quantity = names.look(f"{whole}.{inner}" if inner else whole, None) if begun else None
        return Referred("", node.id, name, made.name, _shown(quantity), made.private) if known else None
    return _in_table(names, node, made, inner) if isinstance(made, TableField) else None


def _number(names: Names, node: Node, made: NumberField, inner: str) -> str | None:
    raw = names.sheet.raw(node.id, made.id)
    value, before = names.look(f"{node.id}.{made.id}", None), names.look(f"{node.id}.{made.id}.before", None)
    if inner == "before":
        return _shown(before)
    if inner == "change":
        one, other = _decimal(value), _decimal(before)
        period = names.period_before
        return None if one is None or other is None else change_told(one, other, made.measure, period)
    kept = raw.get("value") if isinstance(raw, dict) else raw
    if isinstance(kept, str) and canonical(kept) is not None:
        return made.shown(kept)
    if made.compute is not None and isinstance(value, Quantity) and value.value is not None:
        return _shown(Quantity(rounded(value.value, made.compute.decimals), value.pending))
    return _shown(value)


def _in_table(names: Names, node: Node, table: TableField, inner: str) -> Referred | None:
    """A cell `row.column`, or `total.column`."""
    column = max((leaf for leaf in table.leaves if inner.endswith(f".{leaf}")), key=len, default="")
    row = inner.removesuffix(f".{column}")
    leaf = table.leaves.get(column)
    if leaf is None or leaf.field.type != "number":
        return None
    raw = names.sheet.raw(node.id, table.id)
    lines = {line.name: line for line in table.filled_lines(raw if isinstance(raw, dict) else {})}
    if row not in lines and not (row == TOTAL and table.total is not None):
        return None
    quantity = names.look(f"{node.id}.{table.id}.{inner}", None)
    if isinstance(quantity, Quantity) and quantity.value is not None and leaf.field.compute is not None:
        quantity = quantity._replace(value=rounded(quantity.value, leaf.field.compute.decimals))
    private = table.private or leaf.field.private or (row in lines and lines[row].row.private)
    head = (lines[row].label or lines[row].number) if row in lines else ""
    label = " · ".join(one for one in (table.name, head, leaf.field.name) if one)
    return Referred("", node.id, table.id, label, _shown(quantity), private)


def _decimal(quantity: object) -> Decimal | None:
    if not isinstance(quantity, Quantity) or quantity.value is None or quantity.pending:
        return None
    return Decimal(quantity.value.numerator) / Decimal(quantity.value.denominator)


def _shown(quantity: object) -> str | None:
    """A figure with no more decimal places than it has, four at most; None for one that is not known."""
    if isinstance(quantity, str):
        quantity = quantity_of(quantity)
    if not isinstance(quantity, Quantity) or quantity.value is None or quantity.pending:
        return None
    made = rounded(Fraction(quantity.value), 4)
    text = f"{Decimal(made.numerator) / Decimal(made.denominator):f}"
    return shown_number(text.rstrip("0").rstrip(".") if "." in text else text)
