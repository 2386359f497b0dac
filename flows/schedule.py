"""The main flow on a schedule, served by Prefect until it is stopped."""

from __future__ import annotations

from flows.news import news
from flows.server import lasting


def serve(cron: str, inputs: list[str], config: str | None, database: str | None) -> None:
    """Run the flow whenever ``cron`` says, one run at a time; returns when it is stopped.

    Starts a Prefect server where ``PREFECT_API_URL`` names none. Raises ClaimsError where that
    does not start.
    """
    with lasting():
        news.serve(
            name="scheduled",
            cron=cron,
            limit=1,
            parameters={"inputs": inputs or None, "config": config, "database": database},
        )
