"""What common nouns of an article mean: bodies that were named before, and whose a document is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from claims.model import SpeakerKind
from claims.speakers.gazetteer import Gazetteer
from claims.speakers.mentions import MentionData, Noun
from claims.speakers.names import key
from claims.speakers.phrase import NounPhrase
from claims.speakers.voices import DiscourseState, Voice

SAME_NOUN = 0.7
"""Confidence of "the ministry", after one was named."""

_ISSUED = 0.85  # whose report it is
_ISSUERS = (SpeakerKind.ORGANISATION, SpeakerKind.MEDIA, SpeakerKind.STATE, SpeakerKind.PERSON)


class CommonNouns:
    """Common nouns of one article."""

    def __init__(
        self, gazetteer: Gazetteer, data: MentionData, discourse: DiscourseState, language: str
    ) -> None:
        self._gazetteer, self._data = gazetteer, data
        self._discourse, self._language = discourse, language

    def issuer(
        self, phrase: NounPhrase, resolve: Callable[[NounPhrase], Voice | None]
    ) -> Voice | None:
        """Whose words a document gives: those of the one body that it belongs to, or that it came
        from when it was named before."""
        place = phrase.words[0].start
        bodies = [each for each in phrase.of if not (each.entry and each.demonym)]
        voice = resolve(bodies[-1]) if bodies else None
        if voice is not None and voice.kind in _ISSUERS:
            self._discourse.issued.append((place, voice))
            return voice._replace(confidence=min(voice.confidence, _ISSUED))
        if bodies or phrase.of or not phrase.plain or phrase.indefinite:
            return None
        known = [voice for at, voice in self._discourse.issued if at < place]
        return known[-1]._replace(confidence=SAME_NOUN) if known else None

    def means(self, voice: Voice, noun: Noun) -> bool:
        """Whether a noun may mean a voice that was spoken of: one that it was called, a known body
        of a sort that it is for or whose name ends with it (سٹیٹ بینک), or any body whose name
        tells nothing of its sort."""
        if voice.noun is not None:
            return voice.noun == noun.name or voice.noun in noun.sorts
        if voice.kind is not SpeakerKind.ORGANISATION:
            return False
        entry = self._gazetteer.named(voice.speaker.name)
        if entry is None:
            return bool(noun.sorts)  # an abbreviation, or "Peabody Energy"
        if entry.sort is not None and noun.sorts:
            return entry.sort in noun.sorts
        forms = {key(form).casefold() for form in noun.forms}
        lasts = {name[-1] for name in entry.spelled.get(self._language, ()) if name}
        if lasts & forms:
            return True
        return noun.any_body and not any(last in self._sorts for last in lasts)

    @cached_property
    def _sorts(self) -> frozenset[str]:
        """The keys of common nouns for bodies, which say of what sort a name's bearer is."""
        nouns = (noun for noun in self._data.nouns if noun.kind is SpeakerKind.ORGANISATION)
        return frozenset(key(form).casefold() for noun in nouns for form in noun.forms)
