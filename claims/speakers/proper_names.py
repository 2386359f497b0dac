"""Proper names that the gazetteer does not have: where in a noun phrase they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claims.model import SpeakerKind, Word
from claims.speakers.gazetteer import Entry
from claims.speakers.mentions import Gender, MentionData, Noun
from claims.speakers.names import key
from claims.speakers.phrase import NounPhrase
from claims.speakers.segments import QUALIFIERS, Piece, Segment, words_of

ACRONYM = 5
"""Letters that an abbreviation in capitals may have; more are a name that was set in capitals."""

_SHORTEST, _LONGEST = 2, 4  # words of a full name
_PARTICLE = 3  # letters that a small word inside a name may have (de, bin, al)
_BODY = (Piece.NOUN, Piece.IGNORED, Piece.DEMONYM, Piece.ENTRY)


def name_at_end(
    head: Sequence[Segment], data: MentionData, knows: Callable[[str], bool]
) -> tuple[Word, ...]:
    """The unknown name that the head of a noun phrase ends with; empty where it has none.

    ``knows`` says whether a word is one of people's names.
    """
    at = len(head)
    while at > 0 and _in_name(head, at - 1):
        at -= 1
    run = head[at:]
    if not any(s.piece in (Piece.WORD, Piece.IGNORED) for s in run):
        return ()
    words = list(words_of(run))
    while words and (words[0].text[:1].islower() or words[0].text.isdigit()):
        words.pop(0)
    while len(words) > 1 and _pronoun(words[-1], data):
        words.pop()
    if len(words) > _SHORTEST and (_called(words, data) or _several(words)):
        words.pop(0)
    words = _lettered(_bare(words, knows), data)
    if words and all(key(word.text) in data.english_of for word in words):
        return ()  # "experts (of) agriculture"
    paper = at > 0 and words and words[0].text[:1].isupper() and _masthead(head[at - 1], data)
    if paper:
        words = [*head[at - 1].words, *words]
    if not words or data.has("not_names", words[-1].text):
        return ()
    if data.has("not_names", words[0].text) and not data.has("mastheads", words[0].text):
        return ()
    titled = at > 0 and head[at - 1].piece in (Piece.TITLE, Piece.HONORIFIC)
    given = len(words) > 1 and key(words[0].text) in data.gender_of
    listed = len(words) > 1 and not words[0].text.isascii() and knows(words[0].text)
    return tuple(words) if titled or given or listed or _proper(words) else ()


def _lettered(words: list[Word], data: MentionData) -> list[Word]:
    """A name without the abbreviation before it, of the body that somebody belongs to; initials
    are fewer letters («اے آر رحمان»)."""
    letters = 0
    while letters < len(words) and data.has("letters", words[letters].text):
        letters += 1
    body = letters > _SHORTEST and len(words) - letters >= _SHORTEST
    return words[letters:] if body else words


def _bare(words: list[Word], knows: Callable[[str], bool]) -> list[Word]:
    """A name in a script without capitals, without words before it that nobody is called."""
    first = 0
    if words and not words[0].text.isascii():
        while len(words) - first > _SHORTEST and not knows(words[first].text):
            first += 1
        if not knows(words[first].text):
            first = 0
    return words[first:]


def _called(words: Sequence[Word], data: MentionData) -> bool:
    """Whether a name begins with what somebody is by trade, that is a name too: "Baker Colin
    Breck", but not "Baker Street Traders"."""
    if not data.has("surnames_too", words[0].text):
        return False
    if key(words[1].text) in data.gender_of:
        return True
    # the capital is that of the sentence; a surname stands at the end
    return words[0].index == 1 and all(
        word.upos == "PROPN" and "Number=Plur" not in word.feats for word in words[1:]
    )


def _several(words: Sequence[Word]) -> bool:
    """Whether a sentence begins with what several people are, before their names: "Athletes Mary
    Keitany, …"."""
    first, *rest = words
    plural = first.upos == "NOUN" and "Number=Plur" in first.feats
    return first.index == 1 and plural and all(word.upos == "PROPN" for word in rest)


def _masthead(segment: Segment, data: MentionData) -> bool:
    """Whether a piece is the beginning of a paper's name: "Daily" in "the Daily Globe"."""
    return _capital(segment) and len(segment.words) == 1 and data.has("mastheads", segment.text)


def continued(segments: Sequence[Segment], at: int) -> NounPhrase | None:
    """A body whose name goes on after the preposition ``at``: "Institute for Policy Integrity".

    None where what follows is a known state or body, or has no capital.
    """
    noun, after = segments[at - 1].value, segments[at + 1] if at + 1 < len(segments) else None
    if after is None or not isinstance(noun, Noun) or after.piece in QUALIFIERS:
        return None
    if not (_capital(segments[at - 1]) and _capital(after)):
        return None
    start, end = at, at + 1
    while start > 0 and _capital(segments[start - 1]):
        start -= 1
    while end < len(segments) and _capital(segments[end]):
        end += 1
    return NounPhrase(words_of(segments), name=words_of(segments[start:end]), noun=noun)


def abbreviated(words: Sequence[Word], data: MentionData) -> bool:
    """Whether a name is an abbreviation: of letters' names, or of a few capitals."""
    if len(words) == 1 and words[0].text.isupper():
        text = words[0].text
        return len(text.replace(".", "")) <= ACRONYM and (text.isalpha() or text.count(".") > 1)
    return len(words) > 1 and all(data.has("letters", word.text) for word in words)


def of_body(words: Sequence[Word], data: MentionData) -> bool:
    """Whether a name is a body's by its looks: an abbreviation, or one that ends as bodies' do."""
    ends = len(words) > 1 and data.has("body_endings", words[-1].text)
    return ends or abbreviated(words, data)


@dataclass(frozen=True, slots=True)
class FullName:
    """Words that look like somebody's full name; ``person`` where more than their looks says so:
    a known given name, or a title before them."""

    words: tuple[Word, ...]
    person: bool
    gender: Gender | None


def full_names(
    segments: Sequence[Segment], data: MentionData, knows: Callable[[str], bool]
) -> Iterator[FullName]:
    """Runs of two to four unknown proper nouns, each with a capital, in the pieces of a sentence.

    In a script without capitals a run counts only where a given name begins it, a title stands
    before it or a subject's marker after it. ``knows`` says whether a word is one of people's
    names.
    """
    at = 0
    while at < len(segments):
        if segments[at].piece is not Piece.WORD or segments[at].words[0].upos != "PROPN":
            at += 1
            continue
        end = at
        while end < len(segments) and _joins(segments, at, end, data):
            end += 1
        if _SHORTEST <= end - at <= _LONGEST:  # pieces of one word each
            words = words_of(segments[at:end])
            if len(words) > _SHORTEST and _called(words, data):
                words = words[1:]
            words = tuple(_bare(list(words), knows))
            given = key(words[0].text)
            gender = data.gender_of.get(given)
            titled = at > 0 and segments[at - 1].piece in (Piece.TITLE, Piece.HONORIFIC)
            capital = words[0].text[:1].isupper() and words[-1].text[:1].isupper()
            marked = end < len(segments) and data.has("subject_markers", segments[end].text)
            named = not words[0].text.isascii() and (titled or marked)
            if not (capital or gender is not None or named):
                at = max(end, at + 1)
                continue
            if not (_listed(words, data) or _shouted(words)):
                yield FullName(words, gender is not None or titled, gender)
        at = max(end, at + 1)


def _joins(segments: Sequence[Segment], start: int, at: int, data: MentionData) -> bool:
    """Whether the piece ``at`` carries on a name that begins with the piece ``start``."""
    segment = segments[at]
    if segment.piece is not Piece.WORD:
        return False
    word = segment.words[0]
    if word.upos != "PROPN" or (at > start and _pronoun(word, data)):
        return False
    if at > start and word.start - segments[at - 1].words[-1].end > 1:
        return False  # punctuation stands between
    small = word.text[:1].islower()
    return not small or (at > start and len(word.text) <= _PARTICLE)


def _pronoun(word: Word, data: MentionData) -> bool:
    """Whether a word is a pronoun, of which no name has one after its first word; not میری (my),
    which is "Mary" too, nor a word with a capital."""
    made = key(word.text)
    capital = word.text[:1].isupper()
    return made in data.pronoun_of and made not in data.gender_of and not capital


def _shouted(words: Sequence[Word]) -> bool:
    """Whether only some of the words are set in capitals: a heading that runs into its text."""
    long = [word.text.isupper() for word in words if len(word.text) > ACRONYM]
    return any(long) and not all(word.text.isupper() for word in words)


def _listed(words: Sequence[Word], data: MentionData) -> bool:
    return any(data.has("not_names", word.text) for word in (words[0], words[-1]))


def _in_name(head: Sequence[Segment], at: int) -> bool:
    segment = head[at]
    if segment.piece is Piece.WORD:
        return True
    before = at > 0 and head[at - 1].piece is Piece.WORD and _proper(head[at - 1].words)
    after = at + 1 < len(head) and head[at + 1].piece is Piece.WORD
    last = at + 1 == len(head)
    if isinstance(segment.value, Entry) and segment.piece is Piece.ENTRY:
        # "Lara Trump" is not Donald Trump, nor is a bank of Pakistan Pakistan.
        short = segment.value.kind is SpeakerKind.PERSON and len(segment.words) == 1
        state = segment.value.kind is SpeakerKind.STATE
        if (short and (before or after)) or (state and before and last):
            return True
    # "Republican National Committee": all capitals up to a noun that is one too.
    if isinstance(head[-1].value, Noun) and all(_capital(s) for s in head[at:]):
        return segment.piece in _BODY
    nouns = all(isinstance(each.value, Noun) for each in head[at:])
    proper = next((s for s in reversed(head[:at]) if not isinstance(s.value, Noun)), None)
    return nouns and proper is not None and proper.piece is Piece.WORD and _proper(proper.words)


def _capital(segment: Segment) -> bool:
    return all(word.text[:1].isupper() for word in segment.words)


def _proper(words: Sequence[Word]) -> bool:
    """Whether words are a proper name: by capitals, or by their tags in a script without."""
    if not any(word.text[:1].isupper() for word in words):
        small = any(word.text[:1].islower() for word in words)
        return not small and any(word.upos == "PROPN" for word in words)
    capitals = all(w.text[:1].isupper() or len(w.text) <= _PARTICLE for w in words)
    return capitals and any(w.upos == "PROPN" or w.index > 1 for w in words)
