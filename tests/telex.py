"""Keystrokes as Vietnamese input methods send them to a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from random import Random

_TEXT = """
việt tiếng đảng ủy viên hồ sơ tổng kết nghị quyết chỉ thị được thuận lợi khó khăn nguyên nhân phương hướng
nhiệm vụ giải pháp kiểm tra giám sát kỷ luật xây dựng chỉnh đốn tư tưởng đạo đức tổ chức cán bộ chuyển đổi
thường xuyên người ruộng nghiêng khuỷu ngoằn ngoèo thuở quỳnh trường Đoàn Ủy ĐẢNG Ấp Ở uống yếu ướt toán
"""
WORDS = _TEXT.split()

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def letters(word: str) -> list[tuple[str, str]]:
    """Each letter of the word without its tone, and the tone."""
    result = []
    for letter in unicodedata.normalize("NFC", word):
        marks = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in marks if mark in _TONES), "")
        result.append((unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks), tone))
    return result


def stages(word: str) -> Iterator[str]:
    """What stands in the field after each Telex key of the word, tone last: v vi vie viê viêt việt."""
    done, bare = "", letters(word)
    for letter, _ in bare:
        plain = letter.translate(str.maketrans("đĐ", "dD"))
        plain = unicodedata.normalize("NFD", plain)[0]
        yield done + plain
        if plain != letter:
            yield done + letter
        done += letter
    if any(tone for _, tone in bare):
        yield unicodedata.normalize("NFC", word)


def bursts(word: str) -> Iterator[tuple[int, str]]:
    """For each key what the engine sends: so many backspaces, then letters."""
    before = ""
    for after in stages(word):
        same = 0
        while same < min(len(before), len(after)) and before[same] == after[same]:
            same += 1
        yield len(before) - same, after[same:]
        before = after


def keystrokes(word: str, random: Random, *, decomposed: bool, erase: bytes | None = None) -> list[bytes]:
    """The bytes of the word's bursts; a burst's backspaces and letters are never apart.

    `erase` is 0x7f or 0x08, as the terminal sends a backspace; by default either, at random.
    """
    return [
        (erase or random.choice((b"\x7f", b"\x08"))) * count
        + unicodedata.normalize("NFD" if decomposed else "NFC", text).encode()
        for count, text in bursts(word)
    ]
