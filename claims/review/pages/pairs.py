"""The queue, a pair at its own address, and what is decided there."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.model import Verdict
from claims.review import decisions, pairs
from claims.review.filters import Filters
from claims.review.forms import form, is_identifier, page_number
from claims.review.pages.desk import Desk
from claims.review.questions import ask

PAIRS_A_PAGE = 10

_NAMES = 200  # offered while one types


class PairPages:
    """Addresses of pairs. Each opens the database once, shortly, or not at all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.routes = [
            Route("/", self.queue),
            Route("/pair/{contradiction_id}", self.pair),
            Route("/pair/{contradiction_id}/decision", self.decide, methods=["POST"]),
            Route("/undo", self.undo, methods=["POST"]),
        ]

    def queue(self, request: Request) -> Response:
        """Pairs that fit the filters; without any, those that wait for a decision."""
        page = page_number(request.query_params.get("page"))
        filters = Filters.read(request.query_params)
        if not self._desk.database.exists():
            return self._desk.no_database(request)
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            found = pairs.listing(connection, filters, PAIRS_A_PAGE, (page - 1) * PAIRS_A_PAGE)
            choices = ask(connection, "choices")
            speakers = ask(connection, "heard", most=_NAMES)
        if not progress.pairs:
            return self._desk.message(request, "no_pairs", hint="no_pairs_hint", retry_to="/")
        if not found.pairs and page > 1:
            return RedirectResponse(filters.link("/"), 303)
        return self._desk.render(
            request,
            "queue.html",
            progress=progress,
            pairs=found.pairs,
            total=found.total,
            page=page,
            more=found.total > page * PAIRS_A_PAGE,
            filters=filters,
            choices=choices,
            speakers=speakers,
        )

    def pair(self, request: Request) -> Response:
        """A pair at its own address, with all that was decided about it."""
        contradiction_id = request.path_params["contradiction_id"]
        filters = Filters.read(request.query_params)
        with self._desk.database.reading() as connection:
            progress = pairs.progress(connection)
            found = pairs.pair(connection, contradiction_id)
            neighbours = pairs.neighbours(connection, contradiction_id, filters)
            history = pairs.history(connection, contradiction_id)
        if found is None:
            return self._desk.message(request, "not_found", 404, "pair_gone")
        return self._desk.render(
            request,
            "pair.html",
            progress=progress,
            pair=found,
            neighbours=neighbours,
            history=history,
            filters=filters,
        )

    async def decide(self, request: Request) -> Response:
        """Keep a decision, then show what comes next."""
        contradiction_id = request.path_params["contradiction_id"]
        fields = await form(request)
        note = fields.get("note", "")
        verdicts = {verdict.value: verdict for verdict in Verdict}
        if (
            not is_identifier(contradiction_id)
            or fields.get("verdict") not in verdicts
            or len(note.replace("\r\n", "\n")) > decisions.LONGEST_NOTE
        ):
            raise HTTPException(400)
        await run_in_threadpool(
            decisions.decide,
            self._desk.database.path,
            contradiction_id,
            verdicts[fields["verdict"]],
            note,
            self._desk.reviewer(request),
        )
        return RedirectResponse(_next(fields), 303)

    async def undo(self, request: Request) -> Response:
        """Take back the decision that the form shows, then show its pair."""
        fields = await form(request)
        try:
            reviewed_at = datetime.fromisoformat(fields.get("reviewed_at", ""))
        except ValueError:
            raise HTTPException(400) from None
        stands = await run_in_threadpool(
            decisions.undo, self._desk.database.path, self._desk.reviewer(request), reviewed_at
        )
        path = f"/pair/{stands.contradiction_id}" if stands else "/"
        return RedirectResponse(_filters(fields).link(path), 303)


def _filters(fields: dict[str, str]) -> Filters:
    return Filters.read(dict(parse_qsl(fields.get("filters", ""), max_num_fields=20)))


def _next(fields: dict[str, str]) -> str:
    """Where to go after a decision: only ever an address of this page."""
    following, filters = fields.get("following", ""), _filters(fields)
    known = is_identifier(following)
    if fields.get("view") == "pair":
        return filters.link(f"/pair/{following}" if known else "/")
    place = f"#pair-{following}" if known else ""
    return filters.link("/", page=page_number(fields.get("page"))) + place
