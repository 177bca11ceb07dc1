"""Judging whole dossiers: every part, what stands in their files, and the checks across parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoso.appraising import appraisal_problems, claim_faults, dossier_returned
from hoso.checks import Look
from hoso.definitions import Asked, Checklist, Definitions, Node, Outline, Unit, is_required
from hoso.definitions.files import UNITS
from hoso.definitions.units import UNIT_NAMES
from hoso.dossiers import Dossier, Sheet
from hoso.kinds import Attach, FileField, TableField
from hoso.problems import Fault, Level, Problem, nearest, problem
from hoso.store.appraising import APPRAISAL
from hoso.store.attachments import faults as file_faults
from hoso.store.attachments import unlisted
from hoso.store.bringing import FILES
from hoso.store.reading import DOSSIER, PRIVATE
from hoso.tabular import check_fault, severity
from hoso.validate import copies
from hoso.validate.copies import Tally
from hoso.validate.names import Names, Peer
from hoso.validate.placing import inner_loc, is_kept_private
from hoso.validate.sections import judge_section
from hoso.validate.verdicts import MISSING, Held, PartVerdict, SectionVerdict, Verdict
from hoso.validate.waiving import covered, unused, waived_in

if TYPE_CHECKING:
    from hoso.previous import Earlier, EarlierPart

_NOT_AT_HAND_IN = MISSING | {"remark-open"}


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
        unit = self.definitions.unit(dossier.unit)
        problems = list(dossier.problems)
        problems += self._strangers(dossier, checklist, unit)
        parts: dict[str, PartVerdict] = {}
        tallies: list[Tally] = []
        if checklist is not None and unit is not None:
            earlier = self.earlier(checklist, unit)
            for asked in self.asked(checklist, dossier.checklist, unit):
                parts[asked.id] = self.part(dossier, asked, unit, earlier)
                problems += parts[asked.id].problems
            problems += self._checklist_checks(dossier, checklist, parts, unit)
            problems += self._unasked(dossier, checklist, parts)
            problems += dossier_returned(dossier, parts)
            problems += self._unlisted(dossier)
            tallies = self.tallies(dossier)
            problems += copies.problems(tallies, dossier)
        if handing_in:
            problems = [_as_error(found) if found.code in _NOT_AT_HAND_IN else found for found in problems]
        if dossier.waivers:
            for part in parts.values():
                part.problems = covered(dossier, part.problems)
            problems = covered(dossier, problems)
            problems += unused(dossier, problems)
        return Verdict(parts, problems, tallies)

    def tallies(self, dossier: Dossier) -> list[Tally]:
        """How many copies of each kind are wanted, and how many are ready."""
        checklist, unit = self.definitions.checklists.get(dossier.checklist), self.definitions.unit(dossier.unit)
        if checklist is None or unit is None:
            return []
        asked = self.asked(checklist, dossier.checklist, unit)
        return list(copies.tallies(self.root, checklist, asked, dossier, unit))

    def part(self, dossier: Dossier, asked: Asked, unit: Unit, earlier: Earlier | None = None) -> PartVerdict:
        outline = dossier.wording.get(asked.id) or self.definitions.outlines.get(asked.outline or "")
        verdict = PartVerdict(asked, outline)
        if asked.attach is not None:
            verdict = self.attachments(dossier, asked, unit)
            verdict.outline = outline
        verdict.earlier = earlier.part(asked) if earlier else None
        if asked.outline and outline is None:
            # Else a dossier would seem complete because nobody knows what is missing from it.
            path = f"{dossier.path}/{asked.id}.yaml"
            verdict.total += 1
            verdict.problems.append(problem("outline-unreadable", path, asked.id, name=asked.outline))
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
        attached = self.held(dossier, part, outline)
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
        verdict.problems += self._unknown_sections(dossier, part, outline, sheet)
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

    def _unknown_sections(self, dossier: Dossier, part: str, outline: Outline, sheet: Sheet) -> Iterator[Problem]:
        for kept, ending in ((sheet.answers, ""), (sheet.private, PRIVATE)):
            document = dossier.documents.get(part + ending)
            for section in (section for section in kept if section not in outline.nodes):
                place = document.place(("answers", section), of_key=True) if document else (None, None)
                words = {"name": section, "nearest": nearest(section, outline.nodes)}
                path = f"{dossier.path}/{part}{ending or '.yaml'}"
                yield problem("answer-section-unknown", path, f"{part}.{section}", place, **words)

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
        loc = ("answers", node.id, *inner_loc(name, sheet.raw(node.id, field_id) if sheet else None))
        private = is_kept_private(made, sheet, loc[1:])
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

    def held(self, dossier: Dossier, part: str, outline: Outline) -> Callable[[str], Held]:
        """Looks at the evidence of a form's fields, by `section.field`."""

        def files(address: str) -> Held:
            made = outline.field(*address.split(".", 1))
            wanted = made.attach if isinstance(made, FileField) else None
            listed = dossier.attached(f"{part}.{address}")
            found = (fault for one in listed for fault in file_faults(self.root, dossier, one, wanted))
            return Held(len(listed), tuple(found))

        return files

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

    def _unlisted(self, dossier: Dossier) -> Iterator[Problem]:
        """What lies among the files and is not attached, while that can be mended."""
        if dossier.is_open and dossier.unwritable is None:
            for file in unlisted(self.root, dossier):
                address, _, name = file.rpartition("/")
                yield problem("attachment-unlisted", f"{dossier.path}/{FILES}/{file}", address or FILES, name=name)

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


def _as_error(found: Problem) -> Problem:
    return found.at_level(Level.ERROR)
