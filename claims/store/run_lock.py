"""One run at a time on a database, whoever starts it, and one schedule.

Two runs side by side would read, fetch and annotate everything twice. The lock is on a file of its
own, so that readers, reviewers and short writes of others are not held up. The kernel frees it
when the process dies. It is a record lock: those that hold it are named, and worker processes that
a run forks do not inherit it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from claims.errors import HeldError
from claims.store.file_lock import Patience


class LockKind(StrEnum):
    """What there is one of for each database; its lock file is ``<database>.<kind>``."""

    RUN = "run"
    SCHEDULE = "schedule"


@contextmanager
def alone(database: Path, wait: float, kind: LockKind = LockKind.RUN) -> Iterator[None]:
    """The only one on ``database`` while the block runs; waits for another's end, in seconds.

    Where the lock file cannot be made there is nothing to guard: writing tells what is wrong.
    Raises HeldError where another one takes longer than ``wait``.
    """
    path = database.with_name(f"{database.name}.{kind}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        yield
        return
    try:
        patience = Patience(wait)
        while not _taken(descriptor):
            if patience.over():
                raise HeldError(
                    f"{database}: another {kind} (PID {_holder(descriptor)}) is working on it; "
                    "wait for its end or stop it; nothing was done"
                )
            patience.nap()
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _holder(descriptor: int) -> str:
    return os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
