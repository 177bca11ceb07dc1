"""Quotas over units: how many of a group may have a level, counted, never compared as rounded percentages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from hoso.definitions import Checklist, Outline, Unit
from hoso.dossiers import Sheet, answer_of
from hoso.kinds import ChoiceField, ScoringField
from hoso.kinds.checking import NotAbove, ShareCheck
from hoso.problems import Level


class Rating(NamedTuple):
    """The level of one unit: the appraised one, or the unit's own claim, which is only provisional."""

    level: str
    final: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota in one group of units, in counts."""

    id: str
    group: str
    level: Level
    count: int
    base: int
    limit: int
    holds: bool
    claims: tuple[str, ...] = ()  # units that count with their own claim, as nobody has appraised them yet
    units: int = 0  # how many units were looked at: those in the base or in the count, each once
    levels: tuple[str, ...] = ()  # that are counted

    @property
    def provisional(self) -> bool:
        return bool(self.claims)

    @property
    def places_left(self) -> int:
        return self.limit - self.count

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id, "group": self.group, "level": str(self.level), "count": self.count, "base": self.base,
            "limit": self.limit, "holds": self.holds,
        }  # fmt: skip


def claimed_level(outline: Outline, sheet: Sheet) -> str | None:
    """What the unit claims for itself: the choice that is held against the level of its own points."""
    for node in outline.nodes.values():
        sheets = [made for made in node.fields.values() if isinstance(made, ScoringField) and made.levels]
        for name, made in node.fields.items():
            held = any(isinstance(check, NotAbove) for check in made.checks)
            if isinstance(made, ChoiceField) and sheets and (held or made.options == sheets[0].levels.list):  # type: ignore[union-attr]
                answer = answer_of(sheet.raw(node.id, name))
                return answer.value if answer and isinstance(answer.value, str) else None
    return None


def quotas(
    checklist: Checklist, units: Mapping[str, Unit], ratings: Mapping[str, Mapping[str, Rating]]
) -> Iterator[Quota]:
    """Every quota of a checklist in every group that has a rated unit. `ratings`: item → unit → rating."""
    for place, check in enumerate(checklist.checks, 1):
        if isinstance(check, ShareCheck) and check.over == "units" and check.of is not None:
            given = ratings.get(check.of.partition(".")[0], {})
            for group, members in _groups(check, units, given).items():
                yield _judged(check, check.id or f"checks.{place}", group, members)


def _groups(check: ShareCheck, units: Mapping[str, Unit], given: Mapping[str, Rating]) -> dict[str, dict[str, Rating]]:
    out: dict[str, dict[str, Rating]] = {}
    for name, one in given.items():
        unit = units.get(name)
        if unit is None:
            continue
        keys = {"kind": [unit.kind], "group": unit.groups, "parent": [unit.parent or ""], None: [""]}[check.by]
        for key in keys:
            out.setdefault(key, {})[name] = one
    return out


def _judged(check: ShareCheck, name: str, group: str, members: dict[str, Rating]) -> Quota:
    count = sum(one.level in check.part for one in members.values())
    base = sum(one.level in check.base for one in members.values())
    exact = Fraction(check.limit) * base / 100
    most = check.check == "at_most_share"
    limit = ceil(exact) if check.round == "up" or (not most and check.round is None) else floor(exact)
    holds = count <= limit if most else count >= limit
    claims = tuple(unit for unit, one in members.items() if not one.final)
    looked_at = sum(one.level in {*check.part, *check.base} for one in members.values())
    return Quota(name, group, check.level, count, base, limit, holds, claims, looked_at, tuple(check.part))
