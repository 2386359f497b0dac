"""Annotated articles: with their texts on the line, or with places only and the texts elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from claims.errors import InputError
from claims.evaluation.gold import GoldArticle, read_gold
from training.encoder.recipe import ROOT, Language


def read_annotated(path: Path, texts: Path) -> list[GoldArticle]:
    """The articles of a gold file, or of a file of annotations (``story``, ``sha256``,
    ``attributions``) whose texts lie in a folder.

    Raises InputError where a line is wrong or a text is not the one that was annotated.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    if not lines or '"sha256"' not in lines[0]:
        return read_gold(path)
    articles = []
    for line in lines:
        row = json.loads(line)
        story = texts / row["story"]
        try:
            raw = story.read_bytes()
        except OSError as error:
            raise InputError(f"{story}: {error.strerror}; {path.name} needs it") from None
        if sha256(raw).hexdigest() != row["sha256"]:
            raise InputError(f"{story}: not the text annotated in {path.name}; restore it")
        articles.append(
            GoldArticle(
                article=row["story"], text=raw.decode("utf-8"), attributions=row["attributions"]
            )
        )
    return articles


def read_set(own: Language, texts: Path) -> list[GoldArticle]:
    """The articles of a set; raises InputError."""
    folder = ROOT / own.texts if own.texts else texts
    return [article for path in own.files for article in read_annotated(ROOT / path, folder)]


def parted(
    own: Language, articles: Sequence[GoldArticle]
) -> tuple[list[GoldArticle], list[GoldArticle]]:
    """The articles of a set that are learned from, and those that are kept out."""
    every = own.held_out
    if every is None:
        return list(articles), []
    return [one for at, one in enumerate(articles) if at % every], list(articles[::every])
