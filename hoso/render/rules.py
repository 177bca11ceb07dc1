"""Rules in words: checks, quotas, computed figures, score sheets. What is told here is what `hoso check` judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hoso.definitions import Checklist, Definitions, Node, Outline
from hoso.definitions.naming import sibling
from hoso.definitions.rating import levels_of_item
from hoso.i18n import mark, tr
from hoso.kinds import Field, NumberField, ScoringField, TableField
from hoso.kinds.checking import (
    ChangedMoreThan,
    CheckBase,
    Equal,
    Holds,
    LimitBy,
    NotAbove,
    Ordered,
    SameCount,
    ShareCheck,
    SumEquals,
    Unique,
)  # fmt: skip
from hoso.kinds.compute import Compute
from hoso.problems import Level
from hoso.render.markup import chip, lit
from hoso.render.naming import Place, column_label
from hoso.text import shown_number

_EACH = {"row": mark("in every row"), "column": mark("in every column"), "cell": mark("in every cell")}
_LEVELS = {Level.ERROR: mark("must hold"), Level.WARNING: mark("should hold"), Level.HINT: mark("worth a look")}
_ROUNDED = {"down": mark("rounded down to whole units"), "up": mark("rounded up to whole units")}
_BY = {"kind": mark("counted for each kind of unit"), "group": mark("counted for each group of units"),
       "parent": mark("counted under each superior unit")}  # fmt: skip
_CHANGES = {"figures": mark("the change of {name} against the one before"),
            "percent": mark("the change of {name} against the one before, in percent"),
            "points": mark("the change of {name} against the one before, in percentage points")}  # fmt: skip


def section_rules(definitions: Definitions, outline: Outline, node: Node) -> list[str]:
    """Markdown list items: the rules of a section, its fields, its tables and score sheets."""
    place = Place(definitions, outline=outline, node=node)
    out: list[str] = []
    for made in node.fields.values():
        out += _of_field(place, made)
    return out + [_worded(place, check) for check in node.section.checks]


def outline_rules(definitions: Definitions, outline: Outline) -> list[str]:
    place = Place(definitions, outline=outline)
    return [_worded(place, check) for check in outline.checks]


def checklist_rules(definitions: Definitions, checklist: Checklist) -> list[str]:
    """Between the items of one dossier."""
    place = Place(definitions, checklist=checklist)
    return [_worded(place, check) for check in checklist.checks if check.over is None]


def quota_rules(definitions: Definitions, checklist: Checklist) -> list[str]:
    """Over all units together."""
    place = Place(definitions, checklist=checklist)
    return [_worded(place, check) for check in checklist.checks if check.over is not None]


def _of_field(place: Place, made: Field) -> Iterator[str]:
    if isinstance(made, TableField):
        inside = replace(place, table=made)
        yield from _computed_columns(inside, made)
        yield from _totals(made)
        yield from (_worded(inside, check, made.name) for check in made.checks)
        return
    if isinstance(made, ScoringField):
        yield from _scoring(place, made)
    if isinstance(made, NumberField) and made.compute is not None:
        yield _item(made.name, computed(place, made.compute), made.compute)
    for check in made.checks:
        yield _worded(place, check, made.name)


def _computed_columns(place: Place, table: TableField) -> Iterator[str]:
    for name, leaf in table.leaves.items():
        compute = getattr(leaf.field, "compute", None)
        if compute is not None:
            yield _item(f"{table.name}, {column_label(leaf)}", computed(place, compute, name), compute)


def _item(name: str, told: str, compute: Compute) -> str:
    how = tr("worked out from the other figures; what is entered is compared with it") if compute.entered else tr(
        "worked out, not entered"
    )  # fmt: skip
    return f"- **{lit(name)}** {lit('=')} {lit(told)}{lit('; ' + how)}"


def computed(place: Place, compute: Compute, column: str = "") -> str:
    """How a figure is worked out. Beside a column of a table names mean its neighbours first."""

    def named(name: str) -> str:
        return place.named(sibling(place.table, column, name) if place.table is not None and column else name)

    if compute.sum is not None:
        return " + ".join(named(name) for name in compute.sum)
    if compute.share is not None:
        return tr("the share of {part} in {base}, in percent", part=named(compute.share), base=named(compute.of or ""))
    if compute.change is not None:
        return tr(_CHANGES[compute.in_], name=named(compute.change))
    if compute.count is not None:
        return tr("the number of entries in {what}", what=named(compute.count))
    return place.formula(compute.formula.text) if compute.formula is not None else ""


def _totals(table: TableField) -> Iterator[str]:
    for total in (table.total, table.total_column):
        if total is not None:
            told = tr("is entered and compared with the sum") if total.entered else tr("is worked out")
            whole = tr("“{name}” {what}", name=total.label or tr("Total"), what=told)
            yield f"- **{lit(table.name)}**{lit(':')} {lit(whole)}"


def _worded(place: Place, check: CheckBase, of: str = "") -> str:
    """One list item: what has to hold, where, how strictly, why."""
    told = _sentence(place, check)
    if of and not isinstance(check, NotAbove):
        told = f"{of}: {told}" if place.table is not None else told
    more = [tr(_EACH[check.each]) if check.each else "", _over(check)]
    whole = ", ".join([told, *(part for part in more if part)])
    out = f"- {chip(tr(_LEVELS[check.level]), f'level-{check.level}')} {lit(whole)}"
    message = tr("Otherwise: {message}", message=check.message) if check.message else ""
    said = [message, check.remedy, tr("Basis: {basis}", basis=check.basis) if check.basis else ""]
    hints = lit(" ".join(_ended(part) for part in said if part))
    return f'{out}<br><span class="hoso-hint">{hints}</span>' if hints else out


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _over(check: CheckBase) -> str:
    return tr(_BY[check.by]) if check.over and check.by in _BY else ""


def _sentence(place: Place, check: CheckBase) -> str:
    named = place.named
    match check:
        case Equal():
            left, right = place.formula(check.left.text), place.formula(check.right.text)
            within = (
                tr(" (a difference of {within} is allowed)", within=shown_number(check.within)) if check.within else ""
            )
            return tr("{left} is equal to {right}", left=left, right=right) + within
        case SumEquals():
            parts, total = " + ".join(named(name) for name in check.parts), named(check.total)
            told = mark("{parts} is at most {total}") if check.remainder else mark("{parts} = {total}")
            return tr(told, parts=parts, total=total)
        case ShareCheck():
            return _share(place, check)
        case LimitBy():
            return _limits(place, check)
        case Ordered():
            told = (
                mark("{left} is before {right}")
                if check.check == "before"
                else mark("{left} is not later than {right}")
            )
            return tr(told, left=named(check.left), right=named(check.right))
        case ChangedMoreThan():
            told = tr("{name} changes by at most {limit} % against the period before", name=named(check.of),
                      limit=shown_number(check.limit))  # fmt: skip
            why = tr(", or the reason stands in {name}", name=named(check.explain)) if check.explain else ""
            return told + why
        case Unique():
            return tr("no two rows have the same {names}", names=_all(place, check.columns))
        case SameCount():
            return tr("{names} have the same number of entries", names=_all(place, check.rows))
        case NotAbove():
            return tr("the level is not above {other}", other=named(check.other))
        case Holds():
            return place.formula(check.holds.text)
    return str(check.check)  # type: ignore[attr-defined]


def _all(place: Place, names: Sequence[str]) -> str:
    return tr(" and ").join(place.named(name) for name in names)


def _share(place: Place, check: ShareCheck) -> str:
    part, base = _counted(place, check, check.part), _counted(place, check, check.base)
    told = mark("{part} is at most {limit} % of {base}") if check.check == "at_most_share" else mark(
        "{part} is at least {limit} % of {base}"
    )  # fmt: skip
    out = tr(told, part=part, base=base, limit=shown_number(check.limit))
    return f"{out}, {tr(_ROUNDED[check.round])}" if check.round else out


def _counted(place: Place, check: ShareCheck, names: Sequence[str]) -> str:
    if not check.over:
        return " + ".join(place.named(name) for name in names)
    item = (check.of or "").partition(".")[0]
    labels = levels_of_item(place.definitions, place.checklist, item) if place.checklist else {}
    return tr(
        "the number of units rated {levels}", levels=tr(" or ").join(f"“{labels.get(one, one)}”" for one in names)
    )


def _limits(place: Place, check: LimitBy) -> str:
    leaf = place.table.leaves.get(check.by) if place.table is not None else None
    labels = getattr(leaf.field, "labels", {}) if leaf else {}

    def told(limits: dict[str, object]) -> str:
        return "; ".join(f"{labels.get(one, one)}: {shown_number(str(limit))}" for one, limit in limits.items())

    words = mark("{name} is at least, by {by}: {limits}") if check.check == "at_least_by" else mark(
        "{name} is at most, by {by}: {limits}"
    )  # fmt: skip
    out = tr(words, name=place.named(check.column), by=place.named(check.by), limits=told(dict(check.limits)))
    for one in check.except_:
        when = tr("if {condition}", condition=place.formula(one.when.text))
        out += f"; {when}: {told(dict(one.limits))}"
    return out


def _scoring(place: Place, made: ScoringField) -> Iterator[str]:
    if made.rescale:
        yield f"- {lit(tr('What does not apply leaves both sides; the rest counts for the whole.'))}"
    if made.levels is not None:
        from_points = (
            tr("from {points} points: {level}", points=shown_number(least), level=made.level_labels.get(level, level))
            for level, least in made.levels.at_least.items()
        )
        yield f"- {lit(tr('Levels by points:'))} {lit('; '.join(from_points))}"
    for cap in made.caps:
        level = made.level_labels.get(cap.level, cap.level)
        told = tr("if {condition}: not above “{level}”", condition=place.formula(cap.when.text), level=level)
        yield f"- {lit(f'{told} ({cap.because})' if cap.because else told)}"
    for one in made.criteria.values():
        needs = tr("evidence has to be attached") if one.evidence == "required" else ""
        when = tr("only if {condition}", condition=place.formula(one.applies.text)) if one.applies else ""
        told = "; ".join(part for part in (needs, when, one.guidance) if part)
        if told:
            yield f"- {lit(one.title or one.id)}{lit(':')} {lit(told)}"
