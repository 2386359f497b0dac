"""Articles with claims, built by hand for tests that need no model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from claims.model import (
    Analysed,
    Article,
    Attribution,
    Claim,
    Contradiction,
    ContradictionKind,
    Document,
    Pattern,
    Quotation,
    Sentence,
    Span,
    Spans,
    Speaker,
    SpeakerKind,
    Stance,
    Term,
    TermKind,
)

Words = str | tuple[str, ...]


class Said(NamedTuple):
    """A claim by the words of the article that make it up; tuples where a role is in pieces."""

    content: Words
    source: Words | None = None
    cue: Words = "said"
    speaker: Speaker | None = None
    via: Speaker | None = None
    stance: Stance = Stance.CLAIM
    terms: tuple[str, ...] = ()


def identifier(*parts: str) -> str:
    """A hash of some texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def speaker(name: str, kind: SpeakerKind = SpeakerKind.PERSON, **names: Sequence[str]) -> Speaker:
    """A speaker whose spellings are given by language: ``ur=("پوتن",)``."""
    spellings = {language: tuple(found) for language, found in names.items()}
    return Speaker(speaker_id=identifier(name), name=name, kind=kind, names=spellings)


def analysed(
    text: str,
    said: Iterable[Said] = (),
    *,
    outlet: str = "Example Daily",
    language: str = "en",
    extractor: str = "extractor-1",
    path: str | None = None,
    published_at: datetime | None = None,
) -> Analysed:
    """What the pipeline makes of one article; every line of ``text`` is a sentence."""
    article = Article(
        article_id=identifier(outlet, text),
        outlet=outlet,
        path=path,
        language=language,
        published_at=published_at,
        content_hash=identifier(text),
        text=text,
    )
    sentences = tuple(_sentences(text))
    claims: list[Claim] = []
    terms: dict[str, tuple[Term, ...]] = {}
    for one in said:
        content = _find(text, one.content)
        cue = _find(text, one.cue)
        claim_id = identifier(article.article_id, repr(content), repr(cue))
        attribution = Attribution(
            sentence_index=next(s.index for s in sentences if s.start <= cue[0].start < s.end),
            source=None if one.source is None else _find(text, one.source),
            cue=cue,
            content=content,
            stance=one.stance,
            pattern=Pattern.CLAUSAL,
            quotation=Quotation.INDIRECT,
            confidence=0.75,
        )
        claims.append(
            Claim(
                claim_id=claim_id,
                article_id=article.article_id,
                speaker=one.speaker,
                via=one.via,
                attribution=attribution,
            )
        )
        terms[claim_id] = tuple(
            Term(term, TermKind.WORD, content[0].start, content[0].end) for term in one.terms
        )
    document = Document(article=article, sentences=sentences)
    return Analysed(document=document, claims=tuple(claims), terms=terms, extractor=extractor)


def contradiction(left: Claim, right: Claim, score: float = 0.8) -> Contradiction:
    """Two claims that conflict in all the words of their contents."""
    return Contradiction(
        contradiction_id=identifier(left.claim_id, right.claim_id),
        left_claim_id=left.claim_id,
        right_claim_id=right.claim_id,
        kind=ContradictionKind.DENIAL,
        score=score,
        explanation="One says it, the other denies it.",
        left_words=left.attribution.content,
        right_words=right.attribution.content,
    )


def _sentences(text: str) -> Iterable[Sentence]:
    start = 0
    for line, words in enumerate(text.splitlines(keepends=True)):
        end = start + len(words)
        yield Sentence(index=line, line=line, start=start, end=end, words=())
        start = end


def _find(text: str, words: Words) -> Spans:
    """Where words stand, each piece after the one before it."""
    spans: list[Span] = []
    for piece in (words,) if isinstance(words, str) else words:
        start = text.index(piece, spans[-1].end if spans else 0)
        spans.append(Span(start=start, end=start + len(piece)))
    return tuple(spans)
