"""Which fields of a dossier are held back: private and sensitive ones, and those that would give such a one away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import Any

from hoso.definitions import Checklist, Definitions, Node
from hoso.definitions.disclosing import Disclosing, is_sensitive, of_checklist
from hoso.dossiers import Dossier
from hoso.kinds import Field, TableField
from hoso.kinds.keeping_private import public, public_value
from hoso.previous import EarlierPart
from hoso.validate import Verdict


class Holding:
    """For the dossiers of one checklist."""

    def __init__(self, definitions: Definitions, checklist: Checklist) -> None:
        self.definitions = definitions
        self.checklist = checklist
        self._held_now: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self._disclosing: dict[tuple[tuple[str, int], ...], tuple[Disclosing, object]] = {}

    @cached_property
    def now(self) -> Disclosing:
        """By the definitions of now: of every outline that any unit fills."""
        return of_checklist(self.checklist, self.definitions.outlines)

    def held_now(self, part: str, outline: str, section: str, field: str) -> bool:
        """The same for a field as a dossier knows it, which may have had other ids then."""
        if (part, outline) not in self._held_now:
            self._held_now[part, outline] = set(self._all_held(part, outline))
        return (section, field) in self._held_now[part, outline]

    def _all_held(self, part: str, outline: str) -> Iterator[tuple[str, str]]:
        found = self.definitions.outlines.get(outline)
        for node in found.nodes.values() if found else ():
            for made in node.fields.values():
                if made.private or is_sensitive(made) or self.now.holds(part, outline, node.id, made.id):
                    yield from product((node.id, *node.section.was), (made.id, *made.was))

    def disclosing(self, verdict: Verdict) -> Disclosing:
        """By the wording that a dossier was filled by; most dossiers share one."""
        parts = [(one.id, one.asked.outline or "", one.outline) for one in verdict.parts.values() if one.outline]
        key = tuple((part, id(outline)) for part, _, outline in parts)
        if key not in self._disclosing:
            # The outlines are kept beside, or another could come to have the same id.
            self._disclosing[key] = Disclosing(parts, self.checklist), parts
        return self._disclosing[key][0]

    def held_then(self, earlier: EarlierPart, node: Node, made: Field) -> bool:
        """The same for a field of the dossier of the period before."""
        if earlier.outline is None:
            return True
        name = earlier.sheet.outline if earlier.sheet else ""
        key = ((f"then {earlier.id}", id(earlier.outline)),)
        if key not in self._disclosing:
            self._disclosing[key] = Disclosing([(earlier.id, name, earlier.outline)]), earlier.outline
        return self._disclosing[key][0].holds(earlier.id, name, node.id, made.id)


class Public:
    """What of one dossier may be shown, where its fields may be shown at all."""

    def __init__(self, holding: Holding, dossier: Dossier, verdict: Verdict) -> None:
        self.holding = holding
        self.dossier = dossier
        self.verdict = verdict
        self.disclosing = holding.disclosing(verdict)

    def nodes(self, part: str) -> Mapping[str, Node]:
        outline = self.verdict.parts[part].outline
        return outline.nodes if outline else {}

    def fields(self, part: str, node: Node) -> Iterator[tuple[Field, Any]]:
        """The fields of a section that may be shown, with what the dossier's public file holds."""
        sheet = self.dossier.sheets.get(part)
        kept = sheet.answers.get(node.id) if sheet else None
        for name, made in node.fields.items():
            if not self._is_held(part, node, made):
                raw = kept.get(name) if isinstance(kept, Mapping) else None
                if isinstance(made, TableField) and made.has_private and isinstance(raw, dict) and "absent" not in raw:
                    yield public(made), public_value(made, raw)
                else:
                    yield made, raw

    def _is_held(self, part: str, node: Node, made: Field) -> bool:
        """Whether a field is private, sensitive or gives such a one away: as handed in, or as it is defined now."""
        if self.disclosing.holds(part, self.verdict.parts[part].asked.outline or "", node.id, made.id):
            return True
        sheet = self.dossier.sheets.get(part)
        return sheet is not None and self.holding.held_now(part, sheet.outline, node.id, made.id)

    def names(self, part: str, node: Node) -> set[str]:
        return {made.id for made, _ in self.fields(part, node)}
