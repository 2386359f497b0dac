"""Voices: speakers with what agreement and short names need to know of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.model import Speaker, SpeakerKind, Word
from claims.speakers.gazetteer import Entry, Role
from claims.speakers.mentions import Gender
from claims.speakers.names import key, speaker_id, tokens


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of an article. ``spelled`` are its names as keys of words, in its language."""

    speaker: Speaker
    gender: Gender | None = None
    plural: bool = False
    spelled: frozenset[tuple[str, ...]] = frozenset()
    roles: tuple[Role, ...] = ()
    noun: str | None = None

    @property
    def kind(self) -> SpeakerKind:
        """The speaker's kind."""
        return self.speaker.kind

    def called(self, short: tuple[str, ...]) -> bool:
        """Whether ``short`` is a part of one of its names: a surname, a first name."""
        size = len(short)
        return any(
            name[at : at + size] == short
            for name in self.spelled
            for at in range(len(name) - size + 1)
        )


@dataclass(frozen=True, slots=True)
class Sighting:
    """A voice at a place of the article, ``[start, end)`` in code points."""

    voice: Voice
    start: int
    end: int
    sentence: int
    subject: bool
    source: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A title that the article gave to a person; ``of`` are names of what it belongs to."""

    title: str
    of: frozenset[str]
    voice: Voice
    start: int
    former: bool


@dataclass
class Memory:
    """What an article has said so far about who is who, in text order."""

    sightings: list[Sighting] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    genders: dict[str, Gender] = field(default_factory=dict)

    def agrees(self, voice: Voice, gender: Gender | None) -> bool:
        """Whether nothing known or learnt of a voice speaks against the gender."""
        known = voice.gender or self.genders.get(voice.speaker.speaker_id)
        return gender is None or known is None or gender == known

    def learn(self, voice: Voice, gender: Gender | None) -> None:
        """Keep the gender that a pronoun or title gave to a voice."""
        if gender is not None and voice.gender is None:
            self.genders.setdefault(voice.speaker.speaker_id, gender)

    def see(self, sighting: Sighting) -> None:
        """Add a sighting at its place."""
        insort(self.sightings, sighting, key=_place)

    def before(self, place: int) -> list[Sighting]:
        """Sightings that begin before a place of the article, in text order."""
        return self.sightings[: bisect_left(self.sightings, place, key=_place)]

    def people(self, place: int | None = None) -> list[Voice]:
        """Distinct persons, first seen first; with ``place`` those seen before it."""
        seen = self.sightings if place is None else self.before(place)
        return list({s.voice.speaker.speaker_id: s.voice for s in seen if s.voice.spelled}.values())

    def short(self, words: Sequence[Word], place: int, gender: Gender | None) -> Voice | None:
        """The one person of the article whose name has these words in it.

        Those seen before ``place`` come first; then those of the whole article. None where nobody
        or more than one fits: two people are never one because they share a surname.
        """
        short = tuple(made for word in words if (made := key(word.text).casefold()))
        if not short:
            return None
        for people in (self.people(place), self.people()):
            fits = [voice for voice in people if voice.called(short) and self.agrees(voice, gender)]
            if fits:
                return fits[0] if len(fits) == 1 else None
        return None


def _place(sighting: Sighting) -> int:
    return sighting.start


def of_entry(entry: Entry, language: str) -> Voice:
    """The voice of an entry of the gazetteer."""
    person = entry.kind is SpeakerKind.PERSON
    spelled = frozenset(
        tuple(token.casefold() for token in tokens(name)) for name in entry.names.get(language, ())
    )
    return Voice(
        speaker=entry.speaker,
        gender=entry.gender,
        plural=entry.kind is SpeakerKind.GROUP,
        spelled=spelled if person else frozenset(),
        roles=entry.roles,
    )


def unlisted(
    name: str,
    kind: SpeakerKind,
    language: str,
    *,
    seen: str | None = None,
    article_id: str | None = None,
    gender: Gender | None = None,
    plural: bool = False,
    speaks_for: str | None = None,
    noun: str | None = None,
    person: bool = False,
) -> Voice:
    """A voice that the gazetteer does not have.

    ``seen`` is how the article spells it (default: the name). ``article_id`` is given where the
    voice is described rather than named, or named by a surname alone: it is then never the same
    as one of another article.
    """
    spelled = frozenset({tuple(token.casefold() for token in tokens(name))})
    return Voice(
        speaker=Speaker(
            speaker_id=speaker_id(kind, name, article_id),
            name=name,
            kind=kind,
            names={language: (seen or name,)},
            speaks_for=speaks_for,
        ),
        gender=gender,
        plural=plural,
        spelled=spelled if person else frozenset(),
        noun=noun,
    )
