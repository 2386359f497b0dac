"""The review page on other addresses than loopback, and beside a run that writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import ROOT, SEEDS
from prefect_homes import prefect_home
from reviewing import PAIR, filled, visit
from starlette.testclient import TestClient

from claims.errors import ClaimsError
from claims.review.app import create_app
from claims.review.serve import serve
from claims.store import reviews
from claims.store.database import Database
from claims.store.query import query

TOKEN = "a-token-that-nobody-guesses"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return filled(tmp_path / "claims.duckdb")


@pytest.fixture
def outside(database: Database) -> Iterator[TestClient]:
    app = create_app(database, reviewer="Ayesha", token=TOKEN)
    with TestClient(app, base_url="http://context.example:8765") as client:
        yield client


def test_elsewhere_only_the_token_lets_in(outside: TestClient, database: Database) -> None:
    decision = f"/pair/{PAIR.contradiction_id}/decision"
    for address in ("/", "/?token=wrong", "/?token=", "/static/review.js", "/export/csv"):
        answer = outside.get(address)
        assert answer.status_code == 401
        assert "Water minister" not in answer.text
    assert outside.post(decision, data={"verdict": "unsure"}).status_code == 401
    assert outside.post(f"{decision}?token={TOKEN}", data={"verdict": "unsure"}).status_code == 401

    answer = outside.get(f"/?token={TOKEN}", follow_redirects=False)
    # the token does not stay in the address, and no script reads the cookie
    assert answer.headers["location"] == "/"
    assert {"httponly", "samesite=lax"} <= set(
        answer.headers["set-cookie"].lower().replace(" ", "").split(";")
    )
    assert "Water minister" in outside.get("/").text
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        sent = outside.post(decision, data={"verdict": "unsure"}, headers=headers)
        assert sent.status_code == 403
    assert reviews.read(database.path) == []
    own = {"origin": "http://context.example:8765"}
    assert outside.post(decision, data={"verdict": "unsure"}, headers=own).status_code == 200
    assert len(reviews.read(database.path)) == 1


def test_binding_elsewhere_says_so_and_prints_the_token(database: Database) -> None:
    code = "import sys; from pathlib import Path; from claims.review.serve import serve; "
    code += "serve(Path(sys.argv[1]), host='0.0.0.0', port=0, open_browser=False)"
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(database.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert running.stdout is not None and running.stderr is not None
        found = re.search(r"http://[^:]+:(\d+)/\?token=([\w-]{32})", running.stdout.readline())
        assert found is not None
        assert "open to every machine" in running.stderr.readline()
        base = f"http://127.0.0.1:{found[1]}/"
        assert httpx.get(base).status_code == 401
        with httpx.Client(follow_redirects=True) as client:
            assert client.get(f"{base}?token={found[2]}").status_code == 200
            assert client.get(f"{base}progress").status_code == 200
    finally:
        running.kill()
        running.communicate()


def test_a_host_that_is_none_is_told_in_one_line(database: Database) -> None:
    for host in ("no.such.host.invalid", "192.0.2.1"):
        with pytest.raises(ClaimsError, match=f"^host {host}: no address of this machine"):
            serve(database, host=host, port=0, open_browser=False)


def test_a_flow_runs_while_pages_are_read_and_decisions_made(tmp_path: Path) -> None:
    """Nothing fails or is lost on either side, however often a page is loaded in between."""
    filled(tmp_path / "claims.duckdb")
    database = Database(tmp_path / "claims.duckdb")
    command = [sys.executable, "-m", "claims.cli", "run", str(SEEDS)]
    running = subprocess.Popen(
        [*command, "--database", str(database.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PREFECT_HOME": str(prefect_home(tmp_path / "prefect"))},
    )
    decided = 0
    statuses: set[int] = set()
    seen: set[int] = set()
    try:
        with visit(database) as page:
            while running.poll() is None:
                statuses.add(page.post("/sql", data={"sql": "FROM denials"}).status_code)
                for address in ("/", "/disputes", "/export/jsonl"):
                    answer = page.get(address)
                    statuses.add(answer.status_code)
                seen.add(answer.text.count("\n"))
                sent = page.post(
                    f"/pair/{PAIR.contradiction_id}/decision",
                    data={"verdict": "compatible", "note": str(decided)},
                    follow_redirects=False,
                )
                assert sent.status_code == 303
                decided += 1
                time.sleep(0.02)
            out, _ = running.communicate()
            assert running.returncode == 0, out
            assert statuses == {200}
            # the run's claims came while pages were read, and all decisions are kept
            assert "4 articles: 4 new" in out
            assert len(query(database, "FROM articles").rows) == 6
            assert [one.note for one in reviews.read(database.path)] == [
                str(number) for number in range(decided)
            ]
            assert query(database, "SELECT count(*) FROM reviews").rows == [(decided,)]
            assert decided > 1 and min(seen) == 2
            assert page.get("/export/jsonl").text.count("\n") > 2
    finally:
        running.kill()
        running.wait()
