"""How the cost of finding contradictions grows: `python -m benchmarks.contradictions [SIZE …]`.

Sizes are numbers of claims (default: 1000 10000 100000 1000000). Synthetic stories are made from
the claims of the seed articles, 20 stories a day in three outlets each. Of every size it measures
the queries that choose the pairs, over all claims at once, and for the last day's articles as a
daily run would; judging is timed on some of the pairs and counted for all. The last line is one
JSON object; an exponent of 1 is linear growth.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from claims.analysis import Analyser
from claims.configuration import config_folder, load_pipeline, load_sources
from claims.contradictions import find
from claims.contradictions.judge import BuiltIn
from claims.contradictions.statements import read_statements
from claims.language.identification import identify
from claims.model import Article
from claims.reading.articles import read
from claims.store.database import Database
from claims.store.saving import save

SIZES = (1_000, 10_000, 100_000, 1_000_000)
OUTLETS = 3
DAILY = 20
JUDGED = 400
"""Pairs that are judged to know what one costs."""

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def seeds(path: Path) -> int:
    """Store the seed articles' claims at ``path``; how many claims an article has on average."""
    config = config_folder()
    settings = load_pipeline(config)
    articles = [
        found
        for found in read([str(_SEEDS)], settings.languages, load_sources(config), identify)
        if isinstance(found, Article)
    ]
    analysed, _ = Analyser(config, settings).analyse(articles)
    save(Database(path), analysed)
    return sum(len(one.claims) + len(one.statements) for one in analysed) // len(analysed)


def measure(base: Path, path: Path, size: int, each: int) -> dict[str, float]:
    """One size: what the queries and the judge cost, in seconds."""
    path.write_bytes(base.read_bytes())
    with duckdb.connect(path) as connection:
        stories = max(1, round(size / each / OUTLETS))
        for statement in _SQL.split(";"):
            names = {"stories": stories, "outlets": OUTLETS, "daily": DAILY}
            asked = {name: value for name, value in names.items() if f"${name}" in statement}
            if statement.strip():
                connection.execute(statement, asked)
        claims = connection.execute("SELECT count(*) FROM claims").fetchone()
        last = connection.execute(
            "SELECT article_id FROM articles WHERE published_at = "
            "(SELECT max(published_at) FROM articles)"
        ).fetchall()
    settings = load_pipeline(config_folder()).contradictions
    with duckdb.connect(path, read_only=True) as connection:
        started = time.perf_counter()
        pairs = find.candidates(connection, settings, None)
        every = time.perf_counter() - started
        started = time.perf_counter()
        daily = find.candidates(connection, settings, [row[0] for row in last])
        day = time.perf_counter() - started
        step = max(1, len(pairs) // JUDGED)
        some = pairs[::step][:JUDGED]
        started = time.perf_counter()
        statements = read_statements(connection, {claim for pair in some for claim in pair})
        judge = BuiltIn()
        for one, other in some:
            judge.differing(statements[one], statements[other])
        judging = (time.perf_counter() - started) / max(1, len(some)) * len(pairs)
    path.unlink()
    return {
        "claims": claims[0] if claims else 0,
        "pairs": len(pairs),
        "query_seconds": round(every, 3),
        "judging_seconds": round(judging, 2),
        "pairs_of_last_day": len(daily),
        "query_seconds_of_last_day": round(day, 3),
    }


def exponent(rows: Sequence[dict[str, float]], key: str) -> float:
    """The slope of log(key) over log(claims), by least squares."""
    points = [(math.log(row["claims"]), math.log(row[key])) for row in rows if row[key] > 0]
    if len(points) < 2:
        return math.nan
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    above = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return above / sum((x - mean_x) ** 2 for x, _ in points)


def main(arguments: list[str]) -> int:
    """Print the growth curve and its exponents."""
    console = Console()
    sizes = [int(argument) for argument in arguments] or list(SIZES)
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "seeds.duckdb"
        each = seeds(base)
        for size in sizes:
            rows.append(measure(base, Path(folder) / "synthetic.duckdb", size, each))
            console.print(f"{rows[-1]['claims']:,} claims measured", style="dim")
    table = Table(*(key.replace("_", " ") for key in rows[0]))
    for row in rows:
        table.add_row(*(f"{value:,}" for value in row.values()))
    console.print(table)
    keys = ("pairs", "query_seconds", "judging_seconds")
    slopes = {key: round(exponent(rows, key), 3) for key in keys}
    console.print("growth exponents: " + ", ".join(f"{k} {v}" for k, v in slopes.items()))
    print(json.dumps({"contradictions": rows, "exponents": slopes}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
