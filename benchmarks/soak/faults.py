"""What goes wrong in the soak: each fault is one run of ``claims run`` that it befalls."""

from __future__ import annotations

import os
import resource
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import ROOT
from benchmarks.synthetic import english
from claims.pipeline.progress import STAGES
from claims.store.database import Database
from flows import prefect_settings

LIMIT = 900.0
"""Seconds that a run may take before it counts as hanging."""

STRANGE = "not a line of ours: "

_DAY = 86_400
_LAST_RUN = """
SELECT round(epoch(started_at - finished_at) / 3600)::INTEGER
FROM runs ORDER BY started_at DESC LIMIT 1
"""


@dataclass(frozen=True)
class Site:
    """Where the soak works: ``inputs`` is read into ``database`` by ``config``."""

    inputs: Path
    config: Path
    database: Path
    server: str
    clock: Path | None
    """The library made of ``clock.c``, where there is a C compiler."""


@dataclass
class Run:
    """A ``claims run`` as a process, and what it has said."""

    site: Site
    extra: Sequence[str] = ()
    env: dict[str, str] = field(default_factory=dict)
    file_limit: int | None = None

    def start(self) -> subprocess.Popen[str]:
        """Start it in a process group of its own."""
        command = [sys.executable, "-m", "claims.cli", "run", str(self.site.inputs)]
        command += ["--config", str(self.site.config), "--database", str(self.site.database)]
        limit = self.file_limit

        def prepared() -> None:
            # A shell starts what runs in its background deaf to Ctrl-C, and that is inherited.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

        env = {**os.environ, "PREFECT_API_URL": self.site.server, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [*command, *self.extra],
            cwd=ROOT,
            env={**env, **self.env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=prepared,
        )

    def whole(self) -> tuple[int, str]:
        """Run to its end: exit status and the last line on standard error."""
        return finish(self.start())

    def until_storing(self) -> tuple[subprocess.Popen[str], str]:
        """Run until the first articles are stored, or it ends; with what it has said so far."""
        return self.until("annotating: ", "annotating: 0 ")

    def until(self, words: str, but: str = STRANGE) -> tuple[subprocess.Popen[str], str]:
        """Run until it says a line that begins with ``words``, and not with ``but``, or it ends;
        with what it has said so far."""
        process = self.start()
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if line.startswith(words) and not line.startswith(but):
                break
        return process, "".join(said)


def finish(process: subprocess.Popen[str], before: str = "") -> tuple[int, str]:
    """Exit status and the last line of what the process said, with any line that is not ours, of a
    library or a traceback; it is killed if it hangs."""
    try:
        _, said = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return -1, "hung"
    lines = f"{before}{said}".strip().splitlines()
    told = [line for line in lines if line.startswith("claims: ")]
    strange = [line for line in lines if not line.startswith(("claims: ", *STAGES))]
    last = told[-1] if told else ""
    return process.returncode, f"{STRANGE}{strange[-1]} | {last}" if strange else last


def none(site: Site) -> tuple[int, str]:
    """Nothing goes wrong."""
    return Run(site).whole()


def killed(site: Site) -> tuple[int, str]:
    """SIGKILL to the run after it has stored its first articles."""
    process, said = Run(site).until_storing()
    os.kill(process.pid, signal.SIGKILL)
    return finish(process, said)


def interrupted(site: Site) -> tuple[int, str]:
    """Ctrl-C, as a terminal sends it: to every process of the command."""
    process, said = Run(site).until_storing()
    os.killpg(process.pid, signal.SIGINT)
    return finish(process, said)


def worker_killed(site: Site) -> tuple[int, str]:
    """SIGKILL to one of two worker processes."""
    process, said = Run(site, ["--workers", "2"]).until("annotating: ")
    # Each is given its first articles as it starts; later it may have none left.
    while not (workers := _children(process.pid, "spawn_main")):
        if process.poll() is not None:
            return finish(process, f"{said}claims: there was no worker to kill\n")
        time.sleep(0.01)
    os.kill(workers[-1], signal.SIGKILL)
    return finish(process, f"{said}claims: worker {workers[-1]} was killed\n")


def disk_full(site: Site) -> tuple[int, str]:
    """No room for the database to grow: its file system is filled up, or, where it is the
    machine's own, files may not grow (RLIMIT_FSIZE)."""
    folder = site.database.parent
    if not os.path.ismount(folder):
        size = site.database.stat().st_size if site.database.exists() else 0
        return Run(site, file_limit=size + 65_536).whole()
    filler = folder / "filler"
    try:
        with filler.open("wb") as file:
            while True:
                file.write(bytes(65_536))
                file.flush()
    except OSError:
        pass
    try:
        return Run(site).whole()
    finally:
        filler.unlink(missing_ok=True)


def locked(site: Site) -> tuple[int, str]:
    """Another program holds the database for longer than the run waits."""
    if not site.database.exists():
        none(site)
    holder = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(site.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            return Run(site).whole()
        finally:
            process.kill()


def corrupt(site: Site) -> tuple[int, str]:
    """Inputs that are no articles: not UTF-8, cut off, empty, of another language."""
    bad = {
        "bad-bytes.txt": b"\xff\xfe\x00\x80" * 50,
        "bad-cut.jsonl": b'{"text": "' + english(1).encode()[:80],
        "bad-empty.txt": b"",
        "bad-nul.txt": b"\x00" * 4096,
    }
    for name, content in bad.items():
        (site.inputs / name).write_bytes(content)
    try:
        return Run(site).whole()
    finally:
        for name in bad:
            (site.inputs / name).unlink()


def clock_back(site: Site) -> tuple[int, str]:
    """The clock jumps a day back while the run stores."""
    if site.clock is None:
        status, _ = none(site)
        return status, "claims: no C compiler (cc), and so no clock that jumps"
    shift = site.clock.with_name("shift")
    shift.write_bytes(struct.pack("=q", 0))
    env = {"LD_PRELOAD": str(site.clock), "CLAIMS_CLOCK": str(shift)}
    process, said = Run(site, env=env).until_storing()
    with shift.open("r+b") as file:  # in place: a mapped file that is cut to nothing is SIGBUS
        file.write(struct.pack("=q", -_DAY))
    status, last = finish(process, said)
    with Database(site.database).reading() as connection:
        row = connection.execute(_LAST_RUN).fetchone()
    hours = row[0] if row else None
    return status, f"{last} the run ended {hours} hours before it began"


def server_gone(site: Site) -> tuple[int, str]:
    """Prefect's server is killed while the run stores."""
    prefect_settings.apply()  # before Prefect is imported
    from flows.server import whole_server

    with whole_server() as (address, server):
        gone = Site(site.inputs, site.config, site.database, address, None)
        process, said = Run(gone).until_storing()
        server.kill()
        return finish(process, said)


@dataclass(frozen=True)
class Fault:
    """A fault, and how a run ends that it really befell: exit status and words of its last line."""

    befall: Callable[[Site], tuple[int, str]]
    status: int
    said: str

    def befell(self, status: int, said: str) -> bool:
        """Whether a run that ended so was befallen by it, and told of it as it should."""
        return status == self.status and self.said in said and STRANGE not in said


FAULTS = {
    "SIGKILL": Fault(killed, -signal.SIGKILL, ""),
    "a worker killed": Fault(worker_killed, 0, "was killed"),
    "disk full": Fault(disk_full, 3, "claims.duckdb: "),
    "database locked": Fault(locked, 3, "held by another process"),
    "corrupt input": Fault(corrupt, 1, "bad-"),
    "clock back a day": Fault(clock_back, 0, "ended 24 hours before it began"),
    "Prefect server gone": Fault(server_gone, 1, "Prefect's server does not answer"),
    "Ctrl-C": Fault(interrupted, 130, "interrupted"),
}


def _children(parent: int, words: str) -> list[int]:
    """The processes that ``parent`` started whose command line holds ``words``."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            command = stat.with_name("cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if int(fields[1]) == parent and words in command:
            found.append(int(stat.parent.name))
    return sorted(found)
