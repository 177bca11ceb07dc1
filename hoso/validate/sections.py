"""Judging one section: its fields, asks and checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hoso.checks import Look, computed_fault, decimals_of
from hoso.definitions import Node
from hoso.dossiers import answer_of
from hoso.kinds import (
    Field,
    FieldBase,
    FileField,
    NumberField,
    ScoringField,
    TableField,
    TextField,
)
from hoso.kinds.compute import quantity_of
from hoso.kinds.keeping_private import exposed
from hoso.problems import Fault, named, nearest
from hoso.store.reading import PRIVATE
from hoso.tabular import check_fault, scoring_faults, table_faults
from hoso.validate.answers import answer_faults, mark_faults
from hoso.validate.names import Names
from hoso.validate.verdicts import Held, SectionVerdict


def judge_section(node: Node, names: Names, attached: Callable[[str], Held]) -> SectionVerdict:
    """Judges one section. `attached` tells how many files are attached to a field of it."""
    verdict = SectionVerdict()
    sheet = names.sheet
    kept = sheet.answers.get(node.id)
    for name, made in node.fields.items():
        raw = sheet.raw(node.id, name) if sheet.private else kept.get(name) if kept else None
        _judge_field(verdict, made, raw, names, node, attached)
    if node.asks:
        _judge_asks(verdict, node, names)
    if node.checked:
        _judge_checks(verdict, node, names)
    for name in (sheet.private.get(node.id) or {}) if sheet.private else ():
        if name not in node.fields and name not in (kept or {}):
            verdict.findings.append((name, _unknown(name, node)))
    if kept:
        for name in kept:
            if name == "asks":
                continue
            own = node.fields.get(name)
            if own is None:
                verdict.findings.append((name, _unknown(name, node)))
            elif own.private or own.tabular:
                for at in _exposed(own, kept[name]):
                    verdict.findings.append((at, Fault("answer-not-private", {"file": f"….{PRIVATE.strip('.')}"})))
    return verdict


def _unknown(name: str, node: Node) -> Fault:
    return Fault("answer-field-unknown", {"name": name, "nearest": nearest(name, node.fields)})


def _exposed(made: Field, raw: Any) -> Iterator[str]:
    """Private answers that stand in the public file. That one is kept back may be told there."""
    if made.private:
        if not (isinstance(raw, dict) and raw.get("absent") == "withheld"):
            yield made.id
    elif isinstance(made, TableField) and made.has_private:
        yield from (f"{made.id}.{cell.row}.{cell.column}" for cell in exposed(made, raw))


def _judge_field(
    verdict: SectionVerdict, made: Field, raw: Any, names: Names, node: Node, attached: Callable[[str], Held]
) -> None:
    if type(made) is FileField:
        if raw is not None and raw != "":
            verdict.findings += [(made.id, fault) for fault in made.faults(raw)]
        _judge_files(verdict, made, names, node, attached)
        return
    if made.tabular and not (raw.__class__ is dict and "absent" in raw):
        _judge_tabular(verdict, made, raw, names, node)  # type: ignore[arg-type]
        return
    if made.__class__ is NumberField and made.compute is not None:
        _judge_computed(verdict, made, raw, names, node)
        return
    applies = made.only_when is None or names.meets(made.only_when, node)
    if raw is None or (raw.__class__ is str and not raw.strip()):
        if applies and _needed(made, names, node):
            verdict.total += 1
            verdict.findings.append((made.id, Fault("answer-missing", {"label": made.name})))
        return
    quoted: list[Fault] = []
    if made.__class__ is TextField:
        raw, quoted = _with_figures(made, raw, names, node)
    if raw.__class__ is str and not (isinstance(made, NumberField) and made.compare):
        found = list(made.faults(raw))
    else:
        answer = answer_of(raw)
        before = names.before(node, made)
        found = [Fault("answer-shape")] if answer is None else list(answer_faults(made, answer, before))
    found += quoted
    if not applies:
        found.append(Fault("answer-given-otherwise"))
    elif _needed(made, names, node):
        verdict.total += 1
        verdict.done += not found or not any(names.leaves_open(node, made.id, fault) for fault in found)
    if found:
        verdict.findings += [(made.id, fault) for fault in found]


def _with_figures(made: TextField, raw: Any, names: Names, node: Node) -> tuple[Any, list[Fault]]:
    """The answer as it is printed, which is what is counted, and what is wrong with the figures that it quotes."""
    text = raw.get("value") if isinstance(raw, dict) else raw
    if not isinstance(text, str) or "{{" not in text:
        return raw, []
    from hoso.references import faults, filled

    printed = filled(text, names, node)
    return raw | {"value": printed} if isinstance(raw, dict) else printed, list(faults(made, text, names, node))


def _judge_tabular(
    verdict: SectionVerdict, made: TableField | ScoringField, raw: Any, names: Names, node: Node
) -> None:
    applies = made.only_when is None or names.meets(made.only_when, node)
    needed = applies and _needed(made, names, node)
    verdict.total += needed
    if not raw:
        if needed:
            verdict.findings.append((made.id, Fault("answer-missing", {"label": made.name})))
        return
    if not isinstance(raw, dict):
        verdict.findings.append((made.id, Fault("table-shape")))
        return
    found = list(_tabular_faults(made, raw, names, node))
    if not applies:
        found.append(("", Fault("answer-given-otherwise")))
    placed = [(f"{made.id}.{at}" if at else made.id, _named(made, fault) if at else fault) for at, fault in found]
    verdict.done += needed and not any(names.leaves_open(node, at, fault) for at, fault in placed)
    verdict.findings += placed


def _named(made: FieldBase, fault: Fault) -> Fault:
    """A blank cell tells whose it is, so that those of one table can be told as one."""
    return fault._replace(params=fault.params | {"of": made.name}) if fault.code == "answer-missing" else fault


def _tabular_faults(
    made: TableField | ScoringField, raw: dict[str, Any], names: Names, node: Node
) -> Iterator[tuple[str, Fault]]:
    def cell_faults(cell: FieldBase, value: Any, at: str) -> list[Fault]:
        answer, before = answer_of(value), names.cell_before(node, made, at, cell)
        return [Fault("answer-shape")] if answer is None else list(answer_faults(cell, answer, before))

    if isinstance(made, TableField):
        yield from table_faults(made, raw, lambda name: names.look(name, node), names.unit.in_group, cell_faults)
    else:
        yield from scoring_faults(made, raw, lambda condition: names.meets(condition, node), cell_faults)


def _judge_computed(verdict: SectionVerdict, made: NumberField, raw: Any, names: Names, node: Node) -> None:
    """A computed figure needs no answer; one that is entered too is compared."""
    if raw is None or made.compute is None:
        return
    answer = answer_of(raw)
    before = names.before(node, made)
    found = [Fault("answer-shape")] if answer is None else list(answer_faults(made, answer, before))
    wrong = computed_fault(quantity_of(raw), names.computed(made, node), decimals_of(raw, made.compute.decimals))
    verdict.findings += [(made.id, fault) for fault in (*found, *([wrong] if wrong else []))]


def _judge_checks(verdict: SectionVerdict, node: Node, names: Names) -> None:
    look = Look(None, None, None, lambda name: names.look(name, node))
    for name, made in node.fields.items():
        for check in [] if isinstance(made, TableField) else made.checks:
            fault = check_fault(check, look, (made, names.sheet.raw(node.id, name)))
            if fault is not None:
                verdict.findings.append((name, fault))
    for place, check in enumerate(node.section.checks, 1):
        fault = check_fault(check, look)
        if fault is not None:
            first = next((name.partition(".")[0] for name in check.names()), "")
            at = first if first in node.fields else f"checks.{check.id or place}"
            verdict.findings.append((at, fault))


def _needed(made: Field, names: Names, node: Node) -> bool:
    return made.required if isinstance(made.required, bool) else names.meets(made.required, node)


def _judge_files(
    verdict: SectionVerdict, made: FileField, names: Names, node: Node, attached: Callable[[str], Held]
) -> None:
    if not (made.only_when is None or names.meets(made.only_when, node)) or not _needed(made, names, node):
        return
    have, want = attached(f"{node.id}.{made.id}"), made.at_least
    verdict.total += 1
    verdict.done += have.listed >= want and not have.faults
    if have.listed < want:
        words = {"label": made.name, "have": str(have.listed), "want": str(want)}
        verdict.findings.append((made.id, Fault("attachment-missing", words)))


def _judge_asks(verdict: SectionVerdict, node: Node, names: Names) -> None:
    marks = (names.sheet.answers.get(node.id) or {}).get("asks")
    if marks is not None and not isinstance(marks, dict):
        verdict.findings.append(("asks", Fault("not-a-mapping", {"found": named(marks)})))
        marks = None
    for name, ask in node.asks.items():
        if ask.applies is not None and not names.meets(ask.applies, node):
            continue
        verdict.total += 1
        mark = marks.get(name) if marks else None
        if mark is None:
            verdict.findings.append((f"asks.{name}", Fault("ask-open", {"label": ask.text})))
            continue
        if mark == "here":
            verdict.done += 1
            continue
        found = list(mark_faults(mark, names.outline))
        verdict.done += not found
        verdict.findings += [(f"asks.{name}", fault) for fault in found]
    for name, mark in (marks or {}).items():
        if name in node.asks or mark is None:
            continue
        if node.section.more_asks:
            verdict.findings += [(f"asks.{name}", fault) for fault in mark_faults(mark, names.outline)]
        else:
            words = {"name": name, "nearest": nearest(name, node.asks)}
            verdict.findings.append((f"asks.{name}", Fault("ask-unknown", words)))
