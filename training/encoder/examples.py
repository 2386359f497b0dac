"""Articles with attributions, and sentences with entities, as numbered pieces with labels."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claims.language.encoder.network import CONTENT, CUE, ENTITY_TAGS, SOURCE
from claims.language.encoder.reading import OVERLAP, WINDOW
from claims.scoring.gold import GoldArticle

PIECES = Callable[[str], tuple[list[int], list[tuple[int, int]]]]
LONGEST = WINDOW
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass
class Relation:
    """One attribution: the first and last piece of its cue, and a role for each piece."""

    first: int
    last: int
    roles: dict[int, int]


@dataclass
class Example:
    """A stretch of text: its pieces, their places and what is attributed in it."""

    numbers: list[int]
    places: list[tuple[int, int]]
    relations: list[Relation] = field(default_factory=list)
    entities: list[int] | None = None
    article: int = 0
    punctuation: frozenset[int] = frozenset()


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each line that has something on it."""
    for match in PARAGRAPH.finditer(text):
        if match[0].strip():
            yield match.span()


def touched(places: list[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Numbers of the pieces that spans touch."""
    return [
        i for i, (a, b) in enumerate(places) if any(a < end and start < b for start, end in spans)
    ]


def read_attributions(gold: Sequence[GoldArticle], pieces: PIECES) -> list[list[Example]]:
    """The paragraphs of each annotated article."""
    articles = []
    for number, row in enumerate(gold):
        found = []
        for start, end in paragraphs(row.text):
            numbers, places = pieces(row.text[start:end])
            if not numbers:
                continue
            marks = frozenset(
                i
                for i, (a, b) in enumerate(places)
                if not re.search(r"\w", row.text[start + a : start + b])
            )
            places = [(a + start, b + start) for a, b in places]
            example = Example(numbers, places, article=number, punctuation=marks)
            for one in row.attributions:
                cue = touched(places, one.pieces("cue"))
                if not cue:
                    continue
                roles = dict.fromkeys(touched(places, one.pieces("source")), SOURCE)
                roles |= dict.fromkeys(touched(places, one.pieces("content")), CONTENT)
                roles |= dict.fromkeys(cue, CUE)
                example.relations.append(Relation(cue[0], cue[-1], roles))
            found.append(example)
        articles.append(found)
    return articles


def read_entities(path: Path, pieces: PIECES) -> list[Example]:
    """Sentences of a two-column file: a word, its tag; an empty line between sentences."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        if not rows:
            continue
        text, starts = "", []
        for word, _tag in rows:
            starts.append(len(text))
            text += word + " "
        numbers, places = pieces(text)
        tags, at, before = [], 0, -1
        for a, _b in places:
            while at + 1 < len(starts) and starts[at + 1] <= a:
                at += 1
            tag = rows[at][1]
            if tag.startswith("B-") and at == before:
                tag = "I-" + tag[2:]
            tags.append(ENTITY_TAGS.index(tag))
            before = at
        found.append(Example(numbers[:LONGEST], places[:LONGEST], entities=tags[:LONGEST]))
    return found


def join(examples: list[Example]) -> Example:
    """Paragraphs that follow each other, as one stretch of text."""
    made = Example([], [], article=examples[0].article)
    marks: set[int] = set()
    for example in examples:
        shift = len(made.numbers)
        made.numbers += example.numbers
        made.places += example.places
        marks |= {i + shift for i in example.punctuation}
        for r in example.relations:
            made.relations.append(
                Relation(
                    r.first + shift, r.last + shift, {i + shift: k for i, k in r.roles.items()}
                )
            )
    made.punctuation = frozenset(marks)
    return made


def without_punctuation(example: Example) -> Example:
    """The same with no marks of punctuation, as some news sites have it."""
    kept = [i for i in range(len(example.numbers)) if i not in example.punctuation]
    new = {old: i for i, old in enumerate(kept)}
    made = Example(
        [example.numbers[i] for i in kept],
        [example.places[i] for i in kept],
        article=example.article,
    )
    for r in example.relations:
        cue = [new[i] for i in range(r.first, r.last + 1) if i in new]
        if cue:
            roles = {new[i]: k for i, k in r.roles.items() if i in new}
            made.relations.append(Relation(cue[0], cue[-1], roles))
    return made


def epoch(
    articles: list[list[Example]], rng: random.Random, joined: float, bare: float
) -> list[Example]:
    """All paragraphs once; a share of them joined to their neighbours, or without punctuation."""
    found: list[Example] = []
    for article in articles:
        at = 0
        while at < len(article):
            take = [article[at]]
            at += 1
            if rng.random() < joined:
                room = rng.choice((120, 200, LONGEST))
                while (
                    at < len(article)
                    and sum(len(e.numbers) for e in take) + len(article[at].numbers) <= room
                ):
                    take.append(article[at])
                    at += 1
            example = join(take) if len(take) > 1 else take[0]
            if rng.random() < bare:
                example = without_punctuation(example)
            if example.numbers:
                found += windows(example)
    return found


def windows(example: Example) -> Iterator[Example]:
    """A stretch that is too long, as overlapping ones; what crosses their ends is cut off."""
    start = 0
    while True:
        end = start + LONGEST
        made = Example(
            example.numbers[start:end], example.places[start:end], article=example.article
        )
        for r in example.relations:
            if start <= r.first and r.last < end:
                roles = {i - start: k for i, k in r.roles.items() if start <= i < end}
                made.relations.append(Relation(r.first - start, r.last - start, roles))
        yield made
        if end >= len(example.numbers):
            return
        start += LONGEST - OVERLAP


def batches(examples: list[Example], rng: random.Random, size: int) -> list[list[Example]]:
    """Examples of like length together, `size` pieces with the padding, in random order."""
    order = sorted(examples, key=lambda e: len(e.numbers) + rng.random() * 6)
    made: list[list[Example]] = []
    now: list[Example] = []
    for example in order:
        if now and (len(example.numbers) + 2) * (len(now) + 1) > size:
            made.append(now)
            now = []
        now.append(example)
    if now:
        made.append(now)
    rng.shuffle(made)
    return made
