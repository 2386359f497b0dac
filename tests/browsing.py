"""A page that is really served, and a real browser to look at it with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: `apt-get install chromium` brings one"
)


@contextmanager
def served(
    database: Path, reviewer: str = "Ayesha", host: str = "127.0.0.1", judges: int = 1
) -> Iterator[str]:
    """The review page over a database in a process of its own; the address that it prints."""
    code = "import sys; from pathlib import Path; from claims.review.serve import serve; "
    code += "serve(Path(sys.argv[1]), host=sys.argv[2], port=0, open_browser=False, "
    code += "reviewer=sys.argv[3], judges=int(sys.argv[4]))"
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(database), host, reviewer, str(judges)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert running.stdout is not None
        address = re.search(r"http://\S+", running.stdout.readline())
        assert address is not None
        yield address[0]
    finally:
        running.kill()
        running.communicate()


@contextmanager
def browser() -> Iterator[Browser]:
    """Headless Chromium of this machine."""
    with sync_playwright() as playwright:
        # As root, as in a container, Chromium has no sandbox; it sees our own pages only.
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0
        )
        try:
            yield started
        finally:
            started.close()
