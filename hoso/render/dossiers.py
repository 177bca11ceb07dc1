"""The page of a dossier, as far as it may be shown. Private answers are never looked at here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from hoso.definitions import Checklist, Definitions, Extent, Node, Outline
from hoso.dossiers import Dossier
from hoso.i18n import tr
from hoso.problems import Level, Problem, tally
from hoso.render.answers import AnswerWriter
from hoso.render.boards import state_chip
from hoso.render.extents import Extents, allows, may_show_figures
from hoso.render.findings import finding, gravest_first, unsaid
from hoso.render.holding import Holding, Public
from hoso.render.markup import bar, facts, heading, link, lit, note, table
from hoso.render.neighbours import Neighbours
from hoso.render.pages import Page, Said, board_path, checklist_path, dossier_path
from hoso.render.privacy import Openness
from hoso.render.records import Event, Filed, attachment_lines, history_lines, moment
from hoso.render.tables import words_of
from hoso.render.words import MEDIA, faults, period
from hoso.store import APPRAISAL
from hoso.validate import PartVerdict, SectionVerdict, Verdict


class DossierWriter:
    """Writes the pages of the dossiers of one checklist."""

    def __init__(self, definitions: Definitions, name: str, neighbours: Neighbours | None = None) -> None:
        self.definitions = definitions
        self.name = name
        self.neighbours = neighbours
        self.checklist: Checklist = definitions.checklists[name]
        self.extents = Extents(definitions, self.checklist)
        # The words of every checklist's title, thousands of times over, would make the search slow.
        self.about = tr("Dossier, {period}", period=period(self.checklist.period) or self.checklist.code)
        self.titles = {part.id: part.title for part, _ in self.checklist.parts()}
        self.holding = Holding(definitions, self.checklist)

    def unit_name(self, unit: str) -> str:
        found = self.definitions.unit(unit)
        return found.name if found else unit

    def title(self, unit: str) -> str:
        return tr("{unit}: {checklist}", unit=self.unit_name(unit), checklist=self.checklist.title)

    def page(self, dossier: Dossier, verdict: Verdict, events: Sequence[Event] = ()) -> Page | None:
        """The page, or none where nothing may be shown. `events`: the dossier's history, oldest first."""
        extent = self.extents.of_checklist(dossier.state)
        if extent == "none":
            return None
        sheet = DossierSheet(self, dossier, verdict, extent, events)
        body = "\n".join(sheet.lines())
        return Page(sheet.path, self.title(dossier.unit), body, in_nav=False, search="title", said=tuple(sheet.said),
                    hide=("navigation",))  # fmt: skip


class DossierSheet:
    """Writes one dossier and keeps what it said, for the guard."""

    def __init__(
        self, writer: DossierWriter, dossier: Dossier, verdict: Verdict, extent: Extent, events: Sequence[Event]
    ) -> None:
        self.writer = writer
        self.events = events
        self.dossier = dossier
        self.verdict = verdict
        self.extent = extent
        self.path = dossier_path(dossier.checklist, dossier.unit)
        self.anchors: set[str] = set()
        self.public = Public(writer.holding, dossier, verdict)
        self.parts = {
            part.id: (part, writer.extents.of_part(part.asked.part, dossier.state, dossier))
            for part in verdict.parts.values()
        }
        self.answers = AnswerWriter(writer.definitions, self.public, self.parts)
        self.said = self.answers.said

    def lines(self) -> Iterator[str]:
        dossier, writer = self.dossier, self.writer
        yield from (heading(1, writer.unit_name(dossier.unit)), "")
        if writer.definitions.unit(dossier.unit) is None:
            # Its folder's name is told, which stands in no list that is looked through.
            self.said.append(Said(dossier.path, "unit", dossier.unit))
        yield from facts([
            (tr("Checklist"), link(writer.checklist.title, checklist_path(writer.name), self.path)),
            (tr("State"), self._state()),
            (tr("Progress"), self._progress()),
            (tr("Problems"), self._counted()),
            (tr("Copies ready"), self._copies()),
            (tr("Compare with"), link(tr("all units"), board_path(writer.name), self.path)),
            *(writer.neighbours.facts(dossier.unit, self.path) if writer.neighbours else ()),
        ])  # fmt: skip
        yield from self._unreadable()
        shown = [(part, extent) for part, extent in self.parts.values() if allows(extent, "totals")]
        if shown:
            yield from self._overview(shown)
        for part, extent in shown:
            if part.outline is not None:
                yield from self._part(part, part.outline, extent)
        yield from attachment_lines(list(self._filed()))
        if self.extent == "all":
            yield from self._problems()
        yield from history_lines(self.events)

    def _state(self) -> str:
        """The state, and since when."""
        since = (moment(event.get("at")) for event in reversed(self.events) if event.get("event") == self.dossier.state)
        return f"{state_chip(self.dossier.state)} {lit(next(since, ''))}".rstrip()

    def _filed(self) -> Iterator[Filed]:
        """Attached documents, of parts of which everything may be shown, private fields left out."""
        for address in self.dossier.attachments:
            part, _, rest = address.partition(".")
            found, extent = self.parts.get(part, (None, "none"))
            if found is None or extent != "all":
                continue
            title = self._filed_under(found, rest)
            for one in self.dossier.attached(address) if title else ():
                self.answers.say_file(address, one)
                yield Filed(title, one)

    def _filed_under(self, part: PartVerdict, rest: str) -> str:
        """The part, or the field in it; empty for a field that is not public."""
        if not rest:
            return self._title(part)
        section, _, inner = rest.partition(".")
        node = self.public.nodes(part.id).get(section)
        public = {made.id: made.name for made, _ in self.public.fields(part.id, node)} if node else {}
        name = public.get(inner.partition(".")[0])
        return f"{self._title(part)}: {name}" if name else ""

    def _progress(self) -> str:
        shown = [part for part, extent in self.parts.values() if allows(extent, "totals")]
        if not shown:
            return ""
        told = bar(sum(part.done for part in shown), sum(part.total for part in shown))
        return told if len(shown) == len(self.parts) else f"{told} {lit(tr('(without what is not published)'))}"

    def _unreadable(self) -> Iterator[str]:
        told = [found for found in self.dossier.problems if found.level is Level.ERROR]
        if told:
            yield from note(
                tr("A file of this dossier cannot be read"), "danger", (f"- {lit(place_of(found))}" for found in told)
            )

    def _copies(self) -> str:
        """`Sets of the dossier: 2/2`, and of each item of which the progress may be shown, by kind."""
        told = []
        for one in self.verdict.tallies:
            part, extent = self.parts.get(one.part, (None, self.extent))
            if allows(extent, "totals"):
                name = tr("Sets") if part is None else f"{self._title(part)}, {tr(MEDIA[one.medium])}"
                told.append(lit(f"{name}: {one.have}/{one.want}"))
        return "<br>".join(told)

    def _overview(self, shown: list[tuple[PartVerdict, Extent]]) -> Iterator[str]:
        rows = []
        for part, _ in shown:
            files = sum(len(self.dossier.attached(address)) for address in self._addresses(part.id))
            counts = tally(part.problems)
            rows.append([
                self._overview_title(part), bar(part.done, part.total), str(files or ""),
                str(counts[Level.ERROR] or ""), str(counts[Level.WARNING] or ""),
            ])  # fmt: skip
        head = [tr("Document"), tr("Progress"), tr("Attached files"), tr("Errors"), tr("Warnings")]
        used = [place for place in range(len(head)) if place < 2 or any(row[place] for row in rows)]
        cut = ([row[place] for place in used] for row in rows)
        yield from table([lit(head[place]) for place in used], cut, "llrrr"[: len(used)])

    def _overview_title(self, part: PartVerdict) -> str:
        """Leads to what the page tells of the part."""
        title = self._title(part)
        told = part.outline is not None and any(one.applies for one in part.sections.values())
        return link(title, f"{self.path}#{_part_anchor(part.id)}", self.path) if told else lit(title)

    def _addresses(self, part: str) -> Iterator[str]:
        return (address for address in self.dossier.attachments if address.partition(".")[0] == part)

    def _title(self, part: PartVerdict) -> str:
        return self.writer.titles.get(part.id) or (part.outline.title if part.outline else part.id)

    def _part(self, part: PartVerdict, outline: Outline, extent: Extent) -> Iterator[str]:
        sections = {name: one for name, one in part.sections.items() if one.applies}
        if not sections:
            return
        yield from (heading(2, self._title(part), _part_anchor(part.id)), "")
        self._say_wording(part.id, [outline.nodes[name] for name in sections])
        if allows(extent, "figures"):
            for name, judged in sections.items():
                yield from self._section(part.id, outline.nodes[name], judged, extent)
        else:
            yield from table(
                [lit(tr("Section")), lit(tr("Progress"))],
                ([self.answers.section_link(part, outline.nodes[name]), bar(one.done, one.total)]
                 for name, one in sections.items() if one.total),
            )  # fmt: skip

    def _say_wording(self, part: str, nodes: Iterable[Node]) -> None:
        """Wording kept at hand-in: what it says need not stand in any definition of today."""
        if part not in self.dossier.wording:
            return
        path = f"{self.dossier.path}/frozen/{part}.yaml"
        self.said.append(Said(path, part, self.dossier.wording[part].title))
        for node in nodes:
            fields = (made for made, _ in self.public.fields(part, node))
            names = (name for made in fields for name in words_of(made))
            for text in (node.heading, *names, *(ask.text for ask in node.asks.values())):
                self.said.append(Said(path, f"{part}.{node.id}", text))

    def _section(self, part: str, node: Node, judged: SectionVerdict, extent: Extent) -> Iterator[str]:
        made = self.answers.lines(part, node, extent)
        if made or node.children:
            anchor = _section_anchor(part, node.id)
            if node.heading:
                self.anchors.add(anchor)
                yield from (heading(node.depth + 3, node.heading, anchor), "")
            if judged.done < judged.total:
                yield from (bar(judged.done, judged.total), "")
            yield from made

    @cached_property
    def _serious(self) -> list[Problem]:
        """Of parts of which at least totals are shown; what belongs to no part only where everything is shown."""
        hidden = {name for name, (_, extent) in self.parts.items() if not allows(extent, "totals")}
        return [
            found for found in self.verdict.problems
            if found.level is not Level.HINT and (name := found.key.partition(".")[0]) not in hidden
            and (self.extent == "all" or name in self.parts)
        ]  # fmt: skip

    @cached_property
    def _told(self) -> list[Problem]:
        openness = Openness(self.writer.checklist, self.parts, self.public.names)
        return gravest_first(
            found
            for found in self._serious
            if openness.shows(found) and not is_internal(found) and not self._quotes_before(found)
        )

    def _counted(self) -> str:
        """How many there are, and the way to where they are told one by one."""
        counts = tally(self._serious)
        told = faults(counts[Level.ERROR], counts[Level.WARNING])
        is_listed = self.extent == "all" and self._told
        return link(told, f"{self.path}#van-de", self.path) if told and is_listed else lit(told)

    def _problems(self) -> Iterator[str]:
        if self._told:
            yield from (heading(2, tr("What is wrong"), "van-de"), "")
            yield from (*(f"- {finding(found, self._place(found))}" for found in self._told), "")
            yield from (unsaid(self._serious, self._told), "")
            self.said += [Said(found.path, found.key, found.message) for found in self._told]
            reasons = ((found.key, found.waived) for found in self._told if found.waived)
            self.said += [Said(f"{self.dossier.path}/dossier.yaml", key, reason) for key, reason in reasons]

    def _place(self, found: Problem) -> str:
        part, _, rest = found.key.partition(".")
        section = rest.partition(".")[0]
        anchor = _section_anchor(part, section)
        node = self.public.nodes(part).get(section) if part in self.parts else None
        return link(node.heading, f"{self.path}#{anchor}", self.path) if node and anchor in self.anchors else ""

    def _quotes_before(self, found: Problem) -> bool:
        """Whether a finding may quote a figure of a dossier before that is not published."""
        part = self.verdict.parts.get(found.key.partition(".")[0])
        hidden = part is not None and part.earlier is not None and not may_show_figures(part.earlier)
        return hidden and found.code == "change-unexplained"


def _part_anchor(part: str) -> str:
    return f"tp-{part.replace('_', '-')}"


def _section_anchor(part: str, section: str) -> str:
    return f"{part}-{section}".replace("_", "-")


def is_internal(found: Problem) -> bool:
    """What passes between the superior and the unit is never published: remarks, points, why something came back.
    Nor is what a finding quotes of another dossier."""
    return found.path.endswith(APPRAISAL) or found.code in ("dossier-returned", "item-returned", "before-differs")


def place_of(found: Problem) -> str:
    """Where a problem stands and its code, without any word of what the file says."""
    return f"{found.place} ({found.code})"
