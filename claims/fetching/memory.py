"""What was fetched before, in a small SQLite file beside the database.

It keeps the bodies too, packed: a page that has not changed since is read from here, by the code of
today, and a run that was killed between fetching and storing loses nothing. SQLite takes a page in
milliseconds whoever holds the database.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import NamedTuple

from claims.fetching.memory_file import MemoryFile, beside

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
    return beside(database, "fetched")


_FORGET = "DELETE FROM fetched WHERE checked_at < ?"


class Memory(MemoryFile):
    """The file at ``path``, or, for None, a memory that lasts until it is closed.

    What was not asked for in ``keep_days`` is forgotten.
    """

    def __init__(self, path: Path | None, keep_days: float) -> None:
        what = "what was fetched before"
        super().__init__(path, table=_TABLE, forget=_FORGET, keep_days=keep_days, what=what)

    def find(self, url: str) -> Remembered | None:
        """What is known of an address."""
        with self._guarded():
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
        with self._guarded():
            self._connection.execute(
                f"INSERT OR REPLACE INTO fetched ({', '.join(Remembered._fields)}) "
                f"VALUES ({values})",
                known._replace(body=body),
            )
