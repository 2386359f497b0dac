"""Several processes read articles: the same rows as one, and none of them is missed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, Run

from claims.configuration import load_pipeline, load_sources
from claims.language.identification import identify
from claims.model import Article
from claims.reading.articles import read
from claims.store.database import Database
from claims.workers import Read, Workers, analyse

TABLES = (
    "articles",
    "sentences",
    "claims",
    "claim_spans",
    "claim_terms",
    "speakers",
    "voices",
    "speaker_links",
    "speaker_members",
    "contradiction_spans",
)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration with one article a chunk."""
    folder = tmp_path_factory.mktemp("workers") / "config"
    shutil.copytree(ROOT / "config", folder)
    pipeline = folder / "pipeline.yaml"
    text = pipeline.read_text(encoding="utf-8")
    pipeline.write_text(text.replace("chunk_articles: 8 ", "chunk_articles: 1 "), encoding="utf-8")
    assert load_pipeline(folder).chunk_articles == 1
    return folder


@pytest.fixture(scope="module")
def chunks(config: Path) -> list[list[Article]]:
    """The seeds, one a chunk."""
    languages = load_pipeline(config).languages
    found = read([str(SEEDS)], languages, load_sources(config), identify)
    return [[article] for article in found if isinstance(article, Article)]


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows in the order in which they were written."""
    with Database(path).reading() as connection:
        found = {table: connection.execute(f"FROM {table}").fetchall() for table in TABLES}
        found["contradictions"] = connection.execute(
            "SELECT * EXCLUDE (found_at) FROM contradictions"
        ).fetchall()
    return found


def children(parent: int) -> set[int]:
    """The processes that a process has started and that still run."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.add(int(status.parent.name))
    return found


def test_two_processes_write_what_one_writes(
    run: Run, prefect_server: str, config: Path, tmp_path: Path
) -> None:
    from flows.news import news

    one, two = tmp_path / "one.duckdb", tmp_path / "two.duckdb"
    run([SEEDS], one, config)
    report = news([str(SEEDS)], str(config), str(two), workers=2)
    assert report.new == 4
    assert rows(one) == rows(two)


def test_a_killed_worker_loses_and_repeats_nothing(
    config: Path, chunks: list[list[Article]]
) -> None:
    expected = [analyse(str(config), chunk) for chunk in chunks]
    before = children(os.getpid())
    found: list[Read] = []
    with Workers(config, 2) as workers:
        for result in workers.analyse(chunks):
            found.append(result)
            if len(found) == 1:
                killed = max(
                    pid
                    for pid in children(os.getpid()) - before
                    if "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()
                )
                os.kill(killed, signal.SIGKILL)
    assert found == expected


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(
            """
            import time
            from pathlib import Path
            from claims.workers import Workers

            if __name__ == "__main__":
                with Workers(Path("config"), 2) as workers:
                    pool = workers._running()
                    print(pool.submit(abs, -1).result(), pool.submit(abs, -1).result(), flush=True)
                    time.sleep(600)
            """
        ),
        encoding="utf-8",
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)], cwd=ROOT, env=env, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        started = children(process.pid)
        process.kill()
    assert started
    for _ in range(600):
        if not any(Path(f"/proc/{pid}").exists() for pid in started):
            break
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)


def test_an_interrupted_run_leaves_no_worker(config: Path, chunks: list[list[Article]]) -> None:
    before = children(os.getpid())
    with pytest.raises(KeyboardInterrupt), Workers(config, 2) as workers:
        for _ in workers.analyse(chunks):
            raise KeyboardInterrupt
    left = children(os.getpid()) - before
    assert all("resource_tracker" in Path(f"/proc/{pid}/cmdline").read_text() for pid in left)
