"""SQL of users: one statement that reads, and nothing but the database.

It is answered by a process of its own (``claims.store.query_child``), which may be killed.
"""

from __future__ import annotations

import io
import os
import pickle
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from datetime import time as time_of_day
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from claims.errors import DatabaseError, QueryError

if TYPE_CHECKING:
    from claims.store.database import Database

PLAIN = (date, datetime, time_of_day, timedelta, timezone, Decimal)
"""What an answer is made of, beside numbers, text, bytes, lists and dictionaries."""

_STARTING = 60.0
"""Seconds that the process may take to start, on a machine that is busy."""

_PIECE = 1 << 16
_UNITS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


class Limits(NamedTuple):
    """What a statement may take: ``seconds`` from when the database is open, ``memory`` of its
    process, ``answer`` of what is sent back (both in bytes), ``rows`` that are read of it."""

    rows: int | None = None
    seconds: float = 60.0
    memory: int = 1_000_000_000
    answer: int = 250_000_000


USUAL = Limits()


class Result(NamedTuple):
    """What a query gave: names and DuckDB types of the columns, rows as Python values.

    ``truncated`` says that there were more rows than the limit.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[object, ...]]
    truncated: bool = False


def query(database: Database, sql: str, limits: Limits = USUAL) -> Result:
    """Run one statement of a user within ``limits`` and return its rows.

    It reads only, reaches no file, no network and no setting, and calls no function but those of
    ``allowed_functions.sql``. Raises QueryError in one line for a statement that is refused, wrong,
    too slow or too large, or that crashed DuckDB; DatabaseError as ``Database.reading``.
    """
    with child() as process:
        return ask(process, database, sql, limits)


@contextmanager
def child() -> Iterator[subprocess.Popen[bytes]]:
    """A process for one ``ask``, which starts while the caller goes on; gone after the block."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "claims.store.query_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Each arena of glibc's takes 64 MB of what the kernel lets the process address.
        env={**os.environ, "MALLOC_ARENA_MAX": "2"},
    )
    try:
        with process:
            try:
                yield process
            finally:
                process.kill()
    except BrokenPipeError:
        raise QueryError("the process that answers could not be started") from None


def ask(
    process: subprocess.Popen[bytes], database: Database, sql: str, limits: Limits = USUAL
) -> Result:
    """``query`` by a process that was started with ``child``."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(pickle.dumps((database, sql, limits)))
    process.stdin.flush()  # it stays open: its end tells the child of ours
    told = _received(process.stdout.fileno(), database.wait + _STARTING, limits)
    rows: list[tuple[object, ...]] = []
    last: tuple[Any, ...] = ()
    for last in told:
        if last[0] == "rows":
            rows += last[1]
    match last:
        case "done", columns, types:
            truncated = limits.rows is not None and len(rows) > limits.rows
            return Result(columns, types, rows[: limits.rows], truncated)
        case "refused", reason:
            raise QueryError(reason)
        case "unread", reason:
            raise DatabaseError(reason)
        case ("memory",):
            raise QueryError(
                f"needs more than {limits.memory // 1_000_000} MB of memory; ask for less"
                ", or ask on the command line: `claims sql --memory 4GB`"
            )
    status = process.wait()
    name = signal.Signals(-status).name if status < 0 else f"status {status}"
    raise QueryError(f"the statement made DuckDB end ({name}); nothing was changed")


def size(text: str) -> int:
    """Bytes that words such as ``512MB`` mean. Raises QueryError."""
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([KMGT]?)(i?)B", text.strip(), re.IGNORECASE)
    if match is None:
        raise QueryError(f"{text}: not an amount of memory; write 512MB or 2GB")
    base = 1024 if match[3] else 1000
    return int(float(match[1]) * base ** _UNITS[match[2].upper()])


def _received(source: int, starting: float, limits: Limits) -> Iterator[tuple[Any, ...]]:
    """What the child said until it ended. Raises QueryError where it takes too long, or says too
    much."""
    end = time.monotonic() + starting
    waiting = select.poll()
    waiting.register(source, select.POLLIN)
    said = bytearray()
    while waiting.poll(max(0.0, end - time.monotonic()) * 1000):
        piece = os.read(source, _PIECE)
        if not piece:
            break
        if not said:  # it is open
            end = time.monotonic() + limits.seconds
        said += piece
        if len(said) > limits.answer:
            raise QueryError(
                f"the answer is larger than {limits.answer // 1_000_000} MB; ask for less"
            )
    else:
        if not said:
            raise QueryError("the process that answers did not start")
        raise QueryError(
            f"stopped after {limits.seconds:g} seconds; ask for less, or ask on the command line: "
            "`claims sql --timeout 600`"
        )
    kept = io.BytesIO(said)
    while True:
        try:
            yield _Plain(kept).load()
        except (EOFError, pickle.UnpicklingError):
            return  # where it crashed half an answer may be left


class _Plain(pickle.Unpickler):
    """Reads values and makes nothing else: what crashed in the child might have said anything."""

    def find_class(self, module: str, name: str) -> Any:
        for one in PLAIN:
            if (one.__module__, one.__name__) == (module, name):
                return one
        raise pickle.UnpicklingError(f"{module}.{name}")
