"""The Prefect server that a run talks to, where the user runs none."""

from __future__ import annotations

import logging
import os
import queue
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from prefect.events.worker import EventsWorker
from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS,
    get_current_settings,
    temporary_settings,
)

from claims.errors import ClaimsError


class _Shielded(SubprocessASGIServer):
    """Prefect's temporary server, started as ``_as_a_server`` and ``_bound`` say."""

    def _run_uvicorn_command(self) -> subprocess.Popen[Any]:
        # As the method that this replaces, which has no place for a command of ours.
        app = ["prefect.server.api.server:create_app", "--factory", "--lifespan", "on"]
        address = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "error"]
        settings = get_current_settings().to_environment_variables(exclude_unset=True)
        ephemeral = {
            "PREFECT_UI_ENABLED": "0",
            "PREFECT__SERVER_EPHEMERAL": "1",
            "PREFECT__SERVER_FINAL": "1",
        }
        with _as_a_server():
            return subprocess.Popen(
                _bound(sys.executable, "-m", "uvicorn", *app, *address),
                env={**os.environ, **ephemeral, **settings},
            )


@contextmanager
def answering() -> Iterator[None]:
    """A block that talks to the server; raises ClaimsError where that answers no more."""
    try:
        yield
    except (httpx.HTTPError, RuntimeError) as error:
        # Prefect's client says that it reached no server by a plain RuntimeError.
        if isinstance(error, RuntimeError) and "reach API" not in str(error):
            raise
        _forget()
        raise ClaimsError(
            f"Prefect's server does not answer ({type(error).__name__}: {error}); what was stored "
            "is whole, and the same command goes on from there"
        ) from None


def _forget() -> None:
    """Drop what Prefect's threads still have to tell the server.

    When the process ends they would try ten times, seconds apart, for every item: minutes, in which
    the command has said its last line and does not end.
    """
    for service in tuple(EventsWorker._instances.values()):  # type: ignore[misc]
        with suppress(queue.Empty):
            while True:
                service._queue.get_nowait()


def start_temporary() -> None:
    """Start Prefect's temporary server, unless the user has set ``PREFECT_API_URL``.

    Prefect's client finds it by itself, and Prefect stops it when this process ends.
    """
    # At every early exit this logger, which no setting reaches, warns of one item to be sent.
    logging.getLogger("EventsWorker").setLevel(logging.ERROR)
    if not PREFECT_API_URL.value():
        _Shielded().start()


@contextmanager
def lasting() -> Iterator[None]:
    """A whole Prefect server while the block runs, unless the user has set ``PREFECT_API_URL``.

    The temporary one has no scheduler. Raises ClaimsError where it does not start.
    """
    if PREFECT_API_URL.value():
        yield
        return
    with whole_server() as (address, _), temporary_settings({PREFECT_API_URL: address}):
        yield


@contextmanager
def whole_server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A whole Prefect server on a free port while the block runs: its API's address and process.

    Raises ClaimsError where it does not start.
    """
    address = f"http://127.0.0.1:{_free_port()}"
    command = _bound(sys.executable, "-m", "prefect", "server", "start")
    command += ["--host", "127.0.0.1", "--port", address.rpartition(":")[2]]
    with _as_a_server():
        # A session of its own: what stops a whole group of processes leaves it to us to stop it.
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(server, f"{address}/api/health")
        yield f"{address}/api", server
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _as_a_server() -> Iterator[None]:
    """What is started in this block is deaf to Ctrl-C and imports nothing from this folder.

    A terminal sends Ctrl-C to every process of a command, but the run still has to tell the
    server that it was interrupted: the child inherits the mask. And ``python -m`` would look for
    modules in the working folder first, where a user's types.py breaks it.
    """
    safe = os.environ.get("PYTHONSAFEPATH")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if safe is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = safe


def _bound(*command: str) -> list[str]:
    """``command`` such that it ends with this process, also where this one is killed."""
    return [sys.executable, str(Path(__file__).with_name("bound.py")), str(os.getpid()), *command]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], health: str) -> None:
    deadline = time.monotonic() + PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS.value()
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(health, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise ClaimsError(
        "Prefect's server did not start; start one with `prefect server start` and set "
        "PREFECT_API_URL"
    )
