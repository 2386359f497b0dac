"""What an office, a body or a spokesperson belongs to, by the words that qualify it."""

from __future__ import annotations

from collections.abc import Callable

from claims.speakers.phrase import NounPhrase
from claims.speakers.voices import Voice


class Owners:
    """Reads what qualifies a phrase; ``resolve`` gives the voice that a phrase means."""

    def __init__(self, resolve: Callable[[NounPhrase], Voice | None]) -> None:
        self._resolve = resolve

    def bodies(self, phrase: NounPhrase) -> frozenset[str]:
        """Names of what an office belongs to, with the states that those speak for.

        A body with a name of its own is not its state: not "the Russian football federation".
        """
        found: set[str] = set()
        for each in phrase.of:
            body = self._body(each)
            if body is not None:
                found.add(body.speaker.name)
                if body.speaker.speaks_for is not None and (each.entry or each.plain):
                    found.add(body.speaker.speaks_for)
        return frozenset(found)

    def owner(self, phrase: NounPhrase) -> str | None:
        """The name of the one state or body that a phrase belongs to."""
        if len(phrase.of) != 1 or not (phrase.of[0].entry or phrase.of[0].of):
            return None
        body = self._body(phrase.of[0])
        return body.speaker.name if body is not None else None

    def _body(self, phrase: NounPhrase) -> Voice | None:
        return self._resolve(phrase) if phrase.entry or phrase.noun else None

    def adjective(self, phrase: NounPhrase) -> str | None:
        """What a composed name begins with: "US" in "US officials"."""
        if phrase.entry is not None:
            return phrase.entry.adjective or phrase.entry.name
        body = self._body(phrase)
        return body.speaker.name if body is not None else None

    def stands_for(self, phrase: NounPhrase) -> str | None:
        """The name of whom a spokesperson speaks for."""
        body = self._resolve(phrase.behalf) if phrase.behalf is not None else None
        if body is not None:
            return body.speaker.name
        if len(phrase.of) != 1:
            return None
        return self.owner(phrase) or (
            known.speaker.name
            if (known := self._body(phrase.of[0])) is not None and phrase.of[0].noun is not None
            else None
        )
