"""Words as a search compares them: in one spelling, without endings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import Field

from claims.config.settings import config_folder
from claims.config.yaml_file import Checked, load
from claims.readers.dates import plain_digits
from claims.speakers.names import key
from claims.terms.word_lists import LanguageTerms

FOLDER = "search"

LONGEST_NAME = 4
"""Words of a name that is kept, and found, as a whole."""

_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u200d’'"
_TOKEN = re.compile(rf"(?:\w\.){{2,}}|[\w{_MARKS}]+")
_OWNER = re.compile(r"['’]s$")


class SearchLanguage(Checked):
    """One file of ``search/``; see the comments in ``en.yaml``."""

    suffixes: dict[str, int] = Field(default_factory=dict)
    stop: frozenset[str] = frozenset()
    same: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def endings(self) -> LanguageTerms:
        """What takes the endings off."""
        return LanguageTerms(suffixes=self.suffixes)


class SearchWords:
    """Reads texts of the ``languages`` as words that can be compared."""

    def __init__(self, languages: dict[str, SearchLanguage]) -> None:
        self._languages = languages
        self._stop = {fold(word) for one in languages.values() for word in one.stop}
        self._same: dict[str, set[str]] = {}
        for code, one in languages.items():
            for family in one.same:
                stems = {self.stem(fold(word), code) for word in family}
                for stem in stems:
                    self._same.setdefault(stem, set()).update(stems)

    def of(self, text: str, language: str) -> Iterator[str]:
        """The words of a text, in order, as the index has them."""
        for word in tokens(text):
            yield self.stem(word, language)

    def stem(self, word: str, language: str) -> str:
        """A folded word without its endings."""
        known = self._languages.get(language)
        return known.endings.stem(word) if known and not word.isupper() else word

    def asked(self, word: str) -> set[str]:
        """All that a folded word of a query, whatever its language, stands for in the index."""
        stems = {self.stem(word, code) for code in self._languages} | {word}
        if word.isascii() and len(word) <= 4:
            stems.add(word.upper())  # in capitals a short word keeps them
        return stems.union(*(self._same.get(stem, ()) for stem in stems))

    def narrows_nothing(self, word: str) -> bool:
        """Whether a folded word of a query tells nothing."""
        return word in self._stop


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without case, marks and letter variants; short ones in capitals keep these."""
    folded = plain_digits(key(_OWNER.sub("", word)))
    return folded if len(folded) > 1 else folded.casefold()


def tokens(text: str) -> Iterator[str]:
    """The folded words of a text, in order."""
    for match in _TOKEN.finditer(text):
        if word := fold(match[0]):
            yield word


def search_words(folder: Path | None = None) -> SearchWords:
    """The words of the configuration ``folder``, by default of that in force. Raises
    ConfigError."""
    return _read((folder or config_folder()).resolve())


@lru_cache(maxsize=4)
def _read(folder: Path) -> SearchWords:
    return SearchWords(
        {path.stem: load(path, SearchLanguage) for path in sorted((folder / FOLDER).glob("*.yaml"))}
    )
