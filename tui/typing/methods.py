"""The two methods as tables: which key means which tone, and which key gives which letter its shape."""

from __future__ import annotations

from typing import NamedTuple


class Method(NamedTuple):
    """`tones` gives a key's combining mark, empty to take the tone away; `shapes` what a key makes of which vowel
    or d; `alone` what a key stands for where there is nothing to shape."""

    id: str
    name: str
    tones: dict[str, str]
    shapes: dict[str, dict[str, str]]
    alone: dict[str, str]


TELEX = Method(
    "telex",
    "Telex",
    {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""},
    {"a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "w": {"a": "ă", "o": "ơ", "u": "ư"}, "d": {"d": "đ"}},
    {"w": "ư"},
)
VNI = Method(
    "vni",
    "VNI",
    {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""},
    {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}},
    {},
)
METHODS = {method.id: method for method in (TELEX, VNI)}
