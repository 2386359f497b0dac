"""Whether a reader would take two names in Latin letters for the same speaker's."""

from __future__ import annotations

from rapidfuzz import fuzz

from claims.speakers.gazetteer import Gazetteer
from claims.speakers.names import tokens
from claims.speakers.transliteration import Transliteration

NOBODY = "-"
"""What the gold says where nobody is named."""

ALIKE = 85
"""RapidFuzz's ratio from which two spellings are one name."""

_CONSONANTS = frozenset("bpdtkgjszSCZxlmnrf")
_SMALL = frozenset({"the", "a", "an", "some", "of", "and", "affairs"})
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "judge", "justice", "professor"})
_GENDERED = {"spokesman": "spokesperson", "spokeswoman": "spokesperson"}
_SURE = "?"  # after a name that is not sure


class Agreement:
    """Compares names as a reader of English news would."""

    def __init__(self, gazetteer: Gazetteer, transliteration: Transliteration) -> None:
        self._gazetteer = gazetteer
        self._transliteration = transliteration

    def agrees(self, said: str | None, wanted: str) -> bool:
        """Whether ``said`` is who is ``wanted``; ``NOBODY`` agrees with no name at all.

        Names agree that are nearly spelled alike, have the same consonants in the same order or
        are names of one entry of the gazetteer; so do those of which a part is another name of the
        same ("US" and "American", "PIA" in full) or that say "of" for the order of words.
        Articles, determiners, titles and a mark of doubt count for nothing.
        """
        if said is None or wanted == NOBODY:
            return (said or NOBODY) == wanted
        left, right = self._plain(said), self._plain(wanted)
        if not left or not right:
            return False
        if fuzz.token_sort_ratio(left, right) >= ALIKE or self._entry(said, wanted):
            return True
        consonants = self._consonants(left)
        return bool(consonants) and consonants == self._consonants(right)

    def _entry(self, said: str, wanted: str) -> bool:
        one, other = (self._gazetteer.find(name.rstrip(_SURE), "en") for name in (said, wanted))
        return one is not None and one is other

    def _consonants(self, name: str) -> tuple[str, ...]:
        heard = self._transliteration.hear(name)
        if heard is None or heard.script != "LATIN":
            return ()
        return tuple(sound for sound in heard.joined if sound in _CONSONANTS)

    def _plain(self, name: str) -> str:
        """The words that count, in small letters; demonyms as what they stand for."""
        words = name.rstrip(_SURE).split()
        states = dict(self._gazetteer.adjectives(words, "en"))
        kept = [states[at].name if at in states else word for at, word in enumerate(words)]
        for start, end, entry in reversed(self._gazetteer.mentions(kept, "en")):
            kept[start:end] = [entry.name]
        told = [made for word in kept for made in tokens(word.casefold())]
        told = [_GENDERED.get(word, word) for word in told]
        said = [word for word in told if word not in _SMALL and word not in _TITLES]
        return " ".join(said or told)
