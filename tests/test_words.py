"""Every message has its Vietnamese words, and the compiled catalogue is the one that was written."""

from __future__ import annotations

import gettext
from string import Formatter

import pytest

from hoso import i18n
from hoso.problems import CODES, Level, Problem
from tests.words import FOLDER, catalogue, messages, untranslated


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_is_translated() -> None:
    assert untranslated() == []


def test_the_catalogue_holds_nothing_else() -> None:
    assert {str(message.id) for message in catalogue() if message.id} == messages()


def test_translations_keep_their_placeholders() -> None:
    wrong = [
        message.id for message in catalogue() if message.id and names(str(message.id)) != names(str(message.string))
    ]
    assert wrong == []


def test_nothing_is_marked_as_a_guess() -> None:
    assert [message.id for message in catalogue() if message.fuzzy and message.id] == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (FOLDER / "hoso.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {m.id: compiled.gettext(str(m.id)) for m in catalogue() if m.id} == {
        m.id: m.string for m in catalogue() if m.id
    }


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_problem_can_be_worded(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", language)
    for name, code in CODES.items():
        params = dict.fromkeys(names(code.message) | names(code.remedy), "…")
        found = Problem("a.yaml", 1, 2, "a", name, Level.ERROR, params)
        assert found.message
        assert found.remedy
