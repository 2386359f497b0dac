"""Whose turn it is: one request at a time to a host, and a pause after each."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from claims.errors import FetchError


class _Host:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.not_before = 0.0
        self.left_alone = False


class RateLimit:
    """The turns of all hosts in one run; ``began`` is when that began, in seconds since 1970."""

    def __init__(self) -> None:
        self.began = time.time()
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether nobody gets a turn any more."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Wake whoever waits; nobody gets a turn any more."""
        self._stop.set()

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[None]:
        """Wait for the host's turn, and leave ``pause`` seconds after it.

        Raises FetchError where the host is left alone, or everything was stopped.
        """
        one = self._host(host)
        # Held while waiting and asking: threads that want the same host come one after the other.
        with one.lock:
            if one.left_alone:
                raise FetchError("not asked for: the site asks to be left alone for a while")
            if self._stop.wait(max(0.0, one.not_before - time.monotonic())):
                raise FetchError("stopped")
            try:
                yield
            finally:
                one.not_before = max(one.not_before, time.monotonic() + pause)

    def put_off(self, host: str, seconds: float) -> None:
        """Let the next turn of a host come no sooner than in so many seconds."""
        one = self._host(host)
        one.not_before = max(one.not_before, time.monotonic() + seconds)

    def leave_alone(self, host: str) -> None:
        """Give the host no turn any more."""
        self._host(host).left_alone = True

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
