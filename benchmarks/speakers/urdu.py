"""Whom Urdu news cites: the canonical speaker of the attributions that are found, end to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.attribution.urdu import read_stories
from benchmarks.speakers.agreement import NOBODY
from claims.evaluation.evaluate import GoldArticle, read_gold, score
from claims.evaluation.gold import Roles
from claims.model import Claim, Spans

GOLD = ("ur_dev", "ur_valid")
ANNOTATED_PARTS = "ur_real_"
PARTS = (f"{ANNOTATED_PARTS}check",)
"""Kept for measuring; rules are set on ``ur_train`` and ``ur_real_tune``."""

Cited = tuple[GoldArticle, Sequence[str]]
"""An annotated article with the speaker of each attribution."""

Agrees = Callable[[str | None, str], bool]


def read_speakers(path: Path) -> list[Cited]:
    """The articles of a gold file with the speaker of each attribution."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    speakers = [[one["speaker"] or NOBODY for one in line["attributions"]] for line in lines]
    return list(zip(read_gold(path), speakers, strict=True))


def annotated_stories(part: str) -> Iterator[Cited]:
    """The same of stories that are annotated in ``benchmarks/annotations``."""
    for story, text in read_stories(part.removeprefix(ANNOTATED_PARTS)):
        article = GoldArticle(article=story.story, text=text, attributions=story.attributions)
        yield article, [one.speaker for one in story.attributions]


def compared(
    gold: Iterable[Cited], claims: Mapping[str, Sequence[Claim]]
) -> Iterator[tuple[Roles, str, Claim | None]]:
    """Each annotated attribution with its speaker and the claim that was found for it."""
    for article, speakers in gold:
        left = list(claims.get(article.article, ()))
        for wanted, speaker in zip(article.attributions, speakers, strict=True):
            hit = next((one for one in left if _finds(article.text, wanted, one)), None)
            if hit is not None:
                left.remove(hit)
            yield wanted, speaker, hit


def figures(
    rows: Iterable[tuple[Roles, str, Claim | None]], agrees: Agrees
) -> dict[str, float | int]:
    """How many annotated attributions are found, and for how many of those the speaker is right;
    apart for speakers by name, who are only described (in lower case), and nobody."""
    annotated = 0
    right: dict[str, list[bool]] = {"named": [], "described": [], "nobody": []}
    for _, speaker, hit in rows:
        annotated += 1
        if hit is not None:
            sort = "nobody" if speaker == NOBODY else _sort(speaker)
            right[sort].append(agrees(hit.speaker.name if hit.speaker else None, speaker))
    every = [one for each in right.values() for one in each]
    return {
        "annotated": annotated,
        "found": len(every),
        "speaker_right": _share(every),
        **{name: len(each) for name, each in right.items()},
        **{f"{name}_right": _share(each) for name, each in right.items()},
    }


def _sort(speaker: str) -> str:
    return "described" if speaker[:1].islower() or speaker[:1].isdigit() else "named"


def _finds(text: str, wanted: Roles, claim: Claim) -> bool:
    attribution = claim.attribution
    roles = Roles(
        source=_pieces(attribution.source) if attribution.source else None,
        cue=_pieces(attribution.cue),
        content=_pieces(attribution.content),
    )
    return score(text, [wanted], [roles]).found == 1


def _pieces(spans: Spans) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0
