"""Prefect's settings as this project wants them; what a user has set stays.

Importing ``flows`` puts them into the environment, before Prefect reads it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

DEFAULTS: Mapping[str, str] = {
    # A busy or slow machine needs more than Prefect's 20 seconds.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # The command line tells progress and errors itself, in one line and without tracebacks.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
}


def apply(changes: Mapping[str, str] | None = None) -> None:
    """Put the defaults, and ``changes`` to them, where neither environment nor profile has one."""
    chosen = _profile()
    for name, value in {**DEFAULTS, **(changes or {})}.items():
        if name not in chosen:
            os.environ.setdefault(name, value)


def _profile() -> frozenset[str]:
    """The settings that the user's active Prefect profile makes."""
    home = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect")).expanduser()
    path = Path(os.environ.get("PREFECT_PROFILES_PATH", home / "profiles.toml"))
    try:
        profiles = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    active = os.environ.get("PREFECT_PROFILE", profiles.get("active"))
    return frozenset(profiles.get("profiles", {}).get(active, {}))
