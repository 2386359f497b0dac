"""Writing a file for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import duckdb

from claims.errors import InputError
from claims.export.annotations import web_annotations
from claims.export.fact_checks import claim_reviews
from claims.export.formats import ExportFormat
from claims.store.database import Database

_BOM = "\ufeff"
"""Without it, spreadsheets take the Urdu of a CSV file for something else."""

_CHUNK = 10_000  # rows that are moved at once

_TABLES = {
    ExportFormat.PARQUET: "FORMAT parquet",
    ExportFormat.CSV: "FORMAT csv, HEADER",
    ExportFormat.JSONL: "FORMAT json",
}

_DOCUMENTS = {
    ExportFormat.ANNOTATIONS: web_annotations,
    ExportFormat.CLAIMREVIEW: claim_reviews,
}


def export(database: Database, form: ExportFormat, out: Path, *, all_versions: bool = False) -> int:
    """Write a file, and return how many records are in it.

    Tables and annotations hold all claims, each with its article; ``claimreview`` the pairs that a
    person decided. Of an article that its outlet edited they hold the newest version alone, with
    ``all_versions`` every version, and what was decided about each. A file that is there is
    replaced. Raises DatabaseError, and InputError where ``out`` cannot be written.
    """
    try:
        write = _table if form in _TABLES else _document
        return write(database, form, out, all_versions)
    except (OSError, duckdb.IOException) as error:
        raise InputError(f"{out}: cannot be written: {' '.join(str(error).split())}") from None


def _table(database: Database, form: ExportFormat, out: Path, all_versions: bool) -> int:
    """All claims by way of a database in memory: the one that is read reaches no file, and is held
    no longer than reading takes."""
    sql = (resources.files(__package__) / "claims.sql").read_text(encoding="utf-8")
    with _reading(database, all_versions) as connection:
        columns = connection.execute(f"DESCRIBE {sql}").fetchall()
        rows = connection.execute(
            f"SELECT CAST(to_json(claims) AS VARCHAR) FROM ({sql}) AS claims"
        ).fetchall()
    structure = json.dumps([{name: kind for name, kind, *_ in columns}])
    with duckdb.connect() as own:
        listed = ", ".join(f'"{name}" {kind}' for name, kind, *_ in columns)
        own.execute(f"CREATE TABLE claims ({listed})")
        for first in range(0, len(rows), _CHUNK):
            chunk = ",".join(row for (row,) in rows[first : first + _CHUNK])
            own.execute(
                "INSERT INTO claims BY NAME "
                "SELECT unnest(from_json_strict(?, ?), recursive := TRUE)",
                [f"[{chunk}]", structure],
            )
        own.execute(
            "COPY (FROM claims ORDER BY article_id, sentence_index, content_start, claim_id) "
            f"TO $out ({_TABLES[form]})",
            {"out": str(out)},
        )
    if form is ExportFormat.CSV:
        plain = out.read_bytes()
        out.write_bytes(_BOM.encode() + plain)
    return len(rows)


@contextmanager
def _reading(database: Database, all_versions: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    with database.reading() as connection:
        if all_versions:
            # Names of temporary tables come first, also inside views.
            connection.execute(
                "CREATE TEMP TABLE superseded_articles AS FROM superseded_articles LIMIT 0"
            )
        yield connection


def _document(database: Database, form: ExportFormat, out: Path, all_versions: bool) -> int:
    with _reading(database, all_versions) as connection:
        document = _DOCUMENTS[form](connection)
    with out.open("w", encoding="utf-8") as file:
        document.write(file)
    return len(document.records)
