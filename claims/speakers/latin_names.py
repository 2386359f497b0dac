"""Names in Urdu letters as English news would print them, with how sure that is.

A word of a name is looked up, first in ``names.yaml``, which people write, then among those that
were learned from Wikidata's labels; else the letter model writes it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import resources
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, field_validator

from claims.config.yaml_file import Checked, load
from claims.errors import ModelError
from claims.language.encoder.stored_weights import told_in
from claims.speakers.letters import LetterModel, Step
from claims.speakers.names import key, spellings
from claims.speakers.transliteration import in_latin

UNSURE = "?"
"""Stands after a name that is not sure."""

SURE = 0.8
"""Confidence from which a name stands without ``UNSURE``; `python -m benchmarks.speakers` shows
how many of either sort are right."""

_LISTED = 0.98  # a word that somebody wrote down
_LEARNED = 0.93  # one that Wikidata's labels have
_WRITTEN = 0.75  # one that the model writes, at most
_BORNE = 0.7  # how much it counts that people have a name, beside how its letters are written
_NOBODY = -5  # log of how often a name is borne that nobody is known to have
_REMEMBERED = 1 << 14
_LONGEST = 3  # words of Urdu that may be one word in Latin letters (بے نظیر)
_CONSONANT = re.compile(r"[^aeiouhwy]")
_SHORTEST = 3  # letters of a word that others are joined to
_ACRONYM = 3  # letters' names from which a row of them is an abbreviation


class Latin(NamedTuple):
    """A name in Latin letters; ``confidence`` in [0, 1] says how sure its spelling is."""

    text: str
    confidence: float

    @property
    def shown(self) -> str:
        """The name, marked where it is not sure."""
        return self.text if self.confidence >= SURE else self.text + UNSURE


class NameWords(Checked):
    """``names.yaml``: words in Latin letters with how Urdu spells them. Where a spelling stands in
    several sections the other words of the name decide, else the first section. ``joined`` are
    words that the next word of a name is mostly written together with."""

    people: dict[str, str] = Field(default_factory=dict)
    families: dict[str, str] = Field(default_factory=dict)
    south_asia: dict[str, str] = Field(default_factory=dict)
    elsewhere: dict[str, str] = Field(default_factory=dict)
    bodies: dict[str, str] = Field(default_factory=dict)
    letters: dict[str, str] = Field(default_factory=dict)
    joined: dict[str, str] = Field(default_factory=dict)

    @field_validator("joined")
    @classmethod
    def _one_word(cls, joined: dict[str, str]) -> dict[str, str]:
        for latin, urdu in joined.items():
            if not key(latin) or any(len(key(one)) < _SHORTEST for one in urdu.split("|")):
                raise ValueError(
                    f"{latin}: {urdu}: a word that others are joined to needs {_SHORTEST} letters"
                )
        return joined


_WEST, _EAST, _BODY = "west", "east", "body"
_SECTIONS = {
    "people": _WEST,
    "families": _WEST,
    "south_asia": _EAST,
    "elsewhere": _EAST,
    "bodies": _BODY,
}


class LatinNames:
    """Writes names in Latin letters. Made by ``load_latin_names``."""

    def __init__(self, words: NameWords) -> None:
        self._listed: dict[str, list[tuple[str, str]]] = {}
        for section, sort in _SECTIONS.items():
            for latin, urdu in getattr(words, section).items():
                for made in _keys(urdu):
                    self._listed.setdefault(made, []).append((sort, latin))
        self._letters = {made: at for at, urdu in words.letters.items() for made in _keys(urdu)}
        self._joined = [(made, at) for at, urdu in words.joined.items() for made in _keys(urdu)]
        self._word = lru_cache(maxsize=_REMEMBERED)(self._write)

    def person(self, name: str) -> Latin:
        """A person's name."""
        return self._name(name, ())

    def body(self, name: str) -> Latin:
        """The name of a body, whose words are English ones first."""
        return self._name(name, (_BODY,))

    def knows(self, word: str) -> bool:
        """Whether a word is one of people's names, by ``names.yaml`` or by what was learned."""
        made = key(word)
        listed = any(sort != _BODY for sort, _ in self._listed.get(made, ()))
        return listed or made in self._learned.words

    def _name(self, name: str, first: Sequence[str]) -> Latin:
        if in_latin(name):
            return Latin(name, 1.0)
        keys = [made for word in re.split(r"[\s\u200c\-]+", name) if (made := key(word))]
        if len(keys) >= _ACRONYM and all(made in self._letters for made in keys):
            return Latin("".join(self._letters[made] for made in keys), _LISTED)
        pieces = list(self._pieces(self._spelled_out(keys)))
        sorts = [sort for made in pieces for sort, _ in self._listed.get(made, ())[:1]]
        usual = sorted((_WEST, _EAST), key=lambda sort: -sorts.count(sort))
        words = [self._chosen(made, (*first, *usual, _BODY)) for made in pieces]
        if not words:
            return Latin(name, 0.0)
        sure = min(word.confidence for word in words)
        return Latin(" ".join(word.text for word in words), sure)

    def _spelled_out(self, keys: Sequence[str]) -> list[str]:
        """The words with names of letters as these letters: several together, and a lone one
        inside a name (its initial)."""
        made: list[str] = []
        for at, word in enumerate(keys):
            letter = self._letters.get(word)
            beside = [keys[n] for n in (at - 1, at + 1) if 0 <= n < len(keys)]
            inside = 0 < at < len(keys) - 1
            if letter is None or not (inside or any(one in self._letters for one in beside)):
                made.append(word)
            elif made and made[-1].isascii() and made[-1].isupper() and at:
                made[-1] += letter
            else:
                made.append(letter)
        return made

    def _pieces(self, keys: Sequence[str]) -> Iterable[str]:
        """The words of a name, those together that are one listed word."""
        at = 0
        while at < len(keys):
            for size in range(min(_LONGEST, len(keys) - at), 0, -1):
                made = "".join(keys[at : at + size])
                if size == 1 or made in self._listed:
                    yield made
                    at += size
                    break

    def _chosen(self, made: str, sorts: Sequence[str]) -> Latin:
        listed = self._listed.get(made)
        if listed:
            latin = min(listed, key=lambda one: sorts.index(one[0]))[1]
            return Latin(latin, _LISTED)
        return self._word(made)

    def _write(self, made: str) -> Latin:
        if in_latin(made) or made.isdigit():
            return Latin(made, 1.0)
        for first, latin in self._joined:
            if made.startswith(first) and len(made) > len(first) + 1:
                rest = self._word(made.removeprefix(first))
                return Latin(f"{latin} {rest.text}", rest.confidence)
        if made in self._learned.words:
            return Latin(self._learned.words[made], _LEARNED)
        written = self._learned.write(made)
        if not written:
            return Latin(made, 0.0)
        best = written[0][0]
        same = sum(share for word, share in written if same_consonants(word, best))
        return Latin(best.capitalize(), round(_WRITTEN * same, 2))

    @cached_property
    def _learned(self) -> Learned:
        return learned()


class Learned(NamedTuple):
    """What ``python -m training.names`` learned: words, how letters are written, and how often
    names in small Latin letters are borne, as logarithms."""

    words: Mapping[str, str]
    model: LetterModel
    borne: Mapping[str, int]

    def write(self, word: str) -> list[tuple[str, float]]:
        """The likeliest Latin spellings of a word in small letters, best first, each with its
        share; of those that its letters allow, names that people have come first."""
        likely = {
            latin: log(share) + _BORNE * self.borne.get(latin, _NOBODY)
            for latin, share in self.model.write(word)
            if share > 0
        }
        most = max(likely.values(), default=0.0)
        shares = {latin: exp(value - most) for latin, value in likely.items()}
        whole = sum(shares.values())
        order = sorted(shares, key=lambda latin: -shares[latin])
        return [(latin, shares[latin] / whole) for latin in order]


@lru_cache(maxsize=1)
def learned() -> Learned:
    """The bundled words and model, read once. Raises ModelError where they cannot be read."""
    from safetensors.numpy import load as tensors_of

    path = resources.files(__package__) / "weights" / "latin_names.safetensors.gz"
    try:
        data = gzip.decompress(path.read_bytes())
        told, tensors = told_in(data), tensors_of(data)
        rows, counts = tensors["steps"], tensors["counts"]
    except Exception as error:  # safetensors raises several kinds
        raise ModelError(f"{path}: cannot be read: {error}; install the package again") from None
    steps: list[Step] = [(one, latin) for one, latin in json.loads(told["steps"])]
    words = dict(pair.split("=") for pair in told["words"].split())
    borne = {
        name: int(often)
        for often, names in json.loads(told["borne"]).items()
        for name in names.split()
    }
    pairs = zip(rows.tolist(), counts.tolist(), strict=True)
    every = (([steps[at] for at in row if at >= 0], count) for row, count in pairs)
    return Learned(words, LetterModel(every), borne)


def load_latin_names(config: Path) -> LatinNames:
    """``names.yaml`` of a configuration folder, beside what was learned; where there is no such
    file, that alone. Raises ConfigError for a file that is wrong."""
    path = config / "names.yaml"
    return LatinNames(load(path, NameWords) if path.exists() else NameWords())


def _keys(urdu: str) -> Iterable[str]:
    for spelled in urdu.split("|"):
        for one in spellings(spelled):
            if made := key(one):
                yield made


def same_consonants(one: str, other: str) -> bool:
    """Whether two words in small Latin letters differ in their vowels alone."""
    return _consonants(one) == _consonants(other)


def _consonants(word: str) -> str:
    found = "".join(_CONSONANT.findall(word.replace("ck", "k").replace("q", "k")))
    return re.sub(r"(.)\1+", r"\1", found)
