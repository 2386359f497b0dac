"""Why a text's attributions were made, and why others were not: for the linguist who edits cues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from claims.attribution.context.steps import in_context
from claims.attribution.encoder import touch
from claims.attribution.engines import Read, extracted_all, learned_for
from claims.attribution.likelihoods import Likelihoods
from claims.attribution.merging import combined, rated
from claims.attribution.reading import read_articles
from claims.attribution.rules.extract import extract
from claims.attribution.rules.lexicon import Cue, Frame, Lexicon, load_lexicons
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import REACH, Found, find
from claims.attribution.rules.text import Text
from claims.attribution.rules.trace import Trace
from claims.attribution.stances import judged
from claims.config.settings import AttributionSettings, EngineSettings, PipelineSettings
from claims.errors import ConfigError, InputError, ModelError
from claims.language.annotation import Annotator
from claims.language.encoder.weights import encoder_folder, reader
from claims.language.identification import load_identifier
from claims.model import Article, Attribution, Document, Pattern, Sentence, Span, Spans, Word
from claims.readers.articles import content_hash

if TYPE_CHECKING:
    from claims.language.encoder.reading import Reader

RULES: dict[str, dict[Frame, tuple[str, str]]] = {
    "dependency": {
        "clause": ("the subject of the cue", "its complement clause, or the clause it interrupts"),
        "infinitive": ("the subject of the cue", "its infinitive"),
        "object": ("the subject of the cue", "its object"),
        "oblique": ("the subject of the cue", "the phrase after one of the entry's prepositions"),
        "predicate": ("the subject of the cue", "its object with what is said of the object"),
        "quotation": ("the subject of the cue", "the quotation before or after the cue's clause"),
        "passive": ("the agent, if one is named", "the subject with what follows, or the clause"),
        "according": ("the noun phrase after the cue", "the rest of the sentence"),
        "genitive": ("the noun's possessor or agent", "its clause or prepositional phrase"),
    },
    "postposition": {
        "clause": ("the subject before the cue", "the clause after the complementiser"),
        "bare": ("the subject before the cue", "the clause that follows without a complementiser"),
        "impersonal": ("the document or voice cited, if any", "the clause that follows"),
        "disclosed": ("the document or voice cited, if any", "what stands before the cue"),
        "infinitive": ("the subject before the cue", "what somebody is told to do"),
        "object": ("the subject before the cue", "what stands between source and cue"),
        "predicate": ("the subject before the cue", "what stands between source and cue"),
        "quotation": ("the subject before the cue", "the quotation right before source or cue"),
        "passive": ("the document or voice cited, if any", "the clause after the complementiser"),
        "according": ("the noun phrase before the cue", "the rest of the sentence"),
        "genitive": ("the noun phrase before the marker", "the clause, or the quotation before"),
    },
}
"""How each frame finds source and content, by the marking of the language's grammar; a frame that
is not here belongs to the other family."""


@dataclass(frozen=True, slots=True)
class Made:
    """An attribution with the entry and frame that made it, none where the lexicon has no part in
    it; ``found_by`` names the engines that found it."""

    attribution: Attribution
    found_by: str
    cue: Cue | None
    line: int | None
    frame: Frame | None
    source: str
    content: str


@dataclass(frozen=True, slots=True)
class NotMade:
    """A cue that gave no attribution: its words, its place, its entry's line and the reasons."""

    words: str
    start: int
    line: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text as it was read. Lines are those of ``cues``, the language's cue file; ``note`` says
    why an engine was not asked."""

    document: Document
    cues: Path
    made: tuple[Made, ...]
    not_made: tuple[NotMade, ...]
    note: str | None = None

    @property
    def text(self) -> str:
        """The text that spans count in."""
        return self.document.article.text


def explain(
    text: str, config: Path, settings: PipelineSettings, language: str | None = None
) -> Explanation:
    """Read a text as ``claims extract`` does and tell all that the lexicon tried, and where lexicon
    and encoder differ.

    ``language`` is an ISO 639-1 code; without it the language is identified from the text. Raises
    InputError for a text without words or in a language that is not configured, ConfigError and
    ModelError.
    """
    if not any(character.isalnum() for character in text):
        raise InputError("there are no words to explain")
    if language is None:
        language = load_identifier(config, settings.languages)(text, settings.languages)
    elif language not in settings.languages:
        raise InputError(
            f"language {language!r} is not configured (configured: "
            f"{', '.join(settings.languages)}); add it under `languages` in pipeline.yaml"
        )
    lexicon = load_lexicons(config, [language])[language]
    digest = content_hash(text)
    article = Article(
        article_id=digest[:16], outlet="", language=language, content_hash=digest, text=text
    )
    trace = Trace()
    unparsed = language in settings.models.none
    engine = settings.attribution.engine_of(language)
    encoder, note = _encoder(settings, engine)
    asked = settings.attribution
    if encoder is None:
        asked = asked.model_copy(update={"engine": "lexicon"})
    (read,), lines_read = read_articles(
        [article], Annotator(settings.models), {language: lexicon}, asked, encoder
    )
    document = read.document
    known = () if unparsed else extract(document, lexicon, trace)
    seen = () if encoder is None else _seen(read, lines_read)
    folder = encoder_folder(settings.attribution.encoder)
    learned = None if note else learned_for(engine, language, folder)
    found = known if note else _found(known, seen, engine, learned)
    kept = judged(read, found)
    made = in_context(read, kept)
    path = config / "cues" / f"{language}.yaml"
    lines = dict(zip(map(id, lexicon.cues), _lines_of_cues(path), strict=True))
    return Explanation(
        document,
        path,
        tuple(_made(document, each, known, seen, trace, lexicon, lines) for each in made),
        (
            *_not_made(document, trace, lexicon, lines),
            *_left_out(known, seen, found, text, engine, learned),
            *_nothing_said(found, kept, text),
        ),
        note,
    )


def _encoder(
    settings: PipelineSettings, engine: EngineSettings
) -> tuple[Reader | None, str | None]:
    """The encoder, or why it is not asked."""
    if engine.engine == "lexicon":
        return None, "the encoder is not asked (attribution.engine in pipeline.yaml)"
    try:
        folder = encoder_folder(settings.attribution.encoder)
        return reader(folder, settings.models.threads), None
    except ModelError as error:
        return None, f"only the lexicon was asked: {error}"


def _seen(text: Text, read: Sequence[Read]) -> tuple[Attribution, ...]:
    """What the encoder sees, however unsure it is."""
    alone = EngineSettings(engine="encoder", encoder_above=0)
    asked = AttributionSettings(languages={text.lexicon.language: alone})
    return extracted_all([text], asked, read)[0]


def _found(
    known: tuple[Attribution, ...],
    seen: tuple[Attribution, ...],
    engine: EngineSettings,
    learned: Likelihoods | None,
) -> tuple[Attribution, ...]:
    if engine.engine == "encoder":
        return tuple(each for each in seen if each.confidence >= engine.encoder_above)
    return combined(known, seen, engine, learned)


def _left_out(
    known: tuple[Attribution, ...],
    seen: tuple[Attribution, ...],
    found: tuple[Attribution, ...],
    text: str,
    engine: EngineSettings,
    learned: Likelihoods | None = None,
) -> Iterator[NotMade]:
    """What one engine found alone, and not surely enough."""
    if learned is not None:
        known = tuple(one for each in known if (one := rated(each, None, learned)[0]))
        seen = tuple(one for each in seen if (one := rated(None, each, learned)[1]))
    for several, name, above in (
        (known, "lexicon", engine.lexicon_above),
        (seen, "encoder", engine.encoder_above),
    ):
        for each in several:
            if any(touch(each.cue, other.cue) for other in found):
                continue
            reason = f"only the {name} found it, with confidence {each.confidence:.2f}"
            if engine.engine == "both" or name == "encoder":
                reason += f"; {above:.2f} is asked of it alone (attribution in pipeline.yaml)"
            span = each.cue[0]
            yield NotMade(span.of(text), span.start, None, (reason,))


def _nothing_said(
    found: tuple[Attribution, ...], made: tuple[Attribution, ...], text: str
) -> Iterator[NotMade]:
    kept = {each.cue for each in made}
    for each in found:
        if each.cue not in kept:
            reason = "in this frame the cue attributes nothing (stance: nothing in stances/)"
            yield NotMade(each.cue[0].of(text), each.cue[0].start, None, (reason,))


def _lines_of_cues(path: Path) -> list[int]:
    """The line, from 1, of each entry under ``cues``."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(node, yaml.MappingNode)
    for key, value in node.value:
        if key.value == "cues":
            return [entry.start_mark.line + 1 for entry in value.value]
    raise ConfigError(f"{path}: no cues")


def _made(
    document: Document,
    attribution: Attribution,
    known: Sequence[Attribution],
    seen: Sequence[Attribution],
    trace: Trace,
    lexicon: Lexicon,
    lines: dict[int, int],
) -> Made:
    several = (("lexicon", known), ("encoder", seen))
    names = [n for n, them in several if any(touch(attribution.cue, one.cue) for one in them)]
    by = " and ".join(names) or "the text around it"
    if attribution.pattern is Pattern.HEADLINE:
        why = "a headline with one colon: the shorter side without a verb"
        return Made(attribution, by, None, None, None, why, "the other side of the colon")
    reading = next(
        (
            one
            for one in trace.readings
            if "lexicon" in names and touch(one.expression, attribution.cue)
        ),
        None,
    )
    if not names:
        why = "who is named in front of the block, the turn or the quotation"
        return Made(attribution, by, None, None, None, why, "what stands there")
    if reading is None:
        why = "the encoder's own decision: no entry of the cue file has a part in it"
        return Made(attribution, by, None, None, None, why, "")
    source, content = RULES[lexicon.grammar.marking][reading.frame]
    entry = _entry(reading, lexicon)
    return Made(
        attribution,
        by,
        entry,
        lines.get(id(entry)),
        reading.frame,
        _how(document, attribution.source, source, "nobody is named"),
        _how(document, attribution.content, content, ""),
    )


def _entry(reading: Reading, lexicon: Lexicon) -> Cue:
    """The entry of a reading, also where two negated cues became one that declines."""
    same = (
        cue
        for cue in lexicon.cues
        if cue.model_copy(update={"stance": reading.cue.stance}) == reading.cue
    )
    return next(same, reading.cue)


def _how(document: Document, spans: Spans | None, rule: str, nothing: str) -> str:
    """A frame's rule with the word that heads what it found, and what that word hangs on."""
    if spans is None:
        return nothing
    head = _head(document, spans[0])
    return f"{rule}; {head}" if head else rule


def _head(document: Document, span: Span) -> str:
    for sentence in document.sentences:
        inside = [word for word in sentence.words if span.start <= word.start < span.end]
        if not inside:
            continue
        numbers = {word.index for word in inside}
        top = next((w for w in inside if w.head not in numbers and w.upos != "PUNCT"), inside[0])
        governor = next((word for word in sentence.words if word.index == top.head), None)
        after = next((word for word in sentence.words if word.index > inside[-1].index), None)
        marker = f", before {after.text}" if after is not None and after.upos == "ADP" else ""
        on = f"{top.deprel} of {governor.text}" if governor else "the root"
        return f"its head is {top.text} ({on}){marker}"
    return ""


def _not_made(
    document: Document, trace: Trace, lexicon: Lexicon, lines: dict[int, int]
) -> Iterator[NotMade]:
    text = document.article.text
    kept = {span for one in trace.readings for span in one.expression}
    refused: dict[tuple[int, int], list[str]] = {}
    words: dict[tuple[int, int], tuple[Found, Cue]] = {}
    for attempt in trace.attempts:
        start = attempt.found.words[0].start
        key = (start, id(attempt.cue))
        words[key] = (attempt.found, attempt.cue)
        reasons = refused.setdefault(key, [])
        if attempt.reason is not None:
            reasons.append(f"frame {attempt.frame}: {attempt.reason}")
    read = {
        attempt.found.words[0].start for attempt in trace.attempts if attempt.reason is None
    } | {span.start for span in kept}
    for (start, _), (found, cue) in words.items():
        if start not in read:
            shown = text[start : found.words[-1].end]
            reasons_of = tuple(refused[start, id(cue)])
            yield NotMade(shown, start, lines.get(id(cue)), reasons_of)
    for attribution, reason in trace.dropped:
        span = attribution.cue[0]
        yield NotMade(span.of(text), span.start, None, (f"read, but not kept: {reason}",))
    tried = {attempt.found.words[0].start for attempt in trace.attempts}
    for sentence in document.sentences:
        for word, cue, reason in _conditions(sentence, lexicon):
            if word.start not in tried:
                yield NotMade(word.text, word.start, lines.get(id(cue)), (reason,))


def _conditions(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[Word, Cue, str]]:
    """Entries whose words stand in a sentence but that ask for more."""
    taken = {word.index for found in find(sentence, lexicon) for word in found.words}
    words = sentence.words
    for at, word in enumerate(words):
        if word.index in taken:
            continue
        for key in lexicon.keys(word):
            for cue in lexicon.by_first_word.get(key, ()):
                following = words[at : at + len(cue.parts)]
                if len(following) < len(cue.parts) or any(
                    part not in lexicon.keys(other)
                    for part, other in zip(cue.parts, following, strict=True)
                ):
                    continue
                if cue.pos and word.upos not in cue.pos:
                    wanted = " or ".join(cue.pos)
                    yield word, cue, f"it is {word.upos} here; the entry wants {wanted}"
                elif cue.verbs:
                    verbs = "، ".join(cue.verbs)
                    yield word, cue, f"none of its verbs follows within {REACH} words: {verbs}"


def sentences_without(explanation: Explanation) -> Sequence[Sentence]:
    """Sentences in which nothing is a cue."""
    places = [one.attribution.cue[0].start for one in explanation.made]
    places += [one.start for one in explanation.not_made]
    return [
        sentence
        for sentence in explanation.document.sentences
        if not any(sentence.start <= place < sentence.end for place in places)
    ]
