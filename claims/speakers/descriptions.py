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
_NAMED = 0.3  # the same of a name that tells whose or of what somebody is
_ACRONYM = 3  # letters' names that are an abbreviation
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
        parts = self._parts(segments)
        named = bool(parts) and self._calls(parts[-1][-1])
        for part in reversed(parts):
            words = self._words(part, _NAMED if named else _KNOWN)
            if words is None or (not words and not told):
                break
            told = [*words, *told]
        return " ".join(told)

    def _calls(self, head: Segment) -> bool:
        """Whether a head says what somebody is, and is no name."""
        listed = key(head.text) in self._data.english_of
        return listed or isinstance(head.value, Noun | Title)

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

    def _words(self, part: Sequence[Segment], sure: float) -> list[str] | None:
        """The English of a part, its head last; None where a word is not known. Names are written
        in Latin letters from the confidence ``sure``."""
        first, *rest = part
        if _heads(first) and rest and not any(s.piece is Piece.CONJUNCTION for s in rest):
            last = rest[-1]
            if not _heads(last):
                part = [*rest, first]  # "experts (of) agriculture"
        words: list[str] = []
        at = 0
        while at < len(part):
            size, word = self._longest(part, at, sure)
            if word is None:
                return None
            if word:
                words.append(word)
            at += size
        while words and words[0] == "and":
            words.pop(0)
        return words

    def _longest(self, part: Sequence[Segment], at: int, sure: float) -> tuple[int, str | None]:
        """The English of what stands at a place, and how many pieces that takes."""
        end = at
        while end < len(part) and self._data.has("letters", part[end].text):
            end += 1
        if end - at >= _ACRONYM:
            return end - at, self._latin.body(" ".join(s.text for s in part[at:end])).text
        for size in range(min(_LONGEST, len(part) - at), 1, -1):
            run = key("".join(segment.text for segment in part[at : at + size]))
            if run in self._data.english_of:
                return size, self._data.english_of[run]
        return 1, self._word(part[at], sure)

    def _word(self, segment: Segment, sure: float) -> str | None:
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
        least = sure if _name(segment) else _KNOWN
        return latin.text if latin.confidence >= least else None


def _name(segment: Segment) -> bool:
    """Whether a piece is a name that nobody has listed."""
    proper = all(word.upos == "PROPN" for word in segment.words)
    return segment.piece is Piece.WORD and proper


def _heads(segment: Segment) -> bool:
    """Whether a piece is a noun for several people or for documents, which may be a head."""
    noun = segment.value
    return isinstance(noun, Noun) and (noun.plural or noun.kind is SpeakerKind.DOCUMENT)
