"""The page of a dossier, as far as it may be shown. Private answers are never looked at here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any

from hoso.checks import shown as shown_figure
from hoso.definitions import Checklist, Definitions, Extent, Node, Outline, Unit
from hoso.definitions.disclosing import Disclosing, is_sensitive, of_checklist
from hoso.dossiers import Answer, Attachment, Dossier, Sheet, answer_of
from hoso.i18n import mark, tr
from hoso.kinds import Field, FieldBase, FileField, MarkField, NumberField, ScoringField, TableField, TextField
from hoso.kinds.keeping_private import public, public_value
from hoso.kinds.scoring import score
from hoso.previous import EarlierPart
from hoso.problems import Level, Problem, tally
from hoso.references import Referred, filled, has_references
from hoso.render.boards import state_chip
from hoso.render.extents import Extents, allows, may_show_figures
from hoso.render.findings import finding, gravest_first, unsaid
from hoso.render.markup import bar, facts, heading, link, lit, note, prose, table
from hoso.render.neighbours import Neighbours
from hoso.render.pages import Page, Said, board_path, checklist_path, dossier_path, outline_path, section_anchor
from hoso.render.privacy import Openness
from hoso.render.records import SUM, Event, Filed, attachment_lines, compared, history_lines, moment
from hoso.render.revealing import words_of_file
from hoso.render.tables import scoring_html, table_html, words_of
from hoso.render.words import MEDIA, faults, period
from hoso.store import APPRAISAL
from hoso.text import shown_size
from hoso.validate import Names, PartVerdict, SectionVerdict, Verdict

ABSENT = {
    "nil": mark("nothing to report"), "pending": mark("no figures yet"), "not_applicable": mark("not applicable"),
    "withheld": mark("withheld"),
}  # fmt: skip


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
        self._held_now: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self._disclosing: dict[tuple[tuple[str, int], ...], tuple[Disclosing, object]] = {}

    def unit_name(self, unit: str) -> str:
        found = self.definitions.units.get(unit)
        return found.name if found else unit

    @cached_property
    def now(self) -> Disclosing:
        """By the definitions of now: of every outline that any unit fills."""
        return of_checklist(self.checklist, self.definitions.outlines)

    def held_now(self, part: str, outline: str, section: str, field: str) -> bool:
        """The same for a field as a dossier knows it, which may have had other ids then."""
        if (part, outline) not in self._held_now:
            self._held_now[part, outline] = set(self._all_held(part, outline))
        return (section, field) in self._held_now[part, outline]

    def _all_held(self, part: str, outline: str) -> Iterator[tuple[str, str]]:
        found = self.definitions.outlines.get(outline)
        for node in found.nodes.values() if found else ():
            for made in node.fields.values():
                if made.private or is_sensitive(made) or self.now.holds(part, outline, node.id, made.id):
                    yield from product((node.id, *node.section.was), (made.id, *made.was))

    def disclosing(self, verdict: Verdict) -> Disclosing:
        """By the wording that a dossier was filled by; most dossiers share one."""
        parts = [(one.id, one.asked.outline or "", one.outline) for one in verdict.parts.values() if one.outline]
        key = tuple((part, id(outline)) for part, _, outline in parts)
        if key not in self._disclosing:
            # The outlines are kept beside, or another could come to have the same id.
            self._disclosing[key] = Disclosing(parts, self.checklist), parts
        return self._disclosing[key][0]

    def held_then(self, earlier: EarlierPart, node: Node, made: Field) -> bool:
        """The same for a field of the dossier of the period before."""
        if earlier.outline is None:
            return True
        name = earlier.sheet.outline if earlier.sheet else ""
        key = ((f"then {earlier.id}", id(earlier.outline)),)
        if key not in self._disclosing:
            self._disclosing[key] = Disclosing([(earlier.id, name, earlier.outline)]), earlier.outline
        return self._disclosing[key][0].holds(earlier.id, name, node.id, made.id)

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
        self.said: list[Said] = []
        self.anchors: set[str] = set()
        self.disclosing = writer.disclosing(verdict)
        self.parts = {
            part.id: (part, writer.extents.of_part(part.asked.part, dossier.state, dossier))
            for part in verdict.parts.values()
        }

    def lines(self) -> Iterator[str]:
        dossier, writer = self.dossier, self.writer
        yield from (heading(1, writer.unit_name(dossier.unit)), "")
        # Of a unit that is in no list the name of its folder is told.
        self.said.append(Said(dossier.path, "unit", writer.unit_name(dossier.unit)))
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
                self._say_file(address, one)
                yield Filed(title, one)

    def _filed_under(self, part: PartVerdict, rest: str) -> str:
        """The part, or the field in it; empty for a field that is not public."""
        if not rest:
            return self._title(part)
        section, _, inner = rest.partition(".")
        node = self._nodes(part.id).get(section)
        public = {made.id: made.name for made, _ in self._public(part.id, node)} if node else {}
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
                ([self._section_link(part, outline.nodes[name]), bar(one.done, one.total)]
                 for name, one in sections.items() if one.total),
            )  # fmt: skip

    def _say_wording(self, part: str, nodes: Iterable[Node]) -> None:
        """Wording kept at hand-in: what it says need not stand in any definition of today."""
        if part not in self.dossier.wording:
            return
        path = f"{self.dossier.path}/frozen/{part}.yaml"
        self.said.append(Said(path, part, self.dossier.wording[part].title))
        for node in nodes:
            fields = (made for made, _ in self._public(part, node))
            names = (name for made in fields for name in words_of(made))
            for text in (node.heading, *names, *(ask.text for ask in node.asks.values())):
                self.said.append(Said(path, f"{part}.{node.id}", text))

    def _section_link(self, part: PartVerdict, node: Node) -> str:
        name = part.asked.outline
        if name not in self.writer.definitions.outlines:
            return lit(node.heading)
        return link(node.heading, f"{outline_path(name)}#{section_anchor(node.id)}", self.path)

    def _section(self, part: str, node: Node, judged: SectionVerdict, extent: Extent) -> Iterator[str]:
        made = [*self._figures(part, node), *self._tables(part, node, extent)]
        if extent == "all":
            made += [*self._answers(part, node), *self._asks(part, node)]
        if made or node.children:
            anchor = _section_anchor(part, node.id)
            if node.heading:
                self.anchors.add(anchor)
                yield from (heading(node.depth + 3, node.heading, anchor), "")
            if judged.done < judged.total:
                yield from (bar(judged.done, judged.total), "")
            yield from made

    def _public(self, part: str, node: Node) -> Iterator[tuple[Field, Any]]:
        """The fields of a section that may be shown, with what the dossier's public file holds."""
        sheet = self.dossier.sheets.get(part)
        kept = sheet.answers.get(node.id) if sheet else None
        for name, made in node.fields.items():
            if not self._is_held(part, node, made):
                raw = kept.get(name) if isinstance(kept, Mapping) else None
                if isinstance(made, TableField) and made.has_private and isinstance(raw, dict) and "absent" not in raw:
                    yield public(made), public_value(made, raw)
                else:
                    yield made, raw

    def _is_held(self, part: str, node: Node, made: Field) -> bool:
        """Whether a field is private, sensitive or gives such a one away: as handed in, or as it is defined now."""
        if self.disclosing.holds(part, self.verdict.parts[part].asked.outline or "", node.id, made.id):
            return True
        sheet = self.dossier.sheets.get(part)
        return sheet is not None and self.writer.held_now(part, sheet.outline, node.id, made.id)

    def _public_names(self, part: str, node: Node) -> set[str]:
        return {made.id for made, _ in self._public(part, node)}

    def _figures(self, part: str, node: Node) -> Iterator[str]:
        rows = []
        for made, raw in self._public(part, node):
            if isinstance(made, NumberField) and raw is not None:
                answer = answer_of(raw) or Answer()
                shown = self._absence(answer) if answer.absent else lit(made.shown_with_measure(answer.value))
                # Nobody writes a figure with a zero before it: that is a telephone or an identity number.
                figure = str(answer.value or "")
                self._say(part, node, made, figure if figure.startswith("0") else made.shown(figure))
                before, told = self._before(part, node, made, answer)
                rows.append([lit(made.name), shown, told, lit(compared(answer.value, before))])
        if rows:
            head = [lit(tr("Figure")), lit(tr("This period")), lit(tr("Period before")), lit(tr("Change"))]
            yield from (
                table(head, rows, "lrrr")
                if any(row[2] for row in rows)
                else table(head[:2], (row[:2] for row in rows), "lr")
            )

    def _before(self, part: str, node: Node, made: NumberField, answer: Answer) -> tuple[str | None, str]:
        """The figure of the period before: as written here, else what the dossier of then says, where that may be."""
        if answer.before:
            self._say(part, node, made, str(answer.before))
            return answer.before, lit(made.shown(answer.before))
        earlier = self.verdict.parts[part].earlier
        if not made.compare or answer.absent or earlier is None or not may_show_figures(earlier):
            return None, ""
        found, then = earlier.figure(node, made), earlier.field(node, made)
        if found is None or then is None or self.writer.held_then(earlier, *then):
            return None, ""
        return found.value, f"{lit(made.shown(found.value))} *{lit(tr('(from the dossier before)'))}*"

    def _tables(self, part: str, node: Node, extent: Extent) -> Iterator[str]:
        """Tables of figures are figures; those that hold text are shown only where everything is."""
        for made, raw in self._public(part, node):
            if not isinstance(raw, Mapping) or "absent" in raw or not isinstance(made, TableField | ScoringField):
                continue
            numeric = isinstance(made, ScoringField) or all(
                leaf.field.type == "number" for leaf in made.leaves.values()
            )
            if numeric or extent == "all":
                self._say_cells(part, node, made, raw)
                told = dict(raw)
                yield from (
                    table_html(made, told) if isinstance(made, TableField)
                    else scoring_html(made, told, self._points(part, node, made, told)),
                    "",
                )  # fmt: skip

    def _points(self, part: str, node: Node, made: ScoringField, value: dict[str, Any]) -> str:
        unit, outline = self.writer.definitions.units.get(self.dossier.unit), self.verdict.parts[part].outline
        if unit is None or outline is None:
            return ""
        names = Names(unit, outline, self.dossier.sheets[part])
        found = score(made, value, lambda condition: names.meets(condition, node))
        told = {"points": shown_figure(found.points), "of": shown_figure(found.of)}
        if found.wrong:
            return tr("{points} of {of}, provisional: {count} criteria are not counted", count=len(found.wrong), **told)
        return tr("{points} of {of}", **told)

    def _say_cells(self, part: str, node: Node, made: FieldBase, raw: Mapping[str, Any]) -> None:
        leaves = made.leaves if isinstance(made, TableField) else {}
        for row in raw.values():
            for column, value in row.items() if isinstance(row, Mapping) else [("", row)]:
                self._say(part, node, leaves[column].field if column in leaves else made, value, made.id)

    def _answers(self, part: str, node: Node) -> Iterator[str]:
        for made, raw in self._public(part, node):
            if isinstance(made, TableField | ScoringField) and isinstance(raw, Mapping) and "absent" not in raw:
                continue
            if isinstance(made, NumberField):
                if because := (answer_of(raw) or Answer()).because:
                    self._say(part, node, made, because)
                    yield from (f"{lit(made.name)}{lit(':')} {lit(because)}", "")
                continue
            attached = isinstance(made, FileField)
            value = self._files(f"{part}.{node.id}.{made.id}") if attached else self._value(part, node, made, raw)
            if value:
                self._say(part, node, made, raw)
                named = f"**{lit(made.name)}"
                is_long = value.startswith("<div") or "<br>" in value
                yield from ((f"{named}**", "", value, "") if is_long else (f"{named}{lit(':')}** {value}", ""))

    def _value(self, part: str, node: Node, made: FieldBase, raw: Any) -> str:
        answer = answer_of(raw)
        if answer is None:
            return lit(tr("(cannot be read)"))
        if answer.absent:
            told = self._absence(answer)
            return f"{told}{lit(':')} {lit(answer.because)}" if answer.because else told
        if answer.is_blank:
            return ""
        if isinstance(made, TextField) and made.lines != 1:
            return prose(self._filled(part, node, str(answer.value), markdown=True), breaks=True)
        if isinstance(made, MarkField) and answer.value == "x":
            return "✔"
        if isinstance(made, TextField):
            return lit(self._filled(part, node, str(answer.value)), breaks=True)
        return lit(made.shown(answer.value), breaks=True)

    def _filled(self, part: str, node: Node, text: str, *, markdown: bool = False) -> str:
        """A text with the figures that it quotes, as far as those may be shown themselves."""
        unit, outline = self.writer.definitions.units.get(self.dossier.unit), self._outline(part)
        if not has_references(text) or unit is None or outline is None:
            return text if markdown else text.replace("\\{{", "{{")

        def hidden(told: Referred) -> bool:
            owner = self._nodes(told.part or part).get(told.section)
            return told.private or owner is None or told.field not in self._public_names(told.part or part, owner)

        return filled(text, self._names(part, unit, outline), node, hidden=hidden, markdown=markdown)

    def _names(self, part: str, unit: Unit, outline: Outline) -> Names:
        earlier = self.verdict.parts[part].earlier
        shown = earlier if earlier is not None and may_show_figures(earlier) else None
        names = Names(unit, outline, self.dossier.sheets.get(part) or Sheet(""), earlier=shown)

        def peer(name: str) -> Names | None:
            found = self._outline(name) if name in self.parts and allows(self.parts[name][1], "figures") else None
            return Names(unit, found, self.dossier.sheets.get(name) or Sheet("")) if found else None

        names.peer = peer
        return names

    def _outline(self, part: str) -> Outline | None:
        return self.verdict.parts[part].outline

    def _absence(self, answer: Answer) -> str:
        return f"*{lit(tr(ABSENT.get(str(answer.absent), ABSENT['pending'])))}*"

    def _asks(self, part: str, node: Node) -> Iterator[str]:
        sheet = self.dossier.sheets.get(part)
        marks = {name: sheet.ask(node.id, name) for name in node.asks} if sheet else {}
        if any(found is not None for found in marks.values()):
            yield from (f"**{lit(tr('The text has to cover:'))}**", "")
        for name, ask in node.asks.items():
            found = marks.get(name)
            if found is not None:
                told = "" if found == "here" else f" {lit('—')} *{self._mark(part, node, name, found)}*"
                yield f"- {'✔ ' if found == 'here' else ''}{lit(ask.text)}{told}"
        yield ""

    def _mark(self, part: str, node: Node, name: str, found: Any) -> str:
        if isinstance(found, Mapping) and "elsewhere" in found:
            other = self._nodes(part).get(str(found["elsewhere"]))
            told = self._section_link(self.verdict.parts[part], other) if other else lit(str(found["elsewhere"]))
            self._say_mark(part, node, name, str(found["elsewhere"]))
            return f"{lit(tr('covered in'))} {told}"
        answer = answer_of(found) or Answer()
        told = tr(ABSENT.get(str(answer.absent), ABSENT["pending"]))
        if answer.because:
            self._say_mark(part, node, name, answer.because)
        return lit(f"{told}: {answer.because}" if answer.because else told)

    def _say_mark(self, part: str, node: Node, name: str, text: str) -> None:
        self.said.append(Said(f"{self.dossier.path}/{part}.yaml", f"{part}.{node.id}.asks.{name}", text))

    def _nodes(self, part: str) -> Mapping[str, Node]:
        outline = self.verdict.parts[part].outline
        return outline.nodes if outline else {}

    def _files(self, address: str) -> str:
        return "<br>".join(self._file(address, one) for one in self.dossier.attached(address))

    def _file(self, address: str, one: Attachment) -> str:
        name = self._say_file(address, one)
        return f"{lit(name)} {lit(f'({shown_size(one.size)}, SHA-256 {one.sha256[:12]}…)')}"

    def _say_file(self, address: str, one: Attachment) -> str:
        name = one.file.rpartition("/")[2]
        for text in (name, words_of_file(name), "" if SUM.fullmatch(one.sha256) else one.sha256):
            self.said.append(Said(f"{self.dossier.path}/dossier.yaml", address, text))
        return name

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
        openness = Openness(self.writer.checklist, self.parts, self._public_names)
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
        anchor, node = _section_anchor(part, section), self._nodes(part).get(section) if part in self.parts else None
        return link(node.heading, f"{self.path}#{anchor}", self.path) if node and anchor in self.anchors else ""

    def _quotes_before(self, found: Problem) -> bool:
        """Whether a finding may quote a figure of a dossier before that is not published."""
        part = self.verdict.parts.get(found.key.partition(".")[0])
        hidden = part is not None and part.earlier is not None and not may_show_figures(part.earlier)
        return hidden and found.code == "change-unexplained"

    def _say(self, part: str, node: Node, made: FieldBase, raw: Any, field: str = "") -> None:
        """A value is judged with its label before it: a name is only known as one by the line it stands on.

        `field`: the table, where `made` is a column of it."""
        path, key = f"{self.dossier.path}/{part}.yaml", f"{part}.{node.id}.{field or made.id}"
        answer = answer_of(raw) or Answer()
        for text in (answer.value, answer.because):
            for one in text if isinstance(text, list) else [text]:
                if one:
                    self.said.append(Said(path, key, f"{made.name}: {one}"))


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
