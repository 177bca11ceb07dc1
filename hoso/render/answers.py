"""The answers of a section of a dossier, as far as they may be shown: figures, tables, texts, files, asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from hoso.checks import shown as shown_figure
from hoso.definitions import Definitions, Extent, Node, Outline, Unit
from hoso.dossiers import Answer, Attachment, Sheet, answer_of
from hoso.i18n import mark, tr
from hoso.kinds import Field, FieldBase, FileField, MarkField, NumberField, ScoringField, TableField, TextField
from hoso.kinds.compute import Quantity
from hoso.kinds.scoring import score
from hoso.kinds.table import shown_quantity
from hoso.references import Referred, filled, has_references
from hoso.render.computed import has_figures_alone, is_computed, may_be_told
from hoso.render.extents import allows, may_show_figures
from hoso.render.holding import Public
from hoso.render.markup import link, lit, prose, table
from hoso.render.pages import Said, dossier_path, outline_path, section_anchor
from hoso.render.records import SUM, compared
from hoso.render.revealing import words_of_file
from hoso.render.tables import scoring_html, table_html
from hoso.text import shown_size
from hoso.validate import Names, PartVerdict

ABSENT = {
    "nil": mark("nothing to report"), "pending": mark("no figures yet"), "not_applicable": mark("not applicable"),
    "withheld": mark("withheld"),
}  # fmt: skip


class AnswerWriter:
    """Writes the answers of one dossier and keeps what it said, for the guard.

    `parts`: each part with how much of it may be shown.
    """

    def __init__(
        self, definitions: Definitions, public: Public, parts: Mapping[str, tuple[PartVerdict, Extent]]
    ) -> None:
        self.definitions = definitions
        self.public = public
        self.dossier, self.verdict = public.dossier, public.verdict
        self.parts = parts
        self.path = dossier_path(self.dossier.checklist, self.dossier.unit)
        self.said: list[Said] = []

    def lines(self, part: str, node: Node, extent: Extent) -> list[str]:
        made = [*self._figures(part, node, extent), *self._tables(part, node, extent)]
        if extent == "all":
            made += [*self._answers(part, node), *self._asks(part, node)]
        return made

    def section_link(self, part: PartVerdict, node: Node) -> str:
        """The heading of a section, leading to what its outline says of it."""
        name = part.asked.outline
        if name not in self.definitions.outlines:
            return lit(node.heading)
        return link(node.heading, f"{outline_path(name)}#{section_anchor(node.id)}", self.path)

    def _figures(self, part: str, node: Node, extent: Extent) -> Iterator[str]:
        rows = []
        for made, raw in self.public.fields(part, node):
            if isinstance(made, NumberField) and is_computed(made, raw):
                if told := self._computed(part, node, made, extent):
                    rows.append([lit(made.name), lit(told), "", ""])
            elif isinstance(made, NumberField) and raw is not None:
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

    def _computed(self, part: str, node: Node, made: NumberField, extent: Extent) -> str:
        """A computed figure as it is shown; empty where it has none, or where it would tell more than is told."""
        unit, outline = self.definitions.unit(self.dossier.unit), self._outline(part)
        if unit is None or outline is None or made.compute is None:
            return ""
        names = self._names(part, unit, outline)
        if not may_be_told(made, node, outline, extent, partial(self._is_told, part), partial(self._has_before, part)):
            return ""
        if not names.meets(made.only_when, node):
            return ""
        found = names.computed(made, node)
        figure = shown_quantity(Quantity(found.value), made.compute.decimals)
        if not figure:
            return ""
        self._say(part, node, made, figure)
        figure += made.shown_with_measure("")
        return tr("{figure} so far", figure=figure) if found.pending else figure

    def _is_told(self, part: str, node: Node, made: Field) -> bool:
        return made.id in self.public.names(part, node)

    def _has_before(self, part: str, node: Node, made: NumberField) -> bool:
        sheet = self.dossier.sheets.get(part)
        answer = sheet.answer(node.id, made.id) if sheet else Answer()
        return self._before(part, node, made, answer)[0] is not None

    def _before(self, part: str, node: Node, made: NumberField, answer: Answer) -> tuple[str | None, str]:
        """The figure of the period before: as written here, else what the dossier of then says, where that may be."""
        if answer.before:
            self._say(part, node, made, str(answer.before))
            return answer.before, lit(made.shown(answer.before))
        earlier = self.verdict.parts[part].earlier
        if not made.compare or answer.absent or earlier is None or not may_show_figures(earlier):
            return None, ""
        found, then = earlier.figure(node, made), earlier.field(node, made)
        if found is None or then is None or self.public.holding.held_then(earlier, *then):
            return None, ""
        return found.value, f"{lit(made.shown(found.value))} *{lit(tr('(from the dossier before)'))}*"

    def _tables(self, part: str, node: Node, extent: Extent) -> Iterator[str]:
        """Tables of figures are figures; those that hold text are shown only where everything is."""
        for made, raw in self.public.fields(part, node):
            if not isinstance(raw, Mapping) or "absent" in raw or not isinstance(made, TableField | ScoringField):
                continue
            if has_figures_alone(made) or extent == "all":
                self._say_cells(part, node, made, raw)
                told = dict(raw)
                yield from (
                    table_html(made, told) if isinstance(made, TableField)
                    else scoring_html(made, told, self._points(part, node, made, told)),
                    "",
                )  # fmt: skip

    def _points(self, part: str, node: Node, made: ScoringField, value: dict[str, Any]) -> str:
        unit, outline = self.definitions.unit(self.dossier.unit), self.verdict.parts[part].outline
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
        for made, raw in self.public.fields(part, node):
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
        unit, outline = self.definitions.unit(self.dossier.unit), self._outline(part)
        if not has_references(text) or unit is None or outline is None:
            return text if markdown else text.replace("\\{{", "{{")

        def hidden(told: Referred) -> bool:
            owner = self.public.nodes(told.part or part).get(told.section)
            return told.private or owner is None or told.field not in self.public.names(told.part or part, owner)

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
            other = self.public.nodes(part).get(str(found["elsewhere"]))
            told = self.section_link(self.verdict.parts[part], other) if other else lit(str(found["elsewhere"]))
            self._say_mark(part, node, name, str(found["elsewhere"]))
            return f"{lit(tr('covered in'))} {told}"
        answer = answer_of(found) or Answer()
        told = tr(ABSENT.get(str(answer.absent), ABSENT["pending"]))
        if answer.because:
            self._say_mark(part, node, name, answer.because)
        return lit(f"{told}: {answer.because}" if answer.because else told)

    def _say_mark(self, part: str, node: Node, name: str, text: str) -> None:
        self.said.append(Said(f"{self.dossier.path}/{part}.yaml", f"{part}.{node.id}.asks.{name}", text))

    def _files(self, address: str) -> str:
        return "<br>".join(self._file(address, one) for one in self.dossier.attached(address))

    def _file(self, address: str, one: Attachment) -> str:
        name = self.say_file(address, one)
        return f"{lit(name)} {lit(f'({shown_size(one.size)}, SHA-256 {one.sha256[:12]}…)')}"

    def say_file(self, address: str, one: Attachment) -> str:
        name = one.file.rpartition("/")[2]
        for text in (name, words_of_file(name), "" if SUM.fullmatch(one.sha256) else one.sha256):
            self.said.append(Said(f"{self.dossier.path}/dossier.yaml", address, text))
        return name

    def _say(self, part: str, node: Node, made: FieldBase, raw: Any, field: str = "") -> None:
        """A value is judged with its label before it: a name is only known as one by the line it stands on.

        `field`: the table, where `made` is a column of it."""
        path, key = f"{self.dossier.path}/{part}.yaml", f"{part}.{node.id}.{field or made.id}"
        answer = answer_of(raw) or Answer()
        for text in (answer.value, answer.because):
            for one in text if isinstance(text, list) else [text]:
                if one:
                    self.said.append(Said(path, key, f"{made.name}: {one}"))
