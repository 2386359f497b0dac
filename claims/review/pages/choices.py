"""What a reader chooses for this browser: a name to decide under, a language, letters, a
folder."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.review.forms import form, own_address
from claims.review.pages.context import FOLDER, LANGUAGE, LETTERS, REVIEWER, PageContext


class ChoicePages:
    """Addresses that remember a choice and lead back."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [
            Route("/reviewer", self.reviewer, methods=["POST"]),
            Route("/language", self.language, methods=["POST"]),
            Route("/letters", self.letters, methods=["POST"]),
            Route("/collect-into", self.folder, methods=["POST"]),
        ]

    async def reviewer(self, request: Request) -> Response:
        """Decide under this name from now on; an empty one is that of the start again."""
        return await self._chosen(request, REVIEWER)

    async def language(self, request: Request) -> Response:
        """Show the page in this language from now on."""
        return await self._chosen(request, LANGUAGE)

    async def letters(self, request: Request) -> Response:
        """Show Urdu in these letters from now on."""
        return await self._chosen(request, LETTERS)

    async def folder(self, request: Request) -> Response:
        """Collect into this folder from now on, which need not be there yet."""
        return await self._chosen(request, FOLDER)

    async def _chosen(self, request: Request, name: str) -> Response:
        fields = await form(request)
        answer = RedirectResponse(own_address(fields.get("here", "")), 303)
        return self._context.remember(answer, name, fields.get("value", ""))
