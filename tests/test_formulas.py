"""The language of formulas: golden cases, refusals with their places, agreement with Fraction."""

from __future__ import annotations

import ast
import copy
import pickle
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hoso.formulas import FUNCTIONS, Formula, FormulaError, parse

D = Decimal
VALUES: dict[str, Any] = {
    "a": D("8341"),
    "b": D("94.5"),
    "zero": D(0),
    "none": None,
    "empty": "",
    "kind": "huyen_thanh_thi",
    "unit.kind": "so_ban_nganh",
    "nam": "2018",
    "ky_luat": "có",
    "yes": True,
    "no": False,
    "cot": [D(1), None, D("2.5"), "", D(3)],
    "trong": [None, ""],
    "chu": ["x", None, "y"],
    "t1.tot.nam_2018": D(7),
    "count": D(12),
}


def value(text: str, **more: Any) -> Any:
    return parse(text).value(lambda name: {**VALUES, **more}[name], in_group=lambda group: group == "dai_hoc")


def fault(text: str, **more: Any) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        value(text, **more)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", D(1)),
        ("0.10 + 0.20", D("0.3")),
        ("1 / 3", Fraction(1, 3)),
        ("1 / 8", D("0.125")),
        ("1 / 3 * 3", D(1)),
        ("a - 1 * 2", D(8339)),
        ("(a - 1) * 2", D(16680)),
        ("10 - 4 - 3", D(3)),
        ("100 / 10 / 5", D(2)),
        ("-b", D("-94.5")),
        ("- -1 + +2", D(3)),
        ("2*-3", D(-6)),
        ("0.1234567890123456789012345678901234567890 * 1", D("0.1234567890123456789012345678901234567890")),
        ("t1.tot.nam_2018 + 1", D(8)),
        ("count + 1", D(13)),
        ("count(count)", D(1)),
        ("sum(cot)", D("6.5")),
        ("sum(cot, a, 1)", D("8348.5")),
        ("sum(trong)", D(0)),
        ("sum(none, 5)", D(5)),
        ("count(cot)", D(3)),
        ("count(chu)", D(2)),
        ("count(trong, none, a)", D(1)),
        ("min(cot)", D(1)),
        ("max(cot, 2)", D(3)),
        ("max(trong)", None),
        ("min(a, none)", D(8341)),
        ("min(a, b + 1)", D("95.5")),
        ("sum(1, a / zero)", None),
        ("share(1, 3)", Fraction(100, 3)),
        ("share(9, 45)", D(20)),
        ("share(1, zero)", None),
        ("share(none, 5)", None),
        ("share(sum(cot), 13)", D(50)),
        ("round(2.5)", D(3)),
        ("round(-2.5)", D(-3)),
        ("round(2.449, 1)", D("2.4")),
        ("round(2.45, 1)", D("2.5")),
        ("round(share(1, 3), 1)", D("33.3")),
        ("round(8350, -2)", D(8400)),
        ("round(none, 1)", None),
        ("abs(1 - 5)", D(4)),
        ("a / zero", None),
        ("none + 1", None),
        ("-none", None),
        ("none", None),
        ("empty", None),
        ("kind", "huyen_thanh_thi"),
        ("'x' if a > 1 else 'y'", "x"),
        ("1 if no else 2 if no else 3", D(3)),
        ("(1 if yes else 2) if yes else 3", D(1)),
        ("1 if none else 2", None),
        (r'"\"\\\'" == ' + "'\"\\\\\\''", True),
    ],
)
def test_values(text: str, expected: Any) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("True", True),
        ("yes and not no", True),
        ("1 < 2 < 3", True),
        ("1 < 3 < 2", False),
        ("1 < 2 > 1 == 1.0 != 2 <= 2 >= 2", True),
        ("a == 8341 and b == 94.50", True),
        ('unit.kind == "so_ban_nganh"', True),
        ('unit.kind in ["x", "so_ban_nganh"]', True),
        ('unit.kind in ("x", "so_ban_nganh",)', True),
        ('unit.kind not in ["x"]', True),
        ("a in [1, 8341]", True),
        ("1 < a in [-1, 8341.0]", True),
        ("a in []", False),
        ("yes in [True]", True),
        ('ky_luat == "có"', True),
        ('in_group("dai_hoc")', True),
        ('in_group("khac")', False),
        ("blank(none) and blank(empty) and blank(trong)", True),
        ("blank(a) or blank(cot) or blank(no)", False),
        # text and figures
        ("nam == 2018", True),
        ("nam != 2018.0", False),
        ("nam in [2017, 2018]", True),
        ("kind == 5", False),
        ("kind != 5", True),
        ("yes == 1", False),
        ("yes == 'x'", False),
        # a blank name against a literal has a verdict
        ('none == "x"', False),
        ('none != "x"', True),
        ('"x" != none', True),
        ("none == 0", False),
        ('none in ["x"]', False),
        ('none not in ["x"]', True),
        ('none == ""', True),
        ('empty == ""', True),
        ('empty in ["", "x"]', True),
        ('kind == ""', False),
        ('kind not in [""]', True),
        # other blanks have none
        ("none == a", None),
        ("none == none", None),
        ("none + 1 == 8", None),
        ("none + 1 in [8]", None),
        ("a / zero != 1", None),
        ("none < 1", None),
        ("1 < none < 0", None),
        ("none < 2 < 1", False),
        ("not none", None),
        # Kleene
        ("none and no", False),
        ("no and none", False),
        ("none and yes", None),
        ("none or yes", True),
        ("yes or none", True),
        ("none or no", None),
        ("not (none or yes)", False),
        ("none", None),
        # bindings of `not`, `and`, `or`
        ("not no == True", True),
        ("no and no or yes", True),
        ("yes or no and no", True),
        # layout
        ("  yes\n and\r\n\tyes  \n", True),
        ('"x"in["x"]and 1<2', True),
    ],
)
def test_verdicts(text: str, expected: bool | None) -> None:
    found = parse(text).holds(VALUES.__getitem__, in_group=lambda group: group == "dai_hoc")
    assert found is expected


@pytest.mark.parametrize(
    ("text", "code", "offset", "what"),
    [
        ("", "syntax", 0, ""),
        ("  \n", "syntax", 3, ""),
        ("a +", "syntax", 3, ""),
        ("a b", "syntax", 2, "b"),
        ("(a", "syntax", 2, ""),
        ("a)", "syntax", 1, ")"),
        ("()", "syntax", 1, ")"),
        (",", "syntax", 0, ","),
        ("a if b", "syntax", 6, ""),
        ("a == not b", "syntax", 5, "not"),
        ("- not a", "syntax", 2, "not"),
        ("a not b", "syntax", 6, "b"),
        ("a <> b", "syntax", 3, ">"),
        ("'a' 'b'", "syntax", 4, "'b'"),
        ('a == "x', "syntax", 5, '"'),
        ('a == "x\n"', "syntax", 5, '"'),
        ('"điều" == "đ" b', "syntax", 14, "b"),
        ('"điều" + 1e5', "refused", 9, "1e5"),
        ("1e400", "refused", 0, "1e400"),
        ("1e+5", "refused", 0, "1e+5"),
        ("1 + 0x10", "refused", 4, "0x10"),
        ("0b1", "refused", 0, "0b1"),
        ("0o7", "refused", 0, "0o7"),
        ("007", "refused", 0, "007"),
        ("1_000", "refused", 0, "1_000"),
        ("1.000.000", "refused", 0, "1.000.000"),
        ("2j", "refused", 0, "2j"),
        (".5", "refused", 0, ".5"),
        ("5.", "refused", 0, "5."),
        ("1.real", "refused", 0, "1.real"),
        ("1or 2", "refused", 0, "1or"),
        ("a + １", "refused", 4, "１"),
        ("1２", "refused", 0, "1２"),
        ("a ** 2", "refused", 2, "**"),
        ("a // 2", "refused", 2, "//"),
        ("a % 2", "refused", 2, "%"),
        ("a @ b", "refused", 2, "@"),
        ("a & b", "refused", 2, "&"),
        ("a | b", "refused", 2, "|"),
        ("a ^ b", "refused", 2, "^"),
        ("~a", "refused", 0, "~"),
        ("a << 2", "refused", 2, "<<"),
        ("a is b", "refused", 2, "is"),
        ("a == None", "refused", 5, "None"),
        ("lambda: 1", "refused", 0, "lambda"),
        ("sum(x for x in a)", "refused", 6, "for"),
        ("[x for x in a]", "refused", 3, "for"),
        ("(a := 1)", "refused", 3, ":="),
        ("a = 1", "refused", 2, "="),
        ("round(a, digits=1)", "refused", 15, "="),
        ("sum(*a)", "refused", 4, "*"),
        ("sum(**a)", "refused", 4, "**"),
        ("a[0]", "refused", 1, "["),
        ("a == [1]", "refused", 5, "["),
        ("[1] in [1]", "refused", 0, "["),
        ("(1, 2)", "refused", 2, ","),
        ("1, 2", "refused", 1, ","),
        ("{1: 2}", "refused", 0, "{"),
        ("a in {1, 2}", "refused", 5, "{"),
        ("a in b", "refused", 5, "b"),
        ('a in "xy"', "refused", 5, '"xy"'),
        ('a in ("x")', "refused", 5, '("x")'),
        ("a in [b]", "refused", 6, "b"),
        ("a in [1, 1 + 1]", "syntax", 11, "+"),
        ("a in [(1 + 1)]", "refused", 6, "(1 + 1)"),
        ("a in [1] == True", "refused", 9, "=="),
        ("a in [1][0]", "refused", 8, "["),
        ('f"{a}"', "refused", 0, 'f"'),
        ("b'x'", "refused", 0, "b'"),
        ("Rb'x'", "refused", 0, "Rb'"),
        ("u'x'", "refused", 0, "u'"),
        ('"""x"""', "refused", 0, '"""'),
        (r'a == "\n"', "refused", 6, r"\n"),
        (r'"\N{DOG}"', "refused", 1, r"\N"),
        ('a == "\t"', "refused", 6, "U+0009"),
        ("a\x00", "refused", 1, "U+0000"),
        ("\ud800", "refused", 0, "U+D800"),
        ('"\ud800"', "refused", 1, "U+D800"),
        ("\ufeffa", "refused", 0, "U+FEFF"),
        ("a\x0c+ b", "refused", 1, "U+000C"),
        ("a\u00a0+ b", "refused", 1, "U+00A0"),
        ("a # b", "refused", 2, "#"),
        ("a; b", "refused", 1, ";"),
        ("a \\\n+ b", "refused", 2, "\\"),
        ("a . b", "refused", 2, "."),
        ("(a).b", "refused", 3, "."),
        ("'x'.upper()", "refused", 3, "."),
        ("await a", "refused", 0, "await"),
        ("import os", "refused", 0, "import"),
        ("sum(a)(b)", "refused", 6, "("),
        ("(a)(b)", "refused", 3, "("),
        ("1 + điều", "name", 4, "điều"),
        ("A", "name", 0, "A"),
        ("_a", "name", 0, "_a"),
        ("a.__class__", "name", 0, "a.__class__"),
        ("a.Kind", "name", 0, "a.Kind"),
        ("a.in", "name", 0, "a.in"),
        ("ﬁ", "name", 0, "ﬁ"),
        ("a²", "name", 0, "a²"),
        ("__import__('os')", "unknown-function", 0, "__import__"),
        ("1 + eval('1')", "unknown-function", 4, "eval"),
        ("SUM(a)", "unknown-function", 0, "SUM"),
        ("a.sum(b)", "unknown-function", 0, "a.sum"),
        ("1 + sum()", "arguments", 4, "sum"),
        ("share(a)", "arguments", 0, "share"),
        ("share(a, b, a)", "arguments", 0, "share"),
        ("abs(a, b)", "arguments", 0, "abs"),
        ("round(a, b)", "arguments", 9, "round"),
        ("round(a, 1.5)", "arguments", 9, "round"),
        ("round(a, 13)", "arguments", 9, "round"),
        ("round(a, True)", "arguments", 9, "round"),
        ("blank(1)", "arguments", 6, "blank"),
        ("blank(a + 1)", "arguments", 6, "blank"),
        ("in_group(a)", "arguments", 9, "in_group"),
        ('in_group("")', "arguments", 9, "in_group"),
        ("a / 0", "division", 4, "0"),
        ("a / (0.0)", "division", 4, "(0.0)"),
        ("share(a, 0)", "division", 9, "0"),
        ("1 + 'x'", "type", 4, "'x'"),
        ("(1 < 2) * 3", "type", 0, "(1 < 2)"),
        ("1 and True", "type", 0, "1"),
        ("not 'x'", "type", 4, "'x'"),
        ("1 if a + 1 else 2", "type", 5, "a + 1"),
        ("a < 'x'", "type", 4, "'x'"),
        ("sum('x')", "type", 4, "'x'"),
        ("-True", "type", 1, "True"),
        ("1 + " * 125 + "1", "too-long", 500, "1"),
        ("a" + " + a" * 60, "too-large", 200, "a"),
        ("(" * 499, "too-deep", 16, "("),
        ("(" * 16 + "1" + ")" * 16, "too-deep", 16, "1"),
        ("-" * 499, "too-deep", 16, "-"),
        ("not " * 100, "too-deep", 64, "not"),
        ("abs(" * 100, "too-deep", 64, "abs"),
        ("a if b else " * 40 + "c", "too-deep", 192, "a"),
        ("a in [" + "-" * 400, "too-deep", 22, "-"),
    ],
)
def test_faults_of_texts(text: str, code: str, offset: int, what: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    error = caught.value
    assert (error.code, error.offset) == (f"formula-{code}", offset)
    assert error.params["what"] == what
    assert error.params["formula"] == text[:500]
    assert str(error).isascii()


@pytest.mark.parametrize(
    ("text", "offset", "what"),
    [
        ("1 + kind", 4, "kind"),
        ("1 + nam", 4, "nam"),
        ("kind < 5", 0, "kind"),
        ("nam < 2019", 0, "nam"),
        ("kind < nam", 0, "kind"),
        ("kind and yes", 0, "kind"),
        ("yes and a", 8, "a"),
        ("1 if a else 2", 5, "a"),
        ("yes + 1", 0, "yes"),
        ("sum(1, chu)", 7, "chu"),
        ("cot + 1", 0, "cot"),
        ("cot == 1", 0, "cot"),
        ("1.5 * thuc", 6, "thuc"),
        ("1 + nan", 4, "nan"),
        ("1 + khong_lo", 4, "khong_lo"),
        ("sum(khong_lo)", 4, "khong_lo"),
        ("blank(thuc)", 6, "thuc"),
    ],
)
def test_values_that_do_not_fit(text: str, offset: int, what: str) -> None:
    error = fault(text, thuc=1.5, nan=D("NaN"), khong_lo=D("1e999999"))
    assert (error.code, error.offset, error.params["what"]) == ("formula-type", offset, what)


def test_a_verdict_is_true_or_false() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("a + 1").holds(VALUES.__getitem__)
    assert caught.value.code == "formula-type"


def test_limits_are_told_and_reachable() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("(" * 16 + "1" + ")" * 16)
    assert caught.value.params["limit"] == "15"
    assert value("(" * 15 + "1" + ")" * 15) == 1
    assert value("a" + " + a" * 49) == 8341 * 50
    assert value("1".rjust(500)) == 1
    assert value("9" * 500) == int("9" * 500)


def test_huge_results_stay_exact() -> None:
    text = "*".join(["9" * 9] * 40) + "/8" * 9
    assert Fraction(value(text)) == Fraction(999999999**40, 8**9)


def test_what_a_formula_tells_of_itself() -> None:
    text = 'sum(t1.so, t1.so) > 1 and "đ" != unit.kind and kind in ["x", "y"] and in_group("g") and count > 1'
    formula = parse(text)
    assert formula.names == {"t1.so", "unit.kind", "kind", "count"}
    assert formula.functions == {"sum", "in_group"}
    assert dict(formula.offsets) == {"t1.so": 4, "unit.kind": 33, "kind": 47, "count": 88}
    assert dict(formula.groups) == {"g": text.index('"g"')}
    assert formula.texts == (
        ("unit.kind", "đ", text.index('"đ"')),
        ("kind", "x", text.index('"x"')),
        ("kind", "y", text.index('"y"')),
    )
    assert [parse(part).kind for part in ("a", "1 + a", "'x'", "a < 1")] == ["any", "number", "text", "truth"]


def test_a_formula_is_immutable_and_travels() -> None:
    formula = parse("a + 1")
    with pytest.raises(AttributeError):
        formula.text = "b"  # type: ignore[misc]
    with pytest.raises(TypeError):
        formula.offsets["b"] = 1  # type: ignore[index]
    assert parse("a + 1") is formula
    assert copy.deepcopy(formula) == pickle.loads(pickle.dumps(formula)) == formula
    assert {formula: 1}[parse("a + 1")] == 1
    assert repr(formula) == "Formula(text='a + 1')"
    error = fault("a b")
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.offset, again.params) == (error.code, error.offset, error.params)


def test_what_a_lookup_raises_passes_through() -> None:
    with pytest.raises(KeyError):
        parse("x + 1").value(dict[str, Any]().__getitem__)
    inner = parse("kind + 1")
    with pytest.raises(FormulaError) as caught:
        parse("1 + computed").value(lambda _: inner.value(VALUES.__getitem__))
    assert caught.value.params == {"formula": "kind + 1", "what": "kind"}


def test_a_column_cell_and_group_default() -> None:
    assert value("count(nhieu)", nhieu=[["x", "y"], [], None, ("z",)]) == 3
    assert parse('in_group("g")').holds(VALUES.__getitem__) is False
    assert value("x * 3", x=Fraction(1, 3)) == 1
    assert value("x", x=D("0E-999999")) == 0


NAMES = {"x": D("2.5"), "y": D(-3), "s.t": D("0.125"), "z": D(0), "n": None}
CELLS = [D("1.5"), None, D(4)]


class Undecided(Exception):  # noqa: N818
    pass


def figures(depth: int) -> st.SearchStrategy[str]:
    leaf = st.one_of(
        st.decimals(0, 999, places=2).map(lambda d: f"{d:f}"),
        st.integers(0, 50).map(str),
        st.sampled_from([*NAMES, "sum(c)", "count(c)", "max(c)"]),
    )
    if depth == 0:
        return leaf
    inner = figures(depth - 1)
    return st.one_of(
        leaf,
        st.builds("{} {} {}".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("-{}".format, inner),
        st.builds("abs({})".format, inner),
        st.builds("round({}, {})".format, inner, st.integers(-1, 3)),
        st.builds("share({}, {})".format, inner, inner),
        st.builds("{}(({}), ({}))".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("({} if {} else {})".format, inner, verdicts(depth - 1), inner),
    )


def verdicts(depth: int) -> st.SearchStrategy[str]:
    figure = figures(max(depth - 1, 0))
    sign = st.sampled_from(["<", "<=", "==", "!=", ">", ">="])
    leaf = st.one_of(
        st.sampled_from(["True", "False", "x in [2.5, 1]", "y not in (1, -3)", "blank(n)"]),
        st.builds("{} {} {}".format, figure, sign, figure),
        st.builds("{} < {} {} {}".format, figure, figure, sign, figure),
    )
    if depth == 0:
        return leaf
    inner = verdicts(depth - 1)
    return st.one_of(
        leaf,
        st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("not {}".format, inner),
    )


class Reference(ast.NodeVisitor):
    """The same meanings, over Python's own tree, on Fractions; None is undecided."""

    def __init__(self, text: str) -> None:
        self.text = text

    def visit_Constant(self, node: ast.Constant) -> Any:
        segment = ast.get_source_segment(self.text, node)
        return node.value if isinstance(node.value, bool) else Fraction(str(segment))

    def visit_Name(self, node: ast.Name) -> Any:
        found = NAMES[node.id]
        return None if found is None else Fraction(found)

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        return Fraction(NAMES["s.t"] or 0)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        inner = self.visit(node.operand)
        if inner is None:
            return None
        return (not inner) if isinstance(node.op, ast.Not) else -inner

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        left, right = self.visit(node.left), self.visit(node.right)
        if left is None or right is None or (isinstance(node.op, ast.Div) and right == 0):
            return None
        apply: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
            ast.Add: lambda p, q: p + q,
            ast.Sub: lambda p, q: p - q,
            ast.Mult: lambda p, q: p * q,
            ast.Div: lambda p, q: p / q,
        }
        return apply[type(node.op)](left, right)

    def visit_BoolOp(self, node: ast.BoolOp) -> Any:
        found = [self.visit(part) for part in node.values]
        settles = isinstance(node.op, ast.Or)
        return settles if settles in found else None if None in found else not settles

    def visit_IfExp(self, node: ast.IfExp) -> Any:
        verdict = self.visit(node.test)
        return None if verdict is None else self.visit(node.body if verdict else node.orelse)

    def visit_Tuple(self, node: ast.Tuple | ast.List) -> Any:
        return [self.visit(part) for part in node.elts]

    visit_List = visit_Tuple  # noqa: N815

    def visit_Compare(self, node: ast.Compare) -> Any:
        nodes = [node.left, *node.comparators]
        found = [self.pair(*part) for part in zip(nodes, node.ops, nodes[1:], strict=False)]
        return False if False in found else None if None in found else True

    def pair(self, first: ast.expr, sign: ast.cmpop, second: ast.expr) -> Any:
        left, right = self.visit(first), self.visit(second)
        if left is None or right is None:
            return self.blank_pair(first, sign, second)
        apply: dict[type, Callable[[Any, Any], bool]] = {
            ast.Lt: lambda p, q: p < q,
            ast.LtE: lambda p, q: p <= q,
            ast.Gt: lambda p, q: p > q,
            ast.GtE: lambda p, q: p >= q,
            ast.Eq: lambda p, q: p == q,
            ast.NotEq: lambda p, q: p != q,
            ast.In: lambda p, q: p in q,
            ast.NotIn: lambda p, q: p not in q,
        }
        return apply[type(sign)](left, right)

    def blank_pair(self, first: ast.expr, sign: ast.cmpop, second: ast.expr) -> bool | None:
        literals = [isinstance(getattr(part, "operand", part), ast.Constant) for part in (first, second)]
        names = [isinstance(part, ast.Name) for part in (first, second)]
        if not isinstance(sign, ast.Eq | ast.NotEq) or not (any(literals) and any(names)):
            return None
        return isinstance(sign, ast.NotEq)

    def visit_Call(self, node: ast.Call) -> Any:
        name = ast.unparse(node.func)
        argument = ast.unparse(node.args[0])
        if argument == "c":
            cells = [Fraction(cell) for cell in CELLS if cell is not None]
            return {"sum": sum(cells), "count": Fraction(len(cells)), "max": max(cells)}[name]
        if name == "blank":
            return True
        if name in ("min", "max"):
            return self.extreme(max if name == "max" else min, node.args)
        found = [self.visit(part) for part in node.args]
        if None in found or (name == "share" and found[1] == 0):
            return None
        if name == "share":
            return found[0] * 100 / found[1]
        return abs(found[0]) if name == "abs" else half_up(found[0], int(found[1]))

    def extreme(self, reduce: Callable[..., Any], parts: list[ast.expr]) -> Any:
        found = [self.visit(part) for part in parts if not isinstance(part, ast.Name)]
        found += [Fraction(NAMES[part.id] or 0) for part in parts if isinstance(part, ast.Name) and part.id != "n"]
        return None if None in found else reduce(found, default=None)


def half_up(figure: Fraction, digits: int) -> Fraction:
    scaled = abs(figure) * Fraction(10) ** digits
    whole = scaled.numerator // scaled.denominator
    whole += scaled - whole >= Fraction(1, 2)
    return Fraction(whole) / Fraction(10) ** digits * (-1 if figure < 0 else 1)


def agrees(text: str) -> None:
    try:
        formula = parse(text)
    except FormulaError as error:
        assert error.code in {f"formula-too-{how}" for how in ("long", "large", "deep")} | {"formula-division"}
        return
    found = formula.value(lambda name: CELLS if name == "c" else NAMES[name])
    wanted = Reference(text).visit(ast.parse(text, mode="eval").body)
    assert type(found) is not float
    assert (Fraction(found) if isinstance(found, Decimal) else found) == wanted
    assert isinstance(found, bool) is isinstance(wanted, bool)


@settings(max_examples=1000, deadline=None)
@given(figures(3))
def test_figures_agree_with_fractions(text: str) -> None:
    agrees(text)


@settings(max_examples=700, deadline=None)
@given(verdicts(3))
def test_verdicts_agree_with_fractions(text: str) -> None:
    agrees(text)


WORDS = [
    *(
        "a",
        "unit.kind",
        "1",
        "0",
        "2.50",
        "1e9",
        "0x1",
        "'x'",
        '"đ"',
        "'",
        '"',
        "f''",
        "２",
        "ê",
        "True",
        "None",
    ),
    *("(", ")", "[", "]", "{", "}", ",", ".", ":", ";", "=", "\\", "\n", "#", "\x00", "\ud800"),
    *("==", "!=", "<", "<=", ">", "+", "-", "*", "/", "**", "//", "%"),
    *("and", "or", "not", "if", "else", "in", "is", "for", "lambda"),
    *("sum(", "count(", "round(", "blank(", "in_group(", "__import__('os')"),
]


def only_a_formula_error(text: str) -> Formula | None:
    try:
        return parse(text)
    except FormulaError as error:
        assert 0 <= error.offset <= len(text)
        assert set(error.params) <= {"formula", "what", "limit"}
        return None


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).flatmap(lambda w: st.sampled_from(["".join(w), " ".join(w)])))
@example("__import__('os').system('true')")
@example("().__class__.__bases__[0].__subclasses__()")
def test_near_formulas_fail_in_one_way(text: str) -> None:
    formula = only_a_formula_error(text)
    if formula is None:
        return
    # What is accepted is an expression to Python too: the brackets are for line breaks.
    ast.parse(f"({text})", mode="eval")
    assert formula.functions <= set(FUNCTIONS)
    for given_value in (D(3), None, "x", True, [D(1), None]):
        try:
            formula.value(lambda _, found=given_value: found)  # type: ignore[misc]
        except FormulaError as error:
            assert error.code == "formula-type"


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_garbage_fails_in_one_way(text: str) -> None:
    only_a_formula_error(text)


@pytest.mark.parametrize(
    "piece", ["(", "[", "-", "not ", "a if b else ", "a if ", "abs(", "a in [", "a+(", "a<", '"', "1"]
)
def test_repeated_pieces_end_soon_even_on_a_short_stack(piece: str) -> None:
    limit = sys.getrecursionlimit()
    frame, depth = sys._getframe(), 0
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + 300)
    try:
        for length in (499, 100_000):
            only_a_formula_error((piece * length)[:length])
    finally:
        sys.setrecursionlimit(limit)
