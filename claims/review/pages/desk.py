"""What every page works with: the database, who reads it, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from claims.errors import DatabaseError
from claims.review import decisions
from claims.review.filters import Filters
from claims.review.forms import one_line
from claims.review.rendering import environment
from claims.review.texts import languages, texts
from claims.store.database import Database

_RETRY = 4
_LONGEST_NAME = 60
_YEAR = 365 * 24 * 3600

REVIEWER, LANGUAGE = "claims-reviewer", "claims-language"
"""Cookies: a reviewer's own name and language on this machine."""


class Desk:
    """The database and the templates, and what a request's cookies say."""

    def __init__(self, database: Database, reviewer: str, language: str) -> None:
        self.database = database
        self._reviewer = reviewer
        self._language = texts(language).language
        self._templates = {one: environment(texts(one)) for one in languages()}
        # Before the first reader comes, not while they wait.
        first = self._templates[self._language]
        for name in first.list_templates():
            first.get_template(name)
        texts(language).time(datetime.now(UTC))

    def reviewer(self, request: Request) -> str:
        """Who decides: the name that they gave, else the one this page was started for."""
        given = unquote(request.cookies.get(REVIEWER, ""))
        return one_line(given, _LONGEST_NAME) or self._reviewer

    def language(self, request: Request) -> str:
        """The language of the page's own words: the one chosen, else the one it started with."""
        chosen = request.cookies.get(LANGUAGE, "")
        return chosen if chosen in self._templates else self._language

    def remember(self, answer: Response, name: str, value: str) -> Response:
        """Keep a choice in this browser."""
        answer.set_cookie(
            name,
            quote(one_line(value, _LONGEST_NAME)),
            max_age=_YEAR,
            httponly=True,
            samesite="lax",
        )
        return answer

    def render(
        self,
        request: Request,
        template: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **given: object,
    ) -> Response:
        """A page. What every page shows is added: who decides, what they decided last."""
        reviewer = self.reviewer(request)
        try:
            last = decisions.last(self.database.path, reviewer)
        except DatabaseError:
            last = None  # the page itself tells it where it matters
        query = f"?{request.url.query}" if request.url.query else ""
        shown: dict[str, object] = {
            "progress": None,
            "last": last,
            "reviewer": reviewer,
            "filters": Filters(),
            "here": request.url.path + query if request.method == "GET" else "/",
        }
        written = self._templates[self.language(request)].get_template(template)
        return HTMLResponse(written.render(shown | given), status, headers)

    def message(
        self,
        request: Request,
        title: str,
        status: int = 200,
        hint: str | None = None,
        *,
        path: Path | None = None,
        detail: str | None = None,
        retry: bool = False,
        retry_to: str | None = None,
    ) -> Response:
        """A page that says one thing. ``retry`` loads it again by itself after a while."""
        return self.render(
            request,
            "message.html",
            status,
            {"Retry-After": str(_RETRY)} if status == 503 else None,
            title=title,
            hint=hint,
            detail=str(path) if path else detail,
            retry=_RETRY if retry else None,
            retry_to=retry_to,
        )

    def no_database(self, request: Request, status: int = 200) -> Response:
        """The page where no run has made a database yet."""
        return self.message(
            request, "no_database", status, "no_database_hint", path=self.database.path
        )
