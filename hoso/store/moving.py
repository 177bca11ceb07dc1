"""Moving a dossier from state to state: what each move needs, what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from hoso.definitions import Definitions, State
from hoso.definitions.files import LISTS
from hoso.dossiers import Dossier, Returned
from hoso.store.writing import freeze, record_event, save_dossier
from hoso.yamlio import digest


class Move(NamedTuple):
    """A move into `to` is possible from the states of `sources`."""

    to: State
    sources: tuple[State, ...]


MOVES: dict[str, Move] = {
    "submit": Move("handed_in", ("drafting", "ready", "returned")),
    "receive": Move("received", ("handed_in",)),
    "return": Move("returned", ("handed_in", "received", "accepted")),
    "accept": Move("accepted", ("handed_in", "received")),
    "roll_up": Move("rolled_up", ("accepted",)),
}


def possible(dossier: Dossier, move: str) -> bool:
    return dossier.state in MOVES[move].sources


def hand_in(root: Path, dossier: Dossier, definitions: Definitions, now: datetime) -> Path:
    """Freezes the wording, moves the state, records the event; the caller has judged that nothing stands against it.

    What stayed handed in while single items were open again keeps the wording it was handed in with.
    Raises OSError; the state is written last, so a dossier is never handed in by half."""
    sources = {
        part: root / "outlines" / f"{sheet.outline}.yaml"
        for part, sheet in dossier.sheets.items()
        if sheet.outline in definitions.outlines and (dossier.opens(part) or part not in dossier.frozen)
    }
    if (root / LISTS).is_file():
        sources |= _lists(root / LISTS, dossier, sources)
    freeze(root, dossier, sources)
    return move(root, dossier, "submit", now)


def _lists(path: Path, dossier: Dossier, parts: Iterable[str]) -> dict[str, Path]:
    """The shared lists to be frozen: for all, or where others keep older ones, for these parts alone."""
    kept = dossier.frozen.get("lists")
    if kept is None or all(dossier.opens(part) for part in dossier.frozen if part in dossier.sheets):
        return {"lists": path}
    if kept == digest(path.read_bytes()):
        return {}
    return {f"{part}.lists": path for part in parts}


def move(root: Path, dossier: Dossier, name: str, now: datetime, **facts: Any) -> Path:
    """Moves the state and records the event. Raises OSError with the dossier in the state in which it was."""
    before = dossier.state, dossier.returned
    dossier.state = MOVES[name].to
    back = Returned(str(facts.get("because", "")), tuple(facts.get("items", ())))
    dossier.returned = back if name == "return" else Returned()
    path = None
    try:
        path = record_event(root, dossier, dossier.state, now, **facts)
        save_dossier(root, dossier)
    except OSError:
        dossier.state, dossier.returned = before
        if path is not None:
            path.unlink(missing_ok=True)
        raise
    return path
