"""A small SQLite file that remembers what may be had again: one table, what is old forgotten."""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.errors import DatabaseError

_WAIT = 10.0
"""Seconds to wait for another process's write, which takes milliseconds."""


def beside(database: Path, name: str) -> Path:
    """Where a small SQLite file of a database lies: ``x.duckdb`` → ``x.NAME.sqlite``."""
    return database.with_name(f"{database.name.removesuffix('.duckdb')}.{name}.sqlite")


class MemoryFile:
    """The file at ``path``, or, for None, a memory that lasts until it is closed.

    ``table`` is the statement that makes its table where it is missing, ``forget`` deletes the rows
    older than its parameter, in seconds since 1970: what ``keep_days`` leaves. ``what`` names in an
    error what cannot be kept. Several threads may use it, and several processes one file. Raises
    DatabaseError where it cannot be used.
    """

    def __init__(
        self, path: Path | None, *, table: str, forget: str, keep_days: float, what: str
    ) -> None:
        self._path, self._what = path, what
        self._lock = threading.Lock()
        with self._guarded():
            # Without a path SQLite makes a temporary file of its own.
            self._connection = sqlite3.connect(
                path or "", timeout=_WAIT, check_same_thread=False, isolation_level=None
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            # What a power cut takes is had again.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(table)
            self._connection.execute(forget, (time.time() - keep_days * 86400,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.Error, zlib.error) as error:
                raise DatabaseError(
                    f"{self._path}: {self._what} cannot be kept there: {error}; "
                    "if the file is broken, delete it: it is only a memory"
                ) from None
