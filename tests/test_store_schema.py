"""The database: its tables and views, and what they say of themselves."""

from __future__ import annotations

from pathlib import Path

import duckdb
from storing import rows

from claims.store import migrating
from claims.store.database import Database

STORE = Path(migrating.__file__).parent


# The schema


def catalog(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(path) as connection:
        return connection.execute(
            "SELECT t.table_name, t.comment, c.column_index, c.column_name, c.data_type, "
            "c.is_nullable, c.column_default, c.comment FROM duckdb_tables() t "
            "JOIN duckdb_columns() c USING (table_oid) ORDER BY t.table_name, c.column_index"
        ).fetchall()


def test_migrations_build_what_schema_sql_says(database: Database, tmp_path: Path) -> None:
    with database.writing():
        pass
    with duckdb.connect(tmp_path / "schema.duckdb") as connection:
        connection.execute((STORE / "schema.sql").read_text(encoding="utf-8"))

    built = catalog(database.path)

    assert built == catalog(tmp_path / "schema.duckdb")
    assert [row for row in built if not row[1] or not row[7]] == []


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
