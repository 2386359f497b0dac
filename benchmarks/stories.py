"""Whether articles about one event are put into one story, whatever the order they come in.

    python -m benchmarks.stories

For each set of ``../shared`` whose events are told a line of JSON:

- ``held_out``: B-cubed precision, recall and F1 of each half of the events by weights that were
  learned on the other (``training.stories``);
- ``as_shipped``: the same of all, through a database, by the weights in the package, which were
  learned on these very events;
- ``in_parts``: how well the stories agree (B-cubed F1) with those that the same articles form where
  they come in another order, in parts of some tens; and what the database recorded of merges and
  splits meanwhile;
- ``cpu_seconds_an_article``: of its vector and words, and of finding and forming stories.

Vectors are made once and kept below ``build/stories``.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from claims.config.settings import StorySettings
from claims.language.encoder.sentence_vectors import encode, packed
from claims.language.encoder.weights import cutter
from claims.model import Analysed, Article, Document
from claims.readers.articles import article_id, content_hash
from claims.store.articles import save
from claims.store.database import Database
from claims.store.stories import put_leads
from claims.stories.fingerprint import lead_fingerprint
from claims.stories.lead import READ, lead, rare_words
from claims.stories.update import update_stories
from training.stories.__main__ import ROOT, SHARED, held_out, load_sets
from training.stories.bcubed import BCubed, b_cubed
from training.stories.reports import Report, Reports

_PART = 40
"""Articles that come at a time, in the other order."""

_READ = 40
"""Articles that the cost of a lead is measured on."""

Leads = Mapping[str, tuple[bytes, Mapping[str, float]]]


def measure(
    shared: Annotated[Path, typer.Option(help="where the reports lie")] = SHARED,
    kept: Annotated[Path, typer.Option(help="where vectors are kept")] = ROOT / "build" / "stories",
) -> None:
    """Print how well stories fit events."""
    sets, politics, across = load_sets(shared, kept)
    halves = held_out(sets, politics, across)
    for one in sets:
        shown = {"set": one.name, "held_out": [line[one.name] for line in halves]}
        typer.echo(json.dumps({**shown, **through_databases(one)}, ensure_ascii=False))


def through_databases(reports: Reports) -> dict[str, object]:
    """The figures of a set that databases give."""
    events = {one.name: one.event or "" for one in reports.reports}
    articles = {one.name: _article(one) for one in reports.reports}
    leads = {
        articles[one.name].document.article.article_id: (vector, words)
        for one, vector, words in zip(
            reports.reports, packed(reports.vectors), reports.words, strict=True
        )
    }
    with tempfile.TemporaryDirectory(prefix="claims-stories-") as folder:
        whole = Database(Path(folder) / "whole.duckdb")
        forming = _add(whole, list(articles.values()), leads)
        at_once = _stories(whole)
        parts = Database(Path(folder) / "parts.duckdb")
        forming_in_parts = sum(_add(parts, part, leads) for part in _parts(list(articles.values())))
        in_parts = _stories(parts)
        with parts.reading() as connection:
            changes = connection.execute(
                "SELECT change, count(*) FROM story_changes GROUP BY change ORDER BY change"
            ).fetchall()
    return {
        "reports": len(events),
        "events": len(set(events.values())),
        "stories": len(set(at_once.values())),
        "as_shipped": _told(b_cubed(events, at_once)),
        "in_parts": {
            "agreement": round(b_cubed(at_once, in_parts).f1, 4),
            "f1": round(b_cubed(events, in_parts).f1, 4),
            **dict(changes),
        },
        "cpu_seconds_an_article": {
            "lead": round(_reading(reports), 4),
            "stories": round(forming / len(events), 4),
            "stories_in_parts": round(forming_in_parts / len(events), 4),
        },
    }


def _add(database: Database, articles: Sequence[Analysed], leads: Leads) -> float:
    """Store articles with their leads, which depend on nothing else, and put them into stories; the
    CPU seconds of the latter."""
    save(database, articles)
    ids = [one.document.article.article_id for one in articles]
    with database.writing() as connection:
        put_leads(connection, lead_fingerprint(), {one: leads[one] for one in ids})
    begun = time.process_time()
    update_stories(database, StorySettings())
    return time.process_time() - begun


def _reading(reports: Reports) -> float:
    """CPU seconds of the vector and the words of one article, in the mean of some."""
    texts = [one.text for one in reports.reports[:_READ]]
    encode(texts[:1])  # what is loaded is loaded
    begun = time.process_time()
    encode([lead(None, text) for text in texts])
    for text in texts:
        rare_words(lead(None, text, READ), cutter())
    return (time.process_time() - begun) / len(texts)


def _article(one: Report) -> Analysed:
    """A report as an article of which nothing is known but its text."""
    article = Article(
        article_id=article_id(one.name, one.text),
        outlet=one.name,
        path=one.name,
        language=one.language,
        content_hash=content_hash(one.text),
        text=one.text,
    )
    document = Document(article=article, sentences=())
    return Analysed(document=document, claims=(), terms={}, extractor="none")


def _parts(articles: Sequence[Analysed]) -> Iterator[Sequence[Analysed]]:
    shuffled = list(articles)
    random.Random(1).shuffle(shuffled)
    for at in range(0, len(shuffled), _PART):
        yield shuffled[at : at + _PART]


def _stories(database: Database) -> dict[str, str]:
    with database.reading() as connection:
        return dict(
            connection.execute(
                "SELECT path, story_id FROM story_articles INNER JOIN articles USING (article_id)"
            ).fetchall()
        )


def _told(found: BCubed) -> dict[str, float]:
    return {
        "precision": round(found.precision, 4),
        "recall": round(found.recall, 4),
        "f1": round(found.f1, 4),
    }


if __name__ == "__main__":
    typer.run(measure)
