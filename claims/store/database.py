"""The one module that opens the database: short connections, bounded waits, clear errors."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from claims.errors import DatabaseError, HeldError
from claims.store import folders, migrating, review_tables
from claims.store.file_lock import FileLock, Patience

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
"""Nothing is fetched from the network, and no Python variable is read as a table."""

_CONFINED = (
    "SET enable_external_access = false",
    # Without this, read_blob would still open the database's own file.
    "SET disabled_filesystems = 'LocalFileSystem'",
    "SET lock_configuration = true",
)

_WRITING = 1
"""Threads of a connection that writes: a transaction is many small statements, which a second
thread does not make faster, and starting and feeding it is a quarter of what they cost."""

_LIMITED = 1
"""Threads of a connection whose memory is limited."""

_FLUSHED = ("allocator_flush_threshold", "allocator_bulk_deallocation_flush_threshold")
"""What DuckDB's allocator keeps of freed memory, which it does not count as its own: by default up
to hundreds of megabytes, and the more, the more rows a query went through."""

_KEPT = "1MB"

_COURTESY = 1.0
"""Seconds that a reader lets a writer go first. A writer that still waits then waits for somebody
else's long reading, which another reader does not prolong."""

_PAUSE = 0.01
"""Seconds between two of a writer's transactions, so that waiting readers find the gap."""

_BUSY = (
    "Could not set lock on file",
    "with a different configuration than existing connections",
    "is already attached by database",  # another connection of this process is just closing it
)

_settings = threading.Lock()


class _TakenError(Exception):
    """Somebody holds the file: another process, or where None, another connection of this one."""

    def __init__(self, process: str | None) -> None:
        self.process = process


class Database:
    """The DuckDB file at ``path``; ``wait`` is how long to wait, in seconds, while others hold it.
    ``settings`` are DuckDB's, of the connections that are opened from then on.

    Connections are for one short piece of work each: while one writes, nobody reads. Do not open
    one within another.
    """

    shared = False
    """Whether several runs may write it at the same time."""

    def __init__(self, path: Path, wait: float = 20.0) -> None:
        self.path = path
        self.wait = wait
        self.settings: dict[str, str | int] = {}
        self._views_of: tuple[int, int] | None = None

    def exists(self) -> bool:
        """Whether there is a file to read."""
        return self.path.exists()

    def outdated(self) -> bool:
        """Whether there is a database and its schema is older than this program's.

        Raises DatabaseError as ``reading`` does for one that cannot be opened.
        """
        if not self.exists() or self.path.stat().st_size == 0:
            return False
        connection = self._open_to_read()
        try:
            return migrating.version(connection, str(self.path)) < migrating.newest()
        finally:
            connection.close()

    def update(self) -> None:
        """Bring the schema of a database that is there up to date. Raises DatabaseError."""
        if self.outdated():
            with self.writing():
                pass

    @contextmanager
    def reading(self, *, memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only connection that sees all reviews and folders, and changes nothing stored.

        It reaches no file or setting whatever SQL it is given. One with ``memory`` (such as 512MB)
        does: it takes no more than that and goes on in files beside the database. It is for this
        program's own SQL.

        Raises DatabaseError where there is no database, it is not one of claims or its schema is
        not this program's, others write longer than ``wait``, or ``memory`` is too little.
        """
        connection = self._open_to_read()
        try:
            self._prepare_to_read(connection, confined=memory is None)
            if memory is None:
                yield connection
            else:
                with limited(connection, memory, str(self.path)):
                    yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection in one transaction: committed at the end, rolled back on any exception.

        Makes the database and its folder, and brings the schema up to date. Raises DatabaseError
        where that cannot be done or others hold the file longer than ``wait``; nothing is then
        written.
        """
        with FileLock(self.path) as lock:
            connection = self._open_to_write(lock)
            try:
                self._prepare_to_write(connection)
                connection.begin()
                review_tables.keep(connection, self.path)
                folders.bring_up_to_date(connection, folders.unseen(connection, self.path))
                yield connection
                connection.commit()
            except (duckdb.OperationalError, duckdb.FatalException) as error:
                raise DatabaseError(
                    f"{self.path}: cannot be written: {_reason(error)}; nothing was written"
                ) from None
            finally:
                # Closing rolls back whatever was not committed.
                connection.close()
        time.sleep(_PAUSE)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else reads or writes the file during the block, which may replace it.

        Raises DatabaseError where others hold it longer than ``wait``.
        """
        with FileLock(self.path) as lock:
            there = self.exists()
            patience = Patience(self.wait)
            while not lock.enter(create=True):
                if patience.over():
                    raise self._held(lock.holder(), "written")
                patience.nap()
            while there:
                try:
                    self._connect(read_only=False).close()
                    break
                except _TakenError as held:
                    if patience.over():
                        raise self._held(held.process, "written") from None
                except DatabaseError:
                    break  # not one that can be opened: nobody reads it
                patience.nap()
            yield

    @contextmanager
    def comparing(self) -> Iterator[None]:
        """While the block runs claims are compared; a lake lets one do so at a time."""
        yield

    def _open_to_read(self) -> duckdb.DuckDBPyConnection:
        patience = Patience(self.wait)
        courtesy = Patience(min(self.wait, _COURTESY))
        with FileLock(self.path) as lock:
            while True:
                if lock.enter(create=False) or courtesy.over():
                    self._refuse_other_files()
                    if not self.exists() or self.path.stat().st_size == 0:
                        raise DatabaseError(f"no database at {self.path}; run `claims run` first")
                    try:
                        return self._connect(read_only=True)
                    except _TakenError as held:
                        if patience.over():
                            raise self._held(held.process, "read") from None
                    lock.leave()
                patience.nap()

    def _open_to_write(self, lock: FileLock) -> duckdb.DuckDBPyConnection:
        patience = Patience(self.wait)
        self._refuse_other_files()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            while not lock.enter(create=True):
                if patience.over():
                    raise self._held(lock.holder(), "written")
                patience.nap()
            self._refuse_other_files()
            if not self.exists() or self.path.stat().st_size == 0:
                self._create()
        except (OSError, duckdb.Error) as error:
            raise DatabaseError(
                f"{self.path}: cannot be written: {_reason(error)}; "
                "give another path with --database"
            ) from None
        while True:
            try:
                return self._connect(read_only=False)
            except _TakenError as held:
                if patience.over():
                    raise self._held(held.process, "written") from None
            patience.nap()

    def _create(self) -> None:
        """Build the database aside and move it into place, so that nobody sees half of one."""
        new = self.path.with_name(f"{self.path.name}.new")
        for stale in (new, Path(f"{new}.wal"), Path(f"{self.path}.wal")):
            stale.unlink(missing_ok=True)
        with duckdb.connect(new, config=CONFIG) as connection:
            migrating.migrate(connection, str(self.path))
        new.replace(self.path)
        self._views_of = self._identity()

    def _connect(self, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        """Raises _TakenError where somebody else holds the file."""
        try:
            own = {} if read_only else {"threads": _WRITING}
            config = {**CONFIG, **own, **self.settings}
            return duckdb.connect(self.path, read_only=read_only, config=config)
        except duckdb.Error as error:
            if any(words in str(error) for words in _BUSY):
                process = re.search(r"\(PID (\d+)\)", str(error))
                raise _TakenError(process[1] if process else None) from None
            done = "read" if read_only else "written"
            raise DatabaseError(f"{self.path}: cannot be {done}: {_reason(error)}") from None

    def _prepare_to_read(self, connection: duckdb.DuckDBPyConnection, confined: bool) -> None:
        found = migrating.version(connection, str(self.path))
        if found < migrating.newest():
            raise DatabaseError(
                f"{self.path}: its schema ({found}) is older than this program's "
                f"({migrating.newest()}); `claims run` brings it up to date"
            )
        review_tables.show(connection, self.path)
        if collected := folders.unseen(connection, self.path):
            connection.execute("CREATE TEMP TABLE folder_claims AS FROM folder_claims")
            folders.bring_up_to_date(connection, collected)
        if confined:
            # Connections of one process share these settings; the first to come locks them.
            with _settings, suppress(duckdb.InvalidInputException):
                for setting in _CONFINED:
                    connection.execute(setting)

    def _prepare_to_write(self, connection: duckdb.DuckDBPyConnection) -> None:
        identity = self._identity()
        outdated = migrating.version(connection, str(self.path)) < migrating.newest()
        if outdated or identity != self._views_of:
            migrating.migrate(connection, str(self.path))
            self._views_of = identity

    def _identity(self) -> tuple[int, int]:
        """Tells the file from another one put in its place."""
        file = self.path.stat()
        return file.st_dev, file.st_ino

    def _refuse_other_files(self) -> None:
        """Raise DatabaseError where the path is something else than a DuckDB file or nothing."""
        try:
            if self.path.is_dir():
                raise DatabaseError(f"{self.path}: is a folder; name a file in it with --database")
            with self.path.open("rb") as file:
                head = file.read(12)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise DatabaseError(f"{self.path}: cannot be read: {_reason(error)}") from None
        if head and head[8:] != b"DUCK":
            raise DatabaseError(
                f"{self.path}: not a DuckDB database; give another path with --database"
            )

    def _held(self, process: str | None, done: str) -> HeldError:
        who = f"another process (PID {process})" if process else "another connection"
        return HeldError(
            f"{self.path}: held by {who}; close it or raise database.wait in pipeline.yaml; "
            f"nothing was {done}"
        )


@contextmanager
def limited(connection: duckdb.DuckDBPyConnection, memory: str, name: str) -> Iterator[None]:
    """Let ``connection`` take no more than ``memory`` during the block, and one thread, for each
    wants its own share. Raises DatabaseError, which names the database, where that is too little or
    the files cannot be written that it goes on in."""
    try:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET threads = {_LIMITED}")
        connection.execute("SET memory_limit = $memory", {"memory": memory})
        for setting in _FLUSHED:
            connection.execute(f"SET {setting} = '{_KEPT}'")
        yield
    except duckdb.OutOfMemoryException:
        raise DatabaseError(
            f"{name}: {memory} are too little for this; raise database.memory in pipeline.yaml"
        ) from None
    except duckdb.IOException as error:
        raise DatabaseError(f"{name}: cannot be worked on: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    """An error's words in one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split())
