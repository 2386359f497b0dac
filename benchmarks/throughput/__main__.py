"""Words per CPU second and peak memory, stage by stage, cold and warm, beside its peers.

    python -m benchmarks.throughput
    python -m benchmarks.throughput --articles 40 --gold ../shared/gold
    python -m benchmarks.throughput --sweep    # batch sizes, threads, 8 bits: what each is worth
    python -m benchmarks.throughput --seeds    # the four seeds with warm models
    python -m benchmarks.throughput --cold     # the commands from a cold start alone
    python -m benchmarks.throughput --unparsed # what is lost where sentences are not parsed
    python -m benchmarks.throughput --first-look # what the encoder need not read

Every subject reads the same articles in a process of its own, on one thread. A word is what white
space separates. ``cold`` is from the start of the process to the first article's end, imports and
models included; ``warm`` is the rest of the articles. ``beside`` is the share of what is no neural
network in the time of the networks. Peers (extra ``bench``) that are not installed are named and
left out. English articles are those of ``en_dev.jsonl`` in the folder ``--gold``, or synthetic ones
where there is none; Urdu ones are those of ``ur_dev.jsonl``, the seeds, and the stories of
``fake-real-pairs`` beside that folder. Last come the commands from a cold start.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT, SHARED
from benchmarks.attribution.__main__ import FILES
from benchmarks.throughput import cold_start, first_look, sweep, unparsed
from benchmarks.throughput.readers import NETWORKS, SUBJECTS
from benchmarks.throughput.texts import seeds, texts
from claims import startup

PUBLISHED = {"Citron": 905, "textacy": 1916, "GenderGapTracker": 2877}
"""Words per CPU second on one core, as given for such a machine over spaCy's small model."""


def measure(subject: str, given: list[str], language: str) -> dict[str, object]:
    """What one subject needs; to be called in a process that has done nothing else."""
    reader = SUBJECTS[subject][0](language)
    reader(given[:1])
    cold = time.process_time()
    warm = given[1:] or given
    begun = time.process_time()
    stages = reader(warm)
    seconds = time.process_time() - begun
    words = sum(len(text.split()) for text in warm)
    return {
        "subject": subject,
        "language": language,
        "articles": len(warm),
        "words": words,
        "cold_cpu_s": round(cold, 2),
        "warm_cpu_s": round(seconds, 2),
        "words_per_cpu_s": round(words / seconds),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "beside": beside(stages),
        "stages": {name: round(spent, 3) for name, spent in stages.items()},
    }


def beside(stages: Mapping[str, float]) -> float | None:
    """The time of what is no network, as a share of the networks' time; None without networks."""
    networks = sum(spent for name, spent in stages.items() if name in NETWORKS)
    return round(sum(stages.values()) / networks - 1, 3) if networks else None


def warm_seeds() -> dict[str, object]:
    """CPU seconds of the analysis of the four seeds, at the second time in one process."""
    reader = SUBJECTS["claims"][0]("ur")
    reader(seeds())
    begun = time.process_time()
    stages = reader(seeds())
    spent = time.process_time() - begun
    return {"seeds_cpu_s": round(spent, 3), "stages": {k: round(v, 3) for k, v in stages.items()}}


def main() -> None:
    """Measure every subject in a process of its own and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput")
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--seeds", action="store_true")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--unparsed", action="store_true")
    parser.add_argument("--first-look", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("SUBJECT", "LANGUAGE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    console = Console(width=110)
    if asked.one:
        startup.own_process()  # as the command line
        subject, language = asked.one
        given = texts(language, asked.gold, asked.articles)
        print(json.dumps(measure(subject, given, language)))
    elif asked.seeds:
        print(json.dumps(warm_seeds()))
    elif asked.cold:
        cold_start.show(cold_start.measure(texts("en", asked.gold, 1)[0]), console)
    elif asked.sweep:
        sweep.show(texts("en", asked.gold, asked.articles), asked.gold, console)
    elif asked.unparsed:
        by_language = {one: texts(one, asked.gold, asked.articles) for one in ("ur", "en")}
        unparsed.show(by_language, console)
    elif asked.first_look:
        first_look.show([path for path in FILES if path.is_file()], console)
    else:
        _compare(asked.articles, asked.gold, console)


def _compare(articles: int, gold: Path, console: Console) -> None:
    command = [sys.executable, "-m", "benchmarks.throughput", "--articles", str(articles)]
    command += ["--gold", str(gold), "--one"]
    rows, missing = [], []
    for subject, (_, languages) in SUBJECTS.items():
        for language in languages:
            done = subprocess.run(
                [*command, subject, language],
                env={**os.environ, "OMP_NUM_THREADS": "1"},
                capture_output=True,
                text=True,
                cwd=ROOT,
            )
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["?"])[-1]
                missing.append(f"{subject} ({language}): {last}")
            else:
                rows.append(json.loads(done.stdout.splitlines()[-1]))
    _show(rows, missing, console)
    cold = cold_start.measure(texts("en", gold, 1)[0])
    cold_start.show(cold, console)
    print(
        json.dumps({"measured": rows, "missing": missing, "published_en": PUBLISHED, "cold": cold})
    )


def _show(rows: list[dict[str, object]], missing: list[str], console: Console) -> None:
    table = Table("", "language", "words", "words per CPU s", "beside", "cold, CPU s", "peak, MiB")
    for row in rows:
        share = row["beside"]
        table.add_row(
            *(str(row[key]) for key in ("subject", "language", "words", "words_per_cpu_s")),
            f"{share:.1%}" if isinstance(share, float) else "",
            *(str(row[key]) for key in ("cold_cpu_s", "peak_mib")),
        )
    console.print(table)
    for row in rows:
        stages = row["stages"]
        if not isinstance(stages, dict) or not stages:
            continue
        total = sum(stages.values())
        if row["beside"] is None:
            told = ", ".join(f"{name} {count:g}" for name, count in stages.items())
        else:
            told = ", ".join(f"{name} {spent / total:.0%}" for name, spent in stages.items())
        console.print(f"{row['subject']}, {row['language']}: {told}")
    console.print("published, English: " + ", ".join(f"{k} {v}" for k, v in PUBLISHED.items()))
    for one in missing:
        console.print(f"not measured: {one}")


if __name__ == "__main__":
    main()
