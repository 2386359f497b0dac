"""How the cost of finding contradictions grows, and what is found between languages:
`python -m benchmarks.contradictions [SIZE …] [--largest SIZE] [--growth | --languages [--all]]`;
and how well real ones are found: `python -m benchmarks.contradictions --news [DATABASE]` and
`--written`.

Sizes are numbers of claims (default: 1000 10000 100000; `--largest` leaves out those above and adds
itself: 1000000 takes most of an hour of processor time). Synthetic stories are made from the claims
of the seed articles, 20 stories a day in three outlets each. Of every size it measures, in seconds
of processor time, the queries that choose the pairs and the whole search with every pair judged,
over all claims at once, and the same for the last day's articles as a daily run would. Each figure
is printed as soon as it is measured. An exponent of 1 is linear growth. Then follows what sentence
vectors find between languages (`cross_language.py`): not with `--growth`, nothing else with
`--languages`; `--all` prints every pair of it. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from benchmarks.contradictions import cross_language, news, written
from benchmarks.contradictions.synthetic import build, seeds
from claims.config.settings import config_folder, load_pipeline
from claims.contradictions.candidates import candidate_ids
from claims.contradictions.find import find
from claims.store.database import Database

SIZES = (1_000, 10_000, 100_000)


def measure(base: Path, path: Path, size: int, each: int, console: Console) -> dict[str, float]:
    """One size: what the queries and the whole search cost, in seconds of processor time, with as
    much memory for DuckDB as is configured. Each figure is printed as soon as it is there: the
    largest size takes long."""
    # In a process of its own, whose memory is not counted.
    builder = get_context("spawn").Process(target=build, args=(base, path, size, each))
    builder.start()
    builder.join()
    with duckdb.connect(path, read_only=True) as connection:
        claims = connection.execute("SELECT count(*) FROM claims").fetchone()
        last = connection.execute(
            "SELECT article_id FROM articles WHERE published_at = "
            "(SELECT max(published_at) FROM articles)"
        ).fetchall()
    pipeline = load_pipeline(config_folder())
    settings = pipeline.contradictions
    row: dict[str, float] = {"claims": claims[0] if claims else 0}

    def told(**figures: float) -> None:
        row.update(figures)
        console.print(
            ", ".join(f"{k.replace('_', ' ')} {v:,}" for k, v in row.items()), style="dim"
        )

    with Database(path).reading(memory=pipeline.database.memory) as connection:
        started = time.process_time()
        find(connection, settings, [article for (article,) in last])
        told(last_day_seconds=round(time.process_time() - started, 2))
        started = time.process_time()
        pairs = len(candidate_ids(connection, settings, None))
        told(pairs=pairs, query_seconds=round(time.process_time() - started, 2))
        started = time.process_time()
        found = len(find(connection, settings, None))
        told(found=found, search_seconds=round(time.process_time() - started, 2))
    told(memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    path.unlink()
    return row


def exponent(rows: Sequence[dict[str, float]], key: str) -> float:
    """The slope of log(key) over log(claims), by least squares, of two rows or more."""
    points = [(math.log(row["claims"]), math.log(row[key])) for row in rows if row[key] > 0]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    above = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return above / sum((x - mean_x) ** 2 for x, _ in points)


def main(arguments: list[str]) -> int:
    """Print the growth curve and its exponents."""
    console = Console()
    given = _given(arguments)
    if given.languages:
        print(json.dumps({"cross_language": cross_language.measure(console, given.all)}))
        return 0
    if given.written:
        print(json.dumps({"written": written.measure(console)}))
        return 0
    if given.news is not None:
        there = given.news if given.news != Path() else None
        print(json.dumps({"news": news.measure(console, there)}))
        return 0
    sizes = sorted(given.sizes)
    if given.largest is not None:
        sizes = [*(size for size in sizes if size < given.largest), given.largest]
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "seeds.duckdb"
        each = seeds(base)
        for size in sizes:
            rows.append(measure(base, Path(folder) / "synthetic.duckdb", size, each, console))
    table = Table(*(key.replace("_", " ") for key in rows[0]))
    for row in rows:
        table.add_row(*(f"{value:,}" for value in row.values()))
    console.print(table)
    figures: dict[str, object] = {"contradictions": rows}
    if len(rows) > 1:
        keys = ("last_day_seconds", "pairs", "query_seconds", "search_seconds")
        slopes = {key: round(exponent(rows, key), 3) for key in keys}
        console.print("growth exponents: " + ", ".join(f"{k} {v}" for k, v in slopes.items()))
        figures["exponents"] = slopes
    if not given.growth:
        figures["cross_language"] = cross_language.measure(console)
    print(json.dumps(figures))
    return 0


def _given(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contradictions")
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--largest", type=int)
    parser.add_argument("--growth", action="store_true", help="leave out the languages")
    parser.add_argument("--languages", action="store_true", help="the languages alone")
    parser.add_argument("--all", action="store_true", help="print every pair of the languages")
    parser.add_argument(
        "--news",
        nargs="?",
        type=Path,
        const=Path(),
        help="news as printed, by each judge; DATABASE has the reports already",
    )
    parser.add_argument("--written", action="store_true", help="written pairs, held out")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
