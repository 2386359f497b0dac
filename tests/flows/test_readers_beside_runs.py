"""Who keeps a database open beside the runs, and runs that have nothing to do: real processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, Command, Run
from storing import rows

from claims.errors import ExitStatus
from claims.store.database import Database
from claims.store.history import runs
from claims.store.refusals import remembered
from claims.store.runs import start_run, unfinished

NOTEBOOK = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    print(connection.execute(line).fetchone()[0], flush=True)
"""


class Notebook:
    """A process that has a database open, as a notebook has, and answers questions."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", NOTEBOOK, str(path)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, sql: str) -> int:
        assert self.process.stdin is not None and self.process.stdout is not None
        print(sql, file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@contextmanager
def notebook(path: Path) -> Iterator[Notebook]:
    """A notebook with an idle connection; closed at the end of the block."""
    opened = Notebook(path)
    with opened.process:
        try:
            opened.ask("SELECT 1")
            yield opened
        finally:
            opened.process.kill()


@pytest.fixture
def copied(seeds_path: Path, tmp_path: Path) -> Database:
    """The seeds' database with what the run that made it published beside it."""
    for path in (seeds_path, snapshot_of(seeds_path)):
        shutil.copy2(path, tmp_path / path.name)
    return Database(tmp_path / seeds_path.name, wait=5)


def snapshot_of(database: Path) -> Path:
    return database.with_name("claims.snapshot.duckdb")


def test_a_run_goes_on_beside_a_notebook_with_the_copy_open(copied: Database, run: Run) -> None:
    snapshot = snapshot_of(copied.path)
    before = snapshot.stat()
    assert before.st_nlink == 1 and before.st_ino != copied.path.stat().st_ino
    with notebook(snapshot) as idle:
        assert idle.ask("SELECT count(*) FROM runs WHERE status = 'done'") == 1
        with copied.writing() as connection:  # as if other code had compared them
            connection.execute("DELETE FROM compared_articles")
        report = run(["seeds"], copied.path)
        assert report.snapshot == str(snapshot)
        assert idle.ask("SELECT count(*) FROM runs") == 1, "what it has open stays as it was"
    with notebook(snapshot) as again:
        assert again.ask("SELECT count(*) FROM runs WHERE status = 'done'") == 2
        assert again.ask("SELECT count(*) FROM contradictions") > 0
    published = snapshot.stat()
    assert run(["seeds"], copied.path).snapshot is None
    assert snapshot.stat() == published, "nothing was new, so nothing was copied"
    assert {one.name for one in copied.path.parent.iterdir() if "snapshot" in one.name} == {
        snapshot.name
    }


def test_a_run_that_others_keep_from_the_database_is_recorded_by_the_next(
    copied: Database, command: Command, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "pipeline.yaml").write_text("database: {wait: 0.2}\n", encoding="utf-8")
    new = tmp_path / "new.txt"
    new.write_text("The minister said that the dam will open in May.\n", encoding="utf-8")
    words = ("run", new, "--database", copied.path, "--config", config)
    with notebook(copied.path) as idle:
        refused = command(*words, env={"PREFECT_HOME": str(tmp_path / "prefect")})
        assert refused.returncode == ExitStatus.DATABASE
        assert f"held by another process (PID {idle.process.pid})" in refused.stderr
        assert f"keep {snapshot_of(copied.path)} open" in refused.stderr
        assert not (tmp_path / "prefect").exists(), "told before anything was started"
        assert [one.inputs for one in remembered(copied.path)] == [(str(new),)]
    start_run(copied, ["seeds"], {})
    told = [(one.status, one.error) for one in runs(copied)]
    assert [status for status, _ in told] == ["running", "refused", "done"]
    assert "held by another process" in str(told[1][1])
    assert rows(copied, "SELECT versions->>'$.inputs[0]' FROM runs WHERE status = 'refused'") == [
        (str(new),)
    ]
    assert remembered(copied.path) == []


def test_a_refused_run_leaves_nothing_to_finish(copied: Database) -> None:
    with copied.writing() as connection:
        connection.execute(
            "INSERT INTO runs BY NAME SELECT * REPLACE ('refused' AS status, 'x' AS run_id, "
            "started_at + INTERVAL 1 DAY AS started_at) FROM runs"
        )
    assert not unfinished(copied)


def test_no_server_is_started_where_nothing_is_new(
    copied: Database, command: Command, tmp_path: Path
) -> None:
    home = tmp_path / "prefect"
    done = command("run", "seeds", "--database", copied.path, env={"PREFECT_HOME": str(home)})
    assert done.returncode == ExitStatus.OK, done.stderr
    assert "4 unchanged; nothing annotated, nothing written" in done.stdout
    assert f"Next: claims review --database {copied.path}" in " ".join(done.stdout.split())
    assert not home.exists(), "Prefect was asked for nothing"
