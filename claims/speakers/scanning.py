"""A first reading of an article: who is named where, and with which offices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from claims.model import Document, Sentence, SpeakerKind, Word
from claims.speakers.gazetteer import Entry
from claims.speakers.mentions import Honorific, Noun, Title
from claims.speakers.names import key
from claims.speakers.noun_phrases import NounPhraseReader
from claims.speakers.phrase import NounPhrase
from claims.speakers.proper_names import FullName, full_names
from claims.speakers.resolution import Resolver
from claims.speakers.segments import Piece, Segment, words_of
from claims.speakers.subjects import subject
from claims.speakers.voices import DiscourseState, Sighting, Voice

_WINDOW = 8  # segments before a name that may hold its titles
_TITLES = (
    Piece.TITLE,
    Piece.DEMONYM,
    Piece.ENTRY,
    Piece.AFTER,
    Piece.IGNORED,
    Piece.HONORIFIC,
    Piece.NOUN,
)
_IN_NAMES = (Piece.WORD, Piece.ENTRY, Piece.DEMONYM, Piece.IGNORED, Piece.NOUN)
_BODIES = (SpeakerKind.ORGANISATION, SpeakerKind.MEDIA)
_BESIDE_NAMES = (Piece.WORD, Piece.ENTRY, Piece.TITLE, Piece.NOUN, Piece.HONORIFIC)
_LONG, _CAPITALS = 3, 0.88  # letters of a long word; share with capitals in a headline
_FEW = 3  # words that are too few for a headline


def scan(
    document: Document,
    reader: NounPhraseReader,
    resolver: Resolver,
    discourse: DiscourseState,
    sources: Iterable[NounPhrase | None],
) -> None:
    """Fill ``discourse`` with the names and offices of a document, in text order.

    ``sources`` are the phrases of its attributions: people whom only these name are known by
    their surnames wherever else they stand; so are those whose full names stand elsewhere.
    """
    cut = [
        (sentence, reader.cut(sentence.words), _headline(sentence))
        for sentence in document.sentences
    ]
    runs = {
        sentence.index: [] if headline else list(full_names(segments, reader.data, reader.knows))
        for sentence, segments, headline in cut
    }
    for run in (run for found in runs.values() for run in found):
        resolver.introduce(run)
    named = {
        phrase.name[0].start: phrase
        for phrase in sources
        if phrase is not None
        for phrase in (phrase, *phrase.members)
        if len(phrase.name) > 1 and phrase.noun is None
    }
    for sentence, segments, headline in cut:
        for words in _joined(segments, runs[sentence.index]):
            group = reader.read(words)
            if group is not None and group.members:
                _remember(group, resolver, discourse, reader, sentence, words)
        for run in runs[sentence.index]:
            if (run.person or subject(run.words, sentence)) and run.words[0].start not in named:
                _introduced(run, segments, resolver, discourse, reader, sentence)
        for at, segment in enumerate(segments):
            phrase = named.get(segment.words[0].start) if named else None
            if phrase is not None:
                _remember(phrase, resolver, discourse, reader, sentence)
            piece = segment.piece
            if piece is Piece.WORD:
                if not _surname(segments, at, discourse, reader, sentence):
                    _first_name(segments, at, resolver, discourse, reader, sentence)
            elif piece is Piece.NOUN and (body := _body(segments, at, headline)):
                _see_body(body, segment, resolver, discourse, reader, sentence)
            elif piece is Piece.ENTRY or piece is Piece.NOUN:
                _known(segments, at, resolver, discourse, reader, sentence)
            elif piece is Piece.TITLE:
                _titled(segments, at, resolver, discourse, reader, sentence)


def _introduced(
    run: FullName,
    segments: Sequence[Segment],
    resolver: Resolver,
    discourse: DiscourseState,
    reader: NounPhraseReader,
    sentence: Sentence,
) -> None:
    """Remember somebody named in full, with the office that stands before the name."""
    voice = resolver.introduce(run)
    if voice is None:
        return
    discourse.see(_sighting(voice, run.words, reader, sentence))
    at = next((n for n, each in enumerate(segments) if each.words[0] == run.words[0]), 0)
    first = at
    while first > 0 and at - first < _WINDOW and segments[first - 1].piece in _TITLES:
        first -= 1
    if first < at:
        phrase = reader.read([*words_of(segments[first:at]), *run.words])
        if phrase is not None and phrase.name:
            discourse.offices += resolver.offices(phrase, voice)


def _joined(segments: Sequence[Segment], runs: Sequence[FullName]) -> Iterator[list[Word]]:
    """The words of two people whom a conjunction joins: "Obama and Hillary Clinton"."""
    if not any(segment.piece is Piece.CONJUNCTION for segment in segments):
        return
    names = {word.start for run in runs for word in run.words}

    def named(segment: Segment) -> bool:
        entry = segment.value
        return segment.words[0].start in names or (
            isinstance(entry, Entry)
            and segment.piece is Piece.ENTRY
            and entry.kind is SpeakerKind.PERSON
        )

    for at, segment in enumerate(segments):
        if segment.piece is not Piece.CONJUNCTION:
            continue
        start, end = at, at + 1
        while start > 0 and named(segments[start - 1]):
            start -= 1
        while end < len(segments) and named(segments[end]):
            end += 1
        if start < at and end > at + 1:
            yield [word for each in segments[start:end] for word in each.words]


def _headline(sentence: Sentence) -> bool:
    """Whether a sentence sets nearly every long word with a capital, so that they tell nothing."""
    words = [word.text for word in sentence.words]
    if sum([word[:1].isupper() for word in words]) <= _FEW:
        return False
    long = [word for word in words if len(word) >= _LONG and word.isalpha()]
    return len(long) > _FEW and sum(word[:1].isupper() for word in long) > _CAPITALS * len(long)


def _body(segments: Sequence[Segment], at: int, headline: bool) -> list[Word]:
    """The words of a body's own name that ends with the piece ``at``: "Tampa Bay Times"."""
    noun = segments[at].value
    if headline or not isinstance(noun, Noun) or noun.kind not in _BODIES:
        return []
    if not _capital(segments[at]):
        return []
    first = at
    while first > 0 and at - first < _WINDOW and _proper(segments, first - 1):
        first -= 1
    joined = first > 2 and segments[first - 1].piece is Piece.CONJUNCTION
    if joined and _adjective(segments[first - 2]) and segments[first - 3].piece is Piece.SKIPPED:
        first -= 2  # "the Central and East European Coalition"
    words = list(words_of(segments[first : at + 1]))
    return words if any(s.piece is Piece.WORD for s in segments[first:at]) else []


def _proper(segments: Sequence[Segment], at: int) -> bool:
    segment, following = segments[at], segments[at + 1]
    touching = following.words[0].start - segment.words[-1].end <= 1
    tagged = all(word.upos in ("PROPN", "ADJ", "NOUN") for word in segment.words)
    return segment.piece in _IN_NAMES and _capital(segment) and touching and tagged


def _adjective(segment: Segment) -> bool:
    return segment.piece is Piece.WORD and _capital(segment) and segment.words[0].deprel == "amod"


def _capital(segment: Segment) -> bool:
    return all(word.text[:1].isupper() for word in segment.words)


def _see_body(
    words: Sequence[Word],
    segment: Segment,
    resolver: Resolver,
    discourse: DiscourseState,
    reader: NounPhraseReader,
    sentence: Sentence,
) -> None:
    assert isinstance(segment.value, Noun)
    voice = resolver.name_body(words, segment.value)
    discourse.see(_sighting(voice, words, reader, sentence))


def _known(
    segments: Sequence[Segment],
    at: int,
    resolver: Resolver,
    discourse: DiscourseState,
    reader: NounPhraseReader,
    sentence: Sentence,
) -> None:
    first = at
    while first > 0 and at - first < _WINDOW and segments[first - 1].piece in _TITLES:
        first -= 1
    noun = segments[at].value
    alone = first == at and isinstance(noun, Noun) and not _called(noun)
    words = words_of(segments[first : at + 1])
    phrase = reader.named(words) if alone else reader.read(words)
    if phrase is None:
        return
    if phrase.noun is not None and not (phrase.plain and (phrase.of or _called(phrase.noun))):
        return
    if phrase.noun is not None and phrase.noun.kind in (
        SpeakerKind.DOCUMENT,
        SpeakerKind.ANONYMOUS,
    ):
        return
    if phrase.entry is None and phrase.noun is None:
        return
    _remember(phrase, resolver, discourse, reader, sentence, segments[at].words)


def _called(noun: Noun) -> bool:
    """Whether a noun alone is a name: "Republicans"."""
    return noun.kind is SpeakerKind.GROUP and noun.name[:1].isupper()


def _surname(
    segments: Sequence[Segment],
    at: int,
    discourse: DiscourseState,
    reader: NounPhraseReader,
    sentence: Sentence,
) -> bool:
    """Remember somebody whom the article calls by a part of a name that it has told."""
    words = segments[at].words
    if not discourse.heard(words[0]) or words[0].text.islower():
        return False
    before = segments[at - 1].value if at > 0 else None
    gender = before.gender if isinstance(before, Honorific | Title) else None
    voice = discourse.short(words[:1], words[0].start, gender, introduced=False)
    if voice is not None:
        discourse.learn(voice, gender)
        discourse.see(_sighting(voice, words, reader, sentence))
    return voice is not None


def _first_name(
    segments: Sequence[Segment],
    at: int,
    resolver: Resolver,
    discourse: DiscourseState,
    reader: NounPhraseReader,
    sentence: Sentence,
) -> None:
    """Remember somebody whom the article calls by a given name alone: "his daughter, Ellie"."""
    words = segments[at].words
    if words[0].upos != "PROPN" or not _capital(segments[at]):
        return
    gender = reader.data.gender_of.get(key(words[0].text))
    if gender is None:
        return
    around = (*segments[max(0, at - 1) : at], *segments[at + 1 : at + 2])
    if any(s.piece in _BESIDE_NAMES and _capital(s) for s in around):
        return
    discourse.see(_sighting(resolver.first_name(words[0], gender), words, reader, sentence))


def _titled(
    segments: Sequence[Segment],
    at: int,
    resolver: Resolver,
    discourse: DiscourseState,
    reader: NounPhraseReader,
    sentence: Sentence,
) -> None:
    """Remember whom an office alone means: "the president appeared cowed"."""
    definite = at > 0 and reader.data.has("definite", segments[at - 1].text)
    following = segments[at + 1] if at + 1 < len(segments) else None
    named = following is not None and following.piece in (Piece.WORD, Piece.ENTRY, Piece.TITLE)
    if not definite or named or (following is not None and following.piece is Piece.AFTER):
        return
    phrase = reader.read([*segments[at - 1].words, *segments[at].words])
    voice = resolver.resolve(phrase) if phrase is not None and phrase.title else None
    if voice is not None and voice.spelled:
        discourse.see(_sighting(voice, segments[at].words, reader, sentence))


def _remember(
    phrase: NounPhrase,
    resolver: Resolver,
    discourse: DiscourseState,
    reader: NounPhraseReader,
    sentence: Sentence,
    words: Sequence[Word] | None = None,
) -> None:
    voice = resolver.resolve(phrase)
    if voice is None:
        return
    discourse.offices += resolver.offices(phrase, voice)
    discourse.see(_sighting(voice, words or phrase.name, reader, sentence))


def _sighting(
    voice: Voice, words: Sequence[Word], reader: NounPhraseReader, sentence: Sentence
) -> Sighting:
    last = words[-1]
    does = subject(words, sentence)
    if not does:
        following = bisect_right(sentence.words, last.index, key=_index)
        rest = sentence.words[following : following + 1]
        does = any(reader.marks_subject(word.text) for word in rest)
    return Sighting(voice, words[0].start, last.end, sentence.index, does)


def _index(word: Word) -> int:
    return word.index
