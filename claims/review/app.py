"""The review page as a web application."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from claims.errors import DatabaseError
from claims.review.blind import BlindDatabase, BlindJudging
from claims.review.json_pages import beside
from claims.review.pages.choices import ChoicePages
from claims.review.pages.context import PageContext
from claims.review.pages.disputes import DisputePages
from claims.review.pages.feeds import FeedPages
from claims.review.pages.folders import FolderPages
from claims.review.pages.health import HealthPages
from claims.review.pages.key_settings import KeySettingsPages
from claims.review.pages.known_pairs import KnownPairs
from claims.review.pages.pairs import PairPages
from claims.review.pages.reading import VoicePages
from claims.review.pages.records import RecordPages
from claims.review.pages.search import SearchPages
from claims.review.pages.speakers import SpeakerPages
from claims.review.pages.stories import StoryPages
from claims.review.request_guard import RequestGuard
from claims.store.database import Database

_PATIENCE = 5.0
"""Seconds that a page waits for a database that others hold; then it says so and tries again."""


def create_app(
    database: Database | Path,
    *,
    reviewer: str,
    language: str = "en-GB",
    token: str | None = None,
    judges: int = 1,
) -> Starlette:
    """The review page over a database, which need not exist yet.

    ``reviewer`` is who decides under no other name; ``language`` that of the page's own words.
    Without a ``token`` it trusts whoever reaches it: serve it on loopback only. With one, only
    those who bring it get in. With several ``judges`` each pair waits until so many have judged it,
    and none of them sees before what another decided. Raises ConfigError where the page does not
    speak ``language``.
    """
    given = database if isinstance(database, Database) else Database(database)
    path, wait = given.path, min(given.wait, _PATIENCE)
    seen = BlindDatabase(path, wait, judges) if judges > 1 else Database(path, wait)
    context = PageContext(seen, reviewer, language)
    answers, known = _Answers(context), KnownPairs(context.database)
    pages = [
        *SearchPages(context).routes,
        *DisputePages(context, known).routes,
        *PairPages(context, known).routes,
        *VoicePages(context).routes,
        *SpeakerPages(context).routes,
        *RecordPages(context).routes,
        *ChoicePages(context).routes,
        *KeySettingsPages(context).routes,
        *FeedPages(context).routes,
        *StoryPages(context).routes,
        *FolderPages(context).routes,
        *HealthPages(context).routes,
    ]
    return Starlette(
        routes=[
            *beside(pages),
            Mount("/static", StaticFiles(packages=[("claims.review", "static")])),
        ],
        middleware=[
            Middleware(RequestGuard, token=token),
            Middleware(BlindJudging, reviewer=context.reviewer),
        ],
        exception_handlers={DatabaseError: answers.unread, HTTPException: answers.refused},
    )


class _Answers:
    """What a reader is told where something is in the way."""

    def __init__(self, context: PageContext) -> None:
        self._context = context

    def unread(self, request: Request, error: Exception) -> Response:
        """A database that cannot be read now, or a decision that could not be kept."""
        reading = request.method in ("GET", "HEAD") or request.url.path == "/sql"
        if reading and not self._context.database.exists():
            return self._context.no_database(request, 404)
        return self._context.message(
            request,
            "busy" if reading else "not_kept",
            503,
            "busy_hint" if reading else None,
            detail=str(error),
            retry=reading,
            retry_to=str(request.url.replace(scheme="", netloc="")) if reading else None,
        )

    def refused(self, request: Request, error: Exception) -> Response:
        """An address that is not there, or a form that is not ours."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 404:
            return self._context.message(request, "not_found", status, "page_gone")
        return self._context.message(request, "refused", status, "bad_form")
