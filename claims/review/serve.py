"""The review page on this machine's loopback address, or with a token on another."""

from __future__ import annotations

import errno
import getpass
import ipaddress
import secrets
import socket
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

import uvicorn

from claims.errors import ClaimsError
from claims.review.app import create_app
from claims.store.database import Database

LOOPBACK = "127.0.0.1"


def serve(
    database: Database | Path,
    *,
    host: str = LOOPBACK,
    port: int = 8765,
    open_browser: bool = True,
    reviewer: str | None = None,
    language: str = "en-GB",
    judges: int = 1,
) -> None:
    """Serve the review page until interrupted; port 0 takes any free one.

    Prints the address. On another ``host`` than loopback the page wants a token, which is part of
    that address; a warning on standard error says so. ``reviewer`` is by default the user's login
    name; ``judges`` is how many judge each pair, several of them blind. Raises ClaimsError
    where host or port cannot be taken.
    """
    with _listening(host, port) as listener:
        bound, taken = listener.getsockname()[:2]
        token = None if ipaddress.ip_address(bound).is_loopback else secrets.token_urlsafe(24)
        app = create_app(
            database,
            reviewer=reviewer or _login(),
            language=language,
            token=token,
            judges=judges,
        )
        address = f"http://{_name(bound)}:{taken}/"
        if token is not None:
            address += f"?token={token}"
            print(
                f"claims: the review page is open to every machine that reaches {bound}: whoever "
                "has the address with its token reads and decides, and nothing is encrypted",
                file=sys.stderr,
            )
        print(f"Review page: {address} (Ctrl-C stops it)", flush=True)
        if open_browser:
            # Requests wait in the socket until the server takes them; a text browser would block.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                lifespan="off",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, *_, (bound, *_) = socket.getaddrinfo(
            host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise ClaimsError(f"host {host}: no address of this machine ({error})") from None
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # A page that was just stopped can start again at once.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((bound, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        number = error.errno if isinstance(error, OSError) else None
        if number == errno.EADDRNOTAVAIL:
            raise ClaimsError(f"host {host}: no address of this machine") from None
        reason = "is in use" if number == errno.EADDRINUSE else f"cannot be used ({error})"
        raise ClaimsError(_other_port(port, reason)) from None
    return listener


def _other_port(port: int, reason: str) -> str:
    return f"port {port} {reason}; give another with --port, or --port 0 for any free one"


def _name(bound: str) -> str:
    """How an address stands in a URL; for all addresses of this machine its name."""
    address = ipaddress.ip_address(bound)
    if address.is_unspecified:
        return socket.gethostname()
    return f"[{bound}]" if address.version == 6 else bound


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "reviewer"
