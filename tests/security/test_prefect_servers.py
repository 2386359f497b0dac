"""The Prefect servers that `claims schedule` and `claims run` start, and who else reaches them.

Any page in a browser on this machine can send requests to 127.0.0.1, and every program can. What
they may try is sent to the real servers here.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import yaml
from conftest import ROOT, SEEDS
from listening import PATIENCE, descendants, listening, own_prefect
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

EVIL = "https://evil.example"


class Server(NamedTuple):
    """A Prefect server: its address, its process, that of the command, and the command's folder."""

    address: str
    process: int
    command: int
    folder: Path

    @property
    def password(self) -> str:
        """What the server wants of its clients; only they and it can know."""
        told = Path(f"/proc/{self.process}/environ").read_bytes().split(b"\0")
        name = b"PREFECT_SERVER_API_AUTH_STRING="
        found = [one.removeprefix(name).decode() for one in told if one.startswith(name)]
        return found[0] if found else ""

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        """Rows of Prefect's own database."""
        with closing(sqlite3.connect(self.folder / "prefect" / "prefect.db")) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def serving(folder: Path, *arguments: str | Path) -> Iterator[Server]:
    """A command that starts a Prefect server of its own, once that answers."""
    with (folder / "log").open("w") as log, subprocess.Popen(
        [sys.executable, "-m", "claims.cli", *map(str, arguments)],
        cwd=ROOT,
        env=own_prefect(folder),
        stdout=log,
        stderr=log,
    ) as command:  # fmt: skip
        try:
            yield _answering(command, folder)
        finally:
            command.kill()  # the server ends with it
            command.wait()


def _answering(command: subprocess.Popen[bytes], folder: Path) -> Server:
    end = time.monotonic() + PATIENCE
    while command.poll() is None and time.monotonic() < end:
        for port, process in listening(command.pid):
            address = f"http://127.0.0.1:{port}"
            try:
                if httpx.get(f"{address}/api/health").json() is True:
                    return Server(address, process, command.pid, folder)
            except (httpx.HTTPError, ValueError):
                continue
        time.sleep(0.1)
    pytest.fail((folder / "log").read_text()[-3000:])


@pytest.fixture(scope="module")
def schedule(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`claims schedule` that no clock disturbs, once its deployment is there."""
    folder = tmp_path_factory.mktemp("schedule")
    shutil.copytree(ROOT / "config", folder / "config")
    pipeline = {"inputs": [], "schedule": "0 0 29 2 *", "scheduled": {"retries": 0}}
    (folder / "config" / "pipeline.yaml").write_text(yaml.safe_dump(pipeline), encoding="utf-8")
    arguments = ("--config", folder / "config", "--database", folder / "claims.duckdb")
    with serving(folder, "schedule", *arguments) as server:
        while not server.rows("SELECT id FROM deployment"):
            assert Path(f"/proc/{server.command}").exists(), (folder / "log").read_text()
            time.sleep(0.2)
        yield server


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`claims run` in the middle of its work."""
    folder = tmp_path_factory.mktemp("run")
    with serving(folder, "run", SEEDS, "--database", folder / "claims.duckdb") as server:
        yield server


def kept(server: Server) -> list[list[tuple[str, ...]]]:
    """What an attacker would change: runs, schedules, deployments."""
    return [
        server.rows("SELECT id, parameters FROM flow_run WHERE auto_scheduled = 0"),
        server.rows("SELECT active FROM deployment_schedule"),
        server.rows("SELECT paused, parameters, entrypoint FROM deployment"),
    ]


ATTACKS = {
    "list deployments": ("POST", "/api/deployments/filter", {}),
    "list runs": ("POST", "/api/flow_runs/filter", {}),
    "read settings": ("GET", "/api/admin/settings", None),
    "start a run": (
        "POST",
        "/api/deployments/{deployment}/create_flow_run",
        {"parameters": {"inputs": ["/etc/hostname"], "database": "{elsewhere}"}},
    ),
    "start a run unchecked": (
        "POST",
        "/api/deployments/{deployment}/create_flow_run",
        {"enforce_parameter_schema": False, "parameters": {"database": "{elsewhere}"}},
    ),
    "pause the schedule": ("POST", "/api/deployments/{deployment}/pause_deployment", None),
    "change the entry point": ("PATCH", "/api/deployments/{deployment}", {"entrypoint": "os"}),
    "make a flow": ("POST", "/api/flows/", {"name": "evil"}),
    "remove the deployment": ("DELETE", "/api/deployments/{deployment}", None),
}


def attacked(server: Server, attack: str, **headers: str) -> httpx.Response:
    """The answer to an attack by somebody who knows all identifiers, but no password."""
    method, path, body = ATTACKS[attack]
    found = server.rows("SELECT id FROM deployment") or [("none",)]
    known = {"{deployment}": found[0][0], "{elsewhere}": str(server.folder / "elsewhere.duckdb")}
    content = "" if body is None else json.dumps(body)
    for name, value in known.items():
        path, content = path.replace(name, value), content.replace(name, value)
    headers = {"content-type": "application/json", **headers}
    return httpx.request(
        method, server.address + path, content=content or None, headers=headers, timeout=60
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_commands_the_schedule_without_its_password(schedule: Server, attack: str) -> None:
    before = kept(schedule)
    for guess in ({}, {"authorization": "Basic YWRtaW46cGFzcw=="}):
        assert attacked(schedule, attack, **guess).status_code == 401
    assert kept(schedule) == before


@pytest.mark.parametrize("attack", ["list runs", "read settings", "make a flow"])
def test_nor_the_server_of_a_run(run: Server, attack: str) -> None:
    assert attacked(run, attack).status_code == 401
    assert not run.rows("SELECT name FROM flow WHERE name = 'evil'")


@pytest.mark.parametrize("which", ["schedule", "run"])
def test_other_sites_and_other_names_are_refused(
    which: str, request: pytest.FixtureRequest
) -> None:
    server: Server = request.getfixturevalue(which)
    health = f"{server.address}/api/health"
    port = server.address.rpartition(":")[2]
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", ""):
        for path in ("/api/health", "/", "/docs", "/openapi.json"):
            answer = httpx.get(server.address + path, headers={"host": host})
            assert answer.status_code == 400, (host, path)
    assert httpx.get(health, headers={"host": f"localhost:{port}"}).status_code == 200
    asked = {"access-control-request-method": "POST"}
    for answer in (
        httpx.get(health, headers={"origin": EVIL}),
        httpx.options(health, headers={"origin": EVIL, **asked}),
    ):
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("which", ["schedule", "run"])
def test_events_are_not_for_strangers(which: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(which)
    address = server.address.replace("http:", "ws:")
    for path, token in itertools.product(("/api/events/in", "/api/events/out"), (None, "guess")):
        with pytest.raises(WebSocketException):  # noqa: SIM117
            with connect(address + path, subprotocols=["prefect"]) as socket:  # type: ignore[list-item]
                socket.send(json.dumps({"type": "auth", "token": token}))
                socket.recv(timeout=60)
                pytest.fail("let in")


def test_the_password_is_told_to_nobody(schedule: Server, run: Server) -> None:
    assert len(schedule.password) >= 32
    assert schedule.password != run.password
    for server in (schedule, run):
        for process in descendants(server.command):
            assert server.password.encode() not in Path(f"/proc/{process}/cmdline").read_bytes()
        assert server.password not in (server.folder / "log").read_text()


def test_a_scheduled_run_takes_nothing_from_outside(schedule: Server) -> None:
    """Not even from somebody who has the password: what it reads and where it writes stays."""
    private, elsewhere = schedule.folder / "private.txt", schedule.folder / "elsewhere.duckdb"
    private.write_text("The minister said that the dam was full.\n" * 9, encoding="utf-8")
    ((deployment,),) = schedule.rows("SELECT id FROM deployment")
    given = {"inputs": [str(private)], "database": str(elsewhere), "config": str(ROOT / "config")}
    name, _, word = schedule.password.partition(":")
    address = f"{schedule.address}/api"
    with httpx.Client(base_url=address, auth=(name, word), timeout=60) as client:
        path = f"/deployments/{deployment}/create_flow_run"
        run = client.post(path, json={"parameters": given, "enforce_parameter_schema": False})
        end = time.monotonic() + PATIENCE
        state = "SCHEDULED"
        while state not in ("COMPLETED", "FAILED", "CRASHED") and time.monotonic() < end:
            time.sleep(0.5)
            state = client.get(f"/flow_runs/{run.json()['id']}").json()["state_type"]
        assert not elsewhere.exists()
        assert state in ("FAILED", "CRASHED")
