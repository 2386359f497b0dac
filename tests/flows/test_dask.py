"""The same flow on a Dask cluster, one worker of which is killed."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, Run
from test_workers import children, rows

from benchmarks.synthetic import write
from claims.pipeline.progress import Step, watched


def test_a_cluster_whose_worker_is_killed_writes_what_one_process_writes(
    run: Run, tmp_path: Path
) -> None:
    pytest.importorskip("prefect_dask", reason="the extra `dask` is not installed")
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    pipeline = config / "pipeline.yaml"
    text = pipeline.read_text(encoding="utf-8")
    for old, new in (
        ("chunk_articles: 8 ", "chunk_articles: 1 "),
        ("workers: 1 ", "workers: 2 "),
    ):
        assert old in text
        text = text.replace(old, new)
    pipeline.write_text(text, encoding="utf-8")
    write(tmp_path / "news", range(6), 2)
    articles = [*sorted(SEEDS.glob("*.txt"))[:2], tmp_path / "news"]
    alone, spread = tmp_path / "alone.duckdb", tmp_path / "spread.duckdb"
    run(articles, alone, config)

    pipeline.write_text(text.replace("runner: local ", "runner: dask "), encoding="utf-8")
    before = children(os.getpid())
    killed: list[int] = []

    def kill(step: Step) -> None:
        # Chunks are handed out ahead, so that with one of eight stored both workers have theirs.
        if step.stage == "annotating" and step.done == 1:
            workers = [pid for pid in children(os.getpid()) - before if _is_worker(pid)]
            assert len(workers) == 2
            killed.append(min(workers))
            os.kill(killed[0], signal.SIGKILL)

    with watched(kill):
        report = run(articles, spread, config)
    assert len(killed) == 1
    assert (report.new, report.failures) == (8, ())
    assert rows(alone) == rows(spread)


def _is_worker(process: int) -> bool:
    return "spawn_main" in Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
