"""What a reader sets for this browser: which keys there are, and whether there are any."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.review import key_choice
from claims.review.forms import form
from claims.review.pages.context import PageContext
from claims.review.translations import texts

ADDRESS = "/settings"


class KeySettingsPages:
    """The address of the settings. It opens no database."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.routes = [
            Route(ADDRESS, self.settings),
            Route(ADDRESS, self.change, methods=["POST"]),
        ]

    def settings(self, request: Request) -> Response:
        """The keys as they are."""
        choice = self._context.keys(request)
        return self._shown(request, off=choice.off, keys=dict(choice.changed))

    async def change(self, request: Request) -> Response:
        """Keep the keys of a form in this browser, or those that the page came with."""
        fields = await form(request)
        answer = RedirectResponse(ADDRESS, 303)
        if "usual" in fields:
            return self._context.remember(answer, key_choice.KEYS, "")
        try:
            choice = key_choice.chosen(fields, texts(self._context.language(request)))
        except ValueError as error:
            given = {name: fields[name] for name in fields if name != "off"}
            return self._shown(request, off="off" in fields, keys=given, wrong=str(error))
        return self._context.remember(answer, key_choice.KEYS, choice.written())

    def _shown(
        self, request: Request, *, off: bool, keys: dict[str, str], wrong: str | None = None
    ) -> Response:
        words = texts(self._context.language(request))
        usual = key_choice.keys_of(words)
        return self._context.render(
            request,
            "settings.html",
            400 if wrong else 200,
            drawn={"does": key_choice.does_of(words)},
            single_keys=not off,
            keys={name: keys.get(name, key) for name, key in usual.items()},
            wrong=wrong,
        )
