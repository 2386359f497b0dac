"""One database for many writers: DuckLake, with its catalogue in PostgreSQL.

A DuckDB file has one writer at a time, on one machine. In a lake the rows are Parquet files in a
folder that all machines reach, and PostgreSQL says which of them count. The tables are those of
``migrations/``; a ``Lake`` is used like any other ``Database``.

Writers take turns, each for the moment of one transaction, by a lock that PostgreSQL frees when
its holder dies. DuckDB's extensions come from the packages of the extra ``lake``; nothing is
fetched from the network.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from claims.errors import DatabaseError
from claims.store import folders, migrating, review_tables
from claims.store.database import CONFIG, Database, limited

if TYPE_CHECKING:
    from claims.config.settings import DatabaseSettings

PREFIX = "ducklake:postgres:"
"""How the path of a lake begins; PostgreSQL's connection string follows."""

_EXTENSIONS = ("ducklake", "postgres_scanner")
_WRITING, _COMPARING = 748_001, 748_002  # numbers of our locks among PostgreSQL's advisory ones


def opened(settings: DatabaseSettings, path: str | None = None) -> Database:
    """The database at ``path`` (default: that of the settings): a DuckDB file, or a lake where the
    path begins with ``ducklake:postgres:``. Nothing is opened yet."""
    chosen = path or settings.path
    if chosen.startswith(PREFIX):
        return Lake(chosen.removeprefix(PREFIX), Path(settings.files), settings.wait)
    return Database(Path(chosen), settings.wait)


class Lake(Database):
    """A lake whose catalogue is the PostgreSQL database ``catalogue`` (a connection string) and
    whose rows lie in the folder ``files``, as do the decisions of reviewers."""

    shared = True

    def __init__(self, catalogue: str, files: Path, wait: float = 20.0) -> None:
        super().__init__(files / "claims.duckdb", wait)
        self._catalogue = catalogue
        self._files = files
        self._open: dict[bool, duckdb.DuckDBPyConnection] = {}
        self._opening = threading.Lock()
        self._built = False

    def __reduce__(self) -> tuple[type[Lake], tuple[str, Path, float]]:
        """Another process opens it anew."""
        return Lake, (self._catalogue, self._files, self.wait)

    def exists(self) -> bool:
        """Whether there is a schema to read."""
        if not self._files.is_dir():
            return False
        with self._cursor(confined=False) as connection:
            return migrating.version(connection, str(self.path)) > 0

    def outdated(self) -> bool:
        """Whether there is a schema of an earlier version."""
        if not self._files.is_dir():
            return False
        with self._cursor(confined=False) as connection:
            return 0 < migrating.version(connection, str(self.path)) < migrating.newest()

    @contextmanager
    def reading(self, *, memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """As ``Database.reading``. Readers of a lake see the state at their first question."""
        with (
            self._cursor(confined=memory is None) as connection,
            nullcontext() if memory is None else limited(connection, memory, str(self._files)),
        ):
            found = migrating.version(connection, str(self.path))
            if found < migrating.newest():
                raise DatabaseError(
                    f"{self._files}: no claims in this lake, or an older schema; `claims run` "
                    "makes it and brings it up to date"
                )
            connection.begin()
            review_tables.show(connection, self.path)
            if collected := folders.unseen(connection, self.path):
                connection.execute("CREATE TEMP TABLE folder_claims AS FROM folder_claims")
                folders.bring_up_to_date(connection, collected)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """As ``Database.writing``."""
        with self._cursor(confined=False) as connection, self._turn(connection, _WRITING):
            try:
                if not self._built:
                    self._build(connection)
                connection.begin()
                review_tables.keep(connection, self.path)
                folders.bring_up_to_date(connection, folders.unseen(connection, self.path))
                yield connection
                connection.commit()
            except (duckdb.OperationalError, duckdb.FatalException) as error:
                raise DatabaseError(
                    f"{self._files}: cannot be written: {_reason(error)}; nothing was written"
                ) from None

    @contextmanager
    def comparing(self) -> Iterator[None]:
        """While the block runs nobody else compares claims: each sees what others found."""
        with (
            self._cursor(confined=False) as connection,
            self._turn(connection, _COMPARING, patient=True),
        ):
            yield

    @contextmanager
    def _cursor(self, *, confined: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._opening:
            if confined not in self._open:
                self._open[confined] = self._attach(confined)
        cursor = self._open[confined].cursor()
        try:
            cursor.execute("USE lake")
            yield cursor
        finally:
            cursor.close()  # rolls back what was not committed

    def _attach(self, confined: bool) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={**CONFIG, **self.settings})
        try:
            for name in _EXTENSIONS:
                connection.execute(f"LOAD {_quoted(str(_extension(name)))}")
            self._files.mkdir(parents=True, exist_ok=True)
            connection.execute(f"ATTACH {_quoted(self._catalogue)} AS catalogue (TYPE postgres)")
            place = _quoted(f"{PREFIX}{self._catalogue}")
            files = _quoted(f"{self._files.resolve()}/")
            # Two who make a lake at the same time would both make its catalogue.
            with self._turn(connection, _WRITING):
                connection.execute(f"ATTACH {place} AS lake (DATA_PATH {files})")
            if confined:
                connection.execute(f"SET allowed_directories = [{files}]")
                connection.execute("SET enable_external_access = false")
            else:  # it has no file beside which to go on, and the lake's folder is everybody's
                aside = Path(tempfile.gettempdir()) / f"claims-lake-{os.getpid()}"
                connection.execute(f"SET temp_directory = {_quoted(str(aside))}")
        except (OSError, duckdb.Error) as error:
            connection.close()
            raise DatabaseError(
                f"{PREFIX}…: this lake cannot be opened: {_reason(error)}; is PostgreSQL there, "
                f"and can {self._files} be written?"
            ) from None
        return connection

    @contextmanager
    def _turn(
        self, beside: duckdb.DuckDBPyConnection, lock: int, *, patient: bool = False
    ) -> Iterator[None]:
        """Hold a lock of PostgreSQL's while the block runs, beside the connection that works.

        It has a connection and transaction of its own: DuckDB would end a transaction over both
        databases in PostgreSQL first, and the lock with it, before the lake's rows are there.
        """
        limit = 0 if patient else max(1, round(self.wait * 1000))
        sql = (
            f"SELECT 1 AS taken FROM (SELECT set_config('lock_timeout', '{limit}', true)) AS a, "
            f"LATERAL (SELECT pg_advisory_xact_lock({lock})) AS b"
        )
        holder = beside.cursor()
        try:
            holder.begin()
            try:
                holder.execute(f"FROM postgres_query('catalogue', {_quoted(sql)})").fetchall()
            except duckdb.Error as error:
                raise DatabaseError(
                    f"{self._files}: another writer holds the lake: {_reason(error)}; raise "
                    "database.wait in pipeline.yaml; nothing was written"
                ) from None
            yield
        finally:
            holder.close()

    def _build(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Bring the schema up to date; views have no comments on columns in DuckLake."""
        connection.begin()
        done = migrating.version(connection, str(self.path))
        for migration in migrating.missing(connection):
            connection.execute(migration.sql)
            connection.execute(
                "INSERT INTO schema_migrations VALUES (?, ?, now() AT TIME ZONE 'UTC')",
                [migration.version, migration.name],
            )
        if done < migrating.newest():
            views = (resources.files(__package__) / "views.sql").read_text(encoding="utf-8")
            for statement in duckdb.extract_statements(views):
                if not re.match(r"\s*COMMENT ON COLUMN", statement.query, re.IGNORECASE):
                    connection.execute(statement)
        connection.commit()
        self._built = True


def _extension(name: str) -> Path:
    """The file of a DuckDB extension, out of the package that brings it."""
    spec = find_spec(f"duckdb_extension_{name}")
    if spec is None or spec.origin is None:
        raise DatabaseError(
            f"a lake needs the package duckdb-extension-{name.replace('_', '-')}; "
            "install it with `pip install 'claims[lake]'`"
        )
    folder = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}"
    return folder / f"{name}.duckdb_extension"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())
