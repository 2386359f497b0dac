"""Hindi words carried into Urdu script.

Hindi and Urdu share their grammar and most everyday words; the scripts differ in what they write.
Rules give one spelling; where Urdu has a word that sounds the same, that word is taken.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from claims.config.yaml_file import Checked, load

TABLES = Path(__file__).with_name("devanagari.yaml")

COMMON = 3
"""A word as often as this in the vocabulary is believed without a look at its neighbours."""

_DOT = "\u093c"
_NASAL = "\u0902\u0901"
_DEVANAGARI = re.compile("[\u0900-\u097f]")


class Letter(BaseModel):
    """What a Devanagari letter becomes, and the class of sounds it belongs to."""

    letter: str
    sound: str


class Tables(Checked):
    """``devanagari.yaml``."""

    consonants: dict[str, Letter]
    dotted: dict[str, Letter]
    signs: dict[str, Letter]
    last_signs: dict[str, Letter]
    first_vowels: dict[str, Letter]
    vowels: dict[str, Letter]
    urdu: dict[str, str]
    words: dict[str, str]


class Transliterator:
    """Carries words into Urdu script, with the help of a vocabulary of Urdu words and counts."""

    def __init__(self, vocabulary: Mapping[str, int], tables: Tables | None = None) -> None:
        self._tables = tables or load(TABLES, Tables)
        self._vocabulary = vocabulary
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(vocabulary, key=lambda word: (-vocabulary[word], word)):
            self._by_sound[self._sound_of_urdu(word)].append(word)
        self._known: dict[str, str] = {}

    def carry(self, word: str) -> str:
        """The Urdu spelling of a Hindi word; what is not Devanagari stays as it is."""
        if word not in self._known:
            self._known[word] = self._carry(word)
        return self._known[word]

    def _carry(self, word: str) -> str:
        if word in self._tables.words:
            return self._tables.words[word]
        if not _DEVANAGARI.search(word):
            return word
        letters, sound = self._by_rule(word)
        if self._vocabulary.get(letters, 0) >= COMMON:
            return letters
        alike = self._by_sound.get(sound)
        return max(alike, key=lambda one: self._fit(one, letters)) if alike else letters

    def _fit(self, word: str, letters: str) -> float:
        same = difflib.SequenceMatcher(None, word, letters).ratio()
        return 2 * same + min(self._vocabulary[word], 50) / 50

    def _by_rule(self, word: str) -> tuple[str, str]:
        word = unicodedata.normalize("NFD", word).replace("\u200c", "").replace("\u200d", "")
        letters, sounds = [], []
        at = 0
        while at < len(word):
            own, at = self._letter(word, at)
            letters.append(own.letter)
            sounds.append(own.sound)
        return "".join(letters), _plain("".join(sounds))

    def _letter(self, word: str, at: int) -> tuple[Letter, int]:
        tables, c = self._tables, word[at]
        last = at == len(word) - 1
        if word[at + 1 : at + 2] == _DOT and c in tables.dotted:
            return tables.dotted[c], at + 2
        if c in tables.consonants:
            return tables.consonants[c], at + 1
        if c in tables.signs:
            table = tables.last_signs if last and c in tables.last_signs else tables.signs
            return table[c], at + 1
        if c in tables.first_vowels:
            if at == 0:
                return tables.first_vowels[c], 1
            own = tables.vowels[c]
            if own.sound == "E" and not last:
                own = Letter(letter="ئی", sound="Y")
            return own, at + 1
        if c in _NASAL:
            return Letter(letter="ں" if last else "ن", sound="M"), at + 1
        if "०" <= c <= "९":
            digit = str(ord(c) - ord("०"))
            return Letter(letter=digit, sound=digit), at + 1
        silent = c in ("\u094d", _DOT, "\u0903")
        return Letter(letter="" if silent else c, sound="" if silent else c), at + 1

    def _sound_of_urdu(self, word: str) -> str:
        return _plain("".join(self._tables.urdu.get(c, c) for c in word))


def _plain(sound: str) -> str:
    # What neither script keeps apart: a final nasal, a final silent h, doubled letters; and f,
    # whose dot Hindi seldom writes.
    sound = re.sub("M$", "", sound).replace("M", "n").replace("pH", "f")
    sound = re.sub("(?<=.)h$", "A", sound)
    return re.sub(r"([a-zA-Z])\1", r"\1", sound)
