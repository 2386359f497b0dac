"""Real processes, stopped in the middle of a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, Run
from prefect_homes import prefect_home

from claims.config.settings import ContradictionSettings
from claims.contradictions.find import find
from claims.store.database import Database

ARTICLES = 50


@pytest.fixture
def fifty(tmp_path: Path) -> Path:
    """The four seeds, and copies whose text is changed."""
    folder = tmp_path / "fifty"
    folder.mkdir()
    seeds = sorted(SEEDS.glob("*.txt"))
    for number in range(ARTICLES):
        text = seeds[number % len(seeds)].read_text(encoding="utf-8")
        changed = text if number < len(seeds) else f"{text}\nاشاعت نمبر {number}\n"
        (folder / f"{number:02}.txt").write_text(changed, encoding="utf-8")
    return folder


@contextmanager
def started(folder: Path, database: Path, **env: str) -> Iterator[subprocess.Popen[str]]:
    """``claims run`` in a process group of its own, which is gone at the end of the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "claims.cli", "run", str(folder), "--database", str(database)],
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def wait_until(process: subprocess.Popen[str], words: str) -> None:
    """Read the process's progress until it has said ``words``."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if line.startswith(words):
            return
    pytest.fail(f"never said {words!r} but: {''.join(said)}")


def check_whole(database: Database) -> int:
    """Every stored article has all that belongs to it, once; how many there are."""
    with database.reading() as connection:

        def value(sql: str) -> int:
            row = connection.execute(sql).fetchone()
            assert row is not None
            return int(row[0])

        articles = value("SELECT count(*) FROM articles")
        assert articles == value("SELECT count(DISTINCT article_id) FROM articles")
        assert articles == value("SELECT count(DISTINCT article_id) FROM sentences")
        assert articles == value("SELECT count(DISTINCT article_id) FROM claims")
        claims = value("SELECT count(*) FROM claims")
        assert claims == value("SELECT count(DISTINCT claim_id) FROM claims")
        assert claims == value("SELECT count(DISTINCT claim_id) FROM claim_spans")
        stray = "SELECT count(*) FROM {} WHERE {} NOT IN (SELECT {} FROM {})"
        assert value(stray.format("sentences", "article_id", "article_id", "articles")) == 0
        assert value(stray.format("claims", "article_id", "article_id", "articles")) == 0
        assert value(stray.format("claim_spans", "claim_id", "claim_id", "claims")) == 0
        assert value(stray.format("claim_terms", "claim_id", "claim_id", "claims")) == 0
    return articles


def test_a_killed_run_leaves_whole_articles_and_the_next_run_the_rest(
    fifty: Path, run: Run, prefect_server: str, tmp_path: Path
) -> None:
    database = Database(tmp_path / "claims.duckdb")
    with started(fifty, database.path, PREFECT_API_URL=prefect_server) as process:
        wait_until(process, "annotating: 16 of 50")
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    stored = check_whole(database)
    assert 16 <= stored < ARTICLES

    report = run([fifty], database.path)
    assert (report.articles, report.new, report.unchanged) == (ARTICLES, ARTICLES - stored, stored)
    assert check_whole(database) == ARTICLES
    with database.reading() as connection:
        runs = connection.execute("SELECT status FROM runs ORDER BY started_at").fetchall()
        kept = connection.execute("SELECT contradiction_id FROM contradictions").fetchall()
        found = find(connection, ContradictionSettings(), None)
    assert runs == [("interrupted",), ("done",)]
    assert {one for (one,) in kept} == {one.contradiction_id for one in found}
    assert len(kept) == len(found)

    assert run([fifty], database.path).run_id is None


def test_ctrl_c_is_one_line_and_the_run_is_recorded_as_interrupted(
    fifty: Path, tmp_path: Path
) -> None:
    database = Database(tmp_path / "claims.duckdb")
    # With a Prefect server of its own, which gets the terminal's Ctrl-C as well.
    home = prefect_home(tmp_path / "prefect")
    with started(fifty, database.path, PREFECT_HOME=str(home)) as process:
        wait_until(process, "annotating: 8 of 50")
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert out == ""
    lines = [line for line in err.splitlines() if not line.startswith("annotating: ")]
    assert lines == [
        "claims: interrupted; what was stored is whole, and the same command goes on from there"
    ]
    assert 8 <= check_whole(database) < ARTICLES
    with database.reading() as connection:
        assert connection.execute("SELECT status FROM runs").fetchall() == [("interrupted",)]
