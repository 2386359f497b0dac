"""Scheduled runs for as long as is asked, something going wrong in every one.

    python -m benchmarks.soak --minutes 60

Before each run new articles arrive; the run is befallen by a fault, and the next, sound one has to
finish what it left. After every round the database is held against what it should hold; at the end,
row by row, against a database of undisturbed runs to which the same articles came. Prints a table
of faults against outcomes and, as its last line, one JSON object; exits with 1 where anything was
lost or doubled, or where a fault did not end its run as that fault does: it did not befall it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from benchmarks.soak.faults import FAULTS, Site, none
from benchmarks.synthetic import write
from claims.model import Review, Verdict
from claims.store.database import Database
from claims.store.reviews import append
from flows import prefect_settings

_STRAY = "SELECT count(*) FROM {0} WHERE {1} NOT IN (SELECT {1} FROM {2})"
_TWICE = "SELECT count(*) - count(DISTINCT {1}) FROM {0}"


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """``folder`` as a file system of 96 MiB, where this user may mount one; whether it is."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96m", "claims-soak", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def jumping_clock(folder: Path) -> Path | None:
    """``clock.c`` as a library in ``folder``; nothing where there is no C compiler."""
    library = folder / "clock.so"
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    source = str(Path(__file__).with_name("clock.c"))
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), source], check=True)
    return library


def wrong(database: Database, expected: set[str], reviews: int) -> list[str]:
    """What is missing, doubled or torn, each in a few words; empty where all is well."""
    with database.reading() as connection:

        def value(sql: str) -> int:
            row = connection.execute(sql).fetchone()
            return int(row[0]) if row else 0

        stored = {text for (text,) in connection.execute("SELECT text FROM articles").fetchall()}
        found = [f"{len(expected - stored)} articles lost"] if expected - stored else []
        found += [f"{len(stored - expected)} articles too many"] if stored - expected else []
        for table, key in (
            ("articles", "article_id"),
            ("claims", "claim_id"),
            ("speakers", "speaker_id"),
            ("contradictions", "contradiction_id"),
            ("compared_articles", "article_id"),
        ):
            if twice := value(_TWICE.format(table, key)):
                found.append(f"{twice} {table} doubled")
        for table, key, of in (
            ("sentences", "article_id", "articles"),
            ("claims", "article_id", "articles"),
            ("claim_spans", "claim_id", "claims"),
            ("claim_terms", "claim_id", "claims"),
            ("contradiction_spans", "contradiction_id", "contradictions"),
            ("articles", "article_id", "sentences"),
            ("articles", "article_id", "compared_articles"),
        ):
            if stray := value(_STRAY.format(table, key, of)):
                found.append(f"{stray} of {table} without {of}")
        kept = value("SELECT count(*) FROM reviews")
        if kept != reviews:
            found.append(f"{kept} of {reviews} reviews")
        if running := value("SELECT count(*) FROM runs WHERE status = 'running'"):
            found.append(f"{running} runs never ended")
    return found


def rows(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """What two databases of the same articles have in common, however they were made."""
    queries = {
        "articles": "SELECT article_id, outlet, language, text FROM articles",
        "sentences": "FROM sentences",
        "claims": "SELECT claim_id, article_id, cue_text, content_text, pattern, stance, negated, "
        "voice_id FROM claims",
        "claim_spans": "FROM claim_spans",
        "claim_terms": "FROM claim_terms",
        "contradictions": "SELECT contradiction_id, kind FROM contradictions",
    }
    with database.reading() as connection:
        return {name: set(connection.execute(sql).fetchall()) for name, sql in queries.items()}


def texts(folder: Path) -> set[str]:
    """The articles that should be stored."""
    return {path.read_text(encoding="utf-8") for path in folder.glob("[0-9]*.txt")}


def review(database: Database) -> int:
    """Decide the first contradiction, if there is one; how many decisions there are then."""
    with database.reading() as connection:
        row = connection.execute("SELECT min(contradiction_id) FROM contradictions").fetchone()
    if row is None or row[0] is None:
        return 0
    decision = Review(
        contradiction_id=row[0],
        verdict=Verdict.CONTRADICTION,
        note="kept?",
        reviewer="soak",
        reviewed_at=datetime.now(UTC),
    )
    append(database.path, decision)
    return 1


def main() -> None:
    """Run the soak and print its table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--articles", type=int, default=6, help="that arrive before each run")
    parser.add_argument("--faults", nargs="+", choices=list(FAULTS), default=list(FAULTS))
    asked = parser.parse_args()
    prefect_settings.apply()  # before Prefect is imported
    from flows.server import whole_server

    begun = time.monotonic()
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    problems: list[str] = []
    work = Path(tempfile.mkdtemp(prefix="claims-soak-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, work, ignore_errors=True)
        os.environ["PREFECT_HOME"] = str(work / "prefect")
        mounted = stack.enter_context(small_disk(work / "disk"))
        config = work / "config"
        shutil.copytree(ROOT / "config", config)
        pipeline = config / "pipeline.yaml"
        text = pipeline.read_text(encoding="utf-8")
        text = text.replace("chunk_articles: 8 ", "chunk_articles: 2 ")
        pipeline.write_text(text.replace("wait: 20 ", "wait: 3 "), encoding="utf-8")
        server, _ = stack.enter_context(whole_server())
        clock = jumping_clock(work)
        site = Site(work / "news", config, work / "disk" / "claims.duckdb", server, clock)
        database = Database(site.database)
        articles, runs, reviews, rounds = 0, 0, 0, 0
        names = asked.faults
        while (time.monotonic() - begun) / 60 < asked.minutes or rounds < 1:
            name = names[rounds % len(names)]
            write(site.inputs, range(articles, articles + asked.articles), 2)
            articles += asked.articles
            status, said = FAULTS[name].befall(site)
            after, _ = none(site)
            runs, rounds = runs + 2, rounds + 1
            found = wrong(database, texts(site.inputs), reviews)
            if not FAULTS[name].befell(status, said):
                found.append(f"it should have ended with {FAULTS[name].status}, and in one line")
            if after != 0:
                found.append(f"the sound run after it ended with {after}")
            reviews = reviews or review(database)
            outcomes[name][f"exit {status}"] += 1
            outcomes[name]["wrong" if found else "whole after the next run"] += 1
            problems += [f"round {rounds}, {name}: {one}" for one in found]
            print(f"{rounds}. {name}: exit {status} {said[:150]} | {found or 'whole'}", flush=True)
        fresh = work / "fresh.duckdb"
        # What contradicts what depends on what was stored when it was compared, for words are rare
        # in a small database, and on what was decided: of two pairs that say the same a reviewed
        # one is shown. So these articles arrive as they did, and the same is decided.
        calm, decided = Site(work / "calm" / "news", config, fresh, server, None), 0
        for first in range(0, articles, asked.articles):
            write(calm.inputs, range(first, first + asked.articles), 2)
            none(calm)
            decided = decided or review(Database(fresh))
        one, other = rows(Database(fresh)), rows(database)
        for table, expected in one.items():
            if missing := len(expected ^ other[table]):
                problems.append(f"{missing} rows of {table} differ from undisturbed runs")
        _show(outcomes, mounted)
    figures = {
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "runs": runs,
        "articles": articles,
        "problems": problems,
        "faults": {name: dict(counts) for name, counts in outcomes.items()},
    }
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(1 if problems else 0)


def _show(outcomes: dict[str, Counter[str]], mounted: bool) -> None:
    table = Table("fault", "rounds", "the run ended with", "afterwards")
    for name, counts in outcomes.items():
        ended = ", ".join(f"{k} ×{v}" for k, v in sorted(counts.items()) if k.startswith("exit"))
        then = ", ".join(f"{k} ×{v}" for k, v in sorted(counts.items()) if "exit" not in k)
        total = sum(v for k, v in counts.items() if k.startswith("exit"))
        table.add_row(name, str(total), ended, then)
    Console(width=110).print(table)
    print("disk full: " + ("a file system of 96 MiB" if mounted else "RLIMIT_FSIZE (not root)"))


if __name__ == "__main__":
    main()
