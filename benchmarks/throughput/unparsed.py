"""What is lost when sentences that can hold no attribution are not parsed.

A sentence without a cue of the lexicon and without a quotation mark loses its heads and relations,
as if the parser had never read it. What then differs is counted: attributions, speakers, the
outlets' own statements (their negation), terms, and contradictions.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from claims.attribution.rules.lexicon import Lexicon, load_lexicons
from claims.attribution.rules.match_cues import find
from claims.config.settings import config_folder, load_pipeline
from claims.language.annotation import Annotator
from claims.model import Analysed, Article, Claim, Contradiction, Document, Sentence
from claims.pipeline.analyser import Analyser

MARKS = frozenset("\"'“”„‟«»‘’")


class Sparing(Annotator):
    """An annotator whose sentences are parsed only where they can hold an attribution."""

    lexicons: dict[str, Lexicon]
    words = 0
    spared = 0

    def annotate(self, articles: Sequence[Article]) -> tuple[Document, ...]:
        """As ``Annotator.annotate``."""
        return tuple(self._less(document) for document in super().annotate(articles))

    def _less(self, document: Document) -> Document:
        lexicon = self.lexicons[document.article.language]
        sentences = tuple(self._spared(each, lexicon) for each in document.sentences)
        return document.model_copy(update={"sentences": sentences})

    def _spared(self, sentence: Sentence, lexicon: Lexicon) -> Sentence:
        self.words += len(sentence.words)
        marked = any(not MARKS.isdisjoint(word.text) for word in sentence.words)
        if marked or find(sentence, lexicon):
            return sentence
        self.spared += len(sentence.words)
        flat = tuple(
            word.model_copy(update={"head": 0, "deprel": "dep"}) for word in sentence.words
        )
        return sentence.model_copy(update={"words": flat})


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
    sparing.lexicons = load_lexicons(folder, [language])
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
