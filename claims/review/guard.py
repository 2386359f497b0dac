"""What keeps other web sites out of a page that trusts whoever reaches it.

A name that an attacker points to 127.0.0.1 comes with a foreign ``Host``; a form on another site
with a foreign ``Origin`` or ``Sec-Fetch-Site``. Both are refused before anything else happens.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES = ("127.0.0.1", "localhost", "::1")
_READING = ("GET", "HEAD")
_OWN = ("same-origin", "none")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers would then send our own forms with "Origin: null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Middleware that refuses foreign requests and sets the headers of every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 in one line, or hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        reason = _refusal(scope)
        answer = self.app if reason is None else PlainTextResponse(f"{reason}\n", 403)
        await answer(scope, receive, guarded)


def _refusal(scope: Scope) -> str | None:
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not _is_ours(hosts[0], scope["server"]):
        return "refused: this page answers to 127.0.0.1 and localhost only, with its own port"
    if scope["method"] in _READING:
        return None
    origin = headers.get("origin")
    if headers.get("sec-fetch-site", "none") not in _OWN or (
        origin is not None and origin != f"http://{hosts[0]}"
    ):
        return "refused: sent from another site"
    return None


def _is_ours(host: str, server: tuple[str, int | None] | None) -> bool:
    """Whether a ``Host`` is this machine's loopback and the port that the server listens on."""
    try:
        parts = urlsplit(f"http://{host}")
        port = parts.port or 80
    except ValueError:
        return False
    whole = parts.netloc == host and parts.username is None
    return whole and parts.hostname in _NAMES and server is not None and port == server[1]
