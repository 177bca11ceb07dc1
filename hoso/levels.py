"""The three levels of a unit in one item, never mixed: by its own points, as it claims, as it was appraised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from hoso.appraisals import Appraisal
from hoso.definitions import Asked, Node, Outline, Unit
from hoso.definitions.rating import Rated, level_labels, rated_sheet
from hoso.definitions.units import Lists
from hoso.dossiers import Dossier, Sheet
from hoso.formulas import Formula
from hoso.kinds.scoring import Score, score
from hoso.quotas import Rating, claimed_level
from hoso.validate import Names


class Levels(NamedTuple):
    """Ids of levels; `labels` words them, best first. None where there is none (yet)."""

    labels: Mapping[str, str]
    own: str | None
    claimed: str | None
    final: str | None

    @property
    def rating(self) -> Rating | None:
        """What quotas count: the appraised level, else the claim, which is only provisional."""
        if self.final:
            return Rating(self.final, final=True)
        return Rating(self.claimed, final=False) if self.claimed else None

    @property
    def accepted(self) -> str | None:
        """What accepting makes final where the superior wrote nothing else: the claim, else the own points' level."""
        return self.final or self.claimed or self.own


def levels_of(dossier: Dossier, asked: Asked, outline: Outline | None, unit: Unit, lists: Lists) -> Levels | None:
    """The levels of a unit in an item; None for one that has none."""
    labels = level_labels(asked, outline, lists)
    if not labels:
        return None
    appraisal = dossier.appraisals.get(asked.id) or Appraisal()
    claimed, own, final = dossier.claimed.get(asked.id), None, None
    rated, sheet = rated_sheet(outline), dossier.sheets.get(asked.id)
    if rated is not None and outline is not None:
        claimed = claimed_level(outline, sheet) if sheet else None
        own = _own(rated, outline, sheet, unit) if sheet else None
        final = _appraised(rated, outline, sheet, appraisal, unit)
    return Levels(labels, own, _known(claimed, labels), _known(appraisal.level, labels) or final)


def _known(level: str | None, labels: Mapping[str, str]) -> str | None:
    return level if level in labels else None


def _own(rated: Rated, outline: Outline, sheet: Sheet, unit: Unit) -> str | None:
    value = points_of(sheet.raw(rated.node.id, rated.made.id))
    return score(rated.made, value, _holds(rated.node, outline, sheet, unit)).level if value else None


def _appraised(rated: Rated, outline: Outline, sheet: Sheet | None, appraisal: Appraisal, unit: Unit) -> str | None:
    if not appraisal.points(rated.node.id, rated.made.id):
        return None
    return appraised_score(rated, outline, sheet or Sheet(""), appraisal, unit).level


def appraised_score(rated: Rated, outline: Outline, sheet: Sheet, appraisal: Appraisal, unit: Unit) -> Score:
    """What the appraised points lead to; where the superior wrote none, the unit's own stand."""
    own = points_of(sheet.raw(rated.node.id, rated.made.id))
    value = own | {name: raw for name, raw in appraisal.points(rated.node.id, rated.made.id).items() if raw is not None}
    return score(rated.made, value, _holds(rated.node, outline, sheet, unit))


def points_of(raw: Any) -> dict[str, Any]:
    """The points of a score sheet as kept; none where it is absent or not written as a sheet."""
    return raw if isinstance(raw, dict) and "absent" not in raw else {}


def _holds(node: Node, outline: Outline, sheet: Sheet, unit: Unit) -> Callable[[Formula], bool]:
    names = Names(unit, outline, sheet)
    return lambda condition: names.meets(condition, node)
