"""Speakers whose names look wrong: what a person is asked to mend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import duckdb

from claims.resolver.decisions import Act, Decision
from claims.speakers.doubts import Doubts
from claims.store.speaker_queries import Listed, listed, stored_speakers


class Doubtful(NamedTuple):
    """A speaker whose name looks wrong, with what is wrong with it."""

    speaker: Listed
    why: str


def doubtful(
    connection: duckdb.DuckDBPyConnection, doubts: Doubts, decisions: Iterable[Decision] = ()
) -> list[Doubtful]:
    """Speakers whose names look wrong, the most heard first. Those that somebody named do not."""
    named = {one.speaker_id for one in decisions if one.act is Act.RENAME and not one.undone}
    groups = {
        group
        for (group,) in connection.execute("SELECT speaker_id FROM speaker_members").fetchall()
    }
    speakers = stored_speakers(connection)
    return [
        Doubtful(one, why)
        for one in listed(connection)
        if one.speaker_id not in named | groups
        and (why := doubts.why(speakers[one.speaker_id])) is not None
    ]
