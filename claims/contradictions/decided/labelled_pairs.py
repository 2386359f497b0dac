"""Decisions as labelled pairs, for those who train or measure a judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from claims.contradictions.decided.decided_pairs import DecidedPair, decided_pairs
from claims.contradictions.statements import Statement, read_statements
from claims.contradictions.surroundings import Surroundings
from claims.errors import InputError
from claims.model import Verdict
from claims.store import targets
from claims.store.database import Database
from claims.terminal import json_line

_WITHOUT_REASON = {Verdict.EXTRACTION_ERROR: "extraction-error"}

_UNDO = re.compile(r"\[undo [^\]]*\]")
"""The mark of a decision that was taken back, before the note of the one that stands again."""


def export_labels(database: Database, out: Path, *, force: bool = False) -> int:
    """Write each decided pair as a line of JSON, and return how many there are.

    ``label`` is ``contradict``, ``update`` or ``neither``; each side has language, article, outlet,
    date, speaker (null where the outlet itself speaks), stance, ``text``, ``start`` and ``end``
    (code points of the article; null, as is the text, for a denial without a content of its own),
    and what stands ``before`` and ``after`` it. The file is there whole or not at all. Raises
    DatabaseError, OutputError as ``targets.refuse``, and InputError where it cannot be written.
    """
    with database.reading() as connection:
        lines = [json_line(one) for one in labelled_pairs(connection)]
    try:
        with targets.written(out, database.path, force=force) as place:
            place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {error.strerror or error}") from None
    return len(lines)


def labelled_pairs(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """What ``export_labels`` writes, a pair at a time."""
    decided = decided_pairs(connection)
    claims = {claim for one in decided for claim in (one.left_claim_id, one.right_claim_id)}
    statements = read_statements(connection, claims)
    for one in decided:
        yield {
            "id": one.contradiction_id,
            "label": one.label,
            "why": _why(one),
            "verdict": one.verdict,
            "reviewers": one.reviewers,
            "agreeing": one.agreeing,
            "judge": {"kind": one.kind, "score": one.score},
            "left": _side(statements[one.left_claim_id]),
            "right": _side(statements[one.right_claim_id]),
        }


def _why(one: DecidedPair) -> str:
    note = " ".join(_UNDO.sub("", one.note, count=1).split())
    return note or _WITHOUT_REASON.get(one.verdict, "")


def _side(statement: Statement) -> dict[str, object]:
    around = Surroundings.of(statement)
    content = statement.content
    # A statement without a source has its outlet's name where others have their speaker's.
    nobody = statement.own or (
        statement.speaker_id is None and statement.speaker == statement.outlet
    )
    return {
        "language": statement.language,
        "article": statement.article_id,
        "outlet": statement.outlet,
        "date": statement.published_at and statement.published_at.date().isoformat(),
        "speaker": None if nobody else statement.speaker,
        "stance": statement.stance,
        "text": statement.quoted(statement.pieces) or None,
        "start": content and content.start,
        "end": content and content.end,
        "before": around.before,
        "after": around.after,
    }
