"""Who speaks: `python -m benchmarks.speakers [--shared FOLDER] [--urdu SET …]`.

Measures speakers on Urdu attributions end to end, English pronouns and titles, pairs of names, and
how linking grows: through the store, as a run does it, and in memory without one. The gold lies
beside the project (`../shared`); what is not there is passed over and said. With `--urdu`
it is the first alone, on the sets that are named, such as `ur_train` and `ur_real_tune`. The last
line is one JSON object with all figures.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ANNOTATIONS, ROOT, SHARED
from benchmarks.speakers import names, scale, sources, store
from benchmarks.speakers.agreement import Agreement
from benchmarks.speakers.rows import rows as speaker_rows
from benchmarks.speakers.urdu import (
    ANNOTATED_PARTS,
    GOLD,
    PARTS,
    Agrees,
    Cited,
    annotated_stories,
    compared,
    figures,
    read_speakers,
)
from claims.attribution.reading import read_articles
from claims.attribution.rules.extract import extract
from claims.attribution.rules.lexicon import load_lexicons
from claims.config.settings import config_folder, load_pipeline
from claims.evaluation.evaluate import GoldArticle, read_gold
from claims.language.annotation import Annotator
from claims.language.encoder.weights import encoder_folder, reader
from claims.model import Analysed, Article, Claim, Document
from claims.pipeline.analyser import Analyser
from claims.readers.articles import content_hash
from claims.speakers.doubts import Doubts
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.link import link
from claims.speakers.mentions import load_mentions
from claims.speakers.transliteration import load_transliteration
from training.encoder.recipe import STORIES

ANNOTATED = ANNOTATIONS / "en_sources.jsonl"
NEAR = ANNOTATIONS / "near_names.yaml"
LATIN = ANNOTATIONS / "latin_names_ur.yaml"
PAIRS = ROOT / "tests" / "speakers" / "names.yaml"

_ENGLISH = 20  # articles that the rows of English speakers are counted on

Figures = dict[str, float | int]


class Bench:
    """The pipeline up to speakers, with the time that its steps take."""

    def __init__(self) -> None:
        config = config_folder()
        settings = load_pipeline(config)
        self.gazetteer = load_gazetteer(config, settings.languages)
        self.transliteration = load_transliteration(config)
        self._mentions = load_mentions(config, settings.languages)
        self.doubts = Doubts(self._mentions, self.gazetteer)
        self._lexicons = load_lexicons(config, settings.languages)
        self._settings = settings.attribution
        self._annotator = Annotator(settings.models)
        self._reader = reader(encoder_folder(settings.attribution.encoder))
        self.annotating = self.linking = 0.0
        self.words = self.claims = 0

    def documents(self, gold: Sequence[GoldArticle], language: str) -> list[Document]:
        """The articles, annotated; the first one is read twice, so that loading does not count."""
        articles = [_article(one, language) for one in gold]
        self._document(articles[0])
        started = time.process_time()
        documents = [self._document(each) for each in articles]
        self.annotating += time.process_time() - started
        self.words += sum(len(s.words) for one in documents for s in one.sentences)
        return documents

    def _document(self, article: Article) -> Document:
        """As the pipeline reads it: parsed where something is asked of the tree."""
        (text,), _ = read_articles(
            [article], self._annotator, self._lexicons, self._settings, self._reader
        )
        return text.document

    def found(self, document: Document) -> tuple[Claim, ...]:
        """Claims of what is extracted."""
        language = document.article.language
        attributions = extract(document, self._lexicons[language])
        return link(document, attributions, self.gazetteer, self._mentions[language])

    def given(self, document: Document, gold: GoldArticle) -> tuple[Claim, ...]:
        """Claims of the attributions that are annotated."""
        attributions = sources.gold_attributions(gold, document)
        mentions = self._mentions[document.article.language]
        started = time.process_time()
        claims = link(document, attributions, self.gazetteer, mentions)
        self.linking += time.process_time() - started
        self.claims += len(claims)
        return claims


def urdu(
    shared: Path, agrees: Agrees, analyser: Analyser, names: Sequence[str] = (*GOLD, *PARTS)
) -> Iterator[tuple[str, Figures, list[Analysed]]]:
    """The canonical speaker on Urdu attributions that the pipeline finds, for each gold set of
    ``names`` that is there, with what was read."""
    sets: list[tuple[str, Callable[[], Iterable[Cited]]]] = [
        (name, partial(read_speakers, path))
        for name in names
        if (path := shared / "gold" / f"{name}.jsonl").is_file()
    ]
    if STORIES.is_dir():
        parts = [
            name
            for name in names
            if name.startswith(ANNOTATED_PARTS) and (ANNOTATIONS / f"{name}.jsonl").is_file()
        ]
        sets += [(name, partial(annotated_stories, name)) for name in parts]
    for name, read in sets:
        gold = list(read())
        done = [analyser.analyse([_article(one, "ur")])[0] for one, _ in gold]
        claims = {each.document.article.path or "": each.claims for (each,) in done}
        yield name, figures(compared(gold, claims), agrees), [each for (each,) in done]


def english(bench: Bench, path: Path) -> dict[str, Figures]:
    """Pronoun and title sources: of annotated attributions, and of those found end to end."""
    annotated = sources.read_annotated(ANNOTATED)
    wanted = {one.article for one in annotated}
    gold = [one for one in read_gold(path) if one.article in wanted]
    documents = bench.documents(gold, "en")
    given: dict[str, tuple[Document, Sequence[Claim]]] = {}
    found: dict[str, tuple[Document, Sequence[Claim]]] = {}
    for article, document in zip(gold, documents, strict=True):
        given[article.article] = (document, bench.given(document, article))
        found[article.article] = (document, bench.found(document))
    answers = sources.answers(annotated, given)
    rows = {"all": sources.accuracy(answers)}
    for part in ("tune", "check"):
        rows[part] = sources.accuracy([o for o in answers if o.wanted.part == part])
    for form in ("pronoun", "title"):
        rows[form] = sources.accuracy([o for o in answers if o.wanted.form == form])
    rows["found"] = sources.accuracy(sources.answers(annotated, found))
    return rows


def _article(gold: GoldArticle, language: str) -> Article:
    digest = content_hash(gold.text)
    return Article(
        article_id=digest[:16],
        outlet="gold",
        path=gold.article,
        language=language,
        content_hash=digest,
        text=gold.text,
    )


def _turned(rows: Mapping[str, Figures]) -> dict[str, dict[str, float | int]]:
    """A table with a column for each row, which is narrower where rows are few."""
    columns = next(iter(rows.values()))
    return {column: {name: row[column] for name, row in rows.items()} for column in columns}


def _show(console: Console, title: str, rows: Mapping[str, Mapping[str, object]]) -> None:
    columns = list(next(iter(rows.values())))
    table = Table(title, *columns, title_justify="left")
    for name, row in rows.items():
        table.add_row(name, *(str(row[column]) for column in columns))
    console.print(table)


def main(arguments: list[str]) -> int:
    """Print the tables and one JSON line; status 1 where gold is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speakers")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="FOLDER")
    parser.add_argument("--urdu", nargs="+", metavar="SET", help="measure these sets alone")
    asked = parser.parse_args(arguments)
    shared = asked.shared
    console = Console()
    bench = Bench()
    table: dict[str, object] = {}

    judge = names.Judge(bench.transliteration)
    agreement = Agreement(bench.gazetteer, bench.transliteration)
    if asked.urdu:
        analyser = Analyser(config_folder(), load_pipeline(config_folder()))
        rows = {name: row for name, row, _ in urdu(shared, agreement.agrees, analyser, asked.urdu)}
        if rows:
            _show(console, "Urdu, end to end", _turned(rows))
        for name in (name for name in asked.urdu if name not in rows):
            console.print(f"{name}: not there; this figure needs it")
        print(json.dumps({"speakers": {"ur_sources": rows}}))
        return 0 if len(rows) == len(asked.urdu) else 1
    merged = {
        **names.measure(names.read_pairs(PAIRS), bench.gazetteer, judge),
        **names.near(NEAR, judge),
        **names.latin(LATIN, bench.gazetteer, agreement),
    }
    _show(console, "names", {key: {"value": value} for key, value in merged.items()})
    table["names"] = merged

    analyser = Analyser(config_folder(), load_pipeline(config_folder()))
    found_urdu = list(urdu(shared, agreement.agrees, analyser))
    table["ur_sources"] = rows = {name: row for name, row, _ in found_urdu}
    if rows:
        _show(console, "Urdu, end to end", _turned(rows))
    read = {"ur": [one for _, _, each in found_urdu for one in each]}
    path = shared / "gold" / "en_dev.jsonl"
    if path.is_file():
        table["en_sources"] = rows = english(bench, path)
        _show(console, "English pronouns and titles", rows)
    else:
        console.print(f"{path}: not there; the figures of English sources need it")
    if path.is_file():
        first = [_article(one, "en") for one in read_gold(path)[:_ENGLISH]]
        read["en"] = [one for each in first for one in analyser.analyse([each])[0]]
    counted = {
        language: speaker_rows(each, bench.transliteration, bench.doubts)
        for language, each in read.items()
        if each
    }
    if counted:
        _show(console, "rows of speakers", counted)
    table["rows"] = counted
    missing = not path.is_file() or not table["ur_sources"]

    stored = store.grow(bench.transliteration)
    _show(
        console,
        f"through the store, {store.ARTICLES_A_WRITE} articles a write (CPU seconds)",
        {f"{int(row['speakers']):,}": row for row in stored},
    )
    columns: tuple[str, ...] = ("seconds", "storing", "linking")
    growth = {column: scale.exponent(stored, column) for column in columns}
    _show(console, "through the store, grows as n to the", growth)
    table["stored"] = {"rows": stored, "growth": growth}

    found = scale.grow(bench.transliteration)
    _show(
        console,
        "finding names in memory (CPU seconds)",
        {f"{int(row['speakers']):,}": row for row in found},
    )
    columns = (*scale.TIMES, "compared")
    growth = {column: scale.exponent(found, column) for column in columns}
    _show(console, "finding names in memory, grows as n to the", growth)
    table["scale"] = {"rows": found, "growth": growth}
    if bench.claims:
        largest = next(row for row in found if row["speakers"] == scale.LARGEST)
        table["stanza"] = row = _beside_stanza(bench, largest, stored[-1])
        _show(console, "beside Stanza", {key: {"value": value} for key, value in row.items()})
    print(json.dumps({"speakers": table}))
    return 1 if missing else 0


def _beside_stanza(
    bench: Bench, largest: Mapping[str, float], stored: Mapping[str, float]
) -> Figures:
    """What linking takes of the time that Stanza takes on the same articles.

    ``within_articles`` is for resolving sources inside the annotated English articles;
    ``across_articles`` for linking 100,000 mentions to 20,000 speakers, beside Stanza's time for
    articles with as many attributions at the rate measured here. ``through_the_store`` is for the
    same with reading and writing the database: what speakers add to storing the claims.
    """
    rate = bench.words / bench.annotating
    words_a_mention = bench.words / bench.claims
    stanza = largest["mentions"] * words_a_mention / rate
    return {
        "stanza_words_per_cpu_second": round(rate),
        "words_per_attribution": round(words_a_mention, 1),
        "stanza_seconds_for_100000_mentions": round(stanza),
        "within_articles": round(bench.linking / bench.annotating, 4),
        "across_articles": round(largest["seconds"] / stanza, 4),
        "across_articles_all_by_sound": round(largest["by_sound"] / stanza, 4),
        "through_the_store": round(stored["linking"] / stanza, 4),
        "both": round(bench.linking / bench.annotating + stored["linking"] / stanza, 4),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
