"""How well names are found: `python -m benchmarks.entities [--model FOLDER]`.

Exact spans with their type (person, organisation, place) on 200 sentences of each language that a
reader annotated (`annotations/entities_*.jsonl`: places and labels, no text). The texts lie beside
the project: `../shared/gold/en_dev.jsonl` and `../shared/fake-real-pairs/Real`; what is missing is
named. `--model` is a folder with an English `ner.pt` (see `training/entities.py`) to measure beside
the rules. The last line is one JSON object with all figures.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import ANNOTATIONS, SHARED
from benchmarks.models.scores import as_article
from claims.config.settings import ModelSettings, config_folder
from claims.errors import InputError
from claims.language.annotation import Annotator
from claims.language.entities import Entities, Entity, EntityKind, StanzaEntities
from claims.model import Document, Span
from claims.speakers.entities import JoinedEntities, KnownEntities, RuleEntities, load_hints
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.mentions import load_mentions

LANGUAGES = ("en", "ur")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with the sentences that were annotated, and the names in them."""

    language: str
    name: str
    text: str
    sentences: tuple[Span, ...]
    names: frozenset[tuple[int, int, str]]


def texts(language: str) -> Mapping[str, str]:
    """The texts that a language's annotations are about, by name; empty where they are absent."""
    gold, stories = SHARED / "gold" / "en_dev.jsonl", SHARED / "fake-real-pairs" / "Real"
    if language == "en" and gold.is_file():
        rows = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
        return {row["article"]: row["text"] for row in rows}
    if language == "ur" and stories.is_dir():
        return {path.name: path.read_text(encoding="utf-8") for path in stories.glob("*.txt")}
    return {}


def annotated(language: str) -> Iterator[Reading]:
    """The annotated articles of a language, those whose text is there.

    Raises InputError where a text is not the one that was annotated.
    """
    found = texts(language)
    lines = (ANNOTATIONS / f"entities_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines if found else []):
        name = row.get("article") or row["story"]
        text = found.get(name, "")
        if sha256(text.encode("utf-8")).hexdigest() != row["sha256"]:
            raise InputError(f"{name}: not the text that was annotated")
        yield Reading(
            language,
            name,
            text,
            tuple(Span(start=s, end=e) for s, e in (one["span"] for one in row["sentences"])),
            frozenset(
                (start, end, kind)
                for one in row["sentences"]
                for start, end, kind in one["entities"]
            ),
        )


def inside(entities: list[Entity], sentences: tuple[Span, ...]) -> set[tuple[int, int, str]]:
    """The names that lie in the annotated sentences."""
    return {
        (entity.span.start, entity.span.end, entity.kind.value)
        for entity in entities
        if any(s.start <= entity.span.start and entity.span.end <= s.end for s in sentences)
    }


def measure(articles: list[Reading], documents: list[Document], finder: Entities) -> dict[str, Any]:
    """Precision, recall and F1 of each type and of all, in percent; words per CPU second."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    words = 0
    started = time.process_time()
    for article, document in zip(articles, documents, strict=True):
        own = inside(finder.entities(document), article.sentences)
        words += sum(len(sentence.words) for sentence in document.sentences)
        for kind in EntityKind:
            mine, gold = (
                {name for name in names if name[2] == kind} for names in (own, article.names)
            )
            right[kind] += len(mine & gold)
            found[kind] += len(mine)
            wanted[kind] += len(gold)
    seconds = time.process_time() - started
    for counts in (right, found, wanted):
        counts["all"] = sum(counts[kind] for kind in EntityKind)
    rows: dict[str, Any] = {}
    for name in (*(kind.value for kind in EntityKind), "all"):
        p = right[name] / found[name] if found[name] else 0.0
        r = right[name] / wanted[name] if wanted[name] else 0.0
        rows[name] = {
            "n": wanted[name],
            "p": round(100 * p, 1),
            "r": round(100 * r, 1),
            "f1": round(200 * p * r / (p + r), 1) if p + r else 0.0,
        }
    return rows | {"words_per_cpu_second": round(words / seconds) if seconds else 0}


def finders(model: Path | None, language: str) -> Iterator[tuple[str, Entities]]:
    """What is measured for a language, with its name."""
    config = config_folder()
    gazetteer = load_gazetteer(config, LANGUAGES)
    yield "rules", RuleEntities(gazetteer, load_mentions(config, LANGUAGES), load_hints(config))
    if model is not None and language == "en":
        yield "stanza", StanzaEntities(model)
        known = KnownEntities(gazetteer)
        yield "stanza and gazetteer", JoinedEntities(StanzaEntities(model), known)


def main(
    model: Annotated[Path | None, typer.Option(help="a folder with ner.pt and pretrain.pt")] = None,
) -> None:
    """Print a table and one JSON line; status 1 where texts are missing."""
    console = Console()
    table = Table("language", "found by", "type", "names", "P", "R", "F1", "words / CPU s")
    out: list[dict[str, Any]] = []
    missing = False
    for language in LANGUAGES:
        articles = list(annotated(language))
        if not articles:
            console.print(f"{language}: the texts are not in {SHARED}; this figure needs them")
            missing = True
            continue
        annotator = Annotator(ModelSettings())
        documents = [
            annotator.annotate([as_article(article.text, language)])[0] for article in articles
        ]
        for name, finder in finders(model, language):
            finder.entities(documents[0])  # loads a model
            figures = measure(articles, documents, finder)
            out.append({"language": language, "finder": name, **figures})
            speed = figures.pop("words_per_cpu_second")
            for kind, row in figures.items():
                cells = (str(row["n"]), *(f"{row[key]:.1f}" for key in ("p", "r", "f1")))
                table.add_row(language, name, kind, *cells, str(speed) if kind == "all" else "")
    console.print(table)
    print(json.dumps({"entities": out}))
    if missing:
        sys.exit(1)


if __name__ == "__main__":
    typer.run(main)
