"""What an article says around the claims that a page shows, with their words marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb

from claims.review.marking import CONFLICT, DIFFERS, SAME, Mark, MarkedSegment, excerpt
from claims.review.questions import ask
from claims.store.stored_pairs import StoredPair, conflicting_words

CONTEXT = 2
"""Sentences shown before and after those of a claim."""


class Excerpt(NamedTuple):
    """The sentences that one side of a pair stands in, and its conflicting words."""

    segments: tuple[MarkedSegment, ...]
    conflict: str


class PairExcerpts(NamedTuple):
    """What the articles of the two sides of a pair say."""

    left: Excerpt
    right: Excerpt


def excerpts(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[StoredPair]
) -> dict[str, PairExcerpts]:
    """What the articles of both sides say, by pair."""
    sides = [side for pair in pairs for side in pair.sides]
    marks = marks_of_claims(connection, [side.claim_id for side in sides])
    words = conflicting_words(connection, pairs)
    articles = [side.article_id for side in sides]
    texts = {row["article_id"]: row["text"] for row in ask(connection, "texts", articles=articles)}
    sentences = defaultdict(list)
    for row in ask(connection, "sentences", articles=articles):
        sentences[row["article_id"]].append((row["start"], row["end"]))

    def shown(pair: StoredPair, name: str) -> Excerpt:
        side = pair.left if name == "left" else pair.right
        text = texts[side.article_id]
        conflicting = words.get((pair.contradiction_id, name), [])
        marked = marks[side.claim_id] + [
            Mark(span.start, span.end, role)
            for span, same in conflicting
            for role in (CONFLICT, SAME if same else DIFFERS)
        ]
        around = excerpt(text, sentences[side.article_id], marked, CONTEXT)
        return Excerpt(tuple(around), " … ".join(one.span.of(text) for one in conflicting))

    return {
        pair.contradiction_id: PairExcerpts(shown(pair, "left"), shown(pair, "right"))
        for pair in pairs
    }


def marks_of_claims(
    connection: duckdb.DuckDBPyConnection, claims: Sequence[str]
) -> defaultdict[str, list[Mark]]:
    """The spans of claims, by claim."""
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    rows: list[dict[str, Any]] = ask(connection, "claim_spans", claims=list(claims))
    for row in rows:
        marks[row["claim_id"]].append(Mark(row["start"], row["end"], row["role"]))
    return marks
