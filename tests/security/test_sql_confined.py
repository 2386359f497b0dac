"""SQL that is meant to do harm: to the process, to the machine, to those who wait for the database.

DuckDB is native code. What reaches it is asked of the real thing here, by the command and by the
page that is really served.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browsing import served
from conftest import ROOT, Command
from listening import descendants
from reviewing import filled

from claims.store.articles import save
from claims.store.database import Database

PATIENCE = 300  # seconds: much more than it takes, for machines that are busy
CRASH = "FROM pandas_scan(NULL)"
SERIALIZED = f"json_serialize_sql('{CRASH}')"
ENDLESS = (
    "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range % 7 = b.range % 3"
)
HUGE = "SELECT repeat('x', 4000000000)"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return filled(tmp_path_factory.mktemp("sql") / "claims.duckdb")


@pytest.fixture(scope="module")
def page(database: Database) -> Iterator[httpx.Client]:
    """A browser's place at the page that is really served."""
    with served(database.path) as address, httpx.Client(
        base_url=address, timeout=PATIENCE, headers={"origin": address.rstrip("/")}
    ) as client:  # fmt: skip
        yield client


@pytest.mark.parametrize(
    "sql",
    [
        CRASH,
        "FROM system.main.PANDAS_SCAN(NULL)",
        'FROM "pandas_scan"(NULL)',
        f"EXPLAIN /* nothing */ ANALYZE {CRASH}",
        f"EXPLAIN (FORMAT json) {CRASH}",
        f"DESCRIBE {CRASH}",
        f"SUMMARIZE {CRASH}",
        f"PIVOT ({CRASH}) ON a USING count(*)",
        'PIVOT (FROM claims WHERE 1 = (FROM "pandas_scan"(NULL))) ON stance USING count(*)',
        f"WITH a AS ({CRASH}) SELECT 1",
        f"SELECT list_transform([1], x -> (SELECT count(*) {CRASH}))",
        f"FROM claims ORDER BY (SELECT 1 {CRASH}) LIMIT (SELECT 1 {CRASH})",
        f"FROM query('{CRASH}')",
        "FROM query_table('claims')",
        f"FROM json_execute_serialized_sql({SERIALIZED})",
        f"SELECT {SERIALIZED}",
        f"SELECT json_serialize_plan('{CRASH}')",
        "FROM arrow_scan(1::POINTER, 2::POINTER, 3::POINTER)",
        "SELECT NULL::STRUCT(a POINTER[])",
        "FROM python_map_function((FROM claims), 1::POINTER, 2::POINTER)",
        "FROM seq_scan('claims')",
        "FROM test_vector_types(NULL::INTEGER)",
        "SELECT finalize('x'::BLOB)",
        "SELECT __internal_decompress_string(7::UBIGINT)",
        "SELECT current_setting('temp_directory')",
        "SELECT main.write_log('x')",
        "FROM duckdb_settings()",
        "FROM pragma_database_size()",
    ],
)
def test_functions_that_are_not_for_questions_are_refused(page: httpx.Client, sql: str) -> None:
    answer = page.post("/sql", data={"sql": sql})
    assert answer.status_code == 400
    assert "refused: SQL here reads" in answer.text
    assert page.get("/progress").status_code == 200


def test_the_command_refuses_in_one_line(command: Command, database: Database) -> None:
    done = command("sql", CRASH, "--database", database.path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("claims: refused: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_link_runs_nothing(page: httpx.Client) -> None:
    for headers in ({}, {"sec-fetch-site": "none"}, {"sec-fetch-site": "same-origin"}):
        for sql in ("SELECT 6 * 7 AS x", CRASH):
            shown = page.get("/sql", params={"sql": sql, "format": "json"}, headers=headers)
            assert shown.status_code == 200
            assert "</textarea>" in shown.text and sql in shown.text
            assert "42" not in shown.text.partition("</textarea>")[2].partition("<h2>")[0]
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert page.post("/sql", data={"sql": "SELECT 1"}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (HUGE, "needs more than 512 MB of memory"),
        ("SELECT length(repeat('x', 4000000000))", "needs more than 512 MB of memory"),
        ("SELECT repeat('x', 150000) FROM range(500)", "larger than 64 MB"),
        ("SELECT " + "(" * 20000 + "1" + ")" * 20000, ""),
        ("SELECT " + "1 + " * 10000 + "1", ""),
        (ENDLESS, "stopped after 5 seconds"),
    ],
)
def test_the_page_stops_what_wants_too_much(page: httpx.Client, sql: str, told: str) -> None:
    answer = page.post("/sql", data={"sql": sql})
    assert answer.status_code == 400
    assert told in answer.text
    assert page.get("/progress").status_code == 200


def test_no_more_memory_is_taken_than_allowed(database: Database) -> None:
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from claims.errors import QueryError\n"
        "from claims.store.database import Database\n"
        "from claims.store.query import Limits, query\n"
        "try:\n"
        "    limits = Limits(memory=300_000_000, seconds=300)\n"
        "    query(Database(Path(sys.argv[1])), sys.argv[2], limits)\n"
        "except QueryError as error:\n"
        "    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, error)\n"
    )
    sql = "SELECT list(range) FROM range(1000000000)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(database.path), sql],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    kilobytes, _, told = done.stdout.partition(" ")
    assert int(kilobytes) < 300_000
    assert "300 MB of memory" in told


def test_a_query_locks_nobody_out(page: httpx.Client, database: Database) -> None:
    """While many ask what never ends, a run still gets to write; and afterwards nothing is left."""
    asking = [
        threading.Thread(target=page.post, args=("/sql",), kwargs={"data": {"sql": ENDLESS}})
        for _ in range(3)
    ]
    for one in asking:
        one.start()
    save(Database(database.path, wait=PATIENCE), [])
    for one in asking:
        one.join()
    assert not processes("claims.store.query_child")


def test_a_query_that_crashes_is_told_and_the_page_goes_on(page: httpx.Client) -> None:
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(page.post("/sql", data={"sql": ENDLESS}))

    asking = threading.Thread(target=ask)
    asking.start()
    end = time.monotonic() + PATIENCE
    while not (found := processes("claims.store.query_child")) and time.monotonic() < end:
        time.sleep(0.01)
    for process in found:
        os.kill(process, signal.SIGSEGV)
    asking.join()
    assert answers[0].status_code == 400
    assert "made DuckDB end (SIGSEGV)" in answers[0].text
    assert page.post("/sql", data={"sql": "SELECT 6 * 7"}).status_code == 200


def processes(name: str) -> list[int]:
    """Our descendants with ``name`` in their command line; tests beside this one have theirs."""
    found = []
    for process in descendants(os.getpid()):
        try:
            words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
        except OSError:
            continue
        if name in words:
            found.append(process)
    return found
