"""A roll-up as CSV and as an Excel workbook. What people wrote is text there and never a formula or a link."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hoso.definitions import Definitions
from hoso.i18n import tr
from hoso.rollup.adding import By, RollUp, Sum
from hoso.rollup.blocks import Block, blocks, group_label, head, item_title, lacking, quota_line
from hoso.rollup.cells import Found, as_number

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NAME_MARKS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula, with a mark before it that makes it text."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def as_csv(rollup: RollUp, definitions: Definitions, by: Iterable[By] = ()) -> str:
    """A line a figure: whose, of what, how much, from how many units."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([tr("Group"), tr("Item"), tr("Field"), tr("Row"), tr("Column"), tr("Value"), tr("Pending"),
                     tr("Units counted"), tr("Units asked"), tr("Withheld"), tr("Units incomplete")])  # fmt: skip
    for title, over in _parts(rollup, definitions, by):
        for block in blocks(rollup, over):
            for row, column, found in _figures(block):
                texts = (title, block.key.part, f"{block.shape.address}: {block.shape.label}", row, column)
                value = as_number(found.value)
                writer.writerow([*map(harmless, texts), "" if value is None else value, found.pending or "",
                                 block.units, block.asked, found.withheld or "", found.left_out or ""])  # fmt: skip
    return out.getvalue()


def _parts(rollup: RollUp, definitions: Definitions, by: Iterable[By]) -> Iterator[tuple[str, Sum]]:
    yield tr("All units"), rollup.whole
    for one in by:
        for name, over in rollup.groups(one).items():
            yield group_label(definitions, one, name), over


def _figures(block: Block) -> Iterator[tuple[str, str, Found]]:
    names = head(block)
    for line in block.shape.filled():
        for column, name in zip(block.shape.columns, names, strict=True):
            yield line.label, name, block.at(line, column)
    for column, name in zip(block.shape.columns, names, strict=True):
        total = block.total(column)
        if total is not None and len(block.shape.lines) > 1:
            yield tr("Total"), name, total


def write_workbook(path: Path, rollup: RollUp, definitions: Definitions, by: Iterable[By] = ()) -> None:
    """An Excel workbook, a sheet a group. Raises OSError; nothing half-written is left."""
    from xlsxwriter import Workbook

    from hoso import yamlio

    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book: Any = Workbook(made, options)
    bold, names = book.add_format({"bold": True, "text_wrap": True, "valign": "top"}), set[str]()
    for title, over in _parts(rollup, definitions, by):
        sheet = book.add_worksheet(_sheet_name(title, names))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 40, 16)
        _write(sheet, _lines(rollup, definitions, title, over), bold)
    book.close()
    yamlio.write_bytes(path, made.getvalue())


def _sheet_name(title: str, taken: set[str]) -> str:
    base = title.translate(_NAME_MARKS).strip()[:27] or "-"
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        name = f"{base} {count}"
    taken.add(name.casefold())
    return name


Shown = tuple[bool, list[str | int | float | None]]  # whether it is a heading, and its cells


def _lines(rollup: RollUp, definitions: Definitions, title: str, over: Sum) -> Iterator[Shown]:
    yield True, [f"{definitions.checklists[rollup.checklist].title}: {title}"]
    yield False, [tr("{count} of {all} units", count=over.included, all=over.expected)]
    for quota in rollup.quotas if over.expected == rollup.whole.expected else ():
        yield False, [quota_line(definitions, rollup.checklist, quota)]
    for block in blocks(rollup, over):
        yield False, []
        item = item_title(definitions, rollup.checklist, block.key)
        yield True, [f"{item}: {block.shape.label} ({block.covers})", *head(block)]
        for line in block.shape.lines:
            label = "  " * line.depth + line.label
            yield line.heading, [label, *([] if line.heading else _cells(block, line))]
        if block.shape.totalled and len(block.shape.lines) > 1:
            totals = [block.total(column) for column in block.shape.columns]
            yield True, [tr("Total"), *(as_number(found.value) if found else None for found in totals)]


def _cells(block: Block, line: Any) -> list[str | int | float | None]:
    """The figures of a row, and in words behind them what is not in them."""
    columns = block.shape.columns
    some = [block.at(line, column) for column in columns]
    missing = [(name, lacking(found)) for name, found in zip(head(block), some, strict=True)]
    words = "; ".join(f"{name}: {told}" if len(columns) > 1 else told for name, told in missing if told)
    return [*(as_number(found.value) for found in some), *([words] if words else [])]


def _write(sheet: Any, lines: Iterable[Shown], bold: Any) -> None:
    for place, (heading, cells) in enumerate(lines):
        look = bold if heading else None
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(place, column, cell, look)
            elif cell is not None:
                sheet.write_number(place, column, cell, look)
