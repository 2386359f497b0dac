"""Finding the claims that fit a query."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from claims.config.settings import config_folder
from claims.errors import ModelError
from claims.model import Span, Spans
from claims.search.advice import advised
from claims.search.claim_query import ClaimQuery, Order
from claims.search.found_claims import FacetValue, FoundClaim, FoundPage
from claims.search.indexed_words import read_unindexed
from claims.search.query_text import QueryText, read_text
from claims.search.vocabulary import IndexVocabulary
from claims.search.words import SearchWords, search_words, tokens
from claims.store.questions import Questions

_SEARCH = Questions(__package__, "sql")

_FACET = 12
"""Values of a facet that are counted."""

_ALL = 2**62

_NEAR = 10
"""Claims that are found by meaning beside those that have the words."""

_UNTOLD = 0.5
"""Share of claims without a vector from which it is told: those too short for one, and an outlet's
own statements, have none anyway."""


def search(
    connection: duckdb.DuckDBPyConnection,
    query: ClaimQuery,
    *,
    facets: bool = True,
    config: Path | None = None,
) -> FoundPage:
    """One page of the claims that fit ``query``, with how many there are; ``facets`` says whether
    to count what it can be narrowed by. Words are compared as the configuration folder ``config``
    says, by default that in force. Raises QueryError for a text of too many words, and
    ConfigError."""
    folder = config or config_folder()
    words = search_words(folder)
    text = read_text(query.text or "", words)
    patterns = _match(connection, query, text, words, folder)
    rows = _page(connection, query.order, query.limit, (query.page - 1) * query.limit)
    total = rows[0][1] if rows else _counted(connection)
    near: Mapping[str, float | None] = {}
    advice: tuple[str, ...] = ()
    if query.text and (query.meaning or (query.meaning is None and not total)):
        near, advice = _near(connection, query.text, query.limit if not total else _NEAR)
    if not total:
        advice = (*advised(connection, query, text, patterns), *advice)
    return FoundPage(
        query=query,
        claims=_claims(connection, dict.fromkeys(claim for claim, _ in rows)),
        total=total,
        facets=_facets(connection) if facets else {},
        near=_claims(connection, near),
        advice=advice,
    )


def found_ids(
    connection: duckdb.DuckDBPyConnection, query: ClaimQuery, *, config: Path | None = None
) -> list[str]:
    """The identifiers of all claims that fit ``query``, in its order; its page and limit do not
    count. Raises QueryError for a text of too many words, and ConfigError."""
    folder = config or config_folder()
    words = search_words(folder)
    text = read_text(query.text or "", words)
    _match(connection, query, text, words, folder)
    return [claim for claim, _ in _page(connection, query.order, _ALL, 0)]


def _match(
    connection: duckdb.DuckDBPyConnection,
    query: ClaimQuery,
    text: QueryText,
    words: SearchWords,
    config: Path,
) -> dict[str, str]:
    """Make the temporary tables ``fitting``, of the claims that fit all but the text, and
    ``matched``, of those that have the words too; the expression by which each word is found."""
    names = tuple(tokens(query.speaker or ""))
    found = IndexVocabulary(connection, words, config).alternatives((*text.words, *names))
    read_unindexed(connection, words)
    _SEARCH.define(connection, "contested")
    _SEARCH.define(connection, "fold_names")
    _SEARCH.ask(connection, "spelled", wanted=bool(found))
    asked = query.model_dump(mode="json", exclude={"text", "meaning", "order", "limit", "page"})
    # A part of a name is enough, so each word may go on.
    speaker = "".join(f" {_any(one.casefold() for one in found[word])}.*" for word in names)
    _SEARCH.ask(connection, "chosen", **asked | {"speaker": speaker or None})
    connection.execute("CREATE OR REPLACE TEMP TABLE worded AS FROM fitting")
    hits = query.order is Order.BEST
    # Long words first: they are the rarer ones, most likely.
    patterns = {
        word: f" {_any(found[word])} " for word in sorted(text.words, key=len, reverse=True)
    }
    for word, pattern in patterns.items():
        voiced = rf" {_any(one.casefold() for one in found[word])}\p{{L}}{{0,2}} "
        _SEARCH.ask(connection, "worded", pattern=pattern, voiced=voiced, hits=hits)
    for phrase in text.phrases:
        pattern = f" {' '.join(_any(words.asked(word)) for word in phrase)} "
        _SEARCH.ask(connection, "worded", pattern=pattern, voiced=None, hits=hits)
    _SEARCH.define(connection, "matched")
    return patterns


def _near(
    connection: duckdb.DuckDBPyConnection, text: str, most: int
) -> tuple[dict[str, float | None], tuple[str, ...]]:
    """Claims that mean about the same and do not have the words, with their likeness; and what
    there is to tell of claims that could not be compared."""
    from claims.search.nearest import nearest

    try:
        found = nearest(connection, text, most)
    except ModelError as error:
        return {}, (f"Nothing was looked for by meaning: {error}.",)
    missing = found.of - found.compared
    if not found.of or missing / found.of < _UNTOLD:
        return dict(found.claims), ()
    told = (
        f"{missing:,} of {found.of:,} claims have no vector and were looked for by words alone; "
        "with contradictions.judge: learned in pipeline.yaml the next run gives each one."
    )
    return dict(found.claims), (told,)


def _any(alternatives: Iterable[str]) -> str:
    """A regular expression for one of several words, of which each is letters and digits."""
    return f"({'|'.join(sorted(alternatives))})"


def _page(
    connection: duckdb.DuckDBPyConnection, order: Order, most: int, skip: int
) -> list[tuple[str, int]]:
    rows = _SEARCH.ask(connection, "page", first=order, most=most, skip=skip)
    return [(row["claim_id"], row["total"]) for row in rows]


def _counted(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("SELECT count(*) FROM matched").fetchone()
    return int(row[0]) if row else 0


def _claims(
    connection: duckdb.DuckDBPyConnection, chosen: Mapping[str, float | None]
) -> tuple[FoundClaim, ...]:
    """Claims in the order of ``chosen``, which says how near each is; None of those that have the
    words."""
    if not chosen:
        return ()
    found = {}
    for row in _SEARCH.ask(connection, "claims", claims=list(chosen)):
        spans = {role: _spans(row.pop(role)) for role in ("source", "cue", "content")}
        found[row["claim_id"]] = FoundClaim(**row, **spans, likeness=chosen[row["claim_id"]])
    return tuple(found[one] for one in chosen if one in found)


def _facets(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[FacetValue, ...]]:
    values: defaultdict[str, list[FacetValue]] = defaultdict(list)
    for row in _SEARCH.ask(connection, "facets", most=_FACET):
        values[row.pop("field")].append(FacetValue(**row))
    return {field: tuple(found) for field, found in values.items()}


def _spans(stored: str | None) -> Spans:
    return tuple(Span(start=start, end=end) for start, end in json.loads(stored or "[]"))
