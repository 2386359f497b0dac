"""What was fetched before, in a small SQLite file beside the database.

It keeps the bodies too, packed: a page that has not changed since is read from here, by the code of
today, and a run that was killed between fetching and storing loses nothing. SQLite takes a page in
milliseconds whoever holds the database.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from claims.errors import DatabaseError

_WAIT = 10.0
"""Seconds to wait for another run's write, which takes milliseconds."""

_TABLE = """
CREATE TABLE IF NOT EXISTS fetched (
    url TEXT PRIMARY KEY,
    final_url TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    content_type TEXT,
    first_at REAL NOT NULL,
    fetched_at REAL NOT NULL,
    checked_at REAL NOT NULL,
    fresh_until REAL NOT NULL,
    mark TEXT,
    failure TEXT,
    body BLOB
)
"""


class Remembered(NamedTuple):
    """What is known of an address. Times are seconds since 1970.

    ``final_url`` is where redirects led, ``first_at`` when it was first had, ``fetched_at`` when
    its present body came, ``checked_at`` when it was last asked for, ``fresh_until`` until when the
    server said that it need not be asked again. ``mark`` is what a feed said of it then.
    ``failure`` says why there is no ``body``.
    """

    url: str
    final_url: str
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    first_at: float = 0.0
    fetched_at: float = 0.0
    checked_at: float = 0.0
    fresh_until: float = 0.0
    mark: str | None = None
    failure: str | None = None
    body: bytes | None = None


def memory_path(database: Path) -> Path:
    """Where what was fetched for a database lies: ``x.duckdb`` → ``x.fetched.sqlite``."""
    return database.with_name(f"{database.name.removesuffix('.duckdb')}.fetched.sqlite")


class Memory:
    """The file at ``path``, or, for None, a memory that lasts as long as the process.

    What was not asked for in ``keep_days`` is forgotten. Several threads may use it, and several
    processes one file. Raises DatabaseError where it cannot be used.
    """

    def __init__(self, path: Path | None, keep_days: float) -> None:
        self._path = path
        self._lock = threading.Lock()
        with self._told():
            # Without a path SQLite makes a temporary file of its own.
            self._connection = sqlite3.connect(
                path or "", timeout=_WAIT, check_same_thread=False, isolation_level=None
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(_TABLE)
            old = time.time() - keep_days * 86400
            self._connection.execute("DELETE FROM fetched WHERE checked_at < ?", (old,))

    def find(self, url: str) -> Remembered | None:
        """What is known of an address."""
        with self._told():
            row = self._connection.execute(
                f"SELECT {', '.join(Remembered._fields)} FROM fetched WHERE url = ?", (url,)
            ).fetchone()
        if row is None:
            return None
        found = Remembered(*row)
        return found if found.body is None else found._replace(body=zlib.decompress(found.body))

    def keep(self, known: Remembered) -> None:
        """Keep what is known of an address in place of what was."""
        body = known.body if known.body is None else zlib.compress(known.body)
        values = ", ".join("?" * len(Remembered._fields))
        with self._told():
            self._connection.execute(
                f"INSERT OR REPLACE INTO fetched ({', '.join(Remembered._fields)}) "
                f"VALUES ({values})",
                known._replace(body=body),
            )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.Error, zlib.error) as error:
                raise DatabaseError(
                    f"{self._path}: what was fetched before cannot be kept there: {error}; "
                    "if the file is broken, delete it: it is only a memory"
                ) from None
