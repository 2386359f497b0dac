"""Links made by sound: people who are new to those who are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from claims.model import Speaker, SpeakerKind
from claims.resolver.clusters import Known, Link
from claims.speakers.names import speaker_id, tokens
from claims.speakers.similar import AUTOMATIC, NameIndex
from claims.speakers.transliteration import Transliteration, in_latin

_FULL = 2  # words of a full name; a surname may be anybody's
_DIFFERENT = 0.5  # similarity below which a name contradicts a link


class NamedVoice(NamedTuple):
    """A voice by its name and its spellings, by language."""

    voice_id: str
    kind: SpeakerKind
    name: str
    spellings: Mapping[str, Sequence[str]]


class Linker:
    """Links the full names of people who are new to those of people it was told of.

    It knows nothing of a database: who stores voices tells it of them.
    """

    def __init__(self, transliteration: Transliteration) -> None:
        self._transliteration = transliteration
        self._index: NameIndex[str] = NameIndex(transliteration)
        self._voices: dict[str, tuple[str, ...]] = {}

    @property
    def compared(self) -> int:
        """Pairs of names that were compared so far."""
        return self._index.compared

    def know_only(self, people: Sequence[NamedVoice]) -> None:
        """Know these voices and nobody else."""
        for voice_id in self._voices.keys() - {person.voice_id for person in people}:
            self._forget(voice_id)
        for person in people:
            self._hear(person)

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
            self._hear(_named(voice))
        links: list[Link] = []
        moved: set[str] = set()
        for voice in new:
            names = self._hear(_named(voice))
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

    def _hear(self, voice: NamedVoice) -> tuple[str, ...]:
        """The full names of a voice, which are known from now on; none where it has none."""
        voice_id = voice.voice_id
        if not linkable(voice):
            return ()
        names = _full_names(voice.name, voice.spellings)
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


def linkable(voice: NamedVoice) -> bool:
    """Whether a voice can be the same in two articles: a person with a full name.

    Those who are only described, or named by a surname alone, belong to their article.
    """
    names = (voice.name, *_printed(voice.spellings))
    return voice.kind is SpeakerKind.PERSON and any(
        voice.voice_id == speaker_id(voice.kind, name)
        for name in names
        if len(tokens(name)) >= _FULL
    )


def _named(voice: Speaker) -> NamedVoice:
    return NamedVoice(voice.speaker_id, voice.kind, voice.name, voice.names)


def _full_names(name: str, spellings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The names of two words and more that somebody printed: one that was written in Latin letters
    here is no evidence."""
    printed = list(_printed(spellings))
    ours = printed and in_latin(name) and not any(map(in_latin, printed))
    names = dict.fromkeys(printed if ours else (name, *printed))
    return tuple(one for one in names if len(tokens(one)) >= _FULL)


def _printed(spellings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return (one for known in spellings.values() for one in known)
