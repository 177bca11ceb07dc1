"""What the superior writes of one item: points, a level, a verdict, remarks. Data; nothing here touches a disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from hoso.definitions import Outline
from hoso.dossiers import Raw, ordered
from hoso.kinds import ScoringField
from hoso.text import tidy

VERDICTS = ("returned", "accepted")
REMARK_KEYS = ("field", "at", "by", "text")
Tree = dict[str, dict[str, Raw] | None]


class Remark(NamedTuple):
    """A comment on a field, a section (no field) or the item as a whole (no section).

    `at` is when, as `moment` writes it; `by` an office: the id of one of the checklist's recipients, never a person."""

    id: str
    section: str = ""
    field: str = ""
    at: str = ""
    by: str = ""
    text: str = ""

    @property
    def address(self) -> str:
        """`section.field`, as far as there is one."""
        return ".".join(piece for piece in (self.section, self.field) if piece)

    def as_raw(self) -> dict[str, Raw]:
        return {name: getattr(self, name) for name in REMARK_KEYS if getattr(self, name)}


@dataclass(slots=True)
class Appraisal:
    """One item's file `….appraisal.yaml`: points by section, field and criterion; remarks by section and id."""

    verdict: str = ""
    because: str = ""
    level: str = ""
    scores: dict[str, dict[str, Raw] | None] = field(default_factory=dict)
    remarks: Tree = field(default_factory=dict)
    overall: dict[str, Raw] = field(default_factory=dict)
    lossy: bool = False  # the file holds more than could be understood: it is kept before it is written over

    def points(self, section: str, name: str) -> dict[str, Raw]:
        """The appraised points of a score sheet, by criterion."""
        kept = (self.scores.get(section) or {}).get(name)
        return kept if isinstance(kept, dict) else {}

    def put_points(self, section: str, made: ScoringField, criterion: str, raw: Raw) -> None:
        """Keeps the points of one criterion, None to forget them."""
        points = ordered(dict(self.points(section, made.id)), criterion, raw, list(made.criteria))
        self.replace_points(section, made.id, points)

    def replace_points(self, section: str, name: str, points: dict[str, Raw]) -> None:
        self.scores[section] = {**(self.scores.get(section) or {}), name: dict(points) or None}

    def all_remarks(self) -> Iterator[Remark]:
        """In the order of the file: on the item as a whole, then section by section."""
        for section, kept in {"": self.overall, **self.remarks}.items():
            for name, raw in (kept or {}).items():
                if isinstance(raw, dict) and isinstance(raw.get("text"), str):
                    yield remark_of(name, section, raw)

    def put_remark(self, remark: Remark) -> None:
        kept = self.overall if not remark.section else dict(self.remarks.get(remark.section) or {})
        kept[remark.id] = remark.as_raw()
        if remark.section:
            self.remarks[remark.section] = kept

    def withdraw(self, remark: Remark) -> None:
        kept = self.overall if not remark.section else dict(self.remarks.get(remark.section) or {})
        kept.pop(remark.id, None)
        if remark.section:
            self.remarks[remark.section] = kept or None

    @property
    def ids(self) -> set[str]:
        return {name for kept in (self.overall, *self.remarks.values()) for name in kept or {}}

    def as_data(self) -> dict[str, Raw]:
        """What the file holds. Every key is always there, so that what two people write stands on lines of its own."""
        return {
            "hoso": "1", "verdict": self.verdict or None, "because": self.because or None, "level": self.level or None,
            "scores": self.scores, "remarks": self.remarks, "overall": self.overall,
        }  # fmt: skip


def new_appraisal(outline: Outline | None) -> Appraisal:
    """Born with every section and score sheet as an empty key, in the outline's order: two people's lines merge."""
    nodes = outline.nodes if outline else {}
    sheets = {
        node.id: dict.fromkeys(name for name, made in node.fields.items() if isinstance(made, ScoringField))
        for node in nodes.values()
    }
    scores: Tree = {section: names for section, names in sheets.items() if names}
    return Appraisal(scores=scores, remarks=dict.fromkeys(nodes))


def remark_of(name: str, section: str, raw: dict[str, Raw]) -> Remark:
    # What people typed is shown in terminals and messages: nothing in it may steer them.
    told = {key: tidy(value) for key in REMARK_KEYS if isinstance(value := raw.get(key), str)}
    return Remark(name, section, **told)


def moment(now: datetime) -> str:
    """`2021-12-03T0815+0700`: without colons, so that it stands on its key's own line."""
    return f"{now:%Y-%m-%dT%H%M%z}"


def is_moment(text: Any) -> bool:
    try:
        datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return False
    return True
