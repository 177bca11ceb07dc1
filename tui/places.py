"""Where something stands in a dossier, and how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Target = Literal["field", "ask", "files", "claim", "tick", "copies", "remark", "points", "verdict", "clash", "bookmark"]


class Key(NamedTuple):
    """What an edit touches: a field or an ask of a section, or the files attached at an address.

    Also a unit's claim of a level, its tick at a remark or its count of copies; of the superior, a remark, points, the
    verdict; what somebody else wrote where both changed the same; and a person's own mark at a section."""

    target: Target
    part: str
    section: str = ""
    name: str = ""

    @property
    def address(self) -> str:
        return ".".join(piece for piece in self[1:] if piece)

    @property
    def place(self) -> Place:
        return Place(self.part, self.section or None)


class Place(NamedTuple):
    """Somewhere in a dossier that a screen can show: a section of a part, or the attachments of a part."""

    part: str
    section: str | None = None


@dataclass(slots=True)
class Progress:
    done: int = 0
    total: int = 0
    errors: int = 0
    waived: int = 0  # what is missing with a reason that somebody gave

    def add(self, other: Progress) -> None:
        self.done += other.done
        self.total += other.total
        self.errors += other.errors
        self.waived += other.waived

    @property
    def is_complete(self) -> bool:
        return self.done + self.waived >= self.total

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100

    @property
    def mark(self) -> str:
        """○ nothing · ◐ some · ● all. A part in which nothing is wanted counts as done, as does
        what was waived."""
        return "●" if self.is_complete else "◐" if self.done else "○"
