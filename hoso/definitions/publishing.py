"""How much of the dossiers may be shown on the site."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from hoso.kinds.spec import Short, Spec

Extent = Literal["none", "state", "totals", "figures", "all"]
EXTENTS: tuple[Extent, ...] = ("none", "state", "totals", "figures", "all")
State = Literal["drafting", "ready", "handed_in", "received", "returned", "accepted", "rolled_up"]
STATES: tuple[State, ...] = (
    "drafting",
    "ready",
    "handed_in",
    "received",
    "returned",
    "accepted",
    "rolled_up",
)
_PROGRESS = {
    "drafting": 0,
    "returned": 0,
    "ready": 1,
    "handed_in": 2,
    "received": 3,
    "accepted": 4,
    "rolled_up": 5,
}


class Publishing(Short):
    """`none` unless opted in; from a given state on. Written short as just the extent."""

    short = {"enum": list(EXTENTS)}
    dossiers: Extent = "none"
    from_: State = "handed_in"

    model_config = Spec.model_config | {
        "alias_generator": lambda name: name.rstrip("_"),
        "populate_by_name": True,
    }

    @model_validator(mode="before")
    @classmethod
    def written_short(cls, given: Any) -> Any:
        return {"dossiers": given} if isinstance(given, str) else given

    def extent(self, state: str) -> Extent:
        """What may be shown of a dossier in this state."""
        return self.dossiers if _PROGRESS.get(state, 0) >= _PROGRESS[self.from_] else "none"


def stricter(*extents: Extent) -> Extent:
    return min(extents, key=EXTENTS.index)
