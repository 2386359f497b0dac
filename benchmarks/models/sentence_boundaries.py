"""Sentence boundaries in stories that were printed without stops, marked by a reader.

`sentence_boundaries.jsonl` holds no text: the name of a story in `../shared/fake-real-pairs/Real`,
the SHA-256 of its text, and the code point at which each sentence ends that does not end its line:
where the reader would have written a full stop. A line ends a sentence by itself.

How it was annotated: stops go between independent sentences, also before تاہم and واضح رہے; none
before اور، لیکن، جبکہ، کیونکہ and relative clauses, nor between a verb of saying and what is said.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from benchmarks.models.scores import Figures, as_article
from claims.config.settings import ModelSettings
from claims.errors import InputError
from claims.language.annotation import Annotator
from claims.model import Document

SPARSE_STORIES = Path(__file__).with_suffix(".jsonl")


def boundary_scores(stories: Path, folder: Path) -> Figures | None:
    """Precision, recall and F1 of the boundaries in percent; None where the stories are absent.

    Raises InputError where a story is not the text that was annotated.
    """
    if not stories.is_dir():
        return None
    annotator = Annotator(ModelSettings(folder=str(folder)))
    right = found = wanted = 0
    for line in SPARSE_STORIES.read_text(encoding="utf-8").splitlines():
        story = json.loads(line)
        text = (stories / story["story"]).read_text(encoding="utf-8")
        if sha256(text.encode("utf-8")).hexdigest() != story["sha256"]:
            raise InputError(f"{story['story']}: not the text that was annotated; skip it")
        (document,) = annotator.annotate([as_article(text, "ur")])
        gold, own = set(story["ends"]), inner_ends(document)
        right += len(gold & own)
        found += len(own)
        wanted += len(gold)
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    both = precision + recall
    return {
        "boundaries": wanted,
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(200 * precision * recall / both, 1) if both else 0.0,
    }


def inner_ends(document: Document) -> set[int]:
    """Where sentences end that are followed by another one in their line."""
    pairs = zip(document.sentences, document.sentences[1:], strict=False)
    return {sentence.end for sentence, after in pairs if after.line == sentence.line}
