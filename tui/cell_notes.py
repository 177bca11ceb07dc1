"""What there is to say of the cells of a grid: signs of problems in them, what others wrote, what stands below."""

from __future__ import annotations

from typing import Any

from hoso.dossiers import answer_of
from hoso.i18n import tr
from hoso.problems import Fault, Level
from hoso.text import cells, clipped
from hoso.validate import MISSING
from tui import clashing
from tui.grids import Grid, Sort
from tui.places import Key, Place
from tui.session import Session
from tui.wording import SIGNS, absence, level_of, said

SHOWN_FAULTS, CARRIED = 4, "→"
Note = tuple[str, Level | None]  # words, and how bad it is; None for what is no problem
At = tuple[int, int]


class CellNotes:
    """Of one table or score sheet. `find` brings it up to date; rows and columns are those of the grid."""

    def __init__(self, session: Session, key: Key) -> None:
        self.session = session
        self.key = key
        self.signs: dict[At, tuple[str, Level]] = {}
        self.idle: set[At] = set()  # cells that as things stand are not to be filled
        self._faults: list[tuple[str, Fault]] = []

    def find(self, grid: Grid, faults: list[tuple[str, Fault]] | None = None) -> bool:
        """Looks at the verdict as it stands now, or at what another judge found. Tells whether any sign has changed."""
        self._faults = self.session.cell_faults(self.key) if faults is None else faults
        signs: dict[At, tuple[str, Level]] = {}
        for address, fault in [*(self._missing() if faults is None else ()), *self._faults]:
            place, level = grid.place(address), level_of(fault)
            if place is not None and place[1] is not None:
                at = place[0], place[1]
                if at not in signs or level.weight > signs[at][1].weight:
                    signs[at] = CARRIED if fault.code == "proposal-open" else SIGNS[level], level
        for address in self.clashes():
            if (place := grid.place(address)) is not None:
                signs[place[0], place[1] or 0] = "⇄", Level.WARNING
        idle = set(filter(None, (_at(grid, ".".join(one)) for one in self.session.idle_cells(self.key))))
        changed = (signs, idle) != (self.signs, self.idle)
        self.signs, self.idle = signs, idle
        return changed

    def wanted(self, grid: Grid, at: At) -> str:
        """What belongs into a cell."""
        return tr("not to be filled, as things stand") if at in self.idle else _wanted(grid, at)

    def forget(self) -> None:
        """After rows have come or gone, until the next verdict."""
        self.signs, self.idle = {}, set()

    def _missing(self) -> list[tuple[str, Fault]]:
        prefix = f"{self.key.name}."
        findings = self.session.judged(Place(self.key.part, self.key.section)).findings
        return [(at.removeprefix(prefix), fault) for at, fault in findings
                if at.startswith(prefix) and fault.code in MISSING]  # fmt: skip

    # ---- what others wrote ------------------------------------------------------------------------------

    def clashes(self) -> dict[str, Any]:
        """What others wrote where it was changed here too, by the address of the cell or row."""
        prefix = f"{self.key.part}.{self.key.section}.{self.key.name}."
        return {at.removeprefix(prefix): raw for at, raw in list(self.session.clashes.items()) if at.startswith(prefix)}

    def clash_at(self, grid: Grid, at: At) -> str | None:
        """The address of what clashes with a cell or with its row; empty where the whole table does."""
        known = self.clashes()
        found = next((one for one in (grid.address(*at), grid.row_name(at[0])) if one and one in known), None)
        return "" if found is None and self.session.is_clash(self.key) else found

    def forget_clash(self, address: str) -> None:
        """Takes what the others wrote in a cell, a row or (no address) the whole table off the list."""
        self.session.forget_clash(clashing.key_of(self.key, address))

    # ---- in words ---------------------------------------------------------------------------------------

    def here(self, grid: Grid, at: At, width: int) -> list[Note]:
        """Of one cell: its whole text where it is cut off, why it is empty, what others wrote, what is wrong."""
        out: list[Note] = []
        text, answer = grid.text(*at), grid.answer(*at)
        if cells(text) >= width:
            out.append((clipped(text, 400), None))
        if answer.absent is not None:
            out.append((absence(answer.absent, answer.because), None))
        if answer.is_proposal:
            out.append((tr("→ carried over; F5 accepts it, typing replaces it"), None))
        address = self.clash_at(grid, at)
        if address:
            theirs = _theirs(grid, at, self.clashes()[address])
            out.append((tr("⇄ somebody else wrote: {theirs} · F5 chooses", theirs=theirs), Level.WARNING))
        here = grid.address(*at)
        return out + [(said(fault), level_of(fault)) for one, fault in self._faults if one == here]

    def elsewhere(self, grid: Grid, at: At) -> list[Note]:
        """Of the other cells, the first few problems; of what others wrote, what has no cell any more."""
        here = grid.address(*at)
        found = [(one, fault) for one, fault in self._faults if one != here]
        out: list[Note] = [
            (f"{address_words(grid, one)}: {said(fault, remedy=False)}", level_of(fault))
            for one, fault in found[:SHOWN_FAULTS]
        ]
        if len(found) > SHOWN_FAULTS:
            out.append((tr("… and {count} more, see F4", count=len(found) - SHOWN_FAULTS), None))
        gone = [raw for one, raw in self.clashes().items() if grid.place(one) is None]
        words = (clashing.cells_shown(raw) for raw in gone)
        told = (tr("⇄ somebody else changed what was removed here: {theirs}", theirs=one) for one in words)
        out += [(one, Level.WARNING) for one in told]
        return out


def place_words(grid: Grid, at: At) -> str:
    return " · ".join(part for part in (grid.head(at[0]).words, grid.label(at[1])) if part)


def _wanted(grid: Grid, at: At) -> str:
    sort = grid.sort(*at)
    if sort is Sort.COMPUTED:
        return tr("= computed")
    if sort is not Sort.OPEN:
        return tr("not to be filled")
    if grid.toggles(*at):
        return tr("x or Space marks it")
    return clipped("; ".join(grid.wants(*at)), 160)


def _at(grid: Grid, address: str) -> At | None:
    row, column = grid.place(address) or (0, None)
    return None if column is None else (row, column)


def address_words(grid: Grid, address: str) -> str:
    place = grid.place(address)
    if place is None:
        return address
    return grid.head(place[0]).words if place[1] is None else place_words(grid, (place[0], place[1]))


def _theirs(grid: Grid, at: At, raw: Any) -> str:
    made, answer = grid.field(*at), answer_of(raw)
    return clashing.cells_shown(raw) if answer is None else clashing.shown(made, raw)
