"""A run whose Prefect server has gone ends with one line; what was stored is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT


def test_a_server_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "claims.cli", "run", "seeds", "--database", str(tmp_path / "x.db")],
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
