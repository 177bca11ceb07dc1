"""What judging comes to: how much is done of what applies, and what is wrong or missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from hoso.definitions import Asked, Outline
from hoso.problems import Fault, Level, Problem, tally

if TYPE_CHECKING:
    from hoso.previous import EarlierPart
    from hoso.validate.copies import Tally


MISSING = {"answer-missing", "ask-open", "attachment-missing", "proposal-open", "level-not-claimed", "cells-missing"}


class Held(NamedTuple):
    """The files at one address: how many are listed, what is wrong with them."""

    listed: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class SectionVerdict:
    """What of one section is done of what applies; findings by the field's id, or `asks.` and the ask's id."""

    done: int = 0
    total: int = 0
    findings: list[tuple[str, Fault]] = field(default_factory=list)
    applies: bool = True


@dataclass(slots=True)
class PartVerdict:
    """The same for an item or annex; problems include what is waived."""

    asked: Asked
    outline: Outline | None
    done: int = 0
    total: int = 0
    sections: dict[str, SectionVerdict] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    earlier: EarlierPart | None = None  # the same part in the dossier of the period before

    @property
    def id(self) -> str:
        return self.asked.id


@dataclass(slots=True)
class Verdict:
    """The whole dossier: `problems` are all there are, in the order of the checklist."""

    parts: dict[str, PartVerdict]
    problems: list[Problem]
    tallies: list[Tally] = field(default_factory=list)  # of copies and sets

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts.values())

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts.values())

    def count(self, level: Level) -> int:
        return tally(self.problems)[level]
