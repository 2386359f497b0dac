"""Stories: the newest, and one with its reports."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.review import stories
from claims.review.forms import page_number
from claims.review.pages.context import PageContext
from claims.store import stored_pairs

_STORIES_A_PAGE = 50
_DISPUTES = 10  # that a story's page shows


class StoryPages:
    """Addresses of stories."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [Route("/stories", self.stories), Route("/story/{story_id}", self.story)]

    def stories(self, request: Request) -> Response:
        """The newest stories, of all outlets or of several."""
        page = page_number(request.query_params.get("page"))
        outlets = page_number(request.query_params.get("outlets"))
        if not self._context.database.exists():
            return self._context.no_database(request)
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = stories.stories(
                connection, outlets, _STORIES_A_PAGE + 1, (page - 1) * _STORIES_A_PAGE
            )
        return self._context.render(
            request,
            "stories.html",
            progress=progress,
            stories=found[:_STORIES_A_PAGE],
            outlets=outlets,
            page=page,
            more=len(found) > _STORIES_A_PAGE,
        )

    def story(self, request: Request) -> Response:
        """A story: its reports over time, who is cited in each, who is left out, what is
        contested."""
        with self._context.database.reading() as connection:
            progress = stored_pairs.progress(connection)
            found = stories.story(connection, request.path_params["story_id"], _DISPUTES)
        if found is None:
            return self._context.message(request, "not_found", 404, "story_gone")
        return self._context.render(request, "story.html", progress=progress, story=found)
