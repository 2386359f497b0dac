"""How far the review is, SQL for everybody, and files to take away."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from claims.errors import QueryError
from claims.export.files import export
from claims.export.registry import export_formats
from claims.model import Review
from claims.review import agreement, blind, catalogue
from claims.review.forms import form, page_number
from claims.review.json_pages import FileRoute
from claims.review.pages.context import PageContext
from claims.search.claim_query import ClaimQuery
from claims.store import reviews, stored_pairs
from claims.store.bounded_query import ROWS_SAVED, ROWS_SHOWN, SECONDS, bounded_query
from claims.store.formats import ResultFormat, as_text, write
from claims.store.query import Result

_LONGEST_QUERY = 20_000  # that is shown again
_LONGEST_FORM = 256 * 1024  # bytes; a letter of Urdu is six of them
_DISAGREEMENTS = 50  # a page
_TYPES = {ResultFormat.CSV: "text/csv", ResultFormat.JSON: "application/json"}


class RecordPages:
    """Addresses of what was decided, of queries and of files."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._is_blind = isinstance(context.database, blind.BlindDatabase)
        self.routes = [
            Route("/progress", self.progress),
            Route("/disagreements", self.disagreements),
            Route("/sql", self.sql),
            Route("/sql", self.run_sql, methods=["POST"]),
            Route("/export", self.exports),
            FileRoute("/export/{form}", self.export),
        ]

    def progress(self, request: Request) -> Response:
        """What is decided and left, by whom, and how far reviewers agree."""
        if not self._context.database.exists():
            return self._context.no_database(request)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            verdicts = stored_pairs.verdicts(connection)
        decided = self._decided(request)
        return self._context.render(
            request,
            "progress.html",
            progress=progress,
            verdicts=verdicts,
            reviewers=agreement.reviewers(decided),
            agreements=agreement.agreements(decided),
        )

    def _decided(self, request: Request) -> list[Review]:
        """The decisions that stand and that this reader may see."""
        decided = reviews.standing(self._context.database.path)
        return blind.seen(decided, self._context.reviewer(request)) if self._is_blind else decided

    def disagreements(self, request: Request) -> Response:
        """The pairs about which two reviewers differ, the latest first, with what each said."""
        page = page_number(request.query_params.get("page"))
        if not self._context.database.exists():
            return self._context.no_database(request)
        decided = self._decided(request)
        found = agreement.disagreements(decided)
        shown = found[(page - 1) * _DISAGREEMENTS : page * _DISAGREEMENTS]
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            pairs = stored_pairs.pairs_by_id(connection, [one.contradiction_id for one in shown])
        return self._context.render(
            request,
            "disagreements.html",
            progress=progress,
            disagreements=shown,
            pairs=pairs,
            agreements=agreement.agreements(decided),
            total=len(found),
            page=page,
            more=len(found) > page * _DISAGREEMENTS,
        )

    def sql(self, request: Request) -> Response:
        """The views, examples, and a box for a query. A link may fill it in; only a person who
        presses a button runs it."""
        if not self._context.database.exists():
            return self._context.no_database(request)
        return self._sql(request, request.query_params.get("sql", ""))

    async def run_sql(self, request: Request) -> Response:
        """What a query gives, as a table, CSV or JSON."""
        if not self._context.database.exists():
            return self._context.no_database(request)
        if self._is_blind:
            return self._context.message(request, "blind_closed", 403, "blind_closed_hint")
        fields = await form(request, _LONGEST_FORM)
        wanted = fields.get("format", "")
        kind = ResultFormat(wanted) if wanted in {*ResultFormat} else ResultFormat.TABLE
        return await run_in_threadpool(self._answered, request, fields.get("sql", ""), kind)

    def _answered(self, request: Request, asked: str, kind: ResultFormat) -> Response:
        rows = ROWS_SHOWN if kind is ResultFormat.TABLE else ROWS_SAVED
        try:
            result = bounded_query(self._context.database, asked, rows)
        except QueryError as error:
            return self._sql(request, asked, wrong=str(error))
        if kind is not ResultFormat.TABLE:
            return _download(result, kind)
        return self._sql(request, asked, result)

    def _sql(
        self,
        request: Request,
        asked: str,
        result: Result | None = None,
        wrong: str | None = None,
    ) -> Response:
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            relations = catalogue.relations(connection)
        return self._context.render(
            request,
            "sql.html",
            400 if wrong else 200,
            progress=progress,
            sql=asked[:_LONGEST_QUERY].replace("\0", ""),
            relations=relations,
            examples=catalogue.examples(),
            drawn={
                "result": result,
                "cells": [[None if x is None else as_text(x) for x in row] for row in result.rows]
                if result
                else [],
                "wrong": wrong,
                "language": self._context.language(request),
            },
            seconds=SECONDS,
            rows_shown=ROWS_SHOWN,
            rows_saved=ROWS_SAVED,
        )

    def exports(self, request: Request) -> Response:
        """The kinds of files, with a button each."""
        if not self._context.database.exists():
            return self._context.no_database(request)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
        return self._context.render(
            request, "export.html", progress=progress, forms=list(export_formats().values())
        )

    def export(self, request: Request) -> Response:
        """A file of what the query of the address finds. It is written whole before it is sent, so
        that a slow reader holds nobody up."""
        kind = export_formats().get(request.path_params["form"])
        if kind is None:
            raise HTTPException(404)
        if self._is_blind:
            return self._context.message(request, "blind_closed", 403, "blind_closed_hint")
        folder = tempfile.TemporaryDirectory(prefix="claims-export-")
        path = Path(folder.name) / kind.file_name
        try:
            query = ClaimQuery.read(request.query_params)
            export(self._context.database, kind.name, path, query=query if query.asks else None)
        except QueryError as error:
            folder.cleanup()
            return self._context.message(request, "refused", 400, detail=str(error))
        except BaseException:
            folder.cleanup()
            raise
        return FileResponse(
            path,
            media_type=kind.media_type,
            filename=kind.file_name,
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
