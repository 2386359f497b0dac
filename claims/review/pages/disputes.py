"""The queue of disputes, a dispute at its own address, and what is decided about all its pairs."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.review import decisions
from claims.review.excerpts import PairExcerpts, excerpts
from claims.review.filters import Filters
from claims.review.forms import form_lists, is_identifier, page_number
from claims.review.json_pages import wants_json
from claims.review.pages.context import PageContext
from claims.review.pages.known_pairs import KnownPairs
from claims.review.pages.pairs import after_decision, given_verdict, misread_by
from claims.review.questions import ask
from claims.review.stories import stories_of
from claims.store import stored_pairs
from claims.store.stored_disputes import StoredDispute, stored_disputes
from claims.store.stored_pairs import EarlierDecision

DISPUTES_A_PAGE = 10

_NAMES = 200  # offered while one types


class DisputePages:
    """Addresses of disputes. Each opens the database once, shortly, or not at all."""

    def __init__(self, context: PageContext, known: KnownPairs) -> None:
        self._context = context
        self._known = known
        self.routes = [
            Route("/", self.queue),
            Route("/dispute/{dispute_id}", self.dispute),
            Route("/dispute/{dispute_id}/decision", self.decide, methods=["POST"]),
        ]

    def queue(self, request: Request) -> Response:
        """Disputes with a pair that fits the filters; without any, those that wait for a
        decision."""
        page = page_number(request.query_params.get("page"))
        filters = Filters.read(request.query_params)
        if not self._context.database.exists():
            return self._context.no_database(request)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            chosen, total = stored_pairs.filtered_disputes(
                connection, filters, DISPUTES_A_PAGE, (page - 1) * DISPUTES_A_PAGE
            )
            disputes = stored_disputes(connection, chosen)
            shown, earlier = self._best(connection, disputes)
            choices = ask(connection, "choices")
            speakers = ask(connection, "heard", most=_NAMES)
        if not progress.pairs and not wants_json(request):
            return self._context.message(request, "no_pairs", hint="no_pairs_hint", retry_to="/")
        if not disputes and page > 1 and not wants_json(request):
            return RedirectResponse(filters.link("/"), 303)
        return self._context.render(
            request,
            "queue.html",
            progress=progress,
            disputes=disputes,
            total=total,
            page=page,
            more=total > page * DISPUTES_A_PAGE,
            filters=filters,
            drawn={"choices": choices, "speakers": speakers},
            excerpts=shown,
            earlier=earlier,
        )

    def dispute(self, request: Request) -> Response:
        """A dispute at its own address."""
        filters = Filters.read(request.query_params)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = stored_disputes(connection, [request.path_params["dispute_id"]])
            shown, earlier = self._best(connection, found)
            of = stories_of(connection, [one.article_id for each in found for one in each.claims])
        if not found:
            return self._context.message(request, "not_found", 404, "dispute_gone")
        return self._context.render(
            request,
            "dispute.html",
            progress=progress,
            dispute=found[0],
            stories=of,
            filters=filters,
            excerpts=shown,
            earlier=earlier,
        )

    async def decide(self, request: Request) -> Response:
        """Keep one decision about the pairs that the form names, without those taken out of it."""
        lists = await form_lists(request)
        fields = {name: values[-1] for name, values in lists.items()}
        verdict, afterwards = given_verdict(fields), after_decision(fields)
        taken_out = set(lists.get("out", ()))
        pairs = [one for one in fields.get("pairs", "").split() if one not in taken_out]
        if not all(map(is_identifier, pairs)):
            raise HTTPException(400)
        if not await run_in_threadpool(lambda: all(map(self._known.has, pairs))):
            raise HTTPException(404)
        if pairs:
            await run_in_threadpool(
                decisions.decide_all,
                self._context.database.path,
                pairs,
                verdict,
                fields.get("note", ""),
                self._context.reviewer(request),
                misread_by(self._known, pairs, fields),
            )
        return RedirectResponse(afterwards, 303)

    def _best(
        self, connection: duckdb.DuckDBPyConnection, disputes: Sequence[StoredDispute]
    ) -> tuple[dict[str, PairExcerpts], dict[str, list[EarlierDecision]]]:
        """The pair of each that is looked at first: its articles, and what was decided earlier."""
        self._known.add(*(one for each in disputes for one in each.pairs))
        best = [one.shown for one in disputes]
        return excerpts(connection, best), stored_pairs.earlier_decisions(connection, best)
