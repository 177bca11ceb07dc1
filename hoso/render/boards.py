"""The board of a checklist: unit by unit, as far as it may be shown; the rest is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from hoso.definitions import EXTENTS, Checklist, Definitions
from hoso.i18n import tr
from hoso.index import ItemCount, Row
from hoso.render.extents import Extents, allows
from hoso.render.markup import bar, chip, facts, heading, link, lit, note, sortable, table, valued
from hoso.render.pages import ROWS_A_PAGE, Page, board_path, checklist_path, dossier_path, kind_path, rollup_path
from hoso.render.turning import pages_of, turning
from hoso.render.words import HANDED_IN, SIGNS, days_left, faults, kind_label, state
from hoso.workspace import ChecklistInfo, Standing

_MANY = 20
_KINDS = "theo-loai"
_TOTALS = EXTENTS.index("totals")
# From what is furthest behind to what is done, as readers want the states ordered.
_ORDER = ("", "drafting", "ready", "returned", "handed_in", "received", "accepted", "rolled_up")


@dataclass(frozen=True, slots=True)
class Board:
    """What a board is made of. `broken` maps units whose files cannot be read to where and why."""

    info: ChecklistInfo
    standings: Sequence[Standing]
    today: date
    broken: dict[str, list[str]] = field(default_factory=dict)


def state_chip(name: str) -> str:
    kind = name.replace("_", "-") or "none"
    return chip(f"{SIGNS.get(name, '?')} {state(name)}", f"state-{kind}")


class BoardWriter:
    """Writes the pages of one board."""

    def __init__(self, definitions: Definitions, name: str, board: Board) -> None:
        self.definitions = definitions
        self.name = name
        self.board = board
        self.checklist: Checklist = definitions.checklists[name]
        self.extents = Extents(definitions, self.checklist)
        self.parts = [part for part, _ in self.checklist.parts()]
        self.shown = [standing for standing in board.standings if self._extent(standing) != "none"]

    def cuts(self) -> Iterator[tuple[int, Sequence[Standing]]]:
        """What goes on each page, counted from 1; the first is there even if it lists nothing."""
        for number, start in enumerate(range(0, max(len(self.shown), 1), ROWS_A_PAGE), 1):
            yield number, self.shown[start : start + ROWS_A_PAGE]

    def _attention(self, standing: Standing) -> tuple[bool, int, int, float]:
        """What somebody has to look after comes first; within a page, so that one dossier moves no other page."""
        row = standing.row
        if row is None:
            return (True, _by_state(("", 0)), 0, 0)
        shown = self._shown(row).values()
        done = sum(one.done for one in shown) / max(sum(one.total for one in shown), 1)
        errors = sum(one.errors for one in shown)
        return (standing.unit not in self.board.broken, _by_state((row.state, 0)), -errors, done)

    def title(self, number: int) -> str:
        title = tr("Who has handed in: {checklist}", checklist=self.checklist.title)
        return tr("{title}, page {number}", title=title, number=number) if number > 1 else title

    def _extent(self, standing: Standing) -> str:
        return self.extents.of_checklist(standing.row.state if standing.row else "drafting")

    def page(self, number: int, standings: Sequence[Standing]) -> Page:
        path, title = board_path(self.name, number), self.title(number)
        ways = list(turning(partial(board_path, self.name), number, pages_of(len(self.shown)), path))
        lines = [heading(1, title), ""]
        lines += self._summary(path) if number == 1 else [f"{lit(tr('Checklist:'))} {self._checklist(path)}", ""]
        lines += ways
        lines += self._table(path, standings)
        lines += self._broken(standings)
        lines += ways
        lines += self._by_kind(path) if number == 1 else []
        return Page(path, title, "\n".join(lines), in_nav=number == 1, search="whole" if number == 1 else "title",
                    hide=("toc",))  # fmt: skip

    def _checklist(self, path: str) -> str:
        return link(self.checklist.title, checklist_path(self.name), path)

    def _see_also(self, path: str) -> Iterator[str]:
        yield self._checklist(path)
        if allows(self.checklist.publish.dossiers, "totals"):
            yield link(tr("Figures of all units added up"), rollup_path(self.name), path)
        if self._has_kinds():
            yield link(tr("By kind of unit"), f"{path}#{_KINDS}", path)

    def _summary(self, path: str) -> Iterator[str]:
        standings = self.board.standings
        states = Counter(standing.row.state if standing.row else "" for standing in standings)
        done = sum(states[name] for name in HANDED_IN)
        hidden = len(standings) - len(self.shown)
        told = f"{bar(done, len(standings))} {lit(tr('units have handed in'))}"
        unshown = tr("{count} units, because this checklist does not publish them yet", count=hidden)
        yield from facts([
            (tr("Handed in so far"), told if standings else lit(tr("no unit is asked"))),
            (tr("Last day"), lit(self._last_day())),
            (tr("Late"), self._late(states)),
            (tr("Not shown"), lit(unshown) if hidden else ""),
            (tr("States"), "" if hidden else _counted(states)),
            (tr("See also"), " · ".join(self._see_also(path))),
        ])  # fmt: skip

    def _has_kinds(self) -> bool:
        """Whether there are more units than one looks over, and all may be told of."""
        shown = len(self.shown) == len(self.board.standings) > _MANY
        return shown and len({self._kind(one) for one in self.board.standings}) > 1

    def _kind(self, standing: Standing) -> str:
        unit = self.definitions.unit(standing.unit)
        return unit.kind if unit else ""

    def _by_kind(self, path: str) -> Iterator[str]:
        """How each kind stands."""
        if not self._has_kinds():
            return
        kinds: dict[str, Counter[str]] = {}
        for standing in self.board.standings:
            kinds.setdefault(self._kind(standing), Counter())[standing.row.state if standing.row else ""] += 1
        rows = [self._kind_row(path, kind, states) for kind, states in kinds.items()]
        head = [tr("Kind of unit"), tr("Handed in"), tr("Late"), tr("Returned"), tr("Not begun")]
        yield from (heading(2, tr("By kind of unit"), _KINDS), "")
        yield from table([lit(name) for name in head], rows, "llrrr")

    def _kind_row(self, path: str, kind: str, states: Counter[str]) -> list[str]:
        done, total = sum(states[name] for name in HANDED_IN), states.total()
        left = self.board.info.days_left(self.board.today)
        late = total - done if left is not None and left < 0 else 0
        name = link(kind_label(self.definitions, kind), kind_path(kind), path) if kind else lit(tr("not in the list"))
        return [name, bar(done, total), *(str(count or "") for count in (late, states["returned"], states[""]))]

    def _late(self, states: Counter[str]) -> str:
        """How many are late, and in which states they are."""
        left = self.board.info.days_left(self.board.today)
        behind = {name: count for name, count in states.items() if name not in HANDED_IN}
        if left is None or left >= 0 or not behind:
            return ""
        count = sum(behind.values())
        told = tr("{count} units", count=count) if count > 1 else tr("1 unit")
        each = ", ".join(f"{count} {state(name)}" for name, count in sorted(behind.items(), key=_by_state))
        return (
            f"**{lit(told)}** {lit(f'({each})')}"
            if len(self.shown) == len(self.board.standings)
            else f"**{lit(told)}**"
        )

    def _last_day(self) -> str:
        left = self.board.info.days_left(self.board.today)
        if left is None or not self.board.info.last_day:
            return tr("none set")
        day = "/".join(reversed(self.board.info.last_day.split("-")))
        return f"{day} ({days_left(left)})"

    def _table(self, path: str, standings: Sequence[Standing]) -> Iterator[str]:
        if not standings:
            yield from note(tr("No dossier is shown here yet."), "info")
            return
        numbers = self._numbers()
        timed = self.board.info.last_day is not None
        names = [tr("Unit"), tr("State"), *([tr("Time left")] if timed else []), tr("Progress"), tr("Problems")]
        legend = (f"{lit(number)} = {lit(self._title(name))}" for name, number in numbers.items())
        marked = lit(tr("! marks a document in which something is wrong."))
        yield from (f"<small>{lit(tr('Columns:'))} {'; '.join(legend)}. {marked}</small>", "")
        yield from sortable(choose=1, pages=pages_of(len(self.shown)))
        yield from table(
            [lit(name) for name in (*names, *numbers.values())],
            (self._row(path, standing, timed) for standing in sorted(standings, key=self._attention)),
        )

    def _numbers(self) -> dict[str, str]:
        out = {}
        for number, item in enumerate(self.checklist.items, 1):
            out[item.id] = str(number)
            out |= {annex.id: f"{number}.{place}" for place, annex in enumerate(item.annexes, 1)}
        return out

    def _title(self, name: str) -> str:
        part = next(part for part in self.parts if part.id == name)
        outline = self.definitions.outlines.get(part.outline or "")
        return part.title or (outline.title if outline else name)

    def _row(self, path: str, standing: Standing, timed: bool) -> list[str]:
        row = standing.row
        if row is None:
            cells = [lit(standing.name), _state_cell(""), "–", "", *("" for _ in self.parts)]
        else:
            name = link(standing.name, dossier_path(self.name, standing.unit), path)
            broken = f" {chip(tr('cannot be read'), 'broken')}" if standing.unit in self.board.broken else ""
            cells = [name, _state_cell(row.state, broken), *self._counts(row)]
        if timed:
            cells.insert(2, self._time_left(row))
        return cells

    def _counts(self, row: Row) -> Iterator[str]:
        """Progress, problems, then every item; only of what may be told."""
        shown = self._shown(row)
        yield bar(sum(one.done for one in shown.values()), sum(one.total for one in shown.values()))
        errors, warnings = sum(one.errors for one in shown.values()), sum(one.warnings for one in shown.values())
        yield valued(lit(faults(errors, warnings)), 1000 * errors + warnings) if errors or warnings else ""
        yield from (self._count(shown.get(part.id)) for part in self.parts)

    def _shown(self, row: Row) -> dict[str, ItemCount]:
        counts = {count.id: count for count in row.items}
        return {
            part.id: counts[part.id] for part in self.parts
            if part.id in counts and EXTENTS.index(self.extents.of_part(part, row.state)) >= _TOTALS
        }  # fmt: skip

    def _time_left(self, row: Row | None) -> str:
        left = self.board.info.days_left(self.board.today)
        if left is None or (row is not None and row.state in HANDED_IN):
            return ""
        return valued(chip(days_left(left), "late") if left < 0 else lit(days_left(left)), left)

    @staticmethod
    def _count(found: ItemCount | None) -> str:
        if found is None or not found.total:
            return "–"
        told = f"{found.done}/{found.total}" + (f" {chip('!', 'broken')}" if found.errors else "")
        return valued(told, round(found.done / found.total, 3))

    def _broken(self, standings: Sequence[Standing]) -> Iterator[str]:
        for standing in standings:
            if told := self.board.broken.get(standing.unit):
                title = tr("{unit}: a file of the dossier cannot be read", unit=standing.name)
                yield from note(title, "danger", (f"- {lit(line)}" for line in told))


def _counted(states: Counter[str]) -> str:
    return " ".join(f"{state_chip(name)} {count}" for name, count in sorted(states.items(), key=_by_state))


def _by_state(counted: tuple[str, int]) -> int:
    return _ORDER.index(counted[0]) if counted[0] in _ORDER else 0


def _state_cell(name: str, more: str = "") -> str:
    return valued(state_chip(name), _by_state((name, 0))) + more
