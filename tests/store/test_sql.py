"""`claims sql`: users' questions answered, everything else refused with a reason."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from building import Said, analysed, speaker

from claims.errors import ExitStatus, QueryError
from claims.store import reviews
from claims.store.articles import save
from claims.store.database import Database
from claims.store.formats import ResultFormat, write
from claims.store.query import Limits, Result, query

MINISTER = speaker("The health minister", ur=("وزیرِ صحت",))
ARTICLE = analysed(
    "وزیرِ صحت نے کہا کہ ہسپتال کھلا ہے۔\n",
    [Said("ہسپتال کھلا ہے", "وزیرِ صحت", "کہا", MINISTER)],
    language="ur",
    published_at=datetime(2024, 2, 3, 4, 5),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp("sql") / "claims.duckdb", wait=5)
    save(database, [ARTICLE])
    return database


def refusal(database: Database, sql: str) -> str:
    with pytest.raises(QueryError) as error:
        query(database, sql)
    message = str(error.value)
    assert "\n" not in message
    assert error.value.exit_status == ExitStatus.USAGE
    return message


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT speaker FROM claims",
        "FROM claims SELECT speaker;",
        "WITH c AS (FROM claims) SELECT speaker FROM c -- a comment",
        "/* first */ SELECT name FROM speakers",
        "VALUES ('The health minister')",
    ],
)
def test_a_statement_that_reads_is_answered(database: Database, sql: str) -> None:
    assert query(database, sql).rows == [("The health minister",)]


@pytest.mark.parametrize(
    "sql",
    [
        "DESCRIBE claims",
        "SHOW TABLES",
        "SUMMARIZE claims",
        "EXPLAIN SELECT * FROM denials",
        "PIVOT claims ON stance USING count(*) GROUP BY outlet",
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'claims'",
    ],
)
def test_questions_about_the_tables_are_answered(database: Database, sql: str) -> None:
    assert query(database, sql).rows


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("INSERT INTO reviews VALUES ('a', 'b', 'c', 'd', now()::TIMESTAMP)", "INSERT"),
        ("UPDATE claims SET speaker = 'nobody'", "UPDATE"),
        ("DELETE FROM articles", "DELETE"),
        ("WITH a AS (SELECT 1) DELETE FROM articles", "DELETE"),
        ("MERGE INTO claims USING claims AS c ON true WHEN MATCHED THEN DELETE", "MERGE_INTO"),
        ("DROP TABLE claims", "DROP"),
        ("CREATE TEMP TABLE t AS SELECT 1", "CREATE"),
        ("COMMENT ON TABLE claims IS 'x'", "ALTER"),
        ("COPY claims TO 'out.csv'", "COPY"),
        ("EXPORT DATABASE 'out'", "EXPORT"),
        ("ATTACH 'other.duckdb'", "ATTACH"),
        ("INSTALL httpfs", "LOAD"),
        ("LOAD httpfs", "LOAD"),
        ("SET enable_external_access = true", "SET"),
        ("RESET lock_configuration", "SET"),
        ("CALL pragma_version()", "CALL"),
        ("CHECKPOINT", "CALL"),
        ("BEGIN", "TRANSACTION"),
        ("SELECT 1; DROP TABLE claims", "DROP"),
        ("SELECT 1; SELECT 2", "2 statements given"),
        ("EXPLAIN ANALYZE DELETE FROM articles", "DELETE"),
        ("", "no statement given"),
        (" ; -- nothing", "no statement given"),
    ],
)
def test_whatever_does_not_read_is_refused(database: Database, sql: str, named: str) -> None:
    before = query(database, "SELECT count(*) FROM articles").rows
    assert named in refusal(database, sql)
    assert query(database, "SELECT count(*) FROM articles").rows == before
    assert {file.name for file in database.path.parent.iterdir()} <= {
        "claims.duckdb",
        "claims.duckdb.lock",
    }


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM '{file}'",
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{database}')",
        "SELECT * FROM read_json_auto('{file}')",
        "SELECT * FROM parquet_scan('{file}')",
        "SELECT * FROM sniff_csv('{file}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM query('FROM ''{file}''')",
        "SELECT (SELECT content FROM read_text('{file}'))",
        "DESCRIBE FROM '{file}'",
        "EXPLAIN ANALYZE SELECT * FROM read_text('{file}')",
        "SELECT * FROM 'https://example.org/claims.csv'",
        "FROM duckdb_secrets()",
    ],
)
def test_reading_files_is_refused(database: Database, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("password\nopen sesame\n", encoding="utf-8")
    message = refusal(
        database, sql.format(file=file, folder=tmp_path, database=database.path.resolve())
    )
    assert "refused" in message
    assert "sesame" not in message


def test_variables_of_the_program_are_no_tables(database: Database) -> None:
    refused = "Table with name database does not exist"
    assert refused in refusal(database, "SELECT * FROM database")


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("SELCT 1", 'syntax error at or near "SELCT"'),
        ("SELECT speeker FROM claims", 'Candidate bindings: "speaker"'),
        ("SELECT * FROM claimz", 'Did you mean "claims"?'),
        ("SELECT *\nFROM claims\nWHERE speeker = 1", "(line 3)"),
        ("SELECT 'a'::INTEGER", "Could not convert string 'a'"),
        ("SELECT ?", "parameter"),
        ("SELECT \x00", "rror"),
    ],
)
def test_mistakes_are_told_in_one_line(database: Database, sql: str, hint: str) -> None:
    assert hint in refusal(database, sql)


def test_a_limit_stops_a_long_answer(database: Database) -> None:
    result = query(database, "FROM range(10000000000)", Limits(rows=3))
    assert result.rows == [(0,), (1,), (2,)]
    assert result.truncated
    assert not query(database, "FROM range(3)", Limits(rows=3)).truncated


def test_a_refusal_leaves_the_database_free(database: Database) -> None:
    refusal(database, "SELECT * FROM 'nothing.csv'")
    save(database, [ARTICLE])


def written(result: Result, form: ResultFormat) -> str:
    out = io.StringIO()
    write(result, form, out)
    return out.getvalue()


VALUES = """
SELECT
    claims.speaker, names, published_at, published_at::DATE AS day, negated, confidence,
    0.5::DECIMAL(3, 2) AS half, 'NaN'::DOUBLE AS unknown, {'a': [1, NULL]} AS nested,
    NULL AS nothing, 'a,"b"\nc' AS tricky, 18446744073709551616::HUGEINT AS huge, claims.speaker
FROM claims JOIN speakers USING (speaker_id)
"""


def test_json_keeps_types_and_all_columns(database: Database) -> None:
    assert json.loads(written(query(database, VALUES), ResultFormat.JSON)) == [
        {
            "speaker": "The health minister",
            "names": {"ur": ["وزیرِ صحت"]},
            "published_at": "2024-02-03T04:05:00",
            "day": "2024-02-03",
            "negated": False,
            "confidence": 0.75,
            "half": 0.5,
            "unknown": None,
            "nested": {"a": [1, None]},
            "nothing": None,
            "tricky": 'a,"b"\nc',
            "huge": 18446744073709551616,
            "speaker_2": "The health minister",
        }
    ]
    assert json.loads(written(query(database, "FROM denials"), ResultFormat.JSON)) == []


def test_csv_comes_back_as_it_went(database: Database) -> None:
    header, row = csv.reader(io.StringIO(written(query(database, VALUES), ResultFormat.CSV)))
    assert header[:2] == ["speaker", "names"]
    assert dict(zip(header, row, strict=True)) == {
        "speaker": "The health minister",
        "names": '{"ur":["وزیرِ صحت"]}',
        "published_at": "2024-02-03T04:05:00",
        "day": "2024-02-03",
        "negated": "false",
        "confidence": "0.75",
        "half": "0.50",
        "unknown": "nan",
        "nested": '{"a": [1, null]}',
        "nothing": "",
        "tricky": 'a,"b"\nc',
        "huge": "18446744073709551616",
    }


def test_a_table_shows_rows_null_and_no_control_characters(database: Database) -> None:
    result = query(
        database, "SELECT content_text, NULL AS gone, e'\\x1b[31m[red]' AS x FROM claims"
    )
    table = written(result, ResultFormat.TABLE)
    assert "ہسپتال کھلا ہے" in table
    assert "NULL" in table
    assert "[red]" in table
    assert "\x1b" not in table
    assert "1 row" in table
    wide = written(
        query(database, "FROM denials UNION ALL BY NAME FROM claims"), ResultFormat.TABLE
    )
    assert "ہسپتال کھلا ہے" in wide
    assert all(len(line) <= 80 for line in wide.splitlines())
    more = written(query(database, "FROM range(9)", Limits(rows=2)), ResultFormat.TABLE)
    assert "2 rows, there are more" in more


def test_sql_answers_without_loading_models() -> None:
    code = (
        "import sys, claims.store.query, claims.store.formats\n"
        "print([m for m in ('torch', 'stanza', 'prefect', 'numpy', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_database_without_reviews_makes_no_review_file(database: Database) -> None:
    assert query(database, "FROM reviews").rows == []
    assert not reviews.reviews_path(database.path).exists()
