"""How time, memory and the database grow with the number of articles.

    python -m benchmarks.growth --sizes 100 1000 10000

Each size is read in a process of its own, by the steps of the main flow without Prefect: read,
annotate, store, compare. The articles are synthetic (``benchmarks.synthetic``), all different, of
``--sentences`` sentences. Memory is the peak of the process: it holds the models, the inputs'
texts and one chunk. Prints a line for each size, then a table and, as its last line, one JSON
object.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.synthetic import article, write
from claims.model import Article

ROOT = Path(__file__).resolve().parent.parent


def measure(size: int, sentences: int, chunk: int | None) -> dict[str, float]:
    """What ``size`` articles cost, ``chunk`` of them (default: as configured) read and stored at
    once; to be called in a process that has done nothing else."""
    from claims.contradictions.find import find
    from claims.contradictions.preparation import prepare
    from claims.language.identification import identify
    from claims.reading.articles import read
    from claims.store.conflicts import save_contradictions
    from claims.store.saving import save
    from flows.work import Work

    with tempfile.TemporaryDirectory(prefix="claims-growth-") as name:
        folder = Path(name)
        write(folder / "news", range(size), sentences)
        database = folder / "claims.duckdb"
        work = Work([str(folder / "news")], str(ROOT / "config"), str(database))
        work.analyser.analyse(_warm())
        identify(article(0), work.settings.languages)
        spent = {"read": 0.0, "annotate": 0.0, "store": 0.0, "compare": 0.0}

        def count(stage: str, begun: float) -> None:
            spent[stage] += time.process_time() - begun

        begun = time.process_time()
        languages = work.settings.languages
        found = list(read(work.inputs, languages, work.sources, identify))
        articles = [one for one in found if isinstance(one, Article)]
        count("read", begun)
        step = chunk or work.settings.chunk_articles
        early = 0.0
        for at in range(0, len(articles), step):
            begun = time.process_time()
            analysed, _ = work.analyser.analyse(articles[at : at + step])
            count("annotate", begun)
            begun = time.process_time()
            save(work.database, analysed, work.linker)
            count("store", begun)
            if at == 0:
                early = _peak()
        begun = time.process_time()
        new = work.pending()
        settings = work.settings.contradictions
        prepare(work.database, settings, new)
        with work.database.reading(memory=work.settings.database.memory) as connection:
            pairs = find(connection, settings, new, None, work.vocabulary)
        save_contradictions(work.database, pairs, new, work.comparer)
        count("compare", begun)
        with work.database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM claims").fetchone()
        return {
            "articles": len(articles),
            "claims": row[0] if row else 0,
            "contradictions": len(pairs),
            "mib_after_first_chunk": early,
            "peak_mib": _peak(),
            "bytes_an_article": round(database.stat().st_size / len(articles)),
            "text_bytes_an_article": round(
                sum(len(one.text.encode()) for one in articles) / len(articles)
            ),
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


def _ms(seconds: float, articles: list[Article]) -> float:
    return round(1000 * seconds / len(articles), 2)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--sentences", type=int, default=2)
    parser.add_argument("--chunk", type=int, help="articles a transaction; default: as configured")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one, asked.sentences, asked.chunk)))
        return
    rows = []
    for size in asked.sizes:
        command = [sys.executable, "-m", "benchmarks.growth", "--one", str(size)]
        command += ["--sentences", str(asked.sentences)]
        command += ["--chunk", str(asked.chunk)] if asked.chunk else []
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
    print(json.dumps({"sentences": asked.sentences, "sizes": rows}))


if __name__ == "__main__":
    main()
