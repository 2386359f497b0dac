"""Lexicon, encoder, or both: who finds the attributions of a document, and how two agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claims.attribution.context.steps import in_context
from claims.attribution.encoder import distinct, encoder_attributions, encoder_lines, touch
from claims.attribution.likelihoods import Likelihoods, likelihoods_of
from claims.attribution.merging import combined
from claims.attribution.rules.extract import extracted
from claims.attribution.rules.lexicon import Lexicon
from claims.attribution.rules.text import Text
from claims.attribution.stances import judged
from claims.config.settings import AttributionSettings, EngineSettings
from claims.language.encoder.weights import encoder_folder
from claims.language.normalisation import Normalised
from claims.model import Attribution, Document, Sentence, Spans

if TYPE_CHECKING:
    from claims.language.encoder.reading import Reader, Relation

Read = Sequence[tuple[Normalised, Sequence["Relation"]]]


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
    return extracted_all(texts, settings, read_lines(texts, settings, reader))


def extracted_all(
    texts: Sequence[Text], settings: AttributionSettings, read: Sequence[Read]
) -> tuple[tuple[Attribution, ...], ...]:
    """As ``extract_all``, of texts that others read as well; ``read`` comes from `read_lines`."""
    found = found_by_engines(texts, settings, read)
    return tuple(in_context(text, each) for text, each in zip(texts, found, strict=True))


def found_by_engines(
    texts: Sequence[Text], settings: AttributionSettings, read: Sequence[Read]
) -> tuple[tuple[Attribution, ...], ...]:
    """As ``extracted_all``, before the text around each attribution is heard."""
    return tuple(
        judged(text, _extract(text, settings, own)) for text, own in zip(texts, read, strict=True)
    )


def read_lines(
    texts: Sequence[Text], settings: AttributionSettings, reader: Reader | None
) -> list[Read]:
    """What the encoder reads in the lines of each text whose language asks it, all texts together.

    Nothing but the article's text is asked of a text, so it may have no sentences yet.
    """
    engines = [settings.engine_of(text.document.article.language) for text in texts]
    lines = [
        encoder_lines(text) if engine.engine != "lexicon" else ()
        for text, engine in zip(texts, engines, strict=True)
    ]
    flat = [line.text for own in lines for line in own]
    if not flat:
        return [() for _ in texts]
    assert reader is not None, "a language asks the encoder, and none was given"
    relations = iter(reader.read(flat))
    return [[(line, next(relations)) for line in own] for own in lines]


def _extract(text: Text, settings: AttributionSettings, read: Read) -> tuple[Attribution, ...]:
    language = text.document.article.language
    engine = settings.engine_of(language)
    if engine.engine == "lexicon":
        return extracted(text)
    ours = encoder_attributions(text, read)
    if engine.engine == "encoder":
        return tuple(each for each in ours if each.confidence >= engine.encoder_above)
    known = extracted(text)
    learned = learned_for(engine, language, encoder_folder(settings.encoder))
    both = combined(known, ours, engine, learned)
    return distinct([*both, *_unheard(text, known, both)])


def learned_for(engine: EngineSettings, language: str, encoder: Path) -> Likelihoods | None:
    """What ``spans: likelier`` asks for, with the encoder of a folder; None with another setting.
    Raises ConfigError."""
    asked = engine.engine == "both" and engine.spans == "likelier"
    return likelihoods_of(language, encoder) if asked else None


def _unheard(
    text: Text, known: Sequence[Attribution], made: Sequence[Attribution]
) -> list[Attribution]:
    """What the lexicon alone found of verbs that always attribute, in sentences of which nothing
    was made but a question («Asked about the strike, the mayor told reporters she had no plan»)."""
    speech = text.grammar.speech
    if not speech.speaking:
        return []
    answered = {
        sentence.index
        for each in made
        if (sentence := text.sentence_at(each.cue[0].start)) is not None
        and not _holds(sentence, each.cue, speech.asking)
    }
    told = [span for each in made for span in each.content]
    return [
        each
        for each in known
        if each.source is not None
        and (sentence := text.sentence_at(each.cue[0].start)) is not None
        and sentence.index not in answered
        and _holds(sentence, each.cue, speech.speaking)
        and not touch(each.cue, tuple(told))
    ]


def _holds(sentence: Sentence, cue: Spans, lemmas: Sequence[str]) -> bool:
    """Whether a word of the cue is of one of these lemmas."""
    return any(
        word.lemma.lower() in lemmas or word.text.lower() in lemmas
        for word in sentence.words
        if any(span.start <= word.start < span.end for span in cue)
    )
