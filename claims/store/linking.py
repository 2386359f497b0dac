"""Which voices are one speaker: links made by sound, then what people decided, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import duckdb

from claims.model import Speaker, SpeakerKind
from claims.speakers.names import speaker_id, tokens
from claims.speakers.similar import AUTOMATIC, NameIndex
from claims.speakers.transliteration import Transliteration
from claims.store.decisions import Act, Decision

_FULL = 2  # words of a full name; a surname may be anybody's
_DIFFERENT = 0.5  # similarity below which a name contradicts a link


class Link(NamedTuple):
    """A voice that was taken for one known before, because their names sound alike."""

    voice_id: str
    linked_to: str
    score: float
    evidence: str


class Linker:
    """Links the full names of people that are new to a database to those that it has.

    One object serves many writes: it remembers the voices of the database that it has heard.
    """

    def __init__(self, transliteration: Transliteration) -> None:
        self._transliteration = transliteration
        self._index: NameIndex[str] = NameIndex(transliteration)
        self._voices: dict[str, tuple[str, ...]] = {}

    def link(
        self,
        connection: duckdb.DuckDBPyConnection,
        new: Iterable[Speaker],
        speaker_of: dict[str, str],
    ) -> list[Link]:
        """Links for voices that the database has heard for the first time, in their order.

        A voice is linked only where all names that sound like it belong to one speaker, and only
        if none of that speaker's other names sounds quite different. ``speaker_of`` has the
        speaker of each voice that is linked already and gets the new ones. Voices linked once are
        not asked again.
        """
        new = list(new)
        fresh = {voice.speaker_id for voice in new}
        stored = self._refresh(connection, fresh)
        voices_of: dict[str, list[str]] = {}
        for voice_id, speaker in speaker_of.items():
            voices_of.setdefault(speaker, []).append(voice_id)
        links: list[Link] = []
        for voice in new:
            if not linkable(voice):
                continue
            stored.add(voice.speaker_id)
            best: dict[str, tuple[float, str]] = {}
            names = _full_names(voice)
            self._hear(voice.speaker_id, names)
            for name in names:
                for score, voice_id in self._index.find(name, AUTOMATIC):
                    if voice_id in stored and voice_id != voice.speaker_id:
                        speaker = speaker_of.get(voice_id, voice_id)
                        best[speaker] = max((score, voice_id), best.get(speaker, (0.0, "")))
            if len(best) == 1 and voice.speaker_id not in speaker_of:
                ((speaker, (score, voice_id)),) = best.items()
                if not self._fits(names, (speaker, *voices_of.get(speaker, ()))):
                    continue
                evidence = f"{names[0]} sounds like {self._voices[voice_id][0]}"
                links.append(Link(voice.speaker_id, voice_id, round(score, 3), evidence))
                speaker_of[voice.speaker_id] = speaker
                voices_of.setdefault(speaker, []).append(voice.speaker_id)
        return links

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

    def _refresh(self, connection: duckdb.DuckDBPyConnection, fresh: set[str]) -> set[str]:
        """Hear the stored people who were not heard before; the identifiers of all of them."""
        people = connection.execute(
            "SELECT voice_id FROM voices WHERE kind = ? ORDER BY voice_id", [SpeakerKind.PERSON]
        ).fetchall()
        stored = {voice_id for (voice_id,) in people} - fresh
        if missing := stored - self._voices.keys():
            rows = connection.execute(
                "SELECT voice_id, name, names FROM voices WHERE kind = ? ORDER BY voice_id",
                [SpeakerKind.PERSON],
            ).fetchall()
            for voice_id, name, names in rows:
                if voice_id in missing:
                    voice = Speaker.model_validate_json(
                        f'{{"speaker_id": "{voice_id}", "name": "", "kind": "person", '
                        f'"names": {names}}}'
                    ).model_copy(update={"name": name})
                    self._hear(voice_id, _full_names(voice) if linkable(voice) else ())
        return stored

    def _hear(self, voice_id: str, names: tuple[str, ...]) -> None:
        known = self._voices.get(voice_id, ())
        for name in names:
            if name not in known:
                self._index.add(voice_id, name)
        self._voices[voice_id] = tuple(dict.fromkeys((*known, *names)))


def linkable(voice: Speaker) -> bool:
    """Whether a voice can be the same in two articles: a person with a full name.

    Those who are only described, or named by a surname alone, belong to their article.
    """
    named = voice.speaker_id == speaker_id(voice.kind, voice.name)
    return voice.kind is SpeakerKind.PERSON and named and len(tokens(voice.name)) >= _FULL


def _full_names(voice: Speaker) -> tuple[str, ...]:
    names = dict.fromkeys((voice.name, *(name for known in voice.names.values() for name in known)))
    return tuple(name for name in names if len(tokens(name)) >= _FULL)


class Settled(NamedTuple):
    """Who is who: the speaker of each voice that is not its own, and the names people gave."""

    speaker_of: dict[str, str]
    renamed: dict[str, str]


def settle(links: Sequence[Link], decisions: Iterable[Decision]) -> Settled:
    """Replay links and then decisions, each in its order; what was taken back counts for nothing.

    A merge takes all voices of the other speaker. A voice that is split off is a speaker of its
    own again; where it gave its speaker the identifier, the others take that of the one among them
    that was linked first.
    """
    speaker_of: dict[str, str] = {}
    for link in links:
        speaker_of[link.voice_id] = speaker_of.get(link.linked_to, link.linked_to)
    renamed: dict[str, str] = {}
    for decision in decisions:
        if decision.undone:
            continue
        speaker = speaker_of.get(decision.speaker_id, decision.speaker_id)
        if decision.act is Act.RENAME:
            renamed[decision.speaker_id] = decision.name or ""
        elif decision.other_id is not None and decision.act is Act.MERGE:
            other = speaker_of.get(decision.other_id, decision.other_id)
            if other != speaker:
                for voice in [v for v, s in speaker_of.items() if s == other] + [other]:
                    speaker_of[voice] = speaker
        elif decision.other_id is not None:
            _split(decision.other_id, speaker_of)
    return Settled(speaker_of, renamed)


def _split(voice: str, speaker_of: dict[str, str]) -> None:
    if speaker_of.pop(voice, None) is None:
        others = [other for other, speaker in speaker_of.items() if speaker == voice]
        for other in others:
            speaker_of[other] = others[0]
        if others:
            del speaker_of[others[0]]
