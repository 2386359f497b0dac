"""What a linguist says about terms, per language: ``config/contradictions.yaml``."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from claims.config.settings import config_folder
from claims.config.yaml_file import Checked, load

FILE = "contradictions.yaml"


@lru_cache(maxsize=100_000)
def normalised(form: str) -> str:
    """``form`` in one spelling: compatibility forms composed, one apostrophe, no marks, joiners,
    case or edges of punctuation that a tokeniser left on."""
    letters = unicodedata.normalize("NFKC", form).casefold().replace("’", "'")
    if letters.isalnum():  # nothing of what follows is in it
        return letters
    kept = "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))
    first = next((i for i, c in enumerate(kept) if c.isalnum()), len(kept))
    last = next((i for i in range(len(kept), first, -1) if kept[i - 1].isalnum()), first)
    return kept[first:last]


class LanguageTerms(Checked):
    """One language's endings and word lists; see the comments at the top of the file."""

    suffixes: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    not_agents: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    refusable: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    numbers: dict[str, int] = Field(default_factory=dict)

    @cached_property
    def _endings(self) -> tuple[tuple[str, int], ...]:
        endings = {normalised(ending): least for ending, least in self.suffixes.items()}
        return tuple(sorted(endings.items(), key=lambda item: (-len(item[0]), item[0])))

    def stem(self, lemma: str) -> str:
        """``lemma`` without its endings, as long as each leaves the letters that it must."""
        return self._stem(lemma)

    @cached_property
    def _stem(self) -> Callable[[str], str]:
        endings = self._endings

        @lru_cache(maxsize=1 << 16)
        def stem_of(lemma: str) -> str:
            stem, longer = normalised(lemma), ""
            while stem != longer:
                longer = stem
                for ending, least in endings:
                    if stem.endswith(ending) and len(stem) - len(ending) >= least:
                        stem = stem[: -len(ending)]
                        break
            return stem

        return stem_of

    def is_light(self, form: str, lemma: str) -> bool:
        """Whether the word says nothing of its own; asked of form and lemma, as taggers err."""
        return self._listed(self._light, form, lemma)

    def is_negation(self, form: str, lemma: str) -> bool:
        """Whether the word turns a statement round."""
        return self._listed(self._negations, form, lemma)

    @cached_property
    def attached_negations(self) -> tuple[str, ...]:
        """The negations that are printed as one word with the word before them: "isn't"."""
        return tuple(sorted(word for word in self._negations if "'" in word))

    def is_denial(self, stem: str) -> bool:
        """Whether the stem is of a word that denies."""
        return stem in self._denials

    def marks_no_agent(self, form: str) -> bool:
        """Whether the word shows that the name before it is not who acts."""
        return (normalised(form) or form) in self._not_agents

    def is_vague(self, stem: str) -> bool:
        """Whether the stem names the saying itself: report, claim, رپورٹ."""
        return stem in self._vague

    def is_refusable(self, stem: str) -> bool:
        """Whether the stem names what one refuses and does not deny: offer, demand, تجویز."""
        return stem in self._refusable

    def number(self, form: str) -> str | None:
        """The value of a number in digits of any script or as a listed word, else None."""
        plain = normalised(form)
        if plain in self._numbers:
            return str(self._numbers[plain])
        if plain.isalpha():
            return None
        digits = plain.replace(",", "").replace("،", "").replace("٬", "").replace("٫", ".")
        try:
            return f"{float(digits):g}" if "." in digits else str(int(digits))
        except ValueError:
            return None

    @cached_property
    def _light(self) -> frozenset[str]:
        return frozenset(normalised(word) for word in self.light)

    @cached_property
    def _not_agents(self) -> frozenset[str]:
        return frozenset(normalised(word) or word for word in self.not_agents)

    @cached_property
    def _negations(self) -> frozenset[str]:
        return frozenset(normalised(word) for word in self.negations)

    @cached_property
    def _vague(self) -> frozenset[str]:
        return frozenset(self.stem(word) for word in self.vague)

    @cached_property
    def _denials(self) -> frozenset[str]:
        return frozenset(self.stem(word) for word in self.denials)

    @cached_property
    def _refusable(self) -> frozenset[str]:
        return frozenset(self.stem(word) for word in self.refusable)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {normalised(word): value for word, value in self.numbers.items()}

    @staticmethod
    def _listed(words: frozenset[str], form: str, lemma: str) -> bool:
        return normalised(form) in words or normalised(lemma) in words


class WordLists(Checked):
    """``config/contradictions.yaml``: languages, and concepts that join words across them."""

    languages: dict[str, LanguageTerms] = Field(default_factory=dict)
    concepts: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)

    def language(self, code: str) -> LanguageTerms:
        """The entry of ``code``; a language without one has no endings and no lists."""
        return self.languages.get(code, _BARE)

    def concept(self, code: str, stem: str) -> str | None:
        """The concept that a stem of language ``code`` stands for, if any."""
        return self._by_stem.get((code, stem))

    @cached_property
    def _by_stem(self) -> dict[tuple[str, str], str]:
        return {
            (code, self.language(code).stem(word)): concept
            for concept, words_of in self.concepts.items()
            for code, words in words_of.items()
            for word in words
        }


_BARE = LanguageTerms()


def load_word_lists(folder: Path) -> WordLists:
    """``contradictions.yaml`` of a configuration folder; raises ConfigError."""
    return load(folder / FILE, WordLists)


def default_word_lists() -> WordLists:
    """Those of the configuration folder in force; raises ConfigError."""
    return _read(config_folder().resolve())


@lru_cache(maxsize=4)
def _read(folder: Path) -> WordLists:
    return load_word_lists(folder)
