"""The same flow on a Dask cluster."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, Run
from test_workers import rows


def test_a_dask_cluster_of_two_writes_what_one_process_writes(run: Run, tmp_path: Path) -> None:
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
    alone, spread = tmp_path / "alone.duckdb", tmp_path / "spread.duckdb"
    articles = sorted(SEEDS.glob("*.txt"))[:2]
    run(articles, alone, config)
    pipeline.write_text(text.replace("runner: local ", "runner: dask "), encoding="utf-8")
    report = run(articles, spread, config)
    assert report.new == 2
    assert rows(alone) == rows(spread)
