"""How well attributions are found in Urdu stories that a reader annotated.

The annotations (`annotations/ur_real_tune.jsonl`, `annotations/ur_real_check.jsonl`) hold places
and labels only; the stories lie in `../shared/fake-real-pairs/Real`. Rules were set on `tune`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from benchmarks import ANNOTATIONS
from claims.config.settings import config_folder, load_pipeline
from claims.errors import ClaimsError, InputError
from claims.evaluation.evaluate import Roles, Score, score
from claims.model import Article, Attribution, Quotation, Spans, Stance
from claims.pipeline.analyser import Analyser
from claims.readers.articles import content_hash
from training.encoder.recipe import STORIES

PARTS = ("tune", "check")


class Marked(Roles):
    """An attribution as a reader marked it."""

    via: tuple[tuple[int, int], ...] | None = None
    stance: Stance
    speaker: str
    quotation: Quotation


class Story(BaseModel):
    """One line of an annotation file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    story: str
    sha256: str
    attributions: tuple[Marked, ...]


def read_stories(part: str) -> list[tuple[Story, str]]:
    """The annotated stories of ``tune`` or ``check`` with their texts.

    Raises InputError where a story is not there or not the text that was annotated.
    """
    path = ANNOTATIONS / f"ur_real_{part}.jsonl"
    stories: list[tuple[Story, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        story = Story.model_validate_json(line)
        try:
            raw = (STORIES / story.story).read_bytes()
        except OSError as error:
            raise InputError(
                f"{STORIES / story.story}: {error.strerror}; needed by {path}"
            ) from None
        if sha256(raw).hexdigest() != story.sha256:
            raise InputError(
                f"{STORIES / story.story}: not the text annotated in {path}; restore it"
            )
        stories.append((story, raw.decode("utf-8")))
    return stories


def roles(found: Attribution) -> Roles:
    """The three spans of an attribution as the scorer reads them."""
    return Roles(
        source=_pieces(found.source) if found.source else None,
        cue=_pieces(found.cue),
        content=_pieces(found.content),
    )


def pairs(
    text: str, gold: Sequence[Marked], found: Sequence[Attribution]
) -> Iterator[tuple[Marked, Attribution]]:
    """Each annotated attribution with the one found for it, in the order of the text."""
    free = list(found)
    for marked in gold:
        for each in free:
            if score(text, [marked], [roles(each)]).found:
                free.remove(each)
                yield marked, each
                break


def figures(
    stories: Iterable[tuple[Story, str, Sequence[Attribution]]],
) -> dict[str, float | int]:
    """Found precision, recall and F1; of the found ones the shares whose stance, kind of quotation
    and intermediary are right."""
    total = Score(0, 0, 0)
    stances = quotations = vias = with_via = matched = articles = 0
    for story, text, found in stories:
        articles += 1
        total += score(text, story.attributions, [roles(each) for each in found])
        for marked, each in pairs(text, story.attributions, found):
            matched += 1
            stances += marked.stance == each.stance
            quotations += marked.quotation == each.quotation
            if marked.via:
                with_via += 1
                vias += _touch(marked.via, each.via)
    share = max(matched, 1)
    return {
        "articles": articles,
        "annotated": total.gold,
        "predicted": total.predicted,
        "precision": round(total.precision, 4),
        "recall": round(total.recall, 4),
        "f1": round(total.f1, 4),
        "stance": round(stances / share, 4),
        "quotation": round(quotations / share, 4),
        "with_via": with_via,
        "via": round(vias / max(with_via, 1), 4),
    }


def measure(part: str) -> dict[str, float | int | str]:
    """The figures of one half, by the pipeline as it is configured."""
    config = config_folder()
    analyser = Analyser(config, load_pipeline(config))

    def analysed() -> Iterator[tuple[Story, str, Sequence[Attribution]]]:
        for story, text in read_stories(part):
            (done,), _ = analyser.analyse([_article(story, text)])
            yield story, text, [claim.attribution for claim in done.claims]

    return {"gold": f"ur_real_{part}", **figures(analysed())}


def show(console: Console) -> list[dict[str, float | int | str]]:
    """Print the figures of both halves; what is missing is said, and left out of what returns."""
    rows: list[dict[str, float | int | str]] = []
    for part in PARTS:
        try:
            rows.append(measure(part))
        except ClaimsError as error:
            console.print(str(error))
    table = Table("gold", "articles", "annotated", "found P", "R", "F1", "stance", "kind", "via")
    for row in rows:
        table.add_row(
            *(str(row[key]) for key in ("gold", "articles", "annotated")),
            *(f"{float(row[key]):.3f}" for key in ("precision", "recall", "f1")),
            *(f"{float(row[key]):.3f}" for key in ("stance", "quotation", "via")),
        )
    console.print(table)
    return rows


def _article(story: Story, text: str) -> Article:
    return Article(
        article_id=story.sha256[:16],
        outlet="gold",
        path=story.story,
        language="ur",
        content_hash=content_hash(text),
        text=text,
    )


def _pieces(spans: Spans) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)


def _touch(marked: tuple[tuple[int, int], ...], via: Spans | None) -> bool:
    return any(a < span.end and span.start < b for a, b in marked for span in via or ())
