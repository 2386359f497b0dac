"""Speakers whose names look wrong: what a person is asked to mend."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

import duckdb

from claims.model import Speaker
from claims.resolver.decisions import Act, Decision
from claims.speakers.doubts import Doubts
from claims.store.speaker_queries import Listed, listed


class Doubtful(NamedTuple):
    """A speaker whose name looks wrong, with what is wrong with it."""

    speaker: Listed
    why: str


def doubtful(
    connection: duckdb.DuckDBPyConnection, doubts: Doubts, decisions: Iterable[Decision] = ()
) -> list[Doubtful]:
    """Speakers whose names look wrong, the most heard first. Those that somebody named do not."""
    named = {one.speaker_id for one in decisions if one.act is Act.RENAME and not one.undone}
    spelled = {
        speaker_id: Speaker(speaker_id=speaker_id, name=name, kind=kind, names=json.loads(names))
        for speaker_id, name, kind, names in connection.execute(
            "SELECT speaker_id, name, kind, names FROM speakers "
            "WHERE speaker_id NOT IN (SELECT speaker_id FROM speaker_members)"
        ).fetchall()
        if speaker_id not in named
    }
    return [
        Doubtful(one, why)
        for one in listed(connection)
        if one.speaker_id in spelled and (why := doubts.why(spelled[one.speaker_id])) is not None
    ]
