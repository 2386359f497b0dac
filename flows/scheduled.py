"""The flow that the clock starts: the main flow with retries, a time limit and a look at the clock.

A run that a person starts has neither retries nor a limit: errors are told at once.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from prefect import flow
from prefect.runtime import flow_run

from claims.configuration import config_folder, load_pipeline
from claims.journal import LogFormat, listen
from claims.report import Report
from claims.store.history import last_scheduled
from claims.store.lake import opened
from flows.lateness import lateness, missed
from flows.news import news
from flows.work import Occasion


@flow(name="scheduled-news", persist_result=False)
def scheduled(
    inputs: list[str] | None = None, config: str | None = None, database: str | None = None
) -> Report:
    """The flow ``news`` as ``scheduled`` in pipeline.yaml wants it; parameters as there.

    Tells whether it came late, and which scheduled runs since the one before did not take place.
    """
    settings = load_pipeline(config_folder(config))
    listen(LogFormat(os.environ.get("CLAIMS_LOG") or settings.log), sys.stderr)
    due = flow_run.scheduled_start_time or datetime.now(UTC)
    warnings = (
        *lateness(due, datetime.now(UTC), settings.scheduled.late),
        *missed(last_scheduled(opened(settings.database, database))),
    )
    run = news.with_options(
        timeout_seconds=settings.scheduled.timeout,
        retries=settings.scheduled.retries,
        retry_delay_seconds=settings.scheduled.retry_delay,
    )
    occasion = Occasion(scheduled_for=due, warnings=warnings)
    return run(inputs, config, database, occasion=occasion)
