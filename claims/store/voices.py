"""The speakers of the claims that are stored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import duckdb

from claims.model import Claim, Speaker
from claims.store.rows import identifiers, insert

Names = Mapping[str, Sequence[str]]


def put_speakers(connection: duckdb.DuckDBPyConnection, claims: Sequence[Claim]) -> None:
    """Add or renew the speakers of ``claims``, whose rows are written already.

    Spellings that were known stay, those that are new come after them. Of ``old_speakers``, which
    ``remove_articles.sql`` leaves, those go whom no claim names any more.
    """
    heard: dict[str, Speaker] = {}
    for claim in claims:
        for speaker in (claim.speaker, claim.via):
            if speaker is not None:
                known = heard.get(speaker.speaker_id, speaker)
                heard[speaker.speaker_id] = _merged(known.names, speaker)
    identifiers(connection, "heard", heard)
    for speaker_id, names in connection.execute(
        "SELECT speaker_id, names FROM speakers WHERE speaker_id IN (FROM heard)"
    ).fetchall():
        heard[speaker_id] = _merged(json.loads(names), heard[speaker_id])
    connection.execute(
        "DELETE FROM speakers WHERE speaker_id IN (FROM heard) OR ("
        "speaker_id IN (FROM old_speakers WHERE id IS NOT NULL) "
        "AND speaker_id NOT IN (SELECT speaker_id FROM claims WHERE speaker_id IS NOT NULL) "
        "AND speaker_id NOT IN (SELECT via_speaker_id FROM claims WHERE via_speaker_id IS NOT NULL)"
        ")"
    )
    insert(connection, "speakers", (speaker.model_dump(mode="json") for speaker in heard.values()))


def _merged(known: Names, speaker: Speaker) -> Speaker:
    """``speaker`` with the spellings of ``known`` before its own."""
    names = {
        language: tuple(dict.fromkeys((*known.get(language, ()), *speaker.names.get(language, ()))))
        for language in dict.fromkeys((*known, *speaker.names))
    }
    return speaker.model_copy(update={"names": names})
