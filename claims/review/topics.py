"""What a speaker said of one topic over time, and how it stands to what they had said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import duckdb

from claims.review.questions import ask
from claims.review.speakers_outlets import ListedClaim


class Topic(NamedTuple):
    """A topic of a speaker: its term, how it is most often printed, and in how many claims."""

    term: str
    printed: str
    claims: int


@dataclass(frozen=True, slots=True)
class TopicClaim(ListedClaim):
    """A claim of a speaker on a topic. ``change`` says how it stands to what they had said of it
    on an earlier day: said, repeated, softened, updated, reversed, denied or conflicting;
    ``own_pair_id`` is the pair with their own words, where there is one."""

    day: date | None
    own_pair_id: str | None
    change: str


def topics(connection: duckdb.DuckDBPyConnection, speaker: str, most: int) -> list[Topic]:
    """What a speaker speaks of in several claims, the most telling first."""
    return [Topic(**row) for row in ask(connection, "topics", speaker=speaker, most=most)]


def topic_claims(
    connection: duckdb.DuckDBPyConnection, speaker: str, topic: str, most: int, skip: int
) -> list[TopicClaim]:
    """What a speaker said of the topic whose term is ``topic``, in order of time."""
    rows = ask(connection, "topic_claims", speaker=speaker, topic=topic, most=most, skip=skip)
    return [TopicClaim(**row) for row in rows]
