"""What belongs into the columns of a table, where that is more than a figure or a text."""

from __future__ import annotations

from dataclasses import replace

from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import NumberField, TableField, TextField
from hoso.kinds.columns import Leaf
from hoso.kinds.rows import OpenRows
from hoso.render.markup import chip, lit
from hoso.render.naming import Place, column_label

_SHOWN = 4


def column_lines(place: Place, table: TableField) -> list[str]:
    """Markdown list items; columns of which the same is told stand together."""
    inside = replace(place, table=table)
    told: dict[str, list[str]] = {}
    for leaf in table.leaves.values():
        what = _told(inside, leaf)
        if what:
            told.setdefault(what, []).append(column_label(leaf))
    lines = [f"- **{lit(_names(names))}**{lit(':')} {what}" for what, names in told.items()]
    return lines + [f"- {lit(one)}" for one in _of_rows(table)]


def _names(names: list[str]) -> str:
    if len(names) <= _SHOWN:
        return "; ".join(names)
    return tr("{names} and {count} more columns", names="; ".join(names[: _SHOWN - 1]), count=len(names) - _SHOWN + 1)


def _told(place: Place, leaf: Leaf) -> str:
    made = leaf.field
    parts = [] if _is_plain(made) or getattr(made, "compute", None) is not None else made.wants()
    if isinstance(made.required, Formula):
        parts.append(tr("if {condition}", condition=place.formula(made.required.text)))
    elif made.required and made.type != "mark":
        parts.append(tr("required"))
    if made.only_when is not None and made.only_when != made.required:
        parts.append(tr("only if {condition}", condition=place.formula(made.only_when.text)))
    if made.hint:
        parts.append(made.hint)
    out = lit("; ".join(parts))
    return " ".join(part for part in (out, chip(tr("never published"), "private") if made.private else "") if part)


def _is_plain(made: object) -> bool:
    """A count or a text, of which the label says enough."""
    if isinstance(made, NumberField):
        bounded = made.at_most is not None or bool(made.at_least) or made.target is not None
        return not (made.decimals or made.measure or bounded)
    return isinstance(made, TextField) and made.words is None and not made.mentions


def _of_rows(table: TableField) -> list[str]:
    rows = table.rows
    if not isinstance(rows, OpenRows):
        return []
    out = [tr("as many rows as needed")]
    if rows.at_least:
        out.append(tr("at least {count} rows", count=rows.at_least))
    if rows.at_most is not None:
        out.append(tr("at most {count} rows", count=rows.at_most))
    return ["; ".join(out)]
