"""Judging blind: several judge each pair, and none sees what another said before saying it too.

It is the connection that hides it, so that no page has to think of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import duckdb
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from claims.model import Review, Verdict
from claims.review.questions import ask, define
from claims.store.database import Database

_reader: ContextVar[str] = ContextVar("reader", default="")
"""Who asks for the page that is being made."""


class BlindJudging:
    """Middleware that notes for ``BlindDatabase`` who asks, as ``reviewer`` tells."""

    def __init__(self, app: ASGIApp, reviewer: Callable[[Request], str]) -> None:
        self.app = app
        self._reviewer = reviewer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on."""
        if scope["type"] == "http":
            _reader.set(self._reviewer(Request(scope)))  # each request has a context of its own
        await self.app(scope, receive, send)


class BlindDatabase(Database):
    """The database as who asks may see it: each pair is judged by ``judges`` reviewers, and what
    others decided about it is in no table or view before they have judged it themselves."""

    def __init__(self, path: Path, wait: float, judges: int) -> None:
        super().__init__(path, wait)
        self._judges = judges

    @contextmanager
    def reading(self, *, memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """As ``Database.reading``."""
        with super().reading(memory=memory) as connection:
            _hide(connection, _reader.get(), self._judges)
            yield connection


def seen(decided: Sequence[Review], reviewer: str) -> list[Review]:
    """Of decisions that stand, in their order, those that ``reviewer`` may see."""
    own = {one.contradiction_id: one.verdict for one in decided if one.reviewer == reviewer}
    judged = {pair for pair, verdict in own.items() if verdict is not Verdict.UNSURE}
    return [
        one
        for one in decided
        if one.reviewer == reviewer
        or (one.contradiction_id in judged and one.verdict is not Verdict.UNSURE)
    ]


def _hide(connection: duckdb.DuckDBPyConnection, reviewer: str, judges: int) -> None:
    """Let this connection show no more than ``reviewer`` may see, and skip the pairs that
    ``judges`` others have judged."""
    ask(connection, "blind_judged", me=reviewer)
    ask(connection, "blind_settled", judges=judges)
    ask(connection, "blind_seen", me=reviewer)
    define(connection, "blind_hidden")
