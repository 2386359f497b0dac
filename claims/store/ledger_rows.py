"""Rows of the small SQLite files beside the database, which anybody may have written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from claims.store.insert import in_utc

T = TypeVar("T")
Text = str | None
_LONGEST = 100_000  # characters of a note; the page takes far fewer


class SetAside(NamedTuple):
    """A row that cannot be read, by its number in the file, and what is wrong with it."""

    number: int
    why: str


def parsed(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    parse: Callable[[Sequence[Text]], T],
) -> Iterator[tuple[int, T | SetAside]]:
    """The rows of ``table`` in the order in which they were written, each by its number, as
    ``parse`` makes them of its texts, or set aside where it raises ValueError."""
    listed = ", ".join(f'CAST("{column}" AS BLOB)' for column in columns)
    kinds = ", ".join(f'typeof("{column}")' for column in columns)
    found = connection.execute(f'SELECT rowid, {listed}, {kinds} FROM "{table}" ORDER BY rowid')
    for number, *row in found:
        try:
            yield number, parse([_text(*one) for one in _paired(row, len(columns))])
        except ValueError as error:
            yield number, SetAside(number, " ".join(str(error).split())[:200])


def move_aside(connection: sqlite3.Connection, table: str, rows: Sequence[object]) -> None:
    """Move what of ``rows`` is set aside from ``table`` to the table ``set_aside``, byte for byte
    in hexadecimal."""
    numbers = [row.number for row in rows if isinstance(row, SetAside)]
    if not numbers:
        return
    columns = [str(one[1]) for one in connection.execute(f'PRAGMA table_info("{table}")')]
    values = " || ' ' || ".join(f"""coalesce(hex("{column}"), '')""" for column in columns)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS set_aside (table_name TEXT, number INTEGER, values_hex TEXT)"
    )
    for number in numbers:
        connection.execute(
            f'INSERT INTO set_aside SELECT ?, rowid, {values} FROM "{table}" WHERE rowid = ?',
            (table, number),
        )
        connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (number,))


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether there is a table of that name."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(sql, (name,)).fetchone() is not None


def given(row: Sequence[Text]) -> list[str]:
    """The texts of a row in which nothing may be missing. Raises ValueError."""
    texts = [text for text in row if text is not None]
    if len(texts) < len(row):
        raise ValueError("a value is missing")
    return texts


def time_of(text: str) -> datetime:
    """A moment, in UTC, as one without a zone is taken to be. Raises ValueError."""
    when = datetime.fromisoformat(text)
    if not datetime.min.year < when.year < datetime.max.year:
        raise ValueError(f"{text}: not a time when anybody decides")
    return in_utc(when)


def _paired(row: Sequence[object], columns: int) -> Iterator[tuple[object, object]]:
    return zip(row[:columns], row[columns:], strict=True)


def _text(value: object, kind: object) -> Text:
    if value is None:
        return None
    if kind == "blob" or not isinstance(value, bytes):
        raise ValueError("bytes where a text should be")
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("a text that is not UTF-8") from None
    if "\0" in text or len(text) > _LONGEST:
        raise ValueError("a text with a zero byte in it" if "\0" in text else "a text too long")
    return text
