"""How long the server takes for the review page over a large database.

    python -m benchmarks.review [CLAIMS] [PAIRS]

The database is made up: 5,000 articles in two languages, 100,000 claims, each with a vector, 20,000
pairs, 2,000 of them decided. Searches are asked with one thread. Times of pages are those from a
request to its whole answer within the server's process, the first of each page without anything
warmed up but the imports.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from starlette.testclient import TestClient

from claims.config.settings import config_folder
from claims.language.encoder.sentence_vectors import encoder_name
from claims.model import Stance
from claims.review.app import create_app
from claims.search.claim_query import ClaimQuery
from claims.search.index import index_claims
from claims.search.search import search
from claims.store import reviews
from claims.store.database import Database

ARTICLES, CLAIMS, PAIRS, DECISIONS = 5_000, 100_000, 20_000, 2_000
REPEATS = 7
SQL = Path(__file__).with_name("review.sql")


def build(path: Path, claims: int, pairs: int) -> Database:
    """A database with made-up articles, claims and pairs; some of the pairs decided."""
    database = Database(path)
    sizes = {
        "articles": ARTICLES,
        "claims": claims,
        "pairs": pairs,
        "encoder": encoder_name(),
    }
    with database.writing() as connection:
        for statement in connection.extract_statements(SQL.read_text(encoding="utf-8")):
            wanted = {name: sizes[name] for name in statement.named_parameters}
            connection.execute(statement, wanted)
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO reviews SELECT contradiction_id, 'compatible', '', 'Ayesha', $now "
            "FROM contradictions ORDER BY contradiction_id LIMIT $most",
            {"now": datetime.now(UTC).replace(tzinfo=None), "most": DECISIONS},
        )
        decided = connection.execute("SELECT * FROM reviews").fetchall()
    keep(path, decided)
    start = time.perf_counter()
    index_claims(database, config_folder())
    print(f"words of {claims:,} claims indexed in {time.perf_counter() - start:.0f} s")
    return database


def keep(path: Path, decided: list[tuple[object, ...]]) -> None:
    """The same decisions in the file beside the database, as reviewing leaves them."""
    import sqlite3

    with sqlite3.connect(reviews.reviews_path(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            "CREATE TABLE reviews (contradiction_id TEXT NOT NULL, verdict TEXT NOT NULL, "
            "note TEXT NOT NULL, reviewer TEXT NOT NULL, reviewed_at TEXT NOT NULL)"
        )
        connection.executemany(
            "INSERT INTO reviews VALUES (?, ?, ?, ?, ?)",
            [(*one[:4], one[4].replace(tzinfo=UTC).isoformat()) for one in decided],  # type: ignore[attr-defined]
        )
    connection.close()


def measure(client: TestClient, address: str) -> dict[str, int]:
    """Milliseconds for a page: the first time, the median of those after it, and the median of what
    the processor spent on it, which other work on the machine does not change."""
    times, spent = [], []
    for _ in range(REPEATS + 1):
        start, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times.append((time.perf_counter() - start) * 1000)
        spent.append((time.process_time() - worked) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    return {
        "first_ms": round(times[0]),
        "median_ms": round(statistics.median(times[1:])),
        "cpu_ms": round(statistics.median(spent[1:])),
    }


def measure_search(database: Database, query: ClaimQuery) -> dict[str, int]:
    """How many claims a search finds and the median of its milliseconds, DuckDB with one thread."""
    times, spent = [], []
    single = Database(database.path)
    single.settings = {"threads": 1}
    with single.reading() as connection:
        for _ in range(REPEATS):
            start, worked = time.perf_counter(), time.process_time()
            found = search(connection, query)
            times.append((time.perf_counter() - start) * 1000)
            spent.append((time.process_time() - worked) * 1000)
    median, cpu = statistics.median(times), statistics.median(spent)
    return {"found": found.total, "median_ms": round(median), "cpu_ms": round(cpu)}


def main(claims: int = CLAIMS, pairs: int = PAIRS) -> None:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        database = build(Path(folder) / "claims.duckdb", claims, pairs)
        with database.reading() as connection:
            row = connection.execute(
                "SELECT min(contradiction_id), min(claims.article_id), any_value(speaker_id), "
                "min(sentences.text) FROM contradictions, claims, sentences "
                "WHERE claims.claim_id = left_claim_id "
                "AND sentences.article_id = claims.article_id "
                "AND sentences.sentence_index = claims.sentence_index"
            ).fetchone()
        assert row is not None
        pages = {
            "claims": "/claims?text=dam&speaker=گواہ 12",
            "claims by meaning": "/claims/near?text=a flood",
            "first page": "/",
            "tenth page": "/?page=10",
            "speaker in Urdu": "/?speaker=گواہ 12",
            "text in Urdu": "/?text=ڈیم نمبر 99",
            "stance and dates": "/?stance=deny&since=2024-03-01&until=2024-04-01",
            "a pair": f"/pair/{row[0]}",
            "an article": f"/article/{row[1]}",
            "a speaker": f"/speaker/{row[2]}",
            "who disputes whom": "/disputes",
            "progress": "/progress",
            "SQL": "/sql",
        }
        queries = {
            "everything": ClaimQuery(),
            "a word of half of all": ClaimQuery(text="water", meaning=False),
            "four words of half": ClaimQuery(text="wednesday witness water dam", meaning=False),
            "a word of one claim": ClaimQuery(text=row[3].split()[-3], meaning=False),
            "a word of none": ClaimQuery(text="zebra", meaning=False),
            "a phrase, stance, month": ClaimQuery(
                text='"water of the dam"', stance=Stance.DENY, since=date(2024, 3, 1)
            ),
            "speaker in Urdu": ClaimQuery(text="dam", speaker="گواہ 12"),
            "disputed": ClaimQuery(text="water", disputed=True),
        }
        print(f"{'search, one thread':26}{'found':>10}{'ms':>8}{'CPU, ms':>9}")
        searched = {name: measure_search(database, query) for name, query in queries.items()}
        for name, one in searched.items():
            print(f"{name:26}" + f"{one['found']:10,}{one['median_ms']:8}{one['cpu_ms']:9}")
        app = create_app(database, reviewer="Ayesha")
        figures = {}
        print(f"{claims:,} claims, {pairs:,} pairs, {DECISIONS:,} decisions")
        print(f"{'page':20}{'first, ms':>12}{'median, ms':>12}{'CPU, ms':>12}")
        with TestClient(app, base_url="http://127.0.0.1:8765") as client:
            for name, address in pages.items():
                figures[name] = measure(client, address)
                print(f"{name:20}" + "".join(f"{one:12}" for one in figures[name].values()))
    told = {"claims": claims, "pairs": pairs, "searches": searched, "pages": figures}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
