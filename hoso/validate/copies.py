"""Copies to be handed in: how many of each kind are wanted, how many are ready, what is still lacking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from hoso.definitions import Asked, Checklist, Unit, is_required
from hoso.dossiers import WHOLE, Dossier
from hoso.problems import Problem, problem
from hoso.store.attachments import path_of
from hoso.store.formats import format_of
from hoso.store.reading import DOSSIER

SETS = "sets"
# Copies that lie in the dossier as files count themselves. Whether a scan bears a signature only a person can see.
_FILES = {"pdf": ("pdf",), "word": ("docx", "doc", "odt", "rtf"), "excel": ("xlsx", "xls", "ods")}


class Tally(NamedTuple):
    """Copies of one kind of an item, or sets of the whole dossier; `counted` ones are told from the files."""

    part: str
    medium: str
    have: int
    want: int
    title: str = ""
    counted: bool = False

    @property
    def lacking(self) -> int:
        return max(0, self.want - self.have)

    @property
    def code(self) -> str:
        return "sets-missing" if self.medium == SETS else f"copies-{self.medium}"


def tallies(root: Path, checklist: Checklist, asked: Iterable[Asked], dossier: Dossier, unit: Unit) -> Iterator[Tally]:
    """What the checklist asks for in so many words, in its order: sets of the whole first."""
    if SETS in checklist.model_fields_set:
        yield Tally(WHOLE, SETS, _noted(dossier, WHOLE, SETS), checklist.sets)
    for one in asked:
        if not (one.part.copies and _is_wanted(dossier, one, unit)):
            continue
        for medium, want in one.part.copies.items():
            files = _FILES.get(medium) if one.attach is not None else None
            have = _noted(dossier, one.id, medium) if files is None else _lying(root, dossier, one.id, files)
            yield Tally(one.id, medium, have, want, one.title, files is not None)


def problems(found: Iterable[Tally], dossier: Dossier) -> Iterator[Problem]:
    """What is lacking while the dossier is with its unit: hints that stand in nobody's way, for paper is not here.

    Where `dossier.yaml` could not be read, the counts in it are not known, and nothing is said."""
    if DOSSIER in dossier.documents and dossier.is_open:
        for one in found:
            if one.lacking:
                words = {"label": one.title, "have": str(one.have), "want": str(one.want)}
                yield problem(one.code, f"{dossier.path}/{DOSSIER}", one.part, **words)


def _is_wanted(dossier: Dossier, asked: Asked, unit: Unit) -> bool:
    return is_required(asked.part.required, unit) or asked.id in dossier.sheets or bool(dossier.attached(asked.id))


def _noted(dossier: Dossier, part: str, medium: str) -> int:
    return (dossier.copies.get(part) or {}).get(medium, 0)


def _lying(root: Path, dossier: Dossier, part: str, formats: tuple[str, ...]) -> int:
    return sum(_format(path_of(root, dossier, one)) in formats for one in dossier.attached(part))


def _format(path: Path) -> str:
    try:
        return format_of(path)
    except OSError:
        return ""
