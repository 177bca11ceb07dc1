"""Finding places of a dossier by words, and saying where a place is. Plain functions over a session."""

from __future__ import annotations

from typing import NamedTuple

from hoso.definitions import Node
from hoso.problems import Problem
from tui.fitting import clipped
from tui.places import Key, Place
from tui.session import Session


class Found(NamedTuple):
    """A place that can be gone to: its words, and more words by which it is found."""

    place: Place
    key: Key | None
    words: str
    more: str = ""


def everything(session: Session) -> list[Found]:
    """Every part, section, ask and field, in order."""
    out: list[Found] = []
    for asked in session.asked.values():
        if asked.attach is not None:
            out.append(Found(Place(asked.id), None, asked.title))
        outline = session.outline(asked.id)
        for node in outline.nodes.values() if outline else ():
            out += _of_section(session, Place(asked.id, node.id), node)
    return out


def _of_section(session: Session, place: Place, node: Node) -> list[Found]:
    if not session.applies(place):
        return []
    section, above = node.id, clipped(node.heading, 30)
    out = [Found(place, None, node.heading, node.section.prompt)]
    for name in session.asks(place):
        key = Key("ask", place.part, section, name)
        out.append(Found(place, key, f"{above} › {node.asks[name].text}"))
    for name in session.fields(place):
        key = Key("field", place.part, section, name)
        value = session.answer(key).value
        written = value if isinstance(value, str) else ""
        out.append(Found(place, key, f"{above} › {node.fields[name].name}", written))
    return out


def where(session: Session, found: Problem) -> str:
    """Where a problem is, in words: `2.1. Về xây dựng … › Kết quả đạt được`; empty if no screen shows it."""
    target = session.place_of(found)
    if target is None:
        return ""
    place, key = target
    if place.section is None:
        return session.asked[place.part].title
    node = session.node(place)
    if key is None:
        return node.heading
    made = node.asks[key.name].text if key.target == "ask" and key.name in node.asks else key.name
    return f"{clipped(node.heading, 30)} › {node.fields[key.name].name if key.target == 'field' else made}"
