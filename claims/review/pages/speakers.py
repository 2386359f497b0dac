"""A speaker at its own address, and what a person decides there about who it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.errors import DatabaseError, QueryError
from claims.review import charts, speakers_outlets, topics
from claims.review.forms import form_lists, is_identifier, one_line, page_number
from claims.review.json_pages import SUFFIX, wants_json
from claims.review.pages.context import PageContext
from claims.review.pages.reading import STATEMENTS_A_PAGE
from claims.review.questions import ask
from claims.review.speaker_changes import changes, speaker_now
from claims.store import stored_pairs, who_is_who

LONGEST_NAME = 200
"""Characters of a speaker's name that a form takes."""

_TOPICS = 24  # of a speaker, that are offered
_LONGEST_TOPIC = 100  # characters of a term
_NAMES = 200  # offered while one types
_MOST = 500  # names of one form


class SpeakerPages:
    """Addresses of speakers. Decisions go into the ledger beside the database and are applied at
    once, or with the next write where a run holds it."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [
            Route("/speaker/{speaker_id}", self.speaker),
            Route("/speaker/{speaker_id}/decision", self.decide, methods=["POST"]),
        ]

    def speaker(self, request: Request) -> Response:
        """What a speaker said over time, of everything or of one topic, whom they contradict, who
        contradicts them, and who they are. One who became part of another leads there."""
        return self._speaker(request)

    async def decide(self, request: Request) -> Response:
        """Keep and apply a decision about who the speaker is, then show the speaker; what cannot
        be decided is told there."""
        speaker_id = request.path_params["speaker_id"]
        fields = await form_lists(request)
        decision = self._asked(speaker_id, fields, self._context.reviewer(request))
        try:
            await run_in_threadpool(decision)
        except QueryError as error:
            return await run_in_threadpool(self._speaker, request, str(error))
        with suppress(DatabaseError):  # kept; the page says that it is applied later
            await run_in_threadpool(who_is_who.apply, self._context.database)
        return RedirectResponse(f"/speaker/{speaker_id}#who-is-who", 303)

    def _asked(
        self, speaker_id: str, fields: dict[str, list[str]], by: str
    ) -> Callable[[], object]:
        """What a form wants to be decided. Raises HTTPException where it is not ours."""
        base = self._context.database
        act, name = (fields.get(field, [""])[-1] for field in ("act", "name"))
        names = [one for one in fields.get("names", ()) if one]
        if not is_identifier(speaker_id) or len(names) > _MOST:
            raise HTTPException(400)
        name = one_line(name, LONGEST_NAME)
        if act == "merge":
            return lambda: who_is_who.merge(base, speaker_id, name, by)
        if act == "split":
            return lambda: who_is_who.split(base, speaker_id, names, by)
        if act == "rename":
            return lambda: who_is_who.rename(base, speaker_id, name, by)
        number = fields.get("number", [""])[-1]
        if act == "undo" and re.fullmatch(r"[0-9]{1,9}", number):
            return lambda: who_is_who.undo(base, by, int(number))
        raise HTTPException(400)

    def _speaker(self, request: Request, wrong: str | None = None) -> Response:
        speaker_id = request.path_params["speaker_id"]
        page = page_number(request.query_params.get("page"))
        topic = one_line(request.query_params.get("topic", ""), _LONGEST_TOPIC)
        base = self._context.database
        with base.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = speakers_outlets.speaker(connection, speaker_id)
            if found is None:
                return self._gone(request, speaker_now(connection, base.path, speaker_id))
            spoken_of = topics.topics(connection, speaker_id, _TOPICS)
            shown = (STATEMENTS_A_PAGE + 1, (page - 1) * STATEMENTS_A_PAGE)
            said: Sequence[speakers_outlets.ListedClaim] = (
                topics.topic_claims(connection, speaker_id, topic, *shown)
                if topic
                else speakers_outlets.statements(connection, *shown, speaker=speaker_id)
            )
            made = changes(connection, base.path, speaker_id)
            heard = ask(connection, "heard", most=_NAMES)
        return self._context.render(
            request,
            "speaker.html",
            400 if wrong else 200,
            progress=progress,
            speaker=found,
            topics=spoken_of,
            topic=topic or None,
            voices=made.voices,
            decisions=made.decisions,
            wrong=wrong,
            drawn={
                "timeline": charts.timeline(found.days),
                "heard": heard,
                "longest_name": LONGEST_NAME,
            },
            said=said[:STATEMENTS_A_PAGE],
            page=page,
            more=len(said) > STATEMENTS_A_PAGE,
        )

    def _gone(self, request: Request, now: str | None) -> Response:
        if now is None:
            return self._context.message(request, "not_found", 404, "speaker_gone")
        return RedirectResponse(f"/speaker/{now}{SUFFIX if wants_json(request) else ''}", 303)
