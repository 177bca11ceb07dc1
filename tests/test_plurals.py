"""English: what is said of many, and what of one."""

from __future__ import annotations

import re

import pytest

from hoso.i18n import speaking, tr
from hoso.plurals import of_one
from tests.words import messages

NUMBERS = "all|asks|base|by|columns|count|days|errors|fields|high|limit|low|made|most|points|places|remarks|rows|sections|total|want"
MANY = re.compile(r"\{(" + NUMBERS + r")\} (?!is )(?:[A-Za-z]+ ){0,2}?[a-z]+s\b")


def test_every_message_of_many_has_words_for_one() -> None:
    counting = [(one, found[1]) for one in messages() for found in MANY.finditer(one)]
    assert len(counting) > 80
    assert [one for one, name in counting if of_one(one, frozenset({name})) == one] == []


@pytest.mark.parametrize(
    ("message", "params", "said"),
    [
        ("{count} days late", {"count": 1}, "1 day late"),
        ("{count} days late", {"count": "1"}, "1 day late"),
        ("{count} days late", {"count": 11}, "11 days late"),
        ("{count} cells were not pasted", {"count": 1}, "1 cell was not pasted"),
        ("a table of {rows} rows and {columns} columns", {"rows": 1, "columns": 3}, "a table of 1 row and 3 columns"),
        ("a table of {rows} rows and {columns} columns", {"rows": 3, "columns": 1}, "a table of 3 rows and 1 column"),
        ("{count} of at least {low} words", {"count": 1, "low": 30}, "1 of at least 30 words"),
    ],
)
def test_what_is_said_of_one(message: str, params: dict[str, object], said: str) -> None:
    with speaking("en"):
        assert tr(message, **params) == said


def test_vietnamese_has_one_form() -> None:
    with speaking("vi"):
        assert tr("{count} days late", count=1) == tr("{count} days late", count=2).replace("2", "1")
