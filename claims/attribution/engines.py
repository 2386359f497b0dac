"""Lexicon, encoder, or both: who finds the attributions of a document, and how two agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claims.attribution import encoded
from claims.attribution.encoded import distinct, touch
from claims.attribution.extraction import extracted
from claims.attribution.lexicon import Lexicon
from claims.attribution.texts import Text
from claims.configuration import AttributionSettings, EngineSettings
from claims.model import Attribution, Document, Pattern, Span, Spans

if TYPE_CHECKING:
    from claims.language.encoder.reading import Reader, Relation

SAME = 0.5
"""Share of characters that contents must have in common to be one and the same."""

Read = Sequence[tuple[Span, Sequence["Relation"]]]


def extract_all(
    documents: Sequence[Document],
    lexicons: Mapping[str, Lexicon],
    settings: AttributionSettings,
    reader: Reader | None,
) -> tuple[tuple[Attribution, ...], ...]:
    """The attributions of each document, found as ``settings`` say for its language.

    ``reader`` may be None where no language asks the encoder. What a document gives does not
    depend on the others.
    """
    texts = [Text(document, lexicons[document.article.language]) for document in documents]
    return extracted_all(texts, settings, reader)


def extracted_all(
    texts: Sequence[Text], settings: AttributionSettings, reader: Reader | None
) -> tuple[tuple[Attribution, ...], ...]:
    """As ``extract_all``, of texts that others read as well."""
    engines = [settings.engine_of(text.document.article.language) for text in texts]
    read = _read(texts, [engine.engine != "lexicon" for engine in engines], reader)
    return tuple(
        _extract(text, engine, own) for text, engine, own in zip(texts, engines, read, strict=True)
    )


def _read(texts: Sequence[Text], asked: Sequence[bool], reader: Reader | None) -> list[Read]:
    """The lines of each text as the encoder reads them, all texts together."""
    lines = [
        encoded.lines(text) if wanted else () for text, wanted in zip(texts, asked, strict=True)
    ]
    flat = [line.of(text.text) for text, own in zip(texts, lines, strict=True) for line in own]
    if not flat:
        return [() for _ in texts]
    assert reader is not None, "a language asks the encoder, and none was given"
    relations = iter(reader.read(flat))
    return [[(line, next(relations)) for line in own] for own in lines]


def _extract(text: Text, engine: EngineSettings, read: Read) -> tuple[Attribution, ...]:
    if engine.engine == "lexicon":
        return extracted(text)
    ours = encoded.attributions(text, read)
    if engine.engine == "encoder":
        return tuple(each for each in ours if each.confidence >= engine.encoder_above)
    return combined(extracted(text), ours, engine)


def combined(
    lexicon: Sequence[Attribution], encoder: Sequence[Attribution], engine: EngineSettings
) -> tuple[Attribution, ...]:
    """Both engines' attributions, each once, in the order of their cues.

    Two are the same where their cues touch, or where they give the same words to the same source.
    The spans of ``engine.spans`` stand then, with their engine's confidence and with the lexicon's
    stance, pattern and intermediary. To stay, an attribution needs a confidence of
    ``encoder_above`` from the encoder or of ``lexicon_above`` from the lexicon; headlines stay, and
    so does what came through a source of «according to», since only the lexicon knows them.
    """
    carriers = {each.source for each in lexicon if each.pattern is Pattern.ACCORDING} - {None}
    made: list[Attribution] = []
    used: set[int] = set()
    for known in lexicon:
        at = next(
            (n for n, each in enumerate(encoder) if n not in used and _same(known, each)), None
        )
        structural = known.pattern is Pattern.HEADLINE or known.via in carriers
        stays = structural or known.confidence >= engine.lexicon_above
        if at is not None:
            used.add(at)
            if stays or encoder[at].confidence >= engine.encoder_above:
                made.append(_merged(known, encoder[at], engine))
        elif stays:
            made.append(known)
    for n, each in enumerate(encoder):
        if n not in used and each.confidence >= engine.encoder_above:
            made.append(each)
    return distinct(made)


def _merged(known: Attribution, seen: Attribution, engine: EngineSettings) -> Attribution:
    if engine.spans == "lexicon" or known.pattern is Pattern.HEADLINE:
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
    return len(places & others) / len(places | others)
