"""Which kinds of files there are.

A kind is one line of ``BUILT_IN``. Another package adds one under the entry point group
``claims.exports``, and a program that imports this one by ``register``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from claims.entry_points import load_entry_points
from claims.export.annotations import write_annotations
from claims.export.contested import write_contradictions, write_disputes
from claims.export.export_input import ExportInput
from claims.export.fact_checks import write_claim_reviews
from claims.export.tables import write_csv, write_jsonl, write_parquet

GROUP = "claims.exports"
"""The entry points that are loaded: each names an ``ExportFormat``."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A kind of file. ``write`` writes it whole to a path and returns how many records are in it.

    ``name`` is the word that asks for it, ``file_name`` what the file is called where nobody gives
    a name, ``media_type`` its type as the web names it, ``holds`` what is in it, in a few words.
    """

    name: str
    write: Callable[[ExportInput, Path], int]
    file_name: str
    media_type: str
    holds: str = ""

    def told(self) -> dict[str, object]:
        """What programs are told of it."""
        return {
            "name": self.name,
            "file_name": self.file_name,
            "media_type": self.media_type,
            "holds": self.holds,
        }


_TABLE = "every claim with its article"
_LD = "application/ld+json"

BUILT_IN = (
    ExportFormat(
        "parquet", write_parquet, "claims.parquet", "application/vnd.apache.parquet", _TABLE
    ),
    ExportFormat("csv", write_csv, "claims.csv", "text/csv; charset=utf-8", _TABLE),
    ExportFormat("jsonl", write_jsonl, "claims.jsonl", "application/jsonl", _TABLE),
    ExportFormat(
        "contradictions",
        write_contradictions,
        "claims-contradictions.jsonl",
        "application/jsonl",
        "every pair that conflicts, with the sentences of both sides",
    ),
    ExportFormat(
        "disputes",
        write_disputes,
        "claims-disputes.jsonl",
        "application/jsonl",
        "what is contested, with both sides, over time",
    ),
    ExportFormat(
        "annotations", write_annotations, "claims-annotations.jsonld", _LD, "Web Annotations"
    ),
    ExportFormat(
        "claimreview", write_claim_reviews, "claims-reviewed.jsonld", _LD, "pairs that were decided"
    ),
)

_added: list[ExportFormat] = []


def register(form: ExportFormat) -> None:
    """Add a kind for this process; it takes the place of one of the same name."""
    _added.append(form)


def export_formats() -> dict[str, ExportFormat]:
    """All kinds by name: built in, of other packages, registered; the last of a name counts.

    Raises ConfigError for an entry point that does not load.
    """
    return {
        form.name: form for form in (*BUILT_IN, *load_entry_points(GROUP, ExportFormat), *_added)
    }
