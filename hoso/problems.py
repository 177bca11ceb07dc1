"""Problems: what is wrong or missing, as data. The registry of codes is here; wording happens when shown."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from hoso.i18n import mark, tr

Place = tuple[int | None, int | None]


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def weight(self) -> int:
        return ("hint", "warning", "error").index(self.value)

    @property
    def label(self) -> str:
        return tr(LEVEL_LABELS[self])


LEVEL_LABELS = {Level.ERROR: mark("error"), Level.WARNING: mark("warning"), Level.HINT: mark("missing")}


class Code(NamedTuple):
    """How a problem of one kind is worded; `{names}` are filled from its parameters."""

    level: Level
    message: str
    remedy: str


def message_of(code: str, params: Mapping[str, str]) -> str:
    """What is wrong: in the definition's own words where it has some, with the computation behind them."""
    worded, own = worded_with(CODES[code].message, params), params.get("own_message")
    if own and code == "formula-does-not-hold":
        return own  # a formula says nothing to those who fill in
    return f"{own} ({worded.rstrip('.')})" if own else worded


def remedy_of(code: str, params: Mapping[str, str]) -> str:
    return params.get("own_remedy") or worded_with(CODES[code].remedy, params)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `line` and `column` count from 1 or are None; `key` is the address inside the file or dossier."""

    path: str
    line: int | None
    column: int | None
    key: str
    code: str
    level: Level
    params: Mapping[str, str] = field(default_factory=dict)
    waived: str | None = None

    @property
    def message(self) -> str:
        return message_of(self.code, self.params)

    @property
    def remedy(self) -> str:
        return remedy_of(self.code, self.params)

    @property
    def place(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)

    def line_of_text(self) -> str:
        """`path:line:column: level code message`, as compilers print it."""
        waived = f" ({tr('waived: {reason}', reason=self.waived)})" if self.waived else ""
        return f"{self.place}: {self.level} {self.code} {sentence(self.message)}{waived} {self.remedy}".rstrip()

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path, "line": self.line, "column": self.column, "key": self.key,
            "level": str(self.level), "code": self.code, "message": self.message, "remedy": self.remedy,
            "waived": self.waived,
        }  # fmt: skip

    def at_level(self, level: Level) -> Problem:
        return replace(self, level=level)

    def waive(self, reason: str) -> Problem:
        return replace(self, waived=reason)


class Fault(NamedTuple):
    """A finding about one value, before it is known where that value stands."""

    code: str
    params: dict[str, str] = {}
    level: Level | None = None  # where it differs from the code's own


class Refused(Exception):  # noqa: N818 - what happened, as the messages of the screens are named
    """Raised where the first problem already ends the matter."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.line_of_text())
        self.problem = problem


def problem(code: str, path: str, key: str = "", place: Place = (None, None), /, **params: object) -> Problem:
    """A problem of a registered code, at its registered level. A place is line and column, from 1."""
    words = {name: str(value) for name, value in params.items()}
    return Problem(path, place[0], place[1], key, code, CODES[code].level, words)


def refuse(code: str, path: str, key: str = "", /, **params: object) -> Refused:
    return Refused(problem(code, path, key, **params))


def sentence(words: str) -> str:
    """The words closed by a full stop, so that more can follow them."""
    return words if words.endswith((".", "!", "?", ":", "…")) else f"{words}."


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, for `{nearest}` in a message; empty when none is close, or only itself."""
    found = difflib.get_close_matches(word, [other for other in known if other != word], n=1, cutoff=0.6)
    return found[0] if found else ""


def worded_with(message: str, params: Mapping[str, str]) -> str:
    """A message in the language of now. What is near is worded here: findings are kept, and told in other languages."""
    near = params.get("nearest")
    words = {**params, "nearest": tr(" Did you mean “{word}”?", word=near)} if near else params
    return tr(message, **words)


def named(value: Any) -> str:
    """What stands where something else belongs, for a sentence."""
    return {"dict": "{…}", "list": "[…]", "NoneType": "—"}.get(type(value).__name__, str(value))


def worst(problems: Iterable[Problem]) -> Level | None:
    """The highest level among the problems that nobody waived."""
    levels = [found.level for found in problems if found.waived is None]
    return max(levels, key=lambda level: level.weight, default=None)


def tally(problems: Iterable[Problem]) -> dict[Level, int]:
    """How many problems nobody waived there are of each level."""
    counts = dict.fromkeys(Level, 0)
    for found in problems:
        if found.waived is None:
            counts[found.level] += 1
    return counts


_E, _W, _H = Level.ERROR, Level.WARNING, Level.HINT

CODES: dict[str, Code] = {
    # reading a file
    "file-empty": Code(_E, mark("The file {name} is empty."), mark("Choose the document itself.")),
    "file-changing": Code(_E, mark("The file {name} was changed while it was copied."), mark("Save and close it in the program that writes it, and attach it again.")),
    "file-unreadable": Code(_E, mark("The file cannot be read: {why}."), mark("Check that it exists and that you may open it.")),
    "file-too-large": Code(_E, mark("The file has {size}; at most {limit} are read."), mark("Move what is not text into attachments, or split the file.")),
    "not-utf-8": Code(_E, mark("The file is not UTF-8 text."), mark("Save it again as UTF-8 in your editor.")),
    "control-character": Code(_E, mark("The file contains the control character {character}."), mark("Delete that character.")),
    "empty-file": Code(_E, mark("The file is empty."), mark("Begin it with the line “hoso: 1”.")),
    "conflict-markers": Code(_E, mark("Two versions of the file were merged and not settled: “{ours}” against “{theirs}”."), mark("Keep the right lines and delete the lines with <<<<<<<, ======= and >>>>>>>.")),
    "yaml-syntax": Code(_E, mark("This is not valid YAML: {why}."), mark("Check indentation, colons and quotes here and on the line before.")),
    "yaml-several-documents": Code(_E, mark("The file holds several YAML documents."), mark("Delete the line with --- or make two files.")),
    "yaml-too-deep": Code(_E, mark("The file is nested more than {limit} levels deep."), mark("Nest less.")),
    "yaml-tag": Code(_E, mark("The tag {tag} is not allowed."), mark("Delete the tag; every value is read as text and typed by its field.")),
    "yaml-merge-key": Code(_E, mark("The merge key << is not allowed."), mark("Write the keys out where they are needed.")),
    "yaml-duplicate-key": Code(_E, mark("The key “{name}” appears twice; it is already on line {first}."), mark("Keep one of the two.")),
    "yaml-key-not-text": Code(_E, mark("A key has to be one word of text."), mark("Write it as “key: value”.")),
    "yaml-alias": Code(_E, mark("Anchors and aliases are allowed in definitions only."), mark("Write the value out.")),
    "yaml-self-reference": Code(_E, mark("The value refers to itself."), mark("Remove the alias.")),
    "yaml-too-many-aliases": Code(_E, mark("The aliases unfold into more than {limit} values."), mark("Use fewer aliases, or shared lists and facets.")),
    # the version of the language, the shape of a file
    "version-missing": Code(_E, mark("The file does not say which version of the language it is written in."), mark("Begin it with the line “hoso: 1”.")),
    "version-unknown": Code(_E, mark("“{value}” is not a version of the language."), mark("Write “hoso: 1”.")),
    "version-newer": Code(_E, mark("The file is written in version {value} of the language; this program reads version 1."), mark("Install a newer hoso.")),
    "key-unknown": Code(_E, mark("The key “{name}” is not known here.{nearest}"), mark("Correct or delete it. Known here: {known}.")),
    "key-missing": Code(_E, mark("The key “{name}” is missing."), mark("Add “{name}: …”.")),
    "not-a-mapping": Code(_E, mark("Keys with values are expected here, not {found}."), mark("Write lines of the form “key: value”.")),
    "not-a-list": Code(_E, mark("A list is expected here, not {found}."), mark("Begin each entry with “- ”.")),
    "not-text": Code(_E, mark("A single value is expected here, not {found}."), mark("Write the value on the key's own line.")),
    "not-one-of": Code(_E, mark("“{value}” is not possible here.{nearest}"), mark("Possible: {known}.")),
    "not-a-number": Code(_E, mark("“{value}” is not a figure."), mark("Write it like 8341, 8.341 or 94,5 (in the file: 8341 or 94.5).")),
    "not-a-whole-number": Code(_E, mark("“{value}” is not a whole number."), mark("Write it like 12.")),
    "not-yes-or-no": Code(_E, mark("“{value}” is neither true nor false."), mark("Write true or false.")),
    "not-a-day": Code(_E, mark("“{value}” is not a day."), mark("Write it like 05/12/2021 (in the file: 2021-12-05).")),
    "not-a-month": Code(_E, mark("“{value}” is not a month."), mark("Write it like 12/2021.")),
    "not-a-year": Code(_E, mark("“{value}” is not a year."), mark("Write it like 2021.")),
    "not-a-moment": Code(_E, mark("“{value}” is not a day or a moment."), mark("Write it like 2021-12-05 or 2021-12-05T0815+0700.")),
    "not-a-period": Code(_E, mark("“{value}” is not a period."), mark("Write it like 2021, 2021-Q4, 2021-01/2021-11 or 2010/2020.")),
    "value-invalid": Code(_E, mark("The value is not valid: {why}."), mark("Correct it.")),
    "id-invalid": Code(_E, mark("“{value}” cannot be an id."), mark("Use lowercase letters without accents, digits and _, starting with a letter.")),
    "id-keyword": Code(_E, mark("“{value}” cannot be an id: it is a reserved word."), mark("Choose another id, such as “{value}_1”.")),
    "file-id-invalid": Code(_E, mark("“{value}” cannot be the name of a file or a unit."), mark("Use lowercase letters without accents, digits and -, at most 64 characters, and no name that Windows reserves.")),
    "id-duplicate": Code(_E, mark("The id “{value}” is used twice; first on line {first}."), mark("Give one of the two another id.")),
    "id-hides": Code(_E, mark("The id “{value}” hides another “{value}” of this outline."), mark("Give the field another id than the section.")),
    "limits-crossed": Code(_E, mark("“at_least” ({low}) is above “at_most” ({high})."), mark("Swap or correct the two.")),
    "numbering-invalid": Code(_E, mark("“{value}” is not a way of numbering."), mark("Use I, A, 1, a or 1.1 with a mark behind, such as “a)”.")),
    # what a definition refers to
    "outline-unknown": Code(_E, mark("There is no outline “{name}”.{nearest}"), mark("Add outlines/{name}.yaml or correct the name.")),
    "checklist-unknown": Code(_E, mark("There is no checklist “{name}”.{nearest}"), mark("Add checklists/{name}.yaml or correct the name.")),
    "unit-unknown": Code(_E, mark("There is no unit “{name}”.{nearest}"), mark("Add it to checklists/units.yaml or correct the name.")),
    "unit-not-asked": Code(_W, mark("This checklist does not ask “{name}” for a dossier."), mark("Add its kind or its id under “units” of the checklist, or move the folder.")),
    "unit-own-parent": Code(_E, mark("The unit “{name}” is above itself."), mark("Correct “parent”.")),
    "unit-mismatch": Code(_E, mark("The folder is named “{folder}” but the dossier says “{name}”."), mark("Correct the unit in dossier.yaml or move the folder.")),
    "kind-unknown": Code(_E, mark("There is no kind of unit “{name}”.{nearest}"), mark("Add it under “kinds” in outlines/lists.yaml or correct it.")),
    "list-unknown": Code(_E, mark("There is no shared list “{name}”.{nearest}"), mark("Add it under “lists” in outlines/lists.yaml or write the options here.")),
    "facet-unknown": Code(_E, mark("There is no facet “{name}”.{nearest}"), mark("Add it under “facets” of the outline.")),
    "section-unknown": Code(_E, mark("There is no section “{name}”.{nearest}"), mark("Correct the id.")),
    "item-unknown": Code(_E, mark("There is no item “{name}” in this checklist.{nearest}"), mark("Correct the id.")),
    "field-unknown": Code(_E, mark("There is no field “{name}”.{nearest}"), mark("Correct the id. An address is written section.field.")),
    "document-unknown": Code(_W, mark("“{name}” is neither a year nor a registered document.{nearest}"), mark("Add it under “documents” in outlines/lists.yaml.")),
    "item-without-content": Code(_E, mark("The item says neither what to fill nor what to attach."), mark("Add “outline:”, “attach:” or “choose:”.")),
    "item-chosen-twice": Code(_E, mark("The item says what to fill or attach, and also “choose:”."), mark("Move “outline:” and “attach:” into the cases.")),
    "deadline-twice": Code(_E, mark("The deadline says both “before” and “by”."), mark("Keep one: “before” a day that is too late, or “by” the last day.")),
    "quota-without-over": Code(_E, mark("A check with “of” counts units, but “over: units” is missing."), mark("Add “over: units”, or delete “of”.")),
    "item-without-levels": Code(_E, mark("The item “{name}” leads to no level, so nothing can be counted."), mark("Name an item with a score sheet that has “levels”, or add “levels:” beside its “attach:”.")),
    "levels-misplaced": Code(_E, mark("“levels” belongs where a sheet is only attached."), mark("Leave it out: an outline has a score sheet or a choice of its own for the level.")),
    "choose-no-case": Code(_E, mark("No case holds for units of the kind “{kind}”."), mark("Add a case for it, or a last one without “when”.")),
    "name-unknown": Code(_E, mark("Nothing here is called “{name}”.{nearest}"), mark("Name a column or row of the same table, a field of the same section, or section.field; in a checklist item.section.field; in a condition also unit.kind or unit.id.")),
    # formulas and conditions
    "formula-syntax": Code(_E, mark("“{formula}” is not a formula."), mark("Write it like unit.kind == \"so_ban_nganh\".")),
    "formula-refused": Code(_E, mark("“{what}” is not allowed in a formula."), mark("Use names, figures, text in quotes, + - * /, comparisons, in, and, or, not and the known functions.")),
    "formula-too-long": Code(_E, mark("The formula has more than {limit} characters."), mark("Split it.")),
    "formula-too-deep": Code(_E, mark("The formula is nested more than {limit} levels deep."), mark("Split it.")),
    "compute-one-way": Code(_E, mark("A figure is computed in exactly one way."), mark("Write one of: {ways}.")),
    "compute-circle": Code(_E, mark("“{name}” is computed from itself."), mark("Break the circle: let one of the figures be entered.")),
    "name-not-a-figure": Code(_E, mark("“{name}” is no figure.{nearest}"), mark("Name a number, a column of numbers or points.")),
    "name-not-a-day": Code(_E, mark("“{name}” is no date.{nearest}"), mark("Name a date field.")),
    "level-unknown": Code(_E, mark("The list of levels has no “{name}”.{nearest}"), mark("Use an id of that list.")),
    "not-above-zero": Code(_E, mark("“{value}” is not above 0."), mark("Write a figure such as 0.5, or leave the key out.")),
    "places-too-many": Code(_E, mark("{value} decimal places are too many."), mark("Write a number from 0 to {limit}.")),
    "list-empty": Code(_E, mark("Nothing stands in this list."), mark("Add at least one entry.")),
    "rows-none": Code(_E, mark("The table has no rows."), mark("Add rows, or write “rows: {{open: true}}” where the unit adds them itself.")),
    "format-unknown": Code(_E, mark("“{name}” is no format that a file can be told by, so that no file would ever fit.{nearest}"), mark("Possible: {known}.")),
    "group-unknown": Code(_W, mark("No unit is in the group “{name}”, so that this never holds.{nearest}"), mark("Correct the name, or add it under “groups” of a unit in checklists/units.yaml.")),
    "levels-out-of-order": Code(_E, mark("“{name}” is reached from {points} points, the better “{better}” from {other} already."), mark("The list is ordered best first: correct the points or the order.")),
    "criterion-above-group": Code(_W, mark("The criterion allows {points} points, its whole group {limit}."), mark("Lower the one or raise the other.")),
    "limit-idle": Code(_W, mark("A limit of {value} % says nothing: a part is never more than the whole that it belongs to."), mark("Write a limit up to 100 %.")),
    "change-without-compare": Code(_E, mark("“{name}” has no figure of the previous period, so that its change is never known."), mark("Add “compare: true” to “{name}”.")),
    "was-living": Code(_W, mark("“{name}” is still an id here, so that it cannot be what another was called."), mark("Delete it under “was”, or give the other another id.")),
    "was-twice": Code(_W, mark("Two say that they were once “{name}”; the other is “{other}”."), mark("Keep it under “was” of one of the two.")),
    "days-crossed": Code(_E, mark("“from” ({low}) is later than “until” ({high})."), mark("Swap or correct the two.")),
    "range-backwards": Code(_E, mark("The range “{value}” runs backwards."), mark("Write the smaller value first: {right}.")),
    "range-invalid": Code(_E, mark("The range “{value}” has more than {limit} values."), mark("Write a shorter one, like 2018..2022.")),
    "formula-too-large": Code(_E, mark("The formula has more than {limit} parts."), mark("Split it.")),
    "formula-name": Code(_E, mark("“{what}” is not a name."), mark("Names are lowercase letters, digits and _, separated by dots.")),
    "formula-division": Code(_E, mark("The formula divides by zero."), mark("Correct the divisor.")),
    "formula-unknown-function": Code(_E, mark("There is no function “{what}”."), mark("Known: sum, count, share, min, max, round, abs, blank, in_group.")),
    "formula-arguments": Code(_E, mark("The function “{what}” got the wrong number or kind of values."), mark("Look the function up in the language guide.")),
    "formula-type": Code(_E, mark("The formula compares or computes text with figures: {what}."), mark("Put text in quotes, figures without.")),
    # dossiers
    "dossier-file-missing": Code(_W, mark("The folder holds answers but no dossier.yaml, so its state and its attachments are not known."), mark("Bring dossier.yaml back; opening the dossier and changing anything makes a new one.")),
    "folder-expected": Code(_W, mark("This should be the folder of a checklist or a unit, not a file."), mark("Move the file elsewhere.")),
    "answer-not-private": Code(_W, mark("The answer is private but stands in the file that is shared."), mark("Open the dossier and write it anew, or move it to the file {file}.")),
    "outline-unreadable": Code(_E, mark("The outline “{name}” of this item is missing or faulty: what is to be filled in is not known."), mark("Have outlines/{name}.yaml corrected; “hoso check” tells what is wrong with it.")),
    "answers-outline-differs": Code(_E, mark("The file answers the outline “{name}”, but this item asks for “{wanted}”."), mark("Correct “outline:” or move the file.")),
    "answers-newer-version": Code(_W, mark("The answers were written for version {answers} of the outline; it now has version {outline}."), mark("Look at the sections to review, then hand in again.")),
    "answers-file-unknown": Code(_W, mark("No item of the checklist is called “{name}”, so nothing reads this file."), mark("Rename it to the item's id or delete it.")),
    "answer-section-unknown": Code(_W, mark("The outline has no section “{name}”.{nearest}"), mark("Move the answers, or under “parked:” to keep them.")),
    "answer-field-unknown": Code(_W, mark("The section has no field “{name}”.{nearest}"), mark("Correct the id, or move the answer under “parked:” to keep it.")),
    "answer-shape": Code(_E, mark("The answer is not written as an answer."), mark("Write a value, or {{value: …}}, or {{absent: …, because: …}}.")),
    "ask-unknown": Code(_W, mark("The section does not ask for “{name}”.{nearest}"), mark("Correct the id or delete the mark.")),
    "ask-mark": Code(_E, mark("“{value}” is not a mark of an ask."), mark("Write here, {{elsewhere: section}} or {{absent: not_applicable, because: …}}.")),
    "absent-unknown": Code(_E, mark("“{value}” is not a reason for absence.{nearest}"), mark("Possible: nil, pending, not_applicable, withheld.")),
    "absent-without-reason": Code(_E, mark("“Not applicable” needs a reason."), mark("Add why under “because”.")),
    "answer-given-otherwise": Code(_W, mark("There is an answer, although the question does not apply here."), mark("Delete it, or correct the answer on which it depends.")),
    "proposal-open": Code(_H, mark("The value was carried over and not accepted yet."), mark("Accept or change it.")),
    "answer-missing": Code(_H, mark("“{label}” is not answered yet."), mark("Answer it, or say why there is nothing to say.")),
    "cells-missing": Code(_H, mark("“{label}”: {count} cells are blank, the first is “{first}”."), mark("Fill them in, or say why there is nothing to say.")),
    "reference-unknown": Code(_E, mark("Line {line} quotes the figure “{name}”, which is not there.{nearest}"), mark("Insert the figure anew with Alt+I; for braces as text write a backslash before them.")),
    "reference-private": Code(_E, mark("Line {line} quotes “{label}”, which is private, in a text that is not."), mark("Take the figure out of the text.")),
    "reference-blank": Code(_H, mark("Line {line} quotes “{label}”, for which there is no figure yet."), mark("Give the figure there.")),
    "before-proposed": Code(_H, mark("“{label}”: the previous dossier says {value} ({path}); nobody has accepted it yet."), mark("Accept it with F5, or give another figure.")),
    "before-differs": Code(_W, mark("“{label}”: the figure of the previous period is given as {value}, but the previous dossier says {other} ({path})."), mark("Check which one is right; if the old one was corrected since, say so in a waiver.")),
    "before-missing": Code(_H, mark("“{label}”: the figure of the previous period is missing."), mark("Give it, so that the two can be compared.")),
    "ask-open": Code(_H, mark("Not covered yet: {label}"), mark("Mark where the text covers it, or why it does not apply.")),
    "text-too-short": Code(_W, mark("The text has {count} words; at least {limit} are wanted."), mark("Write a little more.")),
    "text-too-long": Code(_W, mark("The text has {count} words; at most {limit} are wanted."), mark("Shorten it.")),
    "text-one-line": Code(_E, mark("The text has several lines; there is room for one."), mark("Join the lines.")),
    "text-not-mentioned": Code(_W, mark("The text does not mention {what}."), mark("Mention it, or say why not.")),
    "number-ambiguous": Code(_E, mark("“{value}” can be read as {one} or as {other}."), mark("Write {one_typed} or {other_typed}.")),
    "number-decimals": Code(_E, mark("{value} has more than {limit} decimal places."), mark("Round it, or check the comma.")),
    "number-too-low": Code(_E, mark("{value} is below the least possible, {limit}."), mark("Check the figure.")),
    "number-too-high": Code(_E, mark("{value} is above the most possible, {limit}."), mark("Check the figure.")),
    "number-step": Code(_E, mark("{value} is not a multiple of {limit}."), mark("Check the figure.")),
    "choice-unknown": Code(_E, mark("“{value}” is not one of the options.{nearest}"), mark("Possible: {known}.")),
    "choice-many": Code(_E, mark("Several options are given; one is wanted."), mark("Keep one.")),
    "choice-twice": Code(_W, mark("The option “{value}” is given twice."), mark("Delete one.")),
    "table-shape": Code(_E, mark("The table is not written as rows with cells."), mark("Write row: {{column: value}} for each row.")),
    "row-unknown": Code(_W, mark("The table has no row “{name}”.{nearest}"), mark("Correct the id, or move the row under “parked:” to keep it.")),
    "column-unknown": Code(_W, mark("The table has no column “{name}”.{nearest}"), mark("Correct the id, or delete the cell.")),
    "cell-closed": Code(_W, mark("This cell is not to be filled."), mark("Delete what stands in it.")),
    "rows-too-few": Code(_H, mark("The table has {count} rows; at least {limit} are wanted."), mark("Add rows.")),
    "rows-too-many": Code(_E, mark("The table has {count} rows; at most {limit} are possible."), mark("Remove rows.")),
    "total-wrong": Code(_E, mark("The total is given as {entered}, but {parts} = {sum}."), mark("Check the total and its parts.")),
    "figure-wrong": Code(_E, mark("The figure is given as {entered}; computed it is {computed}, rounded {right}."), mark("Check the figure and those it is computed from.")),
    "figure-cut-off": Code(_W, mark("The figure {entered} was cut off; computed it is {computed}, rounded {right}."), mark("Round it.")),
    "sum-wrong": Code(_E, mark("{parts} = {sum}, not {total}."), mark("Check the parts and their total.")),
    "not-equal": Code(_E, mark("{left} and {right} should be equal."), mark("Check both.")),
    "share-too-high": Code(_E, mark("{part} of {base} is {share} %; at most {limit} % are allowed, here {allowed}."), mark("Check the figures, or give the reason.")),
    "share-too-low": Code(_E, mark("{part} of {base} is {share} %; at least {limit} % are wanted, here {allowed}."), mark("Check the figures, or give the reason.")),
    "below-limit-of": Code(_E, mark("{value} is below the least for “{what}”, {limit}."), mark("Check the figure.")),
    "above-limit-of": Code(_E, mark("{value} is above the most for “{what}”, {limit}."), mark("Check the figure.")),
    "not-before": Code(_E, mark("{left} should be before {right}."), mark("Check both days.")),
    "too-late": Code(_E, mark("{left} should not be later than {right}."), mark("Check both days.")),
    "change-unexplained": Code(_W, mark("From {before} to {now} is a change of {percent} %, more than {limit} %."), mark("Explain the change.")),
    "not-unique": Code(_W, mark("“{value}” stands in row {first} and again in row {again}."), mark("Keep one of the two.")),
    "counts-differ": Code(_E, mark("The entries do not pair up: {counts}."), mark("Give as many of the one as of the other.")),
    "above-other": Code(_E, mark("“{own}” is above “{other}”."), mark("Claim at most the level that the points lead to.")),
    "formula-does-not-hold": Code(_E, mark("This should hold: {formula}"), mark("Check the answers it is about.")),
    "criterion-unknown": Code(_W, mark("The sheet has no criterion “{name}”.{nearest}"), mark("Correct the id.")),
    "quota-exceeded": Code(_W, mark("{count} of {base} units are rated so; at most {limit} may be.{provisional}"), mark("Look at the ratings of this group again.")),
    "mark-unknown": Code(_E, mark("“{value}” is not a mark."), mark("Write x or nothing.")),
    "file-answer": Code(_E, mark("Evidence is attached as a file, not written here."), mark("Attach the file to {key}.")),
    # attachments, state
    "attachment-missing": Code(_H, mark("“{label}”: {have} of {want} files are attached."), mark("Attach the document.")),
    "attachment-lost": Code(_E, mark("The attached file {name} is gone from the dossier's folder."), mark("Attach it again.")),
    "attachment-changed": Code(_E, mark("The attached file {name} was changed after it was attached."), mark("Attach it again if the change is meant.")),
    "attachment-format": Code(_E, mark("{name} is a {found} file; wanted: {wanted}."), mark("Save it in one of those formats and attach it again.")),
    "attachment-empty": Code(_E, mark("The attached file {name} is empty."), mark("Attach the document itself.")),
    "attachment-damaged": Code(_E, mark("The attached file {name} is damaged or cut off: nobody can open it."), mark("Make or fetch it again and attach it anew.")),
    "attachment-locked": Code(_W, mark("The attached file {name} is protected by a password."), mark("Save it without a password and attach it again, or tell the recipient the password another way.")),
    "attachment-misnamed": Code(_W, mark("The attached file {name} is a {found} file by its content, whatever its name says."), mark("Save it in the format of its name, or rename it, and attach it again.")),
    "sets-missing": Code(_H, mark("{have} of {want} sets of the dossier are ready."), mark("Put them together and note how many there are, with F9.")),
    "copies-paper": Code(_H, mark("“{label}”: {have} of {want} paper copies are ready."), mark("Print them and note how many there are, with F9.")),
    "copies-scan": Code(_H, mark("“{label}”: {have} of {want} signed scans are ready."), mark("Scan the signed document and note how many there are, with F9.")),
    "copies-pdf": Code(_H, mark("“{label}”: {have} of {want} PDF files are ready."), mark("Make the file; where it is attached it is counted, else note it with F9.")),
    "copies-word": Code(_H, mark("“{label}”: {have} of {want} Word files are ready."), mark("Make the file; where it is attached it is counted, else note it with F9.")),
    "copies-excel": Code(_H, mark("“{label}”: {have} of {want} Excel files are ready."), mark("Make the file; where it is attached it is counted, else note it with F9.")),
    "attachment-unlisted": Code(_H, mark("The file {name} lies in the dossier's folder but is not attached."), mark("Attach or delete it.")),
    "attachment-unknown": Code(_W, mark("Nothing asks for attachments at “{name}”.{nearest}"), mark("Correct the address in dossier.yaml.")),
    "attachment-path": Code(_E, mark("The name {name} leads out of the dossier's folder."), mark("Use a plain file name.")),
    "state-unknown": Code(_E, mark("“{value}” is not a state of a dossier.{nearest}"), mark("Possible: {known}.")),
    "waiver-unused": Code(_H, mark("A waiver for {code} at “{name}” waives nothing."), mark("Delete it.")),
    "waiver-without-reason": Code(_E, mark("A waiver needs a reason."), mark("Add “reason:”.")),
    "wording-changed": Code(_H, mark("The outline was changed after this dossier was handed in; the wording of then is shown."), mark("Nothing to do.")),
    "parked-answers": Code(_H, mark("{count} answers are kept whose field is gone."), mark("Move or delete them.")),
    # appraising
    "dossier-returned": Code(_W, mark("The dossier was returned: “{because}”."), mark("Mend it, then hand it in again.")),
    "item-returned": Code(_W, mark("“{label}” was returned: “{because}”."), mark("Mend it, then hand the dossier in again.")),
    "remark-open": Code(_W, mark("Remark: “{text}”."), mark("Answer it in the dossier, then tick it off.")),
    "remark-misplaced": Code(_W, mark("A remark or points stand at “{name}”, which is not in the outline.{nearest}"), mark("Correct the id.")),
    "recipient-unknown": Code(_W, mark("The checklist has no recipient “{name}”.{nearest}"), mark("Write the id of an office under “to” of the checklist, not a person.")),
    "level-not-claimed": Code(_H, mark("“{label}”: the level that you claim is missing."), mark("Choose it beside the attached document, or write it with: hoso set {dossier} {item} level LEVEL.")),
    "move-impossible": Code(_E, mark("That is not possible while the dossier is {state}."), mark("Look at its state with hoso status.")),
    "dossier-closed": Code(_E, mark("The dossier is {state}; nothing in it can be changed now."), mark("Ask the superior office to return it.")),
    "not-handed-in": Code(_E, mark("There is nothing to review: the dossier is {state}."), mark("Wait until it is handed in.")),
    "item-closed": Code(_E, mark("Only single items came back; this one stays handed in."), mark("Ask the superior office to return it too.")),
    "dossier-unreadable": Code(_E, mark("The dossier has files that cannot be understood."), mark("See hoso check, mend them, then try again.")),
    "folder-taken": Code(_E, mark("The folder {folder} is not empty."), mark("Choose another folder.")),
    "pipeline-there": Code(_E, mark("The file is there already and says something else; nothing was written."), mark("Move it away or delete it, then try again.")),
    "deadline-passed": Code(_W, mark("The deadline {day} has passed."), mark("Hand the dossier in.")),
    # publishing
    "publish-secret": Code(_E, mark("The site would show {what} here."), mark("Take it out or mark the field private; or allow this very text in dossier.yaml, under “waivers:”: {{code: publish-secret, key: {key}, text: {text}, reason: …}}.")),
    "publish-secret-written": Code(_E, mark("The site would show {what} here."), mark("Take it out, or allow this very text in hoso.yaml, under “allow:”: {{path: {path}, key: {key}, text: {text}, reason: …}}.")),
    "publish-unread": Code(_H, mark("{file} will be on the site, and what stands in it was not looked through."), mark("Make sure yourself that it shows no password, telephone number or person.")),
}  # fmt: skip
