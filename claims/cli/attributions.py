"""Attributions as ``claims extract`` prints them: a table, JSON Lines or CSV."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

from claims.store.spreadsheets import CsvWriter
from claims.terminal import json_line

if TYPE_CHECKING:
    from claims.model import Analysed, Claim, Spans

_JOIN = " … "
_COLUMNS = (
    "article", "speaker", "source", "cue", "content", "stance", "pattern", "quotation", "via",
    "confidence", "modality",
)  # fmt: skip


class ExtractFormat(StrEnum):
    """How attributions are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def write_header(form: ExtractFormat, out: TextIO) -> None:
    """What stands before the first article."""
    if form is ExtractFormat.CSV:
        CsvWriter(out).rows([_COLUMNS])


def write(
    analysed: Analysed,
    form: ExtractFormat,
    out: TextIO,
    *,
    raw: bool = False,
    unasserted: bool = False,
) -> None:
    """One article's attributions; with ``unasserted`` also what nobody is said to have said.

    Texts in CSV that a spreadsheet would compute are guarded, unless ``raw``.
    """
    if not unasserted:
        said = (one for one in analysed.claims if one.attribution.modality == "asserted")
        analysed = analysed.model_copy(update={"claims": tuple(said)})
    if form is ExtractFormat.JSONL:
        print(json_line(attributions(analysed)), file=out)
    elif form is ExtractFormat.CSV:
        CsvWriter(out, raw=raw).rows(
            tuple(_row(analysed, claim).values()) for claim in analysed.claims
        )
    else:
        # Here, not above: programs that read JSON need not wait for it.
        from claims.cli.report import claims_table
        from claims.cli.tables import console
        from claims.pipeline.report import ReportedClaim

        rows = [_row(analysed, claim) for claim in analysed.claims]
        keys = tuple(ReportedClaim.model_fields)
        claims = [ReportedClaim(**{key: row[key] for key in keys}) for row in rows]
        console(out).print(claims_table(claims))


def attributions(analysed: Analysed) -> dict[str, object]:
    """``{"article": …, "attributions": […]}`` with offsets into the file's decoded text, and beside
    them the words that stand there, with ``…`` between those of several places."""
    article = analysed.document.article
    return {
        "article": article.path,
        "attributions": [_attribution(claim, article.text) for claim in analysed.claims],
    }


def _attribution(claim: Claim, text: str) -> dict[str, object]:
    found = claim.attribution
    return {
        "source": _pairs(found.source) if found.source else None,
        "source_text": _words(found.source, text) or None,
        "cue": _pairs(found.cue),
        "cue_text": _words(found.cue, text),
        "content": _pairs(found.content),
        "content_text": _words(found.content, text),
        "stance": found.stance.value,
        "pattern": found.pattern.value,
        "quotation": found.quotation.value,
        "speaker": claim.speaker.name if claim.speaker else None,
        "via": claim.via.name if claim.via else None,
        "confidence": found.confidence,
        "modality": found.modality.value,
    }


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _words(spans: Spans | None, text: str) -> str:
    return _JOIN.join(span.of(text) for span in spans or ())


def _row(analysed: Analysed, claim: Claim) -> dict[str, str | None]:
    article, found = analysed.document.article, claim.attribution
    text = article.text
    return {
        "article": article.path or article.article_id,
        "speaker": claim.speaker.name if claim.speaker else None,
        "source": _words(found.source, text) or None,
        "cue": _words(found.cue, text),
        "content": _words(found.content, text),
        "stance": found.stance.value,
        "pattern": found.pattern.value,
        "quotation": found.quotation.value,
        "via": claim.via.name if claim.via else None,
        "confidence": f"{found.confidence:.2f}",
        "modality": found.modality.value,
    }
