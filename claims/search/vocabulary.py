"""What a word of a query is found by: its other forms, and other spellings of a name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from claims.search.words import LONGEST_NAME, SearchWords
from claims.speakers.similar import AUTOMATIC, SUGGESTED, skeleton
from claims.speakers.transliteration import Transliteration, load_transliteration
from claims.store.questions import Questions
from claims.terms.word_lists import load_word_lists

_SEARCH = Questions(__package__, "sql")
_NAME, _CONCEPT = "=", "~"


class KnownWord(NamedTuple):
    """A word of the index and what it is most often taken for."""

    word: str
    term: str
    named: bool
    claims: int


class IndexVocabulary:
    """The words that the index knows, asked for one query.

    A word is found by its stem, by other forms of its lemma (bought: buy), a concept of the word
    lists by its words in other scripts (tax: ٹیکس), and a name by its spellings: those that are
    taken for the same name and sound alike, or are the usual one in another script (India: بھارت),
    and those that sound alike (اوبامہ, Obama).
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, words: SearchWords, config: Path
    ) -> None:
        self._connection = connection
        self._words = words
        self._config = config
        self._word_lists = load_word_lists(config)
        self._loaded: Transliteration | None = None

    @property
    def _transliteration(self) -> Transliteration:
        if self._loaded is None:
            self._loaded = load_transliteration(self._config)
        return self._loaded

    def alternatives(self, asked: Sequence[str]) -> dict[str, set[str]]:
        """By word of a query, all that it is found by: words of the index, names of several
        words with a space between them."""
        if not asked:
            return {}
        found = {word: self._words.asked(word) for word in asked}
        names = dict(self._names(asked, found))
        wanted = {one for each in found.values() for one in each} | set(names)
        concepts = {concept for word in asked for concept in self._concepts(word)}
        known = self._known(wanted, concepts)
        by_term: defaultdict[str, list[KnownWord]] = defaultdict(list)
        for one in known.values():
            by_term[one.term].append(one)
        for word in asked:
            own = [known[one] for one in found[word] if one in known]
            for one in own:
                found[word].update(self._related(word, one, by_term[one.term]))
            for concept in self._concepts(word):
                found[word].update(self._in_other_scripts(word, by_term[concept]))
            if all(one.named for one in own):
                found[word].update(self._sounding(word))
        for name, members in names.items():
            if name in known and known[name].term.startswith(_NAME):
                spellings = set(self._related(name, known[name], by_term[known[name].term]))
                for word in members:
                    found[word] |= spellings
        return found

    def _names(
        self, asked: Sequence[str], found: dict[str, set[str]]
    ) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Neighbouring words that may be one name, as the index would have it."""
        for size in range(2, LONGEST_NAME + 1):
            for at in range(len(asked) - size + 1):
                members = tuple(asked[at : at + size])
                stems = [min(found[word] & {word} or found[word], key=len) for word in members]
                yield " ".join(stems), members
                yield " ".join(min(found[word], key=len) for word in members), members

    def _concepts(self, word: str) -> set[str]:
        """The concepts of the word lists that a word, whatever its language, stands for."""
        lists = self._word_lists
        found = (
            lists.concept(code, language.stem(word)) for code, language in lists.languages.items()
        )
        return {f"{_CONCEPT}{concept}" for concept in found if concept}

    def _in_other_scripts(self, word: str, siblings: Sequence[KnownWord]) -> Iterable[str]:
        script = _script(word)
        return [one.word for one in siblings if _script(one.word) != script]

    def _known(self, words: Iterable[str], terms: Iterable[str]) -> dict[str, KnownWord]:
        """Words of the index, and all that is taken for the same as one of them, or for one of
        ``terms``."""
        rows = _SEARCH.ask(self._connection, "known", words=sorted(words), terms=sorted(terms))
        return {row["word"]: KnownWord(**row) for row in rows}

    def _related(self, word: str, own: KnownWord, siblings: Sequence[KnownWord]) -> Iterable[str]:
        """Which of the words that are taken for the same thing stand for it in a search."""
        if own.term.startswith(_CONCEPT):
            return self._in_other_scripts(word, siblings)
        if not own.term.startswith(_NAME):
            return [one.word for one in siblings]
        heard = self._transliteration.hear(word)
        alike, usual = [], dict[str, KnownWord]()
        for one in siblings:
            other = self._transliteration.hear(one.word)
            if heard and other and self._transliteration.similarity(heard, other) >= SUGGESTED:
                alike.append(one.word)
            elif (script := _script(one.word)) != _script(word):
                known = usual.setdefault(script, one)
                usual[script] = max(known, one, key=lambda each: each.claims)
        scripts = {_script(one) for one in alike}
        return alike + [one.word for script, one in usual.items() if script not in scripts]

    def _sounding(self, word: str) -> Iterable[str]:
        """Names that sound like a word."""
        heard = self._transliteration.hear(word)
        if heard is None or not (sounds := skeleton(heard)):
            return
        rows: list[dict[str, Any]] = _SEARCH.ask(self._connection, "sounding", sounds=sounds)
        for row in rows:
            other = self._transliteration.hear(row["word"])
            if other and self._transliteration.similarity(heard, other, AUTOMATIC) >= AUTOMATIC:
                yield row["word"]


def _script(word: str) -> str:
    """The script of a word's first letter."""
    first = next((character for character in word if character.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0]
