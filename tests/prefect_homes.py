"""Folders for Prefect servers of a test's own, in which Prefect's tables are there already.

A server that finds none makes them by its migrations: six seconds of work, each time the same.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import SHARED

_MIGRATE = """
import asyncio
from prefect.server.database import provide_database_interface
asyncio.run(provide_database_interface().create_db())
"""


def prefect_home(folder: Path) -> Path:
    """A value for PREFECT_HOME: ``folder``, made anew, with Prefect's tables and no row."""
    return Path(shutil.copytree(_migrated(), folder))


def _migrated() -> Path:
    """A folder to copy from. Who asks first makes it; another process of the tests waits."""
    made = SHARED / "migrated"
    with (SHARED / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = SHARED / "begun"
            environment = {**os.environ, "PREFECT_HOME": str(begun)}
            subprocess.run([sys.executable, "-c", _MIGRATE], env=environment, check=True)
            begun.rename(made)
    return made
