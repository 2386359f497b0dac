"""What a run tells at its end: what was found, what stands against it, what failed."""

from __future__ import annotations

import json
from collections.abc import Collection
from importlib import resources
from typing import TYPE_CHECKING

from pydantic import Field

from claims.model import Failure, Frozen
from claims.store.outlet_counts import OutletCount
from claims.store.stored_disputes import StoredDispute, best_disputes
from claims.store.stored_pairs import StoredPair, conflicting_texts

if TYPE_CHECKING:
    from claims.store.database import Database

# A screen or two: what there is besides is in the database.
MOST_CLAIMS = 100
MOST_DISPUTES = 20


class ReportedClaim(Frozen):
    """One claim as the report lists it."""

    speaker: str | None
    source: str | None
    stance: str
    cue: str
    content: str
    article: str

    @property
    def voice(self) -> str:
        """Who says it: the speaker, else the source as printed."""
        return self.speaker or self.source or "–"


class Report(Frozen):
    """How a run ended. Of the ``articles`` that were read ``new`` were stored for the first time,
    ``again`` anew because code, configuration or models had changed, and ``unchanged`` were there.

    ``run_id`` is None where nothing was written. ``claims`` are the first ``MOST_CLAIMS`` of the
    ``claims_total`` of all these articles, ``disputes`` the best of the database, to whose pairs
    this run added ``contradictions``, and ``conflicting`` the words in which their claims conflict,
    by claim. ``snapshot`` is the copy that was published, None where there is none to tell of.
    ``duplicates`` are inputs with the outlet and text of another one, which follows.
    """

    database: str
    run_id: str | None = None
    articles: int
    new: int = 0
    again: int = 0
    unchanged: int = 0
    pruned: int = 0
    contradictions: int = 0
    duplicates: tuple[tuple[str, str], ...] = ()
    failures: tuple[Failure, ...] = ()
    claims: tuple[ReportedClaim, ...] = ()
    claims_total: int = 0
    disputes: tuple[StoredDispute, ...] = ()
    conflicting: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    snapshot: str | None = None
    outlets: tuple[OutletCount, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[StoredPair, ...]:
        """The contradictions that the disputes are made of."""
        return tuple(pair for dispute in self.disputes for pair in dispute.pairs)

    @property
    def summary(self) -> str:
        """The run in one line."""
        parts = [f"{self.new} new", f"{self.unchanged} unchanged"]
        if self.again:
            parts.insert(1, f"{self.again} read again")
        if self.pruned:
            parts.append(f"{self.pruned} pruned before")
        if self.duplicates:
            parts.append(f"{len(self.duplicates)} duplicate")
        if self.failures:
            parts.append(f"{len(self.failures)} failed")
        told = f"{_count(self.articles, 'article')}: {', '.join(parts)}"
        if self.run_id is None:
            return f"{told}; nothing annotated, nothing written"
        return f"{told}; {_count(self.contradictions, 'contradiction')} added"

    def counts(self) -> dict[str, int]:
        """The run in numbers."""
        return {
            "articles": self.articles,
            "new": self.new,
            "again": self.again,
            "unchanged": self.unchanged,
            "pruned": self.pruned,
            "duplicates": len(self.duplicates),
            "failures": len(self.failures),
            "contradictions": self.contradictions,
        }

    def tables(self) -> dict[str, list[dict[str, object]]]:
        """Outlets, claims, disputes and failures as rows of plain values."""
        return {
            "outlets": [outlet.model_dump() for outlet in self.outlets],
            "claims": [claim.model_dump() for claim in self.claims],
            "disputes": [
                {
                    "asserted_by": ", ".join(dispute.asserting.voices),
                    "asserted": dispute.asserting.words,
                    "contested_by": ", ".join(dispute.contesting.voices),
                    "contested": dispute.contesting.words,
                    "outlets": ", ".join(dispute.outlets),
                    "pairs": len(dispute.pairs),
                    "kind": dispute.best.kind.value,
                    "score": dispute.score,
                    "explanation": dispute.best.explanation,
                }
                for dispute in self.disputes
            ],
            "failures": [failure.model_dump() for failure in self.failures],
        }


def stored_claims(
    database: Database, articles: Collection[str], most: int = MOST_CLAIMS
) -> tuple[tuple[ReportedClaim, ...], int]:
    """The first ``most`` stored claims of articles (by identifier), and how many there are."""
    if not database.exists():
        return (), 0
    sql = (resources.files(__package__) / "report.sql").read_text(encoding="utf-8")
    with database.reading() as connection:
        rows = connection.execute(
            sql, {"articles": json.dumps(sorted(articles)), "most": most}
        ).fetchall()
    columns = list(ReportedClaim.model_fields)
    claims = tuple(ReportedClaim(**dict(zip(columns, row[:-1], strict=True))) for row in rows)
    return claims, int(rows[0][-1]) if rows else 0


def reported_disputes(
    database: Database, most: int | None = MOST_DISPUTES
) -> tuple[tuple[StoredDispute, ...], dict[str, tuple[str, ...]]]:
    """The best ``most`` disputes of the database (None gives all), and the words in which their
    claims conflict, by claim."""
    if not database.exists():
        return (), {}
    with database.reading() as connection:
        disputes = best_disputes(connection, most)
        pairs = [pair for dispute in disputes for pair in dispute.pairs]
        return tuple(disputes), conflicting_texts(connection, pairs)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
