"""What the source documents ask for stands in the shipped files, fact by fact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FACTS = yaml.load((ROOT / "tests/golden/sources.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def holds(text: str, words: str) -> bool:
    """Whether a text carries the words, however its lines are broken; a figure only as a whole figure."""
    if re.fullmatch(r"[\d.]+", words):
        return re.search(rf"(?<![\d.]){re.escape(words)}(?!\d)", text) is not None
    return " ".join(words.split()).casefold() in " ".join(text.split()).casefold()


@pytest.mark.parametrize("fact", FACTS)
def test_the_fact_is_carried(fact: str) -> None:
    told = FACTS[fact]
    text = (ROOT / told["in"]).read_text(encoding="utf-8")
    assert [words for words in told["has"] if not holds(text, words)] == []


def test_figures_are_looked_for_whole() -> None:
    assert holds("so: 109\n", "109")
    assert not holds("so: 1091\n", "109")
    assert not holds("so: 8.109\n", "109")
