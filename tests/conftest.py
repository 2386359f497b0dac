"""What tests share: one Prefect server, and one database of the four seeds."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from storing import CONFLICT, DENIAL, REPORT, holding

from claims import startup
from claims.pipeline.report import Report
from claims.store.database import Database
from flows import prefect_settings

# As the command line does, before Prefect is imported.
startup.own_process()
prefect_settings.apply()

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"

# Tests leave a user's own Prefect alone.
_HOME = tempfile.TemporaryDirectory(prefix="claims-prefect-")
os.environ["PREFECT_HOME"] = _HOME.name
# Where the processes of one pytest share what they make: the folder of the first one.
SHARED = Path(os.environ.setdefault("CLAIMS_TESTS_SHARED", _HOME.name))
os.environ.pop("CLAIMS_CONFIG", None)

Command = Callable[..., subprocess.CompletedProcess[str]]
Run = Callable[..., Report]


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[str]:
    """The address of a Prefect server that lives as long as the tests."""
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield str(PREFECT_API_URL.value())


@pytest.fixture(scope="session")
def run(prefect_server: str) -> Run:
    """Run the main flow in this process, from the root of the repository."""
    from flows.news import news

    def run(inputs: Sequence[str | Path], database: Path, config: Path | None = None) -> Report:
        with contextlib.chdir(ROOT):
            return news(
                [str(one) for one in inputs], str(config) if config else None, str(database)
            )

    return run


@pytest.fixture(scope="session")
def seeds_run(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A database of the four seeds, and the report of the run that made it. Not to be changed."""
    path = tmp_path_factory.mktemp("seeds") / "claims.duckdb"
    return path, run(["seeds"], path)


@pytest.fixture(scope="session")
def seeds_path(seeds_run: tuple[Path, Report]) -> Path:
    """The file of the seeds' database. Not to be changed."""
    return seeds_run[0]


@pytest.fixture
def seeds_database(seeds_path: Path) -> Database:
    """The seeds' database. Not to be changed."""
    return Database(seeds_path)


@pytest.fixture(scope="session")
def command() -> Command:
    """Run ``claims`` as a process of its own, from the root of the repository."""

    def command(
        *arguments: str | Path, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "claims.cli", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            timeout=600,
        )

    return command


@pytest.fixture(scope="session")
def run_command(command: Command, prefect_server: str) -> Command:
    """``command`` for runs of the flow: they talk to the tests' Prefect server."""

    def run_command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return command(*arguments, env={"PREFECT_API_URL": prefect_server})

    return run_command


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database that is not there yet, and is not waited for."""
    return Database(tmp_path / "claims.duckdb", wait=0.2)


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with a report, its denial, and the conflict between them."""
    return holding(database.path, [DENIAL, REPORT], [CONFLICT], wait=0.2)
