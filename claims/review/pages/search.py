"""The page "Claims": who said what about something, and when."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.errors import QueryError
from claims.model import Stance
from claims.review.forms import fields_of
from claims.review.found import marked_claims
from claims.review.json_pages import FileRoute
from claims.review.pages.context import PageContext
from claims.review.questions import ask
from claims.search.claim_query import ClaimQuery, Order
from claims.search.search import search
from claims.store import stored_pairs

ADDRESS = "/claims"
_NEAR = f"{ADDRESS}/near"
_NAMES = 200  # offered while one types


class SearchPages:
    """Addresses of searches; what is asked stands in them."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [Route(ADDRESS, self.claims), FileRoute(_NEAR, self.near)]

    def claims(self, request: Request) -> Response:
        """The claims that fit, a page of them, with what they can be narrowed by."""
        if not self._context.database.exists():
            return self._context.no_database(request)
        wrong, query = None, ClaimQuery()
        try:
            query = _asked(request)
        except QueryError as error:
            wrong = str(error)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            names = ask(connection, "heard", most=_NAMES)
            try:
                found = search(connection, query) if wrong is None else None
            except QueryError as error:
                found, wrong = None, str(error)
        shown = found.claims + found.near if found else ()
        return self._context.render(
            request,
            "claims.html",
            400 if wrong else 200,
            progress=progress,
            drawn={
                "speakers": names,
                "stances": list(Stance),
                "orders": list(Order),
                "marked": marked_claims(shown),
                "near_address": query.link(_NEAR, meaning=True),
                "given": fields_of(request.url.query) if wrong else {},
            },
            query=query,
            found=found,
            wrong=wrong,
            page=query.page,
            more=bool(found and found.more),
        )

    def near(self, request: Request) -> Response:
        """Claims that say about the same in other words; a part of the page, without its frame."""
        query = ClaimQuery()
        try:
            query = _asked(request).model_copy(update={"meaning": True})
            with self._context.database.reading() as connection:
                found = search(connection, query, facets=False)
        except QueryError:
            found = None
        near = found.near if found else ()
        return self._context.render(
            request,
            "claims_near.html",
            near=near,
            # a part of this page, to which forms in it lead back
            drawn={"marked": marked_claims(near), "here": query.link(ADDRESS)},
        )


def _asked(request: Request) -> ClaimQuery:
    """What an address asks for. Raises QueryError."""
    return ClaimQuery.read(fields_of(request.url.query))
