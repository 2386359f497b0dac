"""Prefect's settings as this project wants them; what a user has set stays.

The command line puts them into the environment before Prefect is imported and reads it. Who deploys
the flows on a Prefect server of their own has their own settings.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from claims.errors import ConfigError

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


def check() -> None:
    """Raise ConfigError in one line where Prefect cannot work with its settings or folder; its
    own words would be pages."""
    from pydantic import ValidationError

    home = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect")).expanduser()
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise ConfigError(
            f"{home}: Prefect keeps its records there and cannot: {error.strerror}; "
            "set PREFECT_HOME to another folder"
        ) from None
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            importlib.import_module("prefect.main")
    except ValidationError as error:
        told = error.errors()[0]
        key = ".".join(str(one) for one in told["loc"])
        raise ConfigError(
            f"Prefect's setting {key}: {told['msg']}; mend it in the environment or in {home}"
        ) from None


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
