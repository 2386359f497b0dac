"""What a run tells at its end: what was found, what stands against it, what failed."""

from __future__ import annotations

import json
from collections.abc import Collection
from importlib import resources
from typing import TYPE_CHECKING

from claims.contradictions.listing import Pair, pairs
from claims.model import Failure, Frozen
from claims.store.tallies import Tally

if TYPE_CHECKING:
    from claims.store.database import Database

MOST_CLAIMS = 100
MOST_PAIRS = 20


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
    ``claims_total`` of all these articles, ``pairs`` the best contradictions of the database, of
    which this run added ``contradictions``. ``duplicates`` are inputs with the outlet and text of
    another one, which follows.
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
    pairs: tuple[Pair, ...] = ()
    outlets: tuple[Tally, ...] = ()
    warnings: tuple[str, ...] = ()

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
        """Outlets, claims, contradictions and failures as rows of plain values."""
        return {
            "outlets": [outlet.model_dump() for outlet in self.outlets],
            "claims": [claim.model_dump() for claim in self.claims],
            "contradictions": [
                {
                    "left": pair.left.speaker,
                    "left_text": pair.left.text,
                    "right": pair.right.speaker,
                    "right_text": pair.right.text,
                    "kind": pair.kind.value,
                    "score": pair.score,
                    "explanation": pair.explanation,
                }
                for pair in self.pairs
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


def stored_pairs(database: Database, most: int | None = MOST_PAIRS) -> tuple[Pair, ...]:
    """The best ``most`` contradictions of the database; None gives all."""
    if not database.exists():
        return ()
    with database.reading() as connection:
        return tuple(pairs(connection, most))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
