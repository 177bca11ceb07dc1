"""Which letters can make a Vietnamese syllable, and which of its vowels carries the tone."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product

# kr stands in place names of the Central Highlands: Krông.
_ONSETS = "b c ch d đ g gh gi h k kh kr l m n ng ngh nh p ph qu r s t th tr v x"
ONSETS = tuple(_ONSETS.split())
_RHYMES = """
a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec ek em en eng eo ep et ê êch êk êm ên ênh êp êt êu
i ia ich ik im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi ok om on ong ooc oong
op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui uk um un ung up ut uân uâng uât uây uê uêch uênh uêu uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
"""
# Behind qu and gi also what is written with one vowel letter less than it sounds.
_AFTER_QU = "ynh yt"
_AFTER_GI = "êc êm ên êng êp êt êu"
RHYMES = tuple(_RHYMES.split())
STOPS = ("c", "ch", "k", "p", "t")  # such syllables have the sharp or the heavy tone only
SHARP, HEAVY = "\u0301", "\u0323"
_SHAPES = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}
_VOWELS = frozenset("aăâeêioôơuưy")
_BEFORE_OPEN = ("", "h", "th", "kh")  # after these uơ stands at a word's end: thuở


def plain(letters: str) -> str:
    """Vowels without their shape; đ stays, it is no vowel."""
    return "".join(_SHAPES.get(letter, letter) for letter in letters)


def _begun(rhyme: str) -> set[str]:
    """The rhyme, its beginnings, and these with any of its shapes not yet typed."""
    out = set()
    for length in range(1, len(rhyme) + 1):
        choices = [{letter, _SHAPES.get(letter, letter)} for letter in rhyme[:length]]
        out |= {"".join(letters) for letters in product(*choices)}
    return out


_BEGUN = frozenset().union(*map(_begun, RHYMES))
_BEGUN_AFTER = {
    "qu": _BEGUN.union(*map(_begun, _AFTER_QU.split())),
    "gi": _BEGUN.union(*map(_begun, _AFTER_GI.split())),
}
_BY_LENGTH = sorted(ONSETS, key=len, reverse=True)


@lru_cache(maxsize=4096)
def split(letters: str) -> tuple[str, str] | None:
    """Onset and rhyme of a syllable, be it whole or begun; None if these letters begin none.

    `letters` are in lower case, without a tone."""
    for onset in _BY_LENGTH:
        rest = letters.removeprefix(onset)
        if letters.startswith(onset) and (rest in _BEGUN_AFTER.get(onset, _BEGUN) or (not rest and onset != "gi")):
            return onset, rest
    return ("", letters) if letters in _BEGUN or letters == "q" or not letters else None


def is_possible(letters: str, tone: str = "") -> bool:
    """Whether a syllable can begin so."""
    if split(letters) is None:
        return False
    return tone in ("", SHARP, HEAVY) or not coda(letters).startswith(STOPS)


def coda(letters: str) -> str:
    """The consonants at the end."""
    _, rhyme = split(letters) or ("", letters)
    end = len(rhyme)
    while end and rhyme[end - 1] not in _VOWELS:
        end -= 1
    return rhyme[end:]


def settled(letters: str) -> str:
    """The spelling that people mean: ư and ơ go together before another letter, uơ ends a word."""
    parts = split(letters)
    if parts is None:
        return letters
    onset, rhyme = parts
    if rhyme in ("ươ", "uơ") and onset in _BEFORE_OPEN:
        return f"{onset}uơ"
    if rhyme[:2] in ("ưo", "uơ") and f"ươ{rhyme[2:]}" in _BEGUN and len(rhyme) > 2:
        return f"{onset}ươ{rhyme[2:]}"
    return letters


def place_of_tone(letters: str) -> int | None:
    """The index of the vowel that carries the tone, the older way: hòa, thúy. None without a vowel."""
    parts = split(letters)
    if parts is None:
        return None
    onset, rhyme = parts
    count = len(rhyme) - len(coda(letters))
    if not count:
        return None
    shaped = [place for place in range(count) if rhyme[place] in _SHAPES]
    if shaped:
        within = shaped[-1]
    elif count < len(rhyme):
        within = count - 1
    else:
        within = 0 if count < 3 else 1
    return len(onset) + within


def every_syllable() -> list[str]:
    """Every onset with every rhyme and every tone that it can have, in NFC: far more than there are words."""
    out = []
    extra = [("qu", rhyme) for rhyme in _AFTER_QU.split()] + [("gi", rhyme) for rhyme in _AFTER_GI.split()]
    for onset, rhyme in (*product(("", *ONSETS), RHYMES), *extra):
        letters = onset + rhyme
        if rhyme == "uơ" and onset not in _BEFORE_OPEN:
            continue
        if onset[-1:] == rhyme[:1] or settled(letters) != letters or split(letters) is None:
            continue
        tones = ("", SHARP, HEAVY) if coda(letters) in STOPS else ("", SHARP, HEAVY, "\u0300", "\u0303", "\u0309")
        out += [with_tone(letters, tone) for tone in tones]
    return list(dict.fromkeys(out))


def with_tone(letters: str, tone: str) -> str:
    """The letters with the tone on the vowel that carries it, in NFC."""
    at = place_of_tone(letters) if tone else None
    if at is None:
        return letters
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
