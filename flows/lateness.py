"""Scheduled runs that came late, or not at all because another was still running."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.runtime import deployment, flow_run

_MOST = 100  # that are looked for


def lateness(due: datetime, now: datetime, allowed: int) -> Iterator[str]:
    """A warning where a run that was due at ``due`` begins more than ``allowed`` seconds late."""
    late = (now - due).total_seconds()
    if late > allowed:
        yield f"late: was due at {_time(due)} and began {_span(late)} after that"


def missed(since: datetime | None) -> Iterator[str]:
    """A warning where runs of this deployment that were due from ``since`` on did not take place.

    ``since`` is when the run before began; without one there is nothing to miss.
    """
    if since is None or deployment.id is None:
        return
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                deployment_id=FlowRunFilterDeploymentId(any_=[deployment.id]),
                expected_start_time=FlowRunFilterExpectedStartTime(
                    after_=since, before_=datetime.now(UTC)
                ),
                state=FlowRunFilterState(
                    type=FlowRunFilterStateType(any_=[StateType.CANCELLED, StateType.SCHEDULED])
                ),
            ),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=_MOST,
        )
    due = [
        one.expected_start_time
        for one in found
        if one.expected_start_time is not None and str(one.id) != flow_run.id
    ]
    if due:
        which = _time(due[0]) if len(due) == 1 else f"{_time(due[0])} to {_time(due[-1])}"
        runs = "run" if len(due) == 1 else "runs"
        yield f"missed: {len(due)} scheduled {runs} ({which}) did not take place"


def _time(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
