"""Rows that a step of a run puts aside, so that memory holds a part of them at a time."""

from __future__ import annotations

import sqlite3


def scratch() -> sqlite3.Connection:
    """An empty SQLite database of this process alone, to be closed.

    It lies in a file without a name, beyond the first two megabytes, so nothing is left of it
    however the process ends.
    """
    connection = sqlite3.connect("")
    connection.execute("PRAGMA journal_mode = OFF")  # nothing is ever rolled back
    return connection
