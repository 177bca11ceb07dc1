"""The glossary: short forms, codes, kinds of unit, levels, documents, each with where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from hoso.definitions import Definitions, Outline
from hoso.i18n import tr
from hoso.kinds import ChoiceField, Field, ScoringField, TableField
from hoso.render.kinds import KindsOfUnit
from hoso.render.markup import facts, heading, link, lit, note, table
from hoso.render.outlines import outline_title
from hoso.render.pages import (
    DOCUMENTS,
    GLOSSARY,
    Page,
    checklist_path,
    document_anchor,
    kind_path,
    outline_path,
)  # fmt: skip
from hoso.render.words import kind_label
from hoso.text import shown_day, sort_key

_FEW = 1
_CODE = re.compile(r"\W*([A-ZĐ]{2,4} \d{2}|(?:Biểu|Mẫu|Phụ lục)(?: số)? \d{1,3})\b")


def glossary_page(definitions: Definitions) -> Page:
    title = tr("Terms and short forms")
    return Page(GLOSSARY, title, "\n".join(GlossaryWriter(definitions).lines()))


class GlossaryWriter:
    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions

    def lines(self) -> Iterator[str]:
        yield from (heading(1, tr("Terms and short forms")), "")
        yield from (lit(tr("The words of the outlines and checklists, and where they are used.")), "")
        told = [
            (tr("Short forms"), "viet-tat", [*self._terms()]),
            (tr("Codes of forms"), "ky-hieu", [*self._codes()]),
            (tr("Kinds of unit"), "loai-don-vi", [*self._kinds()]),
            (tr("Levels and other lists to choose from"), "bang-chon", [*self._lists()]),
            (tr("Cited documents"), "van-ban", [*self._documents()]),
        ]
        for title, anchor, lines in told:
            if lines:
                yield from (heading(2, title, anchor), "", *lines)
        if not any(lines for _, _, lines in told):
            yield from note(tr("There are no terms yet."), "info")

    @cached_property
    def _texts(self) -> dict[str, str]:
        """All that an outline says, to find words in."""
        return {name: "\n".join(_texts_of(outline)) for name, outline in self.definitions.outlines.items()}

    def _using(self, word: str) -> str:
        """Links to the outlines in which a word stands by itself."""
        seen = re.compile(rf"(?<!\w){re.escape(word)}(?!\w|-[^\W\d])")
        found = [self._outline(name) for name, text in self._texts.items() if seen.search(text)]
        if any(seen.search(name) for name in self.definitions.lists.documents):
            found.append(link(tr("Cited documents"), DOCUMENTS, GLOSSARY))
        return _folded(found)

    def _outline(self, name: str) -> str:
        return link(outline_title(self.definitions.outlines[name]), outline_path(name), GLOSSARY)

    def _terms(self) -> Iterator[str]:
        terms = self.definitions.lists.terms
        rows = ([f"**{lit(name)}**", lit(terms[name]), self._using(name)] for name in sorted(terms, key=sort_key))
        if terms:
            yield from table([lit(tr("Short form")), lit(tr("Means")), lit(tr("Used in"))], rows)

    def _codes(self) -> Iterator[str]:
        found = {made.code: [self._outline(name)] for name, made in self.definitions.outlines.items() if made.code}
        for name, checklist in self.definitions.checklists.items():
            place = link(checklist.title, checklist_path(name), GLOSSARY)
            for part, _ in checklist.parts():
                code = _CODE.match(part.title)
                if code and code[1] not in found:
                    told = lit(tr("{title}; the form is not at hand", title=part.title) if part.missing else part.title)
                    found[code[1]] = [told, place]
        rows = ([f"**{lit(code)}**", "<br>".join(found[code])] for code in sorted(found, key=sort_key))
        if found:
            yield from table([lit(tr("Code")), lit(tr("Form"))], rows)

    def _kinds(self) -> Iterator[str]:
        kinds = KindsOfUnit(self.definitions)
        rows = []
        for kind in sorted(kinds.names, key=lambda kind: sort_key(kind_label(self.definitions, kind))):
            made = self.definitions.lists.kinds.get(kind)
            until = tr("until {day}", day=shown_day(made.until)) if made and made.until else ""
            label = link(kind_label(self.definitions, kind), kind_path(kind), GLOSSARY)
            rows.append([label, str(len(kinds.units.get(kind, []))), lit(until)])
        if rows:
            yield from table([lit(tr("Kind of unit")), lit(tr("Units")), lit(tr("There is such a unit"))], rows, "lrl")

    def _lists(self) -> Iterator[str]:
        for name, options in self.definitions.lists.lists.items():
            uses = [
                self._outline(one) for one, outline in self.definitions.outlines.items() if name in _lists_of(outline)
            ]
            if uses:
                labels = "<br>".join(lit(f"{place}. {option.label}") for place, option in enumerate(options, 1))
                yield from facts([(self._list_name(name), labels), (tr("Used in"), _folded(uses))])

    def _list_name(self, name: str) -> str:
        """Lists have ids only, so one is called by the first field that offers it."""
        for outline in self.definitions.outlines.values():
            for node in outline.nodes.values():
                for made in node.fields.values():
                    if isinstance(made, ChoiceField) and made.options == name:
                        return made.name
        return name.replace("_", " ")

    def _documents(self) -> Iterator[str]:
        names = sorted(self.definitions.lists.documents, key=sort_key)
        told = (link(name, f"{DOCUMENTS}#{document_anchor(name)}", GLOSSARY) for name in names)
        if names:
            yield from (f"{' · '.join(told)}", "")


def _folded(links: Sequence[str]) -> str:
    """Few as they are; many behind a line that tells how many, for titles are long and come again and again."""
    if len(links) <= _FEW:
        return "<br>".join(links)
    told = lit(tr("{count} documents", count=len(links)))
    return f"<details><summary>{told}</summary>{'<br>'.join(links)}</details>"


def _texts_of(outline: Outline) -> Iterator[str]:
    yield from (outline.title, outline.issuer, outline.guidance)
    for node in outline.nodes.values():
        yield from (node.section.title, node.section.prompt, *(ask.text for ask in node.section.asks))
        yield from (name for ask in node.section.asks for name in ask.mentions)
        for made in node.fields.values():
            yield from _texts_of_field(made)


def _texts_of_field(made: Field) -> Iterator[str]:
    yield from (made.label, made.hint)
    if isinstance(made, TableField):
        yield from (line.label for line in made.lines)
        for leaf in made.leaves.values():
            yield from (*leaf.heads, leaf.field.label)
    if isinstance(made, ScoringField):
        yield from (one.title for one in made.criteria.values())


def _lists_of(outline: Outline) -> set[str]:
    """The shared lists that an outline offers or makes rows, columns and levels from."""
    out: set[str] = set()
    for node in outline.nodes.values():
        for made in node.fields.values():
            if isinstance(made, TableField):
                out |= set(made.list_names())
            elif isinstance(made, ChoiceField) and isinstance(made.options, str):
                out.add(made.options)
            elif isinstance(made, ScoringField) and made.levels:
                out.add(made.levels.list)
    return out
