"""Which commands would do nothing at the moment, so that no footer promises them."""

from __future__ import annotations

from tui import keys
from tui.session import Session

_CHANGES = frozenset({"mark", "hand-in", "next-open", "undo", "redo", "save", "take-over"})


def idle(session: Session, *, locked: bool = False, fixed_rows: bool = False) -> frozenset[str]:
    """Ids of commands. `locked`: the place shown can only be read; `fixed_rows`: it is a table without open rows."""
    closed = session.review is None and not session.dossier.is_open
    out = _CHANGES if closed else frozenset({"mark"}) if locked and session.review is None else frozenset[str]()
    return out.union(keys.OF_OPEN_ROWS) if fixed_rows else out
