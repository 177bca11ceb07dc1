"""The formulas of definitions: a small part of Python's expressions, read here and never run by Python.

Arithmetic is exact. A figure of the text is taken as written, one that is looked up is a Decimal; inside,
both are whole numbers or fractions, so `share(a, b) <= 20` is right at its boundary. A result is a Decimal,
or a `fractions.Fraction` where no Decimal is equal to it (1 / 3).

What is blank has three readings. In `sum`, `count`, `min`, `max` a blank name or cell adds nothing. A name
compared by `==`, `!=` or `in` with a literal has a verdict: a blank is equal to `""` and to nothing else.
Everywhere else a blank, and a division by zero, leaves the result undecided: None, carried on by Kleene's
rules for `and`, `or`, `not`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from hoso.formulas.faults import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES, Fault, FormulaError
from hoso.formulas.figures import Value, outward
from hoso.formulas.functions import FUNCTIONS
from hoso.formulas.nodes import InGroup, Kind, Lookup, Run, Scope
from hoso.formulas.parser import Parser

__all__ = [
    "FUNCTIONS",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_NODES",
    "Formula",
    "FormulaError",
    "Value",
    "parse",
]


def _no_group(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that has been read; equal to any other of the same text.

    names: dotted names, without functions. offsets: the first offset of each name, in characters from 0.
    kind: number · text · truth · any (only known once names have values).
    groups: the texts given to in_group, with their first offsets.
    texts: (name, text, offset of the text) for each text a name is compared with by `==`, `!=` or `in`.
    """

    text: str
    names: frozenset[str] = field(repr=False, compare=False)
    functions: frozenset[str] = field(repr=False, compare=False)
    offsets: Mapping[str, int] = field(repr=False, compare=False)
    groups: Mapping[str, int] = field(repr=False, compare=False)
    texts: tuple[tuple[str, str, int], ...] = field(repr=False, compare=False)
    kind: Kind = field(repr=False, compare=False)
    _run: Run = field(repr=False, compare=False)

    def value(self, lookup: Lookup, *, in_group: InGroup = _no_group) -> Value:
        """The result; None when it is undecided or blank.

        lookup: the value of a name: Decimal (or int, Fraction), text, True or False, None or "" for a blank,
            or a list of these for a column. What it raises passes through.
        Raises FormulaError "formula-type" for values that do not fit, such as text in arithmetic.
        """
        try:
            return outward(self._run(Scope(lookup, in_group)))
        except Fault as fault:
            raise fault.within(self.text) from None

    def holds(self, lookup: Lookup, *, in_group: InGroup = _no_group) -> bool | None:
        """The verdict; None when undecided. Raises as value does, and for a result that is no verdict."""
        result = self.value(lookup, in_group=in_group)
        if result is None or isinstance(result, bool):
            return result
        raise Fault("formula-type", 0, len(self.text)).within(self.text)

    def __reduce__(self) -> tuple[Callable[[str], Formula], tuple[str]]:
        return parse, (self.text,)


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """The formula of a text; line breaks count as spaces. Raises FormulaError."""
    try:
        if len(text) > MAX_CHARACTERS:
            raise Fault("formula-too-long", MAX_CHARACTERS, len(text))
        parser = Parser(text)
    except Fault as fault:
        raise fault.within(text) from None
    return Formula(
        text=text,
        names=frozenset(parser.names),
        functions=frozenset(parser.functions),
        offsets=MappingProxyType(parser.names),
        groups=MappingProxyType(parser.groups),
        texts=tuple(parser.texts),
        kind=parser.root.kind,
        _run=parser.root.run,
    )
