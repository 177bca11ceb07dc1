"""A dossier as it is being filled, to be read: what is asked, what was answered, how it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hoso.definitions import Asked, Node, Outline, Unit
from hoso.definitions.checklist import is_required
from hoso.dossiers import Answer, Attachment, Dossier, Raw, Sheet
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import Field, FileField, NumberField, TableField
from hoso.previous import Before, EarlierPart
from hoso.problems import Fault, Level, Problem, problem
from hoso.references import REFERENCE, Referred, filled, has_references, referred
from hoso.states import state_label
from hoso.store import DOSSIER, PRIVATE
from hoso.tabular import idle_cells, severity
from hoso.validate import MISSING, Names, SectionVerdict, gathered, judge_section, waived_in
from hoso.workspace import Workspace
from tui import leading, remarks
from tui.places import Key, Place, Progress


class OpenDossier:
    """Keeps verdicts on sections until something they look at changes."""

    def __init__(self, workspace: Workspace, checklist: str, unit: str) -> None:
        self.workspace = workspace
        self.dossier: Dossier = workspace.open(checklist, unit)
        self.checklist = workspace.definitions.checklists[checklist]
        self.unit: Unit = workspace.definitions.units[workspace.definitions.former.get(unit, unit)]
        self.asked: dict[str, Asked] = {
            asked.id: asked for asked in workspace.judge.asked(self.checklist, checklist, self.unit)
        }
        self.earlier = workspace.judge.earlier(self.checklist, self.unit)
        self.sheets: dict[str, Sheet] = {}  # of the parts that may be written, whether they have a file yet or not
        self._hidden: dict[str, set[str]] = {}
        self._quoting: set[Place] = set()  # whose text quotes figures of other places
        self._watched: dict[str, set[str]] = {}
        self._sections: dict[Place, SectionVerdict] = {}

    # ---- what is there ----------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        return self.workspace.root / self.dossier.path

    @property
    def days_left(self) -> int | None:
        last = self.checklist.first_deadline()
        return (last - self.workspace.clock.today()).days if last else None

    def outline(self, part: str) -> Outline | None:
        asked = self.asked[part]
        return self.dossier.wording.get(part) or self.workspace.definitions.outlines.get(asked.outline or "")

    def is_unknown(self, part: str) -> bool:
        """Whether nobody can tell what a part asks, since its outline is missing or faulty."""
        return bool(self.asked[part].outline) and self.outline(part) is None

    def node(self, place: Place) -> Node:
        outline = self.outline(place.part)
        if outline is None or place.section is None:
            raise KeyError(place)
        return outline.nodes[place.section]

    def sheet(self, part: str) -> Sheet:
        """The answers to a part; without a file of their own where its file must not be touched."""
        return self.sheets.get(part) or Sheet(self.asked[part].outline or "")

    def places(self, part: str | None = None) -> list[Place]:
        """Everything that can be filled, in order: attachments of a part, then its sections that apply.

        A part whose outline is not to be had stands there as well, with that told of it."""
        out: list[Place] = []
        for asked in self.asked.values():
            if part is not None and asked.id != part:
                continue
            if asked.attach is not None or self.is_unknown(asked.id):
                out.append(Place(asked.id))
            outline = self.outline(asked.id)
            if outline is not None:
                hidden = self._hidden_in(asked.id, outline)
                out += [
                    Place(asked.id, node.id)
                    for node in outline.nodes.values()
                    if node.fillable and node.id not in hidden
                ]
        return out

    def applies(self, place: Place) -> bool:
        """Whether the section is asked of this unit, given its answers so far."""
        outline = self.outline(place.part)
        return outline is None or place.section not in self._hidden_in(place.part, outline)

    def _hidden_in(self, part: str, outline: Outline) -> set[str]:
        if part not in self._hidden:
            names, hidden = Names(self.unit, outline, self.sheet(part)), set[str]()
            for node in outline.nodes.values():
                if node.parent in hidden or not names.meets(node.section.applies, node):
                    hidden.add(node.id)
            self._hidden[part] = hidden
        return self._hidden[part]

    def neighbour(self, place: Place, step: int) -> Place | None:
        places = self.places()
        try:
            at = places.index(place) + step
        except ValueError:
            return places[0] if places else None
        return places[at] if 0 <= at < len(places) else None

    def next_open(self, place: Place | None) -> Place | None:
        """The next place behind this one, round the end, in which something is missing or wrong; None if none is."""
        places = self.places()
        start = places.index(place) + 1 if place in places else 0
        for candidate in places[start:] + places[:start]:
            if self._is_open(candidate) or remarks.wants(self, candidate):
                return candidate
        return None

    def _is_open(self, place: Place) -> bool:
        """Whether something is missing or wrong that nobody waived."""
        found = self.progress(place)
        return bool(found.errors) or not found.is_complete

    def fields(self, place: Place) -> list[str]:
        """The fields to be shown: those that apply, and those that hold an answer though they do not."""
        outline = self.outline(place.part)
        if outline is None or place.section is None:
            return []
        node, sheet = outline.nodes[place.section], self.sheet(place.part)
        names = Names(self.unit, outline, sheet)
        return [
            name
            for name, made in node.fields.items()
            if names.meets(made.only_when, node) or sheet.raw(node.id, name) is not None
        ]

    def asks(self, place: Place) -> list[str]:
        """The asks of a section that apply to this unit."""
        outline = self.outline(place.part)
        if outline is None or place.section is None:
            return []
        node = outline.nodes[place.section]
        names = Names(self.unit, outline, self.sheet(place.part), waived_in(self.dossier, place.part))
        return [name for name, ask in node.asks.items() if names.meets(ask.applies, node)]

    def is_needed(self, key: Key) -> bool:
        """Whether the field has to be answered, as things stand."""
        need, outline = self.field(key).required, self.outline(key.part)
        if isinstance(need, bool) or outline is None:
            return need is True
        return Names(self.unit, outline, self.sheet(key.part)).meets(need, outline.nodes[key.section])

    # ---- answers ----------------------------------------------------------------------------------------

    def answer(self, key: Key) -> Answer:
        return self.sheet(key.part).answer(key.section, key.name)

    def raw(self, key: Key) -> Raw:
        return self.sheet(key.part).raw(key.section, key.name)

    def ask(self, key: Key) -> Raw:
        return self.sheet(key.part).ask(key.section, key.name)

    def field(self, key: Key) -> Field:
        return self.node(Place(key.part, key.section)).fields[key.name]

    def earlier_part(self, part: str) -> EarlierPart | None:
        """The same part in the dossier of the period before."""
        return self.earlier.part(self.asked[part]) if self.earlier else None

    def names(self, part: str, outline: Outline) -> Names:
        """What names mean in a part, its other items and the dossier before included."""
        earlier = self.earlier_part(part)
        names = Names(self.unit, outline, self.sheet(part), waived_in(self.dossier, part), earlier)
        names.peer = self.workspace.judge.peers(self.dossier, self.unit, earlier)
        return names

    def quoted(self, key: Key) -> list[tuple[str, Referred | None]]:
        """The figures that a text quotes, as written and as they are now."""
        text, outline = self.answer(key).value, self.outline(key.part)
        if not has_references(text) or outline is None:
            return []
        names, node = self.names(key.part, outline), self.node(key.place)
        written = dict.fromkeys(found[1] for found in REFERENCE.finditer(str(text)))
        return [(name, referred(names, node, name)) for name in written]

    def as_printed(self, key: Key) -> str:
        """A text with the figures of now in it, as light Markdown."""
        text, outline = self.answer(key).value, self.outline(key.part)
        if not isinstance(text, str) or outline is None:
            return ""
        return filled(text, self.names(key.part, outline), self.node(key.place))

    def before(self, key: Key) -> Before | None:
        """What the dossier of the period before says of a figure that is compared with it."""
        made, earlier = self.field(key), self.earlier_part(key.part)
        if earlier is None or not isinstance(made, NumberField) or not made.compare:
            return None
        return earlier.figure(self.node(key.place), made)

    def attached(self, address: str) -> list[Attachment]:
        return self.dossier.attached(address)

    # ---- judging ----------------------------------------------------------------------------------------

    def judged(self, place: Place) -> SectionVerdict:
        """The verdict on one section as it stands now."""
        if place not in self._sections:
            self._sections[place] = self._judge(place)
        return self._sections[place]

    def _judge(self, place: Place) -> SectionVerdict:
        outline = self.outline(place.part)
        if outline is None or place.section is None:
            return self._judge_attachments(place)
        if not self.is_asked(place.part):
            return SectionVerdict()
        names = self.names(place.part, outline)
        if any(has_references(raw) for raw in (names.sheet.answers.get(place.section) or {}).values()):
            self._quoting.add(place)
        held = self.workspace.judge.held(self.dossier, place.part, outline)
        node = outline.nodes[place.section]
        verdict = judge_section(node, names, held)
        for name in (name for name, made in node.fields.items() if isinstance(made, FileField)):
            verdict.findings += [(name, fault) for fault in held(f"{node.id}.{name}").faults]
        return verdict

    def is_asked(self, part: str) -> bool:
        """Whether a part must be filled: one that need not counts only once it was begun."""
        return is_required(self.asked[part].part.required, self.unit) or part in self.dossier.sheets

    def _judge_attachments(self, place: Place) -> SectionVerdict:
        asked, findings = self.asked[place.part], list[tuple[str, Fault]]()
        if self.is_unknown(asked.id):
            findings.append((asked.id, Fault("outline-unreadable", {"name": asked.outline or ""})))
        if asked.attach is None:
            return SectionVerdict(0, len(findings), findings)
        part = self.workspace.judge.attachments(self.dossier, asked, self.unit)
        findings += [(asked.id, Fault(found.code, dict(found.params))) for found in part.problems]
        return SectionVerdict(part.done, part.total + self.is_unknown(asked.id), findings)

    def findings(self, place: Place) -> list[tuple[str, Fault]]:
        """What is missing or wrong at a place, by field; what is waived left out."""
        waived = {(waiver.code, waiver.key) for waiver in self.dossier.waivers}

        def stands(at: str, fault: Fault) -> bool:
            key = f"{place.part}.{place.section}.{at}" if place.section else place.part
            return (fault.code, key) not in waived and (fault.code, "") not in waived

        return [(at, fault) for at, fault in self.judged(place).findings if stands(at, fault)]

    def progress(self, place: Place) -> Progress:
        judged = self.judged(place)
        standing = self.findings(place)
        errors = sum(severity(fault) is Level.ERROR for _, fault in standing)
        waived = _missing(judged.findings) - _missing(standing)
        return Progress(judged.done, judged.total, errors, min(waived, judged.total - judged.done))

    def part_progress(self, part: str) -> Progress:
        out = Progress()
        for place in self.places(part):
            out.add(self.progress(place))
        return out

    def subtree_progress(self, place: Place) -> Progress:
        """Of a section with all that stands below it."""
        out = Progress()
        outline = self.outline(place.part)
        waiting = [place.section] if outline and place.section else []
        while waiting and outline:
            node = outline.nodes[waiting.pop() or ""]
            waiting += node.children
            if node.fillable and self.applies(Place(place.part, node.id)):
                out.add(self.progress(Place(place.part, node.id)))
        return out

    def total_progress(self) -> Progress:
        out = Progress()
        for place in self.places():
            out.add(self.progress(place))
        return out

    def cell_faults(self, key: Key) -> list[tuple[str, Fault]]:
        """What is wrong inside a table or score sheet, by `row.column`; what is missing or waived left out."""
        prefix, waived = f"{key.name}.", waived_in(self.dossier, key.part)
        return [
            (name.removeprefix(prefix), fault)
            for name, fault in self.judged(Place(key.part, key.section)).findings
            if name.startswith(prefix)
            and fault.code not in MISSING
            and not (waived and waived(f"{key.section}.{name}", fault.code))
        ]

    def idle_cells(self, key: Key) -> set[tuple[str, str]]:
        """The cells of a table, by row and column, that are not to be filled as things stand."""
        made, raw, outline = self.field(key), self.raw(key), self.outline(key.part)
        if not isinstance(made, TableField) or outline is None:
            return set()
        node, names = outline.nodes[key.section], Names(self.unit, outline, self.sheet(key.part))
        value = raw if isinstance(raw, dict) and "absent" not in raw else {}
        return set(idle_cells(made, value, lambda name: names.look(name, node), self.unit.in_group))

    def faults_at(self, key: Key) -> list[Fault]:
        """What is wrong with one field or ask, what is merely missing left out."""
        name = f"asks.{key.name}" if key.target == "ask" else key.name or key.part
        judged = self.judged(Place(key.part, key.section or None))
        return [fault for found, fault in judged.findings if found == name and fault.code not in MISSING]

    def problems(self) -> list[Problem]:
        """Every problem of the dossier as it stands, in the order of the checklist; a table's blank cells are one."""
        return gathered(self.workspace.verdict(self.dossier).problems)

    def place_of(self, found: Problem) -> tuple[Place, Key | None] | None:
        """Where a problem is to be mended; None if no screen shows that place."""
        part, _, rest = found.key.partition(".")
        if part not in self.asked:
            return leading.across_items(self, found.key)
        section, _, name = rest.partition(".")
        outline = self.outline(part)
        if outline is None or section not in outline.nodes:
            spoken_of = leading.across_sections(self, part, rest)
            if spoken_of is not None:
                return spoken_of
            first = next(iter(self.places(part)), None)
            return (first, None) if first is not None else None
        place = Place(part, section)
        if name.startswith("asks."):
            return place, Key("ask", part, section, name.removeprefix("asks."))
        name = name.partition(".")[0]
        return place, Key("field", part, section, name) if name in outline.nodes[section].fields else None

    def shown_at(self, key: Key) -> Place:
        """The place that shows what an edit touched."""
        if key.part not in self.asked:  # the dossier as a whole
            return next(iter(self.places()), Place(next(iter(self.asked))))
        if key.section or self.asked[key.part].attach is not None:
            return key.place
        return next(iter(self.places(key.part)), key.place)

    def _forget(self, key: Key) -> None:
        """Forgets what was judged of a place, and of the whole part where a condition looks at the field."""
        if key.part not in self.asked:
            return
        for place in (key.place, *self._quoting):
            self._sections.pop(place, None)
        if f"{key.section}.{key.name}" in self._names_watched(key.part):
            self._hidden.pop(key.part, None)
            self._sections = {place: judged for place, judged in self._sections.items() if place.part != key.part}

    def _names_watched(self, part: str) -> set[str]:
        """The fields that conditions of the part look at from other sections."""
        if part not in self._watched:
            outline = self.outline(part)
            nodes = outline.nodes.values() if outline else ()
            self._watched[part] = {name for node in nodes for made in _conditions(node) for name in made.names}
        return self._watched[part]

    def forget_judged(self) -> None:
        """After answers changed by another way than typing: a merge."""
        self._sections.clear()
        self._hidden.clear()

    # ---- what cannot be written -------------------------------------------------------------------------

    def unwritable(self, part: str = "") -> Problem | None:
        """Why this part (or, without one, `dossier.yaml`) must not be written: its file is there and was not
        understood whole, so that writing it would lose something."""
        if not part and not (self.folder / DOSSIER).exists():
            return None
        files = (f"{part}.yaml", f"{part}{PRIVATE}") if part else (DOSSIER,)
        paths = {f"{self.dossier.path}/{file}" for file in files}
        found = next((found for found in self.dossier.problems if found.path in paths), None)
        if found is not None or not part or part in self.dossier.sheets:
            return found
        lost = (self.folder / f"{part}.yaml").exists() and part not in self.sheets
        return problem("answer-shape", f"{self.dossier.path}/{part}.yaml", part) if lost else None

    def closed_because(self, part: str) -> str:
        """Why nothing can be written in a part now, in words; empty if it can."""
        if self.dossier.is_open and not self.dossier.opens(part):
            return problem("item-closed", self.dossier.path, part).message
        if not self.dossier.is_open:
            return problem("dossier-closed", self.dossier.path, state=state_label(self.dossier.state)).message
        if self.is_unknown(part) and self.asked[part].attach is None:
            unknown = problem("outline-unreadable", self.dossier.path, part, name=self.asked[part].outline or "")
            return f"{unknown.message} {unknown.remedy}"
        found = self.unwritable(part) or (self.unwritable() if self.asked[part].attach else None)
        if found is not None:
            place = found.place.rpartition("/")[2]
            words = {"file": place, "why": found.message, "remedy": found.remedy}
            return tr("{file} cannot be changed here: {why} {remedy}", **words)
        return ""


def _conditions(node: Node) -> Iterator[Formula]:
    """Every condition of a section that may look at answers."""
    made = [node.section.applies, *(ask.applies for ask in node.asks.values())]
    for field in node.fields.values():
        made += [field.only_when, None if isinstance(field.required, bool) else field.required]
    return (condition for condition in made if condition is not None)


def _missing(findings: Iterable[tuple[str, Fault]]) -> int:
    return sum(fault.code in MISSING for _, fault in findings)
