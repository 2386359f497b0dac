"""A server that answers as a language model does, or as badly as servers do; and what it is asked
about."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

from building import Said, analysed, speaker

from claims.model import SpeakerKind, Stance
from claims.store.articles import save
from claims.store.database import Database

MINISTER = speaker("Water minister", SpeakerKind.ORGANISATION)
MAYOR = speaker("Mayor of Lahore")

Handler = Callable[[BaseHTTPRequestHandler], None]


def disputes(path: Path, dams: int = 1) -> Database:
    """A database in which the mayor denies, of each of some dams, what the minister claims."""
    told = []
    for number in range(1, dams + 1):
        full, terms = f"dam {number} was full and safe", (f"dam{number}", "full", "safe")
        told += [
            analysed(
                f"Rain fell.\nWater minister claimed that {full} in May.\n",
                [Said(full, "Water minister", "claimed", MINISTER, terms=terms)],
                outlet="Morning Paper",
                published_at=datetime(2024, 5, 6),
            ),
            analysed(
                f"The mayor denied that {full}.\nHe left.\n",
                [Said(full, "The mayor", "denied", MAYOR, stance=Stance.DENY, terms=terms)],
                outlet="Evening Paper",
            ),
        ]
    database = Database(path, wait=0.2)
    save(database, told)
    return database


class AskedModel:
    """A server on a free port of this machine; ``asked`` are the requests with path and headers."""

    def __init__(self, answer: Handler) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        model = self

        class Asked(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                model.asked.append((self.path, dict(self.headers), json.loads(body)))
                model.answer(self)

            def do_GET(self) -> None:
                model.asked.append((self.path, dict(self.headers), {}))

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> AskedModel:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def body(words: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Handler:
    """Answer with these bytes."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(words)))
        request.end_headers()
        with suppress(OSError):  # who has read enough hangs up
            request.wfile.write(words)

    return answer


def content(words: object) -> Handler:
    """Answer as a chat completion with this content."""
    return body(json.dumps({"choices": [{"message": {"content": words}}]}).encode())


def says(label: str, reason: str = "It says so.") -> Handler:
    """Answer as it was asked to."""
    return content(json.dumps({"label": label, "reason": reason}))


def hangs_up(request: BaseHTTPRequestHandler) -> None:
    """Close the connection without a word."""
    request.close_connection = True


def breaks_off(request: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b'{"choices": [')
    request.close_connection = True


def is_silent(request: BaseHTTPRequestHandler) -> None:
    """Answer long after everybody has given up."""
    time.sleep(1.5)


def drips(request: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for longer than anybody waits."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    with suppress(OSError):
        for _ in range(20):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.1)
