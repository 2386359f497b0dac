"""Noun phrases with one head: what the head is, and what qualifies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.model import SpeakerKind, Word
from claims.speakers.gazetteer import Entry
from claims.speakers.mentions import Honorific, MentionData, Noun, Title
from claims.speakers.phrase import NounPhrase
from claims.speakers.proper_names import name_at_end
from claims.speakers.segments import QUALIFIERS, Piece, Segment, words_of

_JOINING = (Piece.BEFORE, Piece.CONJUNCTION, Piece.SKIPPED)
_SEVERAL = 2  # pieces of a name
_BODIES = (SpeakerKind.ORGANISATION, SpeakerKind.MEDIA)


class Heads:
    """Reads a head with what stands across its markers.

    ``knows`` says whether a word is one of people's names, ``read_phrase`` reads a whole noun
    phrase, for what qualifies another.
    """

    def __init__(
        self,
        data: MentionData,
        knows: Callable[[str], bool],
        read_phrase: Callable[[Sequence[Segment]], NounPhrase | None],
    ) -> None:
        self._data = data
        self._knows = knows
        self._read_phrase = read_phrase

    def read(
        self, words: tuple[Word, ...], head: Sequence[Segment], rest: Sequence[Segment]
    ) -> NounPhrase:
        """The phrase ``words`` whose head is ``head`` and whose ``rest`` qualifies it."""
        last = head[-1].value
        titles = [s.value for s in head if isinstance(s.value, Title)]
        named = [s.value for s in head if isinstance(s.value, Honorific | Title)]
        bare = NounPhrase(
            words,
            title=titles[-1] if titles else None,
            titles=tuple(titles),
            gender=next((each.gender for each in named if each.gender), None),
            former=any(self._data.has("former", s.text) for s in head),
        )
        bare = bare._replace(behalf=self._behalf(head, rest))
        if surname := _surname(head, self._data):
            return bare._replace(title=None, name=surname)
        joined = self._joined(head)
        if joined is not None and not titles:
            return joined
        name = name_at_end(head, self._data, self._knows)
        of = self._qualifiers(head[:-1], rest)
        loose = any(s.piece is Piece.WORD for s in head)
        plain = not loose and (bool(of) or not rest)
        if head[-1].piece is Piece.DEMONYM:
            return NounPhrase(words, plain=False)
        if isinstance(last, Entry) and not name:
            return self._entry(bare, head, last, of)
        known = head[-2].value if len(head) > 1 else None
        if not titles and isinstance(known, Entry) and _itself(known, last):
            return NounPhrase(words, entry=known, entry_words=head[-2].words)
        if isinstance(last, Noun):
            issuer = self._issuer(rest) if last.issued and rest else None
            if issuer is not None:
                return bare._replace(title=None, noun=last, of=(issuer,), plain=False)
            return _common(bare, head, last, of, name, plain)
        if isinstance(last, Title):
            return bare._replace(of=of, plain=plain)
        body = next((s.value for s in reversed(head) if isinstance(s.value, Noun)), None)
        if bare.title is not None or (body is not None and body.kind not in _BODIES):
            body = None
        if name:
            return bare._replace(name=name, noun=body, of=of)
        return bare._replace(title=None, noun=body, plain=False)

    def bearing(self, name: Sequence[Segment], bearer: Sequence[Segment]) -> NounPhrase | None:
        """A body by its name, after which stands what bears it (سپارک نامی کمپنی); else None."""
        noun = bearer[-1].value
        if not isinstance(noun, Noun) or noun.kind not in _BODIES:
            return None
        run = list(name)
        while run and run[0].piece in (Piece.AFTER, Piece.SKIPPED, Piece.IGNORED):
            run.pop(0)
        if not run or any(s.piece in (Piece.AFTER, Piece.CONJUNCTION, Piece.COMMA) for s in run):
            return None
        if len(run) == 1 and isinstance(run[0].value, Entry):
            return NounPhrase(words_of(run), entry=run[0].value, entry_words=run[0].words)
        return NounPhrase(words_of(run), name=words_of(run), noun=noun)

    def _joined(self, head: Sequence[Segment]) -> NounPhrase | None:
        """A body whose name goes on after a word that joins its words to the noun before (سینٹر آف
        …); else None."""
        at = next((n for n, s in enumerate(head) if self._data.has("name_joins", s.text)), 0)
        noun = head[at - 1].value
        if not 0 < at < len(head) - 1 or not isinstance(noun, Noun) or noun.kind not in _BODIES:
            return None
        first = at - 1
        while first > 0 and head[first - 1].piece is Piece.WORD:
            first -= 1
        words = words_of(head[first:])
        return NounPhrase(words_of(head), name=words, noun=noun)

    def _entry(
        self,
        bare: NounPhrase,
        head: Sequence[Segment],
        entry: Entry,
        of: tuple[NounPhrase, ...],
    ) -> NounPhrase:
        """A known name at the end, or what an office or body before it belongs to."""
        words = head[-1].words
        body = NounPhrase(words, entry=entry, entry_words=words)
        if entry.kind is SpeakerKind.PERSON:
            return bare._replace(entry=entry, entry_words=words, of=of)
        before = head[-2].value if len(head) > 1 else None
        loose = any(s.piece is Piece.WORD for s in head)
        if isinstance(before, Title):  # "ترجمان وائٹ ہاؤس"
            return bare._replace(of=(body,), plain=not loose)
        if isinstance(before, Noun) and before.kind is SpeakerKind.ORGANISATION and _state(entry):
            return bare._replace(title=None, noun=before, of=(body,), plain=not loose)
        return bare._replace(title=None, entry=entry, entry_words=words)

    def _qualifiers(
        self, head: Sequence[Segment], rest: Sequence[Segment]
    ) -> tuple[NounPhrase, ...]:
        """States and bodies that qualify the head: in front of it, else across the marker."""
        found = _entries(head)
        nouns = [
            NounPhrase(s.words, noun=s.value, of=found)
            for s in head
            if isinstance(s.value, Noun) and s.value.kind is SpeakerKind.ORGANISATION
        ]
        if nouns:
            return (nouns[-1],)
        return found or self._across(rest)

    def _behalf(self, head: Sequence[Segment], rest: Sequence[Segment]) -> NounPhrase | None:
        """Whom a spokesperson speaks for by a name that is not known: "a spokesman for the Sierra
        Club", "Acme Corporation spokeswoman Jane Doe"."""
        at = next((n for n, s in enumerate(head) if _speaks(s)), None)
        if at is None:
            return None
        before = [s for s in head[:at] if s.piece is not Piece.SKIPPED]
        name = name_at_end(before, self._data, self._knows) if before else ()
        if name:
            return NounPhrase(name, name=name)
        name = _capitals(rest)
        if name:
            return NounPhrase(name, name=name)
        phrase = self._read_phrase([s for s in rest if s.piece is not Piece.COMMA])
        named = phrase is not None and phrase.name and not phrase.title
        return NounPhrase(phrase.name, name=phrase.name) if phrase is not None and named else None

    def _issuer(self, rest: Sequence[Segment]) -> NounPhrase | None:
        """Whose a document is: what is named first, before a word that tells how it came out."""
        end = next(
            (at for at, s in enumerate(rest) if self._data.has("issuing", s.text)), len(rest)
        )
        phrase = self._read_phrase([s for s in rest[:end] if s.piece is not Piece.COMMA])
        if phrase is None or phrase.pronoun or phrase.members:
            return None
        body = phrase.noun is not None and phrase.noun.kind in _BODIES
        return phrase if phrase.entry or phrase.name or phrase.title or body else None

    def _across(self, rest: Sequence[Segment]) -> tuple[NounPhrase, ...]:
        if all(s.piece in (*QUALIFIERS, Piece.IGNORED, Piece.SKIPPED) for s in rest):
            return _entries(rest)
        phrase = self._read_phrase([s for s in rest if s.piece is not Piece.COMMA])
        if phrase is not None and phrase.name and phrase.noun and phrase.noun.kind in _BODIES:
            return (phrase,)  # the president of the Russian Football Federation is not Russia's
        if phrase is None or phrase.pronoun or phrase.name:
            return _entries(rest)
        if phrase.entry or (phrase.noun and (phrase.of or phrase.noun.kind in _BODIES)):
            return (phrase,)
        return _entries(rest)


def _common(
    bare: NounPhrase,
    head: Sequence[Segment],
    noun: Noun,
    of: tuple[NounPhrase, ...],
    name: tuple[Word, ...],
    plain: bool,
) -> NounPhrase:
    """A common noun at the end: a body's own name, an office's body, or a description."""
    if bare.title is not None:
        if any(s.piece is Piece.WORD for s in head):
            return bare._replace(plain=False)
        return bare._replace(of=(NounPhrase(head[-1].words, noun=noun, of=_entries(head)),))
    if name and noun.kind not in (SpeakerKind.ANONYMOUS, SpeakerKind.GROUP):
        return bare._replace(name=name, noun=noun, of=of)
    return bare._replace(noun=noun, of=of, plain=plain)


def _capitals(rest: Sequence[Segment]) -> tuple[Word, ...]:
    """A body's name of several words with capitals, small ones between them, that ``rest`` begins
    with: "the United Mine Workers of America". Empty where it is a known name or has a title."""
    run: list[Segment] = []
    for segment in rest:
        capital = all(word.text[:1].isupper() for word in segment.words)
        if not capital and (not run or segment.piece not in _JOINING):
            if run or segment.piece is not Piece.SKIPPED:
                break
            continue
        run.append(segment)
    while run and run[-1].piece in _JOINING and not run[-1].text[:1].isupper():
        run.pop()
    titled = any(s.piece in (Piece.TITLE, Piece.HONORIFIC) for s in run)
    known = len(run) == 1 and run[0].piece is Piece.ENTRY
    return () if titled or known or len(run) < _SEVERAL else words_of(run)


def _speaks(segment: Segment) -> bool:
    return isinstance(segment.value, Title) and segment.value.speaks


def _surname(head: Sequence[Segment], data: MentionData) -> tuple[Word, ...]:
    """The name that is what would be a title after a polite word: "Mr. King"; else empty."""
    if len(head) != _SEVERAL or head[0].piece is not Piece.HONORIFIC:
        return ()
    last = head[1]
    named = last.piece is Piece.TITLE and last.text[:1].isupper()
    return last.words if named and data.has("surnames_too", last.text) else ()


def _entries(segments: Sequence[Segment]) -> tuple[NounPhrase, ...]:
    return tuple(
        NounPhrase(s.words, entry=s.value, entry_words=s.words, demonym=s.piece is Piece.DEMONYM)
        for s in segments
        if s.piece in QUALIFIERS and isinstance(s.value, Entry)
    )


def _itself(entry: Entry, noun: object) -> bool:
    """Whether a noun after a known body's name says what that is: «ڈان اخبار» is Dawn."""
    if not isinstance(noun, Noun) or noun.plural:
        return False
    if entry.kind is SpeakerKind.MEDIA:
        return noun.kind is SpeakerKind.MEDIA
    return entry.sort is not None and entry.sort in (noun.name, *noun.sorts)


def _state(entry: Entry) -> bool:
    return entry.kind is SpeakerKind.STATE or entry.adjective is not None
