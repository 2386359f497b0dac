"""The schedule: a real Prefect server, a real web site, and runs that the clock starts."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import yaml
from conftest import ROOT, Command
from news_site import NewsSite
from prefect_homes import prefect_home

from claims.config.settings import config_folder, load_pipeline
from claims.store.database import Database
from claims.store.history import Run, failing, runs
from claims.store.run_lock import LockKind, alone
from claims.store.runs import RunCounts, RunStatus, finish_run, start_run

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

PATIENCE = 400  # seconds: much more than it takes, for machines that are busy


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite() as site:
        yield site


def configured(folder: Path, **changes: object) -> Path:
    """A copy of the configuration with another pipeline.yaml."""
    shutil.copytree(ROOT / "config", folder)
    (folder / "pipeline.yaml").write_text(yaml.safe_dump(changes), encoding="utf-8")
    return folder


@contextmanager
def schedule(
    *arguments: str | Path, home: Path, log: Path, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """``claims schedule`` with a Prefect of its own; stopped at the end of the block."""
    own = {"PREFECT_HOME": str(home), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    with log.open("w", encoding="utf-8") as err, subprocess.Popen(
        [sys.executable, "-m", "claims.cli", "schedule", *map(str, arguments)],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}, **own,
             **(env or {})},
        stdout=subprocess.PIPE,
        stderr=err,
        text=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def finished(database: Database, process: subprocess.Popen[str], log: Path, count: int) -> None:
    """Wait until so many scheduled runs have ended well."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if database.exists() and sum(one.status == "done" for one in runs(database)) >= count:
            return
        time.sleep(0.5)
    pytest.fail(f"not {count} runs: {log.read_text(encoding='utf-8')[-3000:]}")


def test_the_clock_starts_runs_that_fetch_nothing_twice_and_lose_nothing(
    site: NewsSite, tmp_path: Path, command: Command
) -> None:
    urdu, english = site.feeds
    config = configured(
        tmp_path / "config",
        inputs=[],
        feeds=True,
        fetching={"delay": 0, "allow_private": True},
        schedule="* * * * * */8",
        scheduled={"retries": 0},
        usual={"at_least": 1, "share": 1.0},
    )
    outlets = [
        {"name": "Noorpur Times", "feeds": [urdu], "language": "ur", "timezone": "Asia/Karachi"},
        {"name": "Noorpur Post", "feeds": [english], "timezone": "Asia/Karachi"},
    ]
    (config / "sources.yaml").write_text(yaml.safe_dump({"outlets": outlets}), encoding="utf-8")
    database = Database(tmp_path / "claims.duckdb")
    home, log = prefect_home(tmp_path / "prefect"), tmp_path / "log"
    arguments = ("--config", config, "--database", database.path, "--log", "json")
    with schedule(*arguments, home=home, log=log) as process:
        finished(database, process, log, 1)
        site.edit()
        edited = len(runs(database))
        finished(database, process, log, edited + 2)  # one of them began after the edit
        second = command("schedule", *arguments, env={"PREFECT_HOME": str(home)})
        assert second.returncode == 3
        assert "another schedule" in second.stderr
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, log.read_text(encoding="utf-8")[-2000:]

    # Every article once, the edited one in both its versions.
    good, (changed,) = site.stories("plain", "edited"), site.stories("edited")
    with database.reading() as connection:
        stored = connection.execute("SELECT url, count(*) FROM articles GROUP BY url").fetchall()
        claims = connection.execute(
            "SELECT count(*), count(DISTINCT claim_id), count(DISTINCT article_id) FROM claims"
        ).fetchone()
    assert dict(stored) == {site.address + one: 1 + (one == changed) for one in good}
    assert claims is not None and claims[0] == claims[1] and claims[2] == len(good) + 1
    for story in good:
        assert site.count(story, 200) == 1 + (story == changed), story

    # What cannot be read is told of, and stops nothing.
    bad = site.stories("broken", "gigantic", "private")
    assert {one.input for one in failing(database)} == {site.address + one for one in bad}

    # Runs are those of the clock, one after the other, each with what the outlets brought.
    done = [one for one in reversed(runs(database)) if one.status == "done"]
    assert len(done) >= 3
    assert done[0].articles == len(good)
    assert sum(one.articles for one in done) == len(good) + 1
    due = [one.scheduled_for for one in done]
    assert None not in due and len(set(due)) == len(due)
    assert one_after_the_other(done)
    assert "Noorpur Times: 0 new articles" in warnings(database)

    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()[1:]]
    ended = [one for one in told if one["event"] == "run_finished"]
    assert [one["run"] for one in ended][: len(done)] == [one.run_id for one in done]
    with sqlite3.connect(home / "prefect.db") as prefect:
        (found,) = prefect.execute(
            "SELECT data FROM artifact WHERE key = 'outlets' ORDER BY created LIMIT 1"
        ).fetchone()
    while isinstance(found, str):
        found = json.loads(found)
    assert {one["outlet"]: one["new"] for one in found} == {"Noorpur Post": 4, "Noorpur Times": 5}


def one_after_the_other(done: Sequence[Run]) -> bool:
    """Whether no run began before the one before it had ended."""
    return all(
        before.finished_at is not None and before.finished_at <= after.started_at
        for before, after in itertools.pairwise(done)
    )


def warnings(database: Database) -> str:
    with database.reading() as connection:
        found = connection.execute("SELECT warning FROM run_warnings").fetchall()
    return "\n".join(warning for (warning,) in found)


def test_a_cron_line_that_is_none_is_told_with_its_place(command: Command, tmp_path: Path) -> None:
    config = configured(tmp_path / "config", schedule="every now and then")
    done = command("schedule", "--config", config, "--database", tmp_path / "x.duckdb")
    assert done.returncode == 2
    assert "pipeline.yaml, line 1: schedule:" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_second_schedule_on_the_same_database_is_refused(
    command: Command, tmp_path: Path
) -> None:
    with alone(tmp_path / "x.duckdb", 0, LockKind.SCHEDULE):
        done = command("schedule", "--database", tmp_path / "x.duckdb")
    assert done.returncode == 3
    assert f"another schedule (PID {os.getpid()})" in done.stderr


def test_prefect_yaml_deploys_to_a_work_pool(prefect_server: str, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.flows import load_flow_from_entrypoint

    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name="claims", type="process"))
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=ROOT,
        env={**os.environ, "PREFECT_API_URL": prefect_server},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name("scheduled-news/hourly")
    settings = load_pipeline(config_folder(ROOT / "config"))
    (planned,) = found.schedules
    assert getattr(planned.schedule, "cron", None) == settings.schedule
    assert getattr(planned.schedule, "timezone", None) == settings.timezone
    assert found.global_concurrency_limit is not None
    assert found.global_concurrency_limit.limit == 1
    assert found.concurrency_options is not None
    assert found.concurrency_options.collision_strategy.value == "CANCEL_NEW"
    assert found.entrypoint is not None
    assert load_flow_from_entrypoint(str(ROOT / found.entrypoint)).name == "scheduled-news"


def test_a_run_that_comes_late_says_so() -> None:
    from flows.lateness import lateness

    due = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
    assert list(lateness(due, due + timedelta(seconds=299), 300)) == []
    assert list(lateness(due, due + timedelta(hours=9, minutes=12), 300)) == [
        "late: was due at 2026-11-22 14:00:00 UTC and began 9 h 12 min after that"
    ]


@pytest.fixture
def served(prefect_server: str) -> UUID:
    """A deployment as ``claims schedule`` makes it."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions

    from flows.scheduled import scheduled

    with get_client(sync_client=True) as client:
        return client.create_deployment(
            client.create_flow(scheduled),
            "served",
            concurrency_limit=1,
            concurrency_options=ConcurrencyOptions(
                collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
            ),
        )


def test_runs_that_did_not_take_place_are_told(
    served: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.client.orchestration import get_client
    from prefect.states import Cancelled, Completed, Scheduled

    from flows.lateness import missed

    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", str(served))
    hour = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    with get_client(sync_client=True) as client:
        ends: list[State[Any]] = [Completed(), Cancelled(), Cancelled(), Cancelled()]
        for number, end in enumerate(ends):
            due: State[Any] = Scheduled(scheduled_time=hour + timedelta(hours=number))
            run = client.create_flow_run_from_deployment(served, state=due)
            client.set_flow_run_state(run.id, end, force=True)
    assert list(missed(hour + timedelta(seconds=5))) == [
        "missed: 3 scheduled runs (2026-11-22 11:00:00 UTC to 2026-11-22 13:00:00 UTC) did not "
        "take place"
    ]
    assert list(missed(hour + timedelta(hours=2, minutes=30))) == [
        "missed: 1 scheduled run (2026-11-22 13:00:00 UTC) did not take place"
    ]
    assert list(missed(hour + timedelta(hours=3, minutes=30))) == []
    assert list(missed(None)) == []


def test_a_killed_schedule_holds_up_no_later_one(served: UUID) -> None:
    from prefect.client.orchestration import get_client
    from prefect.states import Pending, Running

    from flows.schedule import clear

    with get_client(sync_client=True) as client:

        def begun() -> bool:
            """Whether a run of the deployment may begin."""
            run = client.create_flow_run_from_deployment(served)
            pending: State[Any] = Pending()
            running: State[Any] = Running()
            state = client.set_flow_run_state(run.id, pending).state
            if state is not None and state.is_pending():
                client.set_flow_run_state(run.id, running)
                return True
            return False

        assert begun()
        assert not begun()  # one at a time; and the first is never heard of again
        clear("served")
        assert begun()
    clear("never-served")  # nothing to clear, and no error


def test_prefects_server_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    code = (
        "from flows.server import whole_server\n"
        "with whole_server() as (_, server):\n"
        "    print(server.pid, flush=True)\n"
        "    import time; time.sleep(600)\n"
    )
    env = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}
    home = prefect_home(tmp_path / "prefect")
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**env, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        server = int(process.stdout.readline())
        assert Path(f"/proc/{server}").exists()
        process.send_signal(signal.SIGKILL)
        process.wait()
    end = time.monotonic() + PATIENCE
    while Path(f"/proc/{server}").exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not Path(f"/proc/{server}").exists()


def test_the_unit_of_systemd_is_sound(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not installed")
    unit = (ROOT / "deploy" / "claims.service").read_text(encoding="utf-8")
    sound = unit.replace("/opt/claims/.venv/bin/claims", sys.executable)
    (tmp_path / "claims.service").write_text(sound, encoding="utf-8")
    done = subprocess.run(
        [verify, "verify", tmp_path / "claims.service"], capture_output=True, text=True
    )
    assert "claims.service" not in done.stderr, done.stderr


def test_a_scheduled_run_is_recorded_even_where_it_finds_nothing_new(tmp_path: Path) -> None:
    database = Database(tmp_path / "claims.duckdb")
    due = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
    run = start_run(database, ["x"], {}, scheduled_for=due)
    finish_run(database, run, RunStatus.DONE, RunCounts(), [], warnings=["late: by a little"])
    (found,) = runs(database)
    assert found.scheduled_for == due
    assert found.late is not None and found.late > 0
    assert found.warnings == 1
