"""What applies to a unit: a page for each kind of unit, and a list of all units that leads to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hoso.definitions import Checklist, Definitions, Outline, Unit
from hoso.definitions.checklist import Asked, is_required
from hoso.definitions.units import UNIT_NAMES
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.render.checklists import attaching, part_anchor
from hoso.render.deadlines import last_days
from hoso.render.markup import chip, facts, heading, link, lit, note, telling
from hoso.render.outlines import outline_title
from hoso.render.pages import (
    KINDS,
    ROWS_A_PAGE,
    Page,
    board_path,
    checklist_path,
    kind_path,
    outline_path,
    section_anchor,
)  # fmt: skip
from hoso.render.words import MEDIA, kind_label, unit_names
from hoso.text import shown_day, sort_key

_FEW = 6


@dataclass
class Duty:
    """One part of a checklist as units of a kind have to hand it in; `units`: for which of them, if not for all."""

    asked: Asked
    required: bool
    units: list[Unit] = field(default_factory=list)


class KindsOfUnit:
    """All kinds that have units, or that a checklist names."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.units: dict[str, list[Unit]] = {}
        for unit in sorted(definitions.units.values(), key=lambda unit: sort_key(unit.name)):
            self.units.setdefault(unit.kind, []).append(unit)
        named = {kind for made in definitions.checklists.values() if made.units for kind in made.units.kinds}
        self.names = [*definitions.lists.kinds, *(kind for kind in self.units if kind not in definitions.lists.kinds)]
        self.names = [kind for kind in self.names if kind in self.units or kind in named]

    def asking(self, kind: str) -> Iterator[tuple[str, Checklist, list[Unit]]]:
        """The checklists that ask units of this kind, with the units; a model of one where none is known yet."""
        for name, checklist in self.definitions.checklists.items():
            units = [unit for unit in self.units.get(kind, []) if checklist.asks(unit)]
            model = self._model(kind, checklist)
            if not units and checklist.asks(model) and (not self.units.get(kind) or self._is_named(kind, checklist)):
                units = [model]
            if units:
                yield name, checklist, units

    def _model(self, kind: str, checklist: Checklist) -> Unit:
        under = checklist.units.under if checklist.units else []
        return Unit(name=kind_label(self.definitions, kind), kind=kind, parent=next(iter(under), None))

    @staticmethod
    def _is_named(kind: str, checklist: Checklist) -> bool:
        return checklist.units is not None and kind in checklist.units.kinds


def duties(checklist: Checklist, units: Sequence[Unit]) -> list[Duty]:
    """What these units hand in, in the checklist's order; the same duty of several units is told once."""
    found: dict[tuple[str, str | None, bool, bool], Duty] = {}
    like: dict[tuple[object, ...], list[tuple[Asked, bool]]] = {}
    for unit in units:
        key = _likeness(checklist, unit)
        if key not in like:
            like[key] = [(asked, is_required(asked.part.required, unit)) for asked in checklist.asked_of(unit)]
        for asked, required in like[key]:
            one = (asked.id, asked.outline, asked.attach is not None, required)
            found.setdefault(one, Duty(asked, required)).units.append(unit)
    order = {part.id: place for place, (part, _) in enumerate(checklist.parts())}
    made = sorted(found.values(), key=lambda duty: order[duty.asked.id])
    for duty in made:
        duty.units = [] if len(duty.units) == len(units) else duty.units
    return made


def _likeness(checklist: Checklist, unit: Unit) -> tuple[object, ...]:
    """What conditions can tell of a unit: units that are alike in it have the same duties."""
    names = {name for made in _conditions(checklist) for name in made.names}
    special = [unit.named(name) for name in ("unit.id", "unit.parent") if name in names]
    return (unit.kind, tuple(unit.groups), *special)


def _conditions(checklist: Checklist) -> Iterator[Formula]:
    for part, _ in checklist.parts():
        yield from (made for made in (part.applies, part.required) if isinstance(made, Formula))
        yield from (case.when for case in part.choose if case.when is not None)


def kind_pages(definitions: Definitions) -> Iterator[Page]:
    kinds = KindsOfUnit(definitions)
    for kind in kinds.names:
        lines = KindWriter(kinds, kind).lines()
        title = tr("What applies to: {kind}", kind=kind_label(definitions, kind))
        yield Page(kind_path(kind), title, "\n".join(lines))


class KindWriter:
    """Writes the page of one kind."""

    def __init__(self, kinds: KindsOfUnit, kind: str) -> None:
        self.definitions = kinds.definitions
        self.kinds = kinds
        self.kind = kind
        self.path = kind_path(kind)

    def lines(self) -> Iterator[str]:
        label = kind_label(self.definitions, self.kind)
        yield from (heading(1, tr("What applies to: {kind}", kind=label)), "")
        found = self.definitions.lists.kinds.get(self.kind)
        units = self.kinds.units.get(self.kind, [])
        yield from facts([
            (tr("There is such a unit from"), shown_day(found.from_) if found and found.from_ else ""),
            (tr("There is such a unit until"), shown_day(found.until) if found and found.until else ""),
            (tr("Units of this kind"), self._units(units)),
        ])  # fmt: skip
        asking = list(self.kinds.asking(self.kind))
        if not asking:
            yield from note(tr("No checklist asks units of this kind for anything."), "info")
        for name, checklist, asked in asking:
            yield from self._checklist(name, checklist, asked)

    def _units(self, units: Sequence[Unit]) -> str:
        if not units:
            return lit(tr("none is entered yet"))
        if len(units) > ROWS_A_PAGE:
            return link(tr("{count} units", count=len(units)), f"{KINDS}/index.md", self.path)
        return lit("; ".join(unit.name for unit in units))

    def _checklist(self, name: str, checklist: Checklist, units: Sequence[Unit]) -> Iterator[str]:
        title = link(checklist.title, checklist_path(name), self.path)
        yield from (f"## {title} {{#dm-{name}}}", "")
        yield from facts([
            (tr("Last day"), last_days(self.definitions, checklist)),
            (tr("Sets"), str(checklist.sets)),
            (tr("Handed in to"), lit("; ".join(one.name for one in checklist.to))),
            (tr("Only for"), lit(self._only_for(checklist, units))),
            (tr("Who has handed in"), link(tr("by unit"), board_path(name), self.path)),
        ])  # fmt: skip
        head = [lit(tr("What is handed in")), lit(tr("Copies")), lit(tr("Last day")), lit(tr("Required"))]
        made = duties(checklist, units)
        said = (lit(tr("{count} sets", count=checklist.sets)), lit(tr("none set")))
        yield from telling(head, [self._row(name, checklist, duty) for duty in made], said)
        yield from self._left_out(made, units[0])

    def _only_for(self, checklist: Checklist, units: Sequence[Unit]) -> str:
        """Which units of the kind the checklist asks, if not all of them."""
        if checklist.units is not None and checklist.units.under and self.kind in checklist.units.kinds:
            superiors = unit_names(self.definitions, checklist.units.under)
            return tr("units right under: {superiors}", superiors=superiors)
        return "" if len(units) >= len(self.kinds.units.get(self.kind, [])) else _names(units)

    def _row(self, name: str, checklist: Checklist, duty: Duty) -> list[str]:
        asked, part = duty.asked, duty.asked.part
        outline = self.definitions.outlines.get(asked.outline or "")
        title = part.title or (outline_title(outline) if outline else part.id)
        told = (
            link(title, f"{checklist_path(name)}#{part_anchor(part)}", self.path)
            if part.choose
            else f"**{lit(title)}**"
        )
        if asked.parent:
            told += f" {chip(tr('annex'), 'annex')}"
        if outline is not None and asked.outline:
            told += f"<br>{lit(tr('fill in:'))} {link(outline_title(outline), outline_path(asked.outline), self.path)}"
        if asked.attach is not None:
            told += f"<br>{lit(attaching(asked.attach))}"
        for more in (asked.because, part.note, tr("Only for: {units}", units=_names(duty.units)) if duty.units else ""):
            told += f'<br><span class="hoso-hint">{lit(more)}</span>' if more else ""
        copies = "<br>".join(lit(f"{count} {tr(MEDIA[medium])}") for medium, count in part.copies.items())
        last = checklist.last_day(part)
        return [
            told,
            copies or lit(tr("{count} sets", count=checklist.sets)),
            lit(shown_day(last) if last else tr("none set")),
            lit(tr("required") if duty.required else tr("not required")),
        ]

    def _left_out(self, made: Sequence[Duty], unit: Unit) -> Iterator[str]:
        """Sections of the outlines that units of this kind pass over."""
        lines = []
        for name in dict.fromkeys(duty.asked.outline for duty in made):
            outline = self.definitions.outlines.get(name or "")
            if name and outline:
                lines += [f"- {told}" for told in self._sections(name, outline, unit)]
        if lines:
            yield from (f"**{lit(tr('Sections that do not apply to this kind:'))}**", "", *lines, "")

    def _sections(self, name: str, outline: Outline, unit: Unit) -> Iterator[str]:
        for node in outline.nodes.values():
            applies = node.section.applies
            if applies is None or applies.groups or not applies.names <= set(UNIT_NAMES[:1]) or unit.meets(applies):
                continue
            place = f"{outline_path(name)}#{section_anchor(node.id)}"
            told = link(node.heading, place, self.path) if node.heading else lit(node.id)
            yield f"{told} {lit(f'({outline_title(outline)})')}"


def _names(units: Sequence[Unit]) -> str:
    names = "; ".join(unit.name for unit in units[:_FEW])
    return names if len(units) <= _FEW else tr("{names} and {count} more", names=names, count=len(units) - _FEW)
