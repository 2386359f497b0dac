"""The small SQLite files that keep what people did, beside the database: how each is opened to be
read, and what is said where one cannot be used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.errors import DatabaseError

WAIT = 10.0
"""Seconds to wait for another's write, which takes milliseconds."""


def opened_to_read(path: Path, *, wal: bool = False) -> sqlite3.Connection:
    """A connection that changes nothing. ``wal`` says that the file is written by WAL, which needs
    no room where the folder cannot be written. Raises sqlite3.Error and OSError."""
    mode = "mode=ro" if not wal or os.access(path.parent, os.W_OK) else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=WAIT)


@contextmanager
def guarded(path: Path, what: str) -> Iterator[None]:
    """In this block what goes wrong with the file is a DatabaseError, which names ``what`` it
    keeps, in the plural."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        raise DatabaseError(
            f"{path}: {what} cannot be read or written: {error}; mend the file or move it aside"
        ) from None
