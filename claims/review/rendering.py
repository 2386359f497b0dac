"""Jinja templates with the page's words; everything that is put into them is escaped."""

from __future__ import annotations

from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from claims.export.locales import direction
from claims.review.decisions import LONGEST_NOTE
from claims.review.filters import DECIDED, Filters
from claims.review.speaker_names import SpeakerNames
from claims.review.translations import EXPLANATIONS, Texts, isolated, languages, texts


def environment(said: Texts, names: SpeakerNames) -> Environment:
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
        "texts": said,
        "words": said.words,
        "languages": [texts(one) for one in languages()],
        "decided": DECIDED,
        "filtered": Filters,
        "direction": direction,
        "called": partial(names.called, said.language),
        "isolated": isolated,
        "explanations": EXPLANATIONS,
        "longest_note": LONGEST_NOTE,
    }
    made.globals.update(words)
    return made
