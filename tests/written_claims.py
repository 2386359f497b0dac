"""Attributed claims written by hand over real articles, read from ``contradictions/``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from claims.config.yaml_file import Checked, load
from claims.model import (
    Analysed,
    Article,
    Attribution,
    Claim,
    Document,
    Pattern,
    Quotation,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
)
from claims.speakers.gazetteer import Gazetteer
from claims.speakers.names import speaker_id
from claims.terms.claim_terms import read_terms

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).resolve().parent / "contradictions"


class Said(Checked):
    """One claim by hand; ``source``, ``cue`` and ``content`` are words of its article."""

    speaker: str
    stance: Stance
    source: str
    cue: str
    content: str
    negated: bool = False


class Told(Said):
    """A claim with the whole of its article."""

    language: str
    text: str


class Case(Checked):
    """Two claims of two articles, and why they are a pair or none."""

    why: str
    left: Told
    right: Told


class Cases(Checked):
    """``contradictions/cases.yaml``."""

    seeds: dict[str, tuple[Said, ...]]
    disputes: tuple[Case, ...]
    near_misses: tuple[Case, ...]


CASES = load(DATA / "cases.yaml", Cases)


Annotate = Callable[[Sequence[Article]], tuple[Document, ...]]


def article(language: str, text: str, path: str = "test.txt", outlet: str = "test") -> Article:
    digest = hashlib.sha256(f"{outlet}\x1f{text}".encode()).hexdigest()[:16]
    return Article(
        article_id=digest,
        outlet=outlet,
        path=path,
        language=language,
        content_hash=digest,
        text=text,
    )


def seed(name: str) -> Article:
    (path,) = (ROOT / "seeds").glob(f"{name}_*.txt")
    return article("ur", path.read_bytes().decode("utf-8"), f"seeds/{path.name}", f"outlet {name}")


def claim(document: Document, said: Said, gazetteer: Gazetteer) -> Claim:
    """The claim whose words ``said`` gives: source and cue are those nearest to the content."""
    text = document.article.text
    # The seeds say some things twice; the cue that stands nearest is the one that is meant.
    starts = [i for i in range(len(text)) if text.startswith(said.content, i)]
    cues = [i for i in range(len(text)) if text.startswith(said.cue, i)]
    content, cue = min(
        ((s, c) for s in starts for c in cues if c >= s + len(said.content) or c < s),
        key=lambda pair: (abs(pair[0] - pair[1]), pair),
    )
    sources = [i for i in range(len(text)) if text.startswith(said.source, i)]
    source = min(sources, key=lambda i: (abs(i - cue), i))
    sentence = next(s.index for s in document.sentences if s.start <= cue < s.end)
    entry = gazetteer.named(said.speaker)
    voice = Speaker(
        speaker_id=speaker_id(SpeakerKind.GROUP, said.speaker),
        name=said.speaker,
        kind=SpeakerKind.GROUP,
    )
    identity = f"{document.article.article_id}{source}{cue}{content}"
    return Claim(
        claim_id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        article_id=document.article.article_id,
        speaker=entry.speaker if entry else voice,
        attribution=Attribution(
            sentence_index=sentence,
            source=(Span(start=source, end=source + len(said.source)),),
            cue=(Span(start=cue, end=cue + len(said.cue)),),
            content=(Span(start=content, end=content + len(said.content)),) if said.content else (),
            stance=said.stance,
            pattern=Pattern.CLAUSAL,
            quotation=Quotation.INDIRECT,
            negated=said.negated,
            confidence=0.9,
        ),
    )


def analysed(document: Document, said: Iterable[Said], gazetteer: Gazetteer) -> Analysed:
    claims = tuple(claim(document, one, gazetteer) for one in said)
    return Analysed(
        document=document,
        claims=claims,
        terms={made.claim_id: read_terms(document, made, gazetteer) for made in claims},
        extractor="by hand",
    )
