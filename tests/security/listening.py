"""Commands that start servers, and the ports on which they listen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from prefect_homes import prefect_home

PATIENCE = 600  # seconds: much more than it takes, for machines that are busy


def own_prefect(folder: Path) -> dict[str, str]:
    """The environment of a command that starts a Prefect server of its own, with records there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {
        "PREFECT_HOME": str(prefect_home(folder / "prefect")),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(PATIENCE),
    }


def descendants(process: int) -> set[int]:
    """The process and all that it started, and those in their turn."""
    found = {process}
    try:
        tasks = list(Path(f"/proc/{process}/task").glob("*/children"))
        children = [int(one) for task in tasks for one in task.read_text().split()]
    except OSError:
        return found
    return found.union(*map(descendants, children))


def listening(process: int) -> Iterator[tuple[int, int]]:
    """Ports of 127.0.0.1 on which a process or what it started listens, with who does."""
    ports = {}
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        local, state, inode = (line.split()[column] for column in (1, 3, 9))
        if state == "0A":
            ports[f"socket:[{inode}]"] = int(local.partition(":")[2], 16)
    for one in descendants(process):
        for descriptor in Path(f"/proc/{one}/fd").glob("*"):
            try:
                target = str(descriptor.readlink())
            except OSError:
                continue
            if target in ports:
                yield ports[target], one
