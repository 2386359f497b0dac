"""How the time for linking speakers through the store grows with how many there are."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.speakers.scale import MENTIONS, made_names, spelled
from claims.model import (
    Analysed,
    Article,
    Attribution,
    Claim,
    Document,
    Pattern,
    Quotation,
    Sentence,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
)
from claims.readers.articles import content_hash
from claims.speakers.names import speaker_id
from claims.speakers.transliteration import Transliteration
from claims.store.articles import save
from claims.store.database import Database
from claims.store.speaker_links import StoredLinks

STORED = (1_250, 5_000, 20_000)
ARTICLES_A_WRITE = 50
CLAIMS_AN_ARTICLE = 5
_SEED = 11


def through_store(
    size: int, transliteration: Transliteration, *, linking: bool = True
) -> dict[str, float]:
    """CPU seconds for storing 5 ``size`` claims of ``size`` speakers, 50 articles a write.

    ``linking`` False stores the same claims of nobody: what the database itself takes.
    """
    links = StoredLinks(transliteration)
    seconds = 0.0
    with tempfile.TemporaryDirectory(prefix="claims-speakers-") as folder:
        database = Database(Path(folder) / "claims.duckdb")
        for batch in batches(size, linking=linking):
            started = time.process_time()
            save(database, batch, links)
            seconds += time.process_time() - started
        with database.reading() as connection:
            found = connection.execute(
                "SELECT (SELECT count(*) FROM voices), (SELECT count(*) FROM speaker_links)"
            ).fetchone()
    voices, links = found or (0, 0)
    return {
        "speakers": size,
        "mentions": MENTIONS * size,
        "voices": voices,
        "links": links,
        "seconds": round(seconds, 2),
    }


def grow(transliteration: Transliteration) -> list[dict[str, float]]:
    """CPU seconds for storing 5 n claims of n speakers, for several n.

    ``storing`` is for the same claims of nobody, ``linking`` what the speakers add to that.
    """
    rows = []
    for size in STORED:
        row = through_store(size, transliteration)
        storing = through_store(size, transliteration, linking=False)["seconds"]
        rows.append({**row, "storing": storing, "linking": round(row["seconds"] - storing, 2)})
    return rows


def batches(size: int, *, linking: bool = True) -> Iterator[list[Analysed]]:
    """The articles of each write: five claims an article, drawn from ``size`` speakers."""
    drawn = random.Random(_SEED)
    names = made_names(size, drawn)
    articles = MENTIONS * size // CLAIMS_AN_ARTICLE
    for at in range(0, articles, ARTICLES_A_WRITE):
        yield [
            _article(
                number,
                [spelled(drawn.choice(names), drawn) for _ in range(CLAIMS_AN_ARTICLE)],
                linking,
            )
            for number in range(at, min(at + ARTICLES_A_WRITE, articles))
        ]


def _article(number: int, names: Sequence[str], linking: bool) -> Analysed:
    lines = [f"{name} said that case {number} is closed." for name in names]
    text = "\n".join(lines)
    digest = content_hash(text)
    sentences, claims, start = [], [], 0
    for index, (name, line) in enumerate(zip(names, lines, strict=True)):
        cue = start + len(name) + 1
        end = start + len(line)
        sentences.append(Sentence(index=index, line=index, start=start, end=end, words=()))
        claims.append(
            Claim(
                claim_id=f"{digest[:16]}{index}",
                article_id=digest[:16],
                speaker=_person(name) if linking else None,
                speaker_confidence=1.0 if linking else None,
                attribution=Attribution(
                    sentence_index=index,
                    source=(Span(start=start, end=start + len(name)),),
                    cue=(Span(start=cue, end=cue + 4),),
                    content=(Span(start=cue + 5, end=end - 1),),
                    stance=Stance.REPORT,
                    pattern=Pattern.CLAUSAL,
                    quotation=Quotation.INDIRECT,
                    confidence=0.9,
                ),
            )
        )
        start = end + 1
    return Analysed(
        document=Document(
            article=Article(
                article_id=digest[:16],
                outlet=f"Daily {number % 20}",
                language="en",
                content_hash=digest,
                text=text,
            ),
            sentences=tuple(sentences),
        ),
        claims=tuple(claims),
        terms={},
        extractor="made",
    )


def _person(name: str) -> Speaker:
    return Speaker(
        speaker_id=speaker_id(SpeakerKind.PERSON, name),
        name=name,
        kind=SpeakerKind.PERSON,
        names={"en": (name,)},
    )
