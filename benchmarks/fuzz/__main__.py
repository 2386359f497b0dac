"""Whatever others send, for as long as is asked: files, YAML, back-ups, SQL, forms,
searches.

    python -m benchmarks.fuzz --minutes 10

Each target is tried in a process of its own, so that a crash is one finding and not the end. Tries
are numbered from ``--seed``; ``--target SQL --seed 1234 --tries 1`` tries one again. Prints how the
tries ended and, as its last line, one JSON object; exits with 1 where anything was found: a crash,
a try longer than its limit, an exception, a badly told refusal, a file made or read outside.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.fuzz.working import TARGETS, Worker

LIMITS = {
    "readers": 60.0,
    "YAML": 60.0,
    "restore": 240.0,
    "SQL": 60.0,
    "forms": 60.0,
    "searches": 60.0,
}
"""Seconds that a try may take, on a machine that is busy with other things."""

_TURN = 20.0  # seconds for one target, then it is the next one's turn
_SHOWN = 10


def main() -> None:
    """Try, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.fuzz")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tries", type=int, help="of each target at most")
    parser.add_argument("--target", choices=TARGETS, action="append")
    given = parser.parse_args()
    targets = given.target or list(TARGETS)
    ended = {target: Counter[str]() for target in targets}
    slowest = dict.fromkeys(targets, 0.0)
    findings: list[str] = []
    finish = time.monotonic() + given.minutes * 60
    turn = min(_TURN, given.minutes * 60 / len(targets))
    with tempfile.TemporaryDirectory(prefix="claims-fuzz-") as folder, contextlib.ExitStack() as on:
        workers = {one: Worker(one, Path(folder), LIMITS[one]) for one in targets}
        for worker in workers.values():
            on.callback(worker.close)
        waiting = list(targets)
        while waiting and (time.monotonic() < finish or not all(ended.values())):
            target = waiting.pop(0)
            end = time.monotonic() + turn
            while time.monotonic() < end or not ended[target]:
                number = given.seed + ended[target].total()
                began = time.monotonic()
                outcome = workers[target].try_number(number)
                slowest[target] = max(slowest[target], time.monotonic() - began)
                ended[target][outcome.word] += 1
                if outcome.finding is not None:
                    findings.append(f"{target}, --seed {number}: {outcome.finding}")
                if given.tries and ended[target].total() >= given.tries:
                    break
            else:
                waiting.append(target)
    _print(ended, slowest, findings)
    counts = {target: dict(words) for target, words in ended.items()}
    print(json.dumps({"seed": given.seed, "tries": counts, "findings": len(findings)}))
    sys.exit(1 if findings else 0)


def _print(ended: dict[str, Counter[str]], slowest: dict[str, float], findings: list[str]) -> None:
    screen = Console(width=120)
    table = Table("target", "tries", "ended", "slowest", "limit")
    for target, words in ended.items():
        told = ", ".join(f"{word} {count:,}" for word, count in words.most_common())
        times = f"{slowest[target]:.1f} s", f"{LIMITS[target]:g} s"
        table.add_row(target, f"{words.total():,}", told, *times)
    screen.print(table)
    for finding in findings[:_SHOWN]:
        screen.print(finding, markup=False)


if __name__ == "__main__":
    main()
