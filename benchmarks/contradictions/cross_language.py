"""What sentence vectors buy between languages.

`tests/contradictions/cross_language.yaml` has Urdu and English sentences that conflict, and as many
that do not: the same in the other language, or another event of the same sort. Each sentence
becomes an article of the same day. Printed is how many of each are found to contradict each other,
with and without sentence vectors, and how many pairs of sentences that do not belong together are.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from claims.config.settings import config_folder, load_pipeline
from claims.config.yaml_file import Checked, load
from claims.contradictions.candidates import candidate_ids
from claims.contradictions.find import find
from claims.contradictions.vectors import make_vectors, neighbours
from claims.model import Article, Contradiction
from claims.pipeline.analyser import Analyser
from claims.store.articles import save
from claims.store.database import Database

_FILE = ROOT / "tests" / "contradictions" / "cross_language.yaml"
_DAY = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Pair(Checked):
    """An Urdu and an English sentence. ``kind`` is that of the conflict; for those without one
    ``same`` (one says what the other says) or ``other`` (another event)."""

    kind: str
    ur: str
    en: str


class Pairs(Checked):
    """``tests/contradictions/cross_language.yaml``."""

    conflicting: tuple[Pair, ...]
    similar: tuple[Pair, ...]


def stored(database: Database) -> dict[str, Pair]:
    """Store every sentence as an article; article identifier to the pair that it is of."""
    pairs = load(_FILE, Pairs)
    settings = load_pipeline(config_folder())
    belongs: dict[str, Pair] = {}
    articles: list[Article] = []
    for pair in (*pairs.conflicting, *pairs.similar):
        for language, text in (("ur", pair.ur), ("en", pair.en)):
            name = hashlib.sha256(text.encode()).hexdigest()[:16]
            belongs[name] = pair
            articles.append(
                Article(
                    article_id=name,
                    outlet=f"{language} outlet",
                    language=language,
                    published_at=_DAY,
                    content_hash=name,
                    text=text,
                )
            )
    analysed, failures = Analyser(config_folder(), settings).analyse(articles)
    if failures:
        raise SystemExit(failures[0].reason)
    save(database, analysed)
    return belongs


def measure(console: Console, every: bool = False) -> dict[str, object]:
    """Print and give the figures."""
    settings = load_pipeline(config_folder()).contradictions
    without = settings.model_copy(update={"across_languages": False})
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "across.duckdb")
        belongs = stored(database)
        with database.reading() as connection:
            articles = dict(
                connection.execute("SELECT claim_id, article_id FROM claims").fetchall()
            )
            pairs = set(candidate_ids(connection, without, None))
            lexical = {_met(belongs, articles, *pair) for pair in pairs}
            before = find(connection, without, None)
        started = time.process_time()
        made = make_vectors(database, settings, list(belongs))
        seconds = time.process_time() - started
        with database.reading() as connection:
            near = [pair for *pair, _ in neighbours(connection, settings, None)]
            after = find(connection, settings, None)
        met = lexical | {_met(belongs, articles, *pair) for pair in near}
    table = Table("", "pairs", "candidates", "flagged", "candidates, vectors", "flagged, vectors")
    kinds = Counter(pair.kind for pair in belongs.values())
    told = _flagged(belongs, articles, before), _flagged(belongs, articles, after)
    rows: list[tuple[str, tuple[str, ...]]] = [(kind, (kind,)) for kind in kinds]
    rows += [("conflicting", tuple(k for k in kinds if k not in ("same", "other")))]
    rows += [("not conflicting", ("same", "other"))]
    for name, chosen in rows:
        counts = [
            sum(kinds[kind] for kind in chosen) // 2,
            *(
                sum(pair is not None and pair.kind in chosen for pair in found)
                for found in (lexical, set(told[0]), met, set(told[1]))
            ),
        ]
        table.add_row(name, *map(str, counts))
        keys = ("pairs", "candidates", "flagged", "candidates_with", "flagged_with")
        figures[name] = dict(zip(keys, counts, strict=True))
    console.print(table)
    strangers = [sum(pair is None for pair in found) for found in told]
    console.print(
        f"Of sentences that do not belong together, flagged: {strangers[0]} without vectors, "
        f"{strangers[1]} with. {made} vectors took {seconds / max(1, made) * 1000:.0f} ms of "
        "processor time each."
    )
    figures |= {"strangers": strangers[0], "strangers_with": strangers[1], "vectors": made}
    if every:
        _print(console, belongs, articles, after)
    return figures


def _met(belongs: dict[str, Pair], articles: dict[str, str], one: str, other: str) -> Pair | None:
    """The pair that two claims are of, if they belong together."""
    left, right = articles[one], articles[other]
    return belongs[left] if left != right and belongs[left] is belongs[right] else None


def _flagged(
    belongs: dict[str, Pair], articles: dict[str, str], found: list[Contradiction]
) -> list[Pair | None]:
    return [_met(belongs, articles, one.left_claim_id, one.right_claim_id) for one in found]


def _print(
    console: Console,
    belongs: dict[str, Pair],
    articles: dict[str, str],
    found: list[Contradiction],
) -> None:
    for one in found:
        pair = _met(belongs, articles, one.left_claim_id, one.right_claim_id)
        console.print(f"{one.score:.2f} {one.kind} {pair.kind if pair else 'STRANGERS'}")
        console.print(f"  {one.explanation}")
    told = {id(pair) for pair in _flagged(belongs, articles, found)}
    for pair in {id(pair): pair for pair in belongs.values()}.values():
        if id(pair) not in told and pair.kind not in ("same", "other"):
            console.print(f"missed {pair.kind}: {pair.ur} | {pair.en}")
