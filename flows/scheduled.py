"""The flow that the clock starts: the main flow with retries, a time limit and a look at the clock.

A run that a person starts has neither retries nor a limit: errors are told at once.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from prefect import flow
from prefect.runtime import flow_run

from claims import startup
from claims.config.settings import config_folder, load_pipeline
from claims.events import LogFormat, listen
from claims.model import Frozen
from claims.pipeline.report import Report
from claims.pipeline.run import Trigger
from claims.store.history import last_scheduled
from claims.store.lake import opened
from flows.lateness import lateness, missed
from flows.news import news

_GIVEN = "CLAIMS_SCHEDULED"


class Given(Frozen):
    """What the command line of ``claims schedule`` said; without it pipeline.yaml says all."""

    inputs: tuple[str, ...] = ()
    config: str | None = None
    database: str | None = None

    def leave(self) -> None:
        """Leave it to the runs that this process starts, in their environment."""
        os.environ[_GIVEN] = self.model_dump_json()

    @classmethod
    def found(cls) -> Given:
        """What was left to this process."""
        return cls.model_validate_json(os.environ.get(_GIVEN, "{}"))


@flow(name="scheduled-news", persist_result=False)
def scheduled() -> Report:
    """The flow ``news`` as ``scheduled`` in pipeline.yaml wants it.

    It has no parameters: those of a deployed flow are open to whoever reaches Prefect's server, and
    they would choose what is read and where it is written. Tells whether it came late, and which
    scheduled runs since the one before did not take place.
    """
    startup.own_process()  # Prefect gives each run of a deployment a process
    given = Given.found()
    settings = load_pipeline(config_folder(given.config))
    listen(LogFormat(os.environ.get("CLAIMS_LOG") or settings.log), sys.stderr)
    due = flow_run.scheduled_start_time or datetime.now(UTC)
    warnings = (
        *lateness(due, datetime.now(UTC), settings.scheduled.late),
        *missed(last_scheduled(opened(settings.database, given.database))),
    )
    run = news.with_options(
        timeout_seconds=settings.scheduled.timeout,
        retries=settings.scheduled.retries,
        retry_delay_seconds=settings.scheduled.retry_delay,
    )
    trigger = Trigger(scheduled_for=due, warnings=warnings)
    return run(list(given.inputs), given.config, given.database, trigger=trigger)
