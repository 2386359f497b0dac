"""How time, memory and the database grow with the number of articles, and what 1,000 cost.

    python -m benchmarks.growth --sizes 100 1000 10000
    python -m benchmarks.growth --inputs ../shared/gold/en_dev.jsonl --sizes 24

Each size is read in a process of its own, by the steps of the main flow without Prefect: read,
annotate, store, gather, compare. The articles are the first of ``--inputs`` or, without those,
synthetic (``benchmarks.synthetic``), all different, of ``--sentences`` sentences. Memory is the
peak of the process, in all and by step: it holds the models, one chunk, and the inputs' texts until
all are stored. Linux only. Prints a line for each size, then a table, what 1,000 articles cost
(their share of time, and the database after the first chunk with what each further article added;
the copy for readers takes as much again) and, as its last line, one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from benchmarks.synthetic import article, write
from claims import startup
from claims.model import Article


def measure(size: int, sentences: int, chunk: int | None, inputs: list[str]) -> dict[str, float]:
    """What ``size`` articles of ``inputs`` cost, or as many synthetic ones, ``chunk`` of them
    (default: as configured) read and stored at once; to be called in a process that has done
    nothing else."""
    from claims.language.identification import identify
    from claims.pipeline.run import RunContext

    with tempfile.TemporaryDirectory(prefix="claims-growth-") as name:
        folder = Path(name)
        if not inputs:
            write(folder / "news", range(size), sentences)
        database = folder / "claims.duckdb"
        context = RunContext(inputs or [str(folder / "news")], str(ROOT / "config"), str(database))
        context.analyser.analyse(_warm())
        identify(article(0), context.settings.languages)
        spent = {"read": 0.0, "annotate": 0.0, "store": 0.0, "gather": 0.0, "compare": 0.0}
        peaks = {"load": _peak(), **dict.fromkeys(spent, 0)}

        @contextmanager
        def timed(stage: str) -> Iterator[None]:
            begun = time.process_time()
            _forget_peak()
            yield
            spent[stage] += time.process_time() - begun
            peaks[stage] = max(peaks[stage], _peak())

        with timed("read"):
            context.read_inputs()
        del context.inputs.articles[size:]
        articles = len(context.inputs.articles)
        words = sum(len(one.text.split()) for one in context.inputs.articles)
        text_bytes = sum(len(one.text.encode()) for one in context.inputs.articles)
        early, first, first_bytes = 0, 0, 0
        for part in context.chunks(chunk):
            with timed("annotate"):
                context.keep(part, context.analyser.analyse(part.articles))
            with timed("store"):
                context.store(part)
            if not early:
                early, first = max(peaks.values()), len(context.stored)
                first_bytes = database.stat().st_size
        with timed("gather"):
            context.gather()
        with timed("compare"):
            context.compare()
        with context.database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM claims").fetchone()
        added = (database.stat().st_size - first_bytes) / max(1, articles - first)
        return {
            "articles": articles,
            "words_an_article": round(words / articles),
            "cpu_minutes_of_1000": round(sum(spent.values()) / articles * 1000 / 60, 1),
            "megabytes_of_1000": round((first_bytes + added * (1000 - first)) / 1e6, 1),
            "claims": row[0] if row else 0,
            "contradictions": context.contradictions,
            "mib_after_first_chunk": early,
            "peak_mib": max(peaks.values()),
            **{f"{stage}_peak_mib": peak for stage, peak in peaks.items()},
            "bytes_an_article": round(database.stat().st_size / articles),
            "text_bytes_an_article": round(text_bytes / articles),
            **{f"{stage}_cpu_ms_an_article": _ms(s, articles) for stage, s in spent.items()},
        }


def _warm() -> list[Article]:
    made = []
    for number, language in ((0, "ur"), (1, "en")):
        one = Article(
            article_id=str(number),
            outlet="warm",
            language=language,
            content_hash=str(number),
            text=article(number),
        )
        made.append(one)
    return made


def _ms(seconds: float, articles: int) -> float:
    return round(1000 * seconds / articles, 2)


def _peak() -> int:
    """The most memory that this process had since ``_forget_peak``, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    (kib,) = (int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return kib // 1024


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--sentences", type=int, default=2)
    parser.add_argument("--chunk", type=int, help="articles a transaction; default: as configured")
    parser.add_argument("--inputs", nargs="+", default=[], help="articles; default: synthetic")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        startup.own_process()  # as the command line
        print(json.dumps(measure(asked.one, asked.sentences, asked.chunk, asked.inputs)))
        return
    rows = []
    for size in asked.sizes:
        command = [sys.executable, "-m", "benchmarks.growth", "--one", str(size)]
        command += ["--sentences", str(asked.sentences)]
        command += ["--chunk", str(asked.chunk)] if asked.chunk else []
        command += ["--inputs", *asked.inputs] if asked.inputs else []
        done = subprocess.run(
            command,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        if done.returncode:
            sys.exit(done.stderr)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(json.dumps(rows[-1]), flush=True)  # larger sizes take long
    table = Table(title="cost by number of articles")
    table.add_column("")
    for row in rows:
        table.add_column(f"{row['articles']:,}", justify="right")
    for key in list(rows[0])[1:]:
        table.add_row(key.replace("_", " "), *(f"{row[key]:,}" for row in rows))
    Console(width=110).print(table)
    last = rows[-1]
    print(
        f"1,000 articles of {last['words_an_article']} words: {last['cpu_minutes_of_1000']:g} "
        f"minutes of one core, {last['megabytes_of_1000']:g} MB"
    )
    print(json.dumps({"sentences": asked.sentences, "sizes": rows}))


if __name__ == "__main__":
    main()
