"""Back-ups that somebody made to do harm: refused before anything is touched, in bounded memory."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from hostile import claims, copied, files, made, told_in_one_line  # noqa: F401

from claims.errors import DatabaseError
from claims.store.backup import restore
from claims.store.database import Database
from claims.store.ledgers import examine

Files = dict[str, bytes]
_MEMORY = 700_000_000  # bytes; Python with DuckDB takes about 150 MB
_ROWS = "range(1000000) a, range(1000000) b"


def in_duckdb(*statements: str) -> Callable[[Files, Path], None]:
    """Change the database of a back-up."""

    def change(inside: Files, folder: Path) -> None:
        file = folder / "claims.duckdb"
        file.write_bytes(inside[file.name])
        with duckdb.connect(file) as connection:
            for statement in statements:
                connection.execute(statement.format(folder=folder))
        inside[file.name] = file.read_bytes()

    return change


def in_sqlite(name: str, *statements: str) -> Callable[[Files, Path], None]:
    """Change a file of decisions of a back-up, or make one."""

    def change(inside: Files, folder: Path) -> None:
        file = folder / name
        file.write_bytes(inside.get(name, b""))
        with closing(sqlite3.connect(file)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        inside[name] = file.read_bytes()

    return change


def bytes_of(name: str, content: bytes) -> Callable[[Files, Path], None]:
    """Put other bytes in the place of a file of a back-up."""
    return lambda inside, folder: inside.update({name: content})


CONTENTS: dict[str, Callable[[Files, Path], None]] = {
    "view that reads a file": in_duckdb(
        "CREATE TABLE s AS FROM speakers", "DROP TABLE speakers",
        "CREATE VIEW speakers AS SELECT s.* FROM s, read_text('{folder}/secret')",
    ),
    "view of 10^12 rows": in_duckdb(
        "DROP TABLE runs", f"CREATE VIEW runs AS SELECT a FROM {_ROWS}"
    ),
    "other table": in_duckdb("CREATE TABLE more (x INTEGER)"),
    "macro": in_duckdb("CREATE MACRO lower(x) AS 1"),
    "other type": in_duckdb("ALTER TABLE articles ALTER published_at TYPE VARCHAR"),
    "other column": in_duckdb("ALTER TABLE claims ADD COLUMN more INTEGER"),
    "table gone": in_duckdb("DROP TABLE reviews"),
    "index": in_duckdb("CREATE INDEX i ON claims (claim_id)"),
    "stance": in_duckdb("UPDATE claims SET stance = 'x'"),
    "verdict": in_duckdb("INSERT INTO reviews VALUES ('x', 'maybe', '', 'x', now())"),
    "empty span": in_duckdb("UPDATE claim_spans SET \"end\" = start"),
    "infinite time": in_duckdb("UPDATE articles SET fetched_at = 'infinity'"),
    "score": in_duckdb("UPDATE contradictions SET score = 'nan'"),
    "no database": bytes_of("claims.duckdb", b"x" * 5000),
    "no SQLite": bytes_of("claims.reviews.sqlite", b"x" * 5000),
    "decision": in_sqlite(
        "claims.reviews.sqlite", "INSERT INTO reviews VALUES ('x', 'maybe', '', 'x', '2024-01-01')"
    ),
    "time": in_sqlite("claims.reviews.sqlite", "UPDATE reviews SET reviewed_at = 'yesterday'"),
    "trigger": in_sqlite(
        "claims.reviews.sqlite",
        "CREATE TRIGGER t AFTER INSERT ON reviews BEGIN DELETE FROM reviews; END",
    ),
    "other SQLite": in_sqlite("claims.speakers.sqlite", "CREATE TABLE decisions (x)"),
    "other file": bytes_of("claims.more.sqlite", b"SQLite format 3\0"),
}  # fmt: skip


@pytest.fixture(scope="module")
def good(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A back-up as claims makes it."""
    file = tmp_path_factory.mktemp("backup") / "good.zip"
    assert claims("backup", file, "--database", original).status == 0
    return file


def read(file: Path) -> tuple[dict[str, object], Files]:
    with zipfile.ZipFile(file) as archive:
        contents = json.loads(archive.read("backup.json"))
        return contents, {name: archive.read(name) for name in contents["files"]}


def written(file: Path, contents: object, inside: Files) -> Path:
    """A back-up of ``inside``, with the checksums that belong to it."""
    if isinstance(contents, dict):
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in inside.items()}
        contents = json.dumps({**contents, "files": sums})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("backup.json", str(contents))
        for name, data in inside.items():
            archive.writestr(name, data)
    return file


@pytest.mark.parametrize("what", CONTENTS)
def test_what_claims_does_not_write_is_refused(
    good: Path, database: Path, tmp_path: Path, what: str
) -> None:
    contents, inside = read(good)
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    CONTENTS[what](inside, tmp_path)
    file, before = written(tmp_path / "bad.zip", contents, inside), files(database.parent)
    with pytest.raises(DatabaseError, match="nothing was changed") as told:
        restore(Database(database), file, force=True)
    assert "\n" not in str(told.value)
    assert "secret" not in str(told.value).replace(str(tmp_path), "")
    assert files(database.parent) == before


def deep(file: Path, good: Path) -> None:
    written(file, "[" * 90_000, read(good)[1])


def endless(file: Path, good: Path) -> None:
    written(file, " " * 300_000_000 + "{}", read(good)[1])


def bomb(file: Path, good: Path) -> None:
    contents, inside = read(good)
    written(file, contents, {**inside, "claims.reviews.sqlite": bytes(300_000_000)})


def encrypted(file: Path, good: Path) -> None:
    data = bytearray(good.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            flags = struct.unpack_from("<H", data, at + place)[0]
            struct.pack_into("<H", data, at + place, flags | 1)
            at = data.find(mark, at + 4)
    file.write_bytes(data)


def twice(file: Path, good: Path) -> None:
    file.write_bytes(good.read_bytes())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("claims.duckdb", "x")


def unlisted(file: Path, good: Path) -> None:
    file.write_bytes(good.read_bytes())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("claims.speakers.sqlite", "x")


def other_packing(file: Path, good: Path) -> None:
    contents, inside = read(good)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("backup.json", json.dumps(contents))
        for name, data in inside.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "make",
    [deep, endless, bomb, encrypted, twice, unlisted, other_packing],
    ids=lambda f: f.__name__,
)
def test_a_file_that_is_no_back_up_is_refused(
    good: Path, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    make(tmp_path / "bad.zip", good)
    into = tmp_path / "new" / "folder" / "x.duckdb"
    done = claims("restore", tmp_path / "bad.zip", "--database", into)
    assert done.status == 3, done
    told_in_one_line(done)
    assert done.peak < _MEMORY, f"{done.peak:,}"
    assert not (tmp_path / "new").exists()


def test_views_of_a_back_up_are_not_kept(good: Path, database: Path, tmp_path: Path) -> None:
    contents, inside = read(good)
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    view = "CREATE OR REPLACE VIEW outlet_disagreements AS FROM read_text('{folder}/secret')"
    in_duckdb(view)(inside, tmp_path)
    file = written(tmp_path / "bad.zip", contents, inside)
    into = tmp_path / "new" / "x.duckdb"
    assert claims("restore", file, "--database", into).status == 0
    asked = claims("sql", "FROM outlet_disagreements", "--database", into)
    assert asked.status == 0
    assert "secret" not in asked.out


def test_a_ledger_that_sqlite_calls_damaged_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "claims.reviews.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE reviews (contradiction_id TEXT)")
        connection.commit()
    body = bytearray(file.read_bytes())
    body[52:56] = (52992).to_bytes(4, "big")  # the largest root page, in SQLite's header
    file.write_bytes(bytes(body))
    with pytest.raises(DatabaseError, match="is damaged") as told:
        examine(file)
    assert "\n" not in str(told.value)
