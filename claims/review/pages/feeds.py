"""Searches that somebody follows."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from claims.errors import QueryError
from claims.review.feed import atom
from claims.review.json_pages import FileRoute
from claims.review.pages.context import PageContext
from claims.search.claim_query import ClaimQuery
from claims.search.search import search

_MOST = 200  # entries


class FeedPages:
    """The address that feed readers ask."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes: list[BaseRoute] = [FileRoute("/claims.atom", self.claims)]

    def claims(self, request: Request) -> Response:
        """What a search finds, as an Atom feed."""
        try:
            query = ClaimQuery.read(request.query_params)
            if query.limit > _MOST:
                query = query.model_copy(update={"limit": _MOST})
            with self._context.database.reading() as connection:
                found = search(connection, query, facets=False)
        except QueryError as error:
            return self._context.message(request, "refused", 400, detail=str(error))
        site = str(request.base_url).rstrip("/")
        return Response(atom(query, found.claims, site), media_type="application/atom+xml")
