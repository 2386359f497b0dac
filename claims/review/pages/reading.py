"""Articles and outlets, and who disputes whom."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.review import charts, speakers_outlets
from claims.review.articles import article
from claims.review.forms import page_number
from claims.review.pages.context import PageContext
from claims.store import stored_pairs

STATEMENTS_A_PAGE = 50
_MOST = 50  # opponents, outlets and the like in a list
_OPPOSITIONS = 1000  # pairs of voices from which the matrix is drawn, the most frequent first


class VoicePages:
    """Addresses to read at."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [
            Route("/article/{article_id}", self.article),
            Route("/outlet", self.outlet),
            Route("/disputes", self.disputes),
        ]

    def article(self, request: Request) -> Response:
        """A whole article with all its claims marked."""
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = article(connection, request.path_params["article_id"])
        if found is None:
            return self._context.message(request, "not_found", 404, "article_gone")
        return self._context.render(request, "article.html", progress=progress, article=found)

    def outlet(self, request: Request) -> Response:
        """What an outlet has printed, whom it quotes, and with whom it is at odds."""
        name = request.query_params.get("name", "")
        page = page_number(request.query_params.get("page"))
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = speakers_outlets.outlet(connection, name, _MOST)
            said = speakers_outlets.statements(
                connection, STATEMENTS_A_PAGE + 1, (page - 1) * STATEMENTS_A_PAGE, outlet=name
            )
        if found is None:
            return self._context.message(request, "not_found", 404, "outlet_gone")
        return self._context.render(
            request,
            "outlet.html",
            progress=progress,
            outlet=found,
            drawn={"timeline": charts.timeline(found.days)},
            said=said[:STATEMENTS_A_PAGE],
            page=page,
            more=len(said) > STATEMENTS_A_PAGE,
        )

    def disputes(self, request: Request) -> Response:
        """Who disputes whom, with all speakers and outlets to go to, the most frequent first."""
        page = page_number(request.query_params.get("page"))
        skip = (page - 1) * _MOST
        if not self._context.database.exists():
            return self._context.no_database(request)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = speakers_outlets.oppositions(connection, _OPPOSITIONS)
            speakers = speakers_outlets.speakers(connection, _MOST + 1, skip)
            outlets = speakers_outlets.outlets(connection, _MOST + 1, skip)
        return self._context.render(
            request,
            "disputes.html",
            progress=progress,
            drawn={"matrix": charts.matrix(found)},
            oppositions=found[skip : skip + _MOST],
            speakers=speakers[:_MOST],
            outlets=outlets[:_MOST],
            page=page,
            more=max(len(found) - skip, len(speakers), len(outlets)) > _MOST,
        )
