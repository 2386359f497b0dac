"""Prefect flows: orchestration only."""

from flows import prefect_settings

prefect_settings.apply()
