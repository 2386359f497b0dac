"""Opening a database: what is made, what is refused, who waits."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from storing import DENIAL, rows

from claims.errors import DatabaseError, ExitStatus
from claims.store import migrating
from claims.store.articles import save, stored
from claims.store.database import Database


def test_reading_makes_and_changes_nothing(filled: Database) -> None:
    folder = filled.path.parent
    before = {file: file.read_bytes() for file in folder.iterdir()}
    stored(filled)
    assert {file: file.read_bytes() for file in folder.iterdir()} == before
    filled.path.with_name("claims.duckdb.lock").unlink()
    stored(filled)
    assert [file.name for file in folder.iterdir()] == ["claims.duckdb"]


def test_a_missing_database_is_not_made_by_a_reader(database: Database) -> None:
    assert stored(database) == {}
    with pytest.raises(DatabaseError, match=r"no database at .*claims\.duckdb; run `claims run`"):
        rows(database, "SELECT 1")
    assert list(database.path.parent.iterdir()) == []


def test_folders_are_made_and_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    deep = Database(tmp_path / "نئی" / "deep" / "claims.duckdb")
    save(deep, [DENIAL])
    assert len(stored(deep)) == 1
    empty = Database(tmp_path / "empty.duckdb")
    empty.path.touch()
    save(empty, [DENIAL])
    assert len(stored(empty)) == 1


def test_a_log_left_by_a_deleted_database_does_no_harm(database: Database) -> None:
    database.path.with_name("claims.duckdb.wal").write_bytes(b"left over" * 100)
    save(database, [DENIAL])
    assert len(stored(database)) == 1


def one_line(error: pytest.ExceptionInfo[DatabaseError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    assert error.value.exit_status == ExitStatus.DATABASE
    return message


@pytest.mark.parametrize("reads", [True, False])
def test_other_files_are_refused_and_left_alone(tmp_path: Path, reads: bool) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("بازار سے دودھ لانا ہے", encoding="utf-8")
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(foreign) as connection:
        connection.execute("CREATE TABLE budget (amount INTEGER)")
    newer = tmp_path / "newer.duckdb"
    with Database(newer).writing() as connection:
        connection.execute("INSERT INTO schema_migrations VALUES (999, 'later', now()::TIMESTAMP)")
    for path, reason in (
        (tmp_path, "is a folder"),
        (notes, "not a DuckDB database"),
        (notes / "claims.duckdb", "no database at" if reads else "cannot be written"),
        (foreign, "not one of claims"),
        (newer, rf"schema \(999\) is newer than this program knows \({migrating.newest()}\)"),
    ):
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(DatabaseError, match=reason) as error:
            if reads:
                rows(Database(path), "SELECT 1")
            else:
                save(Database(path), [DENIAL])
        assert str(path) in one_line(error)
        assert before is None or path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told() -> None:
    with pytest.raises(DatabaseError, match="cannot be written") as error:
        save(Database(Path("/proc/claims.duckdb")), [DENIAL])
    one_line(error)


def test_two_connections_of_one_process_do_not_wait_for_ever(filled: Database) -> None:
    with filled.reading():
        assert len(stored(filled)) == 2
        with pytest.raises(DatabaseError, match="held by another connection") as error:
            save(filled, [DENIAL])
    assert "nothing was written" in one_line(error)
    save(filled, [DENIAL])


def test_with_little_memory_a_reader_goes_on_in_files_and_leaves_none(filled: Database) -> None:
    there = set(filled.path.parent.iterdir())
    much = "SELECT repeat(md5(i::VARCHAR), 8) AS text FROM range(300000) AS r (i)"  # 77 MB
    with filled.reading(memory="60MB") as connection:
        same = connection.execute(f"SELECT count(*) FROM ({much}) JOIN ({much}) USING (text)")
        assert same.fetchone() == (300_000,)
    assert set(filled.path.parent.iterdir()) == there


def test_too_little_memory_is_told_in_a_line_with_the_setting_to_raise(filled: Database) -> None:
    with (
        pytest.raises(
            DatabaseError, match=r"claims\.duckdb: 1MB are too little .*database\.memory"
        ),
        filled.reading(memory="1MB") as connection,
    ):
        connection.execute("SELECT list(i) FROM range(5000000) AS r (i)").fetchone()
