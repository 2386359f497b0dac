"""Back-ups: the database and what people decided, in one file that proves itself.

A back-up is a ZIP file of the DuckDB file, the SQLite files beside it and ``backup.json``, which
says who made it, when, of what, and the checksum of every file in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from claims import __version__
from claims.errors import DatabaseError
from claims.model import Frozen
from claims.store import migrating
from claims.store.database import Database

_CONTENTS = "backup.json"
_DATABASE = "claims.duckdb"
_COUNTED = ("articles", "claims", "contradictions", "speakers", "runs")
_NAMES = re.compile(r"claims\.duckdb|claims\.\w+\.sqlite")
_WAIT = 10.0  # seconds, for a person's decision that is being written


class Contents(Frozen):
    """What is in a back-up. ``files`` are names to SHA-256, ``rows`` tables to how many rows."""

    claims: str
    made_at: datetime
    schema_version: int
    files: dict[str, str]
    rows: dict[str, int]


def default_name(now: datetime) -> str:
    """The name of a back-up that is made into a folder."""
    return f"claims-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.zip"


def backup(database: Database, file: Path, *, force: bool = False) -> Contents:
    """Write a back-up of ``database`` to ``file``; what others write meanwhile comes after it.

    The copy is opened and counted before it is kept, and ``file`` is there whole or not at all.
    Raises DatabaseError where the database cannot be read or is damaged, or ``file`` cannot be
    written or is there without ``force``.
    """
    _refuse_lakes(database)
    _refuse(file, force)
    with _told(file, "written"), _beside(file) as folder:
        copy = folder / _DATABASE
        with database.reading():
            # Whoever reads keeps writers out: the file and its log do not change.
            shutil.copyfile(database.path, copy)
            log = _log(database.path)
            if log.exists():
                shutil.copyfile(log, _log(copy))
        for sidecar in sidecars(database.path):
            _copy_decisions(sidecar, folder / _name(database.path, sidecar))
        version, rows = _examine(copy)
        files = {one.name: _sha256(one) for one in sorted(folder.iterdir())}
        contents = Contents(
            claims=__version__,
            made_at=datetime.now(UTC),
            schema_version=version,
            files=files,
            rows=rows,
        )
        packed = folder / "packed"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_CONTENTS, contents.model_dump_json(indent=1))
            for name in files:
                archive.write(folder / name, name)
        packed.replace(file)
    return contents


def restore(database: Database, file: Path, *, force: bool = False) -> tuple[Contents, list[Path]]:
    """Put a back-up in the place of ``database``, with what people had decided by then.

    All of it is checked before anything is touched. With ``force`` it replaces what is there;
    the SQLite files that are there are kept under another name, which is returned. Raises
    DatabaseError where the back-up is damaged or newer than this program, where something is
    there without ``force``, or others hold the database.
    """
    _refuse_lakes(database)
    present = [one for one in (database.path, *sidecars(database.path)) if one.exists()]
    if present and not force:
        raise DatabaseError(f"{present[0]}: is there already; --force replaces it")
    with _told(database.path, "restored"), _beside(database.path) as folder:
        contents = _unpack(file, folder)
        with database.held():
            kept = [_set_aside(one) for one in sidecars(database.path)]
            _log(database.path).unlink(missing_ok=True)
            for name in contents.files:
                target = database.path if name == _DATABASE else _sidecar(database.path, name)
                (folder / name).replace(target)
    return contents, kept


def sidecars(database: Path) -> list[Path]:
    """The SQLite files beside a database: ``x.duckdb`` has ``x.reviews.sqlite`` and others."""
    stem = database.name.removesuffix(".duckdb")
    return sorted(
        one
        for one in database.parent.glob("*.sqlite")
        if one.name.startswith(f"{stem}.") and "." not in one.name[len(stem) + 1 : -len(".sqlite")]
    )


def _unpack(file: Path, folder: Path) -> Contents:
    try:
        with zipfile.ZipFile(file) as archive:
            contents = Contents.model_validate(json.loads(archive.read(_CONTENTS)))
            for name in contents.files:
                if not _NAMES.fullmatch(name):
                    raise DatabaseError(f"{file}: not a back-up of claims: {name!r} in it")
            for name in contents.files:
                with archive.open(name) as packed, (folder / name).open("wb") as out:
                    shutil.copyfileobj(packed, out)
    except FileNotFoundError:
        raise DatabaseError(f"{file}: no such file") from None
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError) as error:
        raise DatabaseError(f"{file}: not a whole back-up of claims: {error}") from None
    except IsADirectoryError:
        raise DatabaseError(f"{file}: is a folder; name the back-up in it") from None
    if contents.schema_version > migrating.newest():
        raise DatabaseError(
            f"{file}: its schema ({contents.schema_version}) is newer than this program knows "
            f"({migrating.newest()}); install claims {contents.claims} or newer"
        )
    for name, checksum in contents.files.items():
        if _sha256(folder / name) != checksum:
            raise DatabaseError(f"{file}: damaged: {name} in it has another checksum")
    found = _examine(folder / _DATABASE)
    if found != (contents.schema_version, contents.rows):
        raise DatabaseError(f"{file}: damaged: {_DATABASE} in it has other rows than it says")
    for name in contents.files:
        if name != _DATABASE:
            _check_decisions(folder / name)
    return contents


def _examine(copy: Path) -> tuple[int, dict[str, int]]:
    """Open a copy that nobody else knows, fold its log into it, and count; its schema version."""
    try:
        with closing(duckdb.connect(copy)) as connection:
            version = migrating.version(connection, str(copy))
            connection.execute("CHECKPOINT")
            rows = {table: _count(connection, table) for table in _COUNTED}
    except duckdb.Error as error:
        reason = " ".join(str(error).split())
        raise DatabaseError(f"the database is damaged: {reason}; restore a back-up") from None
    _log(copy).unlink(missing_ok=True)
    return version, rows


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows; every value is read, so that a block that cannot be read is found."""
    row = connection.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t").fetchone()
    assert row is not None
    return int(row[0])


def _copy_decisions(source: Path, target: Path) -> None:
    """A whole copy of an SQLite file that others may be writing."""
    with (
        closing(sqlite3.connect(source, timeout=_WAIT)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    _check_decisions(target)


def _check_decisions(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise DatabaseError(f"{file.name}: damaged: {found}")


def _set_aside(decisions: Path) -> Path:
    """Keep what a restored file replaces, as ``….sqlite.replaced-<time>``."""
    aside = decisions.with_name(f"{decisions.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    _copy_decisions(decisions, aside)
    for gone in (decisions, *(Path(f"{decisions}-{end}") for end in ("wal", "shm"))):
        gone.unlink(missing_ok=True)
    return aside


def _name(database: Path, sidecar: Path) -> str:
    """The name of a file of decisions in a back-up, whatever the database is called."""
    stem = database.name.removesuffix(".duckdb")
    return f"claims{sidecar.name[len(stem) :]}"


def _sidecar(database: Path, name: str) -> Path:
    stem = database.name.removesuffix(".duckdb")
    return database.with_name(f"{stem}{name.removeprefix('claims')}")


def _log(database: Path) -> Path:
    return Path(f"{database}.wal")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _refuse_lakes(database: Database) -> None:
    if database.shared:
        raise DatabaseError(
            f"{database.path.parent}: a lake is not backed up by claims: copy its PostgreSQL "
            "database (pg_dump) and then this folder"
        )


def _refuse(file: Path, force: bool) -> None:
    if file.exists() and not force:
        raise DatabaseError(f"{file}: is there already; name another file, or --force replaces it")


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder for work on the disk where ``file`` will be."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as folder:
        yield Path(folder)


@contextmanager
def _told(path: Path, done: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise DatabaseError(f"{path}: cannot be {done}: {reason}") from None
