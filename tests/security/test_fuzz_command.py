"""The fuzz command, for a few seconds: nothing found, and its counts are printed."""

from __future__ import annotations

import json
import subprocess
import sys

from conftest import ROOT


def test_a_few_tries_of_everything_find_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.fuzz", "--minutes", "0.1", "--seed", "7"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counts = json.loads(done.stdout.splitlines()[-1])
    assert counts["findings"] == 0
    assert set(counts["tries"]) == {
        "readers",
        "YAML",
        "restore",
        "SQL",
        "forms",
        "searches",
    }
    assert all(sum(ended.values()) > 0 for ended in counts["tries"].values())
