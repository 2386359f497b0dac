"""An article with all its claims, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import duckdb

from claims.review.excerpts import marks_of_claims
from claims.review.marking import MarkedSegment, segments
from claims.review.questions import ask, ask_one
from claims.review.stories import stories_of
from claims.store.provenance import Printing, provenance


@dataclass(frozen=True, slots=True)
class NumberedClaim:
    """A claim of an article, numbered from 1. ``pairs`` counts the contradictions that it is a
    side of; ``contradiction_id`` is the strongest of them."""

    number: int
    claim_id: str
    stance: str
    speaker_id: str | None
    speaker: str | None
    speaker_kind: str | None
    via: str | None
    source_text: str | None
    cue_text: str
    content_text: str
    contradiction_id: str | None
    pairs: int


class Version(NamedTuple):
    """An article that stood at an address where there were several, first seen there at
    ``seen_at`` (UTC)."""

    article_id: str
    url: str
    version: int
    newest: bool
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article whose whole text is in ``segments``; the numbers in them are those of claims.

    ``newest`` is the article that stands now where the outlet has edited this one since, else
    None; ``versions`` are all of them, this one included, none where it was never edited. It is of
    one of ``stories`` at most; ``printings`` has by claim who printed it, where others did too."""

    article_id: str
    outlet: str
    url: str | None
    title: str | None
    language: str
    published_at: datetime | None
    segments: tuple[MarkedSegment, ...]
    claims: tuple[NumberedClaim, ...]
    newest: str | None
    versions: tuple[Version, ...]
    stories: tuple[dict[str, object], ...]
    printings: dict[str, list[Printing]]


def article(connection: duckdb.DuckDBPyConnection, article_id: str) -> MarkedArticle | None:
    """An article with the marks of all its claims; None where there is none of this id."""
    found = ask_one(connection, "article", article=article_id)
    if found is None:
        return None
    rows = ask(connection, "article_claims", article=article_id)
    claims = tuple(NumberedClaim(number, **row) for number, row in enumerate(rows, 1))
    marks = marks_of_claims(connection, [claim.claim_id for claim in claims])
    numbered = [
        mark._replace(number=claim.number) for claim in claims for mark in marks[claim.claim_id]
    ]
    text = found.pop("text")
    newest = ask_one(connection, "newest", article=article_id)
    printed = provenance(connection, [claim.claim_id for claim in claims])
    return MarkedArticle(
        **found,
        segments=tuple(segments(text, 0, len(text), numbered)),
        claims=claims,
        newest=newest["newest_article_id"] if newest else None,
        versions=tuple(Version(**row) for row in ask(connection, "versions", article=article_id)),
        stories=tuple(stories_of(connection, [article_id])),
        printings={claim: found for claim, found in printed.items() if len(found) > 1},
    )
