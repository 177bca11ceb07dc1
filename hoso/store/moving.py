"""Moving a dossier from state to state: what each move needs, what it leaves behind."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from hoso.definitions import Definitions, State
from hoso.definitions.files import LISTS
from hoso.dossiers import Dossier
from hoso.store.writing import freeze, record_event, save_dossier


class Move(NamedTuple):
    """A move into `to` is possible from the states of `sources`."""

    to: State
    sources: tuple[State, ...]


MOVES: dict[str, Move] = {
    "submit": Move("handed_in", ("drafting", "ready", "returned")),
    "return": Move("returned", ("handed_in", "received")),
    "accept": Move("accepted", ("handed_in", "received")),
}


def possible(dossier: Dossier, move: str) -> bool:
    return dossier.state in MOVES[move].sources


def hand_in(root: Path, dossier: Dossier, definitions: Definitions, now: datetime) -> Path:
    """Freezes the wording, moves the state, records the event; the caller has judged that nothing stands against it.

    Raises OSError; the state is written last, so a dossier is never handed in by half."""
    sources = {
        part: root / "outlines" / f"{sheet.outline}.yaml"
        for part, sheet in dossier.sheets.items()
        if sheet.outline in definitions.outlines
    }
    if (root / LISTS).is_file():
        sources["lists"] = root / LISTS
    freeze(root, dossier, sources)
    return move(root, dossier, "submit", now)


def move(root: Path, dossier: Dossier, name: str, now: datetime, **facts: Any) -> Path:
    """Moves the state and records the event. Raises OSError with the dossier in the state in which it was."""
    before, dossier.state = dossier.state, MOVES[name].to
    path = None
    try:
        path = record_event(root, dossier, dossier.state, now, **facts)
        save_dossier(root, dossier)
    except OSError:
        dossier.state = before
        if path is not None:
            path.unlink(missing_ok=True)
        raise
    return path
