"""Problems as a page tells them: how grave, where, what; those that were waived last, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hoso.i18n import tr
from hoso.problems import Level, Problem
from hoso.render.markup import chip, lit


def gravest_first(found: Iterable[Problem]) -> list[Problem]:
    return sorted(found, key=lambda one: (one.waived is not None, one.level is not Level.ERROR))


def finding(found: Problem, place: str) -> str:
    """One problem as Markdown. `place`: a link to where it stands, or empty."""
    grave = chip(tr("error"), "broken") if found.level is Level.ERROR else chip(tr("warning"), "warning")
    told = f"{place}{lit(':')} {lit(found.message)}" if place else lit(found.message)
    if found.waived is None:
        return f"{grave} {told}"
    return f"{told} *{lit('(' + tr('waived: {reason}', reason=found.waived) + ')')}*"


def unsaid(all_: Sequence[Problem], told: Sequence[Problem]) -> str:
    """That there are more than are told here, or nothing."""
    count = sum(one.waived is None for one in all_) - sum(one.waived is None for one in told)
    return lit(tr("{count} more are told to the unit alone.", count=count)) if count else ""
