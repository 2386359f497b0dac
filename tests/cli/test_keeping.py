"""Back-ups, restoring them, and retention."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from building import Said, analysed, contradiction
from conftest import ROOT, Command
from storing import holding

from claims.errors import DatabaseError, OutputError
from claims.model import Analysed, Review, Verdict
from claims.resolver.decisions import Act
from claims.store import reviews
from claims.store.articles import save, stored
from claims.store.backup import backup, restore
from claims.store.database import Database
from claims.store.pruning import prune, pruned_articles, would_prune
from claims.store.runs import RunCounts, RunStatus, finish_run, start_run
from claims.store.speaker_decisions import decide

NOW = datetime.now(UTC)


def dated(words: str, days: int | None, outlet: str = "Example Daily") -> Analysed:
    """An article of some days ago in which one thing is said."""
    when = None if days is None else NOW - timedelta(days=days)
    said = [Said(words, "The mayor", "said")]
    return analysed(f"The mayor said {words}.\n", said, outlet=outlet, published_at=when)


OLD = dated("the old pier is closed", 100)
OLD_REPLY = dated("the old pier is open", 99, "Other Paper")
OLD_ALONE = dated("the fair was cancelled", 98, "Other Paper")
NEW = dated("the new bridge is open", 3)
UNDATED = dated("the market is full", None)
REVIEWED = contradiction(OLD.claims[0], OLD_REPLY.claims[0])


def review(note: str = "") -> Review:
    return Review(
        contradiction_id=REVIEWED.contradiction_id,
        verdict=Verdict.CONTRADICTION,
        note=note,
        reviewer="editor",
        reviewed_at=NOW,
    )


@pytest.fixture
def database(tmp_path: Path) -> Database:
    held = [OLD, OLD_REPLY, OLD_ALONE, NEW, UNDATED]
    return holding(tmp_path / "news.duckdb", held, [REVIEWED], wait=0.3)


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return connection.execute(sql).fetchall()


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    tables = [name for (name,) in rows(database, "SELECT table_name FROM duckdb_tables()")]
    return {str(one): sorted(rows(database, f"FROM {one}"), key=repr) for one in tables}


# Back-up and restore


def test_a_back_up_brings_back_everything(database: Database, tmp_path: Path) -> None:
    reviews.append(database.path, review("before"))
    decide(database.path, Act.RENAME, "x", name="The Mayor", decided_by="editor")
    before = everything(database)
    contents = backup(database, tmp_path / "backup.zip")
    assert contents.rows["articles"] == 5
    assert set(contents.files) == {
        "claims.duckdb", "claims.reviews.sqlite", "claims.speakers.sqlite",
    }  # fmt: skip

    elsewhere = Database(tmp_path / "elsewhere" / "claims.duckdb")
    restored, aside = restore(elsewhere, tmp_path / "backup.zip")
    assert restored == contents
    assert aside == []
    assert everything(elsewhere) == before
    assert [one.note for one in reviews.read(elsewhere.path)] == ["before"]
    save(elsewhere, [dated("something else is true", 1)])  # and work goes on
    assert len(stored(elsewhere)) == 6
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []


def test_nothing_is_overwritten_without_force(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    backup(database, file)
    first = file.read_bytes()
    with pytest.raises(OutputError, match=r"is there already.*--force"):
        backup(database, file)
    assert file.read_bytes() == first
    reviews.append(database.path, review("after"))
    save(database, [dated("something else is true", 1)])
    with pytest.raises(DatabaseError, match=r"is there already.*--force"):
        restore(database, file)
    assert len(stored(database)) == 6

    _, aside = restore(database, file, force=True)
    assert len(stored(database)) == 5
    assert reviews.read(database.path) == []
    (kept,) = aside  # what people had decided since is not lost
    with sqlite3.connect(kept) as file_kept:
        assert file_kept.execute("SELECT note FROM reviews").fetchall() == [("after",)]


@pytest.mark.parametrize("broken", ["cut", "other bytes", "no back-up", "missing", "folder"])
def test_a_damaged_back_up_is_refused_before_anything_is_touched(
    database: Database, tmp_path: Path, broken: str
) -> None:
    file = tmp_path / "backup.zip"
    backup(database, file)
    if broken == "cut":
        file.write_bytes(file.read_bytes()[:-2000])
    elif broken == "other bytes":
        with zipfile.ZipFile(file) as archive:
            inside = {name: archive.read(name) for name in archive.namelist()}
        inside["claims.duckdb"] = inside["claims.duckdb"][:5000] + inside["claims.duckdb"][5001:]
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in inside.items():
                archive.writestr(name, content)
    elif broken == "no back-up":
        file.write_text("no ZIP file at all", encoding="utf-8")
    elif broken == "missing":
        file.unlink()
    else:
        file = tmp_path
    before = everything(database)
    with pytest.raises(DatabaseError) as told:
        restore(database, file, force=True)
    assert "\n" not in str(told.value)
    assert everything(database) == before


def test_a_back_up_cannot_write_outside_its_place(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    backup(database, file)
    with zipfile.ZipFile(file) as archive:
        contents = json.loads(archive.read("backup.json"))
    contents["files"]["../outside"] = "0" * 64
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("backup.json", json.dumps(contents))
        archive.writestr("../outside", "x")
    with pytest.raises(DatabaseError, match="not a back-up"):
        restore(Database(tmp_path / "deep" / "x.duckdb"), file)
    assert not (tmp_path / "outside").exists()


def test_a_database_that_is_held_is_not_restored_over(database: Database, tmp_path: Path) -> None:
    backup(database, tmp_path / "backup.zip")
    code = (
        "import duckdb, sys\n"
        f"connection = duckdb.connect({str(database.path)!r}, read_only=True)\n"
        "print('open', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(DatabaseError, match=rf"held by another process.*{holder.pid}"):
            restore(database, tmp_path / "backup.zip", force=True)
        holder.communicate()
    restore(database, tmp_path / "backup.zip", force=True)


def test_a_back_up_is_of_one_moment_while_others_read_and_write(
    database: Database, tmp_path: Path
) -> None:
    database.wait = 30
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            save(database, [dated(f"pier number {number} is open", 1)])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            contents = backup(database, tmp_path / f"{number}.zip")
            copy = Database(tmp_path / str(number) / "claims.duckdb")
            restore(copy, tmp_path / f"{number}.zip")
            ((articles, claims),) = rows(
                copy, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM claims)"
            )
            assert articles == claims == contents.rows["articles"], "whole articles only"
    finally:
        stop.set()
        writer.join()


def test_back_up_and_restore_from_the_shell(
    database: Database, command: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "nightly"
    folder.mkdir()
    done = command("backup", folder, "--database", database.path)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("claims-*Z.zip")
    assert "5 articles" in done.stdout
    held = command("restore", file, "--database", database.path)
    assert held.returncode == 3
    assert "--force" in held.stderr
    elsewhere = tmp_path / "new" / "claims.duckdb"
    assert command("restore", file, "--database", elsewhere).returncode == 0
    assert len(stored(Database(elsewhere))) == 5


# Retention


def test_old_articles_go_and_reviewed_pairs_stay(database: Database) -> None:
    reviews.append(database.path, review())
    before = everything(database)
    told = would_prune(database, timedelta(days=90))
    assert told.outlets == {"Other Paper": 1}
    assert (told.articles, told.claims, told.kept_reviewed, told.undated) == (1, 1, 2, 1)
    now = everything(database)
    assert {k: v for k, v in now.items() if k != "reviews"} == {
        k: v for k, v in before.items() if k != "reviews"
    }, "a dry run writes nothing"

    gone = prune(database, timedelta(days=90))
    assert gone.outlets == told.outlets
    left = set(stored(database))
    assert left == {one.document.article.article_id for one in (OLD, OLD_REPLY, NEW, UNDATED)}
    article = OLD_ALONE.document.article.article_id
    for table in ("sentences", "claims", "compared_articles"):
        assert rows(database, f"SELECT 1 FROM {table} WHERE article_id = '{article}'") == []
    assert rows(database, "SELECT verdict FROM reviews") == [("contradiction",)]
    assert pruned_articles(database) == {article}
    assert prune(database, timedelta(days=90)).articles == 0


def test_without_reviews_the_whole_pair_goes(database: Database) -> None:
    gone = prune(database, timedelta(days=90))
    assert (gone.articles, gone.contradictions) == (3, 1)
    assert rows(database, "FROM contradictions") == []
    assert rows(database, "FROM contradiction_spans") == []


def test_old_records_of_runs_go_but_the_latest(database: Database) -> None:
    for _ in range(3):
        run = start_run(database, ["x"], {})
        finish_run(database, run, RunStatus.DONE, RunCounts(), [])
    with database.writing() as connection:
        connection.execute("UPDATE runs SET started_at = started_at - INTERVAL 100 DAY")
    assert prune(database, timedelta(days=90)).runs == 2
    assert rows(database, "SELECT count(*) FROM runs") == [(1,)]


def test_prune_says_what_it_needs_to_know(
    database: Database, command: Command, tmp_path: Path
) -> None:
    forever = command("prune", "--database", database.path, "--config", ROOT / "config")
    assert forever.returncode == 2
    assert "retention.days is null" in forever.stderr
    wrong = command("prune", "--older-than", "soon", "--database", database.path)
    assert wrong.returncode == 2
    assert "90d" in wrong.stderr
    dry = command("prune", "--older-than", "90d", "--dry-run", "--database", database.path)
    assert dry.returncode == 0
    assert "3 articles, 3 claims, 1 contradictions, 0 records of runs would go" in dry.stdout
    assert len(stored(database)) == 5


def test_a_database_of_duckdb_that_is_not_ours_is_not_backed_up(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "x.duckdb") as connection:
        connection.execute("CREATE TABLE other (x INTEGER)")
    with pytest.raises(DatabaseError, match="not one of claims"):
        backup(Database(tmp_path / "x.duckdb"), tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()
