"""Tables and score sheets of a dossier as they print; beside that, with signs in their cells and words below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import ScoringField, TableField
from hoso.kinds.scoring import Score, score
from hoso.kinds.table import TOTAL
from hoso.levels import points_of
from hoso.problems import Fault, Level
from hoso.render.tables import scoring_grid, table_grid
from hoso.validate import MISSING
from tui.grids.scoring import points_shown
from tui.paper.blocks import Block
from tui.places import Key
from tui.session import Session
from tui.wording import SIGNS, level_of, said

OPEN = "○"
_MOST = 12  # problems of one table that are spelled out
Found = list[tuple[str, Fault]]  # by the address inside the table


class Seen(NamedTuple):
    """What is to be said of one cell: the worst sign."""

    sign: str
    level: Level


def form_blocks(session: Session, key: Key, found: Found) -> Iterator[Block]:
    """The form of a field and what is wrong inside it."""
    made, seen = session.field(key), _seen(found)
    if isinstance(made, TableField):
        value = points_of(session.raw(key))
        names = _cells(made, value)
        signs = {names[at]: one.sign for at, one in seen.items() if at in names}
        signed = table_grid(made, value, signs) if signs else None
        yield Block("table", made.name, key.place, key, grid=table_grid(made, value), signed=signed)
        yield from _notes(key, found, _words(made, value))
    elif isinstance(made, ScoringField):
        yield from _sheet(session, key, made, found, {at: one.sign for at, one in seen.items()})


def _sheet(session: Session, key: Key, made: ScoringField, found: Found, signs: dict[str, str]) -> Iterator[Block]:
    value = points_of(session.raw(key))
    told = _score(session, key, made)
    # A blank sheet has a blank for the total too.
    total = tr("{points} of {of}", points=points_shown(told.points), of=points_shown(told.of)) if value else " "
    signed = scoring_grid(made, value, total, signs) if signs else None
    yield Block("table", made.name, key.place, key, grid=scoring_grid(made, value, total), signed=signed)
    if value and told.level is not None:
        level = made.level_labels.get(told.level, told.level)
        yield Block("entry", f"- {tr('Level by own points')}: {level}", key.place, key)
    yield from _notes(key, found, {name: one.title for name, one in made.criteria.items()})


def _score(session: Session, key: Key, made: ScoringField) -> Score:
    outline, node = session.outline(key.part), session.node(key.place)
    names = session.names(key.part, outline) if outline else None

    def holds(condition: Formula) -> bool:
        return names is not None and names.meets(condition, node)

    return score(made, points_of(session.raw(key)), holds)


def _seen(found: Found) -> dict[str, Seen]:
    out: dict[str, Seen] = {}
    for at, fault in found:
        level = level_of(fault)
        if at not in out or level.weight > out[at].level.weight:
            out[at] = Seen(OPEN if fault.code in MISSING else SIGNS[level], level)
    return out


def _cells(made: TableField, value: dict[str, object]) -> dict[str, tuple[str, str]]:
    """Row and column of every cell by its address."""
    rows = [line.name for line in made.filled_lines(value)] + [TOTAL]
    return {f"{row}.{column}": (row, column) for row in rows for column in made.leaves}


def _words(made: TableField, value: dict[str, object]) -> dict[str, str]:
    """What rows and cells are called, by address."""
    out: dict[str, str] = {}
    rows = [(line.name, line.label or line.number) for line in made.filled_lines(value)]
    if made.total is not None:
        rows.append((TOTAL, made.total.label or tr("Total")))
    for row, words in rows:
        out[row] = words
        out |= {
            f"{row}.{name}": " · ".join((words, *leaf.heads, leaf.field.name)) for name, leaf in made.leaves.items()
        }
    return out


def _notes(key: Key, found: Found, words: dict[str, str]) -> Iterator[Block]:
    wrong = [(at, fault) for at, fault in found if fault.code not in MISSING]
    for at, fault in wrong[:_MOST]:
        text = f"{words.get(at, at)}: {said(fault, remedy=False)}"
        yield Block("note", text, key.place, key, level=level_of(fault))
    if len(wrong) > _MOST:
        yield _note(key, tr("… and {count} more, see F4", count=len(wrong) - _MOST), (fault for _, fault in wrong))
    if blank := len({at for at, fault in found if fault.code in MISSING}):
        yield Block("note", f"{OPEN} {tr('{count} cells are not filled in yet', count=blank)}", key.place, key,
                    level=Level.HINT)  # fmt: skip


def _note(key: Key, words: str, faults: Iterable[Fault]) -> Block:
    worst = max((level_of(fault) for fault in faults), key=lambda level: level.weight)
    return Block("note", words, key.place, key, level=worst)
