"""A limit on how long one request may take in all, however slowly its bytes drip."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any


class Deadline:
    """A context manager around one request: after ``seconds``, or ``cut``, its connection is shut
    down, and whoever reads from it meets an error at once. ``passed`` tells that this was why.

    ``trace`` goes into the extensions of the httpx request: it learns of the connection.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self.cut)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """What httpcore tells of the connection's making."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self.passed:
                    self._shut()

    def cut(self) -> None:
        """End the request now."""
        with self._lock:
            self.passed = True
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                # Of an encrypted connection too: the plain shutdown wakes whoever waits on it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
