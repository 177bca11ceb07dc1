"""Where a reader finds their unit: the kinds of unit, then all units, a page after the other where there are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hoso.definitions import Definitions, Unit
from hoso.i18n import tr
from hoso.render.kinds import KindsOfUnit
from hoso.render.markup import heading, link, lit, note, sortable, table
from hoso.render.pages import ROWS_A_PAGE, Page, checklist_path, kind_path, units_path
from hoso.render.turning import pages_of, turning
from hoso.render.words import kind_label
from hoso.text import sort_key


class UnitList:
    """Writes the pages of the list."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.kinds = KindsOfUnit(definitions)
        self.units = sorted(definitions.units.values(), key=lambda unit: sort_key(unit.name))

    def pages(self) -> Iterator[Page]:
        """The first leads to the kinds too; there is one of these even where no unit is entered."""
        return (self.page(number) for number in range(1, pages_of(len(self.units)) + 1))

    def cut(self, number: int) -> Sequence[Unit]:
        return self.units[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]

    def page(self, number: int) -> Page:
        path, title = units_path(number), self.title(number)
        lines = [heading(1, title), "", *(self._beginning(path) if number == 1 else ())]
        if self.cut(number):
            lines += self._listed(number, path)
        whole = len(self.units) <= ROWS_A_PAGE
        return Page(path, title, "\n".join(lines), in_nav=number == 1, search="whole" if whole else "title")

    def title(self, number: int) -> str:
        title = tr("What applies to me")
        return tr("{title}, page {number}", title=title, number=number) if number > 1 else title

    def names(self, number: int) -> str:
        """What the search knows of a page of a long list: who stands on it."""
        return "; ".join(unit.name for unit in self.cut(number))

    def _beginning(self, path: str) -> Iterator[str]:
        if not self.kinds.names:
            told = [lit(tr("Units stand in the file checklists/units.yaml."))]
            yield from note(tr("No unit is entered yet."), "info", told)
            return
        yield from (lit(tr("Choose your kind of unit, or find your unit below.")), "")
        rows = []
        for kind in self.kinds.names:
            asked = [link(made.title, checklist_path(name), path) for name, made, _ in self.kinds.asking(kind)]
            label = link(kind_label(self.definitions, kind), kind_path(kind), path)
            rows.append([label, str(len(self.kinds.units.get(kind, []))), "<br>".join(asked) or lit("–")])
        yield from table([lit(tr("Kind of unit")), lit(tr("Units")), lit(tr("Has to hand in"))], rows, "lrl")

    def _listed(self, number: int, path: str) -> Iterator[str]:
        units, pages = self.cut(number), pages_of(len(self.units))
        ways = list(turning(units_path, number, pages, path))
        yield from (heading(2, tr("All units"), "don-vi"), "", *ways)
        if pages > 1:
            told = tr("From “{first}” to “{last}”, by the alphabet.", first=units[0].name, last=units[-1].name)
            yield from (lit(told), "")
        yield from sortable(choose=1, pages=pages)
        yield from table(
            [lit(tr("Unit")), lit(tr("Kind of unit")), lit(tr("Superior unit"))],
            (self._row(unit, path) for unit in units),
        )
        yield from ways

    def _row(self, unit: Unit, path: str) -> list[str]:
        superior = self.definitions.units.get(unit.parent or "")
        label = kind_label(self.definitions, unit.kind)
        known = unit.kind in self.kinds.names
        kind = link(label, kind_path(unit.kind), path) if known else lit(unit.kind)
        return [lit(unit.name), kind, lit(superior.name if superior else "")]
