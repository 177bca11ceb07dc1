"""Where a check leads that speaks of several places: to the first of them that can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tui.places import Key, Place

if TYPE_CHECKING:
    from hoso.kinds.checking import CheckBase
    from tui.reading import OpenDossier

Target = tuple[Place, Key | None]


def across_items(session: OpenDossier, key: str) -> Target | None:
    """Of a check of the checklist, whose names begin with an item."""
    names = (name.partition(".") for name in _named(session.checklist.checks, key))
    found = (_inside(session, part, rest) for part, _, rest in names if part in session.asked)
    return next((one for one in found if one), None)


def across_sections(session: OpenDossier, part: str, key: str) -> Target | None:
    """Of a check of an outline, whose names begin with a section."""
    outline = session.outline(part)
    names = _named(outline.checks, key) if outline else ()
    return next((one for one in (_inside(session, part, name) for name in names) if one), None)


def _named(checks: Iterable[CheckBase], key: str) -> Iterator[str]:
    """The names in the check that has this id, or, as `checks.2`, this number."""
    for place, check in enumerate(checks, 1):
        if key in (check.id, f"checks.{place}"):
            yield from check.names()


def _inside(session: OpenDossier, part: str, name: str) -> Target | None:
    section, _, rest = name.partition(".")
    outline, place = session.outline(part), Place(part, section)
    if outline is None or place not in session.places(part):
        return next(((one, None) for one in session.places(part)), None) if outline is None or not rest else None
    field = rest.partition(".")[0]
    known = field in outline.nodes[section].fields
    return place, Key("field", part, section, field) if known else None
