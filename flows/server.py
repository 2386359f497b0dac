"""The Prefect server that a run talks to, where the user runs none."""

from __future__ import annotations

import atexit
import logging
import os
import queue
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
from prefect.events.worker import EventsWorker
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS,
    temporary_settings,
)

from claims.errors import ClaimsError

_CLOSED = {
    # No other site may read answers, and there is no page of Prefect's own to protect.
    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": "",
    "PREFECT_SERVER_UI_ENABLED": "false",
}
_LAST_WORDS = 100  # lines
_ENDING = 10.0  # seconds
_OTHER = "mend that, or start one with `prefect server start` and set PREFECT_API_URL"
_TEMPORARY = {"PREFECT__SERVER_EPHEMERAL": "1"}


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


@contextmanager
def temporary() -> Iterator[None]:
    """A Prefect server without a scheduler for the block, unless the user has set
    ``PREFECT_API_URL``.

    It ends with this process: until then Prefect's threads have things to tell it. Raises
    ClaimsError where it does not start.
    """
    # At every early exit this logger, which no setting reaches, warns of one item to be sent.
    logging.getLogger("EventsWorker").setLevel(logging.ERROR)
    if PREFECT_API_URL.value():
        yield
        return
    running = ExitStack()
    atexit.register(running.close)
    address, _ = running.enter_context(_server(_TEMPORARY))
    with temporary_settings({PREFECT_API_URL: address}):
        yield


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


def whole_server() -> AbstractContextManager[tuple[str, subprocess.Popen[bytes]]]:
    """A whole Prefect server on a free port while the block runs: its API's address and process.

    Raises ClaimsError where it does not start.
    """
    return _server({})


@contextmanager
def _server(more: Mapping[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Prefect server with ``more`` in its environment. It answers only to whoever has the
    password that is made for it: this process, and those that it starts meanwhile."""
    port = _free_port()
    password = f"claims:{secrets.token_urlsafe(32)}"
    command = _dies_with_parent(
        sys.executable, "-m", "uvicorn", "--factory", "flows.prefect_app:app"
    )
    command += ["--app-dir", str(Path(__file__).parents[1]), "--log-level", "error"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    server = {"PREFECT_SERVER_API_AUTH_STRING": password, "PYTHONSAFEPATH": "1", **_CLOSED, **more}
    with (
        # Processes that this one starts know it by their environment.
        _environment("PREFECT_API_AUTH_STRING", password),
        temporary_settings({PREFECT_API_AUTH_STRING: password}),
    ):
        with _deaf():
            # A session of its own: what stops a whole group of processes leaves it to us.
            process = subprocess.Popen(
                command,
                env={**os.environ, **server},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        # What it says is for those who look for a fault of Prefect's, of which its last words tell.
        said: deque[bytes] = deque(maxlen=_LAST_WORDS)
        assert process.stderr is not None
        hearing = threading.Thread(target=said.extend, args=(process.stderr,), daemon=True)
        hearing.start()
        try:
            if not _answers(process, f"http://127.0.0.1:{port}/api/health"):
                process.kill()
                hearing.join()
                raise ClaimsError(f"Prefect's server did not start{_reason(said)}; {_OTHER}")
            yield f"http://127.0.0.1:{port}/api", process
        finally:
            process.terminate()
            try:
                process.wait(_ENDING)
            except subprocess.TimeoutExpired:  # it waits for somebody who does not hang up
                process.kill()
                process.wait()


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started in this block is deaf to Ctrl-C, which a terminal sends to every process of a
    command; but the run still has to tell the server that it was interrupted."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _dies_with_parent(*command: str) -> list[str]:
    """``command`` such that it ends with this process, also where this one is killed."""
    return [
        sys.executable,
        str(Path(__file__).with_name("die_with_parent.py")),
        str(os.getpid()),
        *command,
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], health: str) -> bool:
    deadline = time.monotonic() + PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS.value()
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(health, timeout=5):
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _reason(said: Iterable[bytes]) -> str:
    """The last error among the lines that a server said."""
    lines = [line.decode("utf-8", "replace").strip() for line in said]
    errors = [line for line in lines if re.match(r"[\w.]+(Error|Exception)\b", line)]
    return f": {errors[-1]}" if errors else ""
