"""The page of an outline: its guidance, its sections, what each has to cover, what there is to fill in."""

from __future__ import annotations

from collections.abc import Iterator

from hoso.definitions import Ask, Definitions, Node, Outline
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import Field, ScoringField, TableField
from hoso.render.changes import outline_before, outline_changes
from hoso.render.columns import column_lines
from hoso.render.conditions import Wording
from hoso.render.markup import chip, facts, heading, link, lit, note, prose, table
from hoso.render.naming import Place
from hoso.render.pages import DOCUMENTS, Page, checklist_path, document_anchor, outline_path, section_anchor
from hoso.render.rules import outline_rules, section_rules
from hoso.render.tables import scoring_html, table_html
from hoso.render.words import period, publishing
from hoso.text import shown_day

_FEW = 4  # sections that need no table of their own


def outline_page(definitions: Definitions, name: str) -> Page:
    outline = definitions.outlines[name]
    return Page(
        outline_path(name), outline_title(outline), "\n".join(OutlineWriter(definitions, name, outline).lines())
    )


def outline_title(outline: Outline) -> str:
    return f"{outline.code}: {outline.title}" if outline.code else outline.title


class OutlineWriter:
    """Writes one outline."""

    def __init__(self, definitions: Definitions, name: str, outline: Outline) -> None:
        self.definitions = definitions
        self.name = name
        self.outline = outline
        self.path = outline_path(name)
        self.wording = Wording(definitions, outline)

    def lines(self) -> Iterator[str]:
        outline = self.outline
        yield from (heading(1, outline_title(outline)), "")
        if not outline.verified:
            yield from note(tr("Not compared with an original yet."), "warning")
        yield from facts(self._facts())
        yield from (self._extent(), "")
        if outline.guidance:
            yield from (heading(2, tr("Guidance"), "huong-dan"), "", prose(outline.guidance), "")
        yield from self._changes()
        yield from self._tree()
        for node in outline.nodes.values():
            yield from self._section(node)
        if rules := outline_rules(self.definitions, outline):
            yield from (heading(2, tr("Rules for the whole"), "quy-tac"), "", *rules, "")

    def _facts(self) -> Iterator[tuple[str, str]]:
        outline = self.outline
        yield tr("Issued by"), lit(outline.issuer)
        yield tr("Number of the document"), lit(outline.number)
        yield tr("Date of the document"), shown_day(outline.date) if outline.date else ""
        yield tr("Version"), str(outline.version) if outline.version > 1 else ""
        yield tr("Period"), period(outline.period)
        yield tr("Period of the figures"), period(outline.window)
        if outline.regime:
            regime = outline.regime
            yield tr("Who reports"), lit(regime.from_)
            yield tr("To whom"), lit(regime.to)
            yield tr("How it is sent"), lit(regime.channel)
            yield tr("How often"), lit(regime.frequency)
            yield tr("Figures up to"), lit(regime.closing)
        used = [
            link(checklist.title, checklist_path(name), self.path)
            for name, checklist in self.definitions.checklists.items()
            if any(case.outline == self.name for part, _ in checklist.parts() for case in part.cases())
        ]
        yield tr("Belongs to"), "; ".join(used)
        yield tr("Shown on this site"), lit(publishing(outline.publish))

    def _changes(self) -> Iterator[str]:
        """Against the outline of the checklist before; what has to be looked at again since the version before."""
        before = outline_before(self.definitions, self.name)
        lines = [f"- {self._to_review(place)}" for place in self.outline.review]
        if before is not None and before.name != self.name:
            told = link(outline_title(before.outline), outline_path(before.name), self.path)
            yield from (heading(2, tr("What changed"), "thay-doi"), "", f"{lit(tr('Compared with:'))} {told}", "")
            changes = outline_changes(before.outline, self.outline)
            yield from (f"- {self._placed(one.section, one.text)}" for one in changes)
            yield from ((lit(tr("Nothing that is asked has changed.")), "") if not changes else ("",))
        elif lines or self.outline.version > 1:
            yield from (heading(2, tr("What changed"), "thay-doi"), "")
            told = tr("This is version {number}. The wording before is not kept here.", number=self.outline.version)
            yield from (lit(told), "")
        if lines:
            yield from (f"**{lit(tr('To be looked at again since the version before:'))}**", "", *lines, "")

    def _placed(self, section: str, text: str) -> str:
        node = self.outline.nodes.get(section)
        if node is None or not node.heading:
            return lit(text)
        return f"{link(node.heading, f'{self.path}#{section_anchor(section)}', self.path)}{lit(':')} {lit(text)}"

    def _to_review(self, place: str) -> str:
        section, _, name = place.partition(".")
        made = self.outline.field(section, name.partition(".")[0])
        return self._placed(section, made.name if made else name or place)

    def _extent(self) -> str:
        nodes = list(self.outline.nodes.values())
        fields = [made for node in nodes for made in node.fields.values()]
        told = tr(
            "{sections} sections, {asks} points to cover, {fields} fields, {required} of them required.",
            sections=len(nodes),
            asks=sum(len(node.asks) for node in nodes),
            fields=len(fields),
            required=sum(made.required is True for made in fields),
        )
        return lit(told)

    def _tree(self) -> Iterator[str]:
        """The sections at one glance, where they are more than a few."""
        nodes = [node for node in self.outline.nodes.values() if node.heading]
        if len(nodes) < _FEW:
            return
        yield from (heading(2, tr("Sections"), "cac-muc"), "")
        head = [lit(tr("Section")), lit(tr("Points to cover")), lit(tr("To fill in"))]
        yield from table(head, (self._branch(node) for node in nodes), "lrr")

    def _branch(self, node: Node) -> list[str]:
        indent = "&emsp;" * min(node.depth, 4)
        told = link(node.heading, f"{self.path}#{section_anchor(node.id)}", self.path)
        conditional = f" {chip(tr('conditional'), 'when')}" if node.section.applies else ""
        return [f"{indent}{told}{conditional}", str(len(node.asks) or ""), str(len(node.fields) or "")]

    def _section(self, node: Node) -> Iterator[str]:
        section = node.section
        if node.heading:
            yield from (heading(node.depth + 2, node.heading, section_anchor(node.id)), "")
        if section.applies:
            yield from (f"{chip(tr('conditional'), 'when')} {self._only(section.applies, node)}", "")
        if section.prompt:
            yield from (lit(section.prompt), "{: .hoso-prompt }", "")
        if section.asks:
            yield from (f"**{lit(tr('The text has to cover:'))}**", "")
            yield from (f"- {self._ask(ask, node)}" for ask in section.asks)
            if section.more_asks:
                yield f"- *{lit(tr('… and further points of your own, if there are any.'))}*"
            yield ""
        if section.refers:
            others = [
                link(outline_title(self.definitions.outlines[other]), outline_path(other), self.path)
                for other in section.refers if other in self.definitions.outlines
            ]  # fmt: skip
            yield from (f"{lit(tr('See also:'))} {'; '.join(others)}", "")
        if node.fields:
            yield from self._fields(node)
        if rules := section_rules(self.definitions, self.outline, node):
            yield from (f"**{lit(tr('Rules:'))}**", "", *rules, "")

    def _only(self, condition: Formula, node: Node | None) -> str:
        return lit(tr("only if {condition}", condition=self.wording(condition, node)))

    def _ask(self, ask: Ask, node: Node) -> str:
        out = lit(ask.text)
        cited = [self._cited(name) for name in ask.mentions]
        if cited:
            out += f" {lit('(' + tr('mentions:'))} {', '.join(cited)}{lit(')')}"
        if ask.applies:
            out += f" *{lit('(')}{self._only(ask.applies, node)}{lit(')')}*"
        return out

    def _cited(self, name: str) -> str:
        if name in self.definitions.lists.documents:
            return link(name, f"{DOCUMENTS}#{document_anchor(name)}", self.path)
        return lit(name)

    def _fields(self, node: Node) -> Iterator[str]:
        head = [tr("What to fill in"), tr("How it is filled"), tr("Required")]
        yield from table([lit(name) for name in head], (self._field(made, node) for made in node.fields.values()))
        for made in node.fields.values():
            if isinstance(made, TableField):
                yield from (table_html(made), "")
                if lines := column_lines(Place(self.definitions, outline=self.outline, node=node), made):
                    yield from (f"**{lit(tr('In the columns:'))}**", "", *lines, "")
            elif isinstance(made, ScoringField):
                yield from (scoring_html(made), "")

    def _field(self, made: Field, node: Node) -> list[str]:
        label = f"**{lit(made.name)}**"
        if made.hint:
            label += f'<br><span class="hoso-hint">{lit(made.hint)}</span>'
        if made.private:
            label += f" {chip(tr('never published'), 'private')}"
        return [label, lit("; ".join(made.wants())), self._need(made, node)]

    def _need(self, made: Field, node: Node) -> str:
        if isinstance(made.required, Formula):
            told = lit(tr("if {condition}", condition=self.wording(made.required, node)))
        else:
            told = lit(tr("yes") if made.required else tr("no"))
        same = isinstance(made.required, Formula) and made.only_when == made.required
        return told if made.only_when is None or same else f"{told}; {self._only(made.only_when, node)}"
