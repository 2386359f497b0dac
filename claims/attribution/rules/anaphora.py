"""Contents that only point back: «The lawyer denied it», وکیل نے اس کی تردید کی."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.rules.extents import sentence_before
from claims.attribution.rules.text import Text
from claims.model import Attribution, Sentence


def pointed_at(
    each: Attribution, sentence: Sentence, found: Sequence[Attribution], text: Text
) -> Attribution:
    """The attribution, with what the sentence before hands to somebody where it points at all of
    that sentence: after «Police said he fled», who denies it denies that he fled."""
    before = sentence_before(text, sentence)
    if before is None or each.content != (before,):
        return each
    inside = [
        other
        for other in found
        if all(
            before.start <= s.start and s.end <= before.end for s in (*other.cue, *other.content)
        )
        and other.source is not None
    ]
    return each.model_copy(update={"content": inside[0].content}) if inside else each
