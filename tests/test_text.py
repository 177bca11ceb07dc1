"""Vietnamese text: folding, ordering, counting, figures and days as people write them."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso.text import (
    cells,
    clipped,
    composed,
    count_words,
    fold,
    letter,
    roman,
    shown_day,
    shown_number,
    shown_size,
    slug,
    sort_key,
    tidy,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đảng viên", "dang vien"),
        ("ĐẢNG ỦY", "dang uy"),
        ("Tiếng Việt", "tieng viet"),
        ("ƠƯĂÂÊÔ", "ouaaeo"),
        ("Ðảng", "dang"),  # eth, as some old keyboards give it
        ("PL 06", "pl 06"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(composed(text)) == fold(text)


def test_slugs_are_ascii() -> None:
    assert slug("Đảng viên dự bị & Quý I/2026") == "dang-vien-du-bi-quy-i-2026"
    assert slug("…") == ""


def test_vietnamese_order_of_letters() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    mixed = letters[::-1]
    assert sorted(mixed, key=sort_key) == letters


def test_vietnamese_order_of_tones_comes_after_letters() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mạch", "măng", "mâm"]
    mixed = words[::-1]
    assert sorted(mixed, key=sort_key) == words
    assert sorted(["đông", "dông", "đồng", "Đan", "dỡ"], key=sort_key) == ["dông", "dỡ", "Đan", "đông", "đồng"]


def test_order_does_not_depend_on_how_letters_are_composed() -> None:
    for word in ("ệ", "ờ", "Thừa Thiên Huế"):
        assert sort_key(word) == sort_key(unicodedata.normalize("NFD", word))


def test_spaces_come_before_letters() -> None:
    assert sorted(["Hàng", "Hà Nội", "Hà"], key=sort_key) == ["Hà", "Hà Nội", "Hàng"]


def test_letters_of_vietnamese_documents() -> None:
    assert [letter(n) for n in range(1, 8)] == ["a", "b", "c", "d", "đ", "e", "g"]
    everything = "".join(letter(n) for n in range(1, 24))
    assert everything.endswith("y") and not set("fjwz") & set(everything)
    assert [letter(n) for n in (24, 25, 46, 47)] == ["aa", "ab", "ay", "ba"]


@pytest.mark.parametrize(("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (0, "")])
def test_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("8341", "8.341"),
        ("94.5", "94,5"),
        ("-1234567.25", "-1.234.567,25"),
        ("0", "0"),
        ("08", "8"),
        ("999", "999"),
        ("1000", "1.000"),
        (Decimal("1E+3"), "1.000"),
        ("8.341", "8,341"),
        # what is no figure comes back as it is
        ("8.341,5", "8.341,5"),
        ("1e5", "1e5"),
        ("1e9999999", "1e9999999"),
        ("1_000", "1_000"),
        ("１２", "１２"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        (" 5 ", " 5 "),
        ("", ""),
        ("9" * 100_000, "9" * 100_000),
    ],
)
def test_shown_number(figure: str | Decimal, shown: str) -> None:
    assert shown_number(figure) == shown


def test_decimals_pad_and_never_cut() -> None:
    assert shown_number("94", 1) == "94,0"
    assert shown_number("94.55", 1) == "94,55"


@pytest.mark.parametrize(("kept", "shown"), [("2021-12-05", "05/12/2021"), ("2021-12", "12/2021"), ("2021", "2021")])
def test_shown_day(kept: str, shown: str) -> None:
    assert shown_day(kept) == shown
    assert shown_day(date(2021, 12, 5)) == "05/12/2021"


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 B"), (999, "999 B"), (1000, "1,0 kB"), (1_234_567, "1,2 MB"), (10**12, "1.000,0 GB")]
)
def test_shown_size(size: int, shown: str) -> None:
    assert shown_size(size) == shown


def test_tidy_keeps_lines_and_drops_what_breaks_files() -> None:
    assert tidy("một \r\nhai\t\rba\x85bốn\u2028năm\x00\ufeff\n\n") == "một\nhai\nba\nbốn\nnăm"
    assert tidy("Vie\u0323\u0302t") == "Việt"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Đảng bộ Khối", 3),
        ("38-HD/BTCTW ngày 09/3/2010", 3),
        ("một – hai", 2),
        ("- …", 0),
        ("8.341 đảng viên", 3),
    ],
)
def test_count_words(text: str, count: int) -> None:
    assert count_words(text) == count
    assert count_words(f"  {text}\n\n") == count


def test_clipping_counts_cells() -> None:
    assert cells("tiếng") == 5 and cells("漢字") == 4 and cells("e\u0301") == 1
    assert clipped("tiếng Việt", 20) == "tiếng Việt"
    assert clipped("tiếng Việt", 7) == "tiếng…"
    assert clipped("漢字漢字", 5) == "漢字…"
