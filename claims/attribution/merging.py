"""Two engines' attributions as one list: which are the same, and whose version stands."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.encoder import distinct, touch
from claims.attribution.likelihoods import Likelihoods, Terms
from claims.config.settings import EngineSettings
from claims.model import Attribution, Pattern, Spans

SAME = 0.5
"""Share of characters that contents must have in common to be one and the same."""

SEEN = 0.15
"""How sure the encoder must be for what it marks to be a version of an attribution at all."""

Pair = tuple[Attribution | None, Attribution | None]
"""What the lexicon found, and what the encoder found of the same; one of them may be None."""


def combined(
    lexicon: Sequence[Attribution],
    encoder: Sequence[Attribution],
    engine: EngineSettings,
    learned: Likelihoods | None = None,
) -> tuple[Attribution, ...]:
    """Both engines' attributions, each once, in the order of their cues.

    Two are the same where their cues touch, or where they give the same words to the same source.
    The spans that ``engine.spans`` names stand then, with their engine's confidence and with the
    lexicon's stance, pattern and intermediary; with ``learned`` likelihoods those of the likelier
    version stand, and its likelihood is the confidence, also of what one engine found alone. To
    stay, an attribution needs a confidence of ``encoder_above`` from the encoder or of
    ``lexicon_above`` from the lexicon; headlines stay, and so does what came through a source of
    «according to», since only the lexicon knows them.
    """
    carriers = {each.source for each in lexicon if each.pattern is Pattern.ACCORDING} - {None}
    made: list[Attribution] = []
    for known, seen in paired(lexicon, encoder):
        if learned is not None:
            known, seen = rated(known, seen, learned)
        if known is None:
            made += [seen] if seen is not None and seen.confidence >= engine.encoder_above else []
            continue
        structural = known.pattern is Pattern.HEADLINE or known.via in carriers
        stays = structural or known.confidence >= engine.lexicon_above
        if seen is None:
            made += [_alone(known, engine)] if stays else []
        elif stays or seen.confidence >= engine.encoder_above:
            made.append(_merged(known, seen, engine))
    return distinct(made)


def paired(lexicon: Sequence[Attribution], encoder: Sequence[Attribution]) -> list[Pair]:
    """What each engine found, beside what the other found of the same; what the encoder is hardly
    sure of is left out, so that it takes nothing from the lexicon's version."""
    pairs: list[Pair] = []
    free = [each for each in encoder if each.confidence >= SEEN]
    for known in lexicon:
        seen = next((each for each in free if _same(known, each)), None)
        if seen is not None:
            free.remove(seen)
        pairs.append((known, seen))
    return pairs + [(None, each) for each in free]


def rated(
    known: Attribution | None, seen: Attribution | None, learned: Likelihoods
) -> tuple[Attribution | None, Attribution | None]:
    """Both versions of an attribution with their likelihoods for confidence."""
    if known is not None and known.pattern is Pattern.HEADLINE:
        return known, seen  # only the lexicon knows them
    of_object = known is not None and known.pattern is Pattern.OBJECT
    if known is None or seen is None:
        terms = (learned.lexicon_alone, learned.encoder_alone)
    elif agree(known, seen):
        terms = (learned.agreed, learned.agreed)
    else:
        terms = (learned.lexicon_differs, learned.encoder_differs)
    sure = seen.confidence if seen is not None else None

    def told(version: Attribution, one: Terms) -> Attribution:
        likely = one.likelihood(sure, of_object, named=version.source is not None)
        return version.model_copy(update={"confidence": round(likely, 4)})

    mine, theirs = terms
    return known and told(known, mine), seen and told(seen, theirs)


def agree(known: Attribution, seen: Attribution) -> bool:
    """Whether both versions have the same source and content, by half of their characters."""
    none = known.source is None and seen.source is None
    sources = none or _likeness(known.source or (), seen.source or ()) >= SAME
    return sources and _likeness(known.content, seen.content) >= SAME


def _alone(known: Attribution, engine: EngineSettings) -> Attribution:
    if engine.lexicon_alone is None or known.pattern is Pattern.HEADLINE:
        return known
    return known.model_copy(update={"confidence": engine.lexicon_alone})


def _merged(known: Attribution, seen: Attribution, engine: EngineSettings) -> Attribution:
    surer = engine.spans in ("surer", "likelier") and known.confidence > seen.confidence
    if engine.spans == "lexicon" or surer or known.pattern is Pattern.HEADLINE:
        return known
    # «X, citing Y, reported C»: the encoder takes X, who passes the words on, for their source.
    if known.pattern is Pattern.ACCORDING and known.via and known.via == seen.source:
        return known
    same_source = known.source is not None and seen.source is not None
    return seen.model_copy(
        update={
            "stance": known.stance,
            "pattern": known.pattern,
            "via": known.via if same_source else None,
        }
    )


def _same(one: Attribution, other: Attribution) -> bool:
    if touch(one.cue, other.cue):
        return True
    sources = one.source is not None and other.source is not None
    return (
        sources
        and touch(one.source or (), other.source or ())
        and one.sentence_index == other.sentence_index
        and _likeness(one.content, other.content) >= SAME
    )


def _likeness(one: Spans, other: Spans) -> float:
    """Shared characters of two roles, of all that either has."""
    places, others = (
        {place for span in spans for place in range(span.start, span.end)} for spans in (one, other)
    )
    return len(places & others) / len(places | others) if places or others else 1.0
