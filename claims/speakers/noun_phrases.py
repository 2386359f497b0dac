"""What a source's words say about who it is: pronoun, name, office, common noun or several."""

from __future__ import annotations

from collections.abc import Sequence

from claims.model import Word
from claims.speakers.descriptions import Descriptions
from claims.speakers.heads import Heads
from claims.speakers.mentions import Pronoun
from claims.speakers.names import key
from claims.speakers.phrase import NounPhrase
from claims.speakers.proper_names import continued
from claims.speakers.segments import QUALIFIERS, Piece, Segment, Segmenter, words_of

_EDGES = (Piece.SKIPPED, Piece.COMMA, Piece.CONJUNCTION, Piece.AFTER, Piece.BEFORE)

_PARTED = 2  # words that may be one
_VERBS = ("VERB", "AUX")
_BEGUN = 2  # words before a source that may begin a known name


class NounPhraseReader:
    """Reads noun phrases of one language."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self.data = self._data = segmenter.data
        self.knows = segmenter.knows
        self._descriptions = Descriptions(segmenter.data, segmenter.gazetteer.latin)
        self._heads = Heads(segmenter.data, segmenter.knows, self._phrase)

    def read(self, words: Sequence[Word]) -> NounPhrase | None:
        """What the words of a source say; None where there is no word."""
        given = tuple(self._segmenter.parted(words))
        whole = self.named(given)
        if whole is not None:
            return whole
        phrase = self._phrase(self._segmenter.cut(self._unclaused(given)))
        if phrase is None or not self._data.has("indefinite", given[0].text):
            return phrase
        return phrase._replace(indefinite=True)

    def named(self, words: tuple[Word, ...]) -> NounPhrase | None:
        """What words say that are a pronoun or a known name and nothing else; else None."""
        pronoun = self._pronoun(words)
        if pronoun is not None:
            return NounPhrase(words, pronoun=pronoun)
        text = " ".join([word.text for word in words])
        entry = self._segmenter.gazetteer.find(text, self._segmenter.language)
        if entry is not None and not text.islower():
            return NounPhrase(words, entry=entry, entry_words=words)
        return None

    def completed(self, before: Sequence[Word], words: Sequence[Word]) -> Sequence[Word]:
        """The words of a source with those before it that begin a known name which it ends:
        «کے الیکٹرک» of which a source has the second word."""
        for size in range(min(_BEGUN, len(before)), 0, -1):
            texts = [word.text for word in (*before[-size:], *words)]
            found = self._segmenter.gazetteer.mentions(texts, self._segmenter.language)
            if any(start == 0 and end > size for start, end, _ in found):
                return [*before[-size:], *words]
        return words

    def cut(self, words: Sequence[Word]) -> list[Segment]:
        """The segments of some words."""
        return self._segmenter.cut(words)

    def marks_subject(self, word: str) -> bool:
        """Whether a word after a noun phrase shows that it is the subject."""
        return self._data.has("subject_markers", word)

    def epithet(self, words: Sequence[Word]) -> bool:
        """Whether words are a definite phrase for somebody known: "the Wisconsin Republican"."""
        definite = self._data.has("definite", words[0].text)
        return definite and self._data.has("epithets", words[-1].text)

    def _unclaused(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The words without the relative clause at their end: it tells more of somebody who has
        been named. A clause has a verb, or the source ends where it begins."""
        for at, word in enumerate(words[1:], 1):
            pronoun = self._data.pronoun_of.get(key(word.text))
            if pronoun is None or pronoun.role != "relative":
                continue
            rest = words[at + 1 :]
            if not rest or any(each.upos in _VERBS for each in rest):
                return words[:at]
        return words

    def _pronoun(self, words: Sequence[Word]) -> Pronoun | None:
        if len(words) == _PARTED:
            # typed with a space inside
            joined = self._data.pronoun_of.get(key(words[0].text + words[1].text))
            if joined is not None and not self._data.has("skipped", words[1].text):
                return joined
        found: Pronoun | None = None
        for word in words:
            pronoun = self._data.pronoun_of.get(key(word.text))
            if pronoun is not None:
                found = found or pronoun
            elif key(word.text) and not self._data.has("skipped", word.text):
                return None
        return found

    def _phrase(self, segments: Sequence[Segment]) -> NounPhrase | None:
        segments = _trimmed(segments)
        if not segments:
            return None
        chunks = _split(segments, Piece.COMMA)
        if len(chunks) > 1:
            return self._listed(segments, chunks)
        parts = _split(segments, Piece.CONJUNCTION)
        if len(parts) > 1:
            return self._coordinated(segments, parts)
        return self._simple(segments)

    def _listed(
        self, segments: Sequence[Segment], chunks: Sequence[list[Segment]]
    ) -> NounPhrase | None:
        """Commas: a list where all parts are names and one is joined by "and", else appositions."""
        if any(segment.piece is Piece.CONJUNCTION for segment in segments):
            parts = [part for chunk in chunks for part in _split(chunk, Piece.CONJUNCTION)]
            members = [phrase for part in parts if (phrase := self._simple(part)) is not None]
            if all(member.entry or member.name for member in members):
                return NounPhrase(words_of(segments), members=tuple(members))
        first = self._phrase(chunks[0])
        for chunk in chunks[1:]:
            other = self._phrase(chunk)
            if first is None or (not first.person and other is not None and other.person):
                first, other = other, first
            if first is not None and other is not None and first.person and not first.title:
                first = _with_title(first, other)
        return first

    def _coordinated(
        self, segments: Sequence[Segment], parts: Sequence[list[Segment]]
    ) -> NounPhrase | None:
        left, last = parts[0], self._simple(parts[-1])
        if last is None:
            return self._simple(left)
        if _shares_head(parts, last):
            return self._simple([s for s in segments if s.piece is not Piece.CONJUNCTION])
        if len(parts) == 2 and _same_person(self._simple(left), last):
            return last
        if last.person and last.title and self._qualifies(left, parts[-1]):
            return last
        members = [phrase for part in parts if (phrase := self._phrase(part)) is not None]
        if len(members) == 1:
            return members[0]
        if all(member.clear for member in members):
            return NounPhrase(words_of(segments), members=tuple(members))
        english = self._descriptions.english(segments)
        return NounPhrase(words_of(segments), plain=False, english=english)

    def _qualifies(self, left: Sequence[Segment], right: Sequence[Segment]) -> bool:
        """Whether a part before a conjunction and the first words after it say together of what
        somebody is something: "the East and Africa's manager Jane Doe"."""
        owned = any(s.piece is Piece.AFTER for s in right)
        return owned and all(
            s.piece is Piece.IGNORED
            or s.piece is Piece.AFTER
            or (s.piece is Piece.WORD and not self.knows(s.text))
            for s in _since(left, Piece.AFTER)
        )

    def _simple(self, segments: Sequence[Segment]) -> NounPhrase | None:
        """A phrase with one head. What stands on the other side of a marker qualifies it."""
        phrase = self._headed(segments)
        if phrase is None or phrase.entry or phrase.name or phrase.pronoun:
            return phrase
        return phrase._replace(english=self._descriptions.english(segments))

    def _headed(self, segments: Sequence[Segment]) -> NounPhrase | None:
        segments = _trimmed(segments)
        head, rest = list(segments), list[Segment]()
        for at, segment in enumerate(segments):
            if segment.piece is Piece.BEFORE and at > 0:
                body = continued(segments, at)
                if body is not None:
                    return body
                head, rest = list(segments[:at]), list(segments[at + 1 :])
                break
        for at in range(len(head) - 2, 0, -1):
            if head[at].piece is Piece.AFTER:
                bearer = head[at + 1 :]
                if self._data.has("naming", head[at].text) and not rest:
                    named = self._heads.bearing(_trimmed(head[:at]), bearer)
                    if named is not None:
                        return named
                rest = head[:at] + rest
                head = head[at + 1 :]
                break
        head = _trimmed(head)
        return self._heads.read(words_of(segments), head, rest) if head else None


def _shares_head(parts: Sequence[list[Segment]], last: NounPhrase) -> bool:
    """Whether the parts share one noun: "US and Russian officials", "officials of A and B"."""
    left, right = parts[0], parts[-1]
    if any(s.piece is Piece.BEFORE for s in left) and not last.person:
        return True
    if last.person or not (last.noun or last.title):
        return False
    if any(s.piece not in (*QUALIFIERS, Piece.IGNORED) for part in parts[:-1] for s in part):
        return False
    adjectives = all(s.piece in (Piece.DEMONYM, Piece.IGNORED) for s in left)
    return adjectives or any(s.piece is Piece.AFTER for s in right)


def _same_person(first: NounPhrase | None, last: NounPhrase) -> bool:
    """Whether two joined parts are one person with two offices, of whom the last has the name."""
    if first is None or first.title is None or first.person or not last.person:
        return False
    if last.entry is not None:
        return any(role.title == first.title.title for role in last.entry.roles)
    return last.title is not None


def _with_title(person: NounPhrase, other: NounPhrase) -> NounPhrase:
    """A named person with the office that an apposition gives: "Peskov, the Kremlin spokesman"."""
    if other.title is None or other.person:
        return person
    gender = person.gender or other.gender
    return person._replace(
        title=other.title, of=other.of, gender=gender, former=other.former, behalf=other.behalf
    )


def _since(segments: Sequence[Segment], piece: Piece) -> Sequence[Segment]:
    """The segments after the last of a piece."""
    last = max((at for at, s in enumerate(segments) if s.piece is piece), default=-1)
    return segments[last + 1 :]


def _trimmed(segments: Sequence[Segment]) -> list[Segment]:
    start, end = 0, len(segments)
    while start < end and segments[start].piece in _EDGES:
        start += 1
    while end > start and segments[end - 1].piece in _EDGES:
        end -= 1
    return list(segments[start:end])


def _split(segments: Sequence[Segment], piece: Piece) -> list[list[Segment]]:
    parts: list[list[Segment]] = [[]]
    for segment in segments:
        if segment.piece is piece:
            parts.append([])
        else:
            parts[-1].append(segment)
    return [part for part in parts if _trimmed(part)]
