"""Pairs of claims as the page shows them, read from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import duckdb

from claims.model import Verdict
from claims.review.filters import Filters
from claims.review.marking import CONFLICT, Mark, Segment, excerpt
from claims.review.printed import Printed
from claims.review.questions import ask, ask_one, define

CONTEXT = 2
"""Sentences shown before and after those of a claim."""


@dataclass(frozen=True, slots=True)
class Side(Printed):
    """One claim of a pair, with the sentences it stands in and its ``conflict``ing words.
    ``outlets`` is how many printed it; ``newest`` is the article that stands now where the outlet
    has edited this one since, else None."""

    outlets: int
    newest: str | None
    title: str | None
    excerpt: tuple[Segment, ...]
    conflict: str


class Earlier(NamedTuple):
    """What was decided about a pair of earlier versions of the same articles, its time in UTC."""

    contradiction_id: str
    verdict: str
    note: str
    reviewer: str
    reviewed_at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """A contradiction with both sides; ``verdict`` is the latest, None before anybody decided.
    ``earlier`` is what was decided before one of the articles was edited."""

    contradiction_id: str
    kind: str
    score: float
    explanation: str
    verdict: str | None
    sides: tuple[Side, ...]
    earlier: tuple[Earlier, ...] = ()

    @property
    def is_superseded(self) -> bool:
        """Whether one of the articles was edited since."""
        return any(side.newest is not None for side in self.sides)

    @property
    def is_decided(self) -> bool:
        """Whether it no longer waits for a decision."""
        return self.verdict not in (None, Verdict.UNSURE)


class Progress(NamedTuple):
    """How many pairs there are, and how many wait for a decision."""

    pairs: int
    undecided: int


class Neighbours(NamedTuple):
    """Where to go from a pair: those before and after it that fit the filters, and the next of them
    that waits for a decision."""

    previous: str | None = None
    following: str | None = None
    skip: str | None = None


class Listing(NamedTuple):
    """A page of pairs, and how many fit the filters in all."""

    pairs: list[Pair]
    total: int


class Decision(NamedTuple):
    """An entry of a pair's history, its time in UTC."""

    verdict: str
    note: str
    reviewer: str
    reviewed_at: datetime


def progress(connection: duckdb.DuckDBPyConnection) -> Progress:
    """How far the review is."""
    found = ask_one(connection, "progress")
    return Progress(**found) if found else Progress(0, 0)


def listing(
    connection: duckdb.DuckDBPyConnection, filters: Filters, most: int, skip: int = 0
) -> Listing:
    """Pairs that fit the filters, the most telling first."""
    chosen = _ask_ranked(connection, "listing", filters, None, most=most, skip=skip)
    return Listing(
        _pairs(connection, [row["contradiction_id"] for row in chosen]),
        chosen[0]["total"] if chosen else 0,
    )


def pair(connection: duckdb.DuckDBPyConnection, contradiction_id: str) -> Pair | None:
    """One pair; None where there is none of this id."""
    found = _pairs(connection, [contradiction_id])
    return found[0] if found else None


def neighbours(
    connection: duckdb.DuckDBPyConnection, contradiction_id: str, filters: Filters
) -> Neighbours:
    """Where to go from a pair among those that fit the filters."""
    (found,) = _ask_ranked(
        connection, "neighbours", filters, contradiction_id, here=contradiction_id
    )
    return Neighbours(**found)


def _ask_ranked(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    filters: Filters,
    pair: str | None,
    **parameters: object,
) -> list[dict[str, Any]]:
    """``sql/<name>.sql`` over the pairs that fit, and ``pair`` whether it fits or not."""
    asked: dict[str, object] = {**filters.model_dump(), "pair": pair}
    if filters.asks_of_claims:
        define(connection, "fold")
        return ask(connection, name, "ranking", **asked, **parameters)
    asked = {one: asked[one] for one in ("kind", "decided", "pair")}
    return ask(connection, name, "queue", **asked, **parameters)


def verdicts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many of the pairs stand at which verdict."""
    return {row["verdict"]: row["pairs"] for row in ask(connection, "verdicts")}


def history(connection: duckdb.DuckDBPyConnection, contradiction_id: str) -> list[Decision]:
    """All that was decided about a pair, latest first."""
    return [Decision(**row) for row in ask(connection, "history", pair=contradiction_id)]


def _pairs(connection: duckdb.DuckDBPyConnection, chosen: Sequence[str]) -> list[Pair]:
    """Pairs in the order of ``chosen``; ids that are not there are left out."""
    if not chosen:
        return []
    sides = _sides(connection, chosen)
    earlier: defaultdict[str, list[Earlier]] = defaultdict(list)
    for row in ask(connection, "earlier", pairs=list(chosen)):
        earlier[row.pop("of")].append(Earlier(**row))
    found = {
        (one := row["contradiction_id"]): Pair(
            **row, sides=tuple(sides[one]), earlier=tuple(earlier[one])
        )
        for row in ask(connection, "pairs", pairs=list(chosen))
    }
    return [found[one] for one in chosen if one in found]


def _sides(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[str]
) -> defaultdict[str, list[Side]]:
    rows = ask(connection, "sides", pairs=list(chosen))
    marks = marks_of_claims(connection, [row["claim_id"] for row in rows])
    conflicts = defaultdict(list)
    for row in ask(connection, "conflict_spans", pairs=list(chosen)):
        side = row["contradiction_id"], row["side"]
        conflicts[side].append(Mark(row["start"], row["end"], CONFLICT))
    articles = [row["article_id"] for row in rows]
    texts = {row["article_id"]: row for row in ask(connection, "texts", articles=articles)}
    sentences = defaultdict(list)
    for row in ask(connection, "sentences", articles=articles):
        sentences[row["article_id"]].append((row["start"], row["end"]))
    sides = defaultdict(list)
    for row in rows:
        contradiction_id, article = row.pop("contradiction_id"), texts[row["article_id"]]
        text = article["text"]
        words = conflicts[contradiction_id, row.pop("side")]
        sides[contradiction_id].append(
            Side(
                **row,
                title=article["title"],
                excerpt=tuple(
                    excerpt(
                        text, sentences[row["article_id"]], marks[row["claim_id"]] + words, CONTEXT
                    )
                ),
                conflict=" … ".join(text[word.start : word.end] for word in words),
            )
        )
    return sides


def marks_of_claims(
    connection: duckdb.DuckDBPyConnection, claims: Sequence[str]
) -> defaultdict[str, list[Mark]]:
    """The spans of claims, by claim."""
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    rows: list[dict[str, Any]] = ask(connection, "claim_spans", claims=list(claims))
    for row in rows:
        marks[row["claim_id"]].append(Mark(row["start"], row["end"], row["role"]))
    return marks
