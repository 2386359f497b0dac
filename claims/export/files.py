"""Which files there are, and writing one."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib import resources
from pathlib import Path

import duckdb

from claims.errors import InputError
from claims.export.annotations import web_annotations
from claims.export.fact_checks import claim_reviews
from claims.store.database import Database

_BOM = "\ufeff"
"""Without it, spreadsheets take the Urdu of a CSV file for something else."""


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

_TABLES = {
    ExportFormat.PARQUET: "FORMAT parquet",
    ExportFormat.CSV: "FORMAT csv, HEADER",
    ExportFormat.JSONL: "FORMAT json",
}

_DOCUMENTS = {
    ExportFormat.ANNOTATIONS: web_annotations,
    ExportFormat.CLAIMREVIEW: claim_reviews,
}


def export(database: Database, form: ExportFormat, out: Path) -> int:
    """Write a file, and return how many records are in it.

    Tables and annotations hold all claims, each with its article; ``claimreview`` the pairs that a
    person decided. A file that is there is replaced. Raises DatabaseError, and InputError where
    ``out`` cannot be written.
    """
    try:
        return _table(database, form, out) if form in _TABLES else _document(database, form, out)
    except (OSError, duckdb.IOException) as error:
        raise InputError(f"{out}: cannot be written: {' '.join(str(error).split())}") from None


def _table(database: Database, form: ExportFormat, out: Path) -> int:
    sql = (resources.files(__package__) / "claims.sql").read_text(encoding="utf-8")
    with database.reading(confined=False) as connection:
        row = connection.execute(f"COPY ({sql}) TO $out ({_TABLES[form]})", {"out": str(out)})
        written = row.fetchone()
    if form is ExportFormat.CSV:
        plain = out.read_bytes()
        out.write_bytes(_BOM.encode() + plain)
    return int(written[0]) if written else 0


def _document(database: Database, form: ExportFormat, out: Path) -> int:
    with database.reading() as connection:
        document, count = _DOCUMENTS[form](connection)
    with out.open("w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return count
