"""All claims as one table: Parquet, CSV, JSON Lines."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import duckdb

from claims.export.export_input import ExportInput
from claims.store.spreadsheets import COMPUTED

_BOM = "\ufeff"
"""Without it, spreadsheets take the Urdu of a CSV file for something else."""

_CHUNK = 10_000  # rows that are moved at once


def write_parquet(given: ExportInput, out: Path) -> int:
    """All claims as Parquet; the number of rows."""
    return _write(given, out, "FORMAT parquet")


def write_csv(given: ExportInput, out: Path) -> int:
    """All claims as CSV with a byte order mark; the number of rows. Texts that a spreadsheet would
    compute are guarded, unless the input is ``raw``."""
    rows = _write(given, out, "FORMAT csv, HEADER", guarded=not given.raw)
    plain = out.read_bytes()
    out.write_bytes(_BOM.encode() + plain)
    return rows


def write_jsonl(given: ExportInput, out: Path) -> int:
    """All claims as JSON Lines; the number of rows."""
    return _write(given, out, "FORMAT json")


def _write(given: ExportInput, out: Path, form: str, *, guarded: bool = False) -> int:
    """All claims by way of a database in memory: the one that is read reaches no file, and is held
    no longer than reading takes."""
    sql = (resources.files(__package__) / "claims.sql").read_text(encoding="utf-8")
    with given.reading() as connection:
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
        if guarded:
            texts = [name for name, kind, *_ in columns if kind == "VARCHAR"]
            own.execute(f"UPDATE claims SET {', '.join(map(_guarded, texts))}")
        own.execute(
            "COPY (FROM claims ORDER BY article_id, sentence_index, content_start, claim_id) "
            f"TO $out ({form})",
            {"out": str(out)},
        )
    return len(rows)


def _guarded(column: str) -> str:
    """The assignment that puts an apostrophe before what a spreadsheet would compute."""
    computed = f"regexp_matches(\"{column}\", '{COMPUTED.pattern}')"
    return f"\"{column}\" = CASE WHEN {computed} THEN '''' ELSE '' END || \"{column}\""
