"""What could be tried where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from claims.search.claim_query import ClaimQuery
from claims.search.query_text import QueryText
from claims.store.questions import Questions

_SEARCH = Questions(__package__, "sql")
_SHOWN = 3


def advised(
    connection: duckdb.DuckDBPyConnection,
    query: ClaimQuery,
    text: QueryText,
    patterns: Mapping[str, str],
) -> tuple[str, ...]:
    """Sentences for whoever asked ``query`` and found nothing, most useful first. ``patterns`` are
    the expressions by which the index was asked for each word."""
    return tuple(_advised(connection, query, text, patterns))


def _advised(
    connection: duckdb.DuckDBPyConnection,
    query: ClaimQuery,
    text: QueryText,
    patterns: Mapping[str, str],
) -> Iterator[str]:
    counts = _SEARCH.ask_one(connection, "counted") or {}
    if not counts.get("claims"):
        yield "There are no claims in this database yet; `claims run` reads articles."
        return
    if unread := counts.get("unindexed", 0):
        yield f"The words of {unread:,} claims are not in the index yet; `claims run` adds them."
    for word, pattern in patterns.items():
        has = _SEARCH.ask_one(connection, "has", pattern=pattern)
        if has and not has["has"]:
            near = _SEARCH.ask(connection, "alike", word=word, most=_SHOWN)
            written = ", ".join(row["printed"] for row in near)
            others = f"; claims have {written}" if near else ""
            yield f"No claim has the word “{word}”{others}."
    filters = query.model_dump(
        exclude_defaults=True, exclude={"text", "meaning", "order", "limit", "page"}
    )
    if filters and query.text and counts.get("fitting"):
        yield f"{counts['fitting']:,} claims fit without the words; try fewer or others."
    elif filters:
        names = ", ".join(filters)
        yield f"Leave one of these out: {names}."
    if text.phrases:
        yield "Take the quotation marks away: then the words may stand in any order."
    elif len(text.words) > 1:
        yield "Give fewer words: a claim must have all of them."
