"""An outline: sections with prompts, asks and fields, numbered by their depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from hoso.definitions.former import Former, former_ids
from hoso.definitions.publishing import Publishing
from hoso.kinds import Field
from hoso.kinds.checking import Check
from hoso.kinds.spec import Bool, Condition, Count, Day, FileId, Id, Period, Spec, Text, fault
from hoso.text import letter, roman

_STYLE = re.compile(r"(?P<before>[^IAa1]*)(?P<tokens>[IAa1](?:\.[IAa1])*)(?P<after>[^\w]*)")
_DASHES = ("-", "+", "–", "•")
_TOKENS: dict[str, Callable[[int], str]] = {
    "I": roman, "1": str, "a": letter, "A": lambda count: letter(count).upper(),
}  # fmt: skip


def _known_style(style: str) -> str:
    if style not in _DASHES and not _STYLE.fullmatch(style):
        raise fault("numbering-invalid", value=style)
    return style


Style = Annotated[Text, AfterValidator(_known_style)]


class Ask(Spec):
    """One thing the text of a section has to cover, ticked off by itself."""

    id: Id
    text: Text
    mentions: list[Text] = []
    applies: Condition | None = None


class Regime(Spec):
    """A reporting regime's own data (Nghị định 09/2019/NĐ-CP): who, how, how often, up to which day."""

    from_: Text = ""
    to: Text = ""
    channel: Text = ""
    frequency: Text = ""
    closing: Text = ""

    model_config = Spec.model_config | {
        "alias_generator": lambda name: name.rstrip("_"),
        "populate_by_name": True,
    }


class Section(Spec):
    id: Id
    title: Text = ""
    prompt: Text = ""
    number: Text | None = None
    asks: list[Ask] = []
    more_asks: Bool = False
    applies: Condition | None = None
    facets: list[Id] = []
    fields: list[Field] = []
    sections: list[Section] = []
    checks: list[Check] = []
    was: list[Id] = []
    refers: list[FileId] = []


def _with_ids(facets: Any) -> Any:
    if not isinstance(facets, dict):
        return facets
    return {name: made | {"id": name} if isinstance(made, dict) else made for name, made in facets.items()}


Facets = Annotated[
    dict[Id, Field],
    BeforeValidator(_with_ids),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "object"}}),
]


@dataclass(slots=True)
class Node:
    """A section in its place: numbered, with its facets and fields in one mapping."""

    section: Section
    depth: int
    parent: str | None
    label: str
    fields: dict[str, Field]
    asks: dict[str, Ask]
    children: list[str] = field(default_factory=list)
    checked: bool = False  # whether the section or a field of it, tables apart, carries a check

    @property
    def id(self) -> str:
        return self.section.id

    @property
    def title(self) -> str:
        """The section's own, or the name of what it holds: forms often have one table and no title."""
        return self.section.title or next((made.name for made in self.fields.values()), "")

    @property
    def heading(self) -> str:
        return f"{self.label} {self.title}" if self.label else self.title

    @property
    def fillable(self) -> bool:
        return bool(self.fields or self.asks)


class Outline(Spec):
    """What must be written: a report, an appendix form or a scoring sheet."""

    hoso: Text
    title: Text
    code: Text = ""
    issuer: Text = ""
    number: Text = ""
    date: Day | None = None
    layout: Literal["report", "form"] = "report"
    version: Count = 1
    review: list[Text] = []
    period: Period | None = None
    window: Period | None = None
    regime: Regime | None = None
    guidance: Text = ""
    numbering: list[Style] = ["I", "1", "1.1", "a)", "-"]
    facets: Facets = {}
    sections: list[Section]
    checks: list[Check] = []
    publish: Publishing = Publishing()
    verified: Bool = True

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every section by id, in reading order; the first of those with the same id, so that none is in itself."""
        placed = list(self.placed())
        kept = {node.id: node for node in reversed(placed)}
        if len(kept) < len(placed):
            for node in kept.values():
                own = (name for name in node.children if kept[name].parent == node.id)
                node.children = list(dict.fromkeys(own))
        return {node.id: kept[node.id] for node in placed}

    def placed(self) -> Iterator[Node]:
        """Every section in reading order, also one whose id another has too."""
        return self._placed(self.sections, (), None)

    @cached_property
    def former(self) -> Former:
        """The ids that sections, fields and columns had."""
        return former_ids(self)

    def _placed(self, sections: list[Section], counts: tuple[int, ...], parent: str | None) -> Iterator[Node]:
        count = 0
        for section in sections:
            count += section.number is None
            here = (*counts, count)
            label = section.number if section.number is not None else numbered(self.numbering, here)
            fields = {name: self.facets[name] for name in section.facets if name in self.facets}
            fields |= {made.id: made for made in section.fields}
            yield Node(
                section, len(counts), parent, "" if label == "none" else label, fields,
                {ask.id: ask for ask in section.asks}, [child.id for child in section.sections],
                bool(section.checks) or any(made.checks and not made.tabular for made in fields.values()),
            )  # fmt: skip
            yield from self._placed(section.sections, here, section.id)

    def field(self, section: str, name: str) -> Field | None:
        node = self.nodes.get(section)
        return node.fields.get(name) if node else None


def numbered(styles: list[str], counts: tuple[int, ...]) -> str:
    """The label of a section from the style of its depth and the counts on the way down to it."""
    if len(counts) > len(styles):
        return ""
    style = styles[len(counts) - 1]
    found = _STYLE.fullmatch(style)
    if style in _DASHES or found is None:
        return style
    tokens = found["tokens"].split(".")
    parts = [_TOKENS[token](count) for token, count in zip(tokens, counts[-len(tokens) :], strict=False)]
    return f"{found['before']}{'.'.join(parts)}{found['after'] or '.'}"
