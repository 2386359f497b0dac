"""Words grouped into the pieces that noun phrases for speakers are made of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import NamedTuple

from claims.model import Document, Spans, Word
from claims.speakers.gazetteer import Entry, Gazetteer
from claims.speakers.glued import GluedWords
from claims.speakers.mentions import Honorific, MentionData, Noun, Title
from claims.speakers.names import key, lookups

_ABBREVIATION = 3  # letters
_BODY_OF_LETTERS = 3  # letters' names after a title of such names that are another abbreviation
_LONGEST = 6  # words that one title or noun may have
_BRACKETS = {"(": ")", "[": "]"}
_HYPHENS = frozenset("-‐‑")
_REMEMBERED = 1 << 16  # words
COMMAS = frozenset("،,;؛–—")


class Piece(Enum):
    """What a run of words is."""

    ENTRY = auto()
    TITLE = auto()
    NOUN = auto()
    DEMONYM = auto()
    HONORIFIC = auto()
    CONJUNCTION = auto()
    AFTER = auto()  # the head follows
    BEFORE = auto()  # the head precedes
    COMMA = auto()
    IGNORED = auto()
    SKIPPED = auto()
    WORD = auto()


_LISTS = (
    ("conjunctions", Piece.CONJUNCTION),
    ("head_after", Piece.AFTER),
    ("head_before", Piece.BEFORE),
    ("skipped", Piece.SKIPPED),
    ("ignored", Piece.IGNORED),
)
"""Lists of words of a language, and the piece that a word of each is; the first counts."""


class Segment(NamedTuple):
    """A run of words that is one piece; ``value`` is what it stands for, where it is known."""

    piece: Piece
    words: tuple[Word, ...]
    value: Entry | Title | Noun | Honorific | None = None

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class _Alone:
    """A word by itself: its key in lower case and what it is, unless it ``begins`` something that
    may be longer; ``named`` says that it is a title, noun or honorific."""

    key: str
    begins: bool
    named: bool
    initial: bool
    letter: bool
    piece: Piece | None
    value: Entry | Title | Noun | Honorific | None


_CALLS = (Piece.TITLE, Piece.HONORIFIC)

QUALIFIERS = (Piece.ENTRY, Piece.DEMONYM)
"""Pieces that say to what state or body a title or noun belongs."""


def words_of(segments: Sequence[Segment]) -> tuple[Word, ...]:
    """The words of some segments, in order."""
    return tuple(word for segment in segments for word in segment.words)


class Segmenter:
    """Cuts words into segments with one language's data."""

    def __init__(self, gazetteer: Gazetteer, data: MentionData, language: str) -> None:
        self.gazetteer = gazetteer
        self.data = data
        self.language = language
        self._demonyms = gazetteer.demonyms(language)
        self.knows = gazetteer.latin.knows
        self._alone = lru_cache(maxsize=_REMEMBERED)(self._read_alone)
        self._glued = GluedWords(data, self._known)

    def _known(self, word: str) -> bool:
        """Whether a word is one of people's names, or a known name by itself."""
        return self.knows(word) or self.gazetteer.find(word, self.language) is not None

    def parted(self, words: Sequence[Word]) -> Sequence[Word]:
        """The words, those that were typed without the space between them as two."""
        return self._glued.parted(words)

    def cut(self, words: Sequence[Word]) -> list[Segment]:
        """The segments in order, the longest piece at each place; brackets and marks go."""
        words = self._glued.parted(words)
        kept, texts = words, [word.text for word in words]
        if not _BRACKETS.keys().isdisjoint(texts):
            kept = list(_unbracketed(words))
            texts = [word.text for word in kept]
        entries = {
            start: (end, entry)
            for start, end, entry in self.gazetteer.mentions(texts, self.language)
        }
        hyphens = not _HYPHENS.isdisjoint(texts)
        segments: list[Segment] = []
        at = 0
        while at < len(texts):
            alone = self._alone(texts[at])
            if (hyphens and _hyphened(kept, at)) or alone.initial:
                # "African-Americans" are no Americans of Africa, nor is the "A." of a name "a".
                segments.append(Segment(Piece.WORD, (kept[at],)))
                at += 1
                continue
            end, piece, value = at + 1, alone.piece, alone.value
            if alone.begins:
                end, piece, value = self._longest(texts, at, alone)
            letters = self._letters(texts, at, entries) if alone.letter else at
            if letters > end and not (value is not None and letters - end >= _BODY_OF_LETTERS):
                segments += [Segment(Piece.WORD, (word,)) for word in kept[at:letters]]
                at = letters
                continue
            if at in entries and entries[at][0] >= end:
                end, piece, value = entries[at][0], Piece.ENTRY, entries[at][1]
            if piece in _CALLS and end == at + 1 and self._surname(kept[at], segments):
                piece, value = Piece.WORD, None
            if piece is not None:
                segments.append(Segment(piece, tuple(kept[at:end]), value))
            at = end
        return segments

    def _surname(self, word: Word, before: Sequence[Segment]) -> bool:
        """Whether a title or polite word ends somebody's name: "Larry King", عمران شاہ."""
        if not before or before[-1].piece is not Piece.WORD:
            return False
        if not self.data.has("surnames_too", word.text):
            return False
        given = before[-1].words[0]
        if word.start - given.end > 1:
            return False
        if word.text.isascii():
            return word.text[:1].isupper() and key(given.text) in self.data.gender_of
        return self.knows(given.text)

    def _read_alone(self, text: str) -> _Alone:
        made = key(text).casefold()
        begins = not made or made in self.data.beginnings or made in self._openings
        named = self._named(text) if made in self.data.beginnings else None
        return _Alone(
            made,
            begins,
            named is not None,
            _initial(text),
            self.data.has("letters", text),
            *(named or self._one(text)),
        )

    @cached_property
    def _openings(self) -> frozenset[str]:
        """Every beginning of a demonym."""
        return frozenset(k[:n] for k in self._demonyms for n in range(1, len(k)))

    def _letters(
        self, words: Sequence[str], at: int, entries: Mapping[int, tuple[int, Entry]]
    ) -> int:
        """Where an abbreviation ends that is read out letter by letter and is nobody known:
        "ایم ڈی اے" is no "ایم ڈی". The place itself where none begins."""
        end = at
        if at > 0 and self.data.has("head_after", words[at]):
            return at  # "Google کے سی ای او": a case marker, though it is a letter's name too
        while end < len(words) and end not in entries and self._alone(words[end]).letter:
            end += 1
        known = end < len(words) and end in entries
        while at < end < len(words) and self.data.has("head_after", words[end - 1]):
            end -= 1  # the case marker after it
        return end if end - at >= _ABBREVIATION and not known else at

    def _longest(
        self, words: Sequence[str], at: int, alone: _Alone
    ) -> tuple[int, Piece | None, Entry | Title | Noun | Honorific | None]:
        """What begins with the word ``at``, and where it ends."""
        for end in range(self._reach(words, at, alone), at + 1, -1):
            named = self._named("".join(words[at:end]))
            if named is not None:
                return end, *named
        if not alone.named and self._demonym(words[at : at + 2]):
            run = "".join(words[at : at + 2])
            entry = self.gazetteer.demonym(run, self.language)
            if entry is not None and not run.islower():
                return at + 2, Piece.DEMONYM, entry
        return at + 1, alone.piece, alone.value

    def _named(self, run: str) -> tuple[Piece, Title | Noun | Honorific | None] | None:
        """The title, noun, honorific or quantity that words are, written without spaces."""
        for made in lookups(run):
            if made in self.data.title_of:
                return Piece.TITLE, self.data.title_of[made]
            if made in self.data.noun_of:
                return Piece.NOUN, self.data.noun_of[made]
            if made in self.data.honorific_of:
                return Piece.HONORIFIC, self.data.honorific_of[made]
            if made in self.data.quantities:
                return Piece.IGNORED, None
        return None

    def _one(self, text: str) -> tuple[Piece | None, Entry | None]:
        """What a word is by itself, where it is no title or noun."""
        entry = self.gazetteer.demonym(text, self.language)
        if entry is not None and not text.islower():
            return Piece.DEMONYM, entry
        if text in COMMAS:
            return Piece.COMMA, None
        listed = self.data.lists_of(text)
        for name, piece in _LISTS if listed else ():
            if name in listed:
                return piece, None
        named = any(character.isalnum() for character in text)
        return Piece.WORD if named else None, None

    def _demonym(self, words: Sequence[str]) -> bool:
        """Whether words together may be a demonym; key by key, as most are known already."""
        return "".join([self._alone(word).key for word in words]) in self._demonyms

    def _reach(self, words: Sequence[str], at: int, alone: _Alone) -> int:
        """The word before which every title or noun that begins at ``at`` ends."""
        joined, last = alone.key, min(len(words), at + _LONGEST)
        if joined not in self.data.beginnings:
            return at
        for end in range(at + 1, last):
            made = self._alone(words[end]).key
            joined += made
            if not made or joined not in self.data.beginnings:
                return end
        return last


class DocumentWords:
    """The words of a document by their place in the article."""

    def __init__(self, document: Document) -> None:
        self._text = document.article.text
        self._all = [
            (word, sentence.index) for sentence in document.sentences for word in sentence.words
        ]
        self._ends = [word.end for word, _ in self._all]

    def sentence(self, place: int) -> int:
        """The index of the sentence that the code point ``place`` is in, or the next one's."""
        at = bisect_left(self._ends, place + 1)
        return self._all[min(at, len(self._all) - 1)][1] if self._all else 0

    def before(self, place: int) -> list[Word]:
        """The words of the sentence that a place is in which end before it."""
        sentence = self.sentence(place)
        at = bisect_left(self._ends, place + 1)
        first = at
        while first > 0 and self._all[first - 1][1] == sentence:
            first -= 1
        return [word for word, _ in self._all[first:at]]

    def within(self, spans: Spans) -> list[Word]:
        """The words of some spans; of a word that sticks out of its span only the part inside."""
        found: list[Word] = []
        for span in spans:
            at = bisect_left(self._ends, span.start + 1)
            while at < len(self._all) and self._all[at][0].start < span.end:
                word = self._all[at][0]
                start, end = max(word.start, span.start), min(word.end, span.end)
                if (start, end) != (word.start, word.end):
                    part = self._text[start:end]
                    word = word.model_copy(update={"text": part, "start": start, "end": end})
                found.append(word)
                at += 1
        return found


def _initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _hyphened(words: Sequence[Word], at: int) -> bool:
    """Whether a word is joined to a neighbour by a hyphen that is a word of its own."""
    word = words[at]
    if not any(character.isalnum() for character in word.text):
        return False
    before = at > 1 and words[at - 1].text in _HYPHENS and words[at - 1].end == word.start
    after = (
        at + 2 < len(words) and words[at + 1].text in _HYPHENS and words[at + 1].start == word.end
    )
    return before or after


def _unbracketed(words: Sequence[Word]) -> Iterator[Word]:
    closing: str | None = None
    for word in words:
        if closing is None and word.text in _BRACKETS:
            closing = _BRACKETS[word.text]
        elif closing is None:
            yield word
        elif word.text == closing:
            closing = None
