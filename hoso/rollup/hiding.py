"""What of a roll-up may be published: nothing that tells of few persons, or of one unit what it does not publish.

A group is left out where a sensitive count in it is below five, or where it has so few units that its sum is one
unit's figure. What is left out must not follow from the rest: the groups left out are safe together, or more are
left out; and kinds and parents are both shown only where no unit or count stands alone in what they have in common."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hoso.quotas import Quota
from hoso.rollup.adding import By, Key, RollUp, Sum, merged
from hoso.rollup.shapes import Shape

FEW, ALONE = 5, 3


def is_safe(key: Key, shape: Shape, over: Sum, *, is_open: bool) -> bool:
    found = over.fields.get((key, shape.address))
    if found is None or not found.units:
        return True
    if not is_open and found.units < ALONE:
        return False
    tallies = (found.cells.get(cell) for cell in shape.sensitive)
    return not any(one is not None and 0 < abs(Fraction(one.value)) < FEW for one in tallies)


def shows_total(key: Key, shape: Shape, whole: Sum, *, is_open: bool) -> bool:
    """Small counts stand in the total, if that is one: of units enough."""
    found = whole.fields.get((key, shape.address))
    units = found.units if found else 0
    return units >= ALONE or is_safe(key, shape, whole, is_open=is_open)


def shown_groups(rollup: RollUp, key: Key, shape: Shape, by: By, *, is_open: bool) -> dict[str, Sum]:
    """The groups that may be shown of one field."""

    def safe(some: Iterable[Sum]) -> bool:
        return is_safe(key, shape, merged(some), is_open=is_open)

    groups = {name: one for name, one in rollup.groups(by).items() if one.asked[key]}
    if all(safe([one]) for one in rollup.atoms.values()):
        return groups
    if by == "parent":
        return {}
    hidden = {name for name, one in groups.items() if not safe([one])}
    while hidden and not safe(groups[name] for name in hidden):
        left = [name for name in groups if name not in hidden]
        if not left:
            return {}
        hidden.add(min(left, key=lambda name: _units(groups[name], key, shape)))
    return {name: one for name, one in groups.items() if name not in hidden}


def shown_quotas(quotas: Iterable[Quota]) -> list[Quota]:
    """The quotas over units enough; of one quota, the groups left out have units enough together too."""
    some = list(quotas)
    hidden = {id(one) for name in {one.id for one in some} for one in _small([one for one in some if one.id == name])}
    return [one for one in some if id(one) not in hidden]


def _small(groups: list[Quota]) -> list[Quota]:
    left = sorted(groups, key=lambda one: one.units)
    hidden: list[Quota] = []
    while left and (left[0].units < ALONE or (hidden and sum(one.units for one in hidden) < ALONE)):
        hidden.append(left.pop(0))
    return hidden


def _units(over: Sum, key: Key, shape: Shape) -> int:
    found = over.fields.get((key, shape.address))
    return found.units if found else 0
