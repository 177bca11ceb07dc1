"""One thing to do told as one: the blank cells of a table or score sheet, which progress counts as one, too."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace

from hoso.problems import Fault, Problem

_BLANK = "answer-missing"


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Problems with the blank cells of one field as one, which stands where the first of them stood."""
    found = list(problems)
    counts = _counted(_owner(one) for one in found)
    out: dict[Hashable, Problem] = {}
    for place, one in enumerate(found):
        count = counts.get(_owner(one), 0)
        merged = one if count < 2 else replace(one, code="cells-missing", params=_words(one.params, count))
        out.setdefault(place if count < 2 else _owner(one), merged)
    return list(out.values())


def gathered_faults(findings: Iterable[tuple[str, Fault]]) -> list[tuple[str, Fault]]:
    """The same for the findings of one section, which are named by `field.row.column`."""
    found = list(findings)
    counts = _counted(_field(*one) for one in found)
    out: dict[Hashable, tuple[str, Fault]] = {}
    for place, (name, fault) in enumerate(found):
        field = _field(name, fault)
        count = counts.get(field, 0)
        merged = fault if count < 2 else fault._replace(code="cells-missing", params=_words(fault.params, count))
        out.setdefault(place if count < 2 else field, (name, merged))
    return list(out.values())


def _counted(owners: Iterable[Hashable]) -> dict[Hashable, int]:
    counts: dict[Hashable, int] = {}
    for owner in owners:
        if owner is not None:
            counts[owner] = counts.get(owner, 0) + 1
    return counts


def _owner(one: Problem) -> Hashable:
    """The table that a blank cell belongs to, its waivers apart; None for all else."""
    is_cell = one.code == _BLANK and "of" in one.params
    return (*one.key.split(".", 3)[:3], one.waived) if is_cell else None


def _field(name: str, fault: Fault) -> Hashable:
    return name.partition(".")[0] if fault.code == _BLANK and "of" in fault.params else None


def _words(params: Mapping[str, str], count: int) -> dict[str, str]:
    return {"label": params["of"], "first": params["label"], "count": str(count)}
