"""Whether the page can do its work, for those that watch over it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from claims.errors import DatabaseError
from claims.review.json_pages import FileRoute, answer
from claims.review.pages.context import PageContext


class HealthPages:
    """The address that monitors ask."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [FileRoute("/healthz", self.health)]

    def health(self, request: Request) -> Response:
        """200 where the database opens, else 503 with the reason."""
        try:
            with self._context.database.reading():
                return answer({"status": "ok"})
        except DatabaseError as error:
            return answer({"status": "unavailable", "reason": str(error)}, 503)
