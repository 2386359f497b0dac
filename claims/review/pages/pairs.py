"""A pair at its own address, and what is decided there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.model import Verdict
from claims.review import decisions
from claims.review.excerpts import excerpts
from claims.review.filters import Filters
from claims.review.forms import fields_of, form, is_identifier, page_number
from claims.review.pages.context import PageContext
from claims.review.pages.known_pairs import KnownPairs
from claims.store import stored_pairs
from claims.store.stored_disputes import dispute_with

_SIDES = ("first", "second", "both")
"""Of which an extraction error is, as the sides are shown."""


class PairPages:
    """Addresses of pairs. Each opens the database once, shortly, or not at all."""

    def __init__(self, context: PageContext, known: KnownPairs) -> None:
        self._context = context
        self._known = known
        self.routes = [
            Route("/pair/{contradiction_id}", self.pair),
            Route("/pair/{contradiction_id}/decision", self.decide, methods=["POST"]),
            Route("/undo", self.undo, methods=["POST"]),
        ]

    def pair(self, request: Request) -> Response:
        """A pair at its own address, with all that was decided about it."""
        contradiction_id = request.path_params["contradiction_id"]
        filters = Filters.read(request.query_params)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = stored_pairs.stored_pair(connection, contradiction_id)
            pairs = [found] if found is not None else []
            shown = excerpts(connection, pairs)
            earlier = stored_pairs.earlier_decisions(connection, pairs)
            neighbours = stored_pairs.neighbours(connection, contradiction_id, filters)
            history = stored_pairs.history(connection, contradiction_id)
            dispute = dispute_with(connection, contradiction_id)
            skipped = stored_pairs.skipped_for(connection, contradiction_id)
        if found is None:
            return self._context.message(request, "not_found", 404, "pair_gone")
        self._known.add(found)
        return self._context.render(
            request,
            "pair.html",
            progress=progress,
            pair=found,
            excerpts=shown,
            earlier=earlier,
            neighbours=neighbours,
            history=history,
            dispute=dispute,
            skipped=skipped,
            filters=filters,
        )

    async def decide(self, request: Request) -> Response:
        """Keep a decision, then show what comes next."""
        contradiction_id = request.path_params["contradiction_id"]
        fields = await form(request)
        verdict = given_verdict(fields)
        if not is_identifier(contradiction_id):
            raise HTTPException(400)
        afterwards = after_decision(fields)
        if not await run_in_threadpool(self._known.has, contradiction_id):
            raise HTTPException(404)
        await run_in_threadpool(
            decisions.decide,
            self._context.database.path,
            contradiction_id,
            verdict,
            fields.get("note", ""),
            self._context.reviewer(request),
            misread_by(self._known, [contradiction_id], fields)[contradiction_id],
        )
        return RedirectResponse(afterwards, 303)

    async def undo(self, request: Request) -> Response:
        """Take back the decision that the form shows, then show its pair."""
        fields = await form(request)
        filters = _filters(fields)
        try:
            reviewed_at = datetime.fromisoformat(fields.get("reviewed_at", ""))
        except ValueError:
            raise HTTPException(400) from None
        undone = await run_in_threadpool(
            decisions.undo,
            self._context.database.path,
            self._context.reviewer(request),
            reviewed_at,
        )
        path = f"/pair/{undone}" if undone else "/"
        return RedirectResponse(filters.link(path), 303)


def _filters(fields: dict[str, str]) -> Filters:
    return Filters.read(fields_of(fields.get("filters", "")))


def given_verdict(fields: dict[str, str]) -> Verdict:
    """The verdict of a form with its note. Raises HTTPException for a form that is not ours."""
    verdicts = {verdict.value: verdict for verdict in Verdict}
    verdict = verdicts.get(fields.get("verdict", ""))
    if "misread" in fields:  # the button that says whose error it is
        verdict = Verdict.EXTRACTION_ERROR if fields["misread"] in _SIDES else None
    note = fields.get("note", "").replace("\r\n", "\n")
    if verdict is None or len(note) > decisions.LONGEST_NOTE:
        raise HTTPException(400)
    return verdict


def misread_by(
    known: KnownPairs, pairs: Sequence[str], fields: dict[str, str]
) -> dict[str, tuple[str, ...]]:
    """By pair, the claims that a form says are wrongly extracted. ``pairs`` are known."""
    side, turned = fields.get("misread"), set(fields.get("turned", "").split())
    if side is None:
        return dict.fromkeys(pairs, ())
    return {pair: known.claims(pair, side, turned=pair in turned) for pair in pairs}


def after_decision(fields: dict[str, str]) -> str:
    """Where to go after a decision: only ever an address of this page."""
    following, filters = fields.get("following", ""), _filters(fields)
    known = is_identifier(following)
    if fields.get("view") == "pair":
        return filters.link(f"/pair/{following}" if known else "/")
    place = f"#pair-{following}" if known else ""
    return filters.link("/", page=page_number(fields.get("page"))) + place
