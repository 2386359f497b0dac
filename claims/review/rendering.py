"""Jinja templates with the page's words; everything that is put into them is escaped."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from claims.review.decisions import LONGEST_NOTE, undone
from claims.review.texts import EXPLANATIONS, Texts, direction, isolated


def environment(texts: Texts) -> Environment:
    """Where the templates and what they may use come from. A name that is not there is an error,
    not an empty place."""
    made = Environment(
        loader=PackageLoader("claims.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words: dict[str, Any] = {
        "texts": texts,
        "words": texts.words,
        "direction": direction,
        "isolated": isolated,
        "explanations": EXPLANATIONS,
        "undone": undone,
        "longest_note": LONGEST_NOTE,
    }
    made.globals.update(words)
    return made
