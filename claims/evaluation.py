"""Precision, recall and F1 of attributions against annotated articles.

An attribution is found where cues share a token and the tokens of sources, and of contents, have
a Jaccard index of at least a half (or neither has a source); one gold for one prediction, as many
pairs as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from claims.analysis import Analyser
from claims.configuration import PipelineSettings
from claims.errors import InputError, LanguageError
from claims.language.identification import identify
from claims.model import Article, Claim, Spans
from claims.reading.articles import content_hash

_TOKEN = re.compile(
    "[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u200c\u200d]+|[^\\w\\s]"
)
_ENOUGH = 0.5

Piece = tuple[int, int]


class Roles(BaseModel):
    """Spans of one attribution as ``[start, end)`` pairs; other keys are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: tuple[Piece, ...] | None = None
    cue: tuple[Piece, ...] | None = None
    content: tuple[Piece, ...] | None = None


class GoldArticle(BaseModel):
    """One line of a gold file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    article: str
    text: str
    attributions: tuple[Roles, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Attributions found, predicted and annotated."""

    found: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that were found; 0 where nothing was predicted."""
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that were found; 0 where nothing was annotated."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found, self.predicted + other.predicted, self.gold + other.gold
        )


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a JSON Lines file; raises InputError naming the line that is not right."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    gold: list[GoldArticle] = []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                gold.append(GoldArticle.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{path}, line {number}: {where}: {first['msg']}") from None
    return gold


def predict(
    gold: Sequence[GoldArticle], config: Path, settings: PipelineSettings
) -> Iterator[tuple[GoldArticle, tuple[Roles, ...]]]:
    """Each article with what is extracted from it: nothing where its language is not configured.

    Raises ConfigError and ModelError.
    """
    analyser = Analyser(config, settings)
    for annotated in gold:
        try:
            language = identify(annotated.text, settings.languages)
        except LanguageError:
            yield annotated, ()
            continue
        article = Article(
            article_id=content_hash(annotated.text)[:16],
            outlet="gold",
            path=annotated.article,
            language=language,
            content_hash=content_hash(annotated.text),
            text=annotated.text,
        )
        analysed, _ = analyser.analyse([article])
        yield annotated, tuple(_roles(claim) for one in analysed for claim in one.claims)


def _roles(claim: Claim) -> Roles:
    found = claim.attribution
    return Roles(
        source=_pieces(found.source) if found.source else None,
        cue=_pieces(found.cue),
        content=_pieces(found.content),
    )


def _pieces(spans: Spans) -> tuple[Piece, ...]:
    return tuple((span.start, span.end) for span in spans)


def score(text: str, gold: Sequence[Roles], predicted: Sequence[Roles]) -> Score:
    """How many of one article's attributions were found."""
    owner = {
        place: number
        for number, match in enumerate(_TOKEN.finditer(text))
        for place in range(match.start(), match.end())
    }
    right = [_Tokens.of(one, owner) for one in gold]
    edges = [
        [j for j, other in enumerate(right) if one.finds(other)]
        for one in (_Tokens.of(roles, owner) for roles in predicted)
    ]
    return Score(_matching(edges), len(predicted), len(gold))


@dataclass(frozen=True, slots=True)
class _Tokens:
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]

    @classmethod
    def of(cls, roles: Roles, owner: Mapping[int, int]) -> _Tokens:
        def covered(spans: Iterable[Piece] | None) -> frozenset[int]:
            places = (place for start, end in spans or () for place in range(start, end))
            return frozenset(owner[place] for place in places if place in owner)

        return cls(covered(roles.source), covered(roles.cue), covered(roles.content))

    def finds(self, gold: _Tokens) -> bool:
        """Whether this prediction may stand for an annotated one."""
        return (
            bool(self.cue & gold.cue)
            and bool(self.content and gold.content)
            and _jaccard(self.content, gold.content) >= _ENOUGH
            and _jaccard(self.source, gold.source) >= _ENOUGH
        )


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _matching(edges: Sequence[Sequence[int]]) -> int:
    """Size of the largest one-to-one matching (Kuhn's algorithm)."""
    taken: dict[int, int] = {}

    def grow(left: int, seen: set[int]) -> bool:
        for right in edges[left]:
            if right not in seen:
                seen.add(right)
                if right not in taken or grow(taken[right], seen):
                    taken[right] = left
                    return True
        return False

    return sum(grow(left, set()) for left in range(len(edges)))
