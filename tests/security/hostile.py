"""Commands as processes under a watch, and a database whose words are somebody's who means harm."""

from __future__ import annotations

import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, NamedTuple

import pytest
from building import Said, analysed, contradiction, speaker
from conftest import ROOT
from storing import decision

from claims.model import Failure, Stance, Verdict
from claims.store import reviews
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.runs import RunCounts, RunStatus, finish_run, start_run

PATIENCE = 300  # seconds: much more than it takes, for machines that are busy

# Linux counts the memory of the process that starts another as the other's peak (exec keeps it),
# so a test run that has grown must not start the command itself: something small does.
_WATCH = """
import os, sys
process = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(process, 0)
with open(sys.argv[1], "w") as file:
    file.write(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}")
"""

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\x08\u202e"
"""Sets a terminal's title, clears it, colours it, goes back, and turns letters around."""


class Done(NamedTuple):
    """How a command ended; ``peak`` is the most memory, in bytes, that a process of it took."""

    status: int
    out: str
    err: str
    peak: int


def claims(*arguments: str | Path, file_limit: int | None = None, terminal: bool = False) -> Done:
    """Run ``claims``. With ``file_limit`` no file may grow beyond so many bytes; on a ``terminal``
    all that it prints is in ``out``."""

    def limited() -> None:
        if file_limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.NamedTemporaryFile("r", encoding="utf-8") as ended,
    ):
        ours, theirs = pty.openpty() if terminal else (-1, -1)
        command = [sys.executable, "-m", "claims.cli", *map(str, arguments)]
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", _WATCH, ended.name, *command],
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"},
            stdin=subprocess.DEVNULL,
            stdout=theirs if terminal else out,
            stderr=theirs if terminal else err,
            preexec_fn=limited,
            start_new_session=True,
        )
        watch = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
        watch.start()
        if terminal:
            os.close(theirs)
            out.write(_read(ours))
        process.wait()
        watch.cancel()
        status, peak = map(int, ended.read().split())
        return Done(status, _text(out), _text(err), peak * 1024)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _read(descriptor: int) -> bytes:
    read = b""
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # the terminal has gone
            part = b""
        if not part:
            os.close(descriptor)
            return read
        read += part


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, but for locks."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file() and not one.name.endswith(".lock")
    }


def told_in_one_line(done: Done) -> str:
    """What a command told on standard error, which is one line of ours."""
    assert "Traceback" not in done.out + done.err
    lines = done.err.splitlines()
    assert len(lines) == 1, done.err
    assert lines[0].startswith("claims: ")
    return lines[0]


MINISTER = speaker(f"The {ESCAPES} minister", en=(f"the {ESCAPES} minister",))
REPORTED = analysed(
    f"=HYPERLINK(1), said the {ESCAPES} minister.\n",
    [Said("=HYPERLINK(1)", f"the {ESCAPES} minister", "said", MINISTER, terms=("ship",))],
    outlet="@SUM(1+1)",
    path=f"-1+1 {ESCAPES}.txt",
)
DENIED = analysed(
    "\t+1 is wrong, the paper said.\n",
    [Said("\t+1 is wrong", "the paper", "said", stance=Stance.DENY, terms=("ship",))],
    outlet="Example Daily",
    path="articles/denied.txt",
)
CONFLICT = contradiction(REPORTED.claims[0], DENIED.claims[0]).model_copy(
    update={"explanation": f"One says it {ESCAPES}, the other denies it."}
)


@pytest.fixture(name="original", scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with what people decided. Not to be changed."""
    database = Database(tmp_path_factory.mktemp("original") / "x.duckdb")
    save(database, [REPORTED, DENIED])
    save_contradictions(database, [CONFLICT])
    run = start_run(database, [f"in{ESCAPES}put"], {})
    failures = [Failure(input=f"{ESCAPES}.txt", reason=f"no text {ESCAPES}")]
    finish_run(database, run, RunStatus.DONE, RunCounts(), failures)
    reviews.append(database.path, decision(CONFLICT, Verdict.UNSURE))
    return database.path


@pytest.fixture(name="database")
def copied(original: Path, tmp_path: Path) -> Path:
    """A copy of that database, for each test its own."""
    return Path(shutil.copytree(original.parent, tmp_path / "here")) / original.name
