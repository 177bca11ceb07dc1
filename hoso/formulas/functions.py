"""The functions formulas may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from hoso.formulas.faults import Fault
from hoso.formulas.figures import Exact, Number, divided, flat, rounded
from hoso.formulas.nodes import Kind, Node, Run, Scope, lifted, number

_MAX_PLACES = 12

Build = Callable[[Sequence[Node]], Run]


@dataclass(frozen=True, slots=True)
class Function:
    at_least: int
    at_most: int
    kind: Kind
    build: Build


def called(name: str, parts: Sequence[Node], start: int, end: int) -> Node:
    """A call of one of FUNCTIONS. Raises Fault "formula-arguments" for too few, too many or unfit ones."""
    function = FUNCTIONS[name]
    if not function.at_least <= len(parts) <= function.at_most:
        raise Fault("formula-arguments", start, end, name)
    return Node(function.build(parts), function.kind, start, end)


def _gathered(parts: Sequence[Node], scope: Scope) -> list[tuple[Node, Exact]] | None:
    """The values of all arguments, a column's without its blanks; None when an expression is undecided."""
    values: list[tuple[Node, Exact]] = []
    for part in parts:
        if part.name:
            column = scope.lookup(part.name)
            try:
                values.extend((part, value) for value in flat(column))
            except TypeError:
                raise part.fault() from None
        elif (value := part.run(scope)) is not None:
            values.append((part, value))
        else:
            return None
    return values


def _over_figures(reduce: Callable[[Sequence[Number]], Number | None]) -> Build:
    def build(parts: Sequence[Node]) -> Run:
        for part in parts:
            part.expect("number")

        def run(scope: Scope) -> Exact:
            values = _gathered(parts, scope)
            if values is None:
                return None
            for part, value in values:
                if isinstance(value, (bool, str)):
                    raise part.fault()
            return reduce([cast(Number, value) for _, value in values])

        return run

    return build


def _count(parts: Sequence[Node]) -> Run:
    def run(scope: Scope) -> Exact:
        values = _gathered(parts, scope)
        return None if values is None else len(values)

    return run


def _share(parts: Sequence[Node]) -> Run:
    part, base = number(parts[0]), number(parts[1])
    if parts[1].literal and parts[1].constant == 0:
        raise parts[1].fault("formula-division")

    def run(scope: Scope) -> Exact:
        above, below = part(scope), base(scope)
        return None if above is None or below is None else divided(above * 100, below)

    return run


def _round(parts: Sequence[Node]) -> Run:
    inner, digits = number(parts[0]), 0
    if len(parts) == 2:
        given = parts[1].constant
        if parts[1].kind != "number" or type(given) is not int or abs(given) > _MAX_PLACES:
            raise parts[1].fault("formula-arguments", "round")
        digits = given

    return lifted(lambda value: rounded(value, digits), inner)


def _abs(parts: Sequence[Node]) -> Run:
    return lifted(abs, number(parts[0]))


def _blank(parts: Sequence[Node]) -> Run:
    name, fault = parts[0].name, parts[0].fault
    if not name:
        raise fault("formula-arguments", "blank")

    def run(scope: Scope) -> Exact:
        column = scope.lookup(name)
        try:
            return not any(True for _ in flat(column))
        except TypeError:
            raise fault() from None

    return run


def _in_group(parts: Sequence[Node]) -> Run:
    group = parts[0].constant
    if not isinstance(group, str):
        raise parts[0].fault("formula-arguments", "in_group")
    return lambda scope: scope.in_group(group)


FUNCTIONS = {
    "sum": Function(1, 100, "number", _over_figures(sum)),
    "count": Function(1, 100, "number", _count),
    "share": Function(2, 2, "number", _share),
    "min": Function(1, 100, "number", _over_figures(lambda figures: min(figures, default=None))),
    "max": Function(1, 100, "number", _over_figures(lambda figures: max(figures, default=None))),
    "round": Function(1, 2, "number", _round),
    "abs": Function(1, 1, "number", _abs),
    "blank": Function(1, 1, "truth", _blank),
    "in_group": Function(1, 1, "truth", _in_group),
}
