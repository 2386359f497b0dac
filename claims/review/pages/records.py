"""How far the review is, SQL for everybody, and files to take away."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from claims.errors import QueryError
from claims.export.files import export
from claims.export.formats import ExportFormat
from claims.review import agreement, catalogue, pairs
from claims.review.pages.desk import Desk
from claims.store import reviews
from claims.store.formats import ResultFormat, as_text, write
from claims.store.query import Result, query

QUERY_SECONDS = 5.0
"""How long a query may hold the database: less than a run waits for it."""

ROWS_SHOWN, ROWS_SAVED = 500, 100_000
_LONGEST_QUERY = 20_000
_TYPES = {ResultFormat.CSV: "text/csv", ResultFormat.JSON: "application/json"}
_FROM_ANOTHER_SITE = ("cross-site", "same-site")


class RecordPages:
    """Addresses of what was decided, of queries and of files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.routes = [
            Route("/progress", self.progress),
            Route("/sql", self.sql),
            Route("/export", self.exports),
            Route("/export/{form}", self.export),
        ]

    def progress(self, request: Request) -> Response:
        """What is decided and left, by whom, and how far reviewers agree."""
        if not self._desk.database.exists():
            return self._desk.no_database(request)
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            verdicts = pairs.verdicts(connection)
        decided = reviews.read(self._desk.database.path)
        return self._desk.render(
            request,
            "progress.html",
            progress=progress,
            verdicts=verdicts,
            reviewers=agreement.reviewers(decided),
            agreements=agreement.agreements(decided),
        )

    def sql(self, request: Request) -> Response:
        """The views, examples, and what a query gives, as a table, CSV or JSON.

        A link from another site fills in a query but does not run it.
        """
        if not self._desk.database.exists():
            return self._desk.no_database(request)
        asked = request.query_params.get("sql", "")[:_LONGEST_QUERY].replace("\0", "")
        wanted = request.query_params.get("format", "")
        form = ResultFormat(wanted) if wanted in {*ResultFormat} else ResultFormat.TABLE
        foreign = request.headers.get("sec-fetch-site") in _FROM_ANOTHER_SITE
        result: Result | None = None
        wrong: str | None = None
        if asked.strip() and not foreign:
            limit = ROWS_SHOWN if form is ResultFormat.TABLE else ROWS_SAVED
            try:
                result = query(self._desk.database, asked, limit, QUERY_SECONDS)
            except QueryError as error:
                wrong = str(error)
        if result is not None and form is not ResultFormat.TABLE:
            return _download(result, form)
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            relations = catalogue.relations(connection)
        return self._desk.render(
            request,
            "sql.html",
            400 if wrong else 200,
            progress=progress,
            sql=asked,
            result=result,
            cells=[[None if one is None else as_text(one) for one in row] for row in result.rows]
            if result
            else [],
            wrong=wrong,
            relations=relations,
            examples=catalogue.examples(),
            language=self._desk.language(request),
            seconds=f"{QUERY_SECONDS:g}",
            rows_shown=ROWS_SHOWN,
            rows_saved=ROWS_SAVED,
        )

    def exports(self, request: Request) -> Response:
        """The kinds of files, with a button each."""
        if not self._desk.database.exists():
            return self._desk.no_database(request)
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
        return self._desk.render(
            request, "export.html", progress=progress, forms=list(ExportFormat)
        )

    def export(self, request: Request) -> Response:
        """A file. It is written whole before it is sent, so that a slow reader holds nobody up."""
        try:
            form = ExportFormat(request.path_params["form"])
        except ValueError:
            raise HTTPException(404) from None
        folder = tempfile.TemporaryDirectory(prefix="claims-export-")
        path = Path(folder.name) / form.file_name
        try:
            export(self._desk.database, form, path)
        except BaseException:
            folder.cleanup()
            raise
        return FileResponse(
            path,
            media_type=form.media_type,
            filename=form.file_name,
            background=BackgroundTask(folder.cleanup),
        )


def _download(result: Result, form: ResultFormat) -> Response:
    out = io.StringIO()
    if form is ResultFormat.CSV:
        out.write("\ufeff")  # without it, spreadsheets take Urdu for something else
    write(result, form, out)
    headers = {"Content-Disposition": f'attachment; filename="claims.{form.value}"'}
    if result.truncated:
        headers["X-Truncated"] = str(len(result.rows))
    return Response(out.getvalue(), media_type=_TYPES[form], headers=headers)
