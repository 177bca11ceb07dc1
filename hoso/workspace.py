"""A folder of definitions and dossiers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoso import yamlio
from hoso.allowances import NAME as ALLOW
from hoso.allowances import Allowance, read_allowances
from hoso.clock import DEFAULT_ZONE, Clock, clock_of
from hoso.i18n import LANGUAGES, tr
from hoso.index import Index, ItemCount, Row
from hoso.paths import MARKER
from hoso.problems import Level, Problem, nearest, problem
from hoso.stamps import folders_before, stamp, stamps

if TYPE_CHECKING:
    from hoso.definitions import Asked, Checklist, Definitions, Outline, Unit
    from hoso.dossiers import Dossier
    from hoso.levels import Item, Levels
    from hoso.quotas import Quota, Rating
    from hoso.validate import Judge, Verdict

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ChecklistInfo:
    """What lists of dossiers need to know of a checklist, kept in the index."""

    id: str
    title: str
    last_day: str | None
    units: dict[str, str]
    quotas: bool = False  # whether a check looks at all units together
    previous: str | None = None  # the checklist of the period before, at whose dossiers judging looks too
    was: dict[str, list[str]] = field(default_factory=dict)  # former ids of units

    def days_left(self, today: date) -> int | None:
        """Whole days to the last permitted day: 0 on that day, negative once it is too late."""
        return (date.fromisoformat(self.last_day) - today).days if self.last_day else None


@dataclass(slots=True)
class Standing:
    """One line of a board: a unit that is asked, with what is known of its dossier (None where none was begun)."""

    checklist: ChecklistInfo
    unit: str
    name: str
    row: Row | None
    fresh: bool = True


class Workspace:
    """Opens lazily: listing dossiers from the index reads no definition and imports nothing heavy."""

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        self.root = root.resolve()
        self.settings, self.problems = read_settings(root)
        self.clock = clock or clock_of(self.settings["time_zone"])
        self._frozen: dict[str, Outline | None] = {}

    @property
    def language(self) -> str:
        return self.settings["language"]

    @property
    def allowances(self) -> list[Allowance]:
        """What the site may show although the guard finds it, as hoso.yaml says now."""
        document, _ = yamlio.read(self.root / MARKER, MARKER)
        return read_allowances(document)[0] if document is not None else []

    @cached_property
    def fingerprint(self) -> str:
        from hoso.definitions.files import fingerprint

        return fingerprint(self.root)

    @cached_property
    def index(self) -> Index:
        return Index(self.root, self.fingerprint)

    @cached_property
    def definitions(self) -> Definitions:
        from hoso.definitions import read_definitions

        return read_definitions(self.root)

    @cached_property
    def judge(self) -> Judge:
        from hoso.validate import Judge

        return Judge(self.root, self.definitions)

    @cached_property
    def _overview(self) -> tuple[dict[str, Any], list[Problem]]:
        known = self.index.definitions()
        if known is None:
            known = _overview_of(self.definitions), self.definitions.problems
            self.index.keep_definitions(*known)
        return known

    @property
    def definition_problems(self) -> list[Problem]:
        return self.problems + self._overview[1]

    @property
    def checklists(self) -> dict[str, ChecklistInfo]:
        return {name: ChecklistInfo(name, **told) for name, told in self._overview[0]["checklists"].items()}

    @property
    def is_new(self) -> bool:
        """Whether there is no checklist yet, not even a faulty one."""
        from hoso.definitions.files import checklist_files

        return not checklist_files(self.root)

    def fault_in(self, path: str) -> Problem | None:
        """The first error of a file of definitions."""
        return next((one for one in self.definition_problems if one.path == path and one.level is Level.ERROR), None)

    def reload(self) -> None:
        """Forgets what was read of the definitions, so that changed files are seen."""
        for name in ("fingerprint", "definitions", "judge", "_overview"):
            self.__dict__.pop(name, None)
        if "index" in self.__dict__:
            self.__dict__.pop("index").close()

    def open(self, checklist: str, unit: str) -> Dossier:
        from hoso.renaming import bring_up_to_date
        from hoso.store import read_dossier

        dossier = read_dossier(self.root, checklist, unit, self._wording)
        bring_up_to_date(dossier, self.definitions.outlines)
        return dossier

    def verdict(self, dossier: Dossier, *, handing_in: bool = False) -> Verdict:
        return self.judge.dossier(dossier, handing_in=handing_in)

    def dossiers(self, checklist: str) -> list[str]:
        """The units that have a folder under the checklist, asked or not."""
        return [name for name, is_folder in _entries(self.root / "checklists" / checklist) if is_folder]

    def strays(self) -> list[Problem]:
        """What lies among the dossiers and is none, or belongs to no checklist: told, for nothing reads it."""
        from hoso.definitions.files import checklist_files

        known = {path.stem for path in checklist_files(self.root)}
        out = []
        for name, is_folder in _entries(self.root / "checklists"):
            path = f"checklists/{name}"
            if not is_folder:
                out += [problem("folder-expected", path)] if name in known else []
            elif name not in known:
                out.append(problem("checklist-unknown", path, name=name, nearest=nearest(name, known)))
            else:
                inner = _entries(self.root / path)
                out += [problem("folder-expected", f"{path}/{one}") for one, is_dossier in inner if not is_dossier]
        return out

    def known_rows(self, checklist: str, *, hints: bool = False) -> dict[str, tuple[str, Row]]:
        """What the index holds, perhaps stale: unit → stamp, row."""
        return {row.unit: (mark, row) for mark, row in self.index.rows(checklist, hints=hints)}

    def marks(self, checklist: str) -> dict[str, str]:
        """The stamp of every dossier of a checklist."""
        folder = f"{self.root}/checklists/{checklist}"
        units = self.dossiers(checklist)
        made = dict(zip(units, stamps(folder, units), strict=True))
        before = self._looks_back(checklist)
        return {unit: mark and mark + before(unit) for unit, mark in made.items()} if before else made

    def mark(self, checklist: str, unit: str) -> str:
        """The stamp of one dossier; it changes with the dossier of the period before, where judging looks at that."""
        mark, before = stamp(f"{self.root}/checklists/{checklist}/{unit}"), self._looks_back(checklist)
        return mark + before(unit) if mark and before else mark

    def _looks_back(self, checklist: str) -> Callable[[str], str] | None:
        info = self.checklists.get(checklist)
        if info is None or info.previous is None:
            return None
        previous, was = info.previous, info.was

        def before(unit: str) -> str:
            return "".join(f"\n< {stamp(self.root / one)}" for one in folders_before(previous, unit, was.get(unit, ())))

        return before

    def rows(
        self, checklist: str, *, hints: bool = False, tell: Tell | None = None, marks: Mapping[str, str] | None = None
    ) -> Iterator[Row]:
        """Every dossier of a checklist, judged anew where anything changed since the index was made."""
        known = self.known_rows(checklist, hints=hints)
        marks = self.marks(checklist) if marks is None else marks
        made: list[tuple[str, Row]] = []
        try:
            for place, (unit, mark) in enumerate(marks.items()):
                kept = known.get(unit)
                if kept is not None and kept[0] == mark:
                    yield kept[1]
                elif mark:
                    row = self.row(checklist, unit)
                    made.append((mark, row))
                    yield row
                if tell is not None and place % 50 == 0:
                    tell(place, len(marks))
        finally:
            self.index.keep(made)  # whoever stops half way has not waited for nothing
        _ = self._overview  # kept as well, so that the next start shows its first lines at once
        self.index.forget(checklist, known.keys() - marks.keys())

    def quotas(self, checklist: str) -> list[Quota]:
        """The quotas of a checklist over its units, by the appraised levels or, provisionally, the claimed ones."""
        from hoso.quotas import quotas

        made, units = self.definitions.checklists[checklist], self.definitions.units
        ratings: dict[str, dict[str, Rating]] = {}
        folders = dict.fromkeys(self.dossiers(checklist) if made.checks else ())
        for name in folders:
            unit = self.definitions.owner(name, folders)
            if unit is None:
                continue
            dossier = self.open(checklist, name)
            for asked in self.judge.asked(made, checklist, unit):
                one = self.rating(dossier, asked, unit)
                if one is not None:
                    ratings.setdefault(asked.id, {})[unit.id] = one
        return list(quotas(made, units, ratings))

    def levels(self, dossier: Dossier, asked: Asked, unit: Unit) -> Levels | None:
        """The three levels of a unit in an item: by its own points, as it claims, as appraised."""
        from hoso.levels import levels_of

        return levels_of(self._item(dossier, asked, unit), self.definitions.lists)

    def rating(self, dossier: Dossier, asked: Asked, unit: Unit) -> Rating | None:
        """What quotas count of a unit in an item."""
        from hoso.levels import rating_of

        return rating_of(self._item(dossier, asked, unit), self.definitions.lists)

    def _item(self, dossier: Dossier, asked: Asked, unit: Unit) -> Item:
        from hoso.levels import Item

        outline = dossier.wording.get(asked.id) or self.definitions.outlines.get(asked.outline or "")
        return Item(dossier, asked, outline, unit)

    def quota_problems(self, checklist: str) -> list[Problem]:
        return [quota_problem(checklist, one) for one in self.quotas(checklist) if not one.holds]

    def row(self, checklist: str, unit: str) -> Row:
        """Reads and judges one dossier."""
        return row_of(self.open(checklist, unit), self)

    def remember(self, row: Row) -> None:
        self.index.keep([(self.mark(row.checklist, row.unit), row)])

    def standings(self, checklist: ChecklistInfo, *, fresh: bool = True, tell: Tell | None = None) -> list[Standing]:
        """The board of a checklist: every unit that is asked, then dossiers of units that are not."""
        if fresh:
            rows = {row.unit: row for row in self.rows(checklist.id, tell=tell)}
        else:
            rows = {unit: row for unit, (_, row) in self.known_rows(checklist.id).items()}
        return list(standings_of(checklist, rows, str, fresh=fresh))

    def _wording(self, path: Path, fingerprint: str) -> Outline | None:
        """The outline frozen at hand-in, if it differs from the one of now."""
        current = {document.digest for document in self.definitions.documents.values()}
        if fingerprint in current or path.stem == "lists":
            return None
        if fingerprint not in self._frozen:
            from hoso.definitions.library import read_frozen

            self._frozen[fingerprint] = read_frozen(path)
        return self._frozen[fingerprint]


def standings_of(
    checklist: ChecklistInfo, rows: Mapping[str, Row], name_of: Callable[[str], str], *, fresh: bool = True
) -> Iterator[Standing]:
    """Every unit that is asked, with its dossier under the id that it has or had; then dossiers of others."""
    left = dict(rows)
    for unit, name in checklist.units.items():
        former = (one for one in checklist.was.get(unit, ()) if one not in checklist.units)
        home = next((one for one in (unit, *former) if one in left), unit)
        yield Standing(checklist, home, name, left.pop(home, None), fresh)
    for unit, row in sorted(left.items()):
        yield Standing(checklist, unit, name_of(unit), row, fresh)


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """What lies in a folder, hidden things left out, and whether each is a folder (or cannot be told)."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry.name, _is_folder(entry)) for entry in entries if not entry.name.startswith("."))
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return True


def row_of(dossier: Dossier, workspace: Workspace) -> Row:
    return row_from(dossier, workspace.verdict(dossier))


def provisional_words(found: Quota) -> str:
    """Which of the levels counted are only the units' own claims; empty where all were appraised."""
    if not found.claims:
        return ""
    shown, more = ", ".join(found.claims[:5]), len(found.claims) - 5
    named = tr("{units} and {count} more", units=shown, count=more) if more > 0 else shown
    return tr(" Provisional: only claimed so far by {units}.", units=named)


def quota_problem(checklist: str, found: Quota) -> Problem:
    """A quota that does not hold, at the checklist that sets it."""
    words = {"count": found.count, "base": found.base, "limit": found.limit, "provisional": provisional_words(found)}
    key = ".".join(part for part in (found.id, found.group) if part)
    return problem("quota-exceeded", f"checklists/{checklist}.yaml", key, **words).at_level(found.level)


def row_from(dossier: Dossier, verdict: Verdict) -> Row:
    items = []
    for part in verdict.parts.values():
        errors = sum(found.level is Level.ERROR and found.waived is None for found in part.problems)
        warnings = sum(found.level is Level.WARNING and found.waived is None for found in part.problems)
        items.append(ItemCount(part.id, part.done, part.total, errors, warnings))
    findings = [found for found in verdict.problems if found.level is not Level.HINT]
    hints = [found for found in verdict.problems if found.level is Level.HINT]
    return Row(dossier.checklist, dossier.unit, dossier.state, verdict.done, verdict.total, items, findings, hints)


def _looking_back(checklist: Checklist, definitions: Definitions) -> dict[str, Any]:
    was = {unit.id: unit.was for unit in definitions.units.values() if unit.was}
    return ({"was": was} if was else {}) | ({"previous": checklist.previous} if checklist.previous else {})


def _overview_of(definitions: Definitions) -> dict[str, Any]:
    """What the lists of dossiers need of the definitions, small enough to read before the first paint."""
    return {
        "checklists": {
            name: {
                "title": checklist.title,
                "last_day": str(checklist.first_deadline()) if checklist.first_deadline() else None,
                "units": {unit.id: unit.name for unit in definitions.asked_units(checklist)},
                "quotas": any(check.over == "units" for check in checklist.checks),
            }
            | _looking_back(checklist, definitions)
            for name, checklist in definitions.checklists.items()
        }
    }


_SETTINGS = {"hoso": "1", "language": "vi", "time_zone": DEFAULT_ZONE}


def read_settings(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """`hoso.yaml`: what cannot be used falls back to its default and is told."""
    from hoso.definitions.files import version_problem

    document, problems = yamlio.read(root / MARKER, MARKER)
    if document is None:
        return dict(_SETTINGS), problems
    wrong = version_problem(document)
    if wrong is not None:
        return dict(_SETTINGS), [*problems, wrong]
    made = dict(_SETTINGS)
    problems += read_allowances(document)[1]
    for name, value in document.data.items():
        if name == ALLOW:
            continue
        if name not in _SETTINGS:
            known = (*_SETTINGS, ALLOW)
            words = {"name": name, "nearest": nearest(name, known), "known": ", ".join(known)}
            problems.append(problem("key-unknown", MARKER, name, document.place((name,), of_key=True), **words))
        elif isinstance(value, str) and _usable(name, value):
            made[name] = value
        else:
            usable = ", ".join(LANGUAGES) if name == "language" else DEFAULT_ZONE
            words = {"value": value or "", "nearest": "", "known": usable}
            problems.append(problem("not-one-of", MARKER, name, document.place((name,)), **words))
    return made, problems


def _usable(name: str, value: str) -> bool:
    if name == "language":
        return value in LANGUAGES
    if name == "time_zone":
        try:
            clock_of(value)
        except ValueError:
            return False
    return True
