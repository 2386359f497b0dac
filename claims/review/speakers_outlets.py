"""Speakers and outlets as their pages show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import duckdb

from claims.review.questions import ask, ask_one, define


class Day(NamedTuple):
    """The claims of one day, and how many of them are disputed; undated ones have no day."""

    day: date | None
    claims: int
    disputed: int


class HeardSpeaker(NamedTuple):
    """A speaker in a list, with how often they are heard."""

    speaker_id: str
    name: str
    kind: str
    claims: int


class Opponent(NamedTuple):
    """Whom or by whom a speaker is contradicted, in how many pairs; None who is not known."""

    speaker_id: str | None
    name: str | None
    pairs: int


class Opposition(NamedTuple):
    """Who contradicts whom, in how many pairs."""

    speaker_id: str
    name: str
    against_speaker_id: str
    against_name: str
    pairs: int


class OutletAtOdds(NamedTuple):
    """An outlet that prints the other side, in how many pairs."""

    outlet: str
    pairs: int


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim in a list over time: who says what, where and when.

    ``speaker`` is the canonical name, None where it is not known; ``source_text`` the words that
    name it in the article, None where nobody is named: then the outlet itself speaks. ``pairs``
    counts the contradictions that it is a side of; ``contradiction_id`` is the strongest of them.
    """

    claim_id: str
    article_id: str
    outlet: str
    language: str
    published_at: datetime | None
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


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with all their spellings by language, and who stands against them."""

    speaker_id: str
    name: str
    kind: str
    speaks_for: str | None
    names: dict[str, list[str]]
    days: list[Day]
    contradicts: list[Opponent]
    contradicted: list[Opponent]


@dataclass(frozen=True, slots=True)
class OutletView:
    """An outlet: what it has, whom it quotes, with which others it is at odds."""

    outlet: str
    articles: int
    since: datetime | None
    until: datetime | None
    days: list[Day]
    speakers: list[HeardSpeaker]
    at_odds: list[OutletAtOdds]


def speaker(connection: duckdb.DuckDBPyConnection, speaker_id: str) -> SpeakerView | None:
    """A speaker; None where there is none of this id."""
    found = ask_one(connection, "speaker", speaker=speaker_id)
    if found is None:
        return None
    define(connection, "oppositions")
    opponents: dict[str, list[Opponent]] = {"contradicts": [], "contradicted": []}
    for row in ask(connection, "opponents", speaker=speaker_id):
        opponents[row.pop("direction")].append(Opponent(**row))
    found["names"] = json.loads(found["names"])
    days = _days(connection, speaker=speaker_id)
    return SpeakerView(
        **found,
        days=days,
        contradicts=opponents["contradicts"],
        contradicted=opponents["contradicted"],
    )


def outlet(connection: duckdb.DuckDBPyConnection, name: str, most: int) -> OutletView | None:
    """An outlet with the ``most`` heard speakers in it; None where there is none of this name."""
    found = ask_one(connection, "outlet", outlet=name)
    if found is None:
        return None
    return OutletView(
        **found,
        days=_days(connection, outlet=name),
        speakers=[
            HeardSpeaker(**row)
            for row in ask(connection, "outlet_speakers", outlet=name, most=most)
        ],
        at_odds=[OutletAtOdds(**row) for row in ask(connection, "outlet_opponents", outlet=name)],
    )


def statements(
    connection: duckdb.DuckDBPyConnection,
    most: int,
    skip: int,
    *,
    speaker: str | None = None,
    outlet: str | None = None,
) -> list[ListedClaim]:
    """What a speaker said, or what an outlet printed, in order of time."""
    rows = ask(connection, "said", speaker=speaker, outlet=outlet, most=most, skip=skip)
    return [ListedClaim(**row) for row in rows]


def oppositions(connection: duckdb.DuckDBPyConnection, most: int) -> list[Opposition]:
    """Who contradicts whom, most often first."""
    define(connection, "oppositions")
    return [Opposition(**row) for row in ask(connection, "matrix", most=most)]


def speakers(
    connection: duckdb.DuckDBPyConnection, most: int, skip: int = 0
) -> list[dict[str, object]]:
    """The speakers who are heard most, with their claims and how many of them are disputed."""
    return ask(connection, "speakers", most=most, skip=skip)


def outlets(
    connection: duckdb.DuckDBPyConnection, most: int, skip: int = 0
) -> list[dict[str, object]]:
    """The outlets with most claims."""
    return ask(connection, "outlets", most=most, skip=skip)


def _days(
    connection: duckdb.DuckDBPyConnection, speaker: str | None = None, outlet: str | None = None
) -> list[Day]:
    return [Day(**row) for row in ask(connection, "days", speaker=speaker, outlet=outlet)]
