"""Attributions of a document: each family of frames read, then brought together."""

from __future__ import annotations

from claims.attribution.rules.anaphora import pointed_at
from claims.attribution.rules.cited_sources import read_cited_sources
from claims.attribution.rules.dependency.dependency import read_dependency
from claims.attribution.rules.filter import against, kept
from claims.attribution.rules.headlines import Headline, read_headlines
from claims.attribution.rules.intermediaries import with_intermediaries
from claims.attribution.rules.lexicon import PATTERNS, Cue, Lexicon
from claims.attribution.rules.match import Reading
from claims.attribution.rules.negation import negates
from claims.attribution.rules.quotes import kind
from claims.attribution.rules.stance import negated
from claims.attribution.rules.text import Text, joined
from claims.attribution.rules.trace import Trace
from claims.attribution.rules.urdu_hindi.postposition import read_postposition
from claims.model import (
    Attribution,
    Document,
    Pattern,
    Span,
    Stance,
)

HEADLINE_CONFIDENCE = 0.8


def extract(
    document: Document, lexicon: Lexicon, trace: Trace | None = None
) -> tuple[Attribution, ...]:
    """The attributions of a document, in the order of their cues; ``trace`` hears why.

    Spans are code points of ``document.article.text``. Two attributions never have the same cue.
    """
    return extracted(Text(document, lexicon, trace))


def extracted(text: Text) -> tuple[Attribution, ...]:
    """As ``extract``, of a text that others read as well."""
    trace = text.trace
    found = [_headline(text, headline) for headline in read_headlines(text)]
    postpositional = text.grammar.marking == "postposition"
    read_frames = read_postposition if postpositional else read_dependency
    in_headlines = [span for each in found for span in (*each.cue, *each.content)]
    for sentence in text.sentences:
        if any(s.start < sentence.end and sentence.start < s.end for s in in_headlines):
            continue
        readings = _neither_nor(read_frames(text, sentence))
        readings = read_cited_sources(text, sentence, readings)
        if trace is not None:
            trace.readings += readings
        found += [
            pointed_at(_attribution(text, reading), sentence, found, text) for reading in readings
        ]
    unique = {each.cue: each for each in reversed(found)}
    ordered = sorted(unique.values(), key=lambda each: (each.cue[0].start, each.cue[0].end))
    if trace is not None:
        reasons = ((each, against(each, ordered, text)) for each in ordered)
        trace.dropped += [(each, reason) for each, reason in reasons if reason is not None]
    return tuple(with_intermediaries([each for each in ordered if kept(each, ordered, text)]))


def _headline(text: Text, headline: Headline) -> Attribution:
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
        sentence_index=max(text.numbered(reading.expression[0].start), 0),
        source=reading.source or None,
        cue=reading.expression,
        content=content,
        via=reading.via,
        stance=stance,
        pattern=pattern,
        quotation=kind(text.text, content, text.quoted),
        negated=negates(text, content),
        confidence=reading.cue.confidence,
    )


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
