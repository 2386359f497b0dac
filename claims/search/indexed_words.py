"""The words of a claim as rows of the index, and those that are not in it yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import duckdb

from claims.search.words import SearchWords
from claims.store.insert import insert
from claims.store.questions import Questions

_SEARCH = Questions(__package__, "sql")
_FRESH = 2_000
"""Claims whose words are read while somebody waits: a second."""


def read_unindexed(connection: duckdb.DuckDBPyConnection, words: SearchWords) -> None:
    """Let ``indexed_words`` be what is in the index and, for this connection, the words of claims
    that are not in it yet: of a run that goes on, or was stopped. Of very many only some."""
    _SEARCH.define(connection, "indexed_words")
    behind = _SEARCH.ask_one(
        connection, "behind"
    )  # which takes no time, as the question itself does
    if behind is not None and not behind["claims"]:
        return
    rows = _SEARCH.ask(connection, "unindexed", indexer=None, most=_FRESH)
    read = partial(spaced, words)
    insert(connection, "fresh_words", (index_row(row, read, "") for row in rows))


def index_row(
    row: dict[str, Any], read: Callable[[str, str], str], indexer: str
) -> dict[str, object]:
    """A row of ``claim_words`` of one of ``unindexed.sql``; ``read`` is ``spaced``."""
    language = row["language"]
    return {
        "claim_id": row["claim_id"],
        "passage": read(row["passage"] or row["content_text"], language),
        "content": read(row["content_text"], language),
        "indexer": indexer,
    }


def spaced(words: SearchWords, text: str, language: str) -> str:
    """The words of a text, a space before and after each."""
    return f" {' '.join(words.of(text, language))} "
