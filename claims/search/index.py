"""Keeping the words of claims, by which a search finds them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from claims.fingerprint import files_behind, fingerprint
from claims.search.indexed_words import index_row, spaced
from claims.search.words import FOLDER, LONGEST_NAME, SearchWords, search_words, tokens
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.speakers.similar import skeleton
from claims.speakers.transliteration import Transliteration, load_transliteration
from claims.store.database import Database
from claims.store.insert import insert
from claims.store.questions import Questions

_SEARCH = Questions(__package__, "sql")
_PACKAGE = Path(__file__).resolve().parents[1]
_CODE = (
    "search/index.py",
    "search/indexed_words.py",
    "search/words.py",
    "search/sql/terms.sql",
    "search/sql/unindexed.sql",
    "speakers/names.py",
    "speakers/similar.py",
    "speakers/transliteration.py",
)
_AT_ONCE = 5_000
"""Claims whose words are in memory at a time."""

_REMEMBERED = 1_000
"""Sentences."""

Taken = tuple[str, str, str, bool]
"""A word, how it is written, the term it was taken for, whether that is a name."""


def indexer(config: Path) -> str:
    """Fingerprint of what makes the words, with the configuration folder: claims are indexed again
    when it changes."""
    files = files_behind(_PACKAGE, _CODE)
    there = [name for name in (FOLDER, "transliteration.yaml") if (config / name).exists()]
    return fingerprint(files + files_behind(config, there, ("*.yaml",)))


def to_index(database: Database, config: Path) -> bool:
    """Whether there are claims whose words are not in the index. Raises DatabaseError."""
    if not database.exists():
        return False
    with database.reading() as connection:
        return bool(_SEARCH.ask(connection, "unindexed", indexer=indexer(config), most=1))


def index_claims(database: Database, config: Path) -> int:
    """Put the words of the claims that are not indexed yet into the index; how many claims these
    were. Nothing is written where there are none. Raises DatabaseError and ConfigError."""
    if not database.exists():
        return 0
    words, name = search_words(config), indexer(config)
    taken: Counter[Taken] = Counter()
    done = 0
    while True:
        with database.reading() as connection:
            rows = _SEARCH.ask(connection, "unindexed", indexer=name, most=_AT_ONCE)
            chosen = [row["claim_id"] for row in rows]
            terms = _SEARCH.ask(connection, "terms", claims=chosen) if chosen else []
        if not rows:
            break
        for term in terms:
            _take(taken, term, words)
        read = lru_cache(_REMEMBERED)(partial(spaced, words))  # claims share sentences
        with database.writing() as connection:
            connection.execute("DELETE FROM claim_words WHERE indexer <> ?", [name])
            if not connection.execute("SELECT 1 FROM claim_words LIMIT 1").fetchone():
                connection.execute("DELETE FROM search_words")
            insert(connection, "claim_words", (index_row(row, read, name) for row in rows))
        done += len(rows)
    if done:
        _spell(taken, load_gazetteer(config), words)
        _keep(database, taken, load_transliteration(config))
    return done


def _take(taken: Counter[Taken], term: dict[str, Any], words: SearchWords) -> None:
    """Count a word with what it was taken for; those of several words where they are a name."""
    printed = list(words.of(term["printed"], term["language"]))
    longest = LONGEST_NAME if term["term"].startswith("=") else 1
    if 0 < len(printed) <= longest:
        written = " ".join(tokens(term["printed"])).casefold()
        taken[" ".join(printed), written, term["term"], term["named"]] += term["times"]


def _spell(taken: Counter[Taken], gazetteer: Gazetteer, words: SearchWords) -> None:
    """Add all spellings of the known names that claims have, for whoever asks in another script."""
    named = {term.removeprefix("=") for _, _, term, _ in taken if term.startswith("=")}
    for entry in filter(None, map(gazetteer.named, sorted(named))):
        for language, names in entry.names.items():
            for name in names:
                printed = " ".join(words.of(name, language))
                written = " ".join(tokens(name)).casefold()
                taken[printed, written, f"={entry.name}", True] += 0


def _keep(database: Database, taken: Counter[Taken], transliteration: Transliteration) -> None:
    """Add what words were taken for to what is known of them."""

    def row(one: Taken, claims: int) -> dict[str, object]:
        word, printed, term, named = one
        heard = transliteration.hear(word) if named else None
        return {
            "word": word,
            "printed": printed,
            "term": term,
            "named": named,
            "sounds": skeleton(heard) if heard else None,
            "claims": claims,
        }

    with database.writing() as connection:
        insert(connection, "search_words", (row(one, n) for one, n in taken.items()))
        _SEARCH.define(connection, "compact")
