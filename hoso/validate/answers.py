"""What is wrong with one answer or with how one ask is marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hoso.definitions import Outline
from hoso.dossiers import ABSENT, NEEDS_REASON, Answer
from hoso.kinds import (
    FieldBase,
    NumberField,
)
from hoso.kinds.spec import canonical
from hoso.problems import Fault, named, nearest
from hoso.text import shown_number

if TYPE_CHECKING:
    from hoso.previous import Before


def answer_faults(made: FieldBase, answer: Answer, before: Before | None = None) -> Iterator[Fault]:
    """What is wrong with an answer to a field. `before` is what the dossier of the period before says."""
    if answer.absent is not None:
        yield from absence_faults(answer.absent, answer.because)
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


def absence_faults(absent: Any, because: str) -> Iterator[Fault]:
    if absent not in ABSENT:
        yield Fault("absent-unknown", {"value": named(absent), "nearest": nearest(str(absent), ABSENT)})
    elif absent in NEEDS_REASON and not because.strip():
        yield Fault("absent-without-reason")


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
        yield from absence_faults(mark["absent"], because if isinstance(because, str) else "")
