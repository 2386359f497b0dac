"""The scheduled flow, served by Prefect until it is stopped."""

from __future__ import annotations

import asyncio
import hashlib
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    State,
    StateType,
)
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from claims.config.settings import PipelineSettings
from claims.errors import ConfigError
from claims.store.lake import opened
from claims.store.run_lock import LockKind, alone
from flows.scheduled import Given, scheduled
from flows.server import lasting

ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)
"""A run that is due while another runs does not take place: the next one does its work too."""


def serve(settings: PipelineSettings, inputs: list[str], config: str, database: str) -> None:
    """Run the flow whenever ``settings.schedule`` says, one run at a time, until it is stopped.

    Without ``inputs`` those of pipeline.yaml are read. Starts a Prefect server where
    ``PREFECT_API_URL`` names none. ``config`` is an absolute path, ``database`` a path or that of a
    lake. Raises ConfigError for a cron line that is none, DatabaseError where another
    schedule serves the same database, and ClaimsError where Prefect's server does not start.
    """
    try:
        CronSchedule(cron=settings.schedule, timezone=settings.timezone)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise ConfigError(f"{config}/pipeline.yaml: schedule: {reason}") from None
    into = opened(settings.database, database)
    if not into.shared:
        database = str(into.path.resolve())
    name = deployment_name(into.path.resolve())
    signal.signal(signal.SIGTERM, _stop)
    with suppress(KeyboardInterrupt), alone(into.path, 0, LockKind.SCHEDULE), lasting():
        clear(name)
        read = ", ".join(inputs) or "the inputs of pipeline.yaml"
        print(
            f"claims: runs of {read} into {database} at {settings.schedule} "
            f"({settings.timezone}); stop with Ctrl-C",
            file=sys.stderr,
            flush=True,
        )
        Given(inputs=tuple(inputs), config=config, database=database).leave()
        runner = _Runner(name=name)
        runner.add_flow(
            scheduled,
            name=name,
            schedule=Cron(settings.schedule, timezone=settings.timezone),
            concurrency_limit=ONE_AT_A_TIME,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        asyncio.run(runner.served())


def deployment_name(database: Path) -> str:
    """One deployment for each database: several may be served on one machine."""
    where = hashlib.sha256(str(database).encode()).hexdigest()[:6]
    return f"{database.name.removesuffix('.duckdb')}-{where}"


def clear(name: str) -> None:
    """Give up runs of the deployment that a killed schedule left behind.

    Prefect would take them for running and let no other begin. Nobody else serves the database.
    """
    with get_client(sync_client=True) as client:
        try:
            found = client.read_deployment_by_name(f"{scheduled.name}/{name}")
        except ObjectNotFound:
            return
        left = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                deployment_id=FlowRunFilterDeploymentId(any_=[found.id]),
                state=FlowRunFilterState(
                    type=FlowRunFilterStateType(
                        any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
                    )
                ),
            )
        )
        for run in left:
            state: State[None] = Crashed(message="the schedule that ran it was killed")
            client.set_flow_run_state(run.id, state, force=True)
        if found.global_concurrency_limit is not None:
            client.update_global_concurrency_limit(
                found.global_concurrency_limit.name, GlobalConcurrencyLimitUpdate(active_slots=0)
            )


class _Runner(Runner):
    """Prefect's runner, which SIGTERM stops as Ctrl-C does; Prefect's own handler fails."""

    async def served(self) -> None:
        """Start runs as they are due, until a signal comes."""
        self._served = asyncio.current_task()
        with suppress(asyncio.CancelledError):
            await self.start()

    def handle_sigterm(self, *arguments: object, **named: object) -> None:
        if self._served is not None:
            self._served.get_loop().call_soon_threadsafe(self._served.cancel)


def _stop(number: int, frame: FrameType | None) -> None:
    """Before the runner is there to handle it, SIGTERM stops the server and us."""
    raise KeyboardInterrupt
