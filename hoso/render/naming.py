"""What a name in a rule is called on paper: the label of its field, row, column or item."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from hoso.definitions import Checklist, Definitions, Node, Outline
from hoso.i18n import mark, tr
from hoso.kinds import ChoiceField, Field, ScoringField, TableField
from hoso.kinds.columns import Leaf
from hoso.kinds.table import TOTAL
from hoso.render.words import group_words
from hoso.text import shown_number

_OF_SHEETS = {
    "points": mark("the points of “{name}”"),
    "own_level": mark("the level that the points of “{name}” lead to"),
    "claimed_level": mark("the level that is claimed in “{name}”"),
    "final_level": mark("the final level in “{name}”"),
}
_OF_UNITS = {
    "unit.kind": mark("the kind of unit"), "unit.id": mark("the unit"), "unit.parent": mark("the superior unit"),
}  # fmt: skip
_FUNCTIONS = {
    "sum": mark("the sum of {what}"), "count": mark("the number of entries in {what}"),
    "min": mark("the least of {what}"), "max": mark("the greatest of {what}"),
    "abs": mark("the amount of {what}"), "round": mark("{what}, rounded"),
    "blank": mark("{what} is left empty"), "share": mark("the share in percent of {what}"),
}  # fmt: skip
_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: ":", ast.Eq: "=", ast.NotEq: "≠", ast.Lt: "<", ast.LtE: "≤",
    ast.Gt: ">", ast.GtE: "≥",
}  # fmt: skip


class NoWords(Exception):  # noqa: N818 - not an error, only a formula that has no words
    """The formula is of a kind that is better shown as it is written."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands: in an outline or a checklist, in a section of it, in a table of that."""

    definitions: Definitions
    outline: Outline | None = None
    checklist: Checklist | None = None
    node: Node | None = None
    table: TableField | None = None

    def named(self, name: str) -> str:
        """The name as readers know it, in quotes; as it is written where it leads nowhere."""
        if name in _OF_UNITS:
            return tr(_OF_UNITS[name])
        return self._in_table(name) or self._in_section(name) or self._in_outline(name) or self._in_item(name) or name

    def _in_table(self, name: str) -> str:
        return cell_name(self.table, name) if self.table is not None else ""

    def _in_section(self, name: str) -> str:
        first, _, rest = name.partition(".")
        if self.node is None or first not in self.node.fields:
            return ""
        return field_name(self.node.fields[first], rest)

    def _in_outline(self, name: str) -> str:
        section, _, rest = name.partition(".")
        node = self.outline.nodes.get(section) if self.outline else None
        return _under(node, rest) if node else ""

    def _in_item(self, name: str) -> str:
        item, _, rest = name.partition(".")
        part = next((part for part, _ in self.checklist.parts() if part.id == item), None) if self.checklist else None
        if part is None:
            return ""
        title = self.definitions.part_title(part)
        if rest in _OF_SHEETS:
            return tr(_OF_SHEETS[rest], name=title)
        section, _, inner = rest.partition(".")
        for case in part.cases():
            outline = self.definitions.outlines.get(case.outline or "")
            node = outline.nodes.get(section) if outline else None
            if node is not None:
                return tr("{name} (in {where})", name=_under(node, inner), where=title)
        return tr("“{name}”", name=title)

    def _field(self, name: str) -> Field | None:
        """The field whose values a name has, for the words of a choice."""
        if self.table is not None and name in self.table.leaves:
            column: Field = self.table.leaves[name].field
            return column
        first, _, rest = name.partition(".")
        if self.node is not None and name in self.node.fields:
            return self.node.fields[name]
        if self.outline is not None:
            return self.outline.field(first, rest)
        part = next((part for part, _ in self.checklist.parts() if part.id == first), None) if self.checklist else None
        section, _, inner = rest.partition(".")
        outlines = (self.definitions.outlines.get(case.outline or "") for case in (part.cases() if part else ()))
        return next((found for outline in outlines if outline and (found := outline.field(section, inner))), None)

    def formula(self, text: str) -> str:
        """A formula in words and signs; as it is written where it has none."""
        try:
            return self._told(ast.parse(" ".join(text.split()), mode="eval").body)
        except (NoWords, SyntaxError, ValueError):
            return text

    def _told(self, part: ast.expr, *, inner: bool = False) -> str:
        match part:
            case ast.Constant(value=value):
                return shown_number(repr(value)) if isinstance(value, int | float) else tr("“{name}”", name=str(value))
            case ast.Name() | ast.Attribute():
                return self.named(dotted(part))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                beside = isinstance(left, ast.BinOp) and _rank(left.op) == _rank(op)
                told = f"{self._told(left, inner=not beside)} {_SIGNS[type(op)]} {self._told(right, inner=True)}"
                return f"({told})" if inner else told
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return tr("it does not hold that {what}", what=f"({self._told(operand)})")
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"−{self._told(operand, inner=True)}"
            case ast.BoolOp(op=op, values=values):
                joint = tr(" and ") if isinstance(op, ast.And) else tr(" or ")
                told = joint.join(self._told(value, inner=True) for value in values)
                return f"({told})" if inner else told
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(left, type(op), right)
            case ast.Call(func=ast.Name(id=name), args=args) if name in _FUNCTIONS and args:
                return self._called(name, args)
            case ast.Call(func=ast.Name(id="in_group"), args=[ast.Constant(value=str(group))]):
                return group_words(self.definitions, group)
        raise NoWords

    def _compared(self, left: ast.expr, op: type[ast.cmpop], right: ast.expr) -> str:
        name = self._told(left, inner=True)
        if op in (ast.In, ast.NotIn) and isinstance(right, ast.List | ast.Tuple):
            values = tr(" or ").join(self._value(left, value) for value in right.elts)
            return f"{name} {'=' if op is ast.In else '≠'} {values}"
        if op not in _SIGNS:
            raise NoWords
        return f"{name} {_SIGNS[op]} {self._value(left, right)}"

    def _value(self, name: ast.expr, value: ast.expr) -> str:
        """A value in the words of what it is compared with: the label of an option, the name of a kind."""
        if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
            return self._told(value, inner=True)
        text = value.value
        if isinstance(name, ast.Name | ast.Attribute):
            made = self._field(dotted(name))
            kind = self.definitions.lists.kinds.get(text) if dotted(name) == "unit.kind" else None
            text = kind.label if kind else made.labels.get(text, text) if isinstance(made, ChoiceField) else text
        return tr("“{name}”", name=text)

    def _called(self, name: str, args: list[ast.expr]) -> str:
        told = [self._told(one, inner=True) for one in args]
        if name == "share" and len(told) == 2:
            return tr("the share of {part} in {base}, in percent", part=told[0], base=told[1])
        return tr(_FUNCTIONS[name], what=", ".join(told))


def _rank(op: ast.operator) -> bool:
    return isinstance(op, ast.Mult | ast.Div)


def dotted(part: ast.expr) -> str:
    match part:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            return f"{dotted(value)}.{attribute}"
    raise NoWords


def _under(node: Node, rest: str) -> str:
    """A field of another section, with the section's heading where its own label is not enough to find it."""
    first, _, inner = rest.partition(".")
    made = node.fields.get(first)
    return tr("“{name}”", name=node.heading) if made is None else field_name(made, inner)


def field_name(made: Field, rest: str) -> str:
    if not rest:
        return tr("“{name}”", name=made.name)
    if isinstance(made, TableField):
        return tr("{cell} of the table “{name}”", cell=cell_name(made, rest) or rest, name=made.name)
    if rest == "before":
        return tr("“{name}” in the period before", name=made.name)
    if isinstance(made, ScoringField):
        if rest in _OF_SHEETS:
            return tr(_OF_SHEETS[rest], name=made.name)
        if rest in made.criteria:
            return tr("“{name}”", name=made.criteria[rest].title)
    return tr("“{name}”", name=made.name)


def cell_name(table: TableField, name: str) -> str:
    """A column, a row, or the cell where they meet; empty for what the table does not have."""
    if name in table.leaves:
        return tr("“{name}”", name=column_label(table.leaves[name]))
    rows = {line.name: line.label for line in table.lines} | {TOTAL: _total_label(table)}
    if name in rows:
        return tr("“{name}”", name=rows[name])
    alike = [line.label for line in table.lines if line.name.rpartition(".")[2] == name]
    if alike:
        return tr("“{name}”", name=alike[0])
    for row, label in rows.items():
        column = table.leaves.get(name[len(row) + 1 :]) if name.startswith(f"{row}.") else None
        if column is not None:
            return tr("“{name}”", name=f"{label}, {column_label(column)}")
    return ""


def _total_label(table: TableField) -> str:
    return table.total.label if table.total and table.total.label else tr("Total")


def column_label(leaf: Leaf) -> str:
    """The label with the headings above it; one that has none is called by its options or by the headings alone."""
    made = leaf.field
    own = made.label or (" / ".join(made.labels.values()) if isinstance(made, ChoiceField) else "")
    return ": ".join(part for part in (*leaf.heads, own) if part) or str(made.id)
