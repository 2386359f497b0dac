"""Whoever holds an office: of those of the article who have one like it, and of the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claims.speakers.gazetteer import Gazetteer
from claims.speakers.phrase import NounPhrase
from claims.speakers.voices import DiscourseState, Voice, of_entry

_HELD = 0.85  # an office that the gazetteer gives to somebody, on the day or in the article
_TODAY = 0.5  # the same, where the day is not known
_LOOSE = 0.75  # the one person of the article with such an office
_LATER = 0.6  # the one person whom the article gives such an office, further on
_SEVERAL = 2


class Offices:
    """Finds the holder of an office that a phrase names, for one article."""

    def __init__(
        self, gazetteer: Gazetteer, discourse: DiscourseState, language: str, on: date | None
    ) -> None:
        self._gazetteer = gazetteer
        self._discourse = discourse
        self._language = language
        self._on = on

    def latest(
        self, title: str, place: int, carried: Sequence[Voice], phrase: NounPhrase
    ) -> Voice | None:
        """Of several who have an office, the one who was cited last: "the senator"."""
        known = [
            voice
            for voice in self._discourse.people(place)
            if self._discourse.agrees(voice, phrase.gender)
            and any(r.title == title and (r.held(self._on) or not self._on) for r in voice.roles)
        ]
        fits = {voice.speaker.speaker_id for voice in (*carried, *known)}
        seen = [s for s in self._discourse.before(place) if s.voice.speaker.speaker_id in fits]
        cited = [s for s in seen if s.source]
        if len(fits) < _SEVERAL or phrase.former or not cited:
            return None
        return cited[-1].voice._replace(confidence=_LOOSE)

    def later(self, phrase: NounPhrase, title: str) -> Voice | None:
        """Whoever alone the article gives an office that nobody had before it: "his attorney"
        above "Pagliano's attorney, Mark MacDougall"."""
        holders = {
            office.voice.speaker.speaker_id: office.voice
            for office in self._discourse.offices
            if office.title == title
            and office.start > phrase.words[-1].start
            and self._discourse.agrees(office.voice, phrase.gender)
        }
        if phrase.indefinite or len(holders) != 1:
            return None
        (voice,) = holders.values()
        return voice._replace(confidence=_LATER)

    def loose(self, phrase: NounPhrase, title: str, place: int) -> Voice | None:
        """Whoever alone has the office, where it is told with words that are no body we know:
        "the Vermont senator". Those whose own title had such a word come first."""
        offices = [
            office
            for office in self._discourse.offices
            if office.start < place
            and office.title == title
            and self._discourse.agrees(office.voice, phrase.gender)
        ]
        words = phrase.keys
        title_words = (
            frozenset.intersection(*(o.words for o in offices)) if offices else frozenset()
        )
        close = [office for office in offices if (words & office.words) - title_words]
        holders = {o.voice.speaker.speaker_id: o.voice for o in close or offices}
        if not close:
            holders |= {
                voice.speaker.speaker_id: voice
                for voice in self._discourse.people(place)
                if any(role.title == title and role.held(self._on) for role in voice.roles)
            }
        if len(holders) != 1:
            return None
        (voice,) = holders.values()
        return voice._replace(confidence=_LOOSE)

    def once(
        self, title: str, bodies: frozenset[str], place: int, phrase: NounPhrase
    ) -> Voice | None:
        """The one person of the article so far who held an office and does so no more."""
        held = [
            voice
            for voice in self._discourse.people(place)
            if self._discourse.agrees(voice, phrase.gender)
            and any(
                role.title == title
                and (not bodies or role.of in bodies)
                and not (role.held(self._on) and (self._on or role.until is None))
                for role in voice.roles
            )
        ]
        return held[0]._replace(confidence=_HELD) if len(held) == 1 else None

    def by_role(self, title: str, bodies: frozenset[str], place: int) -> Voice | None:
        seen = [
            voice
            for voice in self._discourse.people(place)
            if any(
                role.title == title and (not bodies or role.of in bodies) for role in voice.roles
            )
        ]
        holders = [
            entry
            for body in sorted(bodies)
            if (entry := self._gazetteer.holder(title, body, self._on)) is not None
        ]
        dated = self._on is not None
        current = None
        if len(holders) == 1:
            current = of_entry(holders[0], self._language, _HELD if dated else _TODAY)
        # Without a date the article's own people tell better than today's office holders.
        if len(seen) == 1 and (current is None or not dated):
            return seen[0]._replace(confidence=_HELD)
        return current
