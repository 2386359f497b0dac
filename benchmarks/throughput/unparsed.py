"""What is lost because a parser reads only the sentences in which something is asked of it.

The same articles are read as the pipeline reads them and with every sentence parsed. What then
differs is counted: attributions, speakers, the outlets' own statements (their negation), terms, and
contradictions.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from claims.config.settings import config_folder, load_pipeline
from claims.language.annotation import Annotator, Wanted
from claims.model import Analysed, Article, Claim, Contradiction, Document
from claims.pipeline.analyser import Analyser


class Sparing(Annotator):
    """An annotator that counts the words of sentences that are not parsed."""

    words = 0
    spared = 0

    def annotate(
        self, articles: Sequence[Article], wanted: Wanted | None = None
    ) -> tuple[Document, ...]:
        """As ``Annotator.annotate``."""
        documents = super().annotate(articles, wanted)
        for sentence in (each for document in documents for each in document.sentences):
            self.words += len(sentence.words)
            if not sentence.parsed:
                self.spared += len(sentence.words)
        return documents


class Whole(Annotator):
    """An annotator whose parser reads every sentence."""

    def annotate(
        self, articles: Sequence[Article], wanted: Wanted | None = None
    ) -> tuple[Document, ...]:
        """As ``Annotator.annotate`` without ``wanted``."""
        return super().annotate(articles)


def measure(language: str, given: Sequence[str]) -> dict[str, int | float | str]:
    """How much would be spared in ``given``, and how many of each thing differ."""
    folder = config_folder()
    settings = load_pipeline(folder)
    articles = [
        Article(
            article_id=f"{number:016x}",
            outlet=f"outlet {number % 2}",
            language=language,
            content_hash=str(number),
            text=text,
        )
        for number, text in enumerate(given)
    ]
    whole, less = Analyser(folder, settings), Analyser(folder, settings)
    sparing = less._annotator = Sparing(settings.models)
    whole._annotator = Whole(settings.models)
    kept, lost = _read(whole, articles), _read(less, articles)
    pairs, fewer = _pairs(kept), _pairs(lost)
    before, after = _claims(kept), _claims(lost)
    common = before.keys() & after.keys()
    own, others = _statements(kept), _statements(lost)
    return {
        "language": language,
        "articles": len(articles),
        "words spared": round(sparing.spared / sparing.words, 3),
        "claims": len(before),
        "claims that differ": len(before.keys() ^ after.keys()),
        "speakers that differ": sum(before[c].speaker != after[c].speaker for c in common),
        "statements": len(own),
        "negations that differ": sum(
            own[s].attribution.negated != others[s].attribution.negated
            for s in own.keys() & others.keys()
        ),
        "terms that differ": sum(
            one.terms.get(name) != other.terms.get(name)
            for one, other in zip(kept, lost, strict=True)
            for name in one.terms.keys() & other.terms.keys()
        ),
        "contradictions": len(pairs),
        "lost": len(pairs - fewer),
        "added": len(fewer - pairs),
    }


def _read(analyser: Analyser, articles: Sequence[Article]) -> list[Analysed]:
    analysed, failed = analyser.analyse(articles)
    assert not failed, failed
    return analysed


def _claims(analysed: Sequence[Analysed]) -> dict[str, Claim]:
    return {claim.claim_id: claim for one in analysed for claim in one.claims}


def _statements(analysed: Sequence[Analysed]) -> dict[str, Claim]:
    return {claim.claim_id: claim for one in analysed for claim in one.statements}


def _pairs(analysed: Sequence[Analysed]) -> set[tuple[str, str]]:
    """The claims that contradict each other, by way of a database."""
    from claims.contradictions.find import find as contradictions
    from claims.pipeline.run import RunContext
    from claims.store.articles import save

    with tempfile.TemporaryDirectory(prefix="claims-unparsed-") as name:
        work = RunContext([], str(ROOT / "config"), str(Path(name) / "claims.duckdb"))
        save(work.database, analysed, work.links)
        with work.database.reading() as connection:
            found: list[Contradiction] = contradictions(
                connection, work.settings.contradictions, work.pending(), work.judge()
            )
    return {(each.left_claim_id, each.right_claim_id) for each in found}


def show(given: Mapping[str, Sequence[str]], console: Console) -> None:
    """Measure the articles of each language and print the table and one JSON line."""
    rows = [measure(language, articles) for language, articles in given.items()]
    table = Table("")
    for row in rows:
        table.add_column(str(row["language"]), justify="right")
    for key in list(rows[0])[1:]:
        table.add_row(key, *(str(row[key]) for row in rows))
    console.print(table)
    print(json.dumps(rows))
