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

from benchmarks.synthetic import write
from claims.config.settings import load_pipeline, load_sources
from claims.language.identification import identify
from claims.model import Article
from claims.pipeline.processes import Read, Workers, analyse
from claims.readers.articles import read
from claims.store.database import Database

OWN = {
    "schema_migrations": None,
    "runs": None,
    "run_outlets": None,
    "speaker_state": None,  # a random number for each write
    "contradictions": "* EXCLUDE (found_at)",
    "disputes": "* EXCLUDE (found_at)",
    "stories": "* EXCLUDE (formed_at)",
    "story_changes": "* EXCLUDE (changed_at)",
}
"""Tables, or columns of them, in which two runs of the same articles differ."""


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
    """All rows of all tables in the order in which they lie in the file."""
    with Database(path).reading() as connection:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary"
        ).fetchall()
        return {
            table: connection.execute(f"SELECT {OWN.get(table, '*')} FROM {table}").fetchall()
            for (table,) in tables
            if OWN.get(table, "*") is not None
        }


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

    # Among them speakers who come back in later articles, and are linked by their sound.
    write(tmp_path / "news", range(8), 3)
    inputs = [str(SEEDS), str(tmp_path / "news")]
    one, two = tmp_path / "one.duckdb", tmp_path / "two.duckdb"
    run(inputs, one, config)
    report = news(inputs, str(config), str(two), workers=2)
    assert report.new == 12
    by_one, by_two = rows(one), rows(two)
    assert len(by_one) > 15
    assert all(by_one[table] for table in ("speakers", "speaker_links", "contradictions"))
    assert by_one == by_two


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
            from claims.pipeline.processes import Workers

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
