"""Pronouns to voices, by kind, agreement, recency, syntactic role and continuity of quotation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from claims.model import Attribution, Document, Span, SpeakerKind, Word
from claims.speakers.mentions import Pronoun
from claims.speakers.voices import DiscourseState, Sighting, Voice

# Weights of a first version, set by reading; the ranking, not the value, matters.
_SENTENCE = -2.0  # each sentence further away
_SUBJECT = 1.5
_SOURCE = 1.0  # was cited before
_LAST_SOURCE = 0.7  # by the attribution just before
_EMBEDDED = -2.0  # stands inside what somebody else is cited for
_NUMBER = -1.0  # a plural for a singular form
_STRANGER = -0.4  # nothing is known of the gender that the pronoun asks for
_NAMELESS = -0.7  # "a reporter": somebody with no name
_VAGUE = -3.0  # "the truck story": nothing says that it can speak
_REACH = 4  # sentences
_ADJACENT = 3  # code points: a comma and a space
_CLOSING = 2  # code points of a sentence's end that a content may leave out

# Confidence of the likeliest voice.
_LEAST, _MOST = 0.6, 0.95
_ALONE = 3.0  # the lead of a voice that has no rival
_LEAD = 0.113  # for each point of the lead
_FAR = 0.1  # each sentence further away than the one before
_UNKNOWN_GENDER = 0.05
_NO_GENDER = 0.15  # "they", انہوں: nothing to agree with

# Relations that keep a word inside the noun phrase of its head.
_NOUNS = ("NOUN", "PROPN")
_DESCRIBES = ("amod", "acl", "acl:relcl")  # "familiar with …"
_INSIDE = ("det", "amod", "compound", "nummod", "flat", "fixed", "nmod")


class Pronouns:
    """Finds the voice that a pronoun of one document stands for."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        discourse: DiscourseState,
        speaks: Callable[[Word], bool],
    ) -> None:
        self._sentences = document.sentences
        self._contents = [(span, each) for each in attributions for span in each.content]
        self._covering: dict[int, list[Span]] = {}
        self._discourse = discourse
        cited = sorted(_begins(each) for each in attributions)
        # How many sentences up to each are wholly what a source is quoted for, or said by an "I".
        self._quoted = [0]
        spans = sorted({(span.start, span.end) for span, _ in self._contents})
        at = furthest = 0
        for sentence in document.sentences:
            while at < len(spans) and spans[at][0] <= sentence.start:
                furthest = max(furthest, spans[at][1] + _CLOSING)
                at += 1
            first = bisect_left(cited, sentence.start)
            new = first < len(cited) and cited[first] < sentence.end
            quoted = sentence.end <= furthest or (
                not new and any(speaks(word) for word in sentence.words)
            )
            self._quoted.append(self._quoted[-1] + quoted)

    def third(self, pronoun: Pronoun, word: Word, sentence: int) -> Voice | None:
        """The likeliest voice before a pronoun of the third person; None where none can be it."""
        ranked: dict[str, tuple[float, int, Sighting]] = {}
        earlier = self._discourse.before(word.start)
        last = next((s.voice for s in reversed(earlier) if s.source), None)
        nearest = bisect_left(earlier, self._furthest(sentence), key=_sentence)
        for seen in earlier[nearest:]:
            score = self._score(pronoun, word, sentence, seen, last)
            name = seen.voice.speaker.speaker_id
            if score is not None and (name not in ranked or (score, seen.start) > ranked[name][:2]):
                ranked[name] = (score, seen.start, seen)
        if not ranked:
            return None
        order = sorted(ranked.values(), key=lambda each: each[:2], reverse=True)
        seen = order[0][2]
        margin = order[0][0] - order[1][0] if len(order) > 1 else _ALONE
        confidence = min(self._confidence(pronoun, margin, seen, sentence), seen.confidence)
        self._discourse.learn(seen.voice, pronoun.gender)
        return seen.voice._replace(confidence=confidence)

    def _confidence(self, pronoun: Pronoun, margin: float, seen: Sighting, sentence: int) -> float:
        """How sure the likeliest voice is: by its lead over the next, its nearness and gender."""
        confidence = _LEAST + _LEAD * min(margin, _ALONE)
        confidence -= _FAR * max(0, self._distance(seen, sentence) - 1)
        if pronoun.gender is not None and self._discourse.gender(seen.voice) is None:
            confidence -= _UNKNOWN_GENDER
        if pronoun.gender is None:
            confidence -= _NO_GENDER
        return round(max(0.05, min(_MOST, confidence)), 2)

    def _score(
        self, pronoun: Pronoun, word: Word, sentence: int, seen: Sighting, last: Voice | None
    ) -> float | None:
        voice = seen.voice
        willing = pronoun.refers.get(voice.kind)
        if willing is None or not self._discourse.agrees(voice, pronoun.gender):
            return None
        distance = self._distance(seen, sentence)
        if distance > _REACH or (voice.plural and pronoun.gender is not None):
            return None
        score = willing + _SENTENCE * distance
        if voice.plural and pronoun.number == "singular":
            score += _NUMBER
        if pronoun.gender is not None and self._discourse.gender(voice) is None:
            score += _STRANGER
        if voice.vague:
            score += _VAGUE
        if voice.kind is SpeakerKind.PERSON and not voice.spelled:
            score += _NAMELESS
        if seen.subject:
            score += _SUBJECT
        if seen.source:
            score += _SOURCE
            if last is not None and voice.speaker == last.speaker:
                score += _LAST_SOURCE
        if any(not _covers(span, word.start) for span in self._around(seen.start)):
            score += _EMBEDDED
        return score

    def _around(self, place: int) -> list[Span]:
        """The contents that a place stands in."""
        found = self._covering.get(place)
        if found is None:
            found = [span for span, _ in self._contents if _covers(span, place)]
            self._covering[place] = found
        return found

    def _furthest(self, sentence: int) -> int:
        """The first sentence from which something that was said may be in reach."""
        first = sentence
        while first > 0:
            quoted = self._quoted[sentence] - self._quoted[first]
            if sentence - first + 1 - quoted > _REACH:
                break
            first -= 1
        return first

    def _distance(self, seen: Sighting, sentence: int) -> int:
        """Sentences between, not counting those that a source is quoted for."""
        between = sentence - seen.sentence
        if seen.source and between > 1:
            between -= self._quoted[sentence] - self._quoted[seen.sentence + 1]
        return max(0, between)

    def first(
        self, word: Word, of: Attribution, speaker: Callable[[Attribution], Voice | None]
    ) -> Voice | None:
        """Whoever is quoted with the words that an "I" or "we" stands in."""
        around = [
            (span.end - span.start, at, each)
            for at, (span, each) in enumerate(self._contents)
            if _covers(span, word.start) and each is not of
        ]
        return speaker(min(around)[2]) if around else None

    def before(self, word: Word) -> Voice | None:
        """The voice that stands right before a word: "Pagliano, who"."""
        earlier = self._discourse.before(word.start)
        near = [seen for seen in earlier if 0 <= word.start - seen.end <= _ADJACENT]
        return near[-1].voice if near else None

    def antecedents(self, word: Word, sentence: int) -> Iterator[tuple[Word, ...]]:
        """The words that a relative pronoun's clause hangs on, without the clause itself; then
        those that these belong to, from the inside out.

        Nothing where the parse has no such clause.
        """
        words = self._sentences[sentence].words
        by_index = {each.index: each for each in words}
        at: Word | None = by_index.get(word.index)
        for _ in words:
            if at is None or at.deprel.startswith("acl"):
                break
            at = by_index.get(at.head)
        if at is None or at.head not in by_index:
            return
        head = by_index[at.head]
        if head.deprel.startswith("appos") and head.head in by_index:
            # "Future45, a super PAC that …": the name, not what it is.
            named = by_index[head.head]
            head = named if named.upos == "PROPN" else head
        for _ in words:
            if found := _phrase(head, words, before=word.start):
                yield found
            outer = by_index.get(head.head)
            while outer is not None and outer.upos not in _NOUNS and outer.deprel in _DESCRIBES:
                outer = by_index.get(outer.head)
            if outer is None or outer.upos not in _NOUNS:
                return
            head = outer


def _phrase(head: Word, words: Sequence[Word], before: int) -> tuple[Word, ...]:
    """A noun with what stands in its phrase before a place of the article."""
    found = [head]
    for each in found:
        found.extend(
            part
            for part in words
            if part.head == each.index
            and part.deprel.split(":")[0] in (_INSIDE if each is head else (*_INSIDE, "case"))
        )
    return tuple(sorted((w for w in found if w.start < before), key=lambda w: w.index))


def _begins(attribution: Attribution) -> int:
    return (attribution.source or attribution.cue)[0].start


def _sentence(seen: Sighting) -> int:
    return seen.sentence


def _covers(span: Span, place: int) -> bool:
    return span.start <= place < span.end
