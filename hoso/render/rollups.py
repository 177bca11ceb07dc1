"""The roll-up page of a checklist: figures of all units in one, by kind and by parent, as far as it may be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from hoso.definitions import Checklist, Definitions, stricter
from hoso.definitions.publishing import EXTENTS, Extent
from hoso.i18n import tr
from hoso.quotas import Quota
from hoso.render.charts import Bar, bars, in_words, longest, steps
from hoso.render.extents import Extents, allows
from hoso.render.markup import facts, heading, link, lit, note, table
from hoso.render.pages import Page, board_path, rollup_path
from hoso.render.words import publishing
from hoso.rollup import (
    Block,
    By,
    Contribution,
    Key,
    RollUp,
    Sum,
    group_label,
    item_title,
    quota_by,
    quota_line,
    quota_name,
    quota_over,
)
from hoso.rollup.blocks import blocks, head, told
from hoso.rollup.hiding import Hiding
from hoso.rollup.shape import BEFORE, Column, Shape
from hoso.rollup.shapes import LevelsShape, NumberShape
from hoso.text import shown_day

_BY: tuple[By, ...] = ("kind", "parent")
_DAYS = 10  # more of them are told by weeks


def has_rollup(definitions: Definitions, name: str) -> bool:
    """Whether totals of the checklist may be published at all."""
    return allows(definitions.checklists[name].publish.dossiers, "totals")


def shown_parts(extents: Extents, given: Contribution) -> list[str]:
    """The items of a dossier of which at least totals may be published."""
    parts = {part.id: part for part, _ in extents.checklist.parts()}
    return [
        name for name, one in given.parts.items()
        if name in parts and allows(stricter(extents.of_part(parts[name], given.state), one.extent), "totals")
    ]  # fmt: skip


class RollUpWriter:
    """Writes the page of one checklist."""

    def __init__(self, definitions: Definitions, name: str, rollup: RollUp) -> None:
        self.definitions, self.name, self.rollup = definitions, name, rollup
        self.checklist: Checklist = definitions.checklists[name]
        self.extents = Extents(definitions, self.checklist)
        self.whole = rollup.whole
        self.hiding = Hiding(rollup, self._is_open)
        self.path = rollup_path(name)

    def page(self) -> Page:
        title = tr("Added up: {checklist}", checklist=self.checklist.title)
        lines = [heading(1, title), "", *self._summary(), *self._quotas(), *self._progress(), *self._parts()]
        return Page(self.path, title, "\n".join(lines))

    def _summary(self) -> Iterator[str]:
        covers = tr("{count} of {all} units", count=self.whole.included, all=self.whole.expected)
        yield from facts([
            (tr("Unit by unit"), link(tr("Who has handed in"), board_path(self.name), self.path)),
            (tr("Added up so far"), f"**{lit(covers)}**"),
            (tr("What counts"), lit(publishing(self.checklist.publish))),
        ])  # fmt: skip

    def _quotas(self) -> Iterator[str]:
        shown = self.hiding.quotas(lambda one: quota_over(self.definitions, self.name, one))
        if not shown:
            return
        yield from (heading(2, tr("Quotas"), "han-muc"), "")
        head = [tr("Quota"), tr("Group"), tr("Counted"), tr("Limit"), tr("Places left"), tr("State")]
        yield from table([lit(name) for name in head], map(self._row, shown), "llrrrl")
        made = [Bar(self._group(one), one.count, _against(one), one.limit) for one in shown]
        yield from bars(tr("Quotas against their limits"), "; ".join(map(self._line, shown)), made)

    def _row(self, one: Quota) -> list[str]:
        state = tr("holds") if one.holds else tr("does not hold")
        name, places = quota_name(self.definitions, self.name, one), max(0, one.places_left)
        told = [name, self._named_group(one), f"{one.count}", f"{one.limit}", f"{places}",
                state + (tr(" (provisional)") if one.provisional else "")]  # fmt: skip
        return [lit(cell) for cell in told]

    def _line(self, one: Quota) -> str:
        return quota_line(self.definitions, self.name, one)

    def _group(self, one: Quota) -> str:
        named = self._named_group(one)
        return named if one.group else f"{named} ({quota_name(self.definitions, self.name, one)})"

    def _named_group(self, one: Quota) -> str:
        by = quota_by(self.definitions, self.name, one)
        if by in ("kind", "parent"):
            return group_label(self.definitions, by, one.group)  # type: ignore[arg-type]
        return one.group or tr("All units")

    def _progress(self) -> Iterator[str]:
        days = sorted(self.rollup.handed.items())
        if len(days) < 2:
            return
        reached, made = 0, []
        for day, count in days:
            reached += count
            made.append((date.fromisoformat(day), reached))
        told = _by_week(made) if len(made) > _DAYS else made
        yield from (heading(2, tr("Handed in over time"), "tien-do"), "")
        sentence = "; ".join(f"{shown_day(day)}: {count}" for day, count in told[-12:])
        yield from steps(tr("Handed in over time"), sentence, made, max(self.whole.expected, reached))
        rows = [[lit(shown_day(day)), str(count)] for day, count in told]
        yield from _html(tr("Handed in over time"), [tr("Up to the day"), tr("Units")], rows)

    def _parts(self) -> Iterator[str]:
        found = [self._careful(one) for one in blocks(self.rollup, self.whole) if one.units]
        if not found:
            yield from note(tr("Nothing has been added up here yet."), "info")
        for key, some in groupby(found, key=lambda one: one.key):
            yield from (heading(2, self._title(key), f"tp-{key.part}-{key.outline}".replace("_", "-")), "")
            for section, inside in groupby(some, key=lambda one: _section(one.shape)):
                yield from self._under(key, section, inside)

    def _under(self, key: Key, section: str, inside: Iterable[Block]) -> Iterator[str]:
        outline = self.definitions.outlines.get(key.outline)
        node = outline.nodes.get(section) if outline else None
        if node is not None and node.heading:
            yield from (heading(3, node.heading, f"tp-{key.part}-{key.outline}-{section}".replace("_", "-")), "")
        for is_figure, few in groupby(inside, key=lambda one: isinstance(one.shape, NumberShape)):
            made = list(few)
            yield from self._figures(made) if is_figure else (line for one in made for line in self._table(one))

    def _title(self, key: Key) -> str:
        return item_title(self.definitions, self.name, key)

    def _is_open(self, key: Key, shape: Shape) -> bool:
        """Whether every unit's own figures are published on its page anyway."""
        part = next(part for part, _ in self.checklist.parts() if part.id == key.part)
        wanted: Extent = "figures" if isinstance(shape, NumberShape) else "all"
        found = [self.extents.of_part(part, state) for state in self.rollup.states]
        return all(allows(one, wanted) for one in found if EXTENTS.index(one) >= EXTENTS.index("totals"))

    def _groups(self, block: Block) -> Iterator[tuple[str, Sum]]:
        for by in _BY:
            groups = self.rollup.groups(by)
            if len([one for one in groups.values() if one.asked[block.key]]) > 1:
                for name, over in self.hiding.groups(block.key, block.shape, by).items():
                    yield group_label(self.definitions, by, name), over

    def _over(self, block: Block, over: Sum) -> Block:
        found = over.fields.get((block.key, block.shape.address))
        sums = found.of(block.shape) if found else {}
        return self._careful(Block(block.key, block.shape, found.units if found else 0, over.asked[block.key], sums))

    def _careful(self, block: Block) -> Block:
        return replace(block, is_held=self.hiding.is_held(block.key, block.shape))

    def _figures(self, some: Sequence[Block]) -> Iterator[str]:
        """Single figures of a section in one table: a row a figure, a column for all units and for each group."""
        some = [one for one in some if self._has_total(one)]
        groups = [dict(self._groups(one)) for one in some]
        names = list(dict.fromkeys(name for one in groups for name in one))
        rows = []
        for block, shown in zip(some, groups, strict=True):
            columns = self._columns(block)
            for line, column in ((line, column) for line in block.shape.lines for column in columns):
                label = line.label + (f" ({column.label})" if len(columns) > 1 else "")
                label += f", {column.measure}" if column.measure else ""
                cells = [
                    told(self._over(block, shown[name]).at(line, column), column)
                    if name in shown
                    else tr("only in the total")
                    for name in names
                ]
                rows.append(
                    [lit(label), lit(block.shown(line, column)), lit(f"{block.units}/{block.asked}"), *map(lit, cells)]
                )
        if rows:
            yield from _html(tr("Figures"), [tr("Figure"), tr("All units"), tr("Units counted"), *names], rows)

    def _columns(self, block: Block) -> list[Column]:
        """Few persons are not compared with the period before: other units reported then, and theirs would show."""
        held = self.hiding.is_held(block.key, block.shape)
        return [one for one in block.shape.columns if not (held and one.id == BEFORE)]

    def _has_total(self, block: Block) -> bool:
        return self.hiding.shows_total(block.key, block.shape)

    def _table(self, block: Block) -> Iterator[str]:
        if not self._has_total(block):
            yield from note(tr("{table}: too few units to be shown", table=block.shape.label), "info")
            return
        over = ((name, self._over(block, one)) for name, one in self._groups(block))
        groups = [(name, made) for name, made in over if made.units]
        if len(block.shape.columns) == 1:
            yield from self._side_by_side(block, groups)
            yield from self._chart(block)
            return
        yield from self._block(block, f"{block.shape.label} ({block.covers})")
        yield from self._chart(block)
        if groups:
            made = [self._block(one, f"{name}: {block.shape.label} ({one.covers})") for name, one in groups]
            told = tr(
                "{table}: by kind of unit and superior unit ({count} tables)", table=block.shape.label, count=len(made)
            )
            inner = "".join(line for lines in made for line in lines)
            yield from (f'<div class="hoso-more"><details><summary>{lit(told)}</summary>{inner}</details></div>', "")

    def _side_by_side(self, block: Block, groups: Sequence[tuple[str, Block]]) -> list[str]:
        """One column of figures: all units and each group side by side, to be compared at a glance."""
        shape, column = block.shape, block.shape.columns[0]
        made = [(tr("All units"), block), *groups]
        rows = [
            [lit(line.label), *("" if line.heading else lit(one.shown(line, column)) for _, one in made)]
            for line in shape.lines
        ]
        if shape.totalled and len(shape.lines) > 1:
            rows.append([lit(tr("Total")), *(lit(told(one.total(column), column)) for _, one in made)])
        rows.append([lit(tr("Units counted")), *(lit(f"{one.units}/{one.asked}") for _, one in made)])
        caption = shape.label if column.label == shape.label else f"{shape.label}: {column.label}"
        return _html(caption, [tr("What is counted"), *(name for name, _ in made)], rows)

    def _chart(self, block: Block) -> Iterator[str]:
        """Levels by how many units have them; what a table gives for each year."""
        if isinstance(block.shape, LevelsShape):
            column = block.shape.columns[-1]
            made = [Bar(line.label, float(block.at(line, column).value or 0), block.shown(line, column) or "0")
                    for line in block.shape.filled()]  # fmt: skip
            yield from bars(tr("Final levels"), in_words(made), made)
            return
        years = [one for one in block.shape.columns if one.time and one.how == "sum"]
        if len(years) > 1 and block.shape.totalled:
            charts = [
                (
                    line.label,
                    [Bar(one.label, float(block.at(line, one).value or 0), block.shown(line, one)) for one in years],
                )
                for line in block.shape.filled()
            ]
            most = longest(one for _, made in charts for one in made)
            for label, made in charts:
                yield from bars(label, in_words(made), made, most=most, about=block.shape.label)

    def _block(self, block: Block, caption: str) -> list[str]:
        columns = block.shape.columns
        rows = [
            [lit(line.label), *("" if line.heading else lit(block.shown(line, one)) for one in columns)]
            for line in block.shape.lines
        ]
        if block.shape.totalled and len(block.shape.lines) > 1:
            rows.append([lit(tr("Total")), *(lit(told(block.total(one), one)) for one in columns)])
        return _html(caption, [tr("What is counted"), *head(block)], rows)


def _against(one: Quota) -> str:
    """The figure at a bar: colours and places alone would not tell that a quota does not hold."""
    words = {"count": one.count, "limit": one.limit}
    if one.holds:
        return f"{one.count} / {one.limit}"
    return (
        tr("{count} / {limit}, too many", **words)
        if one.count > one.limit
        else tr("{count} / {limit}, too few", **words)
    )


def _by_week(made: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    """The last day of each week on which something was handed in."""
    weeks = {day.isocalendar()[:2]: (day, count) for day, count in made}
    return list(weeks.values())


def _section(shape: Shape) -> str:
    return shape.address.partition(".")[0]


def _html(caption: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in a frame of its own to scroll in. Cells are HTML already."""
    top = "".join(f'<th scope="col">{lit(name)}</th> ' for name in names)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th> '
        + "".join(f'<td class="hoso-figure">{cell}</td> ' for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    frame = f'<div class="hoso-table" role="group" aria-label="{lit(caption)}" tabindex="0">'
    table = f"<caption>{lit(caption)}</caption> <thead><tr>{top}</tr></thead> <tbody>{body}</tbody>"
    return [f'{frame}<table class="hoso-form">{table}</table></div>', ""]
