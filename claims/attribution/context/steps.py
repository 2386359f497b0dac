"""The order in which the text around an attribution is heard."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.context.bare import resolved
from claims.attribution.context.blocks import with_blocks
from claims.attribution.context.frames import framed
from claims.attribution.context.modality import with_modality
from claims.attribution.context.paragraphs import with_paragraphs, within_marks
from claims.attribution.context.turning import with_turning
from claims.attribution.context.turns import with_turns
from claims.attribution.rules.negation import negates
from claims.attribution.rules.quotes import kind
from claims.attribution.rules.text import Text
from claims.model import Attribution


def in_context(text: Text, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions of a text as the text around them leaves them, by their cues."""
    each = framed(text, found)
    each = with_blocks(text, each)
    each = with_paragraphs(text, each)
    each = within_marks(text, each)
    each = with_turning(text, each)
    each = [_measured(text, old, new) for old, new in _pairs(found, each)]
    each = with_modality(text, each)
    each = with_turns(text, each)
    each = resolved(text, each)
    return tuple(sorted(each, key=lambda one: (one.cue[0].start, one.content[0].start)))


def _pairs(
    before: Sequence[Attribution], after: Sequence[Attribution]
) -> list[tuple[bool, Attribution]]:
    known = set(before)
    return [(each in known, each) for each in after]


def _measured(text: Text, known: bool, each: Attribution) -> Attribution:
    """An attribution whose content was changed, with what follows from its content."""
    if known:
        return each
    return each.model_copy(
        update={
            "quotation": kind(text.text, each.content, text.quoted),
            "negated": negates(text, each.content),
        }
    )
