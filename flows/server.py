"""The Prefect server that a run talks to, where the user runs none."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS,
    temporary_settings,
)

from claims.errors import ClaimsError


class _Shielded(SubprocessASGIServer):
    """Prefect's temporary server, started as ``_as_a_server`` says."""

    def _run_uvicorn_command(self) -> subprocess.Popen[Any]:
        with _as_a_server():
            return super()._run_uvicorn_command()


@contextmanager
def answering() -> Iterator[None]:
    """A block that talks to the server; raises ClaimsError where that answers no more."""
    try:
        yield
    except (httpx.HTTPError, RuntimeError) as error:
        # Prefect's client says that it reached no server by a plain RuntimeError.
        if isinstance(error, RuntimeError) and "reach API" not in str(error):
            raise
        raise ClaimsError(
            f"Prefect's server does not answer ({type(error).__name__}: {error}); what was stored "
            "is whole, and the same command goes on from there"
        ) from None


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
    command = [sys.executable, "-m", "prefect", "server", "start"]
    command += ["--host", "127.0.0.1", "--port", address.rpartition(":")[2]]
    with _as_a_server():
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
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
