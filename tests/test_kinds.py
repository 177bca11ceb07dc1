"""Field types: how typed text is read, what is kept, and the exact faults of what is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from hoso.kinds import KINDS, Field, FieldBase
from hoso.kinds.number import readings
from hoso.kinds.spec import canonical
from hoso.problems import problem

FIELDS: TypeAdapter[Any] = TypeAdapter(Field)


def field(kind: str, **keys: Any) -> Any:
    return FIELDS.validate_python({"id": "x", "type": kind, **keys})


def faults(made: FieldBase, value: Any) -> list[str]:
    found = list(made.faults(value))
    for fault in found:
        worded = problem(fault.code, "x.yaml", "x", **fault.params)
        assert worded.message and worded.remedy
    return [fault.code for fault in found]


def refused(kind: str, **keys: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        field(kind, **keys)
    return [error["type"] for error in caught.value.errors()]


# ---- numbers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8.341", "8341"),
        ("8341", "8341"),
        ("94,5", "94.5"),
        ("94.5", "94.5"),
        ("08", "8"),
        ("4 083", "4083"),
        ("4\u00a0083\u202f211", "4083211"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0,500", "0.500"),
        ("0.500", "0.500"),
        ("-0", "0"),
        (" 7 ", "7"),
        ("109 tổ chức", "109"),
        ("999999999999999999", "999999999999999999"),
    ],
)
def test_figures_typed(typed: str, kept: str) -> None:
    made = field("number", measure="tổ chức", decimals="1")
    assert made.read(typed) == kept
    assert canonical(kept) is not None


@pytest.mark.parametrize(("measure", "kept"), [("%", "12"), ("", "12"), ("tổ chức", "12%")])
def test_a_percent_sign_is_no_part_of_a_count(measure: str, kept: str) -> None:
    assert field("number", measure=measure).read("12%") == kept


@pytest.mark.parametrize(
    "typed",
    ["một trăm", "1.2.3", "12,", ",5", "1..2", "5 6", "1,23,456", "+5", "- 5", "1e5", "٣", "9" * 19, "9" * 10_000],
)
def test_garbage_is_kept_as_typed_and_is_no_number(typed: str) -> None:
    made = field("number")
    assert made.read(typed) == typed
    assert faults(made, typed) == ["not-a-number"]


def test_an_ambiguous_figure_names_both_readings() -> None:
    made = field("number")
    assert made.read("1,000") == "1,000"
    assert readings("1,000") == [Decimal("1.000"), Decimal(1000)]
    (fault,) = made.faults("1,000")
    assert fault.code == "number-ambiguous"
    assert (fault.params["one"], fault.params["other"]) == ("1,000", "1.000")
    worded = problem(fault.code, "x", **fault.params)
    assert "1,000" in worded.message and "1.000" in worded.message


@pytest.mark.parametrize(("typed", "decimals"), [("1,000", 0), ("8,341", 3), ("8.341", 3), ("1,250", 2)])
def test_what_the_remedy_says_to_type_is_understood(typed: str, decimals: int) -> None:
    made = field("number", decimals=str(decimals))
    (fault,) = made.faults(typed) if typed != "8.341" else list(made.faults("8,341"))
    for name, reading in (("one", fault.params["one_typed"]), ("other", fault.params["other_typed"])):
        (figure,) = readings(reading, decimals)
        assert Decimal(fault.params[name].replace(".", "").replace(",", ".")) == figure
        assert canonical(made.read(reading)) == figure


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4, allow_nan=False))
def test_what_is_shown_can_be_typed_again(figure: Decimal) -> None:
    made = field("number", decimals="4")
    text = f"{figure.normalize():f}"
    shown = made.shown(text)
    assert figure in [canonical(made.read(shown)), *readings(shown, 4)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("50", []),
        ("-1", ["number-too-low"]),
        ("101", ["number-too-high"]),
        ("50.25", ["number-decimals", "number-step"]),
        ("50.50", []),
        ("50.3", ["number-step"]),
        ("8.341,5", ["not-a-number"]),
        (["1"], ["answer-shape"]),
        ({"a": "b"}, ["answer-shape"]),
    ],
)
def test_faults_of_figures(value: Any, expected: list[str]) -> None:
    assert faults(field("number", decimals="1", at_least="0", at_most="100", step="0.5"), value) == expected


def test_limits_crossed_are_refused() -> None:
    assert refused("number", at_least="5", at_most="1") == ["limits-crossed"]
    assert refused("text", words={"at_least": "5", "at_most": "1"}) == ["limits-crossed"]


def test_boundaries_are_exact() -> None:
    made = field("number", decimals="1", at_least="0.1", at_most="0.3", step="0.1")
    assert [faults(made, value) for value in ("0.1", "0.2", "0.3")] == [[], [], []]


# ---- dates


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("5/12/2021", "2021-12-05"),
        ("05.12.2021", "2021-12-05"),
        ("5-12-2021", "2021-12-05"),
        ("5 / 12 / 2021", "2021-12-05"),
        ("ngày 5 tháng 12 năm 2021", "2021-12-05"),
        ("tháng 3 năm 2020", "2020-03"),
        ("12/2021", "2021-12"),
        ("2021", "2021"),
        ("2021-12-05", "2021-12-05"),
        ("31/2/2021", "31/2/2021"),
        ("29/02/2020", "2020-02-29"),
        ("hôm qua", "hôm qua"),
        ("5/12/21", "5/12/21"),
        ("0000", "0000"),
    ],
)
def test_dates_typed(typed: str, kept: str) -> None:
    assert field("date").read(typed) == kept


@pytest.mark.parametrize(
    ("precision", "value", "expected"),
    [
        ("day", "2021-12-05", []),
        ("day", "2021-12", ["not-a-day"]),
        ("day", "2021-02-30", ["not-a-day"]),
        ("day", "2021-W01-1", ["not-a-day"]),
        ("day", "20211205", ["not-a-day"]),
        ("day", "２０２１-12-05", ["not-a-day"]),
        ("month", "2021-12", []),
        ("month", "2021-12-05", []),
        ("month", "2021", ["not-a-month"]),
        ("month", "2021-13", ["not-a-month"]),
        ("year", "2021", []),
        ("year", ["2021"], ["answer-shape"]),
    ],
)
def test_faults_of_dates(precision: str, value: Any, expected: list[str]) -> None:
    assert faults(field("date", precision=precision), value) == expected


def test_dates_shown() -> None:
    assert [field("date").shown(kept) for kept in ("2021-12-05", "2021-12", "hôm qua")] == [
        "05/12/2021", "12/2021", "hôm qua",
    ]  # fmt: skip


# ---- choices, marks

OPTIONS = [
    {"id": "tot", "label": "Hoàn thành tốt"},
    {"id": "hoan_thanh", "label": "Hoàn thành"},
    {"id": "khong", "label": "Không, hoặc chưa"},
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("tot", "tot"),
        ("Hoàn thành tốt", "tot"),
        ("hoan thanh tot", "tot"),
        ("HOÀN THÀNH", "hoan_thanh"),
        ("  khong, hoac chua ", "khong"),
        ("Hoa\u0300n tha\u0300nh", "hoan_thanh"),
        ("xuất sắc", "xuất sắc"),
    ],
)
def test_choices_typed(typed: str, kept: str) -> None:
    assert field("choice", options=OPTIONS).read(typed) == kept


def test_several_options_typed() -> None:
    made = field("choice", options=OPTIONS, many="true")
    assert made.read("tot; Hoàn thành,") == ["tot", "hoan_thanh"]
    assert made.read("tot, lạ") == ["tot", "lạ"]
    assert made.shown(["tot", "lạ"]) == "Hoàn thành tốt; lạ"


def test_columns_of_x_are_called_by_their_options() -> None:
    pair = [{"id": "moi", "label": "Xây dựng mới"}, {"id": "sua", "label": "Sửa đổi"}]
    assert field("choice", options=pair, shown_as="marks", label="").name == "Xây dựng mới / Sửa đổi"
    assert field("choice", options=pair, shown_as="marks", label="Loại").name == "Loại"


def test_options_that_differ_by_marks_only_are_told_apart() -> None:
    made = field("choice", options=[{"id": "a", "label": "Má"}, {"id": "b", "label": "Mà"}])
    assert [made.read(typed) for typed in ("Má", "Mà", "ma")] == ["a", "b", "ma"]


@pytest.mark.parametrize(
    ("many", "value", "expected"),
    [
        ("false", "tot", []),
        ("false", "Tốt", ["choice-unknown"]),
        ("false", ["tot", "khong"], ["choice-many"]),
        ("true", ["tot", "khong"], []),
        ("true", ["tot", "tot"], ["choice-twice"]),
        ("true", ["tot", {"a": "b"}, None], ["answer-shape", "answer-shape"]),
        ("true", "tot", []),
    ],
)
def test_faults_of_choices(many: str, value: Any, expected: list[str]) -> None:
    assert faults(field("choice", options=OPTIONS, many=many), value) == expected


@pytest.mark.parametrize(("typed", "expected"), [("x", []), ("X", []), ("có", []), ("không", ["mark-unknown"])])
def test_marks(typed: str, expected: list[str]) -> None:
    made = field("mark")
    assert faults(made, made.read(typed)) == expected
    assert made.required is False


# ---- text, files


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("một hai ba", []),
        ("một", ["text-too-short"]),
        ("một hai ba bốn năm sáu", ["text-too-long"]),
        ("một\nhai", ["text-one-line"]),
        (["một"], ["answer-shape"]),
    ],
)
def test_faults_of_text(value: Any, expected: list[str]) -> None:
    assert faults(field("text", lines="1", words={"at_least": "2", "at_most": "5"}), value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo hướng dẫn 38 - HD/BTCTW và đến 2025", []),
        ("theo 38–hd / btctw, 2025", []),
        ("năm 2025", ["text-not-mentioned"]),
        ("chưa nêu", ["text-not-mentioned", "text-not-mentioned"]),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    assert faults(field("text", mentions=["38-HD/BTCTW", "2025"]), text) == expected


def test_text_typed() -> None:
    assert field("text", lines="1").read("một \n hai\t") == "một  hai"
    assert field("text").read("một  \r\nhai\t\n") == "một\nhai"


def test_evidence_is_attached_not_written() -> None:
    assert faults(field("file", formats=["pdf"]), "bản.pdf") == ["file-answer"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_type_refuses_unknown_keys_and_says_what_it_wants(kind: str) -> None:
    criterion = {"id": "a", "title": "A", "at_most": "5"}
    group = {"id": "g", "at_most": "5", "criteria": [criterion]}
    own: dict[str, Any] = {
        "choice": {"options": OPTIONS},
        "scoring": {"groups": [group]},
        "table": {"columns": [{"id": "c"}], "rows": {"open": "true"}},
    }
    keys = own.get(kind, {})
    assert "extra_forbidden" in refused(kind, nonsense="1", **keys)
    assert field(kind, **keys).wants()


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"required": "maybe not"}, "formula-syntax"),
        ({"required": "yes"}, None),
        ({"only_when": "a ** 2"}, "formula-refused"),
        ({"only_when": "1 + 2"}, "formula-type"),
        ({"lines": "-1"}, "not-a-whole-number"),
        ({"label": ["a"]}, "not-text"),
        ({"private": "yes"}, "not-yes-or-no"),
        ({"was": ["Cũ"]}, "id-invalid"),
        ({"id": "class"}, "id-keyword"),
        ({"id": "asks"}, "id-keyword"),
    ],
)
def test_faults_of_a_field_s_own_keys(keys: dict[str, Any], expected: str | None) -> None:
    if expected is None:
        assert field("text", **keys).required is not True
    else:
        assert refused("text", **keys) == [expected]
