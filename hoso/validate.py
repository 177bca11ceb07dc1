"""The only judge: what is wrong or missing in a dossier, and how much of it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoso.appraising import appraisal_problems, claim_faults, dossier_returned
from hoso.checks import Look, computed_fault, decimals_of
from hoso.comparing import year_before
from hoso.definitions import Asked, Checklist, Definitions, Node, Outline, Unit, is_required
from hoso.definitions.files import UNITS
from hoso.definitions.units import UNIT_NAMES
from hoso.dossiers import ABSENT, NEEDS_REASON, Answer, Dossier, Sheet, Waiver, answer_of
from hoso.formulas import Formula, FormulaError
from hoso.kinds import (
    Attach,
    ChoiceField,
    Field,
    FieldBase,
    FileField,
    NumberField,
    ScoringField,
    TableField,
    TextField,
)
from hoso.kinds.compute import Quantity, quantity_of
from hoso.kinds.keeping_private import exposed, private_columns, private_rows
from hoso.kinds.spec import canonical
from hoso.problems import Fault, Level, Place, Problem, named, nearest, problem, tally
from hoso.store.appraising import APPRAISAL
from hoso.store.attachments import faults as file_faults
from hoso.store.reading import DOSSIER, PRIVATE
from hoso.tabular import check_fault, computed, inside, scoring_faults, severity, table_faults
from hoso.text import shown_number

if TYPE_CHECKING:
    from hoso.previous import Before, Earlier, EarlierPart

MISSING = {"answer-missing", "ask-open", "attachment-missing", "proposal-open", "level-not-claimed"}
_NOT_AT_HAND_IN = MISSING | {"remark-open"}
Waived = Callable[[str, str], bool]
Peer = Callable[[str], "Names | None"]
ASK_MARKS = ("here", "elsewhere", "absent")


@dataclass(slots=True)
class SectionVerdict:
    """What of one section is done of what applies; findings by the field's id, or `asks.` and the ask's id."""

    done: int = 0
    total: int = 0
    findings: list[tuple[str, Fault]] = field(default_factory=list)
    applies: bool = True


@dataclass(slots=True)
class PartVerdict:
    """The same for an item or annex; problems include what is waived."""

    asked: Asked
    outline: Outline | None
    done: int = 0
    total: int = 0
    sections: dict[str, SectionVerdict] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    earlier: EarlierPart | None = None  # the same part in the dossier of the period before

    @property
    def id(self) -> str:
        return self.asked.id


@dataclass(slots=True)
class Verdict:
    """The whole dossier: `problems` are all there are, in the order of the checklist."""

    parts: dict[str, PartVerdict]
    problems: list[Problem]

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts.values())

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts.values())

    def count(self, level: Level) -> int:
        return tally(self.problems)[level]


class Names:
    """What names mean in the conditions of one unit's answers to one outline."""

    def __init__(
        self,
        unit: Unit,
        outline: Outline,
        sheet: Sheet,
        waived: Waived | None = None,
        earlier: EarlierPart | None = None,
    ) -> None:
        self.unit = unit
        self.outline = outline
        self.sheet = sheet
        self.earlier = earlier
        self.peer: Peer | None = None  # the same for another item of the dossier, by its id
        self._waived = waived

    @property
    def period_before(self) -> str:
        """The period that figures are compared with, as definitions write it; empty where nothing says which."""
        told = self.earlier.earlier.period if self.earlier else ""
        return told or year_before(self.outline.period or "")

    def before(self, node: Node, made: FieldBase) -> Before | None:
        """What the dossier of the period before says of a figure that is compared with it."""
        if self.earlier is None or not isinstance(made, NumberField) or not made.compare:
            return None
        return self.earlier.figure(node, made)

    def cell_before(self, node: Node, table: FieldBase, at: str, made: FieldBase) -> Before | None:
        """The same for a cell, named `row.column`."""
        if self.earlier is None or not isinstance(table, TableField):
            return None
        return self.earlier.cell(node, table, at, made) if isinstance(made, NumberField) and made.compare else None

    def leaves_open(self, node: Node, at: str, fault: Fault) -> bool:
        """Whether a finding keeps its answer from being done: an error or something missing that nobody waived."""
        if fault.code not in MISSING and severity(fault) is not Level.ERROR:
            return False
        return self._waived is None or not self._waived(f"{node.id}.{at}", fault.code)

    def meets(self, condition: Formula | None, node: Node) -> bool:
        """Whether a condition holds. One that cannot be decided yet does not."""
        if condition is None:
            return True
        try:
            return condition.holds(lambda name: self.value(name, node), in_group=self.unit.in_group) is True
        except FormulaError:
            return False

    def value(self, name: str, node: Node) -> Any:
        if name.startswith("unit."):
            return self.unit.named(name)
        section, _, field_id = name.rpartition(".")
        owner = self.outline.nodes.get(section) if section else node
        made = owner.fields.get(field_id) if owner else None
        if owner is None or made is None:
            return None
        return plain_value(made, self.sheet.answer(owner.id, field_id))

    def look(self, name: str, node: Node | None) -> Any:
        """What a name means to a check: a quantity, a text, a list of them; None for what is not there."""
        if name.startswith("unit."):
            return self.unit.named(name)
        owner, rest = self._owner(name, node)
        if owner is None:
            return None
        field_id, _, inner = rest.partition(".")
        made = owner.fields.get(field_id)
        if made is None:
            return None
        if isinstance(made, NumberField) and made.compute is not None and not inner:
            return self.computed(made, owner)
        if inner == "before" and self.earlier is not None and not self.sheet.answer(owner.id, field_id).before:
            before = self.before(owner, made)
            return quantity_of(before.value) if before else Quantity()
        return inside(made, self.sheet.raw(owner.id, field_id), inner, lambda condition: self.meets(condition, owner))

    def _owner(self, name: str, node: Node | None) -> tuple[Node | None, str]:
        first, _, rest = name.partition(".")
        if node is not None and first in node.fields:
            return node, name
        return self.outline.nodes.get(first), rest

    def computed(self, made: NumberField, node: Node) -> Quantity:
        return computed(made, lambda name: self._quantity(name, node))

    def _quantity(self, name: str, node: Node) -> Quantity:
        return Look(None, None, None, lambda other: self.look(other, node)).quantity(name)


def plain_value(made: Field, answer: Answer) -> Any:
    """An answer as formulas see it: a Decimal, text, a list of option ids, None where there is none."""
    if answer.is_blank or answer.absent is not None:
        return Decimal(0) if answer.absent == "nil" and isinstance(made, NumberField) else None
    if isinstance(made, NumberField):
        return canonical(answer.value) if isinstance(answer.value, str) else None
    if isinstance(made, ChoiceField) and made.many:
        return answer.value if isinstance(answer.value, list) else [answer.value]
    return answer.value if isinstance(answer.value, str) else None


def judge_section(node: Node, names: Names, attached: Callable[[str], int]) -> SectionVerdict:
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
    if kept:
        for name in kept:
            if name == "asks":
                continue
            own = node.fields.get(name)
            if own is None:
                words = {"name": name, "nearest": nearest(name, node.fields)}
                verdict.findings.append((name, Fault("answer-field-unknown", words)))
            elif own.private or own.tabular:
                for at in _exposed(own, kept[name]):
                    verdict.findings.append((at, Fault("answer-not-private", {"file": f"….{PRIVATE.strip('.')}"})))
    return verdict


def _exposed(made: Field, raw: Any) -> Iterator[str]:
    """Private answers that stand in the public file. That one is kept back may be told there."""
    if made.private:
        if not (isinstance(raw, dict) and raw.get("absent") == "withheld"):
            yield made.id
    elif isinstance(made, TableField) and made.has_private:
        yield from (f"{made.id}.{cell.row}.{cell.column}" for cell in exposed(made, raw))


def _judge_field(
    verdict: SectionVerdict, made: Field, raw: Any, names: Names, node: Node, attached: Callable[[str], int]
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
    if raw.__class__ is str and not (isinstance(made, NumberField) and made.compare):
        found = list(made.faults(raw))
    else:
        answer = answer_of(raw)
        before = names.before(node, made)
        found = [Fault("answer-shape")] if answer is None else list(answer_faults(made, answer, before))
    if made.__class__ is TextField:
        found += _references(made, raw, names, node)
    if not applies:
        found.append(Fault("answer-given-otherwise"))
    elif _needed(made, names, node):
        verdict.total += 1
        verdict.done += not found or not any(names.leaves_open(node, made.id, fault) for fault in found)
    if found:
        verdict.findings += [(made.id, fault) for fault in found]


def _references(made: TextField, raw: Any, names: Names, node: Node) -> Iterator[Fault]:
    """What is wrong with the figures that a text quotes."""
    text = raw.get("value") if isinstance(raw, dict) else raw
    if isinstance(text, str) and "{{" in text:
        from hoso.references import faults

        yield from faults(made, text, names, node)


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
    placed = [(f"{made.id}.{at}" if at else made.id, fault) for at, fault in found]
    verdict.done += needed and not any(names.leaves_open(node, at, fault) for at, fault in placed)
    verdict.findings += placed


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


def answer_faults(made: FieldBase, answer: Answer, before: Before | None = None) -> Iterator[Fault]:
    """What is wrong with an answer to a field. `before` is what the dossier of the period before says."""
    if answer.absent is not None:
        yield from _absence_faults(answer.absent, answer.because)
    elif answer.is_blank:
        yield Fault("answer-missing", {"label": made.name})
    else:
        found = list(made.faults(answer.value))
        yield from found
        if not found and answer.before is None and isinstance(made, NumberField) and made.compare:
            yield from _no_before(made, before)
    if answer.before is not None:
        yield from made.faults(answer.before)
        yield from _other_before(made, answer.before, before)
    if answer.is_proposal:
        yield Fault("proposal-open")


def _no_before(made: NumberField, before: Before | None) -> Iterator[Fault]:
    if before is not None:
        words = {"label": made.name, "value": shown_number(before.value), "path": before.path}
        yield Fault("before-proposed", words)
    elif made.required is True:
        yield Fault("before-missing", {"label": made.name})


def _other_before(made: FieldBase, typed: str, before: Before | None) -> Iterator[Fault]:
    figure = canonical(typed)
    if before is not None and figure is not None and figure != canonical(before.value):
        words = {"label": made.name, "value": shown_number(figure), "other": shown_number(before.value)}
        yield Fault("before-differs", words | {"path": before.path})


def _absence_faults(absent: Any, because: str) -> Iterator[Fault]:
    if absent not in ABSENT:
        yield Fault("absent-unknown", {"value": named(absent), "nearest": nearest(str(absent), ABSENT)})
    elif absent in NEEDS_REASON and not because.strip():
        yield Fault("absent-without-reason")


def _judge_files(
    verdict: SectionVerdict, made: FileField, names: Names, node: Node, attached: Callable[[str], int]
) -> None:
    if not (made.only_when is None or names.meets(made.only_when, node)) or not _needed(made, names, node):
        return
    have, want = attached(f"{node.id}.{made.id}"), made.at_least
    verdict.total += 1
    verdict.done += have >= want
    if have < want:
        words = {"label": made.name, "have": str(have), "want": str(want)}
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


def mark_faults(mark: Any, outline: Outline) -> Iterator[Fault]:
    """What is wrong with how an ask is marked."""
    if mark == "here":
        return
    if (
        not isinstance(mark, dict)
        or not mark.keys() <= {"elsewhere", "absent", "because"}
        or len(mark.keys() & {"elsewhere", "absent"}) != 1
    ):
        yield Fault("ask-mark", {"value": named(mark)})
    elif "elsewhere" in mark:
        if mark["elsewhere"] not in outline.nodes:
            name = named(mark["elsewhere"])
            yield Fault("section-unknown", {"name": name, "nearest": nearest(name, outline.nodes)})
    else:
        because = mark.get("because")
        yield from _absence_faults(mark["absent"], because if isinstance(because, str) else "")


class Judge:
    """Judges the dossiers of one workspace."""

    def __init__(self, root: Path, definitions: Definitions) -> None:
        self.root = root
        self.definitions = definitions
        self._asked: dict[tuple[str, str], list[Asked]] = {}

    def asked(self, checklist: Checklist, name: str, unit: Unit) -> list[Asked]:
        key = (name, unit.id)
        if key not in self._asked:
            self._asked[key] = checklist.asked_of(unit)
        return self._asked[key]

    def earlier(self, checklist: Checklist, unit: Unit) -> Earlier | None:
        """The dossier of the period before, not read yet; None where the checklist names none."""
        if checklist.previous is None:
            return None
        from hoso.previous import Earlier

        return Earlier(self.root, self.definitions, checklist.previous, unit)

    def dossier(self, dossier: Dossier, *, handing_in: bool = False) -> Verdict:
        """The verdict on a dossier. While handing in, what is missing is an error and not a hint."""
        checklist = self.definitions.checklists.get(dossier.checklist)
        unit = self.definitions.units.get(dossier.unit)
        problems = list(dossier.problems)
        problems += self._strangers(dossier, checklist, unit)
        parts: dict[str, PartVerdict] = {}
        if checklist is not None and unit is not None:
            earlier = self.earlier(checklist, unit)
            for asked in self.asked(checklist, dossier.checklist, unit):
                parts[asked.id] = self.part(dossier, asked, unit, earlier)
                problems += parts[asked.id].problems
            problems += self._checklist_checks(dossier, checklist, parts, unit)
            problems += self._unasked(dossier, checklist, parts)
            problems += dossier_returned(dossier, parts)
        if handing_in:
            problems = [_as_error(found) if found.code in _NOT_AT_HAND_IN else found for found in problems]
        return Verdict(parts, _waived(dossier, problems))

    def part(self, dossier: Dossier, asked: Asked, unit: Unit, earlier: Earlier | None = None) -> PartVerdict:
        outline = dossier.wording.get(asked.id) or self.definitions.outlines.get(asked.outline or "")
        verdict = PartVerdict(asked, outline)
        if asked.attach is not None:
            verdict = self.attachments(dossier, asked, unit)
            verdict.outline = outline
        verdict.earlier = earlier.part(asked) if earlier else None
        if outline is not None:
            sheet = dossier.sheets.get(asked.id)
            required = is_required(asked.part.required, unit)
            if required or sheet is not None:
                self._sheet(verdict, dossier, outline, sheet or Sheet(asked.outline or ""), unit)
        if asked.id in dossier.wording:
            verdict.problems.append(problem("wording-changed", f"{dossier.path}/{asked.id}.yaml", asked.id))
        if asked.id in dossier.appraisals or dossier.returned.items:
            verdict.problems += appraisal_problems(dossier, asked, outline, self.definitions)
        return verdict

    def _sheet(self, verdict: PartVerdict, dossier: Dossier, outline: Outline, sheet: Sheet, unit: Unit) -> None:
        part, path = verdict.id, f"{dossier.path}/{verdict.id}.yaml"
        names = Names(unit, outline, sheet, waived_in(dossier, part), verdict.earlier)
        names.peer = self.peers(dossier, unit, verdict.earlier)
        attached = _counter(dossier.attachments, part)
        # What stands in a file that cannot be read is not missing.
        unreadable = part not in dossier.sheets and any(one.path in (path, dossier.path) for one in dossier.problems)
        hidden: set[str] = set()
        for node in outline.nodes.values():
            if node.parent in hidden or not names.meets(node.section.applies, node):
                hidden.add(node.id)
                verdict.sections[node.id] = SectionVerdict(applies=False)
                verdict.problems += self._given_otherwise(dossier, part, node, sheet)
                continue
            judged = judge_section(node, names, attached) if node.fillable else SectionVerdict()
            verdict.sections[node.id] = judged
            verdict.done += judged.done
            verdict.total += judged.total
            for name, fault in judged.findings:
                if not (unreadable and fault.code in MISSING):
                    verdict.problems.append(self._finding(dossier, part, node, name, fault))
        self._outline_checks(verdict, dossier, outline, names)
        self._files_of_fields(verdict, dossier, outline)
        document = dossier.documents.get(part)
        if document is None:
            return
        for section in (section for section in sheet.answers if section not in outline.nodes):
            place = document.place(("answers", section), of_key=True)
            words = {"name": section, "nearest": nearest(section, outline.nodes)}
            verdict.problems.append(problem("answer-section-unknown", path, f"{part}.{section}", place, **words))
        if sheet.outline != verdict.asked.outline:
            place = document.place(("outline",))
            wanted = verdict.asked.outline
            verdict.problems.append(
                problem("answers-outline-differs", path, part, place, name=sheet.outline, wanted=wanted)
            )
        elif sheet.version != outline.version:
            words = {"answers": str(sheet.version), "outline": str(outline.version)}
            verdict.problems.append(problem("answers-newer-version", path, part, document.place(("version",)), **words))
        if sheet.parked:
            count = sum(len(kept) if isinstance(kept, dict) else 1 for kept in sheet.parked.values())
            verdict.problems.append(
                problem("parked-answers", path, part, document.place(("parked",), of_key=True), count=count)
            )

    def peers(self, dossier: Dossier, unit: Unit, earlier: EarlierPart | None = None) -> Peer:
        """The names of the dossier's other items."""

        def peer(part: str) -> Names | None:
            checklist = self.definitions.checklists.get(dossier.checklist)
            asked = self.asked(checklist, dossier.checklist, unit) if checklist else ()
            found = next((one for one in asked if one.id == part), None)
            outline = dossier.wording.get(part) or self.definitions.outlines.get((found and found.outline) or "")
            if found is None or outline is None:
                return None
            then = earlier.earlier.part(found) if earlier else None
            return Names(unit, outline, dossier.sheets.get(part) or Sheet(found.outline or ""), earlier=then)

        return peer

    def _given_otherwise(self, dossier: Dossier, part: str, node: Node, sheet: Sheet) -> Iterator[Problem]:
        """Answers in a section that does not apply to the unit: reported, not lost."""
        for name in node.fields:
            if sheet.raw(node.id, name) is not None:
                yield self._finding(dossier, part, node, name, Fault("answer-given-otherwise"))

    def _outline_checks(self, verdict: PartVerdict, dossier: Dossier, outline: Outline, names: Names) -> None:
        look = Look(None, None, None, lambda name: names.look(name, None))
        path = f"{dossier.path}/{verdict.id}.yaml"
        for place, check in enumerate(outline.checks, 1):
            fault = check_fault(check, look)
            if fault is not None:
                key = f"{verdict.id}.{check.id or f'checks.{place}'}"
                verdict.problems.append(problem(fault.code, path, key, **fault.params).at_level(severity(fault)))

    def _checklist_checks(
        self, dossier: Dossier, checklist: Checklist, parts: dict[str, PartVerdict], unit: Unit
    ) -> Iterator[Problem]:
        """Checks across the items of one dossier; those over units are judged where all units are known."""

        def outer(name: str) -> Any:
            part, _, rest = name.partition(".")
            outline = parts[part].outline if part in parts else None
            sheet = dossier.sheets.get(part)
            if outline is None or sheet is None:
                return unit.named(name)
            return Names(unit, outline, sheet, earlier=parts[part].earlier).look(rest, None)

        for place, check in enumerate(checklist.checks, 1):
            begun = all(name.partition(".")[0] in dossier.sheets for name in check.names() if name not in UNIT_NAMES)
            fault = check_fault(check, Look(None, None, None, outer)) if check.over is None and begun else None
            if fault is not None:
                key = check.id or f"checks.{place}"
                yield problem(fault.code, f"{dossier.path}/{DOSSIER}", key, **fault.params).at_level(severity(fault))

    def _finding(self, dossier: Dossier, part: str, node: Node, name: str, fault: Fault) -> Problem:
        found = self._placed(dossier, part, node, name, fault)
        return found if fault.level is None else found.at_level(fault.level)

    def _placed(self, dossier: Dossier, part: str, node: Node, name: str, fault: Fault) -> Problem:
        key = f"{part}.{node.id}.{name}"
        field_id = name.partition(".")[0]
        made = node.fields.get(field_id)
        sheet = dossier.sheets.get(part)
        missing, splits = fault.code in MISSING, isinstance(made, TableField) and made.has_private
        if missing and not splits and not (made is not None and made.private):
            # Nearly all findings are of this kind: nothing is there whose place could be told.
            path = f"{dossier.path}/{part}.yaml"
            return Problem(path, None, None, key, fault.code, severity(fault), fault.params)
        loc = ("answers", node.id, *_inner_loc(name, sheet.raw(node.id, field_id) if sheet else None))
        private = made is not None and _is_private(made, loc[3:]) and not (sheet and _holds(sheet.answers, loc[1:]))
        path = f"{dossier.path}/{part}{PRIVATE if private else '.yaml'}"
        document = None if missing else dossier.documents.get(part + PRIVATE if private else part)
        if document is None:
            return Problem(path, None, None, key, fault.code, severity(fault), fault.params)
        of_key = fault.code in ("answer-field-unknown", "ask-unknown", "row-unknown", "column-unknown")
        return problem(fault.code, path, key, document.place(loc, of_key=of_key), **fault.params)

    def attachments(self, dossier: Dossier, asked: Asked, unit: Unit) -> PartVerdict:
        """Judges only the documents attached to an item or annex."""
        verdict = PartVerdict(asked, None)
        wanted = asked.attach or Attach()
        files = dossier.attached(asked.id)
        required = is_required(asked.part.required, unit) and wanted.at_least > 0
        found = self._file_problems(dossier, asked.id, wanted)
        verdict.problems += found
        if required:
            verdict.total += 1
            verdict.done += len(files) >= wanted.at_least and not found
            if len(files) < wanted.at_least:
                words = {"label": asked.title, "have": str(len(files)), "want": str(wanted.at_least)}
                verdict.problems.append(problem("attachment-missing", f"{dossier.path}/{DOSSIER}", asked.id, **words))
        if asked.levels is not None and (is_required(asked.part.required, unit) or asked.id in dossier.claimed):
            self._claim(verdict, dossier)
        return verdict

    def _claim(self, verdict: PartVerdict, dossier: Dossier) -> None:
        """The level that a unit claims where its sheet is only attached is one thing to be done."""
        found = claim_faults(dossier, verdict.asked, self.definitions)
        verdict.total += 1
        verdict.done += not found
        document = dossier.documents.get(DOSSIER)
        place = document.place(("claimed", verdict.id)) if document and verdict.id in dossier.claimed else (None, None)
        path = f"{dossier.path}/{DOSSIER}"
        verdict.problems += [problem(fault.code, path, verdict.id, place, **fault.params) for fault in found]

    def _files_of_fields(self, verdict: PartVerdict, dossier: Dossier, outline: Outline) -> None:
        for address in dossier.attachments:
            part, _, rest = address.partition(".")
            section, _, name = rest.partition(".")
            if part == verdict.id and rest:
                made = outline.field(section, name)
                if isinstance(made, FileField):
                    verdict.problems += self._file_problems(dossier, address, made.attach)

    def _file_problems(self, dossier: Dossier, address: str, wanted: Attach) -> list[Problem]:
        out = []
        document = dossier.documents.get(DOSSIER)
        for attachment in dossier.attached(address):
            for fault in file_faults(self.root, dossier, attachment, wanted):
                place = document.place(("attachments", address, attachment.id)) if document else (None, None)
                out.append(problem(fault.code, f"{dossier.path}/{DOSSIER}", address, place, **fault.params))
        return out

    def _strangers(self, dossier: Dossier, checklist: Checklist | None, unit: Unit | None) -> Iterator[Problem]:
        path, document = f"{dossier.path}/{DOSSIER}", dossier.documents.get(DOSSIER)
        if unit is None and UNITS in self.definitions.unreadable:
            return
        if unit is not None and (checklist is None or checklist.asks(unit)):
            return
        # A place is asked for only where there is a fault: it composes the file once more.
        place = document.place(("unit",)) if document else (None, None)
        if unit is not None:
            yield problem("unit-not-asked", path, "unit", place, name=unit.name)
        else:
            near = nearest(dossier.unit, self.definitions.units)
            yield problem("unit-unknown", path, "unit", place, name=dossier.unit, nearest=near)

    def _unasked(self, dossier: Dossier, checklist: Checklist, asked: Mapping[str, PartVerdict]) -> Iterator[Problem]:
        parts = {part.id for part, _ in checklist.parts()}
        for part in (part for part in dossier.sheets if part not in parts):
            yield problem("answers-file-unknown", f"{dossier.path}/{part}.yaml", part, name=part)
        for part in (part for part in dossier.appraisals if part not in parts):
            yield problem("answers-file-unknown", f"{dossier.path}/{part}{APPRAISAL}", part, name=part)
        for part in (part for part in dossier.sheets if part in parts and part not in asked):
            yield problem("answer-given-otherwise", f"{dossier.path}/{part}.yaml", part)
        document = dossier.documents.get(DOSSIER)
        for part in dossier.claimed:
            if part not in asked or asked[part].asked.levels is None:
                place = document.place(("claimed", part), of_key=True) if document else (None, None)
                yield problem("answer-given-otherwise", f"{dossier.path}/{DOSSIER}", part, place)
        for address in dossier.attachments:
            if address.partition(".")[0] not in parts:
                place = document.place(("attachments", address), of_key=True) if document else (None, None)
                words = {"name": address, "nearest": nearest(address, parts)}
                yield problem("attachment-unknown", f"{dossier.path}/{DOSSIER}", address, place, **words)


def _inner_loc(name: str, raw: Any) -> tuple[str, ...]:
    """Where in the file a finding stands: names of rows and columns may hold dots themselves."""
    if name.startswith("asks."):
        return "asks", name.removeprefix("asks.")
    field_id, _, rest = name.partition(".")
    rows = [row for row in raw if rest == row or rest.startswith(f"{row}.")] if isinstance(raw, dict) else []
    if not rows:
        return (field_id, rest) if rest else (field_id,)
    row = max(rows, key=len)
    return (field_id, row, rest[len(row) + 1 :]) if len(rest) > len(row) else (field_id, row)


def _is_private(made: Field, cell: tuple[str, ...]) -> bool:
    if isinstance(made, TableField) and made.has_private and len(cell) == 2:
        return cell[0] in private_rows(made) or cell[1] in private_columns(made)
    return made.private


def _holds(answers: Any, loc: tuple[str, ...]) -> bool:
    for key in loc:
        if not isinstance(answers, dict) or key not in answers:
            return False
        answers = answers[key]
    return True


def waived_in(dossier: Dossier, part: str) -> Waived | None:
    """Tells of an address inside a part and a code whether the dossier waives it."""
    if not dossier.waivers:
        return None
    known = {(waiver.code, waiver.key) for waiver in dossier.waivers}
    return lambda at, code: (code, f"{part}.{at}") in known or (code, "") in known


def _counter(attachments: Mapping[str, list[Any]], part: str) -> Callable[[str], int]:
    return lambda address: len(attachments.get(f"{part}.{address}", ()))


def _as_error(found: Problem) -> Problem:
    return found.at_level(Level.ERROR)


def _waived(dossier: Dossier, problems: list[Problem]) -> list[Problem]:
    if not dossier.waivers:
        return problems
    used = set()
    out = []
    for found in problems:
        waiver = next((one for one in dossier.waivers if one.covers(found)), None)
        used.add(waiver)
        out.append(found.waive(waiver.reason) if waiver else found)
    for waiver in dossier.waivers:
        if waiver not in used:
            path, place = f"{dossier.path}/{DOSSIER}", _place_of(waiver, dossier)
            out.append(problem("waiver-unused", path, "waivers", place, code=waiver.code, name=waiver.key))
    return out


def _place_of(waiver: Waiver, dossier: Dossier) -> Place:
    document = dossier.documents.get(DOSSIER)
    if document is None:
        return None, None
    written = enumerate(document.data["waivers"])
    same = (place for place, raw in written if waiver == Waiver(*(raw.get(name) or "" for name in Waiver._fields)))
    return document.place(("waivers", *list(same)[:1]))
