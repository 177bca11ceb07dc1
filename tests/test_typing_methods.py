"""Telex and VNI as the app types them itself: every syllable, second strokes, what is no Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.typing import METHODS, TELEX, VNI, Composer, Method, typed
from tui.typing.syllables import every_syllable, split
from tui.typing.words import TONES

SYLLABLES = every_syllable()
KEYS = {
    "telex": {
        "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd",
        "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j",
    },
    "vni": {
        "ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9",
        "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5",
    },
}  # fmt: skip


def parts(syllable: str) -> tuple[str, str]:
    """Letters with shapes, and the tone."""
    pieces = unicodedata.normalize("NFD", syllable)
    tone = next((mark for mark in pieces if mark in TONES), "")
    return unicodedata.normalize("NFC", pieces.replace(tone, "") if tone else pieces), tone


def strokes(letters: str, method: Method) -> list[str]:
    """The keys of each letter; a second o that is meant as such is struck twice in Telex."""
    keys = [KEYS[method.id].get(letter, letter) for letter in letters]
    twice = letters.find("oo")
    if method is TELEX and twice != -1:
        keys[twice + 1] = "oo"
    return keys


def test_the_tables_hold_the_syllables_of_the_language() -> None:
    known = set(SYLLABLES)
    text = """nghiêng khuỷu ngoằn ngoèo thuở quỳnh hòa thủy giếng gì gìn quốc quyền được người ruộng yếu ướt uống ủy
    đắk krông xoong huơ hươu ngoáy khuya nguều quẹo giặc giục bưởi rượu tuyết thoát loắt choắt đảng phường khiếu toàn"""
    assert {word for word in text.split() if word not in known} == set()
    assert known.isdisjoint(("hoà", "thuỷ", "file", "www", "êo", "càt", "thưở"))
    assert len(known) == len(SYLLABLES) > 20_000


@pytest.mark.parametrize("method", [TELEX, VNI], ids=lambda method: method.id)
def test_every_syllable_typed_gives_itself(method: Method) -> None:
    wrong = []
    for syllable in SYLLABLES:
        letters, tone = parts(syllable)
        keys = "".join(strokes(letters, method)) + KEYS[method.id].get(tone, "")
        if typed(keys, method) != syllable:
            wrong.append((keys, typed(keys, method), syllable))
    assert wrong == []


@pytest.mark.parametrize("method", [TELEX, VNI], ids=lambda method: method.id)
def test_the_tone_may_be_struck_at_any_place_behind_its_vowel(method: Method) -> None:
    wrong, tries = [], 0
    for syllable in SYLLABLES:
        letters, tone = parts(syllable)
        if not tone:
            continue
        keys, onset = strokes(letters, method), split(letters)
        assert onset is not None
        # A key before the vowel is a letter.
        for at in range(len(onset[0]) + 1, len(keys)):
            tries += 1
            made = "".join(keys[:at]) + KEYS[method.id][tone] + "".join(keys[at:])
            if typed(made, method) != syllable:
                wrong.append((made, typed(made, method), syllable))
    assert tries > 10_000
    assert wrong == []


@pytest.mark.parametrize("method", [TELEX, VNI], ids=lambda method: method.id)
def test_shapes_may_be_struck_at_the_end_of_the_word(method: Method) -> None:
    for word in ("tiếng", "đảng", "người", "đường", "thuộc", "nước", "quốc", "luật", "mùa", "hết", "hương", "thuở"):
        letters, tone = parts(word)
        strokes_of = [KEYS[method.id].get(letter, letter) for letter in letters]
        bare = "".join(keys[0] for keys in strokes_of)
        marks = dict.fromkeys("".join(keys[1:] for keys in strokes_of))
        assert typed(bare + "".join(marks) + KEYS[method.id].get(tone, ""), method) == word


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("ass", "as"), ("asss", "ass"), ("toanss", "toans"), ("aaa", "aa"), ("tieenge", "tienge"), ("ddd", "dd"),
        ("uww", "uw"), ("tww", "tw"), ("ww", "w"), ("www", "www"), ("toansf", "toàn"), ("toansz", "toan"),
        ("toansj", "toạn"), ("aaw", "ă"), ("xooong", "xoong"), ("xooongs", "xoóng"), ("tw", "tư"), ("w", "ư"),
        ("VIEEJT", "VIỆT"), ("Vieejt", "Việt"), ("DDangr", "Đảng"), ("Ddangr", "Đảng"), ("Uwowcs", "Ước"), ("Wowcs", "Ước"),
        ("file", "file"), ("web", "web"), ("window", "window"), ("class", "class"), ("restaurant", "restaurant"),
        ("duwong", "dương"), ("duowng", "dương"), ("duongw", "dương"), ("thuowr", "thuở"), ("thuowngf", "thường"),
        ("hoaf", "hòa"), ("hoafn", "hoàn"), ("toasn", "toán"), ("nghieepj", "nghiệp"), ("quas", "quá"), ("gias", "giá"),
        ("catf", "catf"), ("ddawks", "đắk"), ("8341", "8341"), ("z", "z"), ("toanz", "toanz"),
    ],
)  # fmt: skip
def test_telex(keys: str, wanted: str) -> None:
    assert typed(keys, TELEX) == wanted


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("Vie65t", "Việt"), ("Viet65", "Việt"), ("d9uong72", "đường"), ("a11", "a1"), ("a66", "a6"), ("d99", "d9"),
        ("toan10", "toan"), ("2021", "2021"), ("b6", "b6"), ("nguoi72", "người"), ("A61n", "Ấn"), ("DANG93", "ĐẢNG"),
        ("uo7", "uơ"), ("hoa2", "hòa"), ("ass", "ass"),
    ],
)  # fmt: skip
def test_vni(keys: str, wanted: str) -> None:
    assert typed(keys, VNI) == wanted


def test_the_older_place_of_the_tone_stays_until_the_word_is_changed() -> None:
    assert typed("", TELEX, "hoà") in ("hoà", "hòa")
    assert typed("n", TELEX, "hoà") == "hoàn"


# ---- into a text ----------------------------------------------------------------------------------------------


class Text:
    """A line with a cursor, as a field keeps it."""

    def __init__(self, method: Method, text: str = "", cursor: int | None = None) -> None:
        self.method, self.text = method, text
        self.cursor = len(text) if cursor is None else cursor
        self.composer = Composer()

    def type(self, keys: str) -> str:
        for key in keys:
            before, after = self.text[: self.cursor], self.text[self.cursor :]
            edit = self.composer.type(self.method, before, after, key)
            before = before[: len(before) - edit.swallowed] + edit.text
            self.text, self.cursor = before + edit.rest + after[edit.taken :], len(before)
        return self.text

    def back(self) -> str:
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        edit = self.composer.erase(self.method, before)
        before = before[:-1] if edit is None else before[: len(before) - edit.swallowed] + edit.text
        self.text, self.cursor = before + after, len(before)
        return self.text


def test_sentences() -> None:
    assert (
        Text(TELEX).type("DDangr booj huyeenj, nawm 2021: 8.341 ddangr vieen.")
        == "Đảng bộ huyện, năm 2021: 8.341 đảng viên."
    )
    assert (
        Text(VNI).type("D9an3g bo65 huyen65, na8m 2021: 8.341 d9an3g vie6n.")
        == "Đảng bộ huyện, năm 2021: 8.341 đảng viên."
    )


def test_a_word_that_stands_there_is_changed_at_its_end_and_inside() -> None:
    assert Text(TELEX, "so toan").type("s") == "so toán"
    assert Text(TELEX, "so toan xong", cursor=6).type("s") == "so toán xong"
    assert Text(TELEX, "duong", cursor=2).type("w") == "dương"
    assert Text(TELEX, "ton", cursor=2).type("a") == "toan"
    assert Text(TELEX, "file", cursor=2).type("s") == "fisle"


def test_a_backspace_takes_a_letter_and_the_tone_goes_where_it_belongs() -> None:
    text = Text(TELEX)
    assert text.type("hoafn") == "hoàn"
    assert [text.back(), text.back(), text.type("s"), text.back(), text.back()] == ["hòa", "hò", "hó", "h", ""]
    text.type("toans")
    assert text.back() == "tóa"
    assert text.type("nf") == "toàn"


def test_what_was_mistyped_is_mended_after_a_backspace() -> None:
    text = Text(TELEX)
    text.type("toanss")
    assert text.back() == "toan"
    assert text.type("f") == "toàn"


@given(
    st.text(alphabet="abcdeghiklmnopqrstuvwxyzAEODW 0123456789.,-\n'", max_size=40),
    st.sampled_from(list(METHODS.values())),
)
def test_only_marks_are_made_and_no_letter_is_lost(keys: str, method: Method) -> None:
    made = Text(method).type(keys)
    assert unicodedata.is_normalized("NFC", made)
    bare = unicodedata.normalize("NFD", made.lower().replace("đ", "d").replace("ư", "u"))
    left = [letter for letter in bare if not unicodedata.combining(letter)]
    marks = set(method.tones) | set(method.shapes) | {"u"}
    for letter in keys.lower():
        if letter in left:
            left.remove(letter)
        else:
            assert letter in marks
    assert set(left) <= {"u"}  # what w alone stands for


@given(
    st.text(max_size=20), st.text(max_size=20), st.characters(exclude_categories=["Cs"]), st.sampled_from([TELEX, VNI])
)
def test_no_text_around_is_touched_but_the_word(before: str, after: str, key: str, method: Method) -> None:
    edit = Composer().type(method, before, after, key)
    assert before[len(before) - edit.swallowed :].isalpha() or not edit.swallowed
    assert after[: edit.taken].isalpha() or not edit.taken
    assert len(edit.rest) == edit.taken
