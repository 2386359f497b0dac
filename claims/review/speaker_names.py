"""What speakers are called in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from claims.errors import DatabaseError
from claims.review.questions import ask
from claims.review.translations import EXPLANATIONS
from claims.store.database import Database

_PATIENCE = 0.5
"""Seconds that a page waits for names; those of before, or the stored ones, do as well."""


class SpeakerNames:
    """Names by language and by a speaker's identifier or stored name, read again when the database
    has changed."""

    def __init__(self, database: Database) -> None:
        self._database = Database(database.path, min(database.wait, _PATIENCE))
        self._known: dict[str, tuple[tuple[int, int] | None, Mapping[str, str]]] = {}

    def called(self, language: str, speaker_id: str | None, stored: str) -> str:
        """What a speaker is called in ``language``: the name as stored, which is in Latin letters,
        where that is written in them or no other is known. One without an identifier is known by
        that name."""
        if language.partition("-")[0] == EXPLANATIONS:
            return stored
        return self._names(language).get(speaker_id or stored, stored)

    def _names(self, language: str) -> Mapping[str, str]:
        version, names = self._known.get(language, (None, {}))
        now = self._version()
        if now is None or now == version:
            return names
        try:
            with self._database.reading() as connection:
                rows = ask(connection, "speaker_names", language=language, path=f'$."{language}"')
        except DatabaseError:
            return names
        names = {row[known]: row["name"] for known in ("stored", "speaker_id") for row in rows}
        self._known[language] = now, names
        return names

    def _version(self) -> tuple[int, int] | None:
        try:
            file = self._database.path.stat()
        except OSError:
            return None
        return file.st_mtime_ns, file.st_size
