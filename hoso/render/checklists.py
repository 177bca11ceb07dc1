"""The page of a checklist: what is handed in, in how many copies, by when, to whom."""

from __future__ import annotations

from collections.abc import Iterator

from hoso.definitions import Checklist, Definitions, Part
from hoso.definitions.checklist import Case, Item
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import Attach
from hoso.render.changes import checklist_changes
from hoso.render.conditions import Wording
from hoso.render.deadlines import last_days
from hoso.render.markup import button, chip, facts, heading, link, lit, note, prose, table, telling
from hoso.render.outlines import outline_title
from hoso.render.pages import Page, board_path, checklist_path, kind_path, outline_path
from hoso.render.rules import checklist_rules, quota_rules
from hoso.render.words import MEDIA, deadline, formats, kind_label, period, publishing, who
from hoso.text import shown_day, sort_key

_LISTED = 40  # units by name; more of them are found on the page of all units


def checklist_page(definitions: Definitions, name: str) -> Page:
    checklist = definitions.checklists[name]
    lines = ChecklistWriter(definitions, name, checklist).lines()
    return Page(checklist_path(name), checklist.title, "\n".join(lines))


class ChecklistWriter:
    """Writes one checklist."""

    def __init__(self, definitions: Definitions, name: str, checklist: Checklist) -> None:
        self.definitions = definitions
        self.name = name
        self.checklist = checklist
        self.path = checklist_path(name)
        self.wording = Wording(definitions)

    def lines(self) -> Iterator[str]:
        checklist = self.checklist
        yield from (heading(1, checklist.title), "")
        if not checklist.verified:
            yield from note(tr("Not compared with an original yet."), "warning")
        yield from facts(self._facts())
        yield from (button(tr("Who has handed in"), board_path(self.name), self.path), "")
        yield from self._changes()
        yield from (heading(2, tr("What is handed in"), "thanh-phan"), "")
        yield from self._items()
        for part, _ in checklist.parts():
            yield from self._details(part)
        for title, anchor, rules in (
            (tr("Quotas"), "han-muc", quota_rules(self.definitions, checklist)),
            (tr("Rules between the documents"), "quy-tac", checklist_rules(self.definitions, checklist)),
        ):
            if rules:
                yield from (heading(2, title, anchor), "", *rules, "")
        if checklist.guidance:
            yield from (heading(2, tr("Guidance"), "huong-dan"), "", prose(checklist.guidance), "")
        yield from self._units()

    def _facts(self) -> Iterator[tuple[str, str]]:
        checklist, definitions = self.checklist, self.definitions
        yield tr("Code of the document"), lit(checklist.code)
        yield tr("Issued by"), lit(checklist.issuer)
        yield tr("Number of the document"), lit(checklist.number)
        yield tr("Date of the document"), shown_day(checklist.date) if checklist.date else ""
        yield tr("Period"), period(checklist.period)
        yield tr("Last day"), last_days(definitions, checklist)
        yield tr("Sets"), str(checklist.sets)
        yield tr("Handed in to"), "<br>".join(self._recipients())
        asked = len(definitions.asked_units(checklist))
        yield tr("Who hands in"), lit(tr("{who} ({count} units)", who=who(definitions, checklist), count=asked))
        if checklist.previous in definitions.checklists:
            before = definitions.checklists[checklist.previous]
            yield tr("The checklist before"), link(before.title, checklist_path(checklist.previous), self.path)
        yield tr("Shown on this site"), lit(publishing(checklist.publish))

    def _changes(self) -> Iterator[str]:
        before = self.definitions.checklists.get(self.checklist.previous or "")
        if before is None:
            return
        told = link(before.title, checklist_path(self.checklist.previous or ""), self.path)
        changes = checklist_changes(self.definitions, before, self.checklist)
        yield from (heading(2, tr("What changed"), "thay-doi"), "", f"{lit(tr('Compared with:'))} {told}", "")
        yield from (f"- {lit(one)}" for one in changes or [tr("Nothing that is asked has changed.")])
        yield ""

    def _recipients(self) -> Iterator[str]:
        for one in self.checklist.to:
            ways = ", ".join(tr(MEDIA[way]) for way in one.by)
            told = "; ".join(
                part for part in (ways, tr("reviews the dossiers") if one.reviews else "", one.note) if part
            )
            yield lit(f"{one.name} ({told})" if told else one.name)

    def _items(self) -> Iterator[str]:
        head = [tr("Document"), tr("Copies"), tr("Last day"), tr("Required")]
        rows = []
        for number, item in enumerate(self.checklist.items, 1):
            rows.append(self._row(f"{number}.", item))
            rows += [self._row(f"{number}.{place}", annex) for place, annex in enumerate(item.annexes, 1)]
        said = (lit(tr("{count} sets", count=self.checklist.sets)), lit(tr("none set")))
        yield from telling([lit(name) for name in head], rows, said)

    def _row(self, number: str, part: Part) -> list[str]:
        title = f"{lit(number)} **{lit(self._title(part))}**"
        if not isinstance(part, Item):
            title += f" {chip(tr('annex'), 'annex')}"
        if part.missing:
            title += f" {chip(tr('form not at hand'), 'missing')}"
        title += f"<br>{self._how(part)}"
        if part.note:
            title += f'<br><span class="hoso-hint">{lit(part.note)}</span>'
        copies = "<br>".join(lit(f"{count} {tr(MEDIA[medium])}") for medium, count in part.copies.items())
        copies = copies or lit(tr("{count} sets", count=self.checklist.sets))
        return [title, copies, lit(self._last_day(part)), self._need(part)]

    def _how(self, part: Part) -> str:
        if not part.choose:
            return self._case(next(iter(part.cases())))
        told = tr("depends on the unit, see below")
        return f"[{lit(told)}](#{part_anchor(part)})"

    def _last_day(self, part: Part) -> str:
        """Its own last day; where it has none, the one of the whole."""
        last = self.checklist.last_day(part)
        return deadline(part.deadline) or (shown_day(last) if last else tr("none set"))

    def _title(self, part: Part) -> str:
        return self.definitions.part_title(part)

    def _case(self, case: Case) -> str:
        told = []
        if case.outline is not None:
            outline = self.definitions.outlines.get(case.outline)
            name = link(outline_title(outline), outline_path(case.outline), self.path) if outline else lit(case.outline)
            told.append(f"{lit(tr('fill in:'))} {name}")
        if case.attach is not None:
            told.append(lit(attaching(case.attach)))
        if case.levels is not None:
            labels = "; ".join(one.label for one in self.definitions.lists.lists.get(case.levels, []))
            told.append(lit(tr("and choose the level claimed: {levels}", levels=labels)))
        return "<br>".join(told)

    def _need(self, part: Part) -> str:
        if isinstance(part.required, Formula):
            told = tr("if {condition}", condition=self.wording(part.required))
        else:
            told = tr("required") if part.required else tr("not required")
        if part.applies is not None:
            told += "; " + tr("only if {condition}", condition=self.wording(part.applies))
        return lit(told)

    def _details(self, part: Part) -> Iterator[str]:
        if not part.choose:
            return
        yield from (heading(3, self._title(part), part_anchor(part)), "")
        rows = []
        for case in part.choose:
            when = tr("if {condition}", condition=self.wording(case.when)) if case.when else tr("in all other cases")
            because = f'<br><span class="hoso-hint">{lit(case.because)}</span>' if case.because else ""
            rows.append([lit(when), self._case(case) + because])
        yield from table([lit(tr("For whom")), lit(tr("How it is handed in"))], rows)

    def _units(self) -> Iterator[str]:
        by_kind: dict[str, list[str]] = {}
        for unit in self.definitions.asked_units(self.checklist):
            by_kind.setdefault(unit.kind, []).append(unit.name)
        yield from (heading(2, tr("Who hands in"), "don-vi"), "")
        for kind, names in by_kind.items():
            told = link(kind_label(self.definitions, kind), kind_path(kind), self.path)
            yield from (f"**{told}** ({len(names)})", "")
            if len(names) <= _LISTED:
                yield from (*(f"- {lit(name)}" for name in sorted(names, key=sort_key)), "")


def part_anchor(part: Part) -> str:
    return f"tp-{part.id.replace('_', '-')}"


def attaching(made: Attach) -> str:
    """`đính kèm ít nhất 2 tệp (PDF, DOCX)`."""
    told = tr("attach at least {count} files", count=made.at_least) if made.at_least > 1 else tr("attach the document")
    return f"{told} ({formats(made.formats)})" if made.formats else told
