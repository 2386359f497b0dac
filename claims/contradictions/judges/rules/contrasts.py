"""What two statements can differ in and not both be right: ``config/contrasts/<language>.yaml``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from claims.config.settings import config_folder
from claims.config.yaml_file import Checked, load
from claims.speakers.names import key
from claims.terms.word_lists import LanguageTerms, WordLists, load_word_lists

FOLDER = "contrasts"

Words = tuple[str, ...]

_SHORTEST = 3
"""Letters that must follow a prefix for the rest to be a word of its own."""


def fold(form: str) -> str:
    """``form`` without case, marks, spaces and letters that keyboards confuse; "" for none."""
    return key(form).casefold()


def _two(sides: dict[str, Words]) -> dict[str, Words]:
    if len(sides) != 2:
        raise ValueError(f"opposites have two sides, these have {len(sides)}")
    return sides


class NumberWords(Checked):
    """How a language writes numbers in words, and what it puts beside them."""

    words: dict[str, int] = Field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    ordinals: dict[str, int] = Field(default_factory=dict)
    multipliers: dict[str, int] = Field(default_factory=dict)
    fractions: dict[str, float] = Field(default_factory=dict)
    shifted: dict[str, float] = Field(default_factory=dict)
    more: frozenset[str] = frozenset()
    less: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    percent: frozenset[str] = frozenset()
    range: frozenset[str] = frozenset()
    tolls: frozenset[str] = frozenset()

    def folded(self) -> NumberWords:
        """The same with every word folded."""
        return NumberWords.model_validate(
            {
                name: {fold(word) or word: value for word, value in held.items()}
                if isinstance(held, dict)
                else frozenset(fold(word) or word for word in held)
                for name, held in self
            }
        )


class ContrastWords(Checked):
    """One file of ``config/contrasts``; see the comments at the top of ``ur.yaml``."""

    opposites: dict[str, Annotated[dict[str, Words], AfterValidator(_two)]] = Field(
        default_factory=dict
    )
    alternatives: dict[str, tuple[Words, ...]] = Field(default_factory=dict)
    same: tuple[Words, ...] = ()
    prefixes: tuple[str, ...] = ()
    joining: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    negating: frozenset[str] = frozenset()
    datelines: frozenset[str] = frozenset()
    boilerplate: frozenset[str] = frozenset()
    numbers: NumberWords = NumberWords()


@dataclass(frozen=True)
class Contrasts:
    """The contrasts of one language, ready to be asked by stem."""

    words: ContrastWords
    language: LanguageTerms

    def stem(self, form: str) -> str:
        """What the forms of a word share, and the words that are said to be the same."""
        stem = self.language.stem(fold(form))
        return self._same.get(stem, stem)

    @cached_property
    def numbers(self) -> NumberWords:
        """The number words, folded."""
        return self.words.numbers.folded()

    @cached_property
    def tolls(self) -> frozenset[str]:
        """Stems of what is counted so that the count of one event grows."""
        return frozenset(self.stem(word) for word in self.words.numbers.tolls)

    def turned(self, stem: str) -> tuple[str, ...]:
        """The stems that a prefix would make of ``stem``, or that it is made of: those that turn it
        round, if they are words at all."""
        made = self._turned.get(stem)
        if made is None:
            long = len(stem) >= _SHORTEST
            made = tuple(prefix + stem for prefix in self._prefixes if long) + tuple(
                stem.removeprefix(prefix)
                for prefix in self._prefixes
                if stem.startswith(prefix) and len(stem) - len(prefix) >= _SHORTEST
            )
            self._turned[stem] = made
        return made

    @cached_property
    def _turned(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(sorted({fold(prefix) for prefix in self.words.prefixes}))

    @cached_property
    def joining(self) -> frozenset[str]:
        """Stems of words that join two names which may as well stand the other way round."""
        return frozenset(self.stem(word) for word in self.words.joining)

    @cached_property
    def openers(self) -> frozenset[str]:
        """Stems of words that open another clause: "which", "because"."""
        return frozenset(self.stem(word) for word in self.words.openers)

    @cached_property
    def only(self) -> frozenset[str]:
        """Stems of words that a negation takes back itself by: "not only"."""
        return frozenset(self.stem(word) for word in self.words.only)

    @cached_property
    def negating(self) -> frozenset[str]:
        """Stems of words that turn round what stands beside them, though they are no negation."""
        return frozenset(self.stem(word) for word in self.words.negating)

    @cached_property
    def datelines(self) -> frozenset[str]:
        """Folded words that stand in the brackets of a dateline: "(news desk)"."""
        return frozenset(fold(word) for word in self.words.datelines)

    @cached_property
    def boilerplate(self) -> frozenset[str]:
        """Folded words and phrases that outlets print around what they say: photo credits."""
        return frozenset(fold(form) for form in self.words.boilerplate)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Folded forms of more than one word."""
        numbers = self.words.numbers
        listed = (
            *self._listed(),
            *self.words.boilerplate,
            *numbers.more,
            *numbers.less,
            *numbers.about,
            *numbers.percent,
        )
        return frozenset(fold(form) for form in listed if " " in form)

    @cached_property
    def opposites(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Stem to the (name, side) of the opposites that it belongs to."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for name, sides in self.words.opposites.items():
            for side, forms in sides.items():
                for form in forms:
                    found[self.stem(form)].add((name, side))
        return {stem: frozenset(sides) for stem, sides in found.items()}

    @cached_property
    def alternatives(self) -> dict[str, frozenset[tuple[str, int]]]:
        """Stem to the (name, place) of the alternatives that it belongs to."""
        found: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for name, choices in self.words.alternatives.items():
            for place, forms in enumerate(choices):
                for form in forms:
                    found[self.stem(form)].add((name, place))
        return {stem: frozenset(choices) for stem, choices in found.items()}

    @cached_property
    def _same(self) -> dict[str, str]:
        return {
            self.language.stem(fold(form)): self.language.stem(fold(group[0]))
            for group in self.words.same
            for form in group
        }

    def _listed(self) -> Iterator[str]:
        for sides in self.words.opposites.values():
            for forms in sides.values():
                yield from forms
        for choices in self.words.alternatives.values():
            for forms in choices:
                yield from forms


@dataclass(frozen=True)
class Vocabulary:
    """All that the rules know of words: the word lists of terms and each language's contrasts."""

    word_lists: WordLists
    _contrasts: dict[str, Contrasts]

    def contrasts(self, code: str) -> Contrasts:
        """Those of language ``code``; a language without a file has none."""
        return self._contrasts.get(code) or Contrasts(
            ContrastWords(), self.word_lists.language(code)
        )


def load_vocabulary(folder: Path) -> Vocabulary:
    """``contradictions.yaml`` and ``contrasts/*.yaml`` of a configuration folder.

    Raises ConfigError for a file that is wrong.
    """
    word_lists = load_word_lists(folder)
    return Vocabulary(word_lists, dict(_files((folder / FOLDER).glob("*.yaml"), word_lists)))


def _files(paths: Iterable[Path], word_lists: WordLists) -> Iterator[tuple[str, Contrasts]]:
    for path in sorted(paths):
        yield path.stem, Contrasts(load(path, ContrastWords), word_lists.language(path.stem))


def default_vocabulary() -> Vocabulary:
    """That of the configuration folder in force; raises ConfigError."""
    return _read(config_folder().resolve())


@lru_cache(maxsize=4)
def _read(folder: Path) -> Vocabulary:
    return load_vocabulary(folder)
