"""Pronouns to voices, by kind, agreement, recency, syntactic role and continuity of quotation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.model import Attribution, Document, Sentence, Span, Word
from claims.speakers.mentions import Pronoun
from claims.speakers.voices import Memory, Sighting, Voice

# Weights of a first version, set by reading; the ranking, not the value, matters.
_SENTENCE = -0.7  # each sentence further away
_SUBJECT = 1.5
_SOURCE = 1.0  # was cited before
_LAST_SOURCE = 1.0  # by the attribution just before
_EMBEDDED = -2.0  # stands inside what somebody else is cited for
_NUMBER = -1.0  # a plural for a singular form
_REACH = 4  # sentences

# Relations that keep a word inside the noun phrase of its head.
_INSIDE = ("det", "amod", "compound", "nummod", "flat", "fixed", "nmod")


class Pronouns:
    """Finds the voice that a pronoun of one document stands for."""

    def __init__(
        self, document: Document, attributions: Sequence[Attribution], memory: Memory
    ) -> None:
        self._sentences = document.sentences
        self._contents = [(span, each) for each in attributions for span in each.content]
        self._memory = memory
        # How many sentences up to each are wholly what a source is quoted for.
        self._quoted = [0]
        for sentence in document.sentences:
            quoted = any(_within(sentence, span) for span, _ in self._contents)
            self._quoted.append(self._quoted[-1] + quoted)

    def third(self, pronoun: Pronoun, word: Word, sentence: int) -> Voice | None:
        """The likeliest voice before a pronoun of the third person; None where none can be it."""
        best: tuple[float, int] | None = None
        chosen: Voice | None = None
        earlier = self._memory.before(word.start)
        last = next((s.voice for s in reversed(earlier) if s.source), None)
        for sighting in earlier:
            score = self._score(pronoun, word, sentence, sighting, last)
            if score is not None and (best is None or (score, sighting.start) > best):
                best, chosen = (score, sighting.start), sighting.voice
        if chosen is not None:
            self._memory.learn(chosen, pronoun.gender)
        return chosen

    def _score(
        self, pronoun: Pronoun, word: Word, sentence: int, seen: Sighting, last: Voice | None
    ) -> float | None:
        voice = seen.voice
        willing = pronoun.refers.get(voice.kind)
        if willing is None or not self._memory.agrees(voice, pronoun.gender):
            return None
        distance = self._distance(seen, sentence)
        if distance > _REACH:
            return None
        score = willing + _SENTENCE * distance
        if voice.plural and pronoun.number == "singular":
            score += _NUMBER
        if seen.subject:
            score += _SUBJECT
        if seen.source:
            score += _SOURCE
            if last is not None and voice.speaker == last.speaker:
                score += _LAST_SOURCE
        if any(_covers(span, seen.start) and not _covers(span, word.start)
               for span, _ in self._contents):  # fmt: skip
            score += _EMBEDDED
        return score

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

    def antecedent(self, word: Word, sentence: int) -> tuple[Word, ...]:
        """The words that a relative pronoun's clause hangs on, without the clause itself.

        Empty where the parse has no such clause.
        """
        words = self._sentences[sentence].words
        by_index = {each.index: each for each in words}
        at: Word | None = by_index.get(word.index)
        for _ in words:
            if at is None or at.deprel.startswith("acl"):
                break
            at = by_index.get(at.head)
        if at is None or at.head not in by_index:
            return ()
        head = by_index[at.head]
        found = [head]
        for each in found:
            found.extend(
                part
                for part in words
                if part.head == each.index
                and part.deprel.split(":")[0] in (_INSIDE if each is head else (*_INSIDE, "case"))
            )
        return tuple(sorted((w for w in found if w.start < word.start), key=lambda w: w.index))


def _covers(span: Span, place: int) -> bool:
    return span.start <= place < span.end


def _within(sentence: Sentence, span: Span) -> bool:
    return span.start <= sentence.start and sentence.end <= span.end + 2
