"""Computed figures on the page of a dossier: told where everything that they are made of is told there too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hoso.definitions import Extent, Node, Outline
from hoso.definitions.units import UNIT_NAMES
from hoso.kinds import Field, NumberField, ScoringField, TableField
from hoso.kinds.keeping_private import cell_is_open

IsTold = Callable[[Node, Field], bool]
HasBefore = Callable[[Node, NumberField], bool]


def is_computed(made: Field, raw: Any) -> bool:
    """Whether a figure is what it is computed to be: nothing was entered for it, or nothing may be."""
    if not isinstance(made, NumberField) or made.compute is None:
        return False
    return not made.compute.entered or raw in (None, "")


def has_figures_alone(made: Field) -> bool:
    """Whether a field is shown where only figures are: tables that hold text are not."""
    if isinstance(made, TableField):
        return all(leaf.field.type == "number" for leaf in made.leaves.values())
    return isinstance(made, NumberField | ScoringField)


def may_be_told(
    made: NumberField, node: Node, outline: Outline, extent: Extent, is_told: IsTold, before_is_told: HasBefore
) -> bool:
    """`is_told`: whether a field is held back; `before_is_told`: whether its figure of the period before is shown.

    What cannot be placed, or leads back to itself, is taken for something that is not told."""

    def is_open(name: str, owner: Node, over: frozenset[tuple[str, str]], *, before: bool) -> bool:
        if name in UNIT_NAMES:
            return True
        at, found, inner = _placed(name, owner, outline)
        if at is None or found is None or (at.id, found.id) in over or not is_told(at, found):
            return False
        if extent != "all" and not has_figures_alone(found):
            return False
        if isinstance(found, TableField):
            return cell_is_open(found, inner)
        if not isinstance(found, NumberField):
            return True
        if (before or inner == "before") and not before_is_told(at, found):
            return False
        return found.compute is None or all_open(found, at, over | {(at.id, found.id)})

    def all_open(one: NumberField, owner: Node, over: frozenset[tuple[str, str]]) -> bool:
        compute = one.compute
        names = compute.names if compute is not None else []
        return all(is_open(name, owner, over, before=bool(compute and compute.change)) for name in names)

    return all_open(made, node, frozenset({(node.id, made.id)}))


def _placed(name: str, node: Node, outline: Outline) -> tuple[Node | None, Field | None, str]:
    first, _, rest = name.partition(".")
    if first in node.fields:
        return node, node.fields[first], rest
    owner = outline.nodes.get(first)
    field, _, inner = rest.partition(".")
    return owner, owner.fields.get(field) if owner is not None else None, inner
