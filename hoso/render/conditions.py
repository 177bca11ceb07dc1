"""Conditions of definitions in words."""

from __future__ import annotations

import ast
from collections.abc import Callable

from hoso.definitions import Definitions, Node, Outline
from hoso.formulas import Formula
from hoso.i18n import mark, tr
from hoso.kinds import ChoiceField, Field, MarkField
from hoso.render.words import group_words

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: mark("{name} is {value}"),
    ast.NotEq: mark("{name} is not {value}"),
    ast.Lt: mark("{name} is below {value}"),
    ast.LtE: mark("{name} is at most {value}"),
    ast.Gt: mark("{name} is above {value}"),
    ast.GtE: mark("{name} is at least {value}"),
    ast.In: mark("{name} is {value}"),
    ast.NotIn: mark("{name} is not {value}"),
}
_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.In: ast.NotIn, ast.NotEq: ast.Eq, ast.NotIn: ast.In,
}  # fmt: skip
_OF_UNITS = {
    "unit.kind": mark("the kind of unit"), "unit.id": mark("the unit"), "unit.parent": mark("the superior unit"),
}  # fmt: skip


class _Untold(Exception):  # noqa: N818 - not an error, only a formula that has no words
    """The formula is more than a comparison of names."""


class Wording:
    """Words the conditions of one definition; a formula that has no words is shown as it is written."""

    def __init__(self, definitions: Definitions, outline: Outline | None = None) -> None:
        self.definitions = definitions
        self.outline = outline

    def __call__(self, condition: Formula, node: Node | None = None) -> str:
        try:
            return self._told(ast.parse(" ".join(condition.text.split()), mode="eval").body, node)
        except (_Untold, SyntaxError, ValueError):
            return condition.text

    def _told(self, part: ast.expr, node: Node | None, *, inner: bool = False) -> str:
        match part:
            case ast.BoolOp(op=op, values=values):
                joint = tr(" and ") if isinstance(op, ast.And) else tr(" or ")
                told = joint.join(self._told(value, node, inner=True) for value in values)
                return f"({told})" if inner else told
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._negated(operand, node)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(left, type(op), right, node)
            case ast.Call(func=ast.Name(id="in_group"), args=[ast.Constant(value=str(group))]):
                return group_words(self.definitions, group)
            case ast.Call(func=ast.Name(id="blank"), args=[name]):
                return tr("{name} is left empty", name=self._named(name, node))
        raise _Untold

    def _negated(self, part: ast.expr, node: Node | None) -> str:
        match part:
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _NEGATED:
                return self._compared(left, _NEGATED[type(op)], right, node)
            case ast.Call(func=ast.Name(id="in_group"), args=[ast.Constant(value=str(group))]):
                return group_words(self.definitions, group, inside=False)
        return tr("it does not hold that {what}", what=self._told(part, node, inner=True))

    def _compared(self, left: ast.expr, op: type[ast.cmpop], right: ast.expr, node: Node | None) -> str:
        name, made = self._named(left, node), self._field(left, node)
        if isinstance(made, MarkField) and isinstance(right, ast.Constant) and op in (ast.Eq, ast.NotEq):
            wanted = (right.value == "x") is (op is ast.Eq)
            return tr("{name} is marked", name=name) if wanted else tr("{name} is not marked", name=name)
        worded = self._words_for(left, made)
        values = right.elts if isinstance(right, (ast.List, ast.Tuple)) else [right]
        if not all(isinstance(value, ast.Constant) for value in values):
            raise _Untold
        told = tr(" or ").join(worded(str(value.value)) for value in values if isinstance(value, ast.Constant))
        if op not in _COMPARISONS:
            raise _Untold
        return tr(_COMPARISONS[op], name=name, value=told)

    def _words_for(self, name: ast.expr, made: Field | None) -> Callable[[str], str]:
        dotted = _dotted(name)
        if dotted == "unit.kind":
            kinds = self.definitions.lists.kinds
            return lambda value: f"“{kinds[value].label}”" if value in kinds else f"“{value}”"
        if dotted in ("unit.id", "unit.parent"):
            units = self.definitions.units
            return lambda value: f"“{units[value].name}”" if value in units else f"“{value}”"
        if isinstance(made, ChoiceField):
            return lambda value: f"“{made.labels.get(value, value)}”"
        return (lambda value: made.shown(value)) if made is not None else (lambda value: value)

    def _named(self, name: ast.expr, node: Node | None) -> str:
        dotted = _dotted(name)
        if dotted in _OF_UNITS:
            return tr(_OF_UNITS[dotted])
        made = self._field(name, node)
        if made is None:
            raise _Untold
        return f"“{made.name}”"

    def _field(self, name: ast.expr, node: Node | None) -> Field | None:
        section, _, field = _dotted(name).rpartition(".")
        if self.outline is None:
            return None
        owner = self.outline.nodes.get(section) if section else node
        return owner.fields.get(field) if owner else None


def _dotted(part: ast.expr) -> str:
    match part:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            return f"{_dotted(value)}.{attribute}"
    raise _Untold
