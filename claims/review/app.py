"""The review page as a web application: its addresses and what they answer."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from claims.errors import DatabaseError
from claims.model import Verdict
from claims.review import decisions, pairs
from claims.review.articles import article
from claims.review.guard import Guard
from claims.review.rendering import environment
from claims.review.texts import texts
from claims.store.database import Database

PAIRS_A_PAGE = 10

_PATIENCE = 5.0
"""Seconds that a page waits for a database that others hold; then it says so and tries again."""

_RETRY = 4
_LARGEST_FORM = 64 * 1024
_IDENTIFIER = re.compile(r"[0-9A-Za-z_-]{1,128}")


def create_app(database: Database | Path, *, reviewer: str, language: str = "en-GB") -> Starlette:
    """The review page over a database, which need not exist yet.

    ``reviewer`` is who decides; ``language`` that of the page's own words. Trusts whoever reaches
    it: serve it on loopback only. Raises ConfigError where the page does not speak ``language``.
    """
    given = database if isinstance(database, Database) else Database(database)
    pages = _Pages(Database(given.path, min(given.wait, _PATIENCE)), reviewer, language)
    static = StaticFiles(packages=[("claims.review", "static")])
    return Starlette(
        routes=[
            Route("/", pages.queue),
            Route("/pair/{contradiction_id}", pages.pair),
            Route("/pair/{contradiction_id}/decision", pages.decide, methods=["POST"]),
            Route("/undo", pages.undo, methods=["POST"]),
            Route("/article/{article_id}", pages.article),
            Mount("/static", static),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={DatabaseError: pages.unread, HTTPException: pages.refused},
    )


class _Pages:
    """The addresses. Each opens the database once, shortly, or not at all."""

    def __init__(self, database: Database, reviewer: str, language: str) -> None:
        self._database = database
        self._reviewer = reviewer
        self._texts = texts(language)
        self._templates = environment(self._texts)

    def queue(self, request: Request) -> Response:
        """The most telling undecided pairs."""
        page = _page(request.query_params.get("page", "1"))
        if not self._database.exists():
            return self._message("no_database", hint="no_database_hint", path=self._database.path)
        with self._database.reading() as connection:
            progress = pairs.progress(connection)
            found = pairs.queue(connection, PAIRS_A_PAGE + 1, (page - 1) * PAIRS_A_PAGE)
        if not progress.pairs:
            return self._message("no_pairs", hint="no_pairs_hint", retry_to="/")
        if not found and page > 1:
            return RedirectResponse("/", 303)
        return self._render(
            "queue.html",
            progress=progress,
            pairs=found[:PAIRS_A_PAGE],
            page=page,
            more=len(found) > PAIRS_A_PAGE,
        )

    def pair(self, request: Request) -> Response:
        """A pair at its own address, with all that was decided about it."""
        contradiction_id = request.path_params["contradiction_id"]
        with self._database.reading() as connection:
            progress = pairs.progress(connection)
            found = pairs.pair(connection, contradiction_id)
            neighbours = pairs.neighbours(connection, contradiction_id)
            history = pairs.history(connection, contradiction_id)
        if found is None:
            return self._message("not_found", 404, hint="pair_gone")
        return self._render(
            "pair.html", progress=progress, pair=found, neighbours=neighbours, history=history
        )

    def article(self, request: Request) -> Response:
        """A whole article with all its claims marked."""
        with self._database.reading() as connection:
            progress = pairs.progress(connection)
            found = article(connection, request.path_params["article_id"])
        if found is None:
            return self._message("not_found", 404, hint="article_gone")
        return self._render("article.html", progress=progress, article=found)

    async def decide(self, request: Request) -> Response:
        """Keep a decision, then show what comes next."""
        contradiction_id = request.path_params["contradiction_id"]
        form = await _form(request)
        note = form.get("note", "")
        verdicts = {verdict.value: verdict for verdict in Verdict}
        if (
            not _IDENTIFIER.fullmatch(contradiction_id)
            or form.get("verdict") not in verdicts
            or len(note.replace("\r\n", "\n")) > decisions.LONGEST_NOTE
        ):
            raise HTTPException(400)
        await run_in_threadpool(
            decisions.decide,
            self._database.path,
            contradiction_id,
            verdicts[form["verdict"]],
            note,
            self._reviewer,
        )
        return RedirectResponse(_next(form), 303)

    async def undo(self, request: Request) -> Response:
        """Take back the decision that the form shows, then show its pair."""
        form = await _form(request)
        try:
            reviewed_at = datetime.fromisoformat(form.get("reviewed_at", ""))
        except ValueError:
            raise HTTPException(400) from None
        stands = await run_in_threadpool(
            decisions.undo, self._database.path, self._reviewer, reviewed_at
        )
        return RedirectResponse(f"/pair/{stands.contradiction_id}" if stands else "/", 303)

    def unread(self, request: Request, error: Exception) -> Response:
        """A database that cannot be read now, or a decision that could not be kept."""
        reading = request.method in ("GET", "HEAD")
        if reading and not self._database.exists():
            return self._message("no_database", 404, "no_database_hint", path=self._database.path)
        answer = self._message(
            "busy" if reading else "not_kept",
            503,
            hint="busy_hint" if reading else None,
            detail=str(error),
            retry=_RETRY if reading else None,
            retry_to=request.url.path if reading else None,
        )
        answer.headers["Retry-After"] = str(_RETRY)
        return answer

    def refused(self, request: Request, error: Exception) -> Response:
        """An address that is not there, or a form that is not ours."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 404:
            return self._message("not_found", status, hint="page_gone")
        return self._message("refused", status, hint="bad_form")

    def _message(
        self,
        title: str,
        status: int = 200,
        hint: str | None = None,
        *,
        path: Path | None = None,
        detail: str | None = None,
        retry: int | None = None,
        retry_to: str | None = None,
    ) -> Response:
        return self._render(
            "message.html",
            status,
            title=title,
            hint=hint,
            detail=str(path) if path else detail,
            retry=retry,
            retry_to=retry_to,
        )

    def _render(self, template: str, status: int = 200, **given: object) -> Response:
        try:
            last = decisions.last(self._database.path, self._reviewer)
        except DatabaseError:
            last = None  # the page itself tells it where it matters
        shown: dict[str, object] = {"progress": None, "last": last, "reviewer": self._reviewer}
        written = self._templates.get_template(template).render(shown | given)
        return HTMLResponse(written, status)


def _page(given: str) -> int:
    """The number of a page; whatever is none counts as the first."""
    return int(given) if re.fullmatch(r"[1-9][0-9]{0,6}", given) else 1


def _next(form: dict[str, str]) -> str:
    """Where to go after a decision: only ever an address of this page."""
    following = form.get("following", "")
    known = bool(_IDENTIFIER.fullmatch(following))
    if form.get("view") == "pair":
        return f"/pair/{following}" if known else "/"
    page = _page(form.get("page", "1"))
    return f"/?page={page}" + (f"#pair-{following}" if known else "")


async def _form(request: Request) -> dict[str, str]:
    """The fields of a plain form; of several with one name the last."""
    if request.headers.get("content-type", "").partition(";")[0] != (
        "application/x-www-form-urlencoded"
    ):
        raise HTTPException(415)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_FORM:
            raise HTTPException(413)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise HTTPException(400) from None
    return {name: values[-1] for name, values in fields.items()}
