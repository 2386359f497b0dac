"""Articles, speakers and outlets, and who disputes whom."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.review import charts, pairs, voices
from claims.review.articles import article
from claims.review.forms import page_number
from claims.review.pages.desk import Desk

_STATEMENTS_A_PAGE = 50
_MOST = 50
_OPPOSITIONS = 1000


class VoicePages:
    """Addresses to read at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.routes = [
            Route("/article/{article_id}", self.article),
            Route("/speaker/{speaker_id}", self.speaker),
            Route("/outlet", self.outlet),
            Route("/disputes", self.disputes),
        ]

    def article(self, request: Request) -> Response:
        """A whole article with all its claims marked."""
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            found = article(connection, request.path_params["article_id"])
        if found is None:
            return self._desk.message(request, "not_found", 404, "article_gone")
        return self._desk.render(request, "article.html", progress=progress, article=found)

    def speaker(self, request: Request) -> Response:
        """What a speaker said over time, whom they contradict, and who contradicts them."""
        speaker_id = request.path_params["speaker_id"]
        page = page_number(request.query_params.get("page"))
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            found = voices.speaker(connection, speaker_id)
            said = voices.statements(
                connection,
                _STATEMENTS_A_PAGE + 1,
                (page - 1) * _STATEMENTS_A_PAGE,
                speaker=speaker_id,
            )
        if found is None:
            return self._desk.message(request, "not_found", 404, "speaker_gone")
        return self._desk.render(
            request,
            "speaker.html",
            progress=progress,
            speaker=found,
            timeline=charts.timeline(found.days),
            said=said[:_STATEMENTS_A_PAGE],
            page=page,
            more=len(said) > _STATEMENTS_A_PAGE,
        )

    def outlet(self, request: Request) -> Response:
        """What an outlet has printed, whom it quotes, and with whom it is at odds."""
        name = request.query_params.get("name", "")
        page = page_number(request.query_params.get("page"))
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            found = voices.outlet(connection, name, _MOST)
            said = voices.statements(
                connection, _STATEMENTS_A_PAGE + 1, (page - 1) * _STATEMENTS_A_PAGE, outlet=name
            )
        if found is None:
            return self._desk.message(request, "not_found", 404, "outlet_gone")
        return self._desk.render(
            request,
            "outlet.html",
            progress=progress,
            outlet=found,
            timeline=charts.timeline(found.days),
            said=said[:_STATEMENTS_A_PAGE],
            page=page,
            more=len(said) > _STATEMENTS_A_PAGE,
        )

    def disputes(self, request: Request) -> Response:
        """Who disputes whom, with all speakers and outlets to go to."""
        if not self._desk.database.exists():
            return self._desk.no_database(request)
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            found = voices.oppositions(connection, _OPPOSITIONS)
            speakers = voices.speakers(connection, _MOST)
            outlets = voices.outlets(connection, _MOST)
        return self._desk.render(
            request,
            "disputes.html",
            progress=progress,
            matrix=charts.matrix(found),
            oppositions=found[:_MOST],
            speakers=speakers,
            outlets=outlets,
        )
