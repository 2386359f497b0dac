"""The claims as a file for other programs."""

from __future__ import annotations

from enum import StrEnum
from importlib import resources
from pathlib import Path

import duckdb

from claims.errors import InputError
from claims.store.database import Database


class ExportFormat(StrEnum):
    """What kind of file is written."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


_OPTIONS = {
    ExportFormat.PARQUET: "FORMAT parquet",
    ExportFormat.CSV: "FORMAT csv, HEADER",
    ExportFormat.JSONL: "FORMAT json",
}


def export(database: Database, form: ExportFormat, out: Path) -> int:
    """Write all claims, each with its article, to ``out``, and return how many there were.

    A file that is there is replaced. Raises DatabaseError, and InputError where ``out`` cannot be
    written.
    """
    sql = (resources.files(__package__) / "export.sql").read_text(encoding="utf-8")
    with database.reading(confined=False) as connection:
        try:
            row = connection.execute(f"COPY ({sql}) TO $out ({_OPTIONS[form]})", {"out": str(out)})
            written = row.fetchone()
        except duckdb.IOException as error:
            raise InputError(f"{out}: cannot be written: {' '.join(str(error).split())}") from None
    return int(written[0]) if written else 0
