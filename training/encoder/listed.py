"""The stance of annotated cues that have none, where the cue lexicon lists the cue."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.encoder import listed
from claims.attribution.rules.lexicon import load_lexicons
from claims.attribution.rules.stance import negated
from claims.attribution.rules.text import Text
from claims.config.settings import PipelineSettings, config_folder
from claims.evaluation.evaluate import article_of
from claims.evaluation.gold import GoldArticle
from claims.language.annotation import Annotator
from claims.model import Span, Stance

Told = list[list[Stance | None]]
"""For each article, the stance of each of its attributions; None where the lexicon has none."""


def told_stances(articles: Sequence[GoldArticle], language: str) -> Told:
    """What the lexicon says of the annotated cues. Raises ConfigError and ModelError."""
    lexicons = load_lexicons(config_folder(), [language])
    annotator = Annotator(PipelineSettings().models)
    found: Told = []
    for article in articles:
        document = annotator.annotate([article_of(article, language)])[0]
        text = Text(document, lexicons[language])
        found.append([_told(text, one.pieces("cue")) for one in article.attributions])
    return found


def _told(text: Text, pieces: Sequence[tuple[int, int]]) -> Stance | None:
    if not pieces:
        return None
    cue = tuple(Span(start=start, end=end) for start, end in pieces)
    entry, denied = listed(text, cue, text.known)
    if entry is None:
        return None
    return negated(entry.stance) if denied else entry.stance


def with_stances(articles: Sequence[GoldArticle], told: Told) -> list[GoldArticle]:
    """The articles with these stances, where they have none of their own."""
    return [
        article.model_copy(
            update={
                "attributions": tuple(
                    one if one.stance else one.model_copy(update={"stance": stance})
                    for one, stance in zip(article.attributions, own, strict=True)
                )
            }
        )
        for article, own in zip(articles, told, strict=True)
    ]
