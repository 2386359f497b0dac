"""Links between voices as a database has them, and who is who by them before a write."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from claims.model import SpeakerKind
from claims.resolver.clusters import Known, Link
from claims.resolver.decisions import Decision
from claims.resolver.links import Linker, NamedVoice
from claims.speakers.transliteration import Transliteration


class StoredLinks:
    """Who is who in a database, kept from one write to the next.

    One object serves many writes: what was read of the database is read again only where somebody
    else has written since, which ``speaker_state`` tells. ``reads`` counts that.
    """

    def __init__(self, transliteration: Transliteration) -> None:
        self.linker = Linker(transliteration)
        self.reads = 0
        self._known: Known | None = None
        self._state: str | None = None

    def know(self, connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> Known:
        """Who is who in the database before a write, which has to end with ``remember``."""
        state = stored_state(connection)
        known, same = self._known, state is not None and state == self._state
        # A write that is rolled back leaves a state that was never stored: all is read again.
        self._state = None
        if not same:
            self.reads += 1
            self.linker.know_only(_people(connection))
        if known is None or not same or known.decisions != tuple(decisions):
            known = self._known = Known(stored_links(connection), decisions)
        return known

    def remember(self, state: str) -> None:
        """What is known here is what the database has when it is in that state."""
        self._state = state


def stored_links(connection: duckdb.DuckDBPyConnection) -> list[Link]:
    """Links made by sound, in the order they were made."""
    rows = connection.execute(
        "SELECT voice_id, linked_to, score, evidence FROM speaker_links ORDER BY rowid"
    ).fetchall()
    return [Link(*row) for row in rows]


def stored_state(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Which state voices, links and decisions are in; None before the first write."""
    row = connection.execute("SELECT max(state) FROM speaker_state").fetchone()
    return str(row[0]) if row and row[0] is not None else None


def _people(connection: duckdb.DuckDBPyConnection) -> list[NamedVoice]:
    rows = connection.execute(
        "SELECT voice_id, name, names FROM voices WHERE kind = ? ORDER BY voice_id",
        [SpeakerKind.PERSON],
    ).fetchall()
    return [
        NamedVoice(voice_id, SpeakerKind.PERSON, name, json.loads(names))
        for voice_id, name, names in rows
    ]
