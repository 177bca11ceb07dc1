"""The parts of a formula, each a closure over its own parts, with what is known of it before it is run."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast

from hoso.formulas.faults import Fault
from hoso.formulas.figures import Exact, Number, Value, divided, exact, same

Lookup = Callable[[str], Value]
InGroup = Callable[[str], bool]
Run = Callable[["Scope"], Exact]
NumberRun = Callable[["Scope"], Number | None]
Test = Callable[[Exact, Exact], bool | None]
Kind = Literal["any", "number", "text", "truth"]


class Scope(NamedTuple):
    """What one evaluation asks its caller."""

    lookup: Lookup
    in_group: InGroup


@dataclass(frozen=True, slots=True)
class Node:
    run: Run
    kind: Kind
    start: int
    end: int
    name: str = ""  # of a name
    literal: bool = False
    constant: Exact = None  # of a literal; "" is a blank here too

    def fault(self, code: str = "formula-type", what: str | None = None) -> Fault:
        return Fault(code, self.start, self.end, what)

    def expect(self, kind: Kind) -> None:
        if self.kind not in ("any", kind):
            raise self.fault()


def constant(value: Exact, start: int, end: int) -> Node:
    kind: Kind = "text" if isinstance(value, str) else "truth" if isinstance(value, bool) else "number"
    known = exact(value)
    return Node(lambda _: known, kind, start, end, literal=True, constant=known)


def named(name: str, start: int, end: int) -> Node:
    def run(scope: Scope) -> Exact:
        value = scope.lookup(name)
        try:
            return exact(value)
        except TypeError:
            raise Fault("formula-type", start, end) from None

    return Node(run, "any", start, end, name=name)


def number(node: Node) -> NumberRun:
    """The run of a node that has to give a figure; anything else is a fault, None is undecided."""
    node.expect("number")
    inner = node.run
    if node.kind == "number":
        return cast(NumberRun, inner)

    def run(scope: Scope) -> Number | None:
        value = inner(scope)
        if isinstance(value, (bool, str)):
            raise node.fault()
        return value

    return run


def lifted(apply: Callable[[Any], Exact], inner: Run) -> Run:
    """A function of one decided value as one that leaves the undecided undecided."""

    def run(scope: Scope) -> Exact:
        value = inner(scope)
        return None if value is None else apply(value)

    return run


def truth(node: Node) -> Callable[[Scope], bool | None]:
    node.expect("truth")
    inner = node.run

    def run(scope: Scope) -> bool | None:
        value = inner(scope)
        if value is True or value is False or value is None:
            return value
        raise node.fault()

    return run


_ARITHMETIC: dict[str, Callable[[Any, Any], Number | None]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divided,
}


def arithmetic(symbol: str, left: Node, right: Node) -> Node:
    first, second, apply = number(left), number(right), _ARITHMETIC[symbol]
    if symbol == "/" and right.literal and right.constant == 0:
        raise right.fault("formula-division")

    def run(scope: Scope) -> Exact:
        above, below = first(scope), second(scope)
        return None if above is None or below is None else apply(above, below)

    return Node(run, "number", left.start, right.end)


def signed(symbol: str, inner: Node, start: int) -> Node:
    apply: Callable[[Any], Number] = operator.neg if symbol == "-" else operator.pos
    run = number(inner)
    if inner.literal:
        return constant(apply(inner.constant), start, inner.end)
    return Node(lifted(apply, run), "number", start, inner.end)


def negated(inner: Node, start: int) -> Node:
    return Node(lifted(operator.not_, truth(inner)), "truth", start, inner.end)


def joined(symbol: str, parts: Sequence[Node]) -> Node:
    """`and`, `or`: an undecided part leaves the whole undecided unless another part settles it."""
    runs, settles = tuple(truth(part) for part in parts), symbol == "or"

    def run(scope: Scope) -> Exact:
        verdict: bool | None = not settles
        for part in runs:
            value = part(scope)
            if value is settles:
                return settles
            if value is None:
                verdict = None
        return verdict

    return Node(run, "truth", parts[0].start, parts[-1].end)


def chosen(yes: Node, condition: Node, no: Node) -> Node:
    decide, first, second = truth(condition), yes.run, no.run

    def run(scope: Scope) -> Exact:
        verdict = decide(scope)
        if verdict is None:
            return None
        return first(scope) if verdict else second(scope)

    return Node(run, yes.kind if yes.kind == no.kind else "any", yes.start, no.end)


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def comparison(symbol: str, left: Node, right: Node) -> Test:
    if symbol in _ORDER:
        return _ordered(symbol, left, right)
    wanted = symbol == "=="
    settled = _settles_blanks(left, [right]) or _settles_blanks(right, [left])

    def test(first: Exact, second: Exact) -> bool | None:
        if first is None or second is None:
            return (first is second) is wanted if settled else None
        return same(first, second) is wanted

    return test


def _ordered(symbol: str, left: Node, right: Node) -> Test:
    apply = _ORDER[symbol]
    left.expect("number")
    right.expect("number")

    def test(first: Exact, second: Exact) -> bool | None:
        for node, value in ((left, first), (right, second)):
            if isinstance(value, (bool, str)):
                raise node.fault()
        return None if first is None or second is None else apply(first, second)

    return test


def membership(wanted: bool, left: Node, items: Sequence[Node]) -> Test:
    values, settled = tuple(item.constant for item in items), _settles_blanks(left, items)

    def test(first: Exact, _: Exact) -> bool | None:
        if first is None:
            return (None in values) is wanted if settled else None
        return any(value is not None and same(first, value) for value in values) is wanted

    return test


def _settles_blanks(node: Node, literals: Sequence[Node]) -> bool:
    """Whether a blank gives a verdict: a name against literals; `a + 1 == 8` or `a == b` stay undecided."""
    return (bool(node.name) or node.literal) and all(item.literal for item in literals)


def compared(first: Node, steps: Sequence[tuple[Node, Test]]) -> Node:
    """A chain of comparisons; each operand is worked out once."""
    start, rest = first.run, tuple((node.run, test) for node, test in steps)

    def run(scope: Scope) -> Exact:
        left, undecided = start(scope), False
        for operand, test in rest:
            right = operand(scope)
            found = test(left, right)
            if found is False:
                return False
            undecided = undecided or found is None
            left = right
        return None if undecided else True

    return Node(run, "truth", first.start, steps[-1][0].end)
