"""English: what is said of many, and what of one."""

from __future__ import annotations

import re

import pytest

from hoso.i18n import speaking, tr
from hoso.plurals import COUNTING, of_one
from tests.words import messages

MANY = re.compile(r"\{(" + "|".join(COUNTING) + r")\} (?!is )(?:[A-Za-z]+ ){0,2}?[a-z]+s\b")
KNOWN = {
    "{count} days late": "{count} day late",
    "{count} errors": "{count} error",
    "{count} cells were not pasted": "{count} cell was not pasted",
    "{count} cells are not filled in yet": "{count} cell is not filled in yet",
    "{count} of at least {low} words": "{count} of at least {low} words",
    "“{label}”: {have} of {want} paper copies are ready.": "“{label}”: {have} of {want} paper copy is ready.",
    "There are {errors} errors and {remarks} remarks": "There is {errors} error and {remarks} remark",
    "a table of {rows} rows and {columns} columns": "a table of {rows} row and {columns} column",
    "{name} is at least {value}": "{name} is at least {value}",
    "{value} is below the least possible, {limit}.": "{value} is below the least possible, {limit}.",
    "{count} criteria without points": "{count} criterion without points",
}


@pytest.mark.parametrize("message", KNOWN)
def test_what_is_said_of_one(message: str) -> None:
    names = frozenset(re.findall(r"\{(\w+)\}", message)) - {"low"}
    assert of_one(message, names) == KNOWN[message]


def test_every_message_of_many_has_words_for_one() -> None:
    """What fails here wants a line in hoso/plurals.py."""
    counting = [(one, found[1]) for one in messages() for found in MANY.finditer(one)]
    assert len(counting) > 80
    assert [one for one, name in counting if of_one(one, frozenset({name})) == one] == []


def test_words_of_one_are_for_one() -> None:
    with speaking("en"):
        assert tr("{count} days late", count=1) == tr("{count} days late", count="1") == "1 day late"
        assert tr("{count} days late", count=11) == "11 days late"
        assert tr("a table of {rows} rows and {columns} columns", rows=1, columns=3) == "a table of 1 row and 3 columns"
        assert tr("{name} is marked", name="1") == "1 is marked"


def test_vietnamese_has_one_form() -> None:
    with speaking("vi"):
        assert tr("{count} days late", count=1) == tr("{count} days late", count=2).replace("2", "1")
