"""Attributions of a document: each family of frames read, then brought together."""

from __future__ import annotations

from claims.attribution import dependency, headlines, postpositional
from claims.attribution.lexicon import PATTERNS, Cue, Lexicon
from claims.attribution.quotes import kind
from claims.attribution.readings import Reading
from claims.attribution.selection import kept
from claims.attribution.stance import negated
from claims.attribution.texts import Text, joined
from claims.model import (
    Attribution,
    Document,
    Pattern,
    Span,
    Spans,
    Stance,
)

HEADLINE_CONFIDENCE = 0.8


def extract(document: Document, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """The attributions of a document, in the order of their cues.

    Spans are code points of ``document.article.text``. Two attributions never have the same cue.
    """
    text = Text(document, lexicon)
    found = [_headline(text, headline) for headline in headlines.read(text)]
    family = postpositional if lexicon.grammar.marking == "postposition" else dependency
    in_headlines = [span for each in found for span in (*each.cue, *each.content)]
    for sentence in text.sentences:
        if any(s.start < sentence.end and sentence.start < s.end for s in in_headlines):
            continue
        readings = _neither_nor(family.read(text, sentence))
        found += _through(text, [_attribution(text, reading) for reading in readings])
    unique = {each.cue: each for each in reversed(found)}
    ordered = sorted(unique.values(), key=lambda each: (each.cue[0].start, each.cue[0].end))
    return tuple(each for each in ordered if kept(each, ordered, text))


def _headline(text: Text, headline: headlines.Headline) -> Attribution:
    content = (headline.content,)
    return Attribution(
        sentence_index=headline.sentence.index,
        source=(headline.source,),
        cue=(headline.cue,),
        content=content,
        stance=Stance.REPORT,
        pattern=Pattern.HEADLINE,
        quotation=kind(text.text, content, text.quoted),
        negated=negates(text, content),
        confidence=HEADLINE_CONFIDENCE,
    )


def _attribution(text: Text, reading: Reading) -> Attribution:
    content = joined(reading.content)
    stance = reading.cue.stance
    if reading.negated:
        stance = negated(stance)
    pattern = PATTERNS[reading.frame]
    return Attribution(
        sentence_index=reading.sentence.index,
        source=reading.source or None,
        cue=reading.expression,
        content=content,
        stance=stance,
        pattern=pattern,
        quotation=kind(text.text, content, text.quoted),
        negated=negates(text, content),
        confidence=reading.cue.confidence,
    )


def negates(text: Text, content: Spans) -> bool:
    """Whether the main clause of the content is negated: an odd number of negations on its root."""
    words = [
        word
        for sentence in text.document.sentences
        if any(span.start < sentence.end and sentence.start < span.end for span in content)
        for word in sentence.words
        if any(span.start <= word.start < span.end for span in content)
    ]
    if not words:
        return False
    inside = {(word.start, word.index) for word in words}
    by_index: dict[int, int] = {}
    for word in words:
        by_index[word.index] = word.start
    roots = [
        word
        for word in words
        if (by_index.get(word.head, -1), word.head) not in inside and word.upos != "PUNCT"
    ]
    negating = [word for word in words if word.text.lower() in text.grammar.negations]
    numbers = {root.index for root in roots}
    count = sum(word.head in numbers or word in roots for word in negating)
    return count % 2 == 1


def _neither_nor(readings: list[Reading]) -> list[Reading]:
    """«Neither confirmed nor denied»: a negated confirmation and a negated denial of one source
    side by side are one cue, that declines."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        if (
            last is not None
            and last.sentence == reading.sentence
            and {last.cue.stance, reading.cue.stance} == {Stance.CONFIRM, Stance.DENY}
            and last.negated
            and reading.negated
            and last.source == reading.source
        ):
            span = Span(start=last.expression[0].start, end=reading.expression[-1].end)
            out[-1] = last.with_cue(_declining(last.cue), (span,))
        else:
            out.append(reading)
    return out


def _declining(cue: Cue) -> Cue:
    return cue.model_copy(update={"stance": Stance.DECLINE})


WHOLE = 0.7
"""Share of the words an according phrase carries that another attribution must account for to be
all that it carries."""


def _through(text: Text, found: list[Attribution]) -> list[Attribution]:
    """«According to agencies, the spokesman said that …»: where the whole of what an according
    phrase carries is another attribution, its source is that one's intermediary."""
    carriers = [each for each in found if each.pattern is Pattern.ACCORDING and each.source]
    for carrier in carriers:
        for number, other in enumerate(found):
            if other.pattern in (Pattern.CLAUSAL, Pattern.NOMINAL) and _carries(
                text, carrier, other
            ):
                found[number] = other.model_copy(update={"via": carrier.source})
                found.remove(carrier)
                break
    return found


def _carries(text: Text, carrier: Attribution, other: Attribution) -> bool:
    rest = carrier.content[-1]
    if other.source is None or abs(other.source[0].start - rest.start) > 2:
        return False
    if other.content[-1].end < rest.end - 2:
        return False
    said = (*other.source, *other.cue, *other.content)
    words = sum(len(span.of(text.text).split()) for span in said)
    return words >= WHOLE * len(rest.of(text.text).split())
