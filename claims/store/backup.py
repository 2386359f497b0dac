"""Back-ups: the database and what people decided, in one file that proves itself.

A back-up is a ZIP file of the DuckDB file, the SQLite files beside it and ``backup.json``, which
says who made it, when, of what, and the checksum of every file in it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from claims import __version__
from claims.errors import DatabaseError
from claims.store import examination, folders, ledger_rows, reviews, speaker_decisions, targets
from claims.store.archives import CONTENTS, DATABASE, LEDGERS, Contents, sha256
from claims.store.database import Database

_WAIT = 10.0  # seconds, for a person's decision that is being written


def default_name(now: datetime) -> str:
    """The name of a back-up that is made into a folder."""
    return f"claims-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.zip"


def backup(database: Database, file: Path, *, force: bool = False) -> Contents:
    """Write a back-up of ``database`` to ``file``; what others write meanwhile comes after it.

    The copy is examined as ``restore`` does before it is kept, and ``file`` is there whole or not
    at all. Rows of decisions that cannot be read are kept in a table of their own.
    Raises DatabaseError where the database cannot be read or is damaged, or ``file`` cannot be
    written; OutputError where it is in use, or there without ``force``.
    """
    _refuse_lakes(database)
    targets.refuse(file, database.path, force=force)
    with _told(file, "written"), _beside(file) as folder:
        copy = folder / DATABASE
        with database.reading():
            # Whoever reads keeps writers out: the file and its log do not change.
            shutil.copyfile(database.path, copy)
            log = _log(database.path)
            if log.exists():
                shutil.copyfile(log, _log(copy))
        for sidecar in sidecars(database.path):
            copied = folder / _name(database.path, sidecar)
            _copy_decisions(sidecar, copied)
            _move_aside(copied)
        try:
            found = examination.examine(folder)
        except DatabaseError as error:
            raise DatabaseError(f"{database.path}: cannot be backed up: {error}") from None
        files = {one.name: sha256(one) for one in sorted(folder.iterdir())}
        contents = Contents(
            claims=__version__,
            made_at=datetime.now(UTC),
            schema_version=found["schema_version"],
            files=files,
            rows=found["rows"],
        )
        with (
            targets.written(file, database.path, force=force) as packed,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            archive.writestr(CONTENTS, contents.model_dump_json(indent=1))
            for name in files:
                archive.write(folder / name, name)
    return contents


def restore(database: Database, file: Path, *, force: bool = False) -> tuple[Contents, list[Path]]:
    """Put a back-up in the place of ``database``, with what people had decided by then.

    All of it is examined, in a process of its own, before anything is touched; the schema becomes
    this program's. With ``force`` it replaces what is there; the SQLite files that are there are
    kept under another name, which is returned. Raises DatabaseError where the back-up holds
    anything that claims does not write, or is newer than this program, where something is there
    without ``force``, or others hold the database.
    """
    _refuse_lakes(database)
    present = [one for one in (database.path, *sidecars(database.path)) if one.exists()]
    if present and not force:
        raise DatabaseError(f"{present[0]}: is there already; --force replaces it")
    with _told(database.path, "restored"), _beside(database.path) as folder:
        try:
            found = examination.examine(folder, file)
        except DatabaseError as error:
            raise DatabaseError(f"{file}: {error}; nothing was changed") from None
        contents = Contents.model_validate(found["contents"])
        with database.held():
            kept = [_set_aside(one) for one in sidecars(database.path)]
            _log(database.path).unlink(missing_ok=True)
            for name in contents.files:
                target = database.path if name == DATABASE else _sidecar(database.path, name)
                (folder / name).replace(target)
    return contents, kept


def sidecars(database: Path) -> list[Path]:
    """The SQLite files beside a database: ``x.duckdb`` has ``x.reviews.sqlite`` and others."""
    return [path for name in sorted(LEDGERS) if (path := _sidecar(database, name)).exists()]


def _copy_decisions(source: Path, target: Path) -> None:
    """A whole copy of an SQLite file that others may be writing."""
    with (
        closing(sqlite3.connect(source, timeout=_WAIT)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _move_aside(ledger: Path) -> None:
    """Keep the rows of a copy that cannot be read apart from those that can."""
    table = LEDGERS[ledger.name]
    rows_in = {"decisions": speaker_decisions.rows_in, "folders": folders.rows_in}.get(table)
    with closing(sqlite3.connect(ledger)) as connection, connection:
        if table == "reviews":
            for one in reviews.TABLES:
                ledger_rows.move_aside(connection, one, list(reviews.rows_of(connection, one)))
        elif rows_in is not None:
            ledger_rows.move_aside(connection, table, list(rows_in(connection)))


def _set_aside(ledger: Path) -> Path:
    """Keep what a restored file replaces, as ``….sqlite.replaced-<time>``."""
    aside = ledger.with_name(f"{ledger.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    try:
        _copy_decisions(ledger, aside)
    except sqlite3.DatabaseError:
        shutil.copyfile(ledger, aside)  # as broken as it is
    for gone in (ledger, *(Path(f"{ledger}-{end}") for end in ("wal", "shm"))):
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


def _refuse_lakes(database: Database) -> None:
    if database.shared:
        raise DatabaseError(
            f"{database.path.parent}: a lake is not backed up by claims: copy its PostgreSQL "
            "database (pg_dump) and then this folder"
        )


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder for work on the disk where ``file`` will be. After an error no folder is left that
    was not there before."""
    missing = [one for one in (file.parent, *file.parent.parents) if not one.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as folder:
            yield Path(folder)
    except BaseException:
        for one in missing:
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def _told(path: Path, done: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise DatabaseError(f"{path}: cannot be {done}: {reason}") from None
