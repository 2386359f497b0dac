"""Claims as the comparison sees them, read from the store."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property
from pathlib import Path

import duckdb

from claims.model import Frozen, Pattern, Span, Spans, Stance, Term, TermKind

_SQL = Path(__file__).with_name("statements.sql").read_text(encoding="utf-8")

WORDS = frozenset({TermKind.WORD, TermKind.NAME, TermKind.REFUSABLE})
ENTITIES = frozenset({TermKind.ENTITY, TermKind.AGENT, TermKind.TARGET})
_IN_CONTENT = WORDS | {TermKind.ENTITY, TermKind.AGENT, TermKind.NUMBER}


class Statement(Frozen):
    """One claim as it is compared: who says it, how, and its terms.

    ``text`` is that of the whole article, and all spans are places in it. ``pieces`` is the
    content, which may stand in several, ``content`` the hull of them, None for a claim without a
    content of its own ("denied it"). ``terms`` are in text order.
    """

    claim_id: str
    article_id: str
    text: str
    speaker: str
    speaker_id: str | None
    stance: Stance
    negated: bool
    confidence: float
    content: Span | None
    pieces: Spans = ()
    cue: Spans
    terms: tuple[Term, ...]
    language: str
    outlet: str
    pattern: Pattern
    published_at: datetime | None = None
    sentence_index: int = 0

    @property
    def own(self) -> bool:
        """Whether it is the outlet's own statement, attributed to nobody."""
        return self.pattern is Pattern.UNATTRIBUTED

    @property
    def opens(self) -> bool:
        """Whether it stands at the head of its article."""
        return self.sentence_index == 0

    def term_texts(self, *kinds: TermKind) -> frozenset[str]:
        """The texts of the terms of these kinds."""
        return frozenset(term.text for term in self.terms if term.kind in kinds)

    @cached_property
    def entities(self) -> frozenset[str]:
        """Known names in or beside the content, the speaker's left out."""
        return self.term_texts(*ENTITIES)

    @cached_property
    def words(self) -> frozenset[str]:
        """What the content says that is neither a known name nor a number."""
        return self.term_texts(*WORDS)

    @cached_property
    def places(self) -> dict[str, Span]:
        """Where each term of the content stands first."""
        found = (term for term in reversed(self.terms) if term.kind in _IN_CONTENT)
        return {term.text: term.span for term in found}

    def quoted(self, spans: Iterable[Span]) -> str:
        """The words of the article that ``spans`` cover."""
        return " … ".join(" ".join(span.of(self.text).split()) for span in spans)


def read_statements(
    connection: duckdb.DuckDBPyConnection, claim_ids: Collection[str]
) -> dict[str, Statement]:
    """The named claims by identifier."""
    rows = connection.execute(_SQL, {"ids": sorted(claim_ids)}).fetchall()
    statements: dict[str, Statement] = {}
    texts: dict[str, str] = {}  # one for all statements of an article
    for row in rows:
        statements[row[0]] = Statement(
            claim_id=row[0],
            article_id=row[1],
            text=texts.setdefault(row[1], row[2]),
            speaker=row[3],
            speaker_id=row[4],
            stance=Stance(row[5]),
            negated=bool(row[6]),
            confidence=row[7] if row[7] is not None else 1.0,
            content=None if row[8] is None else Span(start=row[8], end=row[9]),
            pieces=_spans(row[12]),
            cue=_spans(row[10]),
            language=row[13],
            outlet=row[14],
            pattern=Pattern(row[15]),
            published_at=row[16],
            sentence_index=row[17],
            terms=_terms(row[11]),
        )
    return statements


def _terms(stored: str | None) -> tuple[Term, ...]:
    return tuple(
        Term(one["text"], TermKind(one["kind"]), one["start"], one["end"])
        for one in json.loads(stored or "[]")
    )


def _spans(stored: str | None) -> Spans:
    return tuple(Span(start=start, end=end) for start, end in json.loads(stored or "[]"))
