"""Whom sources are resolved to: English pronouns and titles, and Urdu attributions end to end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from claims.evaluation.evaluate import GoldArticle
from claims.model import (
    Attribution,
    Claim,
    Document,
    Pattern,
    Quotation,
    Span,
    Spans,
    Speaker,
    SpeakerKind,
    Stance,
)
from claims.speakers.names import key, named_in, tokens

CONFIDENT = 0.8
"""The confidence from which an answer counts as dared."""

Piece = tuple[int, int]


class Annotated(BaseModel):
    """One line of ``annotations/en_sources.jsonl``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    sha256: str
    source: tuple[Piece, ...]
    form: Literal["pronoun", "title"]
    speaker: tuple[str, ...]
    antecedent: tuple[Piece, ...]
    part: Literal["tune", "check"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the system says of one annotated source."""

    wanted: Annotated
    speaker: Speaker | None
    confidence: float
    right: bool


def read_annotated(path: Path) -> tuple[Annotated, ...]:
    """The annotated sources, in the order of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Annotated.model_validate_json(line) for line in lines)


def gold_attributions(gold: GoldArticle, document: Document) -> tuple[Attribution, ...]:
    """The annotated attributions of an article as if they had been extracted from it."""
    made = []
    for one in gold.attributions:
        cue = _spans(one.cue) or _spans(one.source) or _spans(one.content)
        index = max((s.index for s in document.sentences if s.start <= cue[0].start), default=0)
        made.append(
            Attribution(
                sentence_index=index,
                source=_spans(one.source) or None,
                cue=cue,
                content=_spans(one.content),
                stance=Stance.REPORT,
                pattern=Pattern.CLAUSAL,
                quotation=Quotation.INDIRECT,
                confidence=1.0,
            )
        )
    return tuple(made)


def answers(
    annotated: Iterable[Annotated], documents: Mapping[str, tuple[Document, Sequence[Claim]]]
) -> list[Answer]:
    """The system's answer to each annotated source whose article and text are there.

    ``documents`` has documents with their claims by the article's name.
    """
    found = []
    for one in annotated:
        document, claims = documents.get(one.article, (None, ()))
        if document is None or _digest(document.article.text) != one.sha256:
            continue
        wanted = _spans(one.source)
        claim = next((claim for claim in claims if claim.attribution.source == wanted), None)
        if claim is None:
            continue
        found.append(
            Answer(
                one,
                claim.speaker,
                claim.speaker_confidence or 0.0,
                _is_right(one, claim.speaker, document.article.article_id),
            )
        )
    return found


def accuracy(found: Sequence[Answer]) -> dict[str, float | int]:
    """Share of sources resolved rightly, and precision where the system dares to answer."""
    dared = [one for one in found if one.speaker is not None and one.confidence >= CONFIDENT]
    return {
        "sources": len(found),
        "right": _share(one.right for one in found),
        "dared": len(dared),
        "dared_precision": _share(one.right for one in dared),
    }


def _share(right: Iterable[bool]) -> float:
    made = list(right)
    return round(sum(made) / len(made), 4) if made else 0.0


def _is_right(wanted: Annotated, speaker: Speaker | None, article_id: str) -> bool:
    """Whether the answer is the voice that the annotation names.

    Where the article names nobody, so must the answer: none, or one that is only described.
    """
    if not wanted.speaker:
        return speaker is None or _is_described(speaker, article_id)
    if speaker is None:
        return False
    if len(wanted.speaker) > 1:
        members = speaker.members
        return len(members) == len(wanted.speaker) and all(
            any(_called(member, name) for member in members) for name in wanted.speaker
        )
    return _called(speaker, wanted.speaker[0])


def _is_described(speaker: Speaker, article_id: str) -> bool:
    scoped = named_in(speaker, article_id)
    words = speaker.name.split()
    return scoped and (
        speaker.kind is not SpeakerKind.PERSON or any(w[:1].islower() for w in words)
    )


def _called(speaker: Speaker, name: str) -> bool:
    """Whether a name is one of the speaker's; initials in the middle make no difference."""
    names = (speaker.name, *(spelled for known in speaker.names.values() for spelled in known))
    return any(_plain(name) == _plain(known) for known in names)


def _plain(name: str) -> tuple[str, ...]:
    words = tuple(token.casefold() for token in tokens(name) if len(token) > 1)
    return words or (key(name),)


def _spans(pieces: Iterable[Piece] | None) -> Spans:
    return tuple(Span(start=start, end=end) for start, end in pieces or ())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
