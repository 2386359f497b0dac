"""What keeps other web sites out of a page that trusts whoever reaches it.

A name that an attacker points to 127.0.0.1 comes with a foreign ``Host``; a form on another site
with a foreign ``Origin`` or ``Sec-Fetch-Site``. Both are refused before anything else happens.

Where the page is served to other machines it may have any name; then a token lets people in, which
the address that is printed brings and a cookie keeps.
"""

from __future__ import annotations

import asyncio
import secrets
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES = ("127.0.0.1", "localhost", "::1")
_READING = ("GET", "HEAD")
"""Methods that change nothing, which other sites may use: they cannot read the answer."""

_OWN = ("same-origin", "none")
"""What browsers say of requests that this page or the reader's own hand made."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers would then send our own forms with "Origin: null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_OF_FILES = {"Cache-Control": "no-cache"}
"""Scripts, styles and fonts are kept and asked for again by their tag."""

_PATIENCE = 1.0
_SMALL = 65_536
"""Seconds and bytes of a refused request that are waited for. Whoever is answered while still
sending may meet a closed connection and never read why."""

_COOKIE = "claims-token"
_TOKEN = "token"


class RequestGuard:
    """Middleware that refuses foreign requests and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, token: str | None = None) -> None:
        self.app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 in one line, or hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        sending = _announces_body(scope)

        async def received() -> Message:
            nonlocal sending
            message = await receive()
            sending = sending and bool(message.get("more_body"))
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if sending:  # else the server would read on, for as long as somebody sends
                    headers["Connection"] = "close"
                files = _OF_FILES if scope["path"].startswith("/static/") else {}
                for name, value in {**_HEADERS, **files}.items():
                    headers[name] = value
            await send(message)

        reason = _refusal(scope, foreign=self._token is not None)
        answer: ASGIApp = self.app
        if reason is not None:
            answer = PlainTextResponse(f"{reason}\n", 403)
        elif self._token is not None and not self._is_in(scope):
            answer = self._let_in(scope)
        if sending and answer is not self.app:
            await _taken(received)
        await answer(scope, received, guarded)

    def _is_in(self, scope: Scope) -> bool:
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        return self._is_token(cookies.get(_COOKIE, ""))

    def _let_in(self, scope: Scope) -> Response:
        """Keep the token that an address brings in a cookie, and take it out of the address."""
        given = parse_qs(scope["query_string"].decode("ascii", "replace")).get(_TOKEN, [""])[-1]
        if scope["method"] not in _READING or not self._is_token(given):
            return PlainTextResponse(
                "refused: open the address that `claims review` printed; it holds the token\n", 401
            )
        answer = RedirectResponse("/", 303)
        answer.set_cookie(_COOKIE, given, httponly=True, samesite="lax")
        return answer

    def _is_token(self, given: str) -> bool:
        assert self._token is not None
        return secrets.compare_digest(given.encode(), self._token.encode())


async def _taken(receive: Receive) -> None:
    """Take what a request still sends, as far as it is small and comes soon."""
    size = 0
    try:
        async with asyncio.timeout(_PATIENCE):
            while size <= _SMALL:
                message = await receive()
                size += len(message.get("body", b""))
                if not message.get("more_body"):
                    return
    except TimeoutError:
        return


def _announces_body(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _refusal(scope: Scope, *, foreign: bool) -> str | None:
    """Why a request is refused; with ``foreign`` the page answers to any name."""
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not (foreign or _is_ours(hosts[0], scope["server"])):
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
