"""A small database with a decision, for what works on one."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

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
    Review,
    Sentence,
    Span,
    Stance,
    Verdict,
)
from claims.store import reviews
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database

PAIR = "pair-of-the-fuzz"


def database_in(folder: Path) -> Database:
    """``x.duckdb`` in ``folder``, with two articles, a pair and what somebody decided of it."""
    folder.mkdir()
    database = Database(folder / "x.duckdb", wait=1)
    made = [
        _article("One", "The bridge is open, said Ann.\n", Stance.CLAIM),
        _article("Two", "The bridge is open, denied Bob.\n", Stance.DENY),
    ]
    save(database, made)
    left, right = (one.claims[0] for one in made)
    words = left.attribution.content, right.attribution.content
    pair = Contradiction(
        contradiction_id=PAIR,
        left_claim_id=left.claim_id,
        right_claim_id=right.claim_id,
        kind=ContradictionKind.DENIAL,
        score=0.8,
        explanation="One says it, the other denies it.",
        left_words=words[0],
        right_words=words[1],
    )
    save_contradictions(database, [pair])
    review = Review(
        contradiction_id=PAIR,
        verdict=Verdict.UNSURE,
        reviewer="x",
        reviewed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    reviews.append(database.path, review)
    return database


def _article(outlet: str, text: str, stance: Stance) -> Analysed:
    identifier = hashlib.sha256(text.encode()).hexdigest()[:16]
    article = Article(
        article_id=identifier, outlet=outlet, language="en", content_hash=identifier, text=text
    )
    attribution = Attribution(
        sentence_index=0,
        source=None,
        cue=(Span(start=20, end=24),),
        content=(Span(start=0, end=18),),
        stance=stance,
        pattern=Pattern.CLAUSAL,
        quotation=Quotation.INDIRECT,
        confidence=0.8,
    )
    claim = Claim(
        claim_id=f"c{identifier}", article_id=identifier, speaker=None, attribution=attribution
    )
    sentence = Sentence(index=0, line=0, start=0, end=len(text), words=())
    document = Document(article=article, sentences=(sentence,))
    return Analysed(
        document=document, claims=(claim,), terms={claim.claim_id: ()}, extractor="fuzz"
    )
