"""What of a roll-up may be published: nothing that tells of few persons, or of one unit what it does not publish.

A group is left out where a sensitive count in it is below five, or where it has so few units that its sum is one
unit's figure. What is left out must not follow from the rest: the groups left out are safe together, or more are
left out; fields that tell of each other are left out of the same groups; and kinds and parents are both shown only
where no unit or count stands alone in what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from hoso.definitions.disclosing import Place
from hoso.quotas import Quota
from hoso.rollup.adding import By, FieldSum, Key, RollUp, Sum, merged
from hoso.rollup.shape import Shape
from hoso.rollup.shapes import ChoiceShape, LevelsShape

FEW, ALONE = 5, 3
Member = tuple[Key, Shape]


class Hiding:
    """Over one roll-up. `is_open` tells where every unit's own figures stand on its page anyway."""

    def __init__(self, rollup: RollUp, is_open: Callable[[Key, Shape], bool]) -> None:
        self.rollup, self.whole = rollup, rollup.whole
        self._is_open = is_open
        self._at = {_place(key, made): (key, made) for key, some in rollup.shapes.items() for made in some}
        self._groups: dict[str, dict[str, Sum]] = {"kind": rollup.groups("kind"), "parent": rollup.groups("parent")}

    def is_held(self, key: Key, shape: Shape) -> bool:
        """Whether no unit's own figure is told, for it is sensitive or would give such a one away."""
        return bool(shape.sensitive) or _place(key, shape) in self.rollup.disclosing.held

    def is_open(self, key: Key, shape: Shape) -> bool:
        return not self.is_held(key, shape) and not isinstance(shape, LevelsShape) and self._is_open(key, shape)

    def family(self, key: Key, shape: Shape) -> list[Member]:
        """The field with all that tell of it: they are left out together."""
        known = self.rollup.disclosing.family(_place(key, shape))
        return [self._at[place] for place in sorted(known) if place in self._at] or [(key, shape)]

    def shows_total(self, key: Key, shape: Shape) -> bool:
        """Small counts stand in the total, if that is one: of units enough. Nothing that tells of private figures."""
        if _place(key, shape) in self.rollup.disclosing.secret:
            return False
        some = self.family(key, shape)
        if len(some) > 1 and not self._alike(some):
            some = [one for one in some if one[1].sensitive]
            if [made for _, made in some] != [shape]:
                return False
        if isinstance(shape, LevelsShape):
            return self._is_safe([self.whole], some)
        if not self.is_held(key, shape):
            return _units(self.whole, some) >= ALONE or self._is_safe([self.whole], some)
        return all(_has_enough(one, made, self.whole) for one, made in some)

    def groups(self, key: Key, shape: Shape, by: By) -> dict[str, Sum]:
        """The groups that may be shown of one field."""
        some = self.family(key, shape)
        if len(some) > 1 and not self._alike(some):
            return {}
        groups = {name: one for name, one in self._groups[by].items() if any(one.asked[key] for key, _ in some)}
        hidden = self._hidden(groups, some, by)
        return {name: one for name, one in groups.items() if name not in hidden and one.asked[key]}

    def _hidden(self, groups: dict[str, Sum], some: Sequence[Member], by: By) -> set[str]:
        if all(self._is_safe([one], some) for one in self.rollup.atoms.values()):
            return set()
        if by == "parent":
            return set(groups)
        hidden = {name for name, one in groups.items() if not self._is_safe([one], some)}
        while hidden and not self._is_safe((groups[name] for name in hidden), some):
            left = [name for name in groups if name not in hidden]
            if not left:
                return set(groups)
            # The same one whenever the figures are the same, in whatever order they come.
            hidden.add(min(left, key=lambda name: (_units(groups[name], some), name)))
        return hidden

    def _is_safe(self, sums: Iterable[Sum], some: Sequence[Member]) -> bool:
        over = merged(sums)
        return all(is_safe(key, shape, over, is_open=self.is_open(key, shape)) for key, shape in some)

    def _alike(self, some: Sequence[Member]) -> bool:
        """Whether each counts the very same units; else their difference would be the figure of one of these."""
        return all(
            len({_covered(shape, one.fields.get((key, shape.address))) for key, shape in some}) == 1
            for one in self.rollup.atoms.values()
        )

    # ---- quotas ---------------------------------------------------------------------------------------------

    def quotas(self, parted: Callable[[Quota], tuple[str, str | None]]) -> list[Quota]:
        """The quotas that may be shown. `parted` gives a quota's item and by what it is judged.

        Over units enough, the groups left out have units enough together too, and none is told of a group whose
        levels are not: or it would follow from the levels of the others."""
        some = self.rollup.quotas
        hidden = {
            id(one) for name in {one.id for one in some} for one in _small([one for one in some if one.id == name])
        }
        told = [one for one in some if id(one) not in hidden and self._tells_no_more(one, *parted(one))]
        return [
            one for one in told if _claims_are_safe(one, [each for each in told if parted(each)[0] == parted(one)[0]])
        ]

    def _tells_no_more(self, quota: Quota, part: str, by: str | None) -> bool:
        levels = [(key, made) for key, some in self.rollup.shapes.items() if key.part == part
                  for made in some if isinstance(made, LevelsShape)]  # fmt: skip
        if by in ("kind", "parent"):
            asked = [one for one in levels if self._groups[by][quota.group].asked[one[0]]]
            return all(quota.group in self.groups(*one, by) for one in asked)  # type: ignore[arg-type]
        return by != "group" or self._stands_apart(quota.group)

    def _stands_apart(self, group: str) -> bool:
        """Whether no unit stands alone in or beside a group of units that cuts across kinds."""
        cells = Counter[tuple[str, ...]]()
        kinds = {circle.kind for circle in self.rollup.circles if group in circle.groups}
        for circle, count in self.rollup.circles.items():
            if circle.kind in kinds:
                cells[circle.kind, circle.parent, *circle.groups] += count
        return min(cells.values(), default=0) >= ALONE


def is_safe(key: Key, shape: Shape, over: Sum, *, is_open: bool) -> bool:
    found = over.fields.get((key, shape.address))
    if found is None or not found.units:
        return True
    if not is_open and (found.units < ALONE or _tells_of_one(shape, found)):
        return False
    tallies = (found.cells.get(cell) for cell in shape.sensitive)
    few = any(one is not None and 0 < abs(Fraction(one.value)) < FEW for one in tallies)
    return not few and (not shape.sensitive or _has_enough(key, shape, over))


def _tells_of_one(shape: Shape, found: FieldSum) -> bool:
    """Whether a level, a choice is known of so few units that the counts are theirs."""
    if isinstance(shape, LevelsShape):
        known = [sum(found.cells[cell].given for cell in shape.cells if cell in found.cells and cell[1] == one.id)
                 for one in shape.columns]  # fmt: skip
    elif isinstance(shape, ChoiceShape):
        known = [found.cells[cell].given for cell in shape.cells if cell in found.cells]
    else:
        known = []
    return any(0 < count < ALONE for count in known)


def _has_enough(key: Key, shape: Shape, over: Sum) -> bool:
    """Whether units enough are in a sensitive sum: others may have left it blank."""
    found = over.fields.get((key, shape.address))
    if found is None or not found.units:
        return True
    added = [found.cells[cell] for cell in shape.sensitive & shape.added if cell in found.cells]
    return found.units >= ALONE and all(one.given + one.states["nil"] >= ALONE for one in added)


def _covered(shape: Shape, found: FieldSum | None) -> tuple[int, int, frozenset[int]]:
    """How many units are in a sum, and which: as many others would not do."""
    if found is None:
        return 0, 0, frozenset()
    return found.units, shape.coverage(found.cells), shape.givers(found.cells)


def _place(key: Key, shape: Shape) -> Place:
    section, _, field = shape.address.partition(".")
    return Place(key.part, key.outline, section, field)


def _units(over: Sum, some: Sequence[Member]) -> int:
    found = [over.fields.get((key, shape.address)) for key, shape in some]
    return max((one.units for one in found if one), default=0)


def _claims_are_safe(quota: Quota, beside: Iterable[Quota]) -> bool:
    """Whether the claims in a quota are of units enough, alone and against every other quota: what is appraised
    stands in the levels, and the rest would be the claims."""
    own = set(quota.claims)
    others = [set(one.claims) for one in beside]
    return all(not 0 < len(some) < ALONE for other in others for some in (own & other, own - other, other - own))


def _small(groups: list[Quota]) -> list[Quota]:
    left = sorted(groups, key=lambda one: (one.units, one.group))
    hidden: list[Quota] = []
    while left and (left[0].units < ALONE or (hidden and sum(one.units for one in hidden) < ALONE)):
        hidden.append(left.pop(0))
    return hidden
