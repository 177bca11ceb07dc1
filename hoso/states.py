"""The states of a dossier in words."""

from __future__ import annotations

from hoso.i18n import mark, tr

STATE_LABELS = {
    "": mark("not begun"), "drafting": mark("being drafted"), "ready": mark("ready"), "handed_in": mark("handed in"),
    "received": mark("received"), "returned": mark("returned"), "accepted": mark("accepted"),
    "rolled_up": mark("rolled up"),
}  # fmt: skip

# The unit has nothing left to do.
DONE = ("handed_in", "received", "accepted", "rolled_up")


def state_label(state: str) -> str:
    return tr(STATE_LABELS[state]) if state in STATE_LABELS else state
