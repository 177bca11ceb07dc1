"""Figures of a dossier to be quoted in its prose: which there are, by which name, how they read now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hoso.definitions import Node
from hoso.dossiers import answer_of
from hoso.i18n import tr
from hoso.kinds import NumberField, ScoringField, TableField
from hoso.kinds.table import TOTAL, Figures
from hoso.references import comparison, referred
from hoso.validate import Names
from tui.places import Key, Place
from tui.session import Session


class Quotable(NamedTuple):
    """Something that can be put into a text: what is inserted, how it reads now, what it is, where it stands."""

    inserted: str
    shown: str
    label: str
    where: str
    kind: str = "figure"  # figure · before · change, which stay current; sentence, which is plain text


def quotables(session: Session, key: Key) -> list[Quotable]:
    """Every figure that the text at `key` may quote, its own section's first."""
    out = [one for part in _parts_from(session, key) for one in _of_part(session, key, part)]
    near = session.node(key.place).heading
    return sorted(out, key=lambda one: one.where != near)


def spaced(text: str, before: str) -> str:
    """What is put in behind a letter or the end of a sentence is parted from it. `before`: one letter, or nothing."""
    return f" {text}" if before.isalnum() or before in tuple('.,;:!?)]}”"%') else text


def _parts_from(session: Session, key: Key) -> list[str]:
    return sorted(session.asked, key=lambda part: part != key.part)


def _of_part(session: Session, key: Key, part: str) -> Iterator[Quotable]:
    outline = session.outline(part)
    if outline is None:
        return
    names = session.names(part, outline)
    private = session.field(key).private
    for node in outline.nodes.values():
        if not session.applies(Place(part, node.id)):
            continue
        head = "" if (part, node.id) == (key.part, key.section) else f"{node.id}."
        prefix = head if part == key.part else f"{part}.{head or f'{node.id}.'}"
        where = node.heading if part == key.part else f"{session.asked[part].title} › {node.heading}"
        for inner, kind in _names(node, names):
            told = referred(names, node, inner)
            if told is not None and told.shown is not None and (private or not told.private):
                yield Quotable(f"{{{{{prefix}{inner}}}}}", told.shown, told.label, where, kind)
                made = node.fields[told.field]
                words = comparison(names, node, made) if kind == "change" and isinstance(made, NumberField) else None
                if words is not None:
                    yield Quotable(words, words, tr("sentence"), where, "sentence")


def _names(node: Node, names: Names) -> Iterator[tuple[str, str]]:
    """The names of a section's figures, a comparison and the period before with them; of tables, filled cells only."""
    for name, made in node.fields.items():
        if isinstance(made, NumberField):
            yield name, "figure"
            if made.compare:
                yield f"{name}.change", "change"
                yield f"{name}.before", "before"
        elif isinstance(made, ScoringField):
            yield f"{name}.points", "figure"
        elif isinstance(made, TableField):
            raw = names.sheet.raw(node.id, name)
            if isinstance(raw, dict) and answer_of(raw) is None:
                yield from ((f"{name}.{cell}", "figure") for cell in _cells(made, raw))


def _cells(table: TableField, raw: dict[str, object]) -> Iterator[str]:
    columns = [column for column, leaf in table.leaves.items() if leaf.field.type == "number"]
    rows = [*Figures(table, raw).names, *([TOTAL] if table.total is not None else [])]
    return (f"{row}.{column}" for row in rows for column in columns)
