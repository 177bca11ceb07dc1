"""What is asked of a place, in order, and what of it is still open."""

from __future__ import annotations

from collections.abc import Iterator

from hoso.definitions import Node
from hoso.kinds import FileField, NumberField
from hoso.problems import Level
from hoso.tabular import severity
from hoso.text import fold
from hoso.validate import MISSING, waived_in
from tui.places import Key, Place
from tui.session import Session


def of_place(session: Session, place: Place) -> list[Key]:
    """The questions of a section, or those about the documents of an item."""
    if place.section is None:
        claim = [Key("claim", place.part)] if session.asked[place.part].levels is not None else []
        return [Key("files", place.part), *claim]
    node = session.node(place)
    out = [Key("ask", place.part, node.id, name) for name in session.asks(place)]
    for name in session.fields(place):
        made = node.fields[name]
        if isinstance(made, NumberField) and made.compute is not None:
            continue
        out.append(Key("files" if isinstance(made, FileField) else "field", place.part, node.id, name))
    return out


def is_open(session: Session, key: Key) -> bool:
    """Whether something is missing or wrong there."""
    at = f"asks.{key.name}" if key.target == "ask" else key.name or key.part
    waived = waived_in(session.dossier, key.part)
    return any(
        (name == at or name.startswith(f"{at}.")) and (fault.code in MISSING or severity(fault) is Level.ERROR)
        and not (waived and waived(f"{key.section}.{name}", fault.code))
        for name, fault in session.judged(key.place).findings
    )  # fmt: skip


def first_of(session: Session, place: Place) -> Key | None:
    """The first open question of a place, else its first."""
    found = of_place(session, place)
    return next((key for key in found if is_open(session, key)), found[0] if found else None)


def next_open(session: Session, key: Key | None) -> Key | None:
    """The next open question behind this one, round the end; None where nothing is open."""
    if key is not None:
        here = of_place(session, key.place)
        later = here[here.index(key) + 1 :] if key in here else here
        found = next((one for one in later if is_open(session, one)), None)
        if found is not None:
            return found
    place = session.next_open(key.place if key else None)
    return first_of(session, place) if place is not None else None


def step(session: Session, key: Key, by: int) -> Key | None:
    """The question after (1) or before (-1); None past either end."""
    here = of_place(session, key.place)
    at = here.index(key) + by if key in here else 0
    if 0 <= at < len(here):
        return here[at]
    place = session.neighbour(key.place, by)
    while place is not None:
        found = of_place(session, place)
        if found:
            return found[0 if by > 0 else -1]
        place = session.neighbour(place, by)
    return None


def sought(session: Session, words: str) -> list[Place]:
    """Places by the number of their section (`2.3`, `II.2`), else by words of their title; accents do not matter."""
    plain = fold(words).strip().rstrip(".")
    places = session.places() if plain else []
    nodes = {place: path_of(session, place) for place in places}
    numbered = [place for place, path in nodes.items() if path and plain in _numbers(path)]
    under = [
        place for place, path in nodes.items() if any(plain in _numbers(path[:end]) for end in range(1, len(path)))
    ]
    titled = [place for place in places if _has(title_of(session, place), plain)]
    return numbered or under or titled or [place for place in places if _has(_whole_title(session, place), plain)]


def path_of(session: Session, place: Place) -> list[Node]:
    """The headings down to a section, itself the last; none where documents are attached."""
    outline, path = session.outline(place.part), [session.node(place)] if place.section else []
    while outline is not None and path and path[0].parent is not None:
        path.insert(0, outline.nodes[path[0].parent])
    return path


def _numbers(path: list[Node]) -> tuple[str, str]:
    """The number of a section alone, and behind those above it: `1` and `ii.1`."""
    labels = [fold(node.label).rstrip(".)") for node in path]
    whole = labels[-1]
    for above in reversed(labels[:-1]):
        whole = whole if whole.startswith(f"{above}.") else f"{above}.{whole}"
    return labels[-1], whole


def _has(title: str, plain: str) -> bool:
    return all(word in fold(title) for word in plain.split())


def _whole_title(session: Session, place: Place) -> str:
    return " ".join([session.asked[place.part].title, *(node.heading for node in path_of(session, place))])


def listed(session: Session) -> Iterator[str]:
    """All sections with how much of each is done, below the items and headings that they belong to."""
    above: list[str] = []
    for place in session.places():
        path = [session.asked[place.part].title, *(node.heading for node in path_of(session, place))]
        for depth, title in enumerate(path[:-1]):
            if path[: depth + 1] != above[: depth + 1]:
                yield f"{'  ' * depth}{title}"
        above, done = path[:-1], session.progress(place)
        yield f"{'  ' * len(above)}{done.mark} {path[-1]} {done.done}/{done.total}"


def title_of(session: Session, place: Place) -> str:
    return session.node(place).heading if place.section else session.asked[place.part].title
