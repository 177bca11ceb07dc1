"""Writes what stands on paper: the sections in the order of the outline, their fields as they print, what is missing.

It only reads. What does not print, the marks of what is missing or wrong, stands beside what does."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from hoso.definitions import Node
from hoso.definitions.rating import level_labels
from hoso.dossiers import Answer, answer_of
from hoso.i18n import tr
from hoso.kinds import Field, FileField, MarkField, NumberField, TextField
from hoso.problems import Fault, Level
from hoso.references import has_references, referred
from hoso.render.answers import ABSENT
from hoso.render.words import period
from hoso.text import fold, shown_size
from hoso.validate import MISSING
from tui.finding import number_of
from tui.paper.blocks import Block
from tui.paper.forms import OPEN, form_blocks
from tui.places import Key, Place
from tui.session import Session
from tui.wording import level_of, said

DOTS = "……………"  # where something is to be written, as on a blank form


class Extent(Enum):
    """How much of a dossier is shown at once."""

    SECTION = "section"
    ITEM = "item"
    DOSSIER = "dossier"


def written(session: Session, extent: Extent, place: Place) -> Iterator[Block]:
    """The dossier, the item or the section of a place, as far as it is asked for."""
    if extent is Extent.DOSSIER:
        yield from _dossier(session)
    elif extent is Extent.ITEM or place.section is None:
        yield from _item(session, place.part)
    else:
        yield from _tree(session, place)


def _dossier(session: Session) -> Iterator[Block]:
    for count, part in enumerate(session.asked):
        if count:
            yield Block("page", "", Place(part))
        yield from _item(session, part)


def _item(session: Session, part: str) -> Iterator[Block]:
    asked, outline = session.asked[part], session.outline(part)
    here = Place(part)
    yield Block("office", session.unit.name, here, aside=outline.code if outline else "")
    yield Block("title", (outline.title if outline else asked.title).upper(), here)
    if outline is not None and outline.period:
        yield Block("under", _capital(period(outline.period)), here)
    if asked.attach is not None:
        yield from _attached(session, part)
    for node in outline.nodes.values() if outline else ():
        yield from _section(session, Place(part, node.id), node)


def _tree(session: Session, place: Place) -> Iterator[Block]:
    """A section with all below it."""
    node = session.node(place)
    yield from _section(session, place, node)
    for child in node.children:
        yield from _tree(session, Place(place.part, child))


def _attached(session: Session, part: str) -> Iterator[Block]:
    here, key = Place(part), Key("files", part)
    for count, one in enumerate(session.attached(part), 1):
        yield Block("entry", f"{count}. {one.file.rpartition('/')[2]} ({shown_size(one.size)})", here, key)
    claimed = session.dossier.claimed.get(part)
    if session.asked[part].levels is not None and claimed:
        label = level_labels(session.asked[part], None, session.workspace.definitions.lists).get(claimed, claimed)
        yield Block("entry", f"{tr('Level that you claim')}: {label}", here, Key("claim", part))
    for _, fault in session.findings(here):
        yield note(here, Key("claim", part) if fault.code == "level-not-claimed" else key, fault)


# ---- a section --------------------------------------------------------------------------------------------------


def _section(session: Session, place: Place, node: Node) -> Iterator[Block]:
    if not session.applies(place):
        return
    if node.heading:
        yield Block("heading", node.heading, place, depth=node.depth, aside=number_of(session, place, node))
    if node.fillable:
        yield from _Section(session, place, node).blocks()


class _Section:
    """One section while it is written."""

    def __init__(self, session: Session, place: Place, node: Node) -> None:
        self.session = session
        self.place = place
        self.node = node
        self.findings = session.findings(place)
        self.told: set[str] = set()  # of which fields and asks the findings were said

    def blocks(self) -> Iterator[Block]:
        for name in self.session.fields(self.place):
            self.told.add(name)
            yield from self._field(Key("field", self.place.part, self.node.id, name), self.node.fields[name])
        for name in self.session.asks(self.place):
            self.told.add(f"asks.{name}")
            yield from self._ask(Key("ask", self.place.part, self.node.id, name))
        for at, fault in self.findings:
            if at not in self.told and at.partition(".")[0] not in self.told:
                yield note(self.place, None, fault)

    def _field(self, key: Key, made: Field) -> Iterator[Block]:
        answer = self.session.answer(key)
        faults = [fault for at, fault in self.findings if at == key.name]
        if made.tabular and answer.absent is None:
            yield from self._label(key, made)
            prefix = f"{key.name}."
            inside = [(at.removeprefix(prefix), fault) for at, fault in self.findings if at.startswith(prefix)]
            yield from form_blocks(self.session, key, inside)
            yield from (note(self.place, key, fault) for fault in faults)
            return
        elif isinstance(made, TextField) and made.lines != 1:
            yield from self._prose(key, made, answer, faults)
        else:
            yield from self._entry(key, made, answer, faults)
        yield from (note(self.place, key, fault) for fault in faults if fault.code != "answer-missing")

    def _label(self, key: Key, made: Field) -> Iterator[Block]:
        """The name of a field over what it holds, unless the heading says the same."""
        if fold(made.name) != fold(self.node.title):
            yield Block("label", f"{made.name}:", self.place, key)

    def _prose(self, key: Key, made: Field, answer: Answer, faults: list[Fault]) -> Iterator[Block]:
        if answer.absent is not None:
            yield Block("entry", f"- {made.name}: {absent(answer)}", self.place, key)
        elif not answer.is_blank:
            yield from self._label(key, made)
            yield Block("prose", self._printed(key, str(answer.value)), self.place, key)
        elif any(fault.code == "answer-missing" for fault in faults):
            yield Block("entry", f"- {made.name}: {DOTS}", self.place, key, note=_open(), level=Level.HINT)

    def _printed(self, key: Key, text: str) -> str:
        return self.session.as_printed(key) if has_references(text) else text.replace("\\{{", "{{")

    def _entry(self, key: Key, made: Field, answer: Answer, faults: list[Fault]) -> Iterator[Block]:
        missing = any(fault.code == "answer-missing" for fault in faults)
        told = self._told(key, made, answer)
        if isinstance(made, MarkField) and answer.absent is None:
            yield Block("entry", f"{'☑' if answer.value == 'x' else '☐'} {made.name}", self.place, key)
        elif told:
            yield Block("entry", f"- {made.name}: {told}", self.place, key)
        elif missing or self._is_form:
            yield Block("entry", f"- {made.name}: {DOTS}", self.place, key, note=_open() if missing else "",
                        level=Level.HINT)  # fmt: skip

    @property
    def _is_form(self) -> bool:
        outline = self.session.outline(self.place.part)
        return outline is not None and outline.layout == "form"

    def _told(self, key: Key, made: Field, answer: Answer) -> str:
        """What is printed behind the label; empty where nothing is."""
        if answer.absent is not None:
            return absent(answer)
        if isinstance(made, FileField):
            return "; ".join(one.file.rpartition("/")[2] for one in self.session.attached(key.address))
        if isinstance(made, NumberField):
            return self._figure(key, made, answer)
        if answer.is_blank:
            return ""
        return self._printed(key, made.shown(answer.value)) if isinstance(made, TextField) else made.shown(answer.value)

    def _figure(self, key: Key, made: NumberField, answer: Answer) -> str:
        """With the measure; a compared one also says by how much it changed."""
        outline = self.session.outline(key.part)
        if outline is None or (answer.is_blank and made.compute is None):
            return ""
        if not answer.is_blank and not answer.before:
            return made.shown_with_measure(answer.value)
        names = self.session.names(key.part, outline)
        value, change = (referred(names, self.node, f"{key.name}{end}") for end in ("", ".change"))
        shown = made.shown_with_measure(answer.value) if not answer.is_blank else (value.shown or "" if value else "")
        if answer.before and change is not None and change.shown:
            return f"{shown}, {change.shown}"
        return shown

    def _ask(self, key: Key) -> Iterator[Block]:
        """What is not covered prints with its reason; what is covered stands in the text."""
        ask = self.node.asks[key.name]
        kept = self.session.ask(key)
        answer = answer_of(kept) if isinstance(kept, dict) and "absent" in kept else None
        if answer is not None and answer.absent is not None:
            yield Block("entry", f"- {ask.text}: {absent(answer)}", self.place, key)
        for at, fault in self.findings:
            if at == f"asks.{key.name}":
                yield note(self.place, key, fault)


# ---- words ------------------------------------------------------------------------------------------------------


def absent(answer: Answer) -> str:
    """Why there is nothing, in the words that print."""
    words = tr(ABSENT.get(str(answer.absent), ABSENT["pending"]))
    return f"{words}: {answer.because}" if answer.because else words


def note(place: Place, key: Key | None, fault: Fault) -> Block:
    """What is missing or wrong; it does not print."""
    if fault.code in MISSING:
        told = said(fault, remedy=False).partition(": ")[2]
        return Block("note", f"{OPEN} {told}", place, key, level=Level.HINT)
    return Block("note", said(fault, remedy=False), place, key, level=level_of(fault))


def _open() -> str:
    return f"{OPEN} {tr('not answered')}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
