"""Folders of claims: collecting from any page, what is in one, and taking it away as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from claims.errors import FormatError, InputError
from claims.export.folder.files import FORMATS, MEDIA_TYPES, export_folder
from claims.review.forms import form, is_identifier, one_line, own_address
from claims.review.json_pages import FileRoute
from claims.review.pages.context import PageContext
from claims.store import collected, folders, stored_pairs

_MOST = 500  # claims of one form; a dispute may have many


class FolderPages:
    """Addresses of folders. What is collected is kept beside the database, as decisions are."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [
            Route("/folders", self.folders),
            Route("/folder", self.folder),
            FileRoute("/folder/export", self.export),
            Route("/folder/claims", self.change, methods=["POST"]),
        ]

    async def change(self, request: Request) -> Response:
        """Put claims into a folder or take them out, then lead back. A script is told how the
        folder stands instead."""
        fields = await form(request)
        folder = one_line(fields.get("folder", ""), folders.LONGEST_NAME)
        claims = fields.get("claims", "").split()
        act = fields.get("act", "")
        right = folder and 0 < len(claims) <= _MOST and all(map(is_identifier, claims))
        if not right or act not in ("collect", "take out"):
            raise HTTPException(400)
        by = self._context.reviewer(request)
        change = self._collect if act == "collect" else self._take_out
        await run_in_threadpool(change, folder, claims, by)
        if "application/json" in request.headers.get("accept", ""):
            there = folders.claims_in(self._context.database.path, folder)
            return JSONResponse({"collected": act == "collect", "claims": len(there)})
        return RedirectResponse(own_address(fields.get("here", "")), 303)

    def _collect(self, folder: str, claims: list[str], by: str) -> None:
        with self._context.database.reading() as connection:
            printed = collected.as_printed(connection, claims)
        if not printed:
            raise HTTPException(404)
        folders.collect(self._context.database.path, folder, printed, by)

    def _take_out(self, folder: str, claims: list[str], by: str) -> None:
        folders.take_out(self._context.database.path, folder, claims, by)

    def folders(self, request: Request) -> Response:
        """All folders, and which one claims are collected into."""
        if not self._context.database.exists():
            return self._context.no_database(request)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = collected.folders(connection)
        return self._context.render(
            request,
            "folders.html",
            progress=progress,
            drawn={"longest_name": folders.LONGEST_NAME},
            folders=found,
        )

    def folder(self, request: Request) -> Response:
        """What is in a folder: each claim as it was collected, and what became of its article."""
        name = request.query_params.get("name", "")
        if not self._context.database.exists():
            return self._context.no_database(request)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            try:
                found = collected.entries(connection, name)
            except InputError:
                found = []
        if not found and name != self._context.folder(request):
            return self._context.message(request, "not_found", 404, "folder_gone")
        return self._context.render(
            request, "folder.html", progress=progress, name=name, entries=found
        )

    def export(self, request: Request) -> Response:
        """A folder as a document. It is written whole before it is sent."""
        name = request.query_params.get("name", "")
        form = request.query_params.get("format", "")
        if form not in FORMATS:
            raise HTTPException(404)
        beside = tempfile.TemporaryDirectory(prefix="claims-folder-")
        path = Path(beside.name) / f"folder.{form}"
        try:
            export_folder(self._context.database, name, path)
        except (InputError, FormatError) as error:
            beside.cleanup()
            return self._context.message(request, "not_found", 404, detail=str(error))
        except BaseException:
            beside.cleanup()
            raise
        return FileResponse(
            path,
            media_type=MEDIA_TYPES[form],
            filename=f"{name}.{form}",
            background=BackgroundTask(beside.cleanup),
        )
