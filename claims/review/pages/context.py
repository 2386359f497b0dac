"""What every page works with: the database, who reads it, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from claims.errors import DatabaseError
from claims.review import decisions, json_pages
from claims.review.filters import Filters
from claims.review.forms import one_line
from claims.review.key_choice import KEYS, KeyChoice
from claims.review.rendering import environment
from claims.review.speaker_names import SpeakerNames
from claims.review.translations import languages, texts
from claims.store import folders
from claims.store.database import Database

_RETRY = 4  # seconds after which a page asks again for a database that others hold
_LONGEST_NAME = 60  # characters of a reviewer's name
_LONGEST_CHOICE = 500  # characters that a browser keeps
_YEAR = 365 * 24 * 3600  # seconds that a browser keeps a choice

REVIEWER, LANGUAGE, FOLDER = "claims-reviewer", "claims-language", "claims-folder"
"""Cookies: a reviewer's own name, language and folder on this machine."""

LETTERS = "claims-letters"
"""Cookie: the letters in which a reader sees Urdu."""

ALL_LETTERS = ("naskh", "nastaliq")
"""Letters to choose from, those of a new reader first."""

FIRST_FOLDER = "My folder"
"""Where claims go until somebody names another one."""


class PageContext:
    """The database and the templates, and what a request's cookies say."""

    def __init__(self, database: Database, reviewer: str, language: str) -> None:
        self.database = database
        self._reviewer = reviewer
        self._language = texts(language).language
        self._texts = {one: texts(one) for one in languages()}
        names = SpeakerNames(database)
        self._templates = {one: environment(said, names) for one, said in self._texts.items()}
        # Before the first reader comes, not while they wait.
        first = self._templates[self._language]
        for name in first.list_templates():
            first.get_template(name)
        texts(language).time(datetime.now(UTC))

    def keys(self, request: Request) -> KeyChoice:
        """The keys that the reader has chosen."""
        return KeyChoice.read(unquote(request.cookies.get(KEYS, "")))

    def reviewer(self, request: Request) -> str:
        """Who decides: the name that they gave, else the one this page was started for."""
        given = unquote(request.cookies.get(REVIEWER, ""))
        return one_line(given, _LONGEST_NAME) or self._reviewer

    def language(self, request: Request) -> str:
        """The language of the page's own words: the one chosen, else the one it started with."""
        chosen = request.cookies.get(LANGUAGE, "")
        return chosen if chosen in self._templates else self._language

    def folder(self, request: Request) -> str:
        """The folder that claims are collected into."""
        given = unquote(request.cookies.get(FOLDER, ""))
        return one_line(given, folders.LONGEST_NAME) or FIRST_FOLDER

    def letters(self, request: Request) -> str:
        """The letters in which Urdu is shown."""
        chosen = request.cookies.get(LETTERS, "")
        return chosen if chosen in ALL_LETTERS else ALL_LETTERS[0]

    def remember(self, answer: Response, name: str, value: str) -> Response:
        """Keep a choice in this browser."""
        answer.set_cookie(
            name,
            quote(one_line(value, _LONGEST_CHOICE)),
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
        drawn: Mapping[str, object] | None = None,
        **given: object,
    ) -> Response:
        """A page, or the JSON beside it.

        ``given`` is what it tells, in either form; ``drawn`` is only for eyes: charts, and what is
        offered while one types. What every page shows is added to these: who decides, what they
        decided last.
        """
        if json_pages.wants_json(request):
            return json_pages.answer(json_pages.document(request, given), status, headers)
        reviewer = self.reviewer(request)
        try:
            last = decisions.last(self.database.path, reviewer)
        except DatabaseError:
            last = None  # the page itself tells it where it matters
        folder = self.folder(request)
        try:
            collected = folders.claims_in(self.database.path, folder)
        except DatabaseError:
            collected = set()  # as above
        query = f"?{request.url.query}" if request.url.query else ""
        shown: dict[str, object] = {
            "texts": self.keys(request).applied(self._texts[self.language(request)]),
            "progress": None,
            "last": last,
            "reviewer": reviewer,
            "folder": folder,
            "letters": self.letters(request),
            "collected": collected,
            "filters": Filters(),
            "here": request.url.path + query if request.method == "GET" else "/",
            "feed": None,
            "json": json_pages.address(request) if request.method == "GET" else None,
        }
        written = self._templates[self.language(request)].get_template(template)
        return HTMLResponse(written.render(shown | given | dict(drawn or {})), status, headers)

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
        """A page that says one thing. ``retry`` loads it again by itself after a while.

        Programs are told that what they asked for is not there, by an error with ``title`` as its
        code.
        """
        headers = {"Retry-After": str(_RETRY)} if status == 503 else None
        told = str(path) if path else detail
        if json_pages.wants_json(request):
            words = self._texts[self.language(request)].words
            error = {
                "code": title,
                "message": words[title],
                "hint": words[hint] if hint else None,
                "detail": told,
            }
            return json_pages.answer({"error": error}, 404 if status == 200 else status, headers)
        return self.render(
            request,
            "message.html",
            status,
            headers,
            title=title,
            hint=hint,
            detail=told,
            retry=_RETRY if retry else None,
            retry_to=retry_to,
            json=None,
        )

    def no_database(self, request: Request, status: int = 200) -> Response:
        """The page where no run has made a database yet."""
        return self.message(
            request, "no_database", status, "no_database_hint", path=self.database.path
        )
