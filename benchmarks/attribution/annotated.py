"""The articles of a file to measure on, wherever their texts lie."""

from __future__ import annotations

from pathlib import Path

from claims.evaluation.gold import GoldArticle
from training.encoder.annotated import read_annotated
from training.encoder.recipe import STORIES
from training.encoder.web_texts import WEB_TEXTS

TEXTS = {"ur_web_check.jsonl": WEB_TEXTS, "fa_news.jsonl": WEB_TEXTS}
"""Where the texts of annotations lie, if not in ``STORIES``."""


def articles_of(path: Path) -> list[GoldArticle]:
    """The annotated articles; raises InputError where a line is wrong or a text is missing."""
    return read_annotated(path, TEXTS.get(path.name, STORIES))
