"""The list of all dossiers as data: what the index knows at once, then what judging finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hoso.i18n import tr
from hoso.problems import Problem
from hoso.states import state_label
from hoso.text import fold
from hoso.workspace import ChecklistInfo, Standing, Workspace
from tui import wording
from tui.fitting import cells
from tui.wording import bar, deadline, percent

_NEVER = "9999-12-31"  # behind every day
FIRST_LINES = 80  # more than a tall screen shows


class Stopped(Exception):  # noqa: N818 - what happened
    """Somebody did not want to wait until all dossiers were checked."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A line of the board: the heading of a checklist (`standing` is None), or one unit."""

    checklist: ChecklistInfo
    standing: Standing | None

    @property
    def target(self) -> tuple[str, str] | None:
        return (self.checklist.id, self.standing.unit) if self.standing else None


class Board:
    """What the workspace screen shows. `known` and `judged` may take long and may run in a thread."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.lines: list[BoardLine] = []
        self.fresh = False
        self.stopped = False
        self._sought: list[str] = []  # the words of each line, folded; made when somebody first searches

    @property
    def checklists(self) -> list[ChecklistInfo]:
        """What is late first, then what is due next; what has no deadline stands last."""
        return sorted(self.workspace.checklists.values(), key=lambda one: one.last_day or _NEVER)

    @property
    def ready(self) -> bool:
        """Whether the index knows the definitions as they are, so that `known` is quick."""
        return self.workspace.index.definitions() is not None

    def first(self) -> list[Standing]:
        """What the index holds of the first lines, for the first paint."""
        found: list[Standing] = []
        for checklist in self.checklists:
            names = list(checklist.units.items())[: FIRST_LINES - len(found)]
            told = self.workspace.index.rows(checklist.id, units=[unit for unit, _ in names])
            rows = {row.unit: row for _, row in told}
            found += [Standing(checklist, unit, name, rows.get(unit), fresh=False) for unit, name in names]
        return found

    def known(self) -> list[Standing]:
        """What the index holds, perhaps stale."""
        return [one for checklist in self.checklists for one in self.workspace.standings(checklist, fresh=False)]

    def judged(self, tell: Callable[[int, int], None] | None = None) -> list[Standing]:
        """Everything as it is now. Tells how many units were looked at, of how many. Raises Stopped after `stop`."""
        self.stopped = False
        checklists = self.checklists
        total = sum(len(one.units) for one in checklists)
        found: list[Standing] = []

        def told(done: int, _: int) -> None:
            if self.stopped:
                raise Stopped
            if tell is not None:
                tell(min(total, len(found) + done), total)

        for checklist in checklists:
            found += self.workspace.standings(checklist, fresh=True, tell=told)
        return found

    def stop(self) -> None:
        """Ends `judged` at its next look; what it has found by then is kept in the index."""
        self.stopped = True

    @property
    def problems(self) -> list[Problem]:
        return self.workspace.definition_problems

    def show(self, standings: Iterable[Standing]) -> None:
        """Takes over what was found: each checklist's heading, then its units."""
        rows: dict[str, list[Standing]] = {name: [] for name in self.workspace.checklists}
        for standing in standings:
            rows.setdefault(standing.checklist.id, []).append(standing)
        self.lines = []
        for checklist in self.checklists:
            self.lines.append(BoardLine(checklist, None))
            self.lines += [BoardLine(checklist, one) for one in rows[checklist.id]]
        self._sought = []
        self.fresh = all(one.fresh for some in rows.values() for one in some)

    def found(self, query: str) -> list[BoardLine]:
        """The lines in which every word of the query occurs, with or without accents; headings of those too."""
        words = fold(query).split()
        if not words or not self.lines:
            return self.lines
        self._sought = self._sought or [_words_of(line) for line in self.lines]
        out: list[BoardLine] = []
        heading, above = self.lines[0], ""
        for line, sought in zip(self.lines, self._sought, strict=True):
            if line.standing is None:
                heading, above = line, sought
            elif all(word in sought or word in above for word in words):
                if not out or out[-1].checklist.id != heading.checklist.id:
                    out.append(heading)
                out.append(line)
        return out

    def deadline(self, checklist: ChecklistInfo) -> str:
        return deadline(checklist.days_left(self.workspace.clock.today()), checklist.last_day)


def _words_of(line: BoardLine) -> str:
    one = line.standing
    return fold(f"{one.name} {one.unit} {state_words(one)}" if one else line.checklist.title)


def state_words(standing: Standing) -> str:
    return state_label(standing.row.state if standing.row else "")


def cells_of(standing: Standing) -> tuple[str, str, str]:
    """State, bar and share of a line, in characters."""
    row = standing.row
    if row is None:
        return state_words(standing), bar(0, 1), ""
    return state_words(standing), bar(row.done, row.total), percent(row.done, row.total)


def problems_of(standing: Standing, room: int, *, stopped: bool = False) -> str:
    """How much is wrong, in words; where these take more cells than there are, by signs alone."""
    row = standing.row
    if not standing.fresh:
        return tr("not checked") if stopped else tr("checking …")
    if row is None:
        return ""
    words, signs = [], []
    if row.errors:
        words.append(tr("✗ 1 error") if row.errors == 1 else tr("✗ {count} errors", count=row.errors))
        signs.append(f"✗ {row.errors}")
    if row.warnings:
        words.append(tr("! 1 warning") if row.warnings == 1 else tr("! {count} warnings", count=row.warnings))
        signs.append(f"! {row.warnings}")
    codes = [one.code for one in row.findings if one.waived is None]
    for sign, code in ((wording.OPEN, "remark-open"), (wording.BACK, "item-returned")):
        told = [f"{sign} {codes.count(code)}"] if code in codes else []
        words += told
        signs += told
    in_words = " ".join(words)
    return in_words if cells(in_words) <= room else " ".join(signs)
