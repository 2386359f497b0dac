"""Commands from a cold start: seconds of CPU and of the clock, and whether PyTorch was imported."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT

STORE = (
    "import sys; from pathlib import Path; from claims.store.database import Database\n"
    "with Database(Path(sys.argv[1])).writing(): pass"
)


def measure(english: str) -> list[dict[str, object]]:
    """`claims extract` on one article of each language, and `claims sql` on a database.

    ``english`` is the text of an article; the Urdu one is a seed.
    """
    seed = sorted((ROOT / "seeds").glob("*.txt"))[0]
    with tempfile.TemporaryDirectory(prefix="claims-cold-") as name:
        article, database = Path(name) / "article.txt", Path(name) / "claims.duckdb"
        article.write_text(english, encoding="utf-8")
        subprocess.run([sys.executable, "-c", STORE, str(database)], check=True, cwd=ROOT)
        asked = {
            "claims extract, Urdu": ["extract", str(seed)],
            "claims extract, English": ["extract", str(article)],
            "claims sql": ["sql", "SELECT count(*) FROM claims", "--database", str(database)],
        }
        return [_imported(), *(_measured(name, command) for name, command in asked.items())]


def show(rows: list[dict[str, object]], console: Console) -> None:
    """Print the rows as a table."""
    table = Table("from a cold start", "CPU s", "clock s", "imports torch")
    for row in rows:
        table.add_row(*(str(row[key]) for key in ("command", "cpu_s", "clock_s", "torch")))
    console.print(table)


def _imported() -> dict[str, object]:
    """`import claims` in a process that has just begun; the interpreter's own start aside."""
    code = (
        "import sys, time; cpu, clock = time.process_time(), time.perf_counter(); import claims; "
        "print(time.process_time() - cpu, time.perf_counter() - clock, 'torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True
    )
    cpu, clock, torch = done.stdout.split()
    return {
        "command": "import claims",
        "cpu_s": round(float(cpu), 3),
        "clock_s": round(float(clock), 3),
        "torch": torch == "True",
    }


def _measured(name: str, command: list[str]) -> dict[str, object]:
    whole = [sys.executable, "-m", "claims.cli", *command]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    begun, before = time.perf_counter(), os.times()
    subprocess.run(whole, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    clock, after = time.perf_counter() - begun, os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    told = subprocess.run(
        [whole[0], "-X", "importtime", *whole[1:]],
        check=True, cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    imported = any(line.split("|")[-1].strip() == "torch" for line in told.stderr.splitlines())
    return {
        "command": name,
        "cpu_s": round(cpu, 2),
        "clock_s": round(clock, 2),
        "torch": imported,
    }
