"""Who reaches the Dask scheduler of a run, and could have code of theirs run there."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from conftest import ROOT, SEEDS
from listening import PATIENCE, listening, own_prefect

STRANGER = """
import sys
from distributed import Client
print("ready", flush=True)
for port in sys.stdin:
    try:
        client = Client(f"tcp://127.0.0.1:{port.strip()}", timeout=5)
        print(client.run_on_scheduler(lambda: "ran"), flush=True)
    except Exception as error:
        print("refused", type(error), flush=True)
"""


def _is_page(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
    except httpx.HTTPError:
        return False
    return True


def test_a_stranger_runs_nothing_on_the_scheduler_of_a_run(tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask", reason="the extra `dask` is not installed")
    shutil.copytree(ROOT / "config", tmp_path / "config")
    pipeline = {"runner": "dask", "workers": 1}
    (tmp_path / "config" / "pipeline.yaml").write_text(yaml.safe_dump(pipeline), encoding="utf-8")
    article = sorted(SEEDS.glob("*.txt"))[0]
    arguments = ["--config", tmp_path / "config", "--database", tmp_path / "claims.duckdb"]
    command = [sys.executable, "-m", "claims.cli", "run", str(article), *map(str, arguments)]
    tried: set[int] = set()
    pages: set[int] = set()
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    pipes |= {"text": True, "bufsize": 1}
    with (
        subprocess.Popen([sys.executable, "-c", STRANGER], stdin=subprocess.PIPE, **pipes) as other,
        subprocess.Popen(command, cwd=ROOT, env=own_prefect(tmp_path), **pipes) as run,
    ):
        assert other.stdin is not None and other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        end = time.monotonic() + PATIENCE
        while run.poll() is None and time.monotonic() < end:
            for port, process in set(listening(run.pid)):
                try:
                    prefect = b"uvicorn" in Path(f"/proc/{process}/cmdline").read_bytes()
                except (FileNotFoundError, ProcessLookupError):
                    continue  # it has ended since it was listed
                if port not in tried | pages and not prefect:
                    # A page is Dask's account of its health; no code goes there.
                    if _is_page(port):
                        pages.add(port)
                        continue
                    tried.add(port)
                    print(port, file=other.stdin)
                    assert other.stdout.readline().startswith("refused"), port
            time.sleep(0.1)
        told = run.communicate()
        other.kill()
    assert tried  # the scheduler at least
    assert run.returncode == 0, told
    assert "1 article: 1 new" in told[0]
