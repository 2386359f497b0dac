"""Names of people, organisations and places: known ones, and runs of proper nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from claims.config.settings import PipelineSettings
from claims.config.yaml_file import Checked, load
from claims.language.entities import MODEL, Entities, Entity, EntityKind, StanzaEntities
from claims.language.pipelines import model_folder
from claims.model import Document, Sentence, Span, SpeakerKind, Word
from claims.speakers.gazetteer import Entry, Gazetteer, load_gazetteer
from claims.speakers.mentions import MentionData, Noun, load_mentions
from claims.speakers.names import key
from claims.speakers.proper_names import abbreviated
from claims.speakers.segments import Piece, Segment, Segmenter, words_of

KINDS = {
    SpeakerKind.PERSON: EntityKind.PERSON,
    SpeakerKind.STATE: EntityKind.PLACE,
    SpeakerKind.ORGANISATION: EntityKind.ORGANISATION,
    SpeakerKind.MEDIA: EntityKind.ORGANISATION,
}
"""What the gazetteer's speakers are as names; the other kinds are none."""

_BODIES = (SpeakerKind.ORGANISATION, SpeakerKind.MEDIA)
_SHORTEST, _CAPITALS = 3, 0.8  # letters of a word that counts, share of capitals in a headline


class Hints(Checked):
    """What a language puts ``before`` or ``after`` the name of a place, and nouns that end one."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


class EntityHints(Checked):
    """``config/entities.yaml``: hints by language; a language may do without."""

    languages: dict[str, Hints] = Field(default_factory=dict)


def load_hints(config: Path) -> Mapping[str, Hints]:
    """``entities.yaml`` of a configuration folder, empty where it has none; raises ConfigError."""
    path = config / "entities.yaml"
    return load(path, EntityHints).languages if path.is_file() else {}


class RuleEntities:
    """Names by gazetteer, mentions and the tagger's proper nouns.

    A known name is what the gazetteer says. A run of other proper nouns is an organisation where
    it holds a word for one or is an abbreviation, a person where a title or given name begins it,
    a place where the language's words for places stand beside it; else what the article has called
    it before, and a person. A single word in a script without capitals has to be one of these.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        mentions: Mapping[str, MentionData],
        hints: Mapping[str, Hints],
    ) -> None:
        self._gazetteer = gazetteer
        self._mentions = mentions
        self._hints = hints

    def entities(self, document: Document) -> list[Entity]:
        """The names of a document, in text order, none overlapping."""
        language = document.article.language
        data = self._mentions[language]
        segmenter = Segmenter(self._gazetteer, data, language)
        reader = _Reader(data, self._hints.get(language, Hints()))
        found: list[Entity] = []
        for sentence in document.sentences:
            found += reader.read(sentence, segmenter.cut(sentence.words))
        return found


def load_entities(config: Path, settings: PipelineSettings, language: str) -> Entities:
    """What finds the names of a language: the recogniser of its model with the gazetteer, or the
    rules where the model has none. Raises ConfigError."""
    gazetteer = load_gazetteer(config, settings.languages)
    folder = model_folder(language, settings.models)
    if (folder / MODEL).is_file():
        return JoinedEntities(StanzaEntities(folder), KnownEntities(gazetteer))
    return RuleEntities(gazetteer, load_mentions(config, settings.languages), load_hints(config))


class KnownEntities:
    """The names that the gazetteer has, and no others."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def entities(self, document: Document) -> list[Entity]:
        """The names of a document, in text order, none overlapping."""
        found: list[Entity] = []
        for sentence in document.sentences:
            words = sentence.words
            for start, end, entry in self._gazetteer.mentions(
                [word.text for word in words], document.article.language
            ):
                kind = _kind_of(entry)
                if kind is not None:
                    span = Span(start=words[start].start, end=words[end - 1].end)
                    found.append(Entity(kind=kind, span=span))
        return found


class _Reader:
    """Reads the sentences of one document; remembers what a name was called."""

    def __init__(self, data: MentionData, hints: Hints) -> None:
        self._data = data
        self._hints = hints
        self._known: dict[str, EntityKind] = {}

    def read(self, sentence: Sentence, segments: Sequence[Segment]) -> list[Entity]:
        found: list[Entity] = []
        shouted = _headline(sentence)
        at = 0
        while at < len(segments):
            end = at
            while end < len(segments) and self._carries(segments, at, end, shouted):
                end += 1
            if end == at:
                at += 1
                continue
            entity = self._entity(sentence, segments, at, end)
            if entity is not None:
                found.append(entity)
            at = end
        return found

    def _carries(self, segments: Sequence[Segment], first: int, at: int, shouted: bool) -> bool:
        """Whether a piece begins or carries on a name."""
        segment = segments[at]
        if at > first and segment.words[0].start - segments[at - 1].words[-1].end > 1:
            return False
        if isinstance(segment.value, Entry) and segment.piece is Piece.ENTRY:
            # a known name begins a run; in one it is a person's («Lara Trump») or another name
            joins = segment.value.kind is SpeakerKind.PERSON and not _closed(segments[first:at])
            return segment.value.kind in KINDS and (at == first or joins)
        word = segment.words[0]
        if segment.piece is Piece.WORD:
            small = word.text[:1].islower()
            if small or self._data.has("not_names", word.text) or not word.text[0].isalpha():
                return False
            return word.upos == "PROPN" and not (shouted and at == first == 0)
        if segment.piece is Piece.NOUN and isinstance(segment.value, Noun):
            # «Republican National Committee», پاکستان کرکٹ بورڈ: a noun that is part of a name
            body = segment.value.kind in _BODIES
            return body and at > first and not segment.words[0].text[:1].islower()
        return False

    def _entity(
        self, sentence: Sentence, segments: Sequence[Segment], first: int, last: int
    ) -> Entity | None:
        run = segments[first:last]
        words = words_of(run)
        kind = self._kind(sentence, segments, first, last)
        if kind is None:
            return None
        for word in words:
            if kind is EntityKind.PERSON:
                self._known.setdefault(key(word.text), kind)
        return Entity(kind=kind, span=Span(start=words[0].start, end=words[-1].end))

    def _kind(
        self, sentence: Sentence, segments: Sequence[Segment], first: int, last: int
    ) -> EntityKind | None:
        run, words = segments[first:last], words_of(segments[first:last])
        value = run[0].value
        if len(run) == 1 and isinstance(value, Entry):
            return _kind_of(value)
        if any(isinstance(segment.value, Noun) for segment in run):
            return EntityKind.ORGANISATION
        bodies = {key(word) for word in self._hints.bodies}
        if any(key(word.text) in bodies for word in words) or abbreviated(words, self._data):
            return EntityKind.ORGANISATION
        if key(words[-1].text) in {key(word) for word in self._hints.nouns}:
            return EntityKind.PLACE
        before = segments[first - 1] if first > 0 else None
        if before is not None and before.piece in (Piece.TITLE, Piece.HONORIFIC):
            return EntityKind.PERSON
        if key(words[0].text) in self._data.gender_of:
            return EntityKind.PERSON
        known = self._known.get(key(words[-1].text))
        if known is not None:
            return known
        if self._placed(sentence, words):
            return EntityKind.PLACE
        # In a script without capitals a tagger takes many a word for a name: two must agree.
        capital = any(word.text[:1].isupper() for word in words)
        return EntityKind.PERSON if capital or len(words) > 1 else None

    def _placed(self, sentence: Sentence, words: Sequence[Word]) -> bool:
        beside = {word.index: word.text.lower() for word in sentence.words}
        return (
            beside.get(words[0].index - 1) in self._hints.before
            or beside.get(words[-1].index + 1) in self._hints.after
        )


def _kind_of(entry: Entry) -> EntityKind | None:
    """What a known speaker is as a name. A town or province speaks as a body ("Karachi officials"),
    and is told by its adjective, which is its name."""
    if entry.kind is SpeakerKind.ORGANISATION and entry.adjective == entry.name:
        return EntityKind.ORGANISATION if entry.name.isupper() else EntityKind.PLACE
    return KINDS.get(entry.kind)


def _closed(run: Sequence[Segment]) -> bool:
    """Whether a run is a known name already: two known names are two."""
    return len(run) == 1 and run[0].piece is Piece.ENTRY


def _headline(sentence: Sentence) -> bool:
    """Whether nearly every word has a capital, so that capitals and tags tell little."""
    long = [w.text for w in sentence.words if len(w.text) >= _SHORTEST and w.text.isalpha()]
    return len(long) > 3 and sum(w[:1].isupper() for w in long) > _CAPITALS * len(long)


class JoinedEntities:
    """The names of ``first``, and those of ``then`` that overlap none of them."""

    def __init__(self, first: Entities, then: Entities) -> None:
        self._first, self._then = first, then

    def entities(self, document: Document) -> list[Entity]:
        """The names of a document, in text order, none overlapping."""
        found = self._first.entities(document)
        taken = [entity.span for entity in found]
        found += [
            entity
            for entity in self._then.entities(document)
            if not any(
                entity.span.start < span.end and span.start < entity.span.end for span in taken
            )
        ]
        return sorted(found, key=lambda entity: entity.span.start)
