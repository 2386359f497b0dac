"""Links made by sound: new people to those that a database has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import duckdb

from claims.model import Speaker, SpeakerKind
from claims.speakers.names import speaker_id, tokens
from claims.speakers.similar import AUTOMATIC, NameIndex
from claims.speakers.transliteration import Transliteration
from claims.store.decisions import Decision
from claims.store.settling import Known, Link

_FULL = 2  # words of a full name; a surname may be anybody's
_DIFFERENT = 0.5  # similarity below which a name contradicts a link


class Linker:
    """Links the full names of people that are new to a database to those that it has.

    One object serves many writes: it keeps what it read of the database, and reads it again only
    where somebody else has written since, which ``speaker_state`` tells. ``reads`` counts that.
    """

    def __init__(self, transliteration: Transliteration) -> None:
        self._transliteration = transliteration
        self._index: NameIndex[str] = NameIndex(transliteration)
        self._voices: dict[str, tuple[str, ...]] = {}
        self._known: Known | None = None
        self._state: str | None = None
        self.reads = 0

    @property
    def compared(self) -> int:
        """Pairs of names that were compared so far."""
        return self._index.compared

    def know(self, connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> Known:
        """Who is who in the database before a write, which has to end with ``remember``."""
        state = stored_state(connection)
        known, same = self._known, state is not None and state == self._state
        # A write that is rolled back leaves a state that was never stored: all is read again.
        self._state = None
        if not same:
            self._refresh(connection)
        if known is None or not same or known.decisions != tuple(decisions):
            known = self._known = Known(stored_links(connection), decisions)
        return known

    def remember(self, state: str) -> None:
        """What this linker knows is what the database has when it is in that state."""
        self._state = state

    def link(
        self,
        known: Known,
        new: Iterable[Speaker],
        renewed: Iterable[Speaker] = (),
        gone: Iterable[str] = (),
    ) -> tuple[list[Link], set[str]]:
        """Links for voices that the database has heard for the first time, in their order.

        A voice is linked only where all names that sound like it belong to one speaker, and only
        if none of that speaker's other names sounds quite different. Voices linked once are not
        asked again. ``renewed`` are known voices with all their spellings, ``gone`` those that
        nobody cites any more. ``known`` gets the links; the second result are the voices that it
        had before and that change speaker by them.
        """
        for voice_id in gone:
            self._forget(voice_id)
        for voice in renewed:
            self._hear(voice)
        links: list[Link] = []
        moved: set[str] = set()
        for voice in new:
            names = self._hear(voice)
            if not names or known.mapped(voice.speaker_id) is not None:
                continue
            best: dict[str, tuple[float, str]] = {}
            for name in names:
                for score, voice_id in self._index.find(name, AUTOMATIC):
                    if voice_id != voice.speaker_id:
                        speaker = known.speaker(voice_id)
                        best[speaker] = max((score, voice_id), best.get(speaker, (0.0, "")))
            if len(best) == 1:
                ((speaker, (score, voice_id)),) = best.items()
                if not self._fits(names, (speaker, *known.voices_of(speaker))):
                    continue
                evidence = f"{names[0]} sounds like {self._voices[voice_id][0]}"
                link = Link(voice.speaker_id, voice_id, round(score, 3), evidence)
                links.append(link)
                moved |= known.add(link)
        return links, moved

    def _fits(self, names: Sequence[str], voices: Iterable[str]) -> bool:
        """Whether no name of a speaker's voices is far from all of ``names``."""
        return all(
            max(self._similarity(name, known) for name in names) >= _DIFFERENT
            for voice in voices
            for known in self._voices.get(voice, ())
        )

    def _similarity(self, one: str, other: str) -> float:
        left, right = self._transliteration.hear(one), self._transliteration.hear(other)
        return self._transliteration.similarity(left, right) if left and right else 0.0

    def _refresh(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Hear all people that are stored, and nobody else."""
        self.reads += 1
        rows = connection.execute(
            "SELECT voice_id, name, names FROM voices WHERE kind = ? ORDER BY voice_id",
            [SpeakerKind.PERSON],
        ).fetchall()
        for voice_id in self._voices.keys() - {row[0] for row in rows}:
            self._forget(voice_id)
        for voice_id, name, names in rows:
            self._hear_names(voice_id, SpeakerKind.PERSON, name, json.loads(names))

    def _hear(self, voice: Speaker) -> tuple[str, ...]:
        return self._hear_names(voice.speaker_id, voice.kind, voice.name, voice.names)

    def _hear_names(
        self,
        voice_id: str,
        kind: SpeakerKind,
        name: str,
        spellings: Mapping[str, Sequence[str]],
    ) -> tuple[str, ...]:
        """The full names of a voice, which are known from now on; none where it has none."""
        if not linkable(voice_id, kind, name):
            return ()
        names = _full_names(name, spellings)
        known = self._voices.get(voice_id, ())
        if names != known:
            for one in names:
                if one not in known:
                    self._index.add(voice_id, one)
            for one in known:
                if one not in names:
                    self._index.remove(voice_id, one)
            self._voices[voice_id] = names
        return names

    def _forget(self, voice_id: str) -> None:
        for name in self._voices.pop(voice_id, ()):
            self._index.remove(voice_id, name)


def linkable(voice_id: str, kind: SpeakerKind, name: str) -> bool:
    """Whether a voice can be the same in two articles: a person with a full name.

    Those who are only described, or named by a surname alone, belong to their article.
    """
    person = kind is SpeakerKind.PERSON and len(tokens(name)) >= _FULL
    return person and voice_id == speaker_id(kind, name)


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


def _full_names(name: str, spellings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    names = dict.fromkeys((name, *(one for known in spellings.values() for one in known)))
    return tuple(one for one in names if len(tokens(one)) >= _FULL)
