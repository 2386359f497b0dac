"""Answers one statement of a user, in a process that can be spared: ``python -m
claims.store.query_child``.

DuckDB is native code, and a statement may crash it, never end or want all memory. So it is asked
here, in a process with limits that the kernel keeps, which has nothing to lose: its connection
reads only, and reaches no file, network or setting. ``claims.store.query`` starts it and reads its
answer, a row of pickles: ``("open",)``, then ``("row", …)`` for rows by the thousand, then
``("done", …)`` or ``("refused", …)``.
"""

from __future__ import annotations

import math
import os
import pickle
import resource
import signal
import sys
import threading
from datetime import datetime, timezone
from decimal import Decimal
from typing import BinaryIO

import duckdb

from claims.errors import DatabaseError, QueryError
from claims.store.database import Database
from claims.store.query import PLAIN, Limits
from claims.store.statement import one_line, refuse

_THREADS = 2
_AT_ONCE = 1000
_DEEPEST = 20_000
"""Levels of a statement's tree that JSON is read to; DuckDB itself takes a thousand of its own."""


def main() -> None:
    """Read the question from standard input, answer on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command that asked tells of Ctrl-C
    sys.setrecursionlimit(_DEEPEST)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    database, sql, limits = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _answer(database, sql, limits, answers)
    except QueryError as error:
        _tell(answers, "refused", str(error))
    except DatabaseError as error:
        _tell(answers, "unread", str(error))
    except (duckdb.OutOfMemoryException, MemoryError):
        _tell(answers, "memory")
    except RecursionError:
        _tell(answers, "refused", "the statement is nested too deeply")
    # Without Python's and DuckDB's tidying up, for which there may be no memory left.
    os._exit(0)


def _answer(database: Database, sql: str, limits: Limits, answers: BinaryIO) -> None:
    database.settings = {
        "threads": _THREADS,
        # DuckDB keeps to it by itself, so that its errors come before the kernel's.
        "memory_limit": f"{limits.memory // 2}B",
        "temp_directory": "",
    }
    with database.reading() as connection:
        _limit(limits)
        _tell(answers, "open")
        refuse(connection, sql)
        try:
            connection.execute(sql)
            columns = connection.description or []
            left = math.inf if limits.rows is None else limits.rows + 1
            while left and (rows := connection.fetchmany(min(left, _AT_ONCE))):
                _tell(answers, "rows", [tuple(map(_plain, row)) for row in rows])
                left -= len(rows)
        except duckdb.PermissionException as error:
            raise QueryError(
                f"refused: SQL here reads the tables of {database.path} and no files: "
                f"{one_line(error)}"
            ) from None
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise QueryError(one_line(error)) from None
        _tell(
            answers,
            "done",
            tuple(str(column[0]) for column in columns),
            tuple(str(column[1]) for column in columns),
        )


def _limit(limits: Limits) -> None:
    """What the kernel holds this process to from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime + limits.seconds * _THREADS) + 1
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _plain(value: object) -> object:
    """A value of those types that ``claims.store.query`` takes back, others as text."""
    if value is None or isinstance(value, bool | int | float | str | bytes | Decimal):
        return value
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime) and value.tzinfo is not None:
        offset = value.utcoffset()
        return value if offset is None else value.replace(tzinfo=timezone(offset))
    return value if type(value) in PLAIN else str(value)


def _tell(answers: BinaryIO, *answer: object) -> None:
    pickle.dump(answer, answers)
    answers.flush()


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
