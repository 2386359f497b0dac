"""Which files there are."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """What kind of file is written."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
    ANNOTATIONS = "annotations"
    CLAIMREVIEW = "claimreview"

    @property
    def file_name(self) -> str:
        """What the file is called where nobody gives a name."""
        return _FILES[self][0]

    @property
    def media_type(self) -> str:
        """Its type as the web names it."""
        return _FILES[self][1]


_FILES = {
    ExportFormat.PARQUET: ("claims.parquet", "application/vnd.apache.parquet"),
    ExportFormat.CSV: ("claims.csv", "text/csv; charset=utf-8"),
    ExportFormat.JSONL: ("claims.jsonl", "application/jsonl"),
    ExportFormat.ANNOTATIONS: ("claims-annotations.jsonld", "application/ld+json"),
    ExportFormat.CLAIMREVIEW: ("claims-reviewed.jsonld", "application/ld+json"),
}
