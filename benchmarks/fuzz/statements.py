"""SQL of users: rows, or a refusal."""

from __future__ import annotations

from pathlib import Path
from random import Random

import duckdb

from benchmarks.fuzz.case import SECRET, Case, FindingError, refusal
from benchmarks.fuzz.mutation import text
from benchmarks.fuzz.stored import database_in
from claims.errors import ClaimsError
from claims.store.query import Limits, query

_LIMITS = Limits(rows=50, seconds=5.0, memory=512_000_000, answer=50_000_000)
"""Those of the page."""
_ATTACKS = (
    "FROM pandas_scan(NULL)",
    "FROM arrow_scan(1, 2, 3)",
    "FROM read_text('{outside}/secret.txt')",
    "FROM '{outside}/secret.txt'",
    "FROM glob('{outside}/*')",
    "SELECT * FROM query('FROM read_text(''{outside}/secret.txt'')')",
    "SELECT json_execute_serialized_sql(json_serialize_sql('FROM claims'))",
    "SELECT repeat('x', 4000000000)",
    "SELECT count(*) FROM range(1000000000) a, range(1000000000) b",
    "WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t) SELECT sum(x) FROM t",
    "COPY claims TO '{outside}/made.csv'",
    "ATTACH '{outside}/made.duckdb'",
    "EXPORT DATABASE '{outside}/made'",
    "INSTALL httpfs",
    "SET threads = 64",
    "PRAGMA database_list",
    "SELECT getenv('HOME')",
    "DROP TABLE claims",
)
_VALUES = (
    "NULL",
    "1",
    "-1",
    "'x'",
    "[1, 2]",
    "{{'a': 1}}",
    "1e308",
    "'{outside}/secret.txt'",
    "text",
)
_RELATIONS = ("claims", "articles", "attributed_claims", "review_queue", "duckdb_tables()")
_FRAMES = (
    "{0}",
    "SELECT * FROM ({0})",
    "WITH q AS ({0}) SELECT count(*) FROM q",
    "EXPLAIN {0}",
    "SUMMARIZE {0}",
    "{0}; {0}",
    "SELECT (SELECT x FROM ({0}) AS t(x))",
    "DESCRIBE {0}",
    "/* {0} */ {0} -- {0}",
)


def prepare(folder: Path) -> Case:
    """A database, and the names of all functions that DuckDB has."""
    database = database_in(folder / "sql")
    outside = str(folder.parent / "outside")
    with duckdb.connect() as connection:
        listed = "SELECT DISTINCT function_name, function_type FROM duckdb_functions() ORDER BY ALL"
        functions = connection.execute(listed).fetchall()

    def statement(random: Random) -> str:
        kind = random.randrange(10)
        if kind == 0:
            return random.choice(_ATTACKS)
        if kind == 1:
            return f"SELECT '{text(random).replace(chr(39), '')}' FROM claims"
        name, sort = random.choice(functions)
        values = ", ".join(random.choice(_VALUES) for _ in range(random.randrange(4)))
        if "table" in sort or "pragma" in sort:
            return f"SELECT * FROM {name}({values})"
        return f'SELECT "{name}"({values}) FROM {random.choice(_RELATIONS)}'

    def case(random: Random) -> str:
        sql = random.choice(_FRAMES).format(statement(random).replace("{{", "{").replace("}}", "}"))
        sql = sql.replace("{outside}", outside)
        if random.random() < 0.1:
            at = random.randrange(len(sql))
            sql = sql[:at] + text(random, 10) + sql[at:]
        try:
            found = query(database, sql, _LIMITS)
        except ClaimsError as error:
            return refusal(error) if outside not in sql else "refused"
        if any(SECRET in str(row) for row in found.rows):
            raise FindingError(f"a file was read: {sql}")
        return "answered"

    return case
