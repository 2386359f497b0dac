"""A lock before the database file, so that nobody starves.

DuckDB lets one process write or many read, and refuses whoever comes in between; those who poll
may then wait for ever: a writer while readers overlap, a reader beside a writer in a loop. So all
of ours first pass a lock beside the database. A writer keeps it until it has closed the database:
no new reader slips in before it. A reader keeps it only while it opens.

The kernel frees the lock of a process that dies.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from pathlib import Path
from types import TracebackType


class FileLock:
    """The lock file ``<database>.lock``; ``with`` gives it back. One object a passage."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(f"{database.name}.lock")
        self._descriptor: int | None = None

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.leave()

    def enter(self, *, create: bool) -> bool:
        """Take the lock if it is free; True if it is now ours.

        Without ``create`` a missing lock file counts as free: nobody has written yet, and whoever
        only reads makes no files. Raises OSError where the file cannot be made.
        """
        if self._descriptor is not None:
            return True
        flags = os.O_RDWR | os.O_CREAT if create else os.O_RDONLY
        try:
            descriptor = os.open(self.path, flags | os.O_CLOEXEC, 0o666)
        except OSError:
            if create:
                raise
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        if create:
            os.truncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        return True

    def leave(self) -> None:
        """Give it back, if it is ours."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> str | None:
        """The process number of the writer that last took it, for a message."""
        try:
            return self.path.read_text(encoding="ascii").strip() or None
        except (OSError, UnicodeDecodeError):
            return None


class Patience:
    """Short naps until a deadline. Naps vary, so that waiting processes do not march in step."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._end

    def nap(self) -> None:
        """Sleep for a few milliseconds."""
        time.sleep(random.uniform(0.002, 0.006))
