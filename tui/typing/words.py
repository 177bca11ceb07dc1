"""A word being typed, key by key: what each key does to it, and what a second stroke takes back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tui.typing.methods import Method
from tui.typing.syllables import is_possible, place_of_tone, plain, settled, split, with_tone

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Word:
    """`letters` in lower case with their shapes and without the tone; `capitals` where they are large; `alone`
    where a key stands that made a letter by itself; `undone` the keys that were taken back and now write letters."""

    letters: str = ""
    capitals: frozenset[int] = frozenset()
    tone: str = ""
    alone: frozenset[int] = frozenset()
    undone: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_possible(self) -> bool:
        return is_possible(settled(self.letters), self.tone)

    @property
    def text(self) -> str:
        letters = settled(self.letters)
        end = len(letters)
        while split(letters[:end]) is None:
            end -= 1
        shown = with_tone(letters[:end], self.tone) + letters[end:]
        return "".join(one.upper() if at in self.capitals else one for at, one in enumerate(shown))

    def shaped(self, places: tuple[int, ...], shapes: dict[str, str]) -> Word:
        letters = list(self.letters)
        for at in places:
            letters[at] = shapes[_bare(letters[at])]
        return replace(self, letters="".join(letters))

    def followed_by(self, key: str, letter: str = "") -> Word:
        """With one letter more: the key itself, or what it stands for alone."""
        at = len(self.letters)
        return replace(
            self,
            letters=self.letters + (letter or key.lower()),
            capitals=self.capitals | {at} if key.isupper() else self.capitals,
            alone=self.alone | {at} if letter else self.alone,
        )


def _bare(letter: str) -> str:
    return "d" if letter == "đ" else plain(letter)


def read(text: str) -> Word | None:
    """A word that stands there already; None if it is none of this language."""
    letters, tone = "", ""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter.lower())
        tones = TONES.intersection(marks)
        if len(tones) > 1 or (tones and tone):
            return None
        for one in tones:
            tone, marks = one, marks.replace(one, "")
        letters += unicodedata.normalize("NFC", marks)
    capitals = frozenset(at for at, letter in enumerate(unicodedata.normalize("NFC", text)) if letter.isupper())
    word = Word(letters, capitals, tone)
    return word if len(letters) == len(text) and word.is_possible else None


def typed(keys: str, method: Method, base: str = "") -> str:
    """What the keys make, typed behind `base`. Where no Vietnamese word can come of it, it is the keys themselves."""
    if len(keys) > 2 and not keys.lower().strip("w"):
        return base + keys  # www
    word = read(base)
    if word is None or len(base) + len(keys) > 20:
        return base + keys
    for key in keys:
        word = pressed(word, key, method)
        if not word.undone and not word.is_possible:
            return base + keys
    return word.text


def pressed(word: Word, key: str, method: Method) -> Word:
    """The word after one key."""
    low = key.lower()
    if low in word.undone:
        return word.followed_by(key)
    return marked(word, key, method) or _undone(word, key, method) or _alone(word, key, method)


def marked(word: Word, key: str, method: Method) -> Word | None:
    """The word with the tone or the shape that the key means; None if the key means neither here."""
    low = key.lower()
    if low in method.tones:
        return _toned(word, method.tones[low])
    shapes = method.shapes.get(low, {})
    made = (word.shaped(places, shapes) for places in _places(word, shapes))
    return next((one for one in made if one.letters != word.letters and one.is_possible), None)


def _toned(word: Word, tone: str) -> Word | None:
    if tone == word.tone or place_of_tone(word.letters) is None:
        return None
    made = replace(word, tone=tone)
    return made if made.is_possible else None


def _places(word: Word, shapes: dict[str, str]) -> Iterator[tuple[int, ...]]:
    """Which letters the key may be meant for, the likeliest first: ươ together, then from the end."""
    bare = plain(word.letters)
    if {"u", "o"} <= shapes.keys() and "uo" in bare:
        yield bare.index("uo"), bare.index("uo") + 1
    for at in reversed(range(len(word.letters))):
        if _bare(word.letters[at]) in shapes:
            yield (at,)


def _undone(word: Word, key: str, method: Method) -> Word | None:
    """A key struck twice takes back what it did and is a letter from then on."""
    low = key.lower()
    undone = word.undone | {low}
    if method.tones.get(low) and word.tone == method.tones[low]:
        return replace(word, tone="", undone=undone).followed_by(key)
    made = set(method.shapes.get(low, {}).values())
    places = [at for at, letter in enumerate(word.letters) if letter in made]
    if not places:
        return None
    if word.alone.issuperset(places):
        letters = "".join(low if at in places else letter for at, letter in enumerate(word.letters))
        return replace(word, letters=letters, alone=frozenset(), undone=undone)
    letters = "".join(_bare(letter) if at in places else letter for at, letter in enumerate(word.letters))
    return replace(word, letters=letters, undone=undone).followed_by(key)


def _alone(word: Word, key: str, method: Method) -> Word:
    letter = method.alone.get(key.lower(), "")
    made = word.followed_by(key, letter)
    return made if letter and made.is_possible else word.followed_by(key)
