"""Voices: speakers with what agreement and short names need to know of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.model import Speaker, SpeakerKind, Word
from claims.speakers.gazetteer import Entry, Role
from claims.speakers.mentions import Gender
from claims.speakers.names import key, speaker_id, tokens

AMBIGUOUS = 0.55
"""Confidence of a surname that several people of the article have."""

_EDGES = " :;,،؛"  # that may stand at the ends of how an article spells a name
_FOREMOST = 2  # times that one of them is named more often than the next


class Voice(NamedTuple):
    """A speaker of an article. ``spelled`` are its names as keys of words, in its language.

    ``vague`` says that nothing tells what sort of voice it is. ``confidence`` is how sure it is,
    in [0, 1], that the words at hand mean this voice.
    """

    speaker: Speaker
    gender: Gender | None = None
    plural: bool = False
    spelled: frozenset[tuple[str, ...]] = frozenset()
    roles: tuple[Role, ...] = ()
    noun: str | None = None
    vague: bool = False
    confidence: float = 1.0

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


class Sighting(NamedTuple):
    """A voice at a place of the article, ``[start, end)`` in code points.

    ``confidence`` is how sure it is that this voice is meant there.
    """

    voice: Voice
    start: int
    end: int
    sentence: int
    subject: bool
    source: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Office:
    """A title that the article gave to a person; ``of`` are names of what it belongs to.

    ``words`` are the keys of all words that gave it ("Vermont" in "the Vermont senator").
    """

    title: str
    of: frozenset[str]
    voice: Voice
    start: int
    former: bool
    words: frozenset[str] = frozenset()


@dataclass
class DiscourseState:
    """What an article has said so far about who is who, in text order.

    ``introduced`` are people whose full names stand anywhere in the article, cited or not;
    ``issued`` are those whose documents were cited, with the place; ``spokespersons`` those
    who have no name, with theirs;
    ``bodies`` are those named in more than one word, by the keys of these, with the first place;
    ``stands`` has the names of those whom spokespersons speak for, by the identifier of the latter.
    """

    sightings: list[Sighting] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    genders: dict[str, Gender] = field(default_factory=dict)
    introduced: dict[str, Voice] = field(default_factory=dict)
    bodies: dict[tuple[str, ...], tuple[int, Voice]] = field(default_factory=dict)
    issued: list[tuple[int, Voice]] = field(default_factory=list)
    spokespersons: list[tuple[int, Voice]] = field(default_factory=list)
    stands: dict[str, str] = field(default_factory=dict)
    _heard: set[str] = field(default_factory=set)  # words of names that were seen

    def agrees(self, voice: Voice, gender: Gender | None) -> bool:
        """Whether nothing known or learnt of a voice speaks against the gender."""
        known = self.gender(voice)
        return gender is None or known is None or gender == known

    def gender(self, voice: Voice) -> Gender | None:
        """The gender of a voice: known, or learnt from a pronoun or title."""
        return voice.gender or self.genders.get(voice.speaker.speaker_id)

    def learn(self, voice: Voice, gender: Gender | None) -> None:
        """Keep the gender that a pronoun or title gave to a voice."""
        if gender is not None and voice.gender is None:
            self.genders.setdefault(voice.speaker.speaker_id, gender)

    def see(self, sighting: Sighting) -> None:
        """Add a sighting at its place."""
        voice = sighting.voice
        if voice.confidence < 1:
            # What is unsure is this place, not the voice.
            sure = voice._replace(confidence=1.0)
            sighting = sighting._replace(voice=sure, confidence=voice.confidence)
        insort(self.sightings, sighting, key=_place)
        self._heard.update(*voice.spelled)

    def heard(self, word: Word) -> bool:
        """Whether a name that was seen has this word in it."""
        return bool(self._heard) and key(word.text).casefold() in self._heard

    def before(self, place: int) -> list[Sighting]:
        """Sightings that begin before a place of the article, in text order."""
        return self.sightings[: bisect_left(self.sightings, place, key=_place)]

    def people(self, place: int | None = None) -> list[Voice]:
        """Distinct persons, first seen first; with ``place`` those seen before it."""
        seen = self.sightings if place is None else self.before(place)
        return list({s.voice.speaker.speaker_id: s.voice for s in seen if s.voice.spelled}.values())

    def short(
        self,
        words: Sequence[Word],
        place: int,
        gender: Gender | None,
        *,
        introduced: bool = True,
    ) -> Voice | None:
        """The person of the article whose name has these words in it.

        Those seen before ``place`` come first, then those of the whole article, then those who
        are only ``introduced``. Where several fit it is the one who is named most, and unsure;
        where two are named as often it is nobody: two people are never one because they share a
        surname.
        """
        short = tuple(made for word in words if (made := key(word.text).casefold()))
        if not short or (not introduced and short[0] not in self._heard):
            return None
        known = list(self.introduced.values()) if introduced else []
        for people in (self.people(place), self.people(), known):
            fits = [voice for voice in people if voice.called(short) and self.agrees(voice, gender)]
            full = [
                voice for voice in fits if any(len(name) > len(short) for name in voice.spelled)
            ]
            fits = full or fits
            if len(fits) == 1:
                return fits[0]
            if fits:
                return self._foremost(fits)
        return None

    def body(self, short: tuple[str, ...], place: int) -> Voice | None:
        """The one body named before a place whose name ends with these keys of words: "the Times"
        after "the Tampa Bay Times"."""
        ends = {
            voice.speaker.speaker_id: voice
            for name, (start, voice) in self.bodies.items()
            if start < place and len(name) > len(short) and name[-len(short) :] == short
        }
        return next(iter(ends.values())) if short and len(ends) == 1 else None

    def holders(self, title: str, place: int) -> list[Voice]:
        """Whoever has an office: by the article's words so far, else those of its people who are
        known to have had it at one time."""
        told = [each.voice for each in self.offices if each.title == title and each.start < place]
        people = self.people(place)
        known = [
            voice
            for voice in people
            if any(other is not voice and _at_one_time(voice, other, title) for other in people)
        ]
        return list({voice.speaker.speaker_id: voice for voice in told or known}.values())

    def _foremost(self, fits: Sequence[Voice]) -> Voice | None:
        counts = Counter(seen.voice.speaker.speaker_id for seen in self.sightings)
        ranked = sorted(fits, key=lambda voice: -counts[voice.speaker.speaker_id])
        first, second = (counts[voice.speaker.speaker_id] for voice in ranked[:2])
        return ranked[0]._replace(confidence=AMBIGUOUS) if first >= _FOREMOST * second else None


def _at_one_time(one: Voice, other: Voice, title: str) -> bool:
    return any(
        mine.title == theirs.title == title and mine.meets(theirs)
        for mine in one.roles
        for theirs in other.roles
    )


def _place(sighting: Sighting) -> int:
    return sighting.start


def of_entry(entry: Entry, language: str, confidence: float = 1.0) -> Voice:
    """The voice of an entry of the gazetteer."""
    person = entry.kind is SpeakerKind.PERSON
    return Voice(
        speaker=entry.speaker,
        gender=entry.gender,
        plural=entry.kind is SpeakerKind.GROUP,
        spelled=entry.spelled.get(language, frozenset()) if person else frozenset(),
        roles=entry.roles,
        confidence=confidence,
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
    members: tuple[Speaker, ...] = (),
    vague: bool = False,
    confidence: float = 1.0,
    called: str | None = None,
) -> Voice:
    """A voice that the gazetteer does not have.

    ``called`` is what it is called in English, where that is not the name as it is spelled, by
    which it is known again.
    ``seen`` is how the article spells it (default: the name). ``article_id`` is given where the
    voice is described rather than named, or named by a surname alone: it is then never the same
    as one of another article.
    """
    spelled = frozenset({tuple(token.casefold() for token in tokens(name))})
    return Voice(
        speaker=Speaker(
            speaker_id=speaker_id(kind, name, article_id),
            name=called or name,
            kind=kind,
            names={language: ((seen or name).strip(_EDGES) or name,)},
            speaks_for=speaks_for,
            members=members,
        ),
        gender=gender,
        plural=plural,
        spelled=spelled if person else frozenset(),
        noun=noun,
        vague=vague,
        confidence=confidence,
    )
