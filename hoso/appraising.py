"""Judging what the superior wrote and what the unit says to it: returned items, open remarks, claims, points."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from hoso.appraisals import Appraisal, Remark
from hoso.definitions import Asked, Checklist, Definitions, Outline
from hoso.definitions.rating import level_labels
from hoso.dossiers import Dossier, answer_of
from hoso.kinds import ScoringField
from hoso.problems import Fault, Problem, nearest, problem
from hoso.store.appraising import APPRAISAL
from hoso.store.reading import DOSSIER

_SHOWN = 300  # characters of a remark that a message quotes


def open_remarks(dossier: Dossier, part: str) -> Iterator[Remark]:
    """The remarks on an item that the unit has still to settle: told once the item is open to it again."""
    if dossier.opens(part) and part in dossier.appraisals:
        made = dossier.appraisals[part].all_remarks()
        yield from (remark for remark in made if not dossier.is_settled(part, remark.id))


def appraisal_problems(
    dossier: Dossier, asked: Asked, outline: Outline | None, definitions: Definitions
) -> list[Problem]:
    """Everything there is to say of one item's appraisal."""
    appraisal = dossier.appraisals.get(asked.id)
    back = _returned(dossier, asked, appraisal or Appraisal())
    if appraisal is None:
        return back
    at = _At(dossier, asked.id)
    checklist = definitions.checklists[dossier.checklist]
    labels = level_labels(asked, outline, definitions.lists)
    made = [*_strange(at, appraisal, outline), *_recipients(at, appraisal, checklist)]
    if appraisal.level and appraisal.level not in labels:
        made.append(at("level-unknown", "", ("level",), name=appraisal.level, nearest=nearest(appraisal.level, labels)))
    return [*back, *(at.open(remark) for remark in open_remarks(dossier, asked.id)), *made]


def dossier_returned(dossier: Dossier, asked: Collection[str]) -> Iterator[Problem]:
    """Why a whole dossier came back; items that are said to be open again and are none."""
    document = dossier.documents.get(DOSSIER)
    for place, name in enumerate(dossier.returned.items):
        if name not in asked:
            at = document.place(("returned", "items", place)) if document else (None, None)
            near = nearest(name, asked)
            yield problem("item-unknown", f"{dossier.path}/{DOSSIER}", "returned", at, name=name, nearest=near)
    if dossier.state == "returned" and dossier.returned.because and not dossier.returned.items:
        yield problem("dossier-returned", f"{dossier.path}/{DOSSIER}", "", because=dossier.returned.because)


def _returned(dossier: Dossier, asked: Asked, appraisal: Appraisal) -> list[Problem]:
    if dossier.state != "returned" or asked.id not in dossier.returned.items:
        return []
    own = appraisal.because if appraisal.verdict == "returned" else ""
    because = own or dossier.returned.because or "…"
    return [problem("item-returned", f"{dossier.path}/{DOSSIER}", asked.id, label=asked.title, because=because)]


def claim_faults(dossier: Dossier, asked: Asked, definitions: Definitions) -> list[Fault]:
    """What is wrong with the level that a unit claims beside an attached sheet."""
    known = [one.id for one in definitions.lists.lists.get(asked.levels or "", [])]
    claimed = dossier.claimed.get(asked.id)
    if claimed is None:
        words = {"label": asked.title, "dossier": f"{dossier.checklist} {dossier.unit}", "item": asked.id}
        return [Fault("level-not-claimed", words)]
    return [] if claimed in known else [Fault("level-unknown", {"name": claimed, "nearest": nearest(claimed, known)})]


class _At:
    """Notes problems of one item's appraisal at their places."""

    def __init__(self, dossier: Dossier, part: str) -> None:
        self.path = f"{dossier.path}/{part}{APPRAISAL}"
        self.part = part
        self.document = dossier.documents.get(part + APPRAISAL)

    def __call__(self, code: str, key: str, loc: tuple[str, ...], **params: object) -> Problem:
        of_key = code in ("remark-misplaced", "criterion-unknown")
        place = self.document.place(loc, of_key=of_key) if self.document else (None, None)
        return problem(code, self.path, ".".join(filter(None, [self.part, key])), place, **params)

    def open(self, remark: Remark) -> Problem:
        text = " ".join(remark.text.split())
        words = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        return self("remark-open", remark.address, (*_loc(remark), "text"), text=words)


def _loc(remark: Remark) -> tuple[str, ...]:
    return ("remarks", remark.section, remark.id) if remark.section else ("overall", remark.id)


def _recipients(at: _At, appraisal: Appraisal, checklist: Checklist) -> Iterator[Problem]:
    known = [one.id for one in checklist.to]
    for remark in appraisal.all_remarks():
        if remark.by and remark.by not in known:
            words = {"name": remark.by, "nearest": nearest(remark.by, known)}
            yield at("recipient-unknown", remark.address, (*_loc(remark), "by"), **words)


def _strange(at: _At, appraisal: Appraisal, outline: Outline | None) -> Iterator[Problem]:
    """What does not fit the outline: sections, fields, criteria, points, levels."""
    nodes = outline.nodes if outline else {}
    for section in (section for section, kept in appraisal.remarks.items() if kept and section not in nodes):
        near = nearest(section, nodes)
        yield at("remark-misplaced", section, ("remarks", section), name=section, nearest=near)
    for remark in appraisal.all_remarks():
        fields = nodes[remark.section].fields if remark.section in nodes else {}
        if remark.field and remark.field not in fields and (remark.section in nodes or not remark.section):
            words = {"name": remark.field, "nearest": nearest(remark.field, fields)}
            yield at("remark-misplaced", remark.section, (*_loc(remark), "field"), **words)
    for section, sheets in appraisal.scores.items():
        for name, points in (sheets or {}).items():
            made = nodes[section].fields.get(name) if section in nodes else None
            if isinstance(made, ScoringField):
                yield from _points(at, section, made, points)
            elif points:
                words = {"name": f"{section}.{name}", "nearest": ""}
                yield at("remark-misplaced", section, ("scores", section, name), **words)


def _points(at: _At, section: str, made: ScoringField, points: Any) -> Iterator[Problem]:
    for name, raw in points.items() if isinstance(points, dict) else ():
        loc, key = ("scores", section, made.id, name), f"{section}.{made.id}.{name}"
        if name not in made.cells:
            yield at("criterion-unknown", key, loc, name=name, nearest=nearest(name, made.cells))
        elif raw is not None:
            answer = answer_of(raw)
            value = None if answer is None or answer.absent else answer.value
            found = [Fault("answer-shape")] if value is None else list(made.cells[name].faults(value))
            yield from (at(fault.code, key, loc, **fault.params) for fault in found)
