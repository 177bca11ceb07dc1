"""Tables and score sheets as they look on paper: merged heads, numbered rows, totals; filled or blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from hoso.dossiers import Answer, answer_of
from hoso.i18n import tr
from hoso.kinds import FieldBase, ScoringField, TableField
from hoso.kinds.choice import ChoiceField
from hoso.kinds.columns import Leaf
from hoso.kinds.compute import Quantity, rounded
from hoso.kinds.number import NumberField
from hoso.kinds.rows import Line, OpenRows, Row
from hoso.kinds.table import TOTAL, Figures, shown_quantity
from hoso.render.markup import lit
from hoso.render.ruled import Cell, Grid, bands, ruled
from hoso.text import shown_number

ABSENT = {"nil": "0", "pending": "…", "not_applicable": "–", "withheld": "×"}
_CELL = re.compile("(</(?:caption|t[hdr])>)(?=<)")


class Head(NamedTuple):
    """One cell of a table's head."""

    text: str
    across: int
    down: int


def columns_shown(table: TableField) -> list[tuple[Leaf, str | None, str]]:
    """The columns as printed: a choice shown as marks takes one for each of its options (its id, its label)."""
    out: list[tuple[Leaf, str | None, str]] = []
    for leaf in table.leaves.values():
        if isinstance(leaf.field, ChoiceField) and leaf.field.shown_as == "marks":
            out += [(leaf, option, label) for option, label in leaf.field.labels.items()]
        else:
            out.append((leaf, None, leaf.field.name))
    return out


def heads(table: TableField) -> list[list[Head]]:
    """The rows of the head: a heading over several columns spans them, a column under none spans the rows."""
    shown = columns_shown(table)
    depth = max((len(leaf.heads) for leaf, _, _ in shown), default=0) + 1
    rows: list[list[Head]] = [[] for _ in range(depth)]
    for level in range(depth - 1):
        last: tuple[str, ...] | None = None
        for leaf, _, _ in shown:
            path = leaf.heads[: level + 1]
            if len(path) <= level:
                last = None
            elif path == last:
                rows[level][-1] = rows[level][-1]._replace(across=rows[level][-1].across + 1)
            else:
                rows[level].append(Head(path[-1], 1, 1))
                last = path
    if depth == 1:
        return [[Head(label, 1, 1) for _, _, label in shown]]
    return _merged(table, rows, depth)


def _merged(table: TableField, rows: list[list[Head]], depth: int) -> list[list[Head]]:
    """Puts the columns that stand under no heading, or under few, where they belong."""
    out: list[list[Head]] = [[] for _ in range(depth)]
    waiting = [iter(row) for row in rows]
    current: list[tuple[str, ...] | None] = [None] * depth
    for leaf, _, label in columns_shown(table):
        for level in range(len(leaf.heads)):
            path = leaf.heads[: level + 1]
            if current[level] != path:
                out[level].append(next(waiting[level]))
                current[level] = path
        for level in range(len(leaf.heads), depth):
            current[level] = None
        out[len(leaf.heads)].append(Head(label, 1, depth - len(leaf.heads)))
    return out


def table_html(table: TableField, value: dict[str, Any] | None = None) -> str:
    """The table as one block of HTML. Without a value: the blank form."""
    figures = Figures(table, value or {})
    body = [*_heads_html(table), "<tbody>"]
    for line in _lines(table, figures):
        cells = (_cell_html(figures, line, leaf, option) for leaf, option, _ in columns_shown(table))
        body.append(_row_html(table, line, "" if line.heading else "".join(cells)))
    if table.total is not None:
        body.append(_total_html(table, figures, blank=value is None))
    return _framed(table.name, [*body, "</tbody>"])


def _lines(table: TableField, figures: Figures) -> Iterator[Line]:
    if not isinstance(table.rows, OpenRows):
        yield from table.lines
        return
    yield from figures.lines
    if not figures.lines:
        numbered = table.rows.number is not None
        for place in range(1, max(table.rows.shown, 1) + 1):
            yield Line("", "", str(place) if numbered else "", 0, False, Row(id="row"))


def _side(table: TableField) -> list[str]:
    """The heads over the row heads: a number and a label, as far as the rows have them."""
    numbered = any(line.number for line in table.lines) or (isinstance(table.rows, OpenRows) and table.rows.number)
    labelled = not isinstance(table.rows, OpenRows)
    return ([tr("No.")] if numbered else []) + ([table.corner] if labelled else [])


def _heads_html(table: TableField) -> Iterator[str]:
    made = heads(table)
    yield "<thead>"
    for place, row in enumerate(made):
        side = (
            "".join(f'<th rowspan="{len(made)}" scope="col">{lit(text)}</th>' for text in _side(table))
            if not place
            else ""
        )
        cells = "".join(
            f'<th{_span("colspan", one.across)}{_span("rowspan", one.down)} scope="col">{lit(one.text)}</th>'
            for one in row
        )
        yield f"<tr>{side}{cells}</tr>"
    yield "</thead>"


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def _row_html(table: TableField, line: Line, cells: str) -> str:
    side = _side(table)
    out = f"<td>{lit(line.number)}</td>" if tr("No.") in side[:1] else ""
    if not isinstance(table.rows, OpenRows):
        indent = f' class="hoso-in-{min(line.depth, 4)}"' if line.depth else ""
        across = f' colspan="{1 + len(columns_shown(table))}"' if line.heading else ""
        out += f'<th scope="row"{across}{indent}>{lit(line.label)}</th>'
    return f"<tr>{out}{cells}</tr>"


def _cell_html(figures: Figures, line: Line, leaf: Leaf, option: str | None) -> str:
    text = cell_text(figures, line, leaf, option)
    return f'<td class="hoso-figure">{lit(text)}</td>' if leaf.field.type == "number" else f"<td>{lit(text)}</td>"


def _total_html(table: TableField, figures: Figures, *, blank: bool) -> str:
    assert table.total is not None
    shown, over = columns_shown(table), _under_label(table)
    side = len(_side(table)) + over
    head = f'<th scope="row"{_span("colspan", side)}>{lit(table.total.label)}</th>' if side else ""
    cells = "".join(
        f'<td class="hoso-figure">{"" if blank else lit(total_text(figures, leaf, option))}</td>'
        for leaf, option, _ in shown[over:]
    )
    return f'<tr class="hoso-total">{head}{cells}</tr>'


def _under_label(table: TableField) -> int:
    """How many columns the total's label spans beside the row heads: with open rows the first ones, which have no
    total of their own; or the label alone would make a column of numbers wide."""
    if not isinstance(table.rows, OpenRows):
        return 0
    has_total = (option is not None or leaf.field.type == "number" for leaf, option, _ in columns_shown(table))
    return len(list(takewhile(lambda one: not one, has_total)))


def cell_text(figures: Figures, line: Line, leaf: Leaf, option: str | None = None) -> str:
    """What stands in a cell, as readers write it."""
    raw = figures.raw(line.name, leaf.name)
    made = leaf.field
    compute = getattr(made, "compute", None)
    if compute is not None and (raw in (None, "") or not compute.entered):
        return shown_quantity(figures.at(line.name, leaf.name), compute.decimals)
    answer = answer_of(raw) or Answer()
    if answer.absent is not None:
        return "" if option else ABSENT.get(answer.absent, "")
    if option is not None:
        return "x" if answer.value == option else ""
    field = figures.table.field_at(line, leaf) or made
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    return "; ".join(field.shown(value) for value in values if value not in (None, ""))


def total_text(figures: Figures, leaf: Leaf, option: str | None = None) -> str:
    """What the total says under a column: the entered figure, the sum, or how often an option was chosen."""
    table = figures.table
    if table.total is None or (table.total.columns and leaf.name not in table.total.columns):
        return ""
    if option is not None:
        return str(sum(figures.raw(name, leaf.name) == option for name in figures.names))
    if not isinstance(leaf.field, NumberField):
        return ""
    entered = figures.entered_total(leaf.name)
    if table.total.entered and entered.value is not None:
        return _exact(entered)
    decimals = leaf.field.compute.decimals if leaf.field.compute else leaf.field.decimals
    return shown_quantity(figures.total(leaf.name), decimals)


def _exact(quantity: Quantity) -> str:
    value = rounded(quantity.value or Fraction(0), 9)
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return shown_number(text.rstrip("0").rstrip(".") if "." in text else text)


def table_grid(
    table: TableField, value: dict[str, Any] | None = None, signs: Mapping[tuple[str, str], str] | None = None
) -> Grid:
    """The table as cells to be drawn; `signs` stand before what is in a cell, by row and column."""
    figures, side, shown = Figures(table, value or {}), _side(table), columns_shown(table)
    made = heads(table)
    top = [Cell(text, 1, len(made), "centre", "head") for text in side]
    head = [[Cell(one.text, one.across, one.down, "centre", "head") for one in row] for row in made]
    body = [_row_cells(figures, line, shown, len(side), signs or {}) for line in _lines(table, figures)]
    if table.total is not None:
        label = [Cell(table.total.label, len(side), look="total")] if side else []
        sums = [_signed((signs or {}).get((TOTAL, leaf.name), ""), total_text(figures, leaf, option) if value else "")
                for leaf, option, _ in shown]  # fmt: skip
        body.append([*label, *(Cell(text, to="right", look="total") for text in sums)])
    return Grid([top + head[0], *head[1:]], body, len(side))


def _row_cells(
    figures: Figures,
    line: Line,
    shown: list[tuple[Leaf, str | None, str]],
    side: int,
    signs: Mapping[tuple[str, str], str],
) -> list[Cell]:
    number = tr("No.") in _side(figures.table)[:1]
    out = [Cell(line.number, to="centre")] if number else []
    indent = 2 * min(line.depth, 4)
    if line.heading:
        return [*out, Cell(line.label, len(shown) + side - len(out), look="group", indent=indent)]
    if side > len(out):
        out.append(Cell(line.label, indent=indent))
    for leaf, option, _ in shown:
        text = _signed(signs.get((line.name, leaf.name), ""), cell_text(figures, line, leaf, option))
        to: Literal["left", "right", "centre"] = "left"
        if leaf.field.type == "number":
            to = "right"
        elif option is not None or leaf.field.type == "mark":
            to = "centre"
        out.append(Cell(text, to=to))
    return out


def _signed(sign: str, text: str) -> str:
    return f"{sign} {text}".strip() if sign else text


def scoring_grid(
    made: ScoringField, value: dict[str, Any] | None = None, total: str = "", signs: Mapping[str, str] | None = None
) -> Grid:
    """The score sheet as cells to be drawn; `signs` stand before the points of a criterion, by its whole name."""
    body: list[list[Cell]] = []
    for group in made.groups:
        body.append([Cell(group.title, look="group"), Cell(shown_number(group.at_most), to="right", look="group"),
                     Cell(look="group")])  # fmt: skip
        for one in group.criteria:
            name = f"{group.id}.{one.id}"
            given = Cell(_signed((signs or {}).get(name, ""), _given(made, value or {}, name)), to="right")
            body.append([Cell(one.title, indent=2), Cell(shown_number(one.at_most), to="right"), given])
    if total:
        body.append([Cell(tr("Total"), 2, look="total"), Cell(total, to="right", look="total")])
    names = (tr("Criterion"), tr("At most"), tr("Points"))
    return Grid([[Cell(name, to="centre", look="head") for name in names]], body, 1)


def _given(made: ScoringField, value: Mapping[str, Any], name: str) -> str:
    """The points of a criterion as they are shown; wrong ones are told as not counted."""
    raw = value.get(name)
    answer = answer_of(raw) or Answer()
    if answer.absent:
        given = ABSENT.get(answer.absent, "")
    else:
        given = made.cells[name].shown(answer.value) if answer.value else ""
    return tr("{points} (not counted)", points=given) if made.wrong(name, raw) else given


def drawn(grid: Grid, width: int) -> list[str]:
    """As plain lines for the terminal and for mail; what is too wide is cut into tables one below the other."""
    return [line for band in bands(grid, width) for line in ruled(band, width).texts()]


def scoring_html(made: ScoringField, value: dict[str, Any] | None = None, total: str = "") -> str:
    """The score sheet: groups, criteria, the most points, the points given; `total`, where it is filled."""
    body = []
    for group in made.groups:
        body.append(_points_html(group.title, group.at_most, "", depth=0))
        for one in group.criteria:
            given = _given(made, value or {}, f"{group.id}.{one.id}")
            body.append(_points_html(one.title, one.at_most, given, depth=1))
    if total:
        head = f'<th scope="row" colspan="2">{lit(tr("Total"))}</th>'
        body.append(f'<tr class="hoso-total">{head}<td class="hoso-figure">{lit(total)}</td></tr>')
    names = (tr("Criterion"), tr("At most"), tr("Points"))
    head = "".join(f'<th scope="col">{lit(name)}</th>' for name in names)
    return _framed(made.name, [f"<thead><tr>{head}</tr></thead><tbody>", *body, "</tbody>"])


def words_of(made: FieldBase) -> Iterator[str]:
    """Every word that a field shows of its own: its name, options, heads of rows and columns, criteria."""
    yield made.name
    yield getattr(made, "measure", "")
    if isinstance(made, ChoiceField):
        yield from made.labels.values()
    elif isinstance(made, TableField):
        yield from (made.corner, *(one.label for one in (made.total, made.total_column) if one is not None))
        yield from (text for line in made.lines for text in (line.label, line.number))
        for leaf in made.leaves.values():
            yield from (*leaf.heads, *words_of(leaf.field))
    elif isinstance(made, ScoringField):
        for group in made.groups:
            yield from (group.title, *(one.title for one in group.criteria))


def _framed(name: str, body: Iterable[str]) -> str:
    """One line of HTML in a frame of its own to scroll in, which the keyboard reaches too."""
    frame = f'<div class="hoso-table" role="group" aria-label="{lit(name)}" tabindex="0">'
    # Blanks part the cells, or the search would take their words for one.
    parted = _CELL.sub(r"\1 ", f"<caption>{lit(name)}</caption>{''.join(body)}")
    return f'{frame}<table class="hoso-form">{parted}</table></div>'


def _points_html(title: str, most: Decimal, given: str, *, depth: int) -> str:
    indent = f' class="hoso-in-{depth}"' if depth else ""
    side = f'<th scope="row"{indent}>{lit(title)}</th>'
    row = "<tr>" if depth else '<tr class="hoso-group">'
    return f'{row}{side}<td class="hoso-figure">{shown_number(most)}</td><td class="hoso-figure">{lit(given)}</td></tr>'
