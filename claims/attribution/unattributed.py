"""What an article says in its own voice: the parts that no attribution covers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from claims.attribution.negation import negates
from claims.attribution.quotes import kind
from claims.attribution.texts import Text
from claims.model import Attribution, Pattern, Sentence, Span, Stance, Word

SHORTEST = 5
"""Words that a part must have to state something; fewer are captions, datelines and leftovers."""

CONFIDENCE = 0.9


def unattributed(text: Text, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The outlet's own statements in text order: pattern ``unattributed``, no source, no cue.

    A statement is a sentence, or what of it lies before or after all that ``attributions`` (those
    of the text) cover; an attribution that names nobody covers nothing. Spans are code points
    of the article's text.
    """
    taken = [
        span
        for each in attributions
        if each.source is not None
        for role in (each.source, each.cue, each.content, each.via)
        for span in role or ()
    ]
    return tuple(
        Attribution(
            sentence_index=sentence.index,
            source=None,
            cue=(),
            content=(span,),
            stance=Stance.REPORT,
            pattern=Pattern.UNATTRIBUTED,
            quotation=kind(text.text, (span,), text.quoted),
            negated=negates(text, (span,)),
            confidence=CONFIDENCE,
        )
        for sentence, covered in zip(text.sentences, _covered(text.sentences, taken), strict=True)
        for span in _parts(sentence, covered)
    )


def _covered(sentences: Sequence[Sentence], taken: Sequence[Span]) -> list[list[Span]]:
    """For each sentence the spans that have a place in common with it."""
    covered: list[list[Span]] = [[] for _ in sentences]
    ends = [sentence.end for sentence in sentences]
    for span in taken:
        at = bisect_right(ends, span.start)
        while at < len(sentences) and sentences[at].start < span.end:
            covered[at].append(span)
            at += 1
    return covered


def _parts(sentence: Sentence, covered: Sequence[Span]) -> Iterator[Span]:
    """The whole sentence, or its free beginning and end."""
    words = [word for word in sentence.words if word.upos != "PUNCT"]
    if not covered:
        yield from _part(words)
        return
    first = min(span.start for span in covered)
    last = max(span.end for span in covered)
    yield from _part([word for word in words if word.end <= first])
    yield from _part([word for word in words if word.start >= last])


def _part(words: Sequence[Word]) -> Iterator[Span]:
    if len(words) >= SHORTEST:
        yield Span(start=words[0].start, end=max(word.end for word in words))
