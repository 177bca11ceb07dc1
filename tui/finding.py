"""Finding places of a dossier by words or by number, and saying where a place is. Plain functions over a session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hoso.definitions import Node
from hoso.dossiers import WHOLE, answer_of
from hoso.i18n import mark, tr
from hoso.kinds import NumberField
from hoso.problems import Problem
from hoso.text import composed, fold
from tui import remarks
from tui.cell_notes import place_words
from tui.differing import grid_of
from tui.fitting import clipped
from tui.grids import Grid
from tui.places import Key, Place
from tui.session import Session

KINDS = {
    "section": mark("Section"), "ask": mark("To cover"), "field": mark("Field"), "answer": mark("Answer"),
    "prompt": mark("Prompt"), "guidance": mark("Guidance"), "remark": mark("Remark"),
}  # fmt: skip
_NUMBER = re.compile(r"[\w.)]{1,12}")
_AROUND = 24  # characters shown before the first word found in a long text
_EXCERPT = 110  # cells
_MOST = 200


class Found(NamedTuple):
    """A place that can be gone to: what kind of text stands there, the text, the heading above it, its number."""

    place: Place
    key: Key | None
    kind: str
    text: str
    where: str = ""
    number: str = ""


class Hit(NamedTuple):
    """Something found: an excerpt of its text and where in that the words stand."""

    at: int  # in the list of what can be found
    found: Found
    excerpt: str
    spans: tuple[tuple[int, int], ...]


def everything(session: Session) -> list[Found]:
    """Every part, section, prompt, ask, field, answer and guidance, in order."""
    out: list[Found] = []
    for asked in session.asked.values():
        title, outline = asked.title, session.outline(asked.id)
        first = Place(asked.id) if asked.attach is not None else next(iter(session.places(asked.id)), None)
        if first is not None:
            out.append(Found(first, None, "section", title))
            texts = [asked.part.note, asked.because, outline.guidance if outline else ""]
            out += [Found(first, None, "guidance", text, title) for text in texts if text]
        out += _remarked(session, asked.id, title)
        for node in outline.nodes.values() if outline else ():
            out += _of_section(session, Place(asked.id, node.id), node)
    return out


def _remarked(session: Session, part: str, title: str) -> Iterator[Found]:
    for remark in remarks.of_part(session, part):
        place = remarks.place_of(session, part, remark)
        if place is not None and session.applies(place):
            key = Key("field", part, remark.section, remark.field) if remark.field and place.section else None
            yield Found(place, key, "remark", remark.text, session.node(place).heading if place.section else title)


def _of_section(session: Session, place: Place, node: Node) -> Iterator[Found]:
    if not session.applies(place):
        return
    section, above = node.id, clipped(node.heading, 60)
    yield Found(place, None, "section", node.heading, session.asked[place.part].title, number_of(session, place, node))
    if node.section.prompt:
        yield Found(place, None, "prompt", node.section.prompt, above)
    for name in session.asks(place):
        yield Found(place, Key("ask", place.part, section, name), "ask", node.asks[name].text, above)
    for name in session.fields(place):
        key, made = Key("field", place.part, section, name), node.fields[name]
        yield Found(place, key, "field", made.name, above)
        if made.hint:
            yield Found(place, key, "guidance", made.hint, f"{above} › {made.name}")
        told = _written(session, key)
        if told:
            yield Found(place, key, "answer", told, f"{above} › {made.name}")


def _written(session: Session, key: Key) -> str:
    """An answer as text: of a table all its texts and figures, parted by a dot."""
    raw, made = session.raw(key), session.field(key)
    answer = answer_of(raw)
    if answer is None:
        rows = raw.values() if isinstance(raw, dict) else ()
        cells = (value for row in rows if isinstance(row, dict) for value in row.values())
        return " · ".join(str(told.value) for told in map(answer_of, cells) if told and not told.is_blank)
    return made.shown(answer.value) if not answer.is_blank and answer.absent is None else answer.because


def number_of(session: Session, place: Place, node: Node) -> str:
    """The numbers from the top down, as one may type them: `II.2.1`, where the sheet itself prints `2.1.`"""
    outline, labels = session.outline(place.part), [node.label]
    while outline is not None and node.parent is not None:
        node = outline.nodes[node.parent]
        if not labels[0].startswith(_bare(node.label) + "."):
            labels.insert(0, node.label)
    return ".".join(filter(None, map(_bare, labels)))


def _bare(label: str) -> str:
    return label.strip(" .()-–•+").casefold()


class Finder:
    """Searches a list of what can be found. Words with marks are meant as written, words without find both."""

    def __init__(self, found: list[Found]) -> None:
        self.found = found
        self._flat = [" ".join(composed(one.text).split()) for one in found]
        self._lower = [text.lower() for text in self._flat]
        self._folded = [fold(text) for text in self._lower]

    def search(self, query: str) -> list[Hit]:
        """A section of that number first, then sections, then the rest by kind, in the order of the dossier."""
        words = query.split()
        if not words:
            return [Hit(at, one, one.text, ()) for at, one in enumerate(self.found) if one.kind == "section"]
        numbered = self._numbered(query) if _NUMBER.fullmatch(query.strip()) else []
        order = list(KINDS)
        hits = sorted(self._matching(words), key=lambda at: order.index(self.found[at].kind))
        chosen = [*numbered, *(at for at in hits if at not in set(numbered))][:_MOST]
        return [self._hit(at, words) for at in chosen]

    def _hit(self, at: int, words: list[str]) -> Hit:
        """The excerpt begins a little before the first word found. Folding hardly ever changes where it stands."""
        flat, begin = self._flat[at], 0
        if len(flat) > _EXCERPT:
            places = [self._lower[at].find(composed(word).lower()) for word in words]
            places += [self._folded[at].find(fold(word)) for word in words if max(places) < 0]
            first = min((place for place in places if place >= 0), default=0)
            begin = flat.rfind(" ", 0, max(0, first - _AROUND)) + 1
        excerpt = f"{'…' if begin else ''}{clipped(flat[begin : begin + 2 * _EXCERPT], _EXCERPT)}"
        return Hit(at, self.found[at], excerpt, spans(excerpt, words))

    def _numbered(self, query: str) -> list[int]:
        """`2.3` is the end of `II.2.3`; a number in full comes before one of which it is the end."""
        sought = _bare(query)
        ends = [at for at, one in enumerate(self.found)
                if one.number and (one.number == sought or one.number.endswith(f".{sought}"))]  # fmt: skip
        return sorted(ends, key=lambda at: self.found[at].number != sought) if sought else []

    def _matching(self, words: list[str]) -> Iterator[int]:
        sought = [(composed(word).lower(), fold(word)) for word in words]
        for at, (lower, folded) in enumerate(zip(self._lower, self._folded, strict=True)):
            if all(plain in folded and (plain == word or word in lower) for word, plain in sought):
                yield at


def spans(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, as it is shown: beginning and end of each."""
    letters = [fold(letter) for letter in text]
    origins = [place for place, letter in enumerate(letters) for _ in letter]
    folded, lower, out = "".join(letters), text.lower(), []
    for word in words:
        meant, plain = composed(word).lower(), fold(word)
        start = folded.find(plain)
        while plain and start != -1:
            begin, end = origins[start], origins[start + len(plain) - 1] + 1
            if meant == plain or lower[begin:end] == meant:
                out.append((begin, end))
            start = folded.find(plain, start + 1)
    return tuple(sorted(set(out)))


def elsewhere(session: Session, place: Place) -> list[Found]:
    """Figures of other sections that have the label or the id of one that this section asks for."""
    if place.section is None:
        return []
    fields = session.node(place).fields
    own = {name: made for name, made in fields.items() if isinstance(made, NumberField)}
    if not own:
        return []
    names, labels = set(own), {fold(made.name) for made in own.values()}
    out = []
    for other in session.places():
        if other == place or other.section is None:
            continue
        node = session.node(other)
        for name, made in node.fields.items():
            key = Key("field", other.part, other.section, name)
            if isinstance(made, NumberField) and (name in names or fold(made.name) in labels):
                value = session.answer(key).value
                if isinstance(value, str):
                    words = f"{made.name}: {made.shown_with_measure(value)} · {clipped(node.heading, 40)}"
                    out.append(Found(other, key, "field", words, node.heading))
    return out


def kind_label(kind: str) -> str:
    return tr(KINDS[kind])


def where(session: Session, found: Problem) -> str:
    """Where a problem is, in words: `2.1. Về xây dựng … › Kết quả đạt được`; empty if no screen shows it."""
    part, _, rest = found.key.partition(".")
    if part not in session.asked:
        return tr("The dossier as a whole") if found.key == WHOLE else ""
    target, outline = session.place_of(found), session.outline(part)
    if target is None:
        return ""
    place, key = target
    if place.section is None or outline is None or rest.partition(".")[0] not in outline.nodes:
        return session.asked[part].title
    node = session.node(place)
    if key is None:
        return node.heading
    made = node.asks[key.name].text if key.target == "ask" and key.name in node.asks else key.name
    return f"{clipped(node.heading, 30)} › {node.fields[key.name].name if key.target == 'field' else made}"


def wheres(session: Session, problems: Iterable[Problem]) -> dict[str, str]:
    """Where problems are, by their keys; those inside a table with the heads of the cell."""
    grids: dict[Key, Grid | None] = {}
    out = {}
    for one in problems:
        target = session.place_of(one)
        key = target[1] if target else None
        is_inside = key is not None and key.target == "field" and one.key.startswith(f"{key.address}.")
        inner = one.key.removeprefix(f"{key.address}.") if key is not None and is_inside else one.key
        told = where(session, one)
        if key is not None and inner != one.key:
            if key not in grids:
                grids[key] = grid_of(session.field(key), session.raw(key))
            told = " › ".join(filter(None, [told, _cell_words(grids[key], inner)]))
        out[one.key] = told or ("" if one.line is not None else tr("The whole dossier"))
    return out


def _cell_words(grid: Grid | None, address: str) -> str:
    at = grid.place(address) if grid is not None else None
    if grid is None or at is None:
        return ""
    return place_words(grid, (at[0], at[1])) if at[1] is not None else grid.head(at[0]).words
