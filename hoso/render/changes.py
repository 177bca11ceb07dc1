"""What changed from one definition to the next: told from the two files, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from hoso.definitions import Checklist, Definitions, Node, Outline, Part
from hoso.i18n import mark, tr
from hoso.kinds import ChoiceField, Field, TableField
from hoso.render.naming import column_label
from hoso.render.words import MEDIA, deadline
from hoso.text import shown_day

Thing = TypeVar("Thing")


class Change(NamedTuple):
    """One change in words; `section`: the section of the new outline that it is in, empty for the whole."""

    section: str
    text: str


class Before(NamedTuple):
    """The outline that stood in the place of another in the checklist before."""

    checklist: str
    name: str
    outline: Outline


def outline_before(definitions: Definitions, name: str) -> Before | None:
    """Found by the part of the same id in the checklist before; none where that leaves a choice."""
    for checklist in definitions.checklists.values():
        previous = definitions.checklists.get(checklist.previous or "")
        if previous is None:
            continue
        earlier = {part.id: part for part, _ in previous.parts()}
        for part, _ in checklist.parts():
            if part.id in earlier and any(case.outline == name for case in part.cases()):
                found = _one(part, earlier[part.id], name)
                if found in definitions.outlines:
                    return Before(checklist.previous or "", found, definitions.outlines[found])
    return None


def _one(part: Part, earlier: Part, name: str) -> str:
    """Of several outlines to choose from, the one that stood under the same condition."""
    when = next(case.when for case in part.cases() if case.outline == name)
    found = [case.outline for case in earlier.cases() if case.outline and (not earlier.choose or case.when == when)]
    return found[0] or "" if len(found) == 1 else ""


def outline_changes(old: Outline, new: Outline) -> list[Change]:
    """Sections, points to cover and fields that came, went, or were changed, in the order of the new outline."""
    out = [Change("", told) for told in _differences(_OF_OUTLINE, old, new)]
    pairs = {node.id: _earlier(old.nodes, node.id, node.section.was) for node in new.nodes.values()}
    for node in new.nodes.values():
        before = pairs[node.id]
        if before is None:
            out.append(Change(node.id, tr("New section.")))
        else:
            out += [Change(node.id, told) for told in _of_section(before, node)]
    kept = {before.id for before in pairs.values() if before is not None}
    gone = [node for node in old.nodes.values() if node.id not in kept]
    return out + [Change("", tr("The section “{name}” is gone.", name=node.heading)) for node in gone]


def _earlier(old: Mapping[str, Thing], name: str, was: Iterable[str]) -> Thing | None:
    return next((old[one] for one in (name, *was) if one in old), None)


def _of_section(old: Node, new: Node) -> Iterator[str]:
    if old.heading != new.heading:
        yield tr("It was called “{name}”.", name=old.heading)
    if old.section.prompt != new.section.prompt:
        yield tr("The instructions have new wording.")
    if old.section.applies != new.section.applies:
        yield tr("The units or cases it applies to have changed.")
    yield from _asks(old, new)
    yield from _fields(old, new)


def _asks(old: Node, new: Node) -> Iterator[str]:
    for name, ask in new.asks.items():
        if name not in old.asks:
            yield tr("New point to cover: {text}", text=ask.text)
        elif old.asks[name].text != ask.text:
            yield tr("A point to cover has new wording: {text}", text=ask.text)
    for name, ask in old.asks.items():
        if name not in new.asks:
            yield tr("No longer a point to cover: {text}", text=ask.text)


def _fields(old: Node, new: Node) -> Iterator[str]:
    found = {name: _earlier(old.fields, name, made.was) for name, made in new.fields.items()}
    for name, made in new.fields.items():
        before = found[name]
        if before is None:
            yield tr("New: “{name}”.", name=made.name)
        else:
            yield from (f"“{made.name}”: {told}" for told in _of_field(before, made))
    kept = {before.id for before in found.values() if before is not None}
    yield from (tr("“{name}” is gone.", name=made.name) for made in old.fields.values() if made.id not in kept)


def _of_field(old: Field, new: Field) -> Iterator[str]:
    if old.name != new.name:
        yield tr("it was called “{name}”.", name=old.name)
    if old.type != new.type:
        yield tr("it is filled in another way now.")
        return
    if (old.required is True) != (new.required is True):
        yield tr("it is required now.") if new.required is True else tr("it is no longer required in every case.")
    if isinstance(old, TableField) and isinstance(new, TableField):
        yield from _of_table(old, new)
    elif isinstance(old, ChoiceField) and isinstance(new, ChoiceField):
        yield from _came_and_went(mark("can be chosen now: {names}"), mark("can no longer be chosen: {names}"),
                                  old.labels, new.labels)  # fmt: skip
    elif old.wants() != new.wants():
        yield tr("now: {how} (before: {before})", how="; ".join(new.wants()), before="; ".join(old.wants()))


def _of_table(old: TableField, new: TableField) -> Iterator[str]:
    columns = [{name: column_label(leaf) for name, leaf in made.leaves.items()} for made in (old, new)]
    rows = [{line.name: line.label for line in made.lines} for made in (old, new)]
    yield from _came_and_went(mark("new columns: {names}"), mark("columns that are gone: {names}"), *columns)
    yield from _came_and_went(mark("new rows: {names}"), mark("rows that are gone: {names}"), *rows)


def _came_and_went(came: str, went: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for told, here, there in ((came, new, old), (went, old, new)):
        names = [label for name, label in here.items() if name not in there]
        if names:
            yield tr(told, names="; ".join(names))


def checklist_changes(definitions: Definitions, old: Checklist, new: Checklist) -> list[str]:
    """What is handed in, in how many copies, by when and to whom, against the checklist before."""
    out = list(_differences(_OF_CHECKLIST, old, new))
    earlier, now = ({part.id: part for part, _ in made.parts()} for made in (old, new))
    titles = [{name: definitions.part_title(part) for name, part in parts.items()} for parts in (earlier, now)]
    out += _came_and_went(mark("New: {names}"), mark("No longer handed in: {names}"), *titles)
    for name, part in now.items():
        if name in earlier:
            title = titles[1][name]
            out += [f"“{title}”: {told}" for told in _differences(_OF_PART, earlier[name], part)]
    names = [{one.id: one.name for one in made.to} for made in (old, new)]
    return out + list(
        _came_and_went(mark("Also handed in to: {names}"), mark("No longer handed in to: {names}"), *names)
    )


def _differences(looks: Iterable[tuple[str, Callable[[Thing], str]]], old: Thing, new: Thing) -> Iterator[str]:
    for told, look in looks:
        before, now = look(old), look(new)
        if before != now:
            yield tr(told, before=before or "–", now=now or "–")


def _required(part: Part) -> str:
    if isinstance(part.required, bool):
        return tr("required") if part.required else tr("not required")
    return tr("required in some cases")


def _copies(part: Part) -> str:
    return ", ".join(f"{count} {tr(MEDIA[medium])}" for medium, count in part.copies.items())


_OF_OUTLINE: tuple[tuple[str, Callable[[Outline], str]], ...] = (
    (mark("Title: {now} (before: {before})"), lambda made: made.title),
    (mark("Issued by: {now} (before: {before})"), lambda made: made.issuer),
    (mark("Number of the document: {now} (before: {before})"), lambda made: made.number),
    (mark("Date of the document: {now} (before: {before})"), lambda made: shown_day(made.date) if made.date else ""),
)
_OF_CHECKLIST: tuple[tuple[str, Callable[[Checklist], str]], ...] = (
    (mark("Last day: {now} (before: {before})"), lambda made: deadline(made.deadline) or tr("none set")),
    (mark("Sets: {now} (before: {before})"), lambda made: str(made.sets)),
)
_OF_PART: tuple[tuple[str, Callable[[Part], str]], ...] = (
    (mark("last day: {now} (before: {before})"), lambda part: deadline(part.deadline)),
    (mark("copies: {now} (before: {before})"), _copies),
    (mark("{now} (before: {before})"), _required),
)
