"""Prefect's server as an application that answers to this machine's own names only.

A page in a browser may point a name of its own to 127.0.0.1 and is then of the same origin as
whatever answers there; what it cannot do is to send another name than its own.
"""

from __future__ import annotations

from prefect.server.api.server import create_app
from starlette.middleware.trustedhost import TrustedHostMiddleware


def app() -> TrustedHostMiddleware:
    """For ``uvicorn --factory``; Prefect's settings are those of the environment."""
    return TrustedHostMiddleware(create_app(final=True), allowed_hosts=["127.0.0.1", "localhost"])
