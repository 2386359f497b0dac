"""Speakers as a person looks for them: by identifier, name or any spelling."""

from __future__ import annotations

import json
from typing import NamedTuple

import duckdb

from claims.errors import QueryError
from claims.model import Speaker
from claims.resolver.clusters import Settled
from claims.speakers.names import key

_SHOWN = 5  # candidates that an error names


class LinkedVoice(NamedTuple):
    """One name of a speaker; ``spellings`` are all that were seen."""

    voice_id: str
    name: str
    spellings: tuple[str, ...]


class Listed(NamedTuple):
    """A speaker with what it is cited for."""

    speaker_id: str
    name: str
    kind: str
    speaks_for: str | None
    claims: int
    articles: int
    spellings: tuple[str, ...]


def listed(
    connection: duckdb.DuckDBPyConnection, kind: str | None = None, limit: int | None = None
) -> list[Listed]:
    """Speakers, those with most claims first."""
    rows = connection.execute(
        "SELECT s.speaker_id, s.name, s.kind, s.speaks_for, count(c.claim_id), "
        "count(DISTINCT c.article_id), s.names FROM speakers AS s "
        "LEFT JOIN claims AS c ON c.speaker_id = s.speaker_id "
        "WHERE $kind IS NULL OR s.kind = $kind GROUP BY ALL "
        "ORDER BY count(c.claim_id) DESC, s.name, s.speaker_id LIMIT $limit",
        {"kind": kind, "limit": limit if limit is not None else 1 << 62},
    ).fetchall()
    return [
        Listed(speaker_id, name, found_kind, speaks_for, claims, articles, _spellings(names))
        for speaker_id, name, found_kind, speaks_for, claims, articles, names in rows
    ]


def stored_speakers(connection: duckdb.DuckDBPyConnection) -> dict[str, Speaker]:
    """The speakers by identifier, with their spellings by language; groups without members."""
    return {
        speaker_id: Speaker(
            speaker_id=speaker_id,
            name=name,
            kind=kind,
            names=json.loads(names),
            speaks_for=speaks_for,
        )
        for speaker_id, name, kind, names, speaks_for in connection.execute(
            "SELECT speaker_id, name, kind, names, speaks_for FROM speakers"
        ).fetchall()
    }


def named(
    connection: duckdb.DuckDBPyConnection, asked: str | None, kind: str | None = None
) -> list[Listed]:
    """The speakers with ``asked`` in their name or a spelling, however it is typed, those with most
    claims first; None gives all."""
    part = key(asked or "")
    return [
        one
        for one in listed(connection, kind)
        if not part or any(part in key(name) for name in _names(one))
    ]


def found(connection: duckdb.DuckDBPyConnection, asked: str) -> Listed:
    """The speaker with that identifier, name or spelling.

    Raises QueryError where there is none, or more than one.
    """
    speakers = listed(connection)
    for fits in (
        [one for one in speakers if one.speaker_id == asked],
        [one for one in speakers if one.name == asked],
        [one for one in speakers if key(asked) in {key(name) for name in _names(one)}],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            shown = ", ".join(f"{one.speaker_id} ({one.name}, {one.kind})" for one in fits[:_SHOWN])
            raise QueryError(f"{asked!r} is {len(fits)} speakers: {shown}; give an identifier")
    raise QueryError(f"no speaker is called {asked!r}; `claims speakers list` shows who there is")


def voices_of(
    connection: duckdb.DuckDBPyConnection, speaker: Listed, settled: Settled
) -> list[LinkedVoice]:
    """The voices that make up a speaker, the one that gave it its identifier first."""
    rows = connection.execute(
        "SELECT voice_id, name, names FROM voices ORDER BY name, voice_id"
    ).fetchall()
    voices = [
        LinkedVoice(voice_id, name, _spellings(names))
        for voice_id, name, names in rows
        if settled.speaker_of.get(voice_id, voice_id) == speaker.speaker_id
    ]
    return sorted(voices, key=lambda voice: voice.voice_id != speaker.speaker_id)


def _names(speaker: Listed) -> tuple[str, ...]:
    return (speaker.name, *speaker.spellings)


def _spellings(names: str) -> tuple[str, ...]:
    return tuple(name for known in json.loads(names).values() for name in known)
