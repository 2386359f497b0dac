"""The command ``claims mcp``: the database for an editor's assistant."""

from __future__ import annotations

import os
import signal
import sys
from importlib.util import find_spec

from claims.cli.options import ConfigOption, DatabaseOption, opened
from claims.errors import ConfigError, ExitStatus


def mcp(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Answer an editor's assistant on standard input and output (Model Context Protocol)."""
    if find_spec("mcp") is None:
        raise ConfigError("the package mcp is not installed; `pip install 'claims[mcp]'` brings it")
    from claims.mcp.server import serve

    if sys.stdin.isatty():
        print(
            "claims: an editor starts this command and speaks to it; docs/programs.md says how "
            "to tell yours (Ctrl-D ends it)",
            file=sys.stderr,
        )
    # The thread that waits for standard input would hold the process until that ends.
    signal.signal(signal.SIGINT, _interrupted)
    serve(opened(config, database))


def _interrupted(*_: object) -> None:
    print("claims: interrupted", file=sys.stderr, flush=True)
    os._exit(ExitStatus.INTERRUPTED)
