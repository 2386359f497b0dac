"""English for voices that are only described: طبی ماہرین is "medical experts"."""

from __future__ import annotations

from collections.abc import Sequence

from claims.model import SpeakerKind
from claims.speakers.gazetteer import Entry
from claims.speakers.latin_names import LatinNames
from claims.speakers.mentions import MentionData, Noun, Title
from claims.speakers.names import key
from claims.speakers.segments import Piece, Segment

_KNOWN = 0.9  # confidence from which a word of a body's name is taken in Latin letters
_LONGEST = 3  # pieces that are one word of the list
_SILENT = (Piece.SKIPPED, Piece.IGNORED, Piece.HONORIFIC, Piece.COMMA)


class Descriptions:
    """Puts descriptions into English with one language's ``english`` list."""

    def __init__(self, data: MentionData, latin: LatinNames) -> None:
        self._data = data
        self._latin = latin

    def english(self, segments: Sequence[Segment]) -> str:
        """What a noun phrase says, its parts before its head; empty where a word of the part that
        has the head is not known, or the language lists none.

        Clauses go, and so does a part whose words are not all known, with those before it.
        """
        if not self._data.english:
            return ""
        told: list[str] = []
        for part in reversed(self._parts(segments)):
            words = self._words(part)
            if words is None or (not words and not told):
                break
            told = [*words, *told]
        return " ".join(told)

    def _parts(self, segments: Sequence[Segment]) -> list[list[Segment]]:
        """The pieces between case markers; what stands before any other marker is a clause."""
        parts: list[list[Segment]] = [[]]
        for segment in segments:
            if segment.piece is not Piece.AFTER:
                parts[-1].append(segment)
            elif self._data.has("genitives", segment.text):
                parts.append([])
            else:
                parts = [[]]
        return [part for part in parts if part]

    def _words(self, part: Sequence[Segment]) -> list[str] | None:
        """The English of a part, its head last; None where a word is not known."""
        first, *rest = part
        if _heads(first) and rest and not any(s.piece is Piece.CONJUNCTION for s in rest):
            last = rest[-1]
            if not _heads(last):
                part = [*rest, first]  # "experts (of) agriculture"
        words: list[str] = []
        at = 0
        while at < len(part):
            size, word = self._longest(part, at)
            if word is None:
                return None
            if word:
                words.append(word)
            at += size
        while words and words[0] == "and":
            words.pop(0)
        return words

    def _longest(self, part: Sequence[Segment], at: int) -> tuple[int, str | None]:
        """The English of what stands at a place, and how many pieces that takes."""
        for size in range(min(_LONGEST, len(part) - at), 1, -1):
            run = key("".join(segment.text for segment in part[at : at + size]))
            if run in self._data.english_of:
                return size, self._data.english_of[run]
        return 1, self._word(part[at])

    def _word(self, segment: Segment) -> str | None:
        value = segment.value
        listed = self._data.english_of.get(key(segment.text))
        if listed is not None:
            return listed
        if isinstance(value, Entry):
            return value.adjective or value.name
        if isinstance(value, Noun):
            return value.name
        if isinstance(value, Title):
            return value.title if value.title.isascii() else None
        if segment.piece is Piece.CONJUNCTION:
            return "and"
        if segment.piece in _SILENT:
            return ""
        if segment.text.isascii():
            return segment.text
        latin = self._latin.body(segment.text)
        return latin.text if latin.confidence >= _KNOWN else None


def _heads(segment: Segment) -> bool:
    """Whether a piece is a noun for several people or for documents, which may be a head."""
    noun = segment.value
    return isinstance(noun, Noun) and (noun.plural or noun.kind is SpeakerKind.DOCUMENT)
