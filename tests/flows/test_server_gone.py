"""A run whose Prefect server has gone ends with one line; what was stored is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from prefect_homes import prefect_home

from claims.pipeline.progress import STAGES
from claims.store.database import Database
from flows.server import whole_server


def test_a_server_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "claims.cli",
            "run",
            "seeds",
            "--database",
            str(tmp_path / "x.db"),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "PREFECT_API_URL": "http://127.0.0.1:9/api",  # the port that discards; nobody listens
            "PREFECT_CLIENT_MAX_RETRIES": "0",
        },
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("claims: "), done.stderr
    assert "Prefect" in last
    assert "Traceback" not in done.stderr


def test_a_server_that_goes_in_the_middle_is_one_line_and_leaves_what_was_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(prefect_home(tmp_path / "prefect")))
    database = Database(tmp_path / "claims.duckdb")
    command = [sys.executable, "-m", "claims.cli", "run", "seeds", "--database"]
    with (
        whole_server() as (address, server),
        subprocess.Popen(
            [*command, str(database.path)],
            cwd=ROOT,
            env={**os.environ, "PREFECT_API_URL": address, "PREFECT_CLIENT_MAX_RETRIES": "0"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if line.startswith("annotating: "):
                server.kill()
                break
        said += process.stderr.readlines()
    assert process.returncode == 1
    (line,) = [line for line in said if not line.startswith(STAGES)]
    assert line.startswith("claims: Prefect's server does not answer")
    with database.reading() as connection:
        assert connection.execute("SELECT status FROM runs").fetchall() == [("done",)]
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (4,)
