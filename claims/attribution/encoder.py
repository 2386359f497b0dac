"""What the encoder marks, as attributions: stance and pattern come from the cue lexicon, or the
stance from the encoder where the lexicon does not list the cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.attribution.rules.dismissals import dismissed
from claims.attribution.rules.lexicon import Cue, Frame
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.negation import negates
from claims.attribution.rules.quotes import kind
from claims.attribution.rules.stance import negated
from claims.attribution.rules.text import Text
from claims.language.normalisation import Normalised, load_letters, normalise
from claims.language.pipelines import BUNDLED
from claims.model import Attribution, Pattern, Quotation, Sentence, Span, Spans, Word

if TYPE_CHECKING:
    from claims.language.encoder.reading import Relation

_NOUN_FRAMES: frozenset[Frame] = frozenset({"genitive"})


def encoder_lines(text: Text) -> tuple[Normalised, ...]:
    """What of a document the encoder reads: each line that has something on it, less its stamp, in
    the usual letters of its language and with its words apart. Places are those in the document."""
    usual = load_letters(BUNDLED / text.document.article.language)
    return tuple(
        normalise(text.grammar.levelled(line), usual, start)
        for start, end in text.written
        if (line := text.text[start:end]).strip()
    )


def encoder_attributions(
    text: Text, read: Sequence[tuple[Normalised, Sequence[Relation]]]
) -> tuple[Attribution, ...]:
    """The attributions in some lines of a document, as the encoder read them.

    Places of relations count in the line as it was read. Of cues that overlap the surest stays.
    """
    known = text.known
    made = [
        _attribution(text, line, relation, known)
        for line, relations in read
        for relation in relations
    ]
    return distinct([each for each in made if each is not None and not dismissed(text, each)])


def distinct(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Those whose cues do not touch a surer one's, in the order of their cues."""
    kept: list[Attribution] = []
    for each in sorted(found, key=lambda a: (-a.confidence, a.cue[0].start)):
        if not any(touch(each.cue, other.cue) for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: (each.cue[0].start, each.cue[0].end)))


def touch(one: Spans, other: Spans) -> bool:
    """Whether two roles have characters in common."""
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def _attribution(
    text: Text,
    line: Normalised,
    relation: Relation,
    known: Sequence[Found],
) -> Attribution | None:
    cue = _spans(line, relation.cue)
    sentence = _sentence(text, cue)
    if sentence is None:
        return None
    source = _spans(line, relation.source)
    if source and source[0].start >= sentence.end and _worded(text, cue):
        source = ()  # it is the next sentence's; after a dash («… .” ― Ida Holm») it is not
    content = _told(text, sentence, _spans(line, relation.content))
    entry, denied = listed(text, cue, known)
    quotation = kind(text.text, content, text.quoted)
    stance = entry.stance if entry is not None else relation.stance
    return Attribution(
        sentence_index=sentence.index,
        source=source or None,
        cue=cue,
        content=content,
        stance=negated(stance) if denied and entry is not None else stance,
        pattern=_pattern(entry, cue, content, quotation, sentence),
        quotation=quotation,
        negated=negates(text, content),
        confidence=round(relation.confidence, 4),
    )


def _worded(text: Text, cue: Spans) -> bool:
    """Whether a cue is more than a dash or a colon."""
    return any(text.text[span.start : span.end].strip("―—–-: ") for span in cue)


def _told(text: Text, sentence: Sentence, content: Spans) -> Spans:
    """The content without what only looks like a part of it: unquoted words of a sentence before,
    where some stand in the cue's own («… . Sources say that …»), and a first part that points at
    the rest («these reports … that the mine is closed»)."""
    if content[-1].start >= sentence.start:
        content = tuple(
            span
            for span in content
            if span.end > sentence.start
            or kind(text.text, (span,), text.quoted) is not Quotation.INDIRECT
        )
    if len(content) < 2:
        return content
    first = [word for word in sentence.words if _within(word, content[:1])]
    points = len(first) == 2 and first[0].text.lower() in text.grammar.demonstratives
    return content[1:] if points and first[1].upos == "NOUN" else content


def _spans(line: Normalised, pieces: Sequence[tuple[int, int]]) -> Spans:
    places = (line.original(a, b) for a, b in pieces)
    return tuple(Span(start=start, end=end) for start, end in places)


def _sentence(text: Text, cue: Spans) -> Sentence | None:
    """The sentence a cue stands in: the last that begins before the cue ends."""
    at = bisect_left(text.starts, cue[-1].end)
    return text.sentences[at - 1] if at else None


def listed(text: Text, cue: Spans, known: Sequence[Found]) -> tuple[Cue | None, bool]:
    """The lexicon's entry for a cue, and whether the cue is negated.

    ``known`` are the lexicon's own finds, the longest first. Where no entry stands with its own
    part of speech, one whose first word is in the cue will do: the encoder finds nouns and
    participles that the lexicon lists as verbs.
    """
    sentence = _sentence(text, cue)
    if sentence is None:
        return None, False
    words = [word for word in sentence.words if _within(word, cue)]
    denied = _denied(words, sentence, text)
    for found in known:
        if found.sentence.end <= cue[0].start or cue[-1].end <= found.sentence.start:
            continue
        if any(_within(word, cue) for word in found.words):
            return found.cues[0], denied or found.negated
    for word in reversed(words):
        for key in sorted(text.lexicon.keys(word)):
            for entry in text.lexicon.by_first_word.get(key, ()):
                if len(entry.parts) == 1 and not entry.verbs:
                    return entry, denied
    return None, denied


def _denied(words: Sequence[Word], sentence: Sentence, text: Text) -> bool:
    negations = text.grammar.negations
    inside = {word.index for word in words}
    return any(
        word.text.lower() in negations
        and (word.index in inside or (word.head in inside and word.index < min(inside)))
        for word in sentence.words
    )


def _within(word: Word, cue: Spans) -> bool:
    return any(span.start <= word.start < span.end for span in cue)


def _pattern(
    entry: Cue | None, cue: Spans, content: Spans, quotation: Quotation, sentence: Sentence
) -> Pattern:
    if entry is not None and "according" in entry.frames:
        return Pattern.ACCORDING
    if entry is not None and _NOUN_FRAMES.issuperset(entry.frames):
        return Pattern.NOMINAL
    words = [word for word in sentence.words if _within(word, cue)]
    tags = {word.upos for word in words} - {"X"}  # which words without a model have
    if tags and tags.isdisjoint({"VERB", "AUX"}):
        if any(word.upos in {"NOUN", "PROPN"} for word in words):
            return Pattern.NOMINAL
        return Pattern.OBJECT
    if any(a.end <= cue[0].start and cue[-1].end <= b.start for a, b in pairwise(content)):
        return Pattern.PARENTHETICAL
    if quotation is Quotation.DIRECT or content[-1].end <= cue[0].start:
        return Pattern.QUOTATION
    return Pattern.CLAUSAL
