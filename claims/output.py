"""Attributions as ``claims extract`` prints them: a table, JSON Lines or CSV."""

from __future__ import annotations

import csv
import json
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from claims.model import Analysed, Claim, Spans

_JOIN = " … "
_COLUMNS = (
    "article", "speaker", "source", "cue", "content", "stance", "pattern", "quotation", "via",
    "confidence",
)  # fmt: skip


class ExtractFormat(StrEnum):
    """How attributions are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class PairFormat(StrEnum):
    """How contradictions are printed."""

    TABLE = "table"
    JSONL = "jsonl"


def write_header(form: ExtractFormat, out: TextIO) -> None:
    """What stands before the first article."""
    if form is ExtractFormat.CSV:
        csv.writer(out, lineterminator="\n").writerow(_COLUMNS)


def write(analysed: Analysed, form: ExtractFormat, out: TextIO) -> None:
    """One article's attributions."""
    if form is ExtractFormat.JSONL:
        print(json.dumps(attributions(analysed), ensure_ascii=False), file=out)
    elif form is ExtractFormat.CSV:
        csv.writer(out, lineterminator="\n").writerows(
            tuple(_row(analysed, claim).values()) for claim in analysed.claims
        )
    else:
        # Here, not above: programs that read JSON need not wait for it.
        from claims.printing import claims_table, console
        from claims.report import ReportedClaim

        rows = [_row(analysed, claim) for claim in analysed.claims]
        keys = tuple(ReportedClaim.model_fields)
        claims = [ReportedClaim(**{key: row[key] for key in keys}) for row in rows]
        console(out).print(claims_table(claims))


def attributions(analysed: Analysed) -> dict[str, object]:
    """``{"article": …, "attributions": […]}`` with offsets into the file's decoded text."""
    return {
        "article": analysed.document.article.path,
        "attributions": [_attribution(claim) for claim in analysed.claims],
    }


def _attribution(claim: Claim) -> dict[str, object]:
    found = claim.attribution
    return {
        "source": _pairs(found.source) if found.source else None,
        "cue": _pairs(found.cue),
        "content": _pairs(found.content),
        "stance": found.stance.value,
        "pattern": found.pattern.value,
        "quotation": found.quotation.value,
        "speaker": claim.speaker.name if claim.speaker else None,
        "via": claim.via.name if claim.via else None,
        "confidence": found.confidence,
    }


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _row(analysed: Analysed, claim: Claim) -> dict[str, str | None]:
    article, found = analysed.document.article, claim.attribution

    def words(spans: Spans | None) -> str:
        return _JOIN.join(span.of(article.text) for span in spans or ())

    return {
        "article": article.path or article.article_id,
        "speaker": claim.speaker.name if claim.speaker else None,
        "source": words(found.source) or None,
        "cue": words(found.cue),
        "content": words(found.content),
        "stance": found.stance.value,
        "pattern": found.pattern.value,
        "quotation": found.quotation.value,
        "via": claim.via.name if claim.via else None,
        "confidence": f"{found.confidence:.2f}",
    }
