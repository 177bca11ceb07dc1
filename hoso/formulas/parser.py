"""Tokens to nodes: Python's grammar of expressions, as much of it as formulas have, by recursive descent."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from hoso.formulas import nodes
from hoso.formulas.faults import MAX_DEPTH, MAX_NODES, Fault
from hoso.formulas.functions import FUNCTIONS, called
from hoso.formulas.nodes import Node, Test
from hoso.formulas.tokens import Token, tokens

_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "in", "not")


class Parser:
    """One formula's text being read.

    root: the node of the whole. names, groups: first offset of each name, and of each text given to in_group.
    texts: (name, text, offset of the text) of each comparison by `==`, `!=` or `in` of a name with a text.
    """

    def __init__(self, text: str) -> None:
        self.names: dict[str, int] = {}
        self.groups: dict[str, int] = {}
        self.functions: set[str] = set()
        self.texts: list[tuple[str, str, int]] = []
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0
        self._nodes = 0
        self.root = self._conditional()
        if self._token.kind != "end":
            raise self._unexpected()

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._token
        self._at += 1
        return token

    def _is(self, *symbols: str) -> bool:
        return self._token.kind == "symbol" and self._token.value in symbols

    def _skip(self, symbol: str) -> bool:
        found = self._is(symbol)
        self._at += found
        return found

    def _expect(self, symbol: str) -> Token:
        if not self._is(symbol):
            raise self._unexpected()
        return self._next()

    def _unexpected(self) -> Fault:
        """A fault at this token: refused where Python goes on (a subscript, a call, a tuple, a star)."""
        _, _, start, end = self._token
        before = self._tokens[self._at - 1]
        foreign = self._is("(", "[", "*") or (
            self._is(",") and self._at > 0 and (before.kind != "symbol" or before.value in ")]")
        )
        return Fault("formula-refused" if foreign else "formula-syntax", start, end)

    def _counted(self, node: Node) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            last = self._tokens[self._at - 1]
            raise Fault("formula-too-large", last.start, last.end)
        return node

    def _nested(self, parse: Callable[[], Node]) -> Node:
        """Depth is counted on the way down, so that no text can exhaust the stack."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Fault("formula-too-deep", self._token.start, self._token.end)
        node = parse()
        self._depth -= 1
        return node

    def _conditional(self) -> Node:
        yes = self._joined("or", self._conjunction)
        if not self._skip("if"):
            return yes
        condition = self._joined("or", self._conjunction)
        self._expect("else")
        return self._counted(nodes.chosen(yes, condition, self._nested(self._conditional)))

    def _conjunction(self) -> Node:
        return self._joined("and", self._negation)

    def _joined(self, symbol: str, parse: Callable[[], Node]) -> Node:
        parts = [parse()]
        while self._skip(symbol):
            parts.append(parse())
        return parts[0] if len(parts) == 1 else self._counted(nodes.joined(symbol, parts))

    def _negation(self) -> Node:
        if not self._is("not"):
            return self._comparison()
        start = self._next().start
        return self._counted(nodes.negated(self._nested(self._negation), start))

    def _comparison(self) -> Node:
        first = left = self._sum()
        steps: list[tuple[Node, Test]] = []
        while self._is(*_COMPARISONS):
            symbol = self._next().value
            if symbol in ("in", "not"):
                steps.append(self._membership(left, symbol))
                break
            right = self._sum()
            steps.append((right, nodes.comparison(symbol, left, right)))
            if symbol in ("==", "!="):
                self._remember(left, right)
                self._remember(right, left)
            left = right
        return self._counted(nodes.compared(first, steps)) if steps else first

    def _membership(self, left: Node, symbol: str) -> tuple[Node, Test]:
        if symbol == "not":
            self._expect("in")
        items, end = self._literals()
        for item in items:
            self._remember(left, item)
        if self._is(*_COMPARISONS):
            raise Fault("formula-refused", self._token.start, self._token.end)
        # The list itself is in the test; the node only marks where it ends.
        return nodes.constant(0, end, end), nodes.membership(symbol == "in", left, items)

    def _literals(self) -> tuple[list[Node], int]:
        """A list or a tuple of literals; `("x")` is neither, in Python it is a text."""
        opening = self._token
        if not self._is("[", "("):
            raise Fault("formula-refused", opening.start, opening.end)
        closing = "]" if self._next().value == "[" else ")"
        items: list[Node] = []
        commas = 0
        while not self._is(closing):
            items.append(self._literal())
            if not self._skip(","):
                break
            commas += 1
        end = self._expect(closing).end
        if closing == ")" and items and not commas:
            raise Fault("formula-refused", opening.start, end)
        return items, end

    def _literal(self) -> Node:
        item = self._signed()
        if not item.literal:
            raise item.fault("formula-refused")
        return item

    def _remember(self, name: Node, text: Node) -> None:
        if name.name and isinstance(text.constant, str):
            self.texts.append((name.name, text.constant, text.start))

    def _sum(self) -> Node:
        return self._arithmetic(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._arithmetic(("*", "/"), self._signed)

    def _arithmetic(self, symbols: tuple[str, str], parse: Callable[[], Node]) -> Node:
        node = parse()
        while self._is(*symbols):
            symbol = self._next().value
            node = self._counted(nodes.arithmetic(symbol, node, parse()))
        return node

    def _signed(self) -> Node:
        if not self._is("+", "-"):
            return self._operand()
        sign = self._next()
        return self._counted(nodes.signed(sign.value, self._nested(self._signed), sign.start))

    def _operand(self) -> Node:
        node = self._bracketed() if self._is("(") else self._counted(self._simple())
        if self._is("(", "["):
            raise self._unexpected()
        return node

    def _bracketed(self) -> Node:
        start = self._next().start
        node = self._nested(self._conditional)
        return replace(node, start=start, end=self._expect(")").end)

    def _simple(self) -> Node:
        kind, value, start, end = self._token
        if kind == "word":
            return self._word()
        if kind in ("symbol", "end"):
            raise self._unexpected()
        self._next()
        if kind == "number":
            return nodes.constant(Fraction(value) if "." in value else int(value), start, end)
        return nodes.constant(value == "True" if kind == "truth" else value, start, end)

    def _word(self) -> Node:
        _, word, start, end = self._next()
        if self._is("("):
            return self._call(word, start, end)
        if not _NAME.fullmatch(word) or any(map(keyword.iskeyword, word.split("."))):
            raise Fault("formula-name", start, end)
        self.names.setdefault(word, start)
        return nodes.named(word, start, end)

    def _call(self, word: str, start: int, end: int) -> Node:
        if word not in FUNCTIONS:
            raise Fault("formula-unknown-function", start, end)
        self._next()
        parts: list[Node] = []
        while not self._is(")"):
            parts.append(self._nested(self._conditional))
            if not self._skip(","):
                break
        node = called(word, parts, start, self._expect(")").end)
        self.functions.add(word)
        if word == "in_group":
            self.groups.setdefault(str(parts[0].constant), parts[0].start)
        return node
