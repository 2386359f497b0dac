"""Databases that earlier versions made are opened, brought up to date and worked on."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest
from building import Said, analysed
from conftest import ROOT, Command

from claims.errors import DatabaseError
from claims.store import migrating
from claims.store.articles import save, stored
from claims.store.backup import backup, restore
from claims.store.database import Database
from claims.store.history import details, failing, last_scheduled, runs

PREVIOUS = sorted((ROOT / "tests" / "previous").glob("schema_*.zip"))


@pytest.fixture(params=PREVIOUS, ids=lambda path: path.stem)
def previous(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A database as an earlier version left it, with what people had decided."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path)
    return Database(tmp_path / "claims.duckdb", wait=1)


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return connection.execute(sql).fetchall()


def test_a_database_of_an_earlier_version_keeps_all_it_holds(previous: Database) -> None:
    with duckdb.connect(previous.path, read_only=True) as connection:
        before = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("articles", "sentences", "claims", "claim_spans", "contradictions")
        }
        texts = connection.execute("SELECT article_id, text FROM articles ORDER BY ALL").fetchall()
    assert previous.outdated()
    assert last_scheduled(previous) is None
    previous.update()
    assert not previous.outdated()
    for table, count in before.items():
        assert rows(previous, f"SELECT count(*) FROM {table}") == [count], table
    assert rows(previous, "SELECT article_id, text FROM articles ORDER BY ALL") == texts
    assert rows(previous, "SELECT max(version) FROM schema_migrations") == [(migrating.newest(),)]

    # What people decided still stands.
    assert rows(previous, "SELECT verdict FROM contradiction_pairs") == [("contradiction",)]
    assert ("Minister of Energy",) in rows(previous, "SELECT name FROM speakers")

    # The record of runs that this version did not write is read like its own.
    (run,) = runs(previous)
    assert (run.status, run.articles, run.failures, run.warnings, run.late) == (
        "done", 3, 1, 0, None,
    )  # fmt: skip
    found = details(previous, "last")
    assert found.inputs == ("news",)
    assert found.outlets == ()
    assert [one.input for one in failing(previous)] == ["news/morning/broken.txt"]


def test_terms_that_were_one_text_get_columns_of_their_own(previous: Database) -> None:
    with duckdb.connect(previous.path, read_only=True) as connection:
        packed = connection.execute("SELECT claim_id, term FROM claim_terms").fetchall()
    assert len(packed) > 40
    previous.update()
    columns = "claim_id, concat_ws('|', term, kind, start, \"end\")"
    assert sorted(rows(previous, f"SELECT {columns} FROM claim_terms")) == sorted(packed)


def test_what_is_written_stands_beside_what_was_there(previous: Database) -> None:
    articles = len(rows(previous, "FROM articles")) if not previous.outdated() else 3
    save(previous, [analysed("The mayor said the pier is safe.\n", [Said("the pier is safe")])])
    assert len(stored(previous)) == articles + 1


def test_reading_alone_changes_nothing_and_says_what_to_do(
    previous: Database, command: Command
) -> None:
    before = previous.path.read_bytes()
    done = command("sql", "FROM claims", "--database", previous.path)
    assert done.returncode == 3
    assert "is older than this program's" in done.stderr
    assert "claims run" in done.stderr
    assert previous.path.read_bytes() == before


def test_a_back_up_of_an_earlier_version_is_restored(previous: Database, tmp_path: Path) -> None:
    previous.update()
    backup(previous, tmp_path / "b.zip")
    other = Database(tmp_path / "other" / "claims.duckdb")
    restore(other, tmp_path / "b.zip")
    assert rows(other, "SELECT count(*) FROM claims") == rows(
        previous, "SELECT count(*) FROM claims"
    )


def test_a_newer_database_is_refused_and_left_alone(seeds_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    shutil.copy(seeds_path, path)
    with duckdb.connect(path) as connection:
        connection.execute(
            "INSERT INTO schema_migrations VALUES (9999, '9999_later.sql', now()::TIMESTAMP)"
        )
    before = path.read_bytes()
    for work in (Database(path).update, lambda: save(Database(path), [analysed("It rained.\n")])):
        with pytest.raises(DatabaseError, match=r"newer than this program knows.*install"):
            work()
    assert path.read_bytes() == before
