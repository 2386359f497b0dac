"""Peak memory of a run and of each of its workers.

    python -m benchmarks.memory --workers 2

One ``claims run`` over synthetic articles in both languages, so that every process loads all its
models. RSS is what a process has in memory at most, shared pages included; PSS counts a page that
several share in parts, so that the sum of all processes is what the machine must have: the highest
that was seen by looking twice a second. Linux only. Prints a table and, as its last line, one JSON
object.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from benchmarks.synthetic import write

WORDS = {"spawn_main": "worker", "uvicorn": "Prefect's server", "claims.cli": "the run"}
"""What a process of the run is, by words of its command line."""


def measure(workers: int, articles: int, sentences: int) -> list[dict[str, object]]:
    """The peaks of each process of one run, in MiB. Raises CalledProcessError where it fails."""
    with tempfile.TemporaryDirectory(prefix="claims-memory-") as name:
        folder = Path(name)
        write(folder / "news", range(articles), sentences)
        command = [sys.executable, "-m", "claims.cli", "run", str(folder / "news")]
        command += ["--database", str(folder / "claims.duckdb"), "--workers", str(workers)]
        env = {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(folder / "prefect")}
        peaks: dict[int, dict[str, object]] = {}
        together = 0
        with subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            while process.poll() is None:
                now = {pid: _seen(pid, what) for pid, what in _processes(process.pid).items()}
                for pid, seen in now.items():
                    before = peaks.setdefault(pid, seen)
                    for key in ("rss_mib", "pss_mib"):
                        before[key] = max(_number(before[key]), _number(seen[key]))
                together = max(together, sum(_number(seen["pss_mib"]) for seen in now.values()))
                time.sleep(0.5)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return [*peaks.values(), {"process": "together", "rss_mib": None, "pss_mib": together}]


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _processes(root: int) -> dict[int, str]:
    """What the process ``root`` and those that it started are."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    found = {}
    for pid in parents:
        above = pid
        while above not in (root, 0):
            above = parents.get(above, 0)
        if above != root:
            continue
        try:
            line = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        what = next((told for words, told in WORDS.items() if words in line), None)
        if what is not None:
            found[pid] = what
    return found


def _seen(pid: int, what: str) -> dict[str, object]:
    """What a process takes now, and the most it took; 0 where it has just ended."""
    return {
        "process": what,
        "rss_mib": _kib(Path(f"/proc/{pid}/status"), "VmHWM:") // 1024,
        "pss_mib": _kib(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") // 1024,
    }


def _kib(path: Path, key: str) -> int:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--articles", type=int, default=96)
    parser.add_argument("--sentences", type=int, default=25)
    asked = parser.parse_args()
    found = measure(asked.workers, asked.articles, asked.sentences)
    table = Table("process", title=f"peak memory, {asked.workers} workers, MiB")
    table.add_column("RSS", justify="right")
    table.add_column("PSS", justify="right")
    for one in found:
        rss = "" if one["rss_mib"] is None else f"{one['rss_mib']:,}"
        table.add_row(str(one["process"]), rss, f"{one['pss_mib']:,}")
    Console(width=80).print(table)
    print(json.dumps({"workers": asked.workers, "processes": found}))


if __name__ == "__main__":
    main()
