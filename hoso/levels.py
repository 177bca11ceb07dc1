"""The three levels of a unit in one item, never mixed: by its own points, as it claims, as it was appraised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from hoso.appraisals import Appraisal
from hoso.definitions import Asked, Outline, Unit
from hoso.definitions.rating import Rated, level_labels, rated_sheet
from hoso.definitions.units import Lists
from hoso.dossiers import Dossier, Sheet
from hoso.kinds.scoring import score
from hoso.quotas import Rating, claimed_level
from hoso.validate import Names


class Levels(NamedTuple):
    """Ids of levels; `labels` words them, best first. None where there is none (yet)."""

    labels: Mapping[str, str]
    own: str | None
    claimed: str | None
    final: str | None

    @property
    def accepted(self) -> str | None:
        """What accepting makes final where the superior wrote nothing else: the claim, else the own points' level."""
        return self.final or self.claimed or self.own


class Item(NamedTuple):
    """An item of a unit's dossier, to be rated; `outline` is the one it was filled by."""

    dossier: Dossier
    asked: Asked
    outline: Outline | None
    unit: Unit

    @property
    def appraisal(self) -> Appraisal:
        return self.dossier.appraisals.get(self.asked.id) or Appraisal()

    @property
    def sheet(self) -> Sheet:
        return self.dossier.sheets.get(self.asked.id) or Sheet("")


def levels_of(item: Item, lists: Lists) -> Levels | None:
    """The levels of a unit in an item; None for one that has none."""
    labels = level_labels(item.asked, item.outline, lists)
    return Levels(labels, _own(item), _claimed(item, labels), _final(item, labels)) if labels else None


def rating_of(item: Item, lists: Lists) -> Rating | None:
    """What quotas count: the appraised level, else the claim, which is only provisional."""
    labels = level_labels(item.asked, item.outline, lists)
    if final := _final(item, labels):
        return Rating(final, final=True)
    claimed = _claimed(item, labels)
    return Rating(claimed, final=False) if claimed else None


def _claimed(item: Item, labels: Mapping[str, str]) -> str | None:
    if item.asked.levels is not None or item.outline is None:
        claimed = item.dossier.claimed.get(item.asked.id)
    else:
        claimed = claimed_level(item.outline, item.sheet)
    return claimed if claimed in labels else None


def _own(item: Item) -> str | None:
    rated = rated_sheet(item.outline)
    value = points_of(item.sheet.raw(rated.node.id, rated.made.id)) if rated else {}
    return _level(item, rated, value) if rated and value else None


def _final(item: Item, labels: Mapping[str, str]) -> str | None:
    """The level that the superior wrote, else the one that its points lead to; where it gave none, the unit's stand."""
    if item.appraisal.level in labels:
        return item.appraisal.level
    rated = rated_sheet(item.outline) if item.appraisal.scores else None
    if rated is None:
        return None
    given = {name: raw for name, raw in item.appraisal.points(rated.node.id, rated.made.id).items() if raw is not None}
    own = points_of(item.sheet.raw(rated.node.id, rated.made.id))
    return _level(item, rated, own | given) if given else None


def _level(item: Item, rated: Rated, value: dict[str, Any]) -> str | None:
    if item.outline is None:
        return None
    names = Names(item.unit, item.outline, item.sheet)
    return score(rated.made, value, lambda condition: names.meets(condition, rated.node)).level


def points_of(raw: Any) -> dict[str, Any]:
    """The points of a score sheet as kept; none where it is absent or not written as a sheet."""
    return raw if isinstance(raw, dict) and "absent" not in raw else {}
