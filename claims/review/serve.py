"""The review page on this machine's loopback address."""

from __future__ import annotations

import errno
import getpass
import socket
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

import uvicorn

from claims.errors import ClaimsError
from claims.review.app import create_app
from claims.store.database import Database

_ADDRESS = "127.0.0.1"


def serve(
    database: Database | Path,
    *,
    port: int = 8765,
    open_browser: bool = True,
    reviewer: str | None = None,
) -> None:
    """Serve the review page until interrupted; port 0 takes any free one.

    Prints the address. ``reviewer`` is by default the user's login name. Raises ClaimsError where
    the port cannot be taken.
    """
    app = create_app(database, reviewer=reviewer or _login())
    with _listening(port) as listener:
        address = f"http://{_ADDRESS}:{listener.getsockname()[1]}/"
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


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A page that was just stopped can start again at once.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_ADDRESS, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "is in use" if taken else f"cannot be used ({error})"
        raise ClaimsError(
            f"port {port} {reason}; give another with --port, or --port 0 for any free one"
        ) from None
    return listener


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "reviewer"
