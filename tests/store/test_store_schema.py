"""The database: its tables and views, and what they say of themselves."""

from __future__ import annotations

from pathlib import Path

import duckdb
from storing import rows

from claims.store import migrating
from claims.store.database import Database

STORE = Path(migrating.__file__).parent


# The schema


CATALOG = {
    "tables and columns": "SELECT t.table_name, t.comment, c.column_index, c.column_name, "
    "c.data_type, c.is_nullable, c.column_default, c.comment FROM duckdb_tables() t "
    "JOIN duckdb_columns() c USING (table_oid) ORDER BY t.table_name, c.column_index",
    "views": "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY 1",
    "columns of views": "SELECT view_name, column_name, data_type, c.comment "
    "FROM duckdb_views() v JOIN duckdb_columns() c ON c.table_oid = v.view_oid "
    "WHERE NOT v.internal ORDER BY view_name, column_index",
    "indexes": "SELECT table_name, index_name, sql FROM duckdb_indexes() ORDER BY ALL",
    "constraints": "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL",
    "sequences": "SELECT sequence_name, sql FROM duckdb_sequences() ORDER BY ALL",
    "types": "SELECT type_name, logical_type FROM duckdb_types() WHERE NOT internal ORDER BY ALL",
    "functions": "SELECT function_name, macro_definition FROM duckdb_functions() "
    "WHERE NOT internal ORDER BY ALL",
}


def catalog(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(path) as connection:
        return {name: connection.execute(sql).fetchall() for name, sql in CATALOG.items()}


def test_migrations_build_what_schema_sql_says(database: Database, tmp_path: Path) -> None:
    with database.writing():
        pass
    with duckdb.connect(tmp_path / "schema.duckdb") as connection:
        for name in ("schema.sql", "views.sql"):
            connection.execute((STORE / name).read_text(encoding="utf-8"))

    built = catalog(database.path)

    assert built == catalog(tmp_path / "schema.duckdb")
    assert built["views"] and built["columns of views"]
    undocumented = [row for row in built["tables and columns"] if not row[1] or not row[7]]
    assert undocumented == []


def test_every_view_says_which_question_it_answers(database: Database) -> None:
    with database.writing():
        pass
    views = rows(database, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    assert {
        "denials",
        "disputed_claims",
        "claims_by_speaker",
        "speaker_timeline",
        "outlet_disagreements",
        "review_queue",
        "run_failures",
    } <= {str(name) for name, _ in views}
    assert all("?" in str(comment) for _, comment in views)


def test_views_of_an_older_program_are_replaced(filled: Database) -> None:
    with duckdb.connect(filled.path) as connection:
        connection.execute("CREATE OR REPLACE VIEW denials AS SELECT 1 AS old")
    with Database(filled.path).writing():
        pass
    assert "denied_text" in [row[0] for row in rows(filled, "DESCRIBE denials")]
