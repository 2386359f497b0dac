"""A copy of the database for whoever only reads: opened for hours, it stops no run.

DuckDB lets one process write a file or many read it, so a notebook that keeps the database open
stops every run. The copy is never written to: each new one takes the place of the one before in
one step, and who has that open keeps it. Its time of change is that of the database whose rows it
has, which tells later whether there is anything new to copy.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import duckdb

from claims.errors import ConfigError
from claims.store.database import CONFIG, Database


def snapshot_path(database: Path, setting: bool | str) -> Path | None:
    """Where the copy of ``database`` lies by ``database.snapshot`` of pipeline.yaml: beside it, as
    ``x.snapshot.duckdb`` of ``x.duckdb``, at a path of its own, or nowhere (None).

    Raises ConfigError for the path of the database itself.
    """
    if setting is False:
        return None
    if setting is True:
        return database.with_name(f"{database.name.removesuffix('.duckdb')}.snapshot.duckdb")
    path = Path(setting)
    if path.resolve() == database.resolve():
        raise ConfigError(f"{path}: database.snapshot is the database itself; give another path")
    return path


class Snapshot:
    """The copy of ``database`` at ``path``."""

    def __init__(self, database: Database, path: Path) -> None:
        self.path = path
        self._database = database

    def is_current(self) -> bool:
        """Whether it has what the database has, but for records of runs without news."""
        try:
            return self.path.stat().st_mtime_ns == self._database.path.stat().st_mtime_ns
        except OSError:
            return False

    def keep(self) -> None:
        """Let it pass for current though a run has been recorded since: what people look for in it
        is all there, and the next copy brings the record."""
        changed = self._database.path.stat().st_mtime_ns
        os.utime(self.path, ns=(changed, changed))

    def publish(self) -> None:
        """Put a copy of the database in the place of the one before, whole or not at all.

        It costs one reading and one writing of the file. Raises DatabaseError where the database
        cannot be read, OSError and duckdb.Error where the copy cannot be written, or would leave
        less room on the disk than it takes.
        """
        new = self.path.with_name(f".{self.path.name}.new")
        log, new_log = Path(f"{self._database.path}.wal"), Path(f"{new}.wal")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new_log.unlink(missing_ok=True)
            with self._database.reading():
                # Whoever reads keeps writers out: the file and its log do not change.
                found = self._database.path.stat()
                if shutil.disk_usage(self.path.parent).free < 2 * found.st_size:
                    # The rest is for the runs, which must go on.
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                shutil.copyfile(self._database.path, new)
                shutil.copymode(self._database.path, new)
                if log.exists():
                    shutil.copyfile(log, new_log)
            if new_log.exists():  # of a process that was killed; one file is to hold everything
                with duckdb.connect(new, config=CONFIG) as connection:
                    connection.execute("CHECKPOINT")
            with new.open("rb") as written:
                os.fsync(written.fileno())
            os.utime(new, ns=(found.st_mtime_ns, found.st_mtime_ns))
            new.replace(self.path)
        finally:
            for left in (new, new_log):
                left.unlink(missing_ok=True)
